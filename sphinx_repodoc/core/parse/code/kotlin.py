"""Hooks of the Kotlin grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.code.kotlin_words import adapt
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    as break class continue do else false for fun if in interface is null object package return super this
    throw true try typealias typeof val var when while import companion constructor init
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"/\*\*(?![*/])")
RESTART = re.compile(
    rb"^(?:@|(?:public|private|internal|abstract|open|sealed|data|enum|annotation|inline|suspend|operator|infix|const"
    rb"|expect|actual|external|fun|class|interface|object|typealias|val|var)[ ])",
    re.MULTILINE,
)
_TYPES = frozenset(
    {"class", "interface", "enum class", "annotation class", "object", "companion object", "enum entry"}
)
_BODIES = frozenset({"class_body", "enum_class_body"})
_PLACES = _BODIES | {"source_file"}
"""Where a property is no local variable."""
_ACCESS = {
    "private": Visibility.PRIVATE,
    "protected": Visibility.PROTECTED,
    "internal": Visibility.INTERNAL,
}


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    path = next((child for child in node.named_children if child.type == "qualified_identifier"), None)
    if path is None:
        return
    alias = next((child for child in node.named_children if child.type == "identifier"), None)
    takes_all = any(child.type == "*" for child in node.children)
    yield Import(
        module="".join(source.fold(*path.byte_range).replace("`", "").split()),
        names=(ImportedName(name="*"),) if takes_all else (),
        alias=source.slice(*alias.byte_range).strip("`") if alias is not None else "",
        line=source.line(node.start_byte),
        form=form,
    )


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        draft.name = (
            "".join(draft.name.replace("`", "").split()) if draft.kind == "package" else draft.name.strip("`")
        )
        above = draft.node.parent
        place = above.type if above is not None else ""
        if draft.kind == "companion object" and draft.name == "object":
            draft.name = "Companion"
        elif draft.kind == "function" and place in _BODIES:
            draft.kind = "method"
        elif draft.kind == "initializer":
            draft.name, draft.dropped = "", True
        elif draft.node.type == "property_declaration" and place not in _PLACES:
            # A local variable is neither a symbol nor a scope.
            draft.kind = draft.name = ""
        modifiers = _modifiers(draft.node, source)
        if draft.kind == "class":
            draft.kind = next(
                (f"{word} class" for word in ("enum", "annotation") if word in modifiers), "class"
            )
        if draft.kind == "property" and "const" in modifiers:
            draft.kind = "constant"
        draft.visibility = _visibility(draft, modifiers)


def _modifiers(node: Node, source: Source) -> set[str]:
    first = node.child(0)
    words = first.named_children if first is not None and first.type == "modifiers" else ()
    return {
        word
        for child in words
        if child.type != "annotation"
        for word in source.slice(*child.byte_range).split()
    }


def _visibility(draft: Draft, modifiers: set[str]) -> Visibility:
    """As declared, else public; what is in a function nothing outside can name."""
    for word, visibility in _ACCESS.items():
        if word in modifiers:
            return visibility
    is_local = draft.parent is not None and draft.parent.kind in _CALLABLES
    return Visibility.PRIVATE if is_local else Visibility.PUBLIC


_CALLABLES = frozenset({"function", "method", "constructor", "property", "initializer"})
GRAMMAR = Grammar(
    package="tree-sitter-kotlin",
    queries=("kotlin", "operators"),
    types=_TYPES,
    callables=_CALLABLES,
    local=frozenset(),
    forks=True,
    leaves=frozenset({"package"}),
    value="",
    doc_comment=DOC_COMMENT,
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=adapt,
    restart=RESTART,
)
