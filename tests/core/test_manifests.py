"""Manifests: every fact with its line, and nothing from what is malformed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sphinx_repodoc.core.manifests import (
    KNOWN,
    Ecosystem,
    Manifests,
    Tool,
    import_names,
    is_manifest,
    normalize,
    read_manifests,
)


def read(**texts: str) -> Manifests:
    """Read files named by keyword, ``__`` for a dot."""
    return read_files({name.replace("__", "."): text for name, text in texts.items()})


def read_files(files: dict[str, str]) -> Manifests:
    files = {path: dedent(text).lstrip("\n") for path, text in files.items()}
    return read_manifests(files, files.get)


def required(found: Manifests) -> list[tuple[str, str, str]]:
    """Group, name and place of each requirement."""
    return [(each.group, each.name, each.place) for each in found.requirements]


def test_pyproject_requirements_have_the_line_of_each_item() -> None:
    """Every table that names distributions is read; a comment above with the same text is no item."""
    found = read(
        pyproject__toml="""
        [build-system]
        requires = ["flit_core<4"]
        [project]
        name = "demo"
        dependencies = [
            # "click" is explained here
            "click>=8",
            'tomli; python_version < "3.11"',
            "odd ; extra == \\"x\\"",
        ]
        [project.optional-dependencies]
        async = ["asgiref>=3.2", "anyio"]
        [dependency-groups]
        tests = ["pytest", {include-group = "base"}]
        [tool.uv]
        dev-dependencies = ["ruff"]
        [tool.hatch.envs.types]
        extra-dependencies = ["mypy"]
        """
    )
    assert required(found) == [
        ("build", "flit_core", "pyproject.toml:2"),
        ("", "click", "pyproject.toml:7"),
        ("", "tomli", "pyproject.toml:8"),
        ("", "odd", "pyproject.toml:9"),
        ("async", "anyio", "pyproject.toml:12"),
        ("async", "asgiref", "pyproject.toml:12"),
        ("tests", "pytest", "pyproject.toml:14"),
        ("dev", "ruff", "pyproject.toml:16"),
        ("types", "mypy", "pyproject.toml:18"),
    ]
    assert [(each.name, each.line) for each in found.packages] == [("demo", 4)]


def test_poetry_names_are_keys_and_python_is_none_of_them() -> None:
    """Poetry's tables and groups count; the interpreter is no distribution."""
    found = read(
        pyproject__toml="""
        [tool.poetry]
        name = "demo"
        [tool.poetry.dependencies]
        python = "^3.11"
        requests = {version = "^2", extras = ["socks"]}
        [tool.poetry.group.dev.dependencies]
        pytest = "*"
        [tool.poetry.scripts]
        demo = {reference = "demo.cli:main", type = "console"}
        """
    )
    assert required(found) == [("", "requests", "pyproject.toml:5"), ("dev", "pytest", "pyproject.toml:7")]
    (entry,) = found.entry_points
    assert (entry.name, entry.module, entry.attribute, entry.line) == ("demo", "demo.cli", "main", 9)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("click", "click"),
        ("celery[redis]==5.2  # why", "celery"),
        ("typing_extensions ~= 4.0 ; python_version < '3.11'", "typing_extensions"),
        ("zope.interface>=5 --hash=sha256:00", "zope.interface"),
        ("demo @ https://example.org/demo.zip", "demo"),
        ("-e git+https://example.org/x.git#egg=demo_x", "demo_x"),
        ("-r other.txt", ""),
        ("--index-url https://example.org", ""),
        ("./local/path", ""),
        ("local/path", ""),
        ("https://example.org/demo.zip", ""),
        ("# click", ""),
        ("    # via click", ""),
    ],
)
def test_requirement_lines(line: str, name: str) -> None:
    """A requirements line names its distribution; options, paths and comments name none."""
    found = read_files({"requirements-dev.txt": f"\n{line}\n"})
    assert [(each.name, each.group) for each in found.requirements] == ([(name, "dev")] if name else [])


def test_requirements_files_are_known_by_name_or_folder() -> None:
    """``requirements*.txt`` anywhere and any text in a folder ``requirements``, but no other text."""
    files = {"requirements/py3.txt": "a", "dev-requirements.in": "b", "docs/requirements.txt": "c"}
    found = read_files({**files, "notes.txt": "d"})
    assert required(found) == [
        ("dev", "b", "dev-requirements.in:1"),
        ("", "c", "docs/requirements.txt:1"),
        ("py3", "a", "requirements/py3.txt:1"),
    ]
    assert found.paths == tuple(sorted(files))
    assert not is_manifest("notes.txt")


def test_setup_cfg() -> None:
    """Requirements, extras, entry points and pytest's section, each at its own line."""
    found = read(
        setup__cfg="""
        [metadata]
        name = demo
        [options]
        install_requires =
            click>=8
            # a comment
            attrs
        [options.extras_require]
        tests = pytest
        [options.entry_points]
        console_scripts =
            demo = demo.cli:main
        [tool:pytest]
        addopts = -q
        """
    )
    assert required(found) == [
        ("", "click", "setup.cfg:5"),
        ("", "attrs", "setup.cfg:7"),
        ("tests", "pytest", "setup.cfg:9"),
    ]
    (entry,) = found.entry_points
    assert (entry.name, entry.module, entry.group, entry.line) == ("demo", "demo.cli", "console_scripts", 12)
    assert [(each.tool, each.line) for each in found.tests] == [(Tool.PYTEST, 13)]


def test_setup_py_is_read_without_running_it() -> None:
    """Literals and names bound to literals are read, computed values are not, and nothing runs."""
    found = read(
        setup__py="""
        from setuptools import setup
        raise SystemExit("run")
        REQUIRED = ["click"]
        setup(
            name="demo",
            install_requires=REQUIRED,
            tests_require=[x for x in open("reqs")],
            extras_require={
                "tests": ["pytest"],
                "all": REQUIRED + ["more"],
            },
            entry_points={"console_scripts": ["demo=demo.cli:main [extra]"]},
        )
        """
    )
    assert required(found) == [("", "click", "setup.py:3"), ("tests", "pytest", "setup.py:9")]
    (entry,) = found.entry_points
    assert (entry.module, entry.attribute, entry.line) == ("demo.cli", "main", 12)


def test_pyproject_scripts_and_plugins() -> None:
    """Scripts, GUI scripts and plug-ins are told apart by their group."""
    found = read(
        pyproject__toml="""
        [project.scripts]
        demo = "demo.cli:main"
        [project.gui-scripts]
        demo-gui = "demo.gui:start"
        [project.entry-points."pytest11"]
        demo = "demo.plugin"
        """
    )
    assert [(each.group, each.name, each.module, each.line) for each in found.entry_points] == [
        ("console_scripts", "demo", "demo.cli", 2),
        ("gui_scripts", "demo-gui", "demo.gui", 4),
        ("pytest11", "demo", "demo.plugin", 6),
    ]


def test_test_evidence_of_python() -> None:
    """Pytest's sections, tox commands in three styles and nox sessions, each at its line."""
    found = read_files(
        {
            "pyproject.toml": """
                [tool.pytest.ini_options]
                addopts = []
                [tool.tox.env_run_base]
                commands = [
                  ["pytest", "-q"],
                ]
                """,
            "old/pyproject.toml": '''
                [tool.tox]
                legacy_tox_ini = """
                [testenv]
                commands = pytest
                """
                ''',
            "tox.ini": """
                [testenv]
                deps =
                    py311: tomli
                    pytest
                commands =
                    pytest {posargs}
                    coverage report
                [testenv:docs]
                commands = make html
                [other]
                commands = no
                """,
            "noxfile.py": """
                import nox
                @nox.session(python="3.11")
                def tests(session):
                    pass
                def helper():
                    pass
                """,
            "pytest.ini": "[pytest]\n",
        }
    )
    assert [(each.tool, each.path, each.line, each.name, each.command) for each in found.tests] == [
        (Tool.NOX, "noxfile.py", 3, "tests", ""),
        (Tool.TOX, "old/pyproject.toml", 4, "testenv", "pytest"),
        (Tool.PYTEST, "pyproject.toml", 1, "", ""),
        (Tool.TOX, "pyproject.toml", 5, "testenv", "pytest -q"),
        (Tool.PYTEST, "pytest.ini", 1, "", ""),
        (Tool.TOX, "tox.ini", 6, "testenv", "pytest {posargs}"),
        (Tool.TOX, "tox.ini", 7, "testenv", "coverage report"),
        (Tool.TOX, "tox.ini", 9, "docs", "make html"),
    ]
    assert required(found) == [("testenv", "tomli", "tox.ini:3"), ("testenv", "pytest", "tox.ini:4")]


def test_package_json() -> None:
    """Dependencies by group, main and commands as files of the repository, and the test script."""
    found = read_files(
        {
            "web/package.json": """
            {
              "name": "@demo/web",
              "main": "./lib/index.js",
              "bin": {"demo": "bin/demo.js"},
              "scripts": {"test": "jest \\"x\\"", "build": "tsc"},
              "dependencies": {
                "@scope/lib": "^1",
                "left-pad": "1"
              },
              "devDependencies": {"jest": "*"}
            }
            """
        }
    )
    assert required(found) == [
        ("", "@scope/lib", "web/package.json:7"),
        ("", "left-pad", "web/package.json:8"),
        ("dev", "jest", "web/package.json:10"),
    ]
    assert [(each.group, each.name, each.file, each.line) for each in found.entry_points] == [
        ("main", "@demo/web", "web/lib/index.js", 3),
        ("bin", "demo", "web/bin/demo.js", 4),
    ]
    assert [(each.tool, each.command, each.line) for each in found.tests] == [(Tool.NPM, 'jest "x"', 5)]
    assert [(each.name, each.main) for each in found.packages] == [("@demo/web", "web/lib/index.js")]


def test_package_json_leads_nowhere_outside() -> None:
    """A main file above the root is dropped, and the placeholder of a test script is none."""
    found = read(
        package__json='{"name": "x", "main": "../../etc/passwd", '
        '"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}'
    )
    assert found.entry_points == ()
    assert found.tests == ()


def test_cargo() -> None:
    """Dependencies by table, the crate with its library, binaries, and Cargo as the test tool."""
    found = read_files(
        {
            "crates/demo/Cargo.toml": """
            [package]
            name = "demo-rs"
            [dependencies]
            serde = { version = "1", features = ["derive"] }
            [dependencies.rand]
            version = "0.8"
            [target.'cfg(unix)'.dev-dependencies]
            nix = "0.2"
            [[bin]]
            name = "one"
            [[bin]]
            name = "two"
            path = "src/second.rs"
            """
        }
    )
    path = "crates/demo/Cargo.toml"
    assert required(found) == [
        ("", "serde", f"{path}:4"),
        ("", "rand", f"{path}:5"),
        ("dev", "nix", f"{path}:8"),
    ]
    assert [(each.name, each.file, each.line) for each in found.entry_points] == [
        ("one", "crates/demo/src/bin/one.rs", 10),
        ("two", "crates/demo/src/second.rs", 12),
    ]
    assert [(each.name, each.main) for each in found.packages] == [("demo-rs", "crates/demo/src/lib.rs")]
    assert [(each.tool, each.line) for each in found.tests] == [(Tool.CARGO, 1)]


def test_go_mod() -> None:
    """The module and its requirements, in a block or alone."""
    found = read(
        go__mod="""
        module example.org/demo

        require example.org/alone v1.2.3
        require (
        \texample.org/lib/v2 v2.0.0
        \texample.org/far v0.0.1 // indirect
        )
        """
    )
    assert required(found) == [
        ("", "example.org/alone", "go.mod:3"),
        ("", "example.org/lib/v2", "go.mod:5"),
        ("indirect", "example.org/far", "go.mod:6"),
    ]
    assert [(each.ecosystem, each.name) for each in found.packages] == [(Ecosystem.GO, "example.org/demo")]


def test_pom_dependencies_and_no_entities() -> None:
    """Coordinates are read with their line; a document that declares a type gives no requirement."""
    body = """<project>
      <dependencies>
        <dependency>
          <groupId>org.demo</groupId><artifactId>lib</artifactId>
          <exclusions><exclusion><groupId>no</groupId></exclusion></exclusions>
          <scope>test</scope>
        </dependency>
      </dependencies>
    </project>"""
    assert required(read(pom__xml=body)) == [("test", "org.demo:lib", "pom.xml:3")]
    declared = f'<!DOCTYPE p [<!ENTITY a "b">]>{body}'
    assert required(read(pom__xml=declared)) == []


def test_build_files_of_c_and_make() -> None:
    """CMake's tests and packages, Gradle's dependencies and Make's test targets."""
    found = read_files(
        {
            "CMakeLists.txt": "project(x)\nfind_package(ZLIB REQUIRED)\nenable_testing()\n# add_test(no)\n",
            "Makefile": "test := no\nall:\n\ntest: all\n\t./run\n",
            "build.gradle": "dependencies {\n  testImplementation 'org.demo:lib:1.0'\n}\n",
            "vcpkg.json": '{"dependencies": ["fmt", {"name": "zstd"}]}',
        }
    )
    assert [(each.tool, each.line, each.name) for each in found.tests] == [
        (Tool.CTEST, 3, "enable_testing"),
        (Tool.MAKE, 4, "test"),
    ]
    assert required(found) == [
        ("", "ZLIB", "CMakeLists.txt:2"),
        ("test", "org.demo:lib", "build.gradle:2"),
        ("", "fmt", "vcpkg.json:1"),
        ("", "zstd", "vcpkg.json:1"),
    ]


MALFORMED = {
    "pyproject.toml": "[project\nname = ",
    "setup.cfg": "[[[\n=\n: x\n",
    "setup.py": "def (",
    "package.json": '{"a": [}, "dependencies": }}}] "',
    "Cargo.toml": "package = 3\nbin = [1]\n",
    "go.mod": "module\nrequire (\n",
    "pom.xml": "<project><dependency></project>",
    "tox.ini": "commands = x\n[testenv\n",
    "Pipfile": "\x00",
    "vcpkg.json": "",
}


@pytest.mark.parametrize("path", MALFORMED)
def test_malformed_manifests_give_no_requirement(path: str) -> None:
    """Text that is not well formed is read without an exception and names nothing."""
    found = read_files({path: MALFORMED[path]})
    assert found.requirements == ()
    assert found.entry_points == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "a = " + "[" * 50_000),
        ("package.json", '{"dependencies":' * 50_000),
        ("setup.py", "setup(" + "(" * 5_000),
        ("pyproject.toml", "project = 1\ntool = []\n"),
        ("pyproject.toml", "[project]\ndependencies = 'x'\nscripts = 3\noptional-dependencies = []\n"),
        ("go.mod", "a." * 100_000),
        ("tox.ini", " " * 200_000 + "x"),
    ],
)
def test_hostile_manifests_give_nothing(path: str, text: str) -> None:
    """Deep nesting, wrong types and endless lines neither raise nor say anything."""
    assert read_manifests([path], lambda _: text) == Manifests()


def test_unreadable_and_overlong_manifests_are_passed_over() -> None:
    """A reader without the text, or with more of it than people write, gives nothing."""
    assert read_manifests(["pyproject.toml"], lambda _: None) == Manifests()
    assert read_manifests(["requirements.txt"], lambda _: "click\n" * 200_000) == Manifests()


def test_names_are_normalised_and_known_to_differ() -> None:
    """Case, dots and underscores do not count, and well-known distributions have their own modules."""
    assert normalize("Zope.Interface__x") == "zope-interface-x"
    assert import_names("PyYAML") == ("yaml",)
    assert import_names("Flask-SQLAlchemy") == ("flask_sqlalchemy",)


HOSTILE = [" ", '"', "-", "a.", "/*", '\\"', "<a>", "[", "\t,"]
STARTS = ["requires", "implementation", "gem ", "dependencies = {", "build-depends: ", '{"a": ']


@pytest.mark.parametrize("path", sorted(KNOWN))
def test_reading_takes_no_longer_than_the_text(path: str) -> None:
    """Text that makes a reader look ahead again and again would hang here; none of it raises."""
    for piece in HOSTILE:
        for start in STARTS:
            read_manifests([path], lambda _: start + piece * (10_000 // len(piece)))  # noqa: B023
    read_manifests([path], lambda _: "a." * 50_000)
