"""Hooks of the Scala grammar."""

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
    abstract case catch class def do else enum export extends false final finally for forSome given if implicit
    import lazy match new null object override package private protected return sealed super then this throw
    trait true try type val var while with yield
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"/\*\*(?![*/])")
RESTART = re.compile(
    rb"^(?:@|(?:abstract|case|class|def|enum|extension|final|given|implicit|import|inline|lazy|object|opaque|open"
    rb"|package|private|protected|sealed|trait|type|val|var)\b)",
    re.MULTILINE,
)
_BODIES = frozenset({"template_body", "with_template_body", "enum_body"})
_PLACES = _BODIES | {"compilation_unit", "package_clause"}
"""Where a value is no local variable."""
_VALUES = frozenset({"val", "var", "bound"})
_CALLABLES = frozenset({"function", "method", "extension method", "constructor", "val", "var"})


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """One import for each path: ``a.b`` alone like that of Java, ``a.{b, c}`` with its names."""
    path: list[Node] = []
    rest: list[Node] = []
    fields = [node.field_name_for_child(index) for index in range(node.child_count)]
    for child, field in zip(node.children[1:], fields[1:], strict=True):
        if child.type == ",":
            yield _import(form, path, rest, source)
            path, rest = [], []
        elif field == "path" and not rest:
            path += [child] * child.is_named
        elif child.is_named and "comment" not in child.type:
            rest.append(child)
    if path or rest:
        yield _import(form, path, rest, source)


def _import(form: str, path: list[Node], rest: list[Node], source: Source) -> Import:
    names: list[ImportedName] = []
    for each in rest:
        items = each.named_children if each.type == "namespace_selectors" else [each]
        names += [_selector(item, source) for item in items if "comment" not in item.type]
    module = ".".join(_text(each, source) for each in path)
    line = source.line((path or rest)[0].start_byte)
    if not path and len(names) == 1:
        return Import(module=names[0].name, alias=names[0].alias, line=line, form=form)
    return Import(module=module, names=tuple(names), line=line, form=form)


def _selector(node: Node, source: Source) -> ImportedName:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is not None and alias is not None:
        return ImportedName(name=_text(name, source), alias=_text(alias, source))
    text = _text(node, source)
    return ImportedName(name="*" if text == "_" else text)


def _text(node: Node, source: Source) -> str:
    return source.fold(*node.byte_range).replace("`", "")


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        draft.name = " ".join(draft.name.replace("`", "").split())
        if draft.kind == "package":
            draft.name = draft.name.replace(" ", "")
        place = _place(draft.node)
        modifiers = _modifiers(draft.node, source)
        if draft.kind == "function" and draft.name == "this":
            draft.kind = "constructor"
        elif draft.kind == "function" and place in _BODIES:
            draft.kind = "method"
        elif draft.kind == "function" and _extends(draft.node):
            draft.kind = "extension method"
        elif draft.kind == "given":
            draft.name = _given_name(draft)
            draft.signature = draft.signature.removesuffix(" with")
        elif draft.kind == "parameter":
            _place_parameter(draft)
        elif draft.kind in _VALUES and (place not in _PLACES or not _binds(draft)):
            # A local variable is neither a symbol nor a scope.
            draft.kind = draft.name = ""
        elif draft.kind == "bound":
            draft.kind = "val"
        draft.visibility = _visibility(draft, modifiers)


def _place(node: Node) -> str:
    """What a definition is in; a package with braces is no type."""
    above = node.parent
    if above is None:
        return ""
    outer = above.parent
    return outer.type if outer is not None and outer.type == "package_clause" else above.type


def _given_name(draft: Draft) -> str:
    """Its name, or the type that it gives, without conditions and arguments of the constructor."""
    if draft.node.child_by_field_name("name") is not None:
        return draft.name
    name = draft.name.removesuffix("()")
    if name.startswith("(") and name.endswith(")") and name.count("(") == 1:
        return name[1:-1]
    return name.rpartition(" => ")[2]


def _extends(node: Node) -> bool:
    above = node.parent
    if above is not None and "block" in above.type:
        above = above.parent
    return above is not None and above.type == "extension_definition"


def _binds(draft: Draft) -> bool:
    """Whether a name in a pattern is a new one: those in capitals are known already."""
    return draft.kind != "bound" or draft.name[:1].islower() or draft.name[:1] == "_"


def _place_parameter(draft: Draft) -> None:
    """Parameters that are members: those with ``val`` or ``var``, and the first of case classes."""
    words = {child.type for child in draft.node.children}
    clause = draft.node.parent
    owner = clause.parent if clause is not None else None
    is_case = owner is not None and (
        owner.type == "full_enum_case" or any(child.type == "case" for child in owner.children)
    )
    is_first = (
        clause is not None and owner is not None and clause == owner.child_by_field_name("class_parameters")
    )
    if "var" in words:
        draft.kind = "var"
    elif "val" in words or (is_case and is_first):
        draft.kind = "val"
    else:
        draft.kind = draft.name = ""


def _modifiers(node: Node, source: Source) -> str:
    return " ".join(source.slice(*child.byte_range) for child in node.children if child.type == "modifiers")


def _visibility(draft: Draft, modifiers: str) -> Visibility:
    """As declared; what is private to a package is seen by more than its type."""
    if "private" in modifiers:
        is_wide = "private[" in modifiers and "private[this]" not in modifiers
        return Visibility.INTERNAL if is_wide else Visibility.PRIVATE
    if "protected" in modifiers:
        return Visibility.PROTECTED
    is_local = draft.parent is not None and draft.parent.kind in _CALLABLES
    return Visibility.PRIVATE if is_local else Visibility.PUBLIC


GRAMMAR = Grammar(
    package="tree-sitter-scala",
    queries=("scala",),
    types=frozenset({"class", "object", "trait", "enum", "case", "package object"}),
    callables=_CALLABLES,
    local=frozenset(),
    forks=True,
    value="",
    doc_comment=DOC_COMMENT,
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
