"""JSON, TOML and YAML: the keys of a data file as symbols.

The tree comes from tree-sitter and is walked with a stack of our own, never by
recursion. Keys are listed down to :data:`DEPTH` names: what lies deeper is data,
not names that anybody looks up (a lock file of 1 MB has tens of thousands of
them), and it costs no walk. Arrays add no name: the keys of the objects in
``packages: [{name: …}]`` are ``packages.name``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts, Symbol
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.source import Source, blank, count_lines
from sphinx_repodoc.core.parse.trees import (
    TIME_LIMIT,
    find_remarks,
    parse_tree,
    stopped_facts,
    syntax_problems,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.source import Span

DEPTH = 4
"""Names in the longest qualified name that is listed. Headers of TOML tables are listed at any depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """What differs between the grammars."""

    package: str
    pairs: frozenset[str]
    """Node types with a key and a value."""
    containers: frozenset[str]
    """Node types that may hold pairs; every other node is left alone."""
    array: str
    """Among them the type that is often long and holds no pair unless its text ..."""
    signs: tuple[bytes, ...] = (b"{",)
    """... has one of these."""


_FORMATS: Mapping[str, _Format] = {
    "json": _Format(
        package="tree-sitter-json",
        pairs=frozenset({"pair"}),
        containers=frozenset({"document", "object", "array", "ERROR"}),
        array="array",
    ),
    "toml": _Format(
        package="tree-sitter-toml",
        pairs=frozenset({"pair", "table", "table_array_element"}),
        containers=frozenset({"document", "inline_table", "array", "ERROR"}),
        array="array",
    ),
    "yaml": _Format(
        package="tree-sitter-yaml",
        pairs=frozenset({"block_mapping_pair", "flow_pair"}),
        containers=frozenset(
            f"{style}_{form}" for style in ("block", "flow") for form in ("node", "mapping", "sequence")
        )
        | {"stream", "document", "block_sequence_item", "ERROR"},
        array="flow_sequence",
        signs=(b":", b"?"),
    ),
}
_KEYS = frozenset(
    {"bare_key", "quoted_key", "string", "plain_scalar", "double_quote_scalar", "single_quote_scalar"}
)
"""Nodes whose text is a name."""
_TABLES = frozenset({"table", "table_array_element"})
_MERGE = "<<"
"""YAML's merge key names nothing."""


def scan_json(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, _FORMATS["json"], time_limit)


def scan_toml(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, _FORMATS["toml"], time_limit)


def scan_yaml(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, _FORMATS["yaml"], time_limit)


def _scan(text: bytes, form: _Format, time_limit: float) -> Facts:
    tree = parse_tree(text, form.package, time_limit)
    if tree is None:
        return stopped_facts(text, time_limit)
    remarks, errors = find_remarks(tree, form.package)
    spans = sorted(node.byte_range for node in remarks)
    source = Source(text, blank(text, spans))
    walk = _Walk(form, source, _own_lines(source, spans))
    walk.run(tree.root_node)
    lead = _lead(source, spans, walk.owned)
    return Facts(
        doc=lead.text if lead else "",
        doc_line=lead.line if lead else 0,
        lines=count_lines(text, source.code),
        symbols=tuple(walk.symbols),
        notes=comments.find_notes(source, spans),
        markers=tuple(comments.find_markers(source, spans)),
        problems=syntax_problems([node.start_byte for node in errors], source),
    )


def _lead(source: Source, spans: Sequence[Span], owned: Collection[int]) -> comments.Paragraph | None:
    """First paragraph about the file: a comment alone at the top is one even if it touches the first key."""
    if source.code.lstrip().startswith(b"---"):
        source = Source(source.text, source.code.replace(b"---", b"   ", 1))
    find = comments.leading_paragraph
    return find(source, spans, owned) or find(source, spans, ())


def _own_lines(source: Source, spans: Sequence[Span]) -> dict[int, Span]:
    """Comments that have their line to themselves, by that line."""
    own = {}
    for start, end in spans:
        first = source.text.rfind(b"\n", 0, start) + 1
        if not source.text[first:start].strip():
            own[source.line(end - 1)] = (start, end)
    return own


class _Walk:
    """The symbols of one tree, in source order."""

    def __init__(self, form: _Format, source: Source, own_lines: Mapping[int, Span]) -> None:
        self.symbols: list[Symbol] = []
        self.owned: set[int] = set()
        """Starts of the comments that document a key."""
        self._form = form
        self._source = source
        self._comments = own_lines
        self._tables: dict[tuple[str, ...], int] = {}

    def run(self, root: Node) -> None:
        stack: list[tuple[Node, int, tuple[str, ...]]] = [(root, -1, ())]
        while stack:
            node, parent, path = stack.pop()
            if node.type in self._form.pairs:
                stack.extend(self._enter(node, parent, path))
            elif self._may_hold_pairs(node):
                stack.extend((child, parent, path) for child in self._entered(node.named_children))

    def _entered(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes that the walk enters, last first."""
        entered = self._form.pairs | self._form.containers
        return [node for node in reversed(nodes) if node.type in entered]

    def _may_hold_pairs(self, node: Node) -> bool:
        if node.type != self._form.array:
            return True
        find, start, end = self._source.text.find, node.start_byte, node.end_byte
        return any(find(sign, start, end) >= 0 for sign in self._form.signs)

    def _enter(
        self, node: Node, parent: int, path: tuple[str, ...]
    ) -> Iterator[tuple[Node, int, tuple[str, ...]]]:
        """Record a pair or a table and yield what may hold more of them."""
        children = [child for child in node.named_children if not child.is_extra]
        names = self._names(children[0]) if children else ()
        if not names or names[-1] == _MERGE:
            return
        path += names
        if node.type in _TABLES:
            parent = self._table_around(path)
            self._tables[path] = len(self.symbols)
            self._add("table", children, parent, path)
        elif len(path) <= DEPTH:
            self._add("key", children, parent, path)
        if len(path) < DEPTH:
            parent = len(self.symbols) - 1
            yield from ((child, parent, path) for child in self._entered(children[1:]))

    def _add(self, kind: str, children: Sequence[Node], parent: int, path: tuple[str, ...]) -> None:
        line = self._source.line(children[0].start_byte)
        self.symbols.append(
            Symbol(
                name=path[-1],
                qualname=".".join(path),
                kind=kind,
                line=line,
                end_line=self._last_line(children[-1]),
                parent=parent,
                doc=self._doc_above(line),
            )
        )

    def _last_line(self, node: Node) -> int:
        """The grammar of YAML ends a block after the line feed."""
        text, start, end = self._source.text, node.start_byte, node.end_byte
        while end > start and text[end - 1] in b" \t\r\n":
            end -= 1
        return self._source.line(max(end - 1, start))

    def _table_around(self, path: tuple[str, ...]) -> int:
        around = (self._tables.get(path[:length]) for length in range(len(path) - 1, 0, -1))
        return next((index for index in around if index is not None), -1)

    def _names(self, key: Node) -> tuple[str, ...]:
        """The names of a key, several when it is dotted; none when it is a collection or an alias."""
        if key.type in _KEYS:
            name = _read_name(self._source.slice(key.start_byte, key.end_byte))
            return (name,) if name else ()
        found: list[str] = []
        stack = [key]
        while stack:
            node = stack.pop()
            if node.type in _KEYS:
                found.append(_read_name(self._source.slice(node.start_byte, node.end_byte)))
            elif node.type in {"flow_node", "dotted_key"}:
                stack.extend(reversed(node.named_children))
        return tuple(name for name in found if name)

    def _doc_above(self, line: int) -> str:
        if line - 1 not in self._comments:
            return ""
        spans: list[Span] = []
        while span := self._comments.get(line - 1):
            spans.append(span)
            line = self._source.line(span[0])
        spans.reverse()
        lines = [text for span in spans for text in comments.comment_lines(self._source.slice(*span))]
        paragraph = next(comments.paragraphs(lines, line), None)
        if paragraph is None:
            return ""
        self.owned.update(start for start, _ in spans)
        return paragraph.text


def _read_name(text: str) -> str:
    """A key without its quotes."""
    if text.startswith('"') and "\\" not in text:
        text = text[1:].removesuffix('"')
    elif text.startswith('"'):
        try:
            text = json.loads(text, strict=False)
        except ValueError:
            text = text.strip('"')
    elif text.startswith("'"):
        text = text.strip("'").replace("''", "'")
    return " ".join(text.split())
