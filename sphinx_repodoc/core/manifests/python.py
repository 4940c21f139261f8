"""Readers of Python's manifests: pyproject.toml, requirements, setup.cfg, setup.py, tox and nox.

Each takes the path and the text of one file and yields what it says, as
:mod:`~sphinx_repodoc.core.manifests.records` has it. Nothing is executed.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sphinx_repodoc.core.manifests.python_sources import read_sources, source_of
from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    TestEvidence,
    Tool,
)
from sphinx_repodoc.core.manifests.text import Toml, iter_ini, read_toml, strings

_NAME = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")
_EGG = re.compile(r"[#&]egg=([\w.-]+)")
_NOX_SESSION = re.compile(r"@nox\.session|@session\b|@nox\.parametrize")
_COMPILING = frozenset({"maturin", "mesonpy", "py_build_cmake.build", "scikit_build_core.build"})
"""Build backends that nobody takes for Python alone."""
_DEF = re.compile(r"(?:async )?def (\w+)\(")


def requirement_name(text: str) -> str:
    """Take the name out of a requirement (PEP 508); empty when there is none.

    ``./local``, ``-r other.txt`` and bare URLs name nothing.
    """
    egg = _EGG.search(text)
    if egg:
        return egg[1]
    match = _NAME.match(text.strip())
    if match is None:
        return ""
    rest = text.strip()[match.end() :].lstrip()
    return match[0] if not rest or rest[0] in "[<>=!~;@,(#^* " else ""


def _require(text: str, path: str, line: int, group: str = "") -> Iterator[Requirement]:
    name = requirement_name(text)
    if name:
        yield Requirement(ecosystem=Ecosystem.PYTHON, name=name, path=path, line=line, group=group)


def _enter(name: str, target: str, path: str, line: int, group: str) -> EntryPoint:
    module, _, attribute = target.partition(":")
    attribute = attribute.partition("[")[0].strip()
    return EntryPoint(
        name=name, module=module.strip(), attribute=attribute, path=path, line=line, group=group
    )


def read_requirements(path: str, text: str) -> Iterator[Fact]:
    """Read a requirements file, or the ``.in`` file it is compiled from."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    group = "" if stem == "requirements" else stem.replace("requirements", "").strip("-_.")
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            editable = re.match(r"(?:-e|--editable)[\s=]+", stripped)
            yield from _require(stripped[editable.end() :] if editable else stripped, path, number, group)


def read_pyproject(path: str, text: str) -> Iterator[Fact]:
    """Read PEP 518, 621 and 735 tables, and those of setuptools, Poetry, PDM, uv, Hatch, pytest and tox."""
    toml = read_toml(text)
    yield from _pyproject_package(toml, path)
    yield from _array(toml, path, ("build-system", "requires"), "build")
    yield from _array(toml, path, ("project", "dependencies"), "")
    for keys in (
        ("project", "optional-dependencies"),
        ("dependency-groups",),
        ("tool", "pdm", "dev-dependencies"),
    ):
        for group in toml.table(*keys):
            yield from _array(toml, path, (*keys, group), group)
    yield from _array(toml, path, ("tool", "uv", "dev-dependencies"), "dev")
    for name in toml.table("tool", "hatch", "envs"):
        for key in ("dependencies", "extra-dependencies"):
            yield from _array(toml, path, ("tool", "hatch", "envs", name, key), name)
    yield from _poetry(toml, path)
    yield from read_sources(toml, path)
    yield from _pyproject_scripts(toml, path)
    yield from _pyproject_tests(toml, path)
    yield from _pyproject_compilers(toml, path)


def _pyproject_package(toml: Toml, path: str) -> Iterator[Package]:
    for keys in (("project",), ("tool", "poetry")):
        name = toml.table(*keys).get("name")
        if isinstance(name, str):
            line = toml.line((*keys, "name"))
            yield Package(ecosystem=Ecosystem.PYTHON, name=name, path=path, line=line)
            return


def _array(toml: Toml, path: str, keys: tuple[str, ...], group: str) -> Iterator[Requirement]:
    """Read an array of requirements; included groups and other tables in it are passed over."""
    for item in strings(toml.table(*keys[:-1]).get(keys[-1])):
        yield from _require(item, path, _array_line(toml, keys, item), group)


def _array_line(toml: Toml, keys: tuple[str, ...], item: str) -> int:
    """Find the line of an item as written; escaped ones by their name alone."""
    for quoted in (f'"{item}"', f"'{item}'", requirement_name(item)):
        line = toml.line(keys, quoted)
        if quoted in toml.lines[line - 1]:
            return line
    return toml.line(keys)


def _poetry(toml: Toml, path: str) -> Iterator[Requirement]:
    base = ("tool", "poetry")
    tables: list[tuple[tuple[str, ...], str]] = [
        ((*base, "dependencies"), ""),
        ((*base, "dev-dependencies"), "dev"),
    ]
    groups = toml.table(*base, "group")
    tables.extend(((*base, "group", group, "dependencies"), group) for group in groups)
    for keys, group in tables:
        for name in toml.table(*keys):
            if name != "python":
                yield from _require(name, path, toml.line((*keys, name)), group)


def _pyproject_scripts(toml: Toml, path: str) -> Iterator[EntryPoint]:
    tables = [
        (("project", "scripts"), "console_scripts"),
        (("project", "gui-scripts"), "gui_scripts"),
        (("tool", "poetry", "scripts"), "console_scripts"),
    ]
    for base in (("project", "entry-points"), ("tool", "poetry", "plugins")):
        tables.extend(((*base, group), group) for group in toml.table(*base))
    for keys, group in tables:
        for name, target in toml.table(*keys).items():
            if isinstance(target, Mapping):  # Poetry's long form
                target = target.get("reference") or target.get("callable")  # noqa: PLW2901
            if isinstance(target, str):
                yield _enter(name, target, path, toml.line((*keys, name)), group)


def _pyproject_tests(toml: Toml, path: str) -> Iterator[TestEvidence]:
    if toml.table("tool", "pytest"):
        keys = next((k for k in ("tool.pytest.ini_options", "tool.pytest") if k in toml.tables), "tool")
        yield TestEvidence(tool=Tool.PYTEST, path=path, line=toml.line(tuple(keys.split("."))))
    tox = toml.table("tool", "tox")
    legacy = tox.get("legacy_tox_ini")
    if isinstance(legacy, str):
        first = toml.line(("tool", "tox", "legacy_tox_ini"))
        if toml.lines[first - 1].rstrip().endswith(('"""', "'''")):
            first += 1  # TOML drops a line end right behind the opening quotes
        for fact in read_tox(path, legacy):
            if isinstance(fact, TestEvidence):
                yield _shifted(fact, first, toml)
    elif tox:
        yield from _toml_tox(toml, path, ("tool", "tox"))


def _pyproject_compilers(toml: Toml, path: str) -> Iterator[TestEvidence]:
    """Build backends that compile, and tables of what setuptools compiles."""
    backend = toml.table("build-system").get("build-backend")
    if backend in _COMPILING:
        line = toml.line(("build-system", "build-backend"))
        yield TestEvidence(tool=Tool.COMPILER, path=path, line=line, command=str(backend))
    for name in ("setuptools", "setuptools-rust"):
        if toml.table("tool", name).get("ext-modules"):
            line = toml.line(("tool", name, "ext-modules"))
            yield TestEvidence(tool=Tool.COMPILER, path=path, line=line, command=name)


def _shifted(fact: TestEvidence, first: int, toml: Toml) -> TestEvidence:
    """Give a line of the text embedded in a document its line in the document."""
    line = min(fact.line + first - 1, len(toml.lines))
    return TestEvidence(tool=fact.tool, path=fact.path, line=line, name=fact.name, command=fact.command)


def read_tox_toml(path: str, text: str) -> Iterator[Fact]:
    yield from _toml_tox(read_toml(text), path, ())


def _toml_tox(toml: Toml, path: str, base: tuple[str, ...]) -> Iterator[TestEvidence]:
    places = [((*base, "env_run_base"), "testenv")]
    places += [((*base, "env", name), name) for name in toml.table(*base, "env")]
    for keys, name in places:
        commands = toml.table(*keys).get("commands")
        for command in commands if isinstance(commands, list) else []:
            words = strings(command)
            if words:
                line = toml.line((*keys, "commands"), f'"{words[0]}"')
                yield TestEvidence(tool=Tool.TOX, path=path, line=line, name=name, command=" ".join(words))


def read_setup_cfg(path: str, text: str) -> Iterator[Fact]:
    for section, key, value, line in iter_ini(text):
        if (section, key) == ("metadata", "name"):
            yield Package(ecosystem=Ecosystem.PYTHON, name=value, path=path, line=line)
        elif section == "options" and key in {"install_requires", "setup_requires", "tests_require"}:
            group = "" if key == "install_requires" else key.partition("_")[0]
            yield from _require(value, path, line, group)
        elif section == "options.extras_require" and key:
            yield from _require(value, path, line, key)
        elif section == "options.entry_points" and key:
            name, _, target = value.partition("=")
            if target:
                yield _enter(name.strip(), target.strip(), path, line, key)
        elif (section, key) == ("options", "package_dir"):
            name, equals, folder = value.partition("=")
            yield from source_of(name.strip() if equals else "", folder.strip() or value, path, line)
        elif (section, key) == ("options.packages.find", "where"):
            yield from source_of("", value, path, line)
        elif section == "tool:pytest":
            yield from _pytest_ini(key, value, path, line)
    yield from read_tox(path, text)


def read_pytest_ini(path: str, text: str) -> Iterator[Fact]:
    for section, key, value, line in iter_ini(text):
        if section == "pytest":
            yield from _pytest_ini(key, value, path, line)


def _pytest_ini(key: str, value: str, path: str, line: int) -> Iterator[Fact]:
    if not key:
        yield TestEvidence(tool=Tool.PYTEST, path=path, line=line)
    elif key == "pythonpath":
        for folder in value.split():
            yield from source_of("", folder, path, line)


def read_tox(path: str, text: str) -> Iterator[Fact]:
    """Read tox.ini: commands and dependencies of environments, and pytest's section."""
    for section, key, value, line in iter_ini(text):
        if section == "pytest":
            yield from _pytest_ini(key, value, path, line)
        if section != "testenv" and not section.startswith("testenv:"):
            continue
        env = section.partition(":")[2] or section
        if key == "commands":
            yield TestEvidence(tool=Tool.TOX, path=path, line=line, name=env, command=value)
        elif key == "deps":
            # ``py311: name`` has a condition of tox before the requirement.
            yield from _require(re.sub(r"^[\w!,{}.-]+:\s+", "", value), path, line, env)


def read_noxfile(path: str, text: str) -> Iterator[Fact]:
    """Read the names of nox sessions: functions below a decorator of nox."""
    decorated = False
    for number, line in enumerate(text.splitlines(), 1):
        match = _DEF.match(line)
        if match and decorated:
            yield TestEvidence(tool=Tool.NOX, path=path, line=number, name=match[1])
        decorated = bool(_NOX_SESSION.match(line)) or (decorated and not match)


def read_pipfile(path: str, text: str) -> Iterator[Fact]:
    toml = read_toml(text)
    for table, group in (("packages", ""), ("dev-packages", "dev")):
        for name in toml.table(table):
            yield from _require(name, path, toml.line((table, name)), group)


def read_setup_py(path: str, text: str) -> Iterator[Fact]:
    """Read the literal arguments of ``setup(…)``; whatever is computed stays unknown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in the file that is read
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    assigned: dict[str, ast.expr] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            assigned[statement.targets[0].id] = statement.value
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and _called(call) == "setup":
            for keyword in call.keywords:
                value = keyword.value
                if isinstance(value, ast.Name):
                    value = assigned.get(value.id, value)
                yield from _SETUP_KEYWORDS.get(keyword.arg or "", _ignore)(value, path)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _setup_name(value: ast.expr, path: str) -> Iterator[Fact]:
    for text, line in _literals(value):
        yield Package(ecosystem=Ecosystem.PYTHON, name=text, path=path, line=line)


def _setup_requires(value: ast.expr, path: str, group: str = "") -> Iterator[Fact]:
    for text, line in _literals(value):
        yield from _require(text, path, line, group)


def _setup_extras(value: ast.expr, path: str) -> Iterator[Fact]:
    for group, items in _literal_items(value):
        yield from _setup_requires(items, path, group)


def _setup_entry_points(value: ast.expr, path: str) -> Iterator[Fact]:
    for group, items in _literal_items(value):
        for text, line in _literals(items):
            name, _, target = text.partition("=")
            if target:
                yield _enter(name.strip(), target.strip(), path, line, group)


def _setup_package_dir(value: ast.expr, path: str) -> Iterator[Fact]:
    for name, item in _literal_items(value):
        for folder, line in _literals(item):
            yield from source_of(name, folder, path, line)


def _setup_compiled(value: ast.expr, path: str, key: str) -> Iterator[Fact]:
    if not (isinstance(value, ast.List | ast.Tuple) and not value.elts):
        yield TestEvidence(tool=Tool.COMPILER, path=path, line=value.lineno, command=key)


def _ignore(_value: ast.expr, _path: str) -> Iterator[Fact]:
    return iter(())


_SETUP_KEYWORDS: Mapping[str, Callable[[ast.expr, str], Iterator[Fact]]] = {
    "name": _setup_name,
    "install_requires": _setup_requires,
    "setup_requires": partial(_setup_requires, group="setup"),
    "tests_require": partial(_setup_requires, group="tests"),
    "extras_require": _setup_extras,
    "entry_points": _setup_entry_points,
    "package_dir": _setup_package_dir,
    **{key: partial(_setup_compiled, key=key) for key in ("ext_modules", "cffi_modules", "rust_extensions")},
}


def _literals(node: ast.expr) -> Iterator[tuple[str, int]]:
    """Yield the strings of a literal, or of a list or tuple of literals, with their lines."""
    for item in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            yield item.value, item.lineno


def _literal_items(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
