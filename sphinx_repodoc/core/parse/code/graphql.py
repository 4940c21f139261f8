"""Hooks of the GraphQL grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_IMPORT = re.compile(r"#\s*import\s+(?:([\w.*, \t]+?)\s+from\s+)?[\"']([^\"'\n]+)[\"']")
"""As tools that join schemas read it."""
_RESERVED = "directive enum extend false fragment implements input interface mutation null on query repeatable scalar schema subscription true type union"


def read_imports(_form: str, node: Node, source: Source) -> Iterator[Import]:
    if found := _IMPORT.match(source.slice(*node.byte_range)):
        names = tuple(ImportedName(name=name) for name in (found[1] or "").replace(",", " ").split())
        yield Import(module=found[2], line=source.line(node.start_byte), names=names)


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        if draft.kind == "operation":
            words = source.fold(draft.start, draft.name_start).split()
            draft.kind = words[0] if words else draft.kind


GRAMMAR = Grammar(
    package="tree-sitter-graphql",
    queries=("graphql",),
    leaves=frozenset({"field", "value", "directive", "scalar", "union", "operation", "fragment"}),
    keywords=frozenset(_RESERVED.split()),
    imports=read_imports,
    refine=refine,
    restart=re.compile(
        rb"^(?:extend|type|interface|enum|input|union|scalar|directive|schema|fragment|query|mutation)\b",
        re.MULTILINE,
    ),
)
