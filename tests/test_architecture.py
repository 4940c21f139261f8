"""The directions between the packages, and what every module owes its reader."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_repodoc

PACKAGE = Path(sphinx_repodoc.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
LAYERS = ("merge", "core", "analyze", "pages", "sphinx_ext")
"""Each may import itself and what stands before it."""
WITHOUT_SPHINX = ("merge", "core", "analyze")
MOST_LINES = 400


def name_of(path: Path) -> str:
    """Give the dotted name of a module of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_of(layer: str) -> list[Path]:
    """Give the modules of one layer; every layer has some."""
    found = [path for path in MODULES if path.is_relative_to(PACKAGE / layer)]
    assert found
    return found


def imports_of(path: Path, *, top_level: bool = False) -> list[str]:
    """Give the modules that a file imports, with ``a.b`` for ``from a import b`` too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else list(ast.walk(tree))
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{path}:{node.lineno}: relative imports hide their direction from this test"
            )
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def belongs_to(module: str, *packages: str) -> bool:
    """Say whether a module is one of the packages or lies in it."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in an interpreter that has imported nothing yet."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PACKAGE.parent)


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_imports_a_later_one(layer: str) -> None:
    """The order is merge, core, analyze, pages, sphinx_ext: also inside functions and for type checking."""
    later = [f"sphinx_repodoc.{name}" for name in LAYERS[LAYERS.index(layer) + 1 :]]
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules_of(layer)
        for module in imports_of(path)
        if belongs_to(module, "sphinx_repodoc.cli", *later)
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", WITHOUT_SPHINX)
def test_layer_names_neither_sphinx_nor_docutils(layer: str) -> None:
    """No import statement of these layers, not even for type checking, names either of them."""
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules_of(layer)
        for module in imports_of(path)
        if belongs_to(module, "sphinx", "docutils")
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", WITHOUT_SPHINX)
def test_layer_loads_neither_sphinx_nor_docutils(layer: str) -> None:
    """In a fresh interpreter, importing every module of the layer brings in neither, by whatever way."""
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(*sorted({'sphinx', 'docutils'} & set(sys.modules)))"
    )
    result = run_python(code, *(name_of(path) for path in modules_of(layer)))
    assert (result.returncode, result.stdout.split(), result.stderr) == (0, [], "")


STARTS_PROGRAMS = ("subprocess", "pty", "pexpect", "_posixsubprocess", "asyncio.subprocess")
"""Modules that start programs ..."""
STARTING = re.compile(
    r"system|popen|startfile|exec[lv]\w*|spawn[lv]\w*|posix_spawnp?|create_subprocess_\w+|subprocess_(?:exec|shell)"
)
"""... and functions of other modules that do."""


def test_one_module_starts_programs() -> None:
    """Every program is started by ``core.process``, which says where, with which variables and for how long."""
    wrong = []
    for path in MODULES:
        if name_of(path) == "sphinx_repodoc.core.process":
            continue
        wrong += [f"{name_of(path)} imports {m}" for m in imports_of(path) if belongs_to(m, *STARTS_PROGRAMS)]
        wrong += [
            f"{name_of(path)}:{node.lineno} calls {node.func.attr}"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if STARTING.fullmatch(node.func.attr)
        ]
    assert wrong == []


def test_pages_know_no_application_environment_or_builder() -> None:
    """Of Sphinx, page builders know its nodes and its helpers for docutils."""
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules_of("pages")
        for module in imports_of(path)
        if belongs_to(module, "sphinx") and not belongs_to(module, "sphinx.addnodes", "sphinx.util.docutils")
    ]
    assert wrong == []


def test_command_line_prints_facts_without_sphinx(tmp_path: Path) -> None:
    """The facts of a repository are printed with neither Sphinx nor docutils loaded."""
    (tmp_path / "a.py").write_text('"""Only this."""\n', encoding="utf-8")
    code = (
        "import sys\n"
        "from sphinx_repodoc.cli import main\n"
        "status = main(['facts', sys.argv[1]])\n"
        "print(status or 0, *sorted({'sphinx', 'docutils'} & set(sys.modules)), file=sys.stderr)"
    )
    result = run_python(code, str(tmp_path))
    assert '"a.py"' in result.stdout
    assert result.stderr.splitlines()[-1:] == ["0"]


def test_command_line_imports_sphinx_only_when_it_builds() -> None:
    """At its top level the command line stops at the analyses."""
    wrong = [
        module
        for module in imports_of(PACKAGE / "cli.py", top_level=True)
        if belongs_to(module, "sphinx", "docutils", "sphinx_repodoc.pages", "sphinx_repodoc.sphinx_ext")
    ]
    assert wrong == []


def test_package_root_imports_sphinx_side_only_in_setup() -> None:
    """Importing the package itself costs nothing: its top level imports no module of ours."""
    wrong = [
        module
        for module in imports_of(PACKAGE / "__init__.py", top_level=True)
        if belongs_to(module, "sphinx", "docutils", "sphinx_repodoc")
    ]
    assert wrong == []


def test_what_works_on_changes_is_not_loaded_before_there_are_any() -> None:
    """Loading the extension brings in neither a parser nor the analyses: most builds change little or nothing."""
    code = (
        "import sys, sphinx_repodoc.sphinx_ext.setup\n"
        "late = ('tree_sitter', 'myst_parser', 'sphinx_repodoc.core.parse', 'sphinx_repodoc.core.link')\n"
        "print(*sorted({*late, 'sphinx_repodoc.analyze.whole'} & set(sys.modules)))"
    )
    result = run_python(code)
    assert (result.returncode, result.stdout.split(), result.stderr) == (0, [], "")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is(path: Path) -> None:
    """Every module has a docstring whose first line is a sentence."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert doc.partition("\n")[0].endswith((".", "?", ":"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_short_enough_to_read(path: Path) -> None:
    """No module is longer than what one can keep in mind."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
