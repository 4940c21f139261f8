"""What of a declaration its signature shows, in offsets of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from sphinx_repodoc.core.parse.source import Span

TYPES = {
    "class_specifier": "class",
    "struct_specifier": "struct",
    "union_specifier": "union",
    "enum_specifier": "enum",
}
"""Nodes of types that may have a body -> the word of the language."""
_LONGEST_VALUE = 60
"""Characters of an initial value that a signature shows."""


def declarator_span(declarator: Node, statement: Node, text: bytes) -> Span:
    """``*x[3] = 1``: the declarator around a name, with a value that is short."""
    start, end = declarator.byte_range
    value = declarator.child_by_field_name("value") if declarator.type == "init_declarator" else None
    if value is None and statement.type == "field_declaration":
        value = _value_behind(declarator, statement)
    if value is None:
        return start, end
    is_short = value.end_byte - value.start_byte <= _LONGEST_VALUE
    is_plain = b"{" not in text[value.start_byte : value.end_byte]
    return start, value.end_byte if is_short and is_plain else min(end, value.start_byte)


def head_end(node: Node, declarator: Node | None) -> int:
    """Where the signature of a function ends: before its initialisers and its body."""
    for child in node.named_children:
        if child.type in {"compound_statement", "field_initializer_list", "try_statement"}:
            return child.start_byte
    return node.end_byte if declarator is None else max(declarator.end_byte, node.end_byte)


def type_end(kind: Node) -> int:
    """Where a type ends that is named in a declaration, without its body."""
    body = kind.child_by_field_name("body") if kind.type in TYPES else None
    return kind.end_byte if body is None else body.start_byte


def signature_end(node: Node, kind: Node | None) -> int:
    body = kind.child_by_field_name("body") if kind is not None else None
    return body.start_byte if body is not None else node.end_byte


def _value_behind(declarator: Node, statement: Node) -> Node | None:
    """The initial value, or the width, of one member in a declaration of several."""
    for child in statement.children:
        if child.start_byte >= declarator.end_byte and child.type != "=":
            return child if child.type == "bitfield_clause" or _is_value(statement, child) else None
    return None


def _is_value(statement: Node, child: Node) -> bool:
    return child in statement.children_by_field_name("default_value")
