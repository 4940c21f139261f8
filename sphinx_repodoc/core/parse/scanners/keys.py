"""JSON, TOML and YAML: the keys of a data file as symbols.

The tree comes from tree-sitter and is walked with a stack of our own, never by
recursion. Keys are listed down to :data:`DEPTH` names: what lies deeper is data,
not names that anybody looks up (a lock file of 1 MB has tens of thousands of
them), and it costs no walk. Arrays add no name: the keys of the objects in
``packages: [{name: …}]`` are ``packages.name``.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tree_sitter import Parser

from sphinx_repodoc.core.model import Facts, Symbol
from sphinx_repodoc.core.parse.comments import comment_lines, find_markers, find_notes, leading_paragraph
from sphinx_repodoc.core.parse.grammars import load_language
from sphinx_repodoc.core.parse.source import Source, blank, count_lines, generic_facts
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node, Point, Tree

    from sphinx_repodoc.core.parse.source import Span

DEPTH = 4
"""Names in the longest qualified name that is listed. Headers of TOML tables are listed at any depth."""
TIME_LIMIT = 10.0
"""Seconds of wall time for the parser, unless the caller says otherwise."""

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """What differs between the grammars."""

    package: str
    pairs: frozenset[str]
    """Node types with a key and a value."""
    containers: frozenset[str]
    """Node types that may hold pairs; every other node is left alone."""
    opening: tuple[bytes, ...] = ()
    """A container whose text has none of these cannot hold a pair."""


_FORMATS: Mapping[str, _Format] = {
    "json": _Format(
        package="tree-sitter-json",
        pairs=frozenset({"pair"}),
        containers=frozenset({"document", "object", "array", "ERROR"}),
        opening=(b"{",),
    ),
    "toml": _Format(
        package="tree-sitter-toml",
        pairs=frozenset({"pair", "table", "table_array_element"}),
        containers=frozenset({"document", "inline_table", "array", "ERROR"}),
        opening=(b"=",),
    ),
    "yaml": _Format(
        package="tree-sitter-yaml",
        pairs=frozenset({"block_mapping_pair", "flow_pair"}),
        containers=frozenset(
            {
                "stream",
                "document",
                "block_node",
                "flow_node",
                "block_mapping",
                "flow_mapping",
                "block_sequence",
                "block_sequence_item",
                "flow_sequence",
                "ERROR",
            }
        ),
        opening=(b":", b"?"),
    ),
}
_KEYS = frozenset(
    {
        "bare_key",
        "quoted_key",
        "string",
        "number",
        "plain_scalar",
        "double_quote_scalar",
        "single_quote_scalar",
    }
)
"""Nodes whose text is a name."""
_TABLES = frozenset({"table", "table_array_element"})


def scan_json(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, "json", time_limit)


def scan_toml(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, "toml", time_limit)


def scan_yaml(text: bytes, *, time_limit: float = TIME_LIMIT) -> Facts:
    return _scan(text, "yaml", time_limit)


def _scan(text: bytes, language: str, time_limit: float) -> Facts:
    form = _FORMATS[language]
    tree = _parse(text, form, time_limit)
    if tree is None:
        message = f"The parser was stopped after {time_limit:g} seconds."
        return replace(generic_facts(text), problems=(Problem(kind=ProblemKind.TIMEOUT, message=message),))
    spans = _comments(tree, text)
    code = blank(text, spans)
    source = Source(text, code)
    first_code = len(code) - len(code.lstrip().removeprefix(b"---").lstrip()) if code.strip() else len(code)
    symbols = _Walk(form, source, _documentation(source, spans)).run(tree.root_node)
    owned = _owned(source, spans, symbols)
    lead = leading_paragraph(source, spans, first_code=first_code, owned=owned)
    error = _first_error(tree.root_node)
    return Facts(
        doc=lead.text if lead else "",
        doc_line=lead.line if lead else 0,
        lines=count_lines(text, code),
        symbols=symbols,
        notes=find_notes(source, spans),
        markers=tuple(find_markers(source, spans)),
        problems=() if error is None else (_syntax_problem(error, source),),
    )


def _parse(text: bytes, form: _Format, time_limit: float) -> Tree | None:
    deadline = time.monotonic() + time_limit

    def read(offset: int, _point: Point) -> bytes:
        return text[offset : offset + _CHUNK]

    def is_late(_offset: int, _has_error: bool) -> bool:
        return time.monotonic() > deadline

    try:
        return Parser(load_language(form.package, "language")).parse(read, progress_callback=is_late)
    except ValueError:
        # The binding's word for a parse that its progress callback ended.
        return None


def _comments(tree: Tree, text: bytes) -> list[Span]:
    """Comments in source order: found by a cursor, for they may stand anywhere."""
    if b"#" not in text and b"/" not in text:
        return []
    spans: list[Span] = []
    cursor = tree.walk()
    done = False
    while not done:
        node = cursor.node
        if node is not None and node.type == "comment":
            spans.append((node.start_byte, node.end_byte))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                done = True
                break
    return spans
