"""R against the parser of R, whose nodes ``getParseData`` gives.

Tags of Roxygen are comments to R: what they import is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row
from benchmarks.accuracy.engine.tools import AUTHORITIES, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_OPERATION = 3
"""Nodes of an operation: two operands and the sign between them; the fewest of a call."""
_ASSIGN = frozenset({"LEFT_ASSIGN", "EQ_ASSIGN"})
_CLASSES = frozenset({"setClass", "setRefClass", "R6Class", "new_class", "setClassUnion", "ggproto"})
_GENERICS = frozenset({"setGeneric", "new_generic"})
_METHODS = frozenset({"setMethod", "setReplaceMethod", "setS3Method", "method"})
_LOADS = frozenset({"library", "require", "requireNamespace", "loadNamespace", "source"})


@dataclass(slots=True)
class _Node:
    parent: int
    place: tuple[int, int]
    kind: str
    text: str
    children: list[_Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.text.strip("`\"'")


def _tool() -> str:
    return output(["Rscript", "-e", "cat(paste0('R ', getRversion()))"]).strip()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    printed = output(
        ["Rscript", "--vanilla", str(AUTHORITIES / "parse_data.R")],
        text="".join(f"{path}\n" for path in files),
    )
    for part in printed.split("file\t")[1:]:
        head, *rows = part.split("\n")
        path, error = head.split("\t")
        yield Reading(path=Path(path), error=error, facts=Counter() if error else Counter(_facts(rows)))


def _facts(rows: Sequence[str]) -> Iterator[Fact]:
    nodes: dict[int, _Node] = {}
    for row in filter(None, rows):
        number, parent, line, column, kind, text = row.split("\t")
        if kind != "COMMENT":
            nodes[int(number)] = _Node(int(parent), (int(line), int(column)), kind, text)
    top: list[_Node] = []
    for node in sorted(nodes.values(), key=lambda node: node.place):
        (nodes[node.parent].children if node.parent in nodes else top).append(node)
    for node in top:
        yield from _defined(node)
    yield from _used(nodes)


def _defined(node: _Node) -> Iterator[Fact]:
    names: list[_Node] = []
    while len(node.children) == _OPERATION and node.children[1].kind in _ASSIGN:
        target = _only(node.children[0])
        if target.kind not in {"SYMBOL", "STR_CONST"}:
            return
        names.append(target)
        node = node.children[2]
    function = _function(node)
    call = _call(node)
    if not names:
        yield from _called(node, call)
    for name in names:
        kind = "variable"
        if function:
            kind = "function"
        elif call in _CLASSES:
            kind = "class"
        elif call in _GENERICS:
            kind = "generic"
        yield Fact("definition", name.name, kind, name.place[0])
        if kind == "class":
            yield from _members(name.name, node, call)


def _called(node: _Node, call: str) -> Iterator[Fact]:
    arguments = _arguments(node) if call in _CLASSES | _GENERICS | _METHODS else []
    first = _only(arguments[0][1]) if arguments else None
    if first is None or first.kind != "STR_CONST":
        return
    if call in _METHODS:
        listed = _leaves(arguments[1][1]) if len(arguments) > 1 else []
        classes = [leaf.name for leaf in listed if leaf.kind == "STR_CONST"]
        title = first.name + ("<-" if call == "setReplaceMethod" else "")
        yield Fact("definition", ",".join([title, *classes]), "method", first.place[0])
    else:
        yield Fact("definition", first.name, "class" if call in _CLASSES else "generic", first.place[0])
        if call in _CLASSES:
            yield from _members(first.name, node, call)


def _members(scope: str, node: _Node, call: str) -> Iterator[Fact]:
    wanted = {"R6Class": {"public", "private", "active"}, "setRefClass": {"fields", "methods"}}.get(
        call, set()
    )
    for name, value in _arguments(node):
        if name is None or name.name not in wanted or _call(value) not in {"list", "c"}:
            continue
        for member, content in _arguments(value):
            if member is None:
                continue
            kind = "active" if name.name == "active" else "method" if _function(content) else "field"
            yield Fact("definition", f"{scope}.{member.name}", kind, member.place[0])


def _only(node: _Node) -> _Node:
    while len(node.children) == 1:
        node = node.children[0]
    return node


def _function(node: _Node) -> bool:
    return bool(node.children) and node.children[0].kind in {"FUNCTION", "'\\\\'"}


def _call(node: _Node) -> str:
    """Name of the function that a node calls, without its package."""
    if len(node.children) < _OPERATION or node.children[1].kind != "'('":
        return ""
    leaves = _leaves(node.children[0])
    return leaves[-1].name if leaves and leaves[-1].kind == "SYMBOL_FUNCTION_CALL" else ""


def _leaves(node: _Node) -> list[_Node]:
    found: list[_Node] = []
    todo = [node]
    while todo:
        each = todo.pop()
        if each.children:
            todo += reversed(each.children)
        else:
            found.append(each)
    return found


def _arguments(node: _Node) -> list[tuple[_Node | None, _Node]]:
    """(name, value) of each argument that has a value."""
    found: list[tuple[_Node | None, _Node]] = []
    name: _Node | None = None
    for child in node.children[2:]:
        if child.kind in {"SYMBOL_SUB", "STR_CONST", "NULL_CONST"} and not child.children:
            name = child
        elif child.kind == "expr":
            found.append((name, child))
            name = None
        elif child.kind == "','":
            name = None
    return found


def _used(nodes: dict[int, _Node]) -> Iterator[Fact]:
    packages: dict[str, tuple[int, dict[str, None]]] = {}
    for node in sorted(nodes.values(), key=lambda node: node.place):
        if len(node.children) == _OPERATION and node.children[1].kind in {"NS_GET", "NS_GET_INT"}:
            package, _, name = node.children
            packages.setdefault(package.name, (package.place[0], {}))[1][name.name] = None
        call = _call(node)
        if call not in _LOADS:
            continue
        arguments = _arguments(node)
        if not arguments or any(name is not None and name.name == "character.only" for name, _ in arguments):
            continue
        name, value = arguments[0]
        only = _only(value)
        tokens = {"STR_CONST", "SYMBOL"} if call in {"library", "require"} else {"STR_CONST"}
        if only.kind in tokens and (name is None or name.name in {"package", "file"}) and only.name:
            yield Fact("import", only.name, call, node.children[0].place[0])
    for package, (line, names) in packages.items():
        yield Fact("import", f"{package}: {','.join(names)}", "::", line)


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        yield Fact("definition", symbol.qualname, symbol.kind, symbol.line)
    for item in found.imports:
        names = ",".join(name.name for name in item.names)
        if not item.form.startswith("@"):
            yield Fact(
                "import",
                f"{item.module}: {names}" if item.form == "::" else item.module,
                item.form,
                item.line,
            )


ROWS = (
    Row(
        language="r",
        suffixes=(".R", ".r"),
        tool=_tool,
        corpora=(
            GitHub(package="rstudio/shiny", version="d19095f4b3dd2b699406db2693c487fb38bd2d4a"),
            GitHub(package="r-lib/devtools", version="04a24d6da9e655d39400253364a00be53ee0cffa"),
            GitHub(package="Rdatatable/data.table", version="fd3a72de472bb5a7db0beaf26051910a700bbed9"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
