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


def refine(drafts: list[Draft], _source: Source, _captures: Captures) -> None:
    """A capital letter exports a name; the blank name is no name."""
    for draft in drafts:
        draft.dropped |= draft.name == "_"
        if draft.kind != "package" and not draft.name[:1].isupper():
            draft.visibility = Visibility.PRIVATE


GRAMMAR = Grammar(
    package="tree-sitter-go",
    queries=("go",),
    leaves=frozenset({"package", "field"}),
    doc_comment=DOC_COMMENT,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
