"""Python imports lead to the files that they lead to at run time, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_files, link_python, make_file, take, used

from sphinx_repodoc.core.linked import Timing

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Import

PACKAGE = {
    "pkg/__init__.py": "from .shapes import Circle\nVERSION = 1\n",
    "pkg/shapes.py": "class Circle: pass\nclass Square: pass\n",
    "pkg/sub/__init__.py": "",
    "pkg/sub/deep.py": "def dive(): pass\n",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import pkg", "pkg/__init__.py"),
        ("import pkg.sub.deep", "pkg/sub/deep.py"),
        ("import pkg.sub.deep as d", "pkg/sub/deep.py"),
        ("from pkg import shapes", "pkg/shapes.py"),
        ("from pkg import VERSION", "pkg/__init__.py"),
        ("from pkg import sub, VERSION", "pkg/__init__.py pkg/sub/__init__.py"),
        ("from pkg.sub import deep", "pkg/sub/deep.py"),
        ("from pkg.sub.deep import dive", "pkg/sub/deep.py"),
        ("from pkg.shapes import *", "pkg/shapes.py"),
        ("import pkg.missing", "here"),
        ("import absent", "unknown"),
        ("import os.path", "standard"),
        ("import distutils.core", "standard"),
        ("from __future__ import annotations", "standard"),
    ],
)
def test_absolute_imports(statement: str, expected: str) -> None:
    """The deepest module is the target, a submodule comes before a name of its package."""
    links = link_python({**PACKAGE, "main.py": statement})
    assert leads(links, "main.py") == [expected]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("from . import deep", "pkg/sub/deep.py"),
        ("from . import nothing", "pkg/sub/__init__.py"),
        ("from .deep import dive", "pkg/sub/deep.py"),
        ("from .. import shapes", "pkg/shapes.py"),
        ("from .. import VERSION, sub", "pkg/__init__.py pkg/sub/__init__.py"),
        ("from ..shapes import Circle", "pkg/shapes.py"),
        ("from .missing import x", "here"),
        ("from ..... import x", "unknown"),
    ],
)
def test_relative_imports(statement: str, expected: str) -> None:
    """Each dot climbs a folder, and what climbs out of the repository is unknown."""
    links = link_python({**PACKAGE, "pkg/sub/user.py": statement})
    assert leads(links, "pkg/sub/user.py") == [expected]


def test_package_imports_its_own_modules() -> None:
    """One dot in ``__init__`` is the package itself, and no edge leads from a file to itself."""
    links = link_python(
        {**PACKAGE, "pkg/sub/__init__.py": "from . import deep, name\nfrom .. import shapes\n"}
    )
    assert leads(links, "pkg/sub/__init__.py") == ["pkg/sub/__init__.py pkg/sub/deep.py", "pkg/shapes.py"]
    assert [each.target for each in links.edges if each.source == "pkg/sub/__init__.py"] == [
        "pkg/shapes.py",
        "pkg/sub/deep.py",
    ]


def test_stub_stands_beside_its_module() -> None:
    """A module and its stub are both targets, and both of their symbols are used."""
    links = link_python({"a.py": "def f(): pass\n", "a.pyi": "def f(): ...\n", "b.py": "from a import f\n"})
    assert leads(links, "b.py") == ["a.py a.pyi"]
    assert used(links, "b.py") == ["a.py:f imported 1", "a.pyi:f imported 1"]


def test_package_hides_module_of_its_name() -> None:
    """As at run time, ``a/__init__.py`` is found before ``a.py``."""
    links = link_python({"a.py": "", "a/__init__.py": "", "b.py": "import a\n"})
    assert leads(links, "b.py") == ["a/__init__.py"]


@pytest.mark.parametrize("folder", ["src", "lib", "python", "libs/core/src"])
def test_source_folders_are_roots(folder: str) -> None:
    """Tests beside a source folder import the package in it."""
    tests = f"{folder.rpartition('/')[0]}/tests/test_a.py".lstrip("/")
    links = link_python({f"{folder}/pkg/__init__.py": "", f"{folder}/pkg/a.py": "", tests: "import pkg.a\n"})
    assert leads(links, tests) == [f"{folder}/pkg/a.py"]


def test_script_imports_siblings() -> None:
    """A script finds the modules beside it, and so does one that lies inside a package."""
    script = "#!/usr/bin/env python\nimport helper\n"
    links = link_python(
        {
            "tools/run.py": "import helper\n",
            "tools/helper.py": "",
            "pkg/__init__.py": "",
            "pkg/run.py": script,
            "pkg/helper.py": "",
            "pkg/module.py": "import helper\n",
        }
    )
    assert leads(links, "tools/run.py") == ["tools/helper.py"]
    assert leads(links, "pkg/run.py") == ["pkg/helper.py"]
    assert leads(links, "pkg/module.py") == ["unknown"]


def test_standard_library_hides_modules_inside_packages() -> None:
    """``import types`` in a package that has ``types.py`` means the standard library."""
    files = {"pkg/__init__.py": "", "pkg/types.py": "", "pkg/a.py": "import types\nfrom . import types\n"}
    assert leads(link_python(files), "pkg/a.py") == ["standard", "pkg/types.py"]


def test_relative_imports_make_a_folder_a_package() -> None:
    """Without ``__init__`` a folder is a package when its modules import each other relatively."""
    files = {"src/ns/types.py": "", "src/ns/a.py": "import types\nfrom .b import x\n", "src/ns/b.py": ""}
    assert leads(link_python(files), "src/ns/a.py") == ["standard", "src/ns/b.py"]


def test_module_beside_a_script_hides_the_standard_library() -> None:
    """A script's own folder comes first on the module path, but not before what is built in."""
    files = {"tools/run.py": "import random\nimport sys\n", "tools/random.py": "", "tools/sys.py": ""}
    assert leads(link_python(files), "tools/run.py") == ["tools/random.py", "standard"]


def test_folder_at_the_root_does_not_hide_the_standard_library() -> None:
    """A folder that only has the name of a standard module is none."""
    files = {
        "platform/x/y.py": "",
        "test/helper.py": "",
        "pkg/__init__.py": "",
        "pkg/a.py": "import platform, test",
    }
    assert leads(link_python(files), "pkg/a.py") == ["standard", "standard"]


def test_namespace_packages() -> None:
    """Folders without ``__init__`` hold modules too; the folder itself is no file."""
    files = {"ns/part/mod.py": "", "a.py": "import ns.part.mod\nfrom ns.part import mod\nimport ns\n"}
    assert leads(link_python(files), "a.py") == ["ns/part/mod.py", "ns/part/mod.py", "unknown"]


def test_nearest_root_wins_in_a_monorepo() -> None:
    """Each project finds its own module of a name, and another project's when it has none."""
    files = {
        "one/pyproject.toml": '[project]\nname = "one"\n',
        "one/src/util/__init__.py": "",
        "one/src/one/__init__.py": "import util\n",
        "two/pyproject.toml": '[project]\nname = "two"\ndependencies = ["one"]\n',
        "two/src/util/__init__.py": "",
        "two/src/two/__init__.py": "import util\nimport one\n",
    }
    links = link_python(files)
    assert leads(links, "one/src/one/__init__.py") == ["one/src/util/__init__.py"]
    assert leads(links, "two/src/two/__init__.py") == ["two/src/util/__init__.py", "one/src/one/__init__.py"]


def test_namespace_package_is_spread_over_distributions() -> None:
    """Each part is found in the distribution that has it, whichever lies nearer, and hides nothing standard."""
    part = {"pyproject.toml": '[project]\nname = "x"\n'}
    files = {
        "api/pyproject.toml": part["pyproject.toml"],
        "api/src/ns/trace/__init__.py": "import trace, json\nfrom ns.sdk import make\nfrom ns import export\n",
        "ext/sdk/pyproject.toml": part["pyproject.toml"],
        "ext/sdk/src/ns/sdk/__init__.py": "import ns.trace\nimport ns.export.json\nimport ns.gone\n",
        "ext/json/pyproject.toml": part["pyproject.toml"],
        "ext/json/src/ns/export/json/__init__.py": "import json\nfrom ns import trace, sdk\n",
    }
    links = link_python(files)
    trace, sdk, json = [path for path in files if path.endswith(".py")]
    assert leads(links, trace) == ["standard", "standard", sdk, "unknown"]
    assert leads(links, sdk) == [trace, json, "unknown"]
    assert leads(links, json) == ["standard", f"{trace} {sdk}"]


def test_required_distribution_comes_before_a_nearer_one() -> None:
    """Of two modules of a name, the one of the distribution that is required is meant."""
    files = {
        "libs/app/pyproject.toml": '[project]\nname = "app"\ndependencies = ["far-util"]\n',
        "libs/app/app.py": "import util\n",
        "libs/near/pyproject.toml": '[project]\nname = "near-util"\n',
        "libs/near/util.py": "",
        "third/far/pyproject.toml": '[project]\nname = "Far.Util"\n',
        "third/far/util.py": "",
    }
    assert leads(link_python(files), "libs/app/app.py") == ["third/far/util.py"]
    files["libs/app/pyproject.toml"] = '[project]\nname = "app"\n'
    assert leads(link_python(files), "libs/app/app.py") == ["libs/near/util.py"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["code"]\n'),
        ("pyproject.toml", '[tool.setuptools]\npackage-dir = {"" = "code"}\n'),
        ("pyproject.toml", '[tool.setuptools.package-dir]\npkg = "code/pkg"\n'),
        ("pyproject.toml", '[tool.poetry]\npackages = [{include = "pkg", from = "code"}]\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel]\npackages = ["code/pkg"]\n'),
        ("pyproject.toml", '[tool.hatch.build]\nsources = ["code"]\n'),
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = "code"\n'),
        ("setup.cfg", "[options]\npackage_dir =\n    = code\n"),
        ("setup.cfg", "[options.packages.find]\nwhere = code\n"),
        ("setup.cfg", "[tool:pytest]\npythonpath = . code\n"),
        ("setup.py", "setup(package_dir={'': 'code'})\n"),
        ("pytest.ini", "[pytest]\npythonpath = code\n"),
    ],
)
def test_manifests_name_source_folders(path: str, text: str) -> None:
    """A folder of any name is a root where a manifest says so; without one, two are equally near."""
    files = {"code/pkg/a.py": "", "docs/deep/pkg/a.py": "", "tests/t.py": "import pkg.a\n"}
    assert leads(link_python(files), "tests/t.py") == ["unknown"]
    assert leads(link_python({**files, path: text}), "tests/t.py") == ["code/pkg/a.py"]


def test_package_may_lie_in_a_folder_of_another_name() -> None:
    """Manifests map the name of a package to its folder."""
    files = {
        "setup.py": "setup(package_dir={'pkg.inner': 'bindings/python', '../x': '../..'})\n",
        "bindings/python/__init__.py": "",
        "bindings/python/core.py": "",
        "t.py": "import pkg.inner\nfrom pkg.inner import core\nimport pkg.other\n",
    }
    assert leads(link_python(files), "t.py") == [
        "bindings/python/__init__.py",
        "bindings/python/core.py",
        "unknown",
    ]


def test_equally_near_packages_stay_unresolved() -> None:
    """Two packages of a name in places that say nothing are no reason to choose one."""
    files = {"x/deep/m/__init__.py": "", "y/deep/m/__init__.py": "", "a/b.py": "import m\n"}
    assert leads(link_python(files), "a/b.py") == ["unknown"]
    del files["y/deep/m/__init__.py"]
    assert leads(link_python(files), "a/b.py") == ["x/deep/m/__init__.py"]


def test_third_party_needs_a_manifest() -> None:
    """A requirement explains an import, the nearest manifest first; nothing else does."""
    files = {
        "requirements.txt": "PyYAML\n",
        "pyproject.toml": '[project]\ndependencies = [\n"google-cloud-storage", "click"]\n',
        "app/requirements.txt": "\nclick\n",
        "app/a.py": "import click\nimport yaml.nodes\nimport google.cloud.storage.blob\nimport google.auth\n",
    }
    assert leads(link_python(files), "app/a.py") == [
        "third-party app/requirements.txt:2",
        "third-party requirements.txt:1",
        "third-party pyproject.toml:3",
        "unknown",
    ]


def test_manifest_counts_before_a_folder_far_away() -> None:
    """A test package that has the name of a requirement does not replace it elsewhere."""
    files = {
        "requirements.txt": "sphinx\n",
        "tests/sphinx/__init__.py": "",
        "tests/sphinx/user.py": "import sphinx\n",
        "docs/conf.py": "import sphinx\n",
    }
    links = link_python(files)
    assert leads(links, "docs/conf.py") == ["third-party requirements.txt:1"]
    assert leads(links, "tests/sphinx/user.py") == ["tests/sphinx/__init__.py"]


def test_own_distribution_is_here_though_a_manifest_requires_it() -> None:
    """Examples that require the project they belong to import it from this repository."""
    files = {
        "pyproject.toml": '[project]\nname = "demo"\n',
        "src/demo/__init__.py": "",
        "examples/x/pyproject.toml": '[project]\ndependencies = ["demo"]\n',
        "examples/x/app.py": "import demo\n",
    }
    assert leads(link_python(files), "examples/x/app.py") == ["src/demo/__init__.py"]


def test_imported_name_is_followed_to_its_definition() -> None:
    """The edge leads to the module that is imported, the use to the file that defines the name."""
    links = link_python(
        {
            "pkg/__init__.py": "from .api import *\nfrom .api import make as build\n",
            "pkg/api.py": "from pkg._impl import make, Thing\n",
            "pkg/_impl.py": "def make(): pass\nclass Thing: pass\n",
            "a.py": "from pkg import build, Thing\n",
        }
    )
    (edge,) = [each for each in links.edges if each.source == "a.py"]
    assert (edge.target, edge.lines, edge.names) == ("pkg/__init__.py", (1,), ("Thing", "build"))
    assert used(links, "a.py") == ["pkg/_impl.py:Thing imported 1", "pkg/_impl.py:make imported 1"]


def test_circular_reexports_end() -> None:
    """Modules that pass a name to each other without end define nothing."""
    links = link_python(
        {"a.py": "from b import x\n", "b.py": "from a import x\n", "c.py": "from a import x\n"}
    )
    assert leads(links, "c.py") == ["a.py"]
    assert used(links, "c.py") == []


def test_module_counts_for_the_names_that_are_mentioned() -> None:
    """Of a module imported as a whole, those symbols are used that the file names in its code."""
    links = link_python(
        {
            "shapes.py": "class Circle:\n    def area(self): pass\nclass Square: pass\n__all__ = []\n",
            "a.py": "import sys\nimport shapes\n__all__ = []\nshapes.Circle().area()  # Square\n",
        }
    )
    assert used(links, "a.py") == ["shapes.py:Circle mentioned 2"]
    (edge,) = links.edges
    assert (edge.lines, edge.names) == ((2,), ("Circle",))


def test_package_counts_for_what_it_passes_on() -> None:
    """``import pkg`` and ``pkg.Circle`` use the class in the module that the package takes it from."""
    links = link_python({**PACKAGE, "a.py": "import pkg\npkg.Circle()\nprint(pkg.VERSION)\n"})
    assert used(links, "a.py") == ["pkg/__init__.py:VERSION mentioned 1", "pkg/shapes.py:Circle mentioned 1"]


def test_name_behind_a_module_may_be_one_that_it_imports() -> None:
    """``api.Tool`` uses the class wherever ``api`` has it from; a name that is not behind it does not."""
    files = {"pkg/__init__.py": "", "pkg/impl.py": "class Tool: pass\nclass Other: pass\n"}
    files["pkg/api.py"] = "from .impl import Tool, Other\nimport os\n"
    links = link_python({**files, "a.py": "from pkg import api\napi.Tool()\napi.os\nOther = 1\n"})
    assert used(links, "a.py") == ["pkg/impl.py:Tool mentioned 1"]


def test_import_is_surer_than_a_mention() -> None:
    """A name both imported and mentioned is one use; several imports make one edge with all lines."""
    links = link_python({**PACKAGE, "a.py": "import pkg.shapes\n\nfrom pkg.shapes import Circle\nCircle()\n"})
    assert used(links, "a.py") == ["pkg/shapes.py:Circle imported 3"]
    assert [(each.target, each.lines) for each in links.edges if each.source == "a.py"] == [
        ("pkg/shapes.py", (1, 3))
    ]


def test_extension_source_is_the_target_of_its_module() -> None:
    """A module written in Cython is found where the compiled one would be."""
    links = link_python({"pkg/__init__.py": "", "pkg/fast.pyx": "", "pkg/a.py": "from . import fast\n"})
    assert leads(links, "pkg/a.py") == ["pkg/fast.pyx"]


def test_names_bound_by_other_imports_mention_nothing() -> None:
    """A name that the file imports from elsewhere does not mention its namesake in a module it imports."""
    links = link_python(
        {
            "a.py": "def load(): pass\ndef save(): pass\n",
            "b.py": "def load(): pass\n",
            "c.py": "import a\nfrom b import load\nload(a.save)\n",
        }
    )
    assert used(links, "c.py") == ["a.py:save mentioned 1", "b.py:load imported 2"]


def test_mention_is_an_attribute_of_the_module() -> None:
    """Locals, parameters and attributes of other objects mention nothing, whatever they are called."""
    links = link_python(
        {
            "pkg/__init__.py": "from .ctx import g\n",
            "pkg/ctx.py": "def g(): pass\n",
            "pkg/blog.py": "def update(): pass\ndef create(): pass\ndef show(): pass\n",
            "pkg/app.py": """
                from . import blog as b
                import pkg.blog
                import pkg

                def g(update):
                    app.config.update(update)
                    self.b.create()
                    return pkg.blog.create, b.show().update, "pkg.g"
            """,
        }
    )
    assert used(links, "pkg/app.py") == [
        "pkg/blog.py:create mentioned 3",
        "pkg/blog.py:show mentioned 2",
    ]
    assert [(each.target, each.names) for each in links.edges if each.source == "pkg/app.py"] == [
        ("pkg/__init__.py", ()),
        ("pkg/blog.py", ("create", "show")),
    ]


def test_star_counts_for_names_that_nothing_else_explains() -> None:
    """What is taken whole needs no prefix, but a name of the file itself is its own."""
    links = link_python({"a.py": "def f(): pass\ndef g(): pass\n", "b.py": "from a import *\ndef g(): f()\n"})
    assert used(links, "b.py") == ["a.py:f mentioned 1"]
    assert links.edges[0].names == ("f",)


def test_edges_say_when_they_are_run() -> None:
    """An edge is needed on loading when one of its statements is."""
    links = link_python(
        {
            "a.py": "",
            "b.py": "",
            "c.py": "",
            "x.py": """
                from typing import TYPE_CHECKING
                if TYPE_CHECKING:
                    import a
                    import b

                def f():
                    import a
                    import b
                    import c
                import b
            """,
        }
    )
    assert [(each.target, each.timings, each.at_load) for each in links.edges] == [
        ("a.py", (Timing.CALL, Timing.NEVER), False),
        ("b.py", (Timing.LOAD, Timing.CALL, Timing.NEVER), True),
        ("c.py", (Timing.CALL,), False),
    ]


def test_each_name_is_taken_from_a_file_of_its_own() -> None:
    """Names may be modules; the module of the statement is another file, or none."""
    files = {
        "pkg/__init__.py": "VERSION = 1\n",
        "pkg/models/__init__.py": "",
        "pkg/forms.py": "",
        "pkg/forms.pyi": "",
        "space/part.py": "",
        "a.py": "from pkg import VERSION, models, forms\nfrom pkg import models\nfrom space import part, gone\n"
        "import os\nimport pkg.forms\nfrom os import sep\n",
    }
    assert [(each.module, each.names) for each in link_python(files).imports["a.py"]] == [
        ("pkg/__init__.py", ("pkg/__init__.py", "pkg/models/__init__.py", "pkg/forms.py")),
        ("pkg/__init__.py", ("pkg/models/__init__.py",)),
        ("", ("space/part.py", "")),
        ("", ()),
        ("pkg/forms.py", ()),
        ("", ()),
    ]


CYTHON = [
    "pkg/__init__.py",
    "pkg/fast.pyx",
    "pkg/fast.pxd",
    "pkg/only.pxd",
    "pkg/tables.pxi.in",
    "pkg/solver.h",
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (take("fast", "Tree", form="cimport", level=1), "pkg/fast.pxd pkg/fast.pyx"),
        (take("pkg.only", form="cimport"), "pkg/only.pxd"),
        (take("", "only", form="cimport", level=1), "pkg/only.pxd"),
        (take("libc.math", "sin", form="cimport"), "standard"),
        (take("cython", form="cimport"), "standard"),
        (take("numpy", form="cimport"), "third-party requirements.txt:1"),
        (take("numpy", form="import"), "third-party requirements.txt:1"),
        (take("tables.pxi", form="include"), "pkg/tables.pxi.in"),
        (take("solver.h", form='include "…"'), "pkg/solver.h"),
        (take("math.h", form="include <…>"), "standard"),
    ],
)
def test_cython(wanted: Import, expected: str) -> None:
    """Declarations and definitions stand together; what is included is no module."""
    user = make_file("pkg/user.pyx", imports=[wanted])
    links = link_files(user, *map(make_file, CYTHON), manifests={"requirements.txt": "numpy\n"})
    assert leads(links, "pkg/user.pyx") == [expected]


def test_definition_stands_for_a_module_before_its_declarations() -> None:
    """The module of an import is the file that is run."""
    files = [make_file("a.py", imports=[take("fast", "f"), take("b", form="import")])]
    links = link_files(*files, *map(make_file, ("fast.pxd", "fast.pyx", "b.pyi", "b.py")))
    assert [(each.module, each.names) for each in links.imports["a.py"]] == [
        ("fast.pyx", ("fast.pyx",)),
        ("b.py", ()),
    ]
