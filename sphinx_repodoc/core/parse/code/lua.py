"""Hooks of the Lua grammar."""

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
    and break do else elseif end false for function goto if in local nil not or repeat return then true
    until while
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"--(?!-?[ \t]*(?:luacheck|stylua|selene|@diagnostic)\b)")
RESTART = re.compile(rb"^(?:local|function|return)\b", re.MULTILINE)
_TARGET = re.compile(r"(?:^|\n|;|\blocal)[ \t]*+(\w+)\s*(?:<\w+>\s*)?=\s*$")
_MEMBER = re.compile(r"\s*\.\s*([A-Za-z_]\w*+)(?![ \t]*[({\"'\[.:])")
_USED = re.compile(r"[ \t]*[.:({\"'\[]")
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_NEAR = 200
"""Bytes before and behind a call in which the name stands that it is bound to."""
_LONGEST_VALUE = 60
_HOLDERS = frozenset({"variable", "field"})
"""Kinds that lend their names to the fields of their tables, and to nothing else inside."""


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    arguments = node.child_by_field_name("arguments")
    path = (
        next((child for child in arguments.named_children if child.type == "string"), None)
        if arguments
        else None
    )
    content = path.child_by_field_name("content") if path else None
    if content is None:
        return
    alias, names = _bound(*node.byte_range, source) if form == "require" else ("", ())
    yield Import(
        module=source.slice(*content.byte_range),
        names=names,
        alias=alias,
        line=source.line(node.start_byte),
        form="require" if form == "pcall" else form,
    )


def _bound(start: int, end: int, source: Source) -> tuple[str, tuple[ImportedName, ...]]:
    """(name that stands for the module, or the member that is taken out of it)."""
    target = _TARGET.search(source.slice(max(start - _NEAR, 0), start))
    alias, after = target[1] if target else "", source.slice(end, end + _NEAR)
    member = _MEMBER.match(after)
    if member:
        return "", (ImportedName(name=member[1], alias=alias if alias != member[1] else ""),)
    return ("" if _USED.match(after) else alias), ()


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    required = {node.id for node in captures.single.get("import.require", ())}
    exported = {source.slice(*node.byte_range) for node in captures.single.get("exported", ())}
    tables = _Tables(captures)
    for draft in drafts:
        tables.place(draft)
        _read_prefix(draft)
        _hide(draft, source, exported)
        if draft.kind in _HOLDERS:
            # The import says already what the name stands for.
            draft.dropped |= _is_import(draft.node, required)
            _shorten(draft)
    _keep_first(drafts)


class _Tables:
    """Fields of tables count where the table itself has a name, or is what the module returns."""

    def __init__(self, captures: Captures) -> None:
        self._direct = {node.id for node in captures.single.get("direct", ())}
        self._nested = {node.id for node in captures.single.get("nested", ())}

    def place(self, draft: Draft) -> None:
        is_field = draft.node.type == "field"
        if is_field and draft.node.id not in self._direct:
            above = draft.parent
            is_kept = above is not None and above.node.type == "field" and not above.dropped
            draft.dropped = not (is_kept and draft.node.id in self._nested)
        while draft.parent is not None and not self._lends(draft.parent, is_field=is_field):
            draft.parent = draft.parent.parent

    @staticmethod
    def _lends(above: Draft, *, is_field: bool) -> bool:
        return not above.dropped and (is_field or above.kind not in {"", *_HOLDERS})


def _read_prefix(draft: Draft) -> None:
    """The table in ``table.name = function``; fields of the table that a method is called on have none."""
    if draft.kind == "method":
        draft.joint = ":"
    draft.prefix = draft.prefix.removeprefix("_G.")
    if draft.prefix in {"self", "_G"}:
        draft.prefix = ""
    elif draft.prefix:
        draft.dropped |= not _DOTTED.fullmatch(draft.prefix)


def _hide(draft: Draft, source: Source, exported: set[str]) -> None:
    is_local = source.text.startswith(b"local", draft.outer) and draft.node.type != "field"
    is_private = draft.name.startswith("_") and not draft.name.startswith("__")
    if (is_local or is_private) and draft.name not in exported:
        draft.visibility = Visibility.PRIVATE


def _is_import(statement: Node, required: set[int]) -> bool:
    """Whether a name is bound to a module or a member of one."""
    if statement.type == "variable_declaration":
        statement = statement.named_children[0]
    values = (
        statement.named_child(statement.named_child_count - 1) if statement.named_child_count > 1 else None
    )
    value = values.named_child(0) if values is not None and values.named_child_count == 1 else None
    if value is not None and value.type == "dot_index_expression":
        value = value.child_by_field_name("table")
    return value is not None and value.id in required


def _shorten(draft: Draft) -> None:
    """Leave values out of a signature that are long or belong to several names."""
    names, _, value = draft.signature.partition("=")
    if len(value) > _LONGEST_VALUE or "," in names:
        draft.signature = names.rstrip()


def _keep_first(drafts: list[Draft]) -> None:
    """Of a name that is assigned again the first one counts, of one that is a function the function."""
    top = [draft for draft in drafts if draft.parent is None and not draft.dropped]
    seen = {f"{draft.prefix}.{draft.name}": draft for draft in top if draft.kind == "function"}
    for draft in top:
        if draft.kind in _HOLDERS:
            first = seen.setdefault(f"{draft.prefix}.{draft.name}", draft)
            draft.dropped = first is not draft
            if draft.dropped and draft.visibility is Visibility.PRIVATE and draft.start < first.start:
                # It was declared before it was defined.
                first.visibility = Visibility.PRIVATE


GRAMMAR = Grammar(
    package="tree-sitter-lua",
    queries=("lua",),
    local=frozenset(),
    doc_comment=DOC_COMMENT,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
