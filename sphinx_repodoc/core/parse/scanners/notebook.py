"""Jupyter notebooks: the code of the cells, the headings of the prose, on the lines of the JSON text.

The cells are put together to one text, of which every line knows the line of the
file that it stands on: in most notebooks each has one of its own, in one that is
written compactly many share one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse.embedded import merge, parse_embedded, relocate, relocate_symbols
from sphinx_repodoc.core.parse.scanners.headings import Heading, nest
from sphinx_repodoc.core.parse.scanners.ipython import to_python
from sphinx_repodoc.core.parse.scanners.markdown import Blocks
from sphinx_repodoc.core.parse.source import Source, count_lines
from sphinx_repodoc.core.parse.trees import (
    Allowance,
    find_remarks,
    is_rubble,
    parse_tree,
    stopped_facts,
    syntax_problems,
)
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

_PACKAGE = "tree-sitter-json"
_LEVELS = frozenset("123456")
_NEWLINE = re.compile(r"\n")
_LANGUAGES = {
    "c#": "csharp",
    "f#": "fsharp",
    "ipython": "python",
    "sage": "python",
    "sagemath": "python",
}
"""What kernels call a language -> our name for it, where they differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """The source of a cell."""

    kind: str
    text: str
    rows: tuple[int, ...]
    """For each line of the text, its line in the file."""
    level: int = 1
    """Of the cell's heading, in notebooks that have cells for them."""


@dataclass(slots=True)
class _Prose:
    """What the cells of prose say, on the lines of all cells together."""

    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doc: str = ""
    doc_line: int = 0

    def read(self, cell: _Cell, before: int) -> None:
        """Add a cell that has so many lines before it."""
        if cell.kind == "heading":
            title = " ".join(cell.text.split())
            self.headings += [Heading(text=title, line=before + 1, level=cell.level)] if title else []
            return
        blocks = Blocks(cell.text.encode("utf-8", "replace"))
        blocks.read()
        self.headings += [
            replace(each, line=each.line + before, start=each.start and each.start + before)
            for each in blocks.headings
        ]
        self.problems += [replace(each, line=each.line + before) for each in blocks.problems]
        if blocks.doc and not self.doc:
            self.doc, self.doc_line = blocks.doc, blocks.doc_line + before


def scan_notebook(text: bytes, *, time_limit: float) -> Facts:
    """Symbols and imports of the cells in the language of the notebook; titles are ``heading``."""
    tree = parse_tree(text, _PACKAGE, Allowance(len(text), time_limit))
    if tree is None:
        return stopped_facts(text)
    source = Source(text, text)
    _, errors = find_remarks(tree, _PACKAGE)
    problems = syntax_problems([node.start_byte for node in errors], source)
    root = None if is_rubble(tree) else next(_values(tree.root_node), None)
    top = _members(root, source)
    listed = _cell_list(top, source)
    if listed is None and not problems:
        message = "The file is no notebook: it has no list of cells."
        problems = (Problem(kind=ProblemKind.SYNTAX, message=message, line=1),)
    language = _language(top, source)
    nodes = _values(listed) if listed is not None or is_rubble(tree) else _strewn_cells(tree.root_node)
    facts = _assemble(_read_cells(nodes, language, source), language, time_limit)
    return replace(facts, lines=count_lines(text), problems=problems + facts.problems)


def _assemble(cells: Iterable[_Cell], language: str, time_limit: float) -> Facts:
    rows: list[int] = []
    code: list[bytes] = []
    lines: list[bytes] = []
    prose = _Prose()
    for cell in cells:
        written = cell.text.encode("utf-8", "replace")
        lines += written.split(b"\n")
        is_code = cell.kind == "code"
        if not is_code:
            prose.read(cell, len(rows))
        elif language == "python":
            written = to_python(cell.text).encode("utf-8", "replace")
        code.append(written if is_code else b"\n" * (len(cell.rows) - 1))
        rows += cell.rows
    found = parse_embedded(b"\n".join(code), language, time_limit=time_limit, parts=list(_spans(code)))
    facts = Facts() if found is None else relocate(found, rows)
    told = relocate(Facts(doc=prose.doc, doc_line=prose.doc_line, problems=tuple(prose.problems)), rows)
    headings = relocate_symbols(nest(prose.headings, lines), rows)
    return replace(
        facts,
        doc=told.doc or facts.doc,
        doc_line=told.doc_line or facts.doc_line,
        symbols=merge(headings, facts.symbols),
        problems=told.problems + facts.problems,
    )


def _spans(pieces: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in pieces:
        end = start + len(piece)
        if piece.strip():
            yield start, end
        start = end + 1


def _strewn_cells(root: Node) -> Iterator[Node]:
    """Objects that may be cells, of a text that is cut off."""
    errors = [node for node in (root, *root.named_children) if node.is_error]
    yield from (child for node in errors for child in node.named_children if child.type == "object")


def _read_cells(nodes: Iterable[Node], language: str, source: Source) -> Iterator[_Cell]:
    for node in nodes:
        cell = _members(node, source)
        # Version 3 of the format calls the source of code its input.
        text, rows = _read_source(cell.get("source") or cell.get("input"), source)
        if not rows or _is_foreign(cell, language, source):
            continue
        level = _string(cell.get("level"), source)
        kind = _string(cell.get("cell_type"), source)
        if kind in {"code", "heading", "markdown"}:
            yield _Cell(kind=kind, text=text, rows=rows, level=int(level) if level in _LEVELS else 1)


def _cell_list(top: dict[str, Node], source: Source) -> Node | None:
    """The array of cells: in version 3 of the format it is in the first sheet."""
    sheets = top.get("worksheets")
    if "cells" not in top and sheets is not None:
        sheet = next(_values(sheets), None)
        top = {} if sheet is None else _members(sheet, source)
    cells = top.get("cells")
    return cells if cells is not None and cells.type == "array" else None


def _is_foreign(cell: dict[str, Node], language: str, source: Source) -> bool:
    """Whether an editor has marked the code of a cell as written in another language."""
    own = _members(_members(cell.get("metadata"), source).get("vscode"), source).get("languageId")
    return own is not None and _string(own, source) not in {language, "markdown"}


def _language(top: dict[str, Node], source: Source) -> str:
    """The language of the kernel, in our words."""
    metadata = _members(top.get("metadata"), source)
    info, kernel = (_members(metadata.get(key), source) for key in ("language_info", "kernelspec"))
    told = _string(info.get("name"), source) or _string(kernel.get("language"), source)
    name = told.lower().rstrip("0123456789.") or "python"
    return _LANGUAGES.get(name, name)


def _read_source(node: Node | None, source: Source) -> tuple[str, tuple[int, ...]]:
    """A string, or an array of strings that make one, with the line in the file of each of its lines."""
    if node is None:
        return "", ()
    strings = [node] if node.type == "string" else [each for each in _values(node) if each.type == "string"]
    text = ""
    starts: list[int] = []
    places: list[int] = []
    for each in strings:
        starts.append(len(text))
        places.append(source.line(each.start_byte))
        text += _string(each, source).replace("\r\n", "\n")
    if not strings:
        return "", ()
    lines = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    return text, tuple(places[bisect_right(starts, line) - 1] for line in lines)


def _values(node: Node | None) -> Iterator[Node]:
    """The values of an array or a document."""
    if node is not None and node.type in {"array", "document"}:
        yield from (child for child in node.named_children if child.type not in {"comment", "ERROR"})


def _members(node: Node | None, source: Source) -> dict[str, Node]:
    """The values of an object by their names."""
    found: dict[str, Node] = {}
    if node is not None and node.type == "object":
        for child in node.named_children:
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None:
                found[_string(key, source)] = value
    return found


def _string(node: Node | None, source: Source) -> str:
    """The text of a string, or of a number as it is written."""
    written = "" if node is None else source.slice(*node.byte_range)
    if not written.startswith('"'):
        return written if node is not None and node.type == "number" else ""
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        return written.strip('"')
