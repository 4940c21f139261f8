"""JavaScript and TypeScript imports lead where Node, bundlers and compilers lead them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_files, make_file, take, used

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKAGES = {
    "app/package.json": '{"name": "app", "dependencies": {\n"react": "*", "@scope/kit": "*"}}',
    "lib/package.json": '{"name": "@own/lib", "main": "src/main.ts"}',
}


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("./util", "app/src/util.ts"),
        ("./util.js", "app/src/util.ts"),
        ("./parts", "app/src/parts/index.ts"),
        ("../data.json", "app/data.json"),
        ("./missing", "here"),
        ("../../../x", "unknown"),
        ("@own/lib", "lib/src/main.ts"),
        ("@own/lib/deep", "lib/src/deep.ts"),
        ("fs/promises", "standard"),
        ("node:test", "standard"),
        ("react/jsx-runtime", "third-party app/package.json:2"),
        ("@scope/kit/x", "third-party app/package.json:2"),
        ("vue", "unknown"),
    ],
)
def test_script_modules(module: str, expected: str) -> None:
    """Relative paths with what may be left out, packages of the repository, Node, requirements."""
    paths = [
        "app/src/util.ts",
        "app/src/parts/index.ts",
        "app/data.json",
        "lib/src/main.ts",
        "lib/src/deep.ts",
    ]
    main = make_file("app/src/main.ts", imports=[take(module, "x")])
    assert leads(link_files(main, *map(make_file, paths), manifests=PACKAGES), "app/src/main.ts") == [
        expected
    ]


def test_script_names_are_followed_through_an_index() -> None:
    """Names and stars that an index exports from elsewhere lead to the defining module."""
    links = link_files(
        make_file(
            "a.ts", imports=[take("./lib", "one", "two", "nine"), take("./lib", "default as x", line=2)]
        ),
        make_file("lib/index.ts", imports=[take("./first", "one"), take("./rest", "*", line=2)]),
        make_file("lib/first.ts", symbols=["one"]),
        make_file("lib/rest.ts", symbols=["two"]),
    )
    assert leads(links, "a.ts") == ["lib/index.ts", "lib/index.ts"]
    assert used(links, "a.ts") == ["lib/first.ts:one imported 1", "lib/rest.ts:two imported 1"]


def lead(module: str, source: str, paths: Iterable[str], manifests: Mapping[str, str]) -> str:
    """Say where an import of one file leads among others."""
    others = [make_file(path) for path in paths]
    (found,) = leads(
        link_files(make_file(source, imports=[take(module, "x")]), *others, manifests=manifests), source
    )
    return found


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("./both", "a/both.js"),
        ("./both.js", "a/both.js"),
        ("./typed.js", "a/typed.tsx"),
        ("./view.jsx", "a/view.tsx"),
        ("./folder", "a/folder/lib/start.js"),
        ("./nameless", "a/nameless/main.cjs"),
        ("..", "index.mts"),
        ("./part.vue?raw", "a/part.vue"),
        ("style!./part.vue", "a/part.vue"),
        ("/both", "unknown"),
    ],
)
def test_what_paths_leave_out(module: str, expected: str) -> None:
    """A module comes before its declarations, and what a manifest names before an index."""
    paths = "a/both.js a/both.d.ts a/typed.tsx a/view.tsx a/folder/lib/start.js a/folder/index.js"
    paths += " a/nameless/main.cjs index.mts a/part.vue"
    manifests = {
        "a/folder/package.json": '{"name": "folder", "main": "lib/start"}',
        "a/nameless/package.json": '{"main": "./main.cjs"}',
    }
    assert lead(module, "a/main.ts", paths.split(), manifests) == expected


TSCONFIG = """{
  // comments and trailing commas are allowed
  "extends": "./base.json", /* "baseUrl": "no", */
  "compilerOptions": {"paths": {
    "@app/*": ["src/app/*", "generated/*"],
    "@app/special/*": ["special/*"],
    "config": ["src/config.ts"],
    "url//x": ["src/slashes.ts"],
  }},
}"""


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("@app/menu", "web/src/app/menu.ts"),
        ("@app/made", "web/generated/made.ts"),
        ("@app/special/menu", "web/special/menu.ts"),
        ("@app/nothing", "unknown"),
        ("config", "web/src/config.ts"),
        ("url//x", "web/src/slashes.ts"),
        ("based/menu", "web/deep/based/menu.ts"),
        ("fs", "standard"),
        ("node:fs", "standard"),
        ("far/menu", "shared/far/menu.ts"),
    ],
)
def test_configured_paths(module: str, expected: str) -> None:
    """The longest pattern counts, its targets in order; what it is based on adds what it leaves open."""
    paths = (
        "src/app/menu.ts generated/made.ts special/menu.ts src/config.ts src/slashes.ts deep/based/menu.ts"
    )
    manifests = {
        "web/tsconfig.json": TSCONFIG,
        "web/base.json": '{"extends": "./base", "compilerOptions": {"baseUrl": "deep", "paths": {"x": ["no"]}}}',
        "tsconfig.json": '{"compilerOptions": {"paths": {"far/*": ["./shared/far/*"]}}}',
    }
    # The paths of the nearer configuration count from the base folder that it takes over.
    manifests["web/tsconfig.json"] = TSCONFIG.replace('["', '["../').replace(
        ', "generated', ', "../generated'
    )
    files = [*(f"web/{path}" for path in paths.split()), "shared/far/menu.ts"]
    assert lead(module, "web/src/main.ts", files, manifests) == expected


def test_configuration_that_another_refers_to() -> None:
    """What ``tsconfig.json`` splits into several files holds too."""
    manifests = {
        "tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
        "tsconfig.app.json": '{"compilerOptions": {"paths": {"@/*": ["./app/*"]}}}',
    }
    assert lead("@/x", "app/main.ts", ["app/x.ts", "src/x.ts"], manifests) == "app/x.ts"


def test_paths_that_frameworks_agree_on() -> None:
    """Without a configuration ``@/`` is the folder of the sources, when the file is there."""
    files = ["site/src/x.ts", "site/src/lib/y.ts", "src/z.ts"]
    found = [
        lead(module, "site/pages/main.ts", files, {"site/package.json": "{}"})
        for module in ("@/x", "~/x", "@site/src/x", "$lib/y", "@/z")
    ]
    assert found == ["site/src/x.ts"] * 3 + ["site/src/lib/y.ts", "unknown"]


def test_import_map() -> None:
    """Deno's map leads to files, folders and packages elsewhere."""
    manifests = {
        "deno.json": '{"name": "@own/mod", "exports": {"./deep": "./lib/a.ts"},\n"imports": {"std/": "jsr:@std/", "lib/": "./lib/", "#a": "./lib/a.ts"}}'
    }
    modules = ("lib/a.ts", "#a", "@own/mod/deep", "std/path")
    found = [lead(module, "main.ts", ["lib/a.ts"], manifests) for module in modules]
    assert found == ["lib/a.ts"] * 3 + ["third-party deno.json:2"]


EXPORTS = """{"name": "kit", "exports": {
  ".": {"types": "./dist/index.d.ts", "import": "./dist/esm/index.js"},
  "./button": ["./missing.js", "./ui/button.ts"],
  "./icons/*": {"default": "./ui/icons/*.svg.ts"},
  "./icons/inner/*": null,
  "./old/": "./ui/",
  "./typed": {"types": "./ui/typed.d.ts", "default": "./ui/typed.js"}
}, "imports": {"#ui/*": "./ui/*.ts", "#dep": {"node": "dep-node", "default": "./ui/dep.ts"}}}"""


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("kit", "kit/src/index.ts"),
        ("kit/button", "kit/ui/button.ts"),
        ("kit/icons/home", "kit/ui/icons/home.svg.ts"),
        ("kit/old/typed", "kit/ui/typed.js"),
        ("kit/typed", "kit/ui/typed.js"),
        ("kit/ui/button", "kit/ui/button.ts"),
        ("kit/none", "here"),
        ("kitten", "unknown"),
        ("#ui/button", "kit/ui/button.ts"),
        ("#dep", "kit/ui/dep.ts"),
        ("#other", "here"),
    ],
)
def test_exports_and_imports_of_a_package(module: str, expected: str) -> None:
    """Names lead to the first file that is there, to sources of what is built, and to code before types."""
    paths = "src/index.ts ui/button.ts ui/icons/home.svg.ts ui/typed.js ui/typed.d.ts ui/dep.ts"
    files = [f"kit/{path}" for path in paths.split()]
    assert lead(module, "kit/test/a.ts", files, {"kit/package.json": EXPORTS}) == expected


@pytest.mark.parametrize(
    ("workspace", "text"),
    [
        ("package.json", '{"workspaces": ["libs/*", "!libs/no"]}'),
        ("package.json", '{"workspaces": {"packages": ["libs/**"]}}'),
        ("pnpm-workspace.yaml", "packages:\n  # all\n  - 'libs/*' # here\ncatalog:\n  - fixtures/*\n"),
        ("lerna.json", '{"packages": ["libs/*"]}'),
    ],
)
def test_member_of_the_workspace_is_meant(workspace: str, text: str) -> None:
    """A fixture far from the importing file does not stand for the package whose name it has."""
    manifests = {
        workspace: text,
        "libs/app/package.json": '{"name": "app",\n"dependencies": {"kit": "^1", "react": "^18"}}',
        "libs/kit/package.json": '{"name": "kit", "main": "main.js"}',
        "fixtures/kit/package.json": '{"name": "kit", "main": "main.js"}',
        "fixtures/react/package.json": '{"name": "react", "main": "main.js"}',
    }
    files = [f"{folder}/main.js" for folder in ("libs/kit", "fixtures/kit", "fixtures/react")]
    assert lead("kit", "libs/app/a.js", files, manifests) == "libs/kit/main.js"
    assert lead("react", "libs/app/a.js", files, manifests) == "third-party libs/app/package.json:2"
    assert lead("react", "fixtures/react/test.js", files, manifests) == "fixtures/react/main.js"


def test_package_required_by_its_path() -> None:
    """``file:`` and ``link:`` name a folder, whatever else has the name."""
    manifests = {
        "app/package.json": '{"dependencies": {"one": "file:../vendor/one", "two": "1"}}',
        "vendor/one/package.json": '{"name": "one"}',
        "vendor/two/package.json": '{"name": "two"}',
    }
    files = ["vendor/one/index.js", "vendor/two/index.js"]
    assert lead("one", "app/a.js", files, manifests) == "vendor/one/index.js"
    assert lead("two", "app/a.js", files, manifests) == "third-party app/package.json:1"
    del manifests["app/package.json"]
    assert lead("two", "other/a.js", files, manifests) == "vendor/two/index.js"


def test_packages_of_a_name_that_are_equally_near_stay_unresolved() -> None:
    """No link is better than a wrong one."""
    manifests = {f"x{i}/package.json": '{"name": "same"}' for i in (1, 2)}
    assert lead("same", "a.js", ["x1/index.js", "x2/index.js"], manifests) == "unknown"
