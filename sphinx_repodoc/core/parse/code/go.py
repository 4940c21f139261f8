"""Hooks of the Go grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    break case chan const continue default defer else fallthrough for func go goto if import interface
    map package range return select struct switch type var
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"//(?!go:|nolint|\s*\+build)|/\*")
_AROUND_TYPES = frozenset(
    {
        "parameter_list",
        "parameter_declaration",
        "parenthesized_type",
        "pointer_type",
        "generic_type",
        "qualified_type",
    }
)
"""What may stand around the name of the type of a receiver, which is the last thing in it or its field ``type``."""
RESTART = re.compile(rb"^(?:func|type|var|const|import)\b", re.MULTILINE)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    path, name = node.child_by_field_name("path"), node.child_by_field_name("name")
    if path is None:
        return
    alias = source.slice(*name.byte_range) if name else ""
    # A dot puts the exported names of the package into the file, as ``*`` does elsewhere.
    yield Import(
        module=source.slice(*path.byte_range).strip('"`'),
        line=source.line(node.start_byte),
        names=(ImportedName(name="*"),) if alias == "." else (),
        alias="" if alias == "." else alias,
        form=form,
    )


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    """A capital letter exports a name; the blank name is no name."""
    for draft in drafts:
        if draft.node.type == "method_declaration":
            draft.prefix = _receiver(draft.node, source)
        draft.dropped |= draft.name == "_"
        if draft.kind != "package" and not draft.name[:1].isupper():
            draft.visibility = Visibility.PRIVATE


def _receiver(method: Node, source: Source) -> str:
    """Name of the type that a method belongs to; empty where the receiver has none."""
    node = method.child_by_field_name("receiver")
    while node is not None and node.type in _AROUND_TYPES:
        inner = [child for child in node.named_children if child.type != "comment"]
        node = node.child_by_field_name("type") or (inner[-1] if inner else None)
    return source.slice(*node.byte_range) if node is not None and node.type == "type_identifier" else ""


GRAMMAR = Grammar(
    package="tree-sitter-go",
    queries=("go", "operators"),
    leaves=frozenset({"package"}),
    forks=True,
    doc_comment=DOC_COMMENT,
    calls="bound",
    keywords=KEYWORDS,
    dotted=True,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
