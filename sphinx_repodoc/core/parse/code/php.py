"""Hooks of the PHP grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    abstract and array as break callable case catch class clone const continue declare default do echo else
    elseif empty enddeclare endfor endforeach endif endswitch endwhile enum eval exit extends final finally fn
    for foreach function global goto if implements include include_once instanceof insteadof interface isset
    list match namespace new null or parent print private protected public readonly require require_once
    return self static switch throw trait try unset use var while xor yield true false php
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"/\*\*(?![*/])")
FILE_COMMENT = re.compile(rb"/\*\*(?:(?!\*/).)*?@file\b", re.DOTALL)
_TYPES = frozenset({"class", "interface", "trait", "enum"})
_NAMES = frozenset({"name", "qualified_name"})
_GLOBAL = frozenset({"function", "constant"}) | _TYPES
"""What belongs to its namespace, wherever a function or a branch defines it."""


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    if form == "use":
        yield from _read_use(node, source)
        return
    module = _read_path(node.named_children[-1], source)
    if module:
        yield Import(module=module, line=source.line(node.start_byte), form=form)


def _read_use(statement: Node, source: Source) -> Iterator[Import]:
    """One import for each name; those of a group begin with what stands before it."""
    group = statement.child_by_field_name("body")
    around = next((child for child in statement.named_children if child.type == "namespace_name"), None)
    prefix = f"{_text(around, source)}\\" if around and group else ""
    general = statement.child_by_field_name("type")
    for clause in (group or statement).named_children:
        name = next((child for child in clause.named_children if child.type in _NAMES), None)
        if clause.type != "namespace_use_clause" or name is None or name.is_missing:
            # The grammar wants a name behind the last comma of a group, too.
            continue
        alias, kind = clause.child_by_field_name("alias"), clause.child_by_field_name("type") or general
        yield Import(
            module=(prefix + _text(name, source)).removeprefix("\\"),
            alias=_text(alias, source) if alias else "",
            line=source.line(clause.start_byte),
            form=f"use {_text(kind, source)}" if kind else "use",
        )


def _read_path(node: Node, source: Source) -> str:
    """A literal without its quotes, an expression with a literal in it as it is written."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    text = source.fold(*node.byte_range)
    if node.type in {"string", "encapsed_string"}:
        return text[1:-1]
    return text if "'" in text or '"' in text else ""


def _text(node: Node, source: Source) -> str:
    return "".join(source.fold(*node.byte_range).split())


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    access: dict[int, str] = {}
    for nodes in captures.having("access"):
        access.setdefault(nodes["restricted"][0].id, source.slice(*nodes["access"][0].byte_range))
    space: Draft | None = None
    for draft in drafts:
        if draft.kind == "namespace":
            space = _follow(space, draft, source)
            continue
        _place(draft, space)
        if draft.node.id in access:
            draft.visibility = Visibility(access[draft.node.id])
        elif draft.kind == "function" and draft.name.startswith("_") and not draft.name.startswith("__"):
            draft.visibility = Visibility.PRIVATE
    _follow(space, None, source)


def _follow(space: Draft | None, following: Draft | None, source: Source) -> Draft | None:
    """End a namespace without braces where the next one begins; that one, if it has none either."""
    if space is not None:
        last = following.start if following else len(source.text)
        space.end = len(source.text[:last].rstrip())
    has_braces = following is None or following.node.child_by_field_name("body") is not None
    return None if has_braces else following


def _place(draft: Draft, space: Draft | None) -> None:
    """Find the scope that a name belongs to, which is not always the one around it."""
    if draft.kind == "define":
        draft.kind, draft.parent = "constant", None
        draft.dropped = draft.name.startswith('"') and "$" in draft.name
        draft.name = draft.name[1:-1].replace("\\\\", "\\")
        return
    if not draft.kind:
        draft.name = "class@anonymous"
    above = draft.parent
    if draft.kind == "property" and above is not None and above.kind == "method":
        # A parameter of the constructor that is a property as well.
        above = draft.parent = above.parent
    if above is not None and (not above.kind or above.kind in _TYPES) and draft.kind not in _TYPES:
        draft.joint = "::$" if draft.kind == "property" else "::"
        return
    if draft.kind in _GLOBAL:
        while above is not None and above.kind != "namespace":
            above = above.parent
    draft.parent = above or space


GRAMMAR = Grammar(
    package="tree-sitter-php",
    loader="language_php",
    queries=("php", "loops", "operators"),
    separator="\\",
    types=_TYPES,
    leaves=frozenset({"property", "constant", "case", "define"}),
    value="default_value",
    forks=True,
    doc_comment=DOC_COMMENT,
    file_comment=FILE_COMMENT,
    headings=frozenset({"namespace"}),
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
)
