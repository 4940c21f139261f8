"""Hooks of the Java grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import WORD_WITH_DOLLAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    abstract assert boolean break byte case catch char class const continue default do double else enum
    extends final finally float for goto if implements import instanceof int interface long native new
    package private protected public return short static strictfp super switch synchronized this throw
    throws transient try void volatile while true false null
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"/\*\*(?![*/])")
_OPEN_TYPES = frozenset({"interface", "annotation"})
_OPEN_KINDS = frozenset({"package", "module", "constant", "component"})


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """``a.b.C`` is a module of its own; ``a.b.*`` takes all of ``a.b``, a static import a member of a class."""
    path = next((child for child in node.named_children if "identifier" in child.type), None)
    if path is None:
        return
    text = "".join(source.fold(*path.byte_range).split())
    module, name = text, ""
    is_static = any(child.type == "static" for child in node.children)
    if any(child.type == "asterisk" for child in node.named_children):
        name = "*"
    elif is_static:
        module, _, name = text.rpartition(".")
    yield Import(
        module=module,
        names=(ImportedName(name=name),) if name else (),
        line=source.line(node.start_byte),
        form=f"{form} static" if is_static else form,
    )


def refine(drafts: list[Draft], _source: Source, _captures: Captures) -> None:
    for draft in drafts:
        draft.name = "".join(draft.name.split())
        draft.visibility = _visibility(draft)


def _visibility(draft: Draft) -> Visibility:
    """The modifier; without one, members of interfaces are public and all else stays in the package."""
    owner = draft.node if draft.kind != "field" else draft.node.parent
    first = owner.child(0) if owner is not None else None
    words = (
        {child.type for child in first.children} if first is not None and first.type == "modifiers" else set()
    )
    for visibility in Visibility:
        if visibility in words:
            return visibility
    is_open = draft.kind in _OPEN_KINDS or (draft.parent is not None and draft.parent.kind in _OPEN_TYPES)
    return Visibility.PUBLIC if is_open else Visibility.INTERNAL


GRAMMAR = Grammar(
    package="tree-sitter-java",
    queries=("java", "loops", "operators"),
    callables=frozenset({"method", "constructor"}),
    leaves=frozenset({"package"}),
    forks=True,
    doc_comment=DOC_COMMENT,
    doc_of_type=True,
    word=WORD_WITH_DOLLAR,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
)
