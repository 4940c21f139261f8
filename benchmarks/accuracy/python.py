"""Python against the standard ``ast``."""

from __future__ import annotations

import ast
import platform
import sysconfig
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import Installed, PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

KINDS = frozenset({"class", "function", "method"})


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    for path in files:
        try:
            yield Reading(path=path, facts=Counter(read_text(path.read_bytes())))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            yield Reading(path=path, error=f"{type(error).__name__}: {error}")


def read_text(text: bytes) -> Iterator[Fact]:
    """Definitions and imports as the standard library sees them, and when the imports run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        todo: list[tuple[ast.AST, str, bool, str]] = [(ast.parse(text), "", False, "")]
    while todo:
        node, scope, in_class, when = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            is_class = isinstance(node, ast.ClassDef)
            kind = "class" if is_class else "method" if in_class else "function"
            qualname = f"{scope}.{node.name}" if scope else node.name
            yield Fact("definition", qualname, kind, node.lineno)
            scope, in_class = qualname, is_class
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield _import("import", alias.name, ((alias.name, alias.asname or ""),), node.lineno, when)
        elif isinstance(node, ast.ImportFrom):
            names = tuple((alias.name, alias.asname or "") for alias in node.names)
            yield _import("from", "." * node.level + (node.module or ""), names, node.lineno, when)
        late = set(map(id, _late_children(node)))
        todo += [
            (child, scope, in_class, _latest(when, node) if id(child) in late else when)
            for child in ast.iter_child_nodes(node)
        ]


def _import(form: str, module: str, names: Iterable[tuple[str, str]], line: int, when: str) -> Fact:
    taken = ", ".join(f"{name} as {alias}" if alias else name for name, alias in names)
    return Fact("import", f"{module}: {taken}", f"{form} {when}".strip(), line)


def _late_children(node: ast.AST) -> list[ast.stmt]:
    """Statements that are not run when the one around them is."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return node.body
    if isinstance(node, ast.If) and ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING":
        return node.body if isinstance(node.test, (ast.Name, ast.Attribute)) else []
    return []


def _latest(when: str, node: ast.AST) -> str:
    """``deferred`` in a function, ``types`` below ``if TYPE_CHECKING:``, both where both are around it."""
    return " ".join(sorted({*when.split(), "types" if isinstance(node, ast.If) else "deferred"}))


def facts_of(found: Facts) -> Iterator[Fact]:
    """The same facts as the package sees them; it has variables too, which are no definitions of ``ast``."""
    yield from definitions(found, KINDS)
    for item in found.imports:
        names = tuple((name.name, name.alias) for name in item.names)
        if item.form == "import":
            names = ((item.module, item.alias),)
        when = " ".join(["deferred"] * item.deferred + ["types"] * item.type_only)
        yield _import(item.form, "." * item.level + item.module, names, item.line, when)


def _tool() -> str:
    return f"ast of Python {platform.python_version()}"


ROWS = (
    Row(
        language="python",
        suffixes=(".py", ".pyi"),
        tool=_tool,
        corpora=(
            Installed(
                title=lambda: f"standard library of Python {platform.python_version()}",
                folder=lambda: Path(sysconfig.get_path("stdlib")),
                exclude=("site-packages/*", "dist-packages/*"),
            ),
            PyPI(package="Django", version="5.2.7"),
            PyPI(package="apache-airflow-core", version="3.1.0"),
            PyPI(package="mypy", version="1.18.2"),
            PyPI(package="scipy", version="1.16.2"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
