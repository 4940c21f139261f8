"""JSON, TOML and YAML: the keys of a data file as symbols.

The tree comes from tree-sitter and is walked with a stack of our own, never by
recursion. Keys are listed down to :data:`DEPTH` levels of nesting, those of a lock
file at the top level only: what lies deeper is data, not names that anybody looks
up. How many keys were left out is :attr:`~sphinx_repodoc.core.model.Facts.omitted`.

Arrays add no name: the keys of the objects in ``packages: [{name: …}]`` are
``packages.name``, listed once, where they stand first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tree_sitter import Query, QueryCursor

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse.grammar import load_language
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import (
    DEEPEST,
    TIME_LIMIT,
    find_remarks,
    parse_tree,
    stopped_facts,
    syntax_problems,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.model import Facts

DEPTH = 4
"""Levels of keys that are listed. A dotted key or header (``[a.b.c]``) is one level: so it is written."""

_LOCK_FILE = re.compile(
    r"(?:.*[.-])?lock(?:\.json|\.ya?ml)?|npm-shrinkwrap\.json|pylock(?:\..+)?\.toml|Package\.resolved"
)


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


FORMATS: Mapping[str, _Format] = MappingProxyType(
    {
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
)
"""Name of a language -> how its keys are read."""
_KEYS = frozenset(
    {"bare_key", "quoted_key", "string", "plain_scalar", "double_quote_scalar", "single_quote_scalar"}
)
"""Nodes whose text is a name."""
_TABLES = frozenset({"table", "table_array_element"})
_MERGE = "<<"
"""YAML's merge key names nothing."""


def is_lock_file(path: str) -> bool:
    """Whether a tool wrote this file to record the versions it chose."""
    return _LOCK_FILE.fullmatch(path.rpartition("/")[2]) is not None


def scan_keys(text: bytes, language: str, *, is_lock: bool = False, time_limit: float = TIME_LIMIT) -> Facts:
    """Keys are ``key``, headers of TOML ``table``.

    :param language: one of :data:`FORMATS`.
    :param is_lock: list the keys at the top level only.
    """
    form = FORMATS[language]
    tree = parse_tree(text, form.package, time_limit)
    if tree is None:
        return stopped_facts(text, time_limit)
    remarks, errors = find_remarks(tree, form.package)
    notes = Remarks(text, (node.byte_range for node in remarks))
    walk = _Walk(form, notes, 1 if is_lock else DEPTH)
    walk.run(tree.root_node)
    return notes.facts(
        walk.symbols,
        lead=notes.lead(b"---"),
        problems=syntax_problems([node.start_byte for node in errors], notes.source),
        omitted=_count_pairs(tree, form) - walk.entered if walk.is_cut else 0,
    )


def _count_pairs(tree: Tree, form: _Format) -> int:
    cursor = QueryCursor(_pairs_query(form))
    cursor.set_max_start_depth(DEEPEST)
    return len(cursor.captures(tree.root_node).get("pair", ()))


@cache
def _pairs_query(form: _Format) -> Query:
    kinds = " ".join(f"({kind})" for kind in sorted(form.pairs))
    return Query(load_language(form.package, "language"), f"[{kinds}] @pair")


_Place = tuple["Node", int, tuple[str, ...], int]
"""A node to look into, index of the symbol around it, path of names to it, levels of keys around it."""


class _Walk:
    """The symbols of one tree, in source order."""

    def __init__(self, form: _Format, remarks: Remarks, depth: int) -> None:
        self.symbols: list[Symbol] = []
        self.entered = 0
        """Pairs that were met, listed or not."""
        self.is_cut = False
        """Whether there are pairs that were not met."""
        self._form = form
        self._remarks = remarks
        self._source = remarks.source
        self._depth = depth
        self._listed: dict[tuple[str, ...], int] = {}
        """Path of names -> index of its symbol."""

    def run(self, root: Node) -> None:
        stack: list[_Place] = [(root, -1, (), 0)]
        while stack:
            node, parent, path, depth = stack.pop()
            if node.type in self._form.pairs:
                stack.extend(self._enter(node, parent, path, depth + 1))
            elif self._may_hold_pairs(node):
                stack.extend((child, parent, path, depth) for child in self._entered(node.named_children))

    def _entered(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes that the walk enters, last first."""
        entered = self._form.pairs | self._form.containers
        return [node for node in reversed(nodes) if node.type in entered]

    def _may_hold_pairs(self, node: Node) -> bool:
        if node.type != self._form.array:
            return True
        find, start, end = self._source.text.find, node.start_byte, node.end_byte
        return any(find(sign, start, end) >= 0 for sign in self._form.signs)

    def _enter(self, node: Node, parent: int, path: tuple[str, ...], depth: int) -> Iterator[_Place]:
        """Record a pair or a table and yield what may hold more of them."""
        self.entered += 1
        children = [child for child in node.named_children if not child.is_extra]
        names = self._names(children[0]) if children else ()
        if not names or names[-1] == _MERGE:
            return
        path += names
        if node.type in _TABLES:
            parent = self._table_around(path)
        inner = self._entered(children[1:])
        if len(path) > 1 and self._depth == 1:
            self.entered -= 1
            self.is_cut = True
            return
        if path not in self._listed:
            self._listed[path] = len(self.symbols)
            self._add("table" if node.type in _TABLES else "key", children, parent, path, names)
        if depth < self._depth:
            yield from ((child, self._listed[path], path, depth) for child in inner)
        else:
            self.is_cut |= bool(inner)

    def _add(
        self,
        kind: str,
        children: Sequence[Node],
        parent: int,
        path: tuple[str, ...],
        names: tuple[str, ...],
    ) -> None:
        line = self._source.line(children[0].start_byte)
        is_nested = path[:-1] in self._listed
        self.symbols.append(
            Symbol(
                name=path[-1],
                qualname=".".join(path),
                kind=kind,
                line=line,
                end_line=self._last_line(children[-1]),
                parent=parent,
                signature="" if len(names) == 1 or is_nested else ".".join(names),
                doc=self._remarks.doc_above(line),
            )
        )

    def _last_line(self, node: Node) -> int:
        """The grammar of YAML ends a block after the line feed."""
        text, start, end = self._source.text, node.start_byte, node.end_byte
        while end > start and text[end - 1] in b" \t\r\n":
            end -= 1
        return self._source.line(max(end - 1, start))

    def _table_around(self, path: tuple[str, ...]) -> int:
        around = (self._listed.get(path[:length]) for length in range(len(path) - 1, 0, -1))
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
