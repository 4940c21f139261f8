"""Hooks of the C# grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.cfamily.conditionals import find_unread
from sphinx_repodoc.core.parse.cfamily.lexer import Directive
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import Readable, blank
from sphinx_repodoc.core.parse.xmldoc import summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_RESERVED = """
    abstract as base bool break byte case catch char checked class const continue decimal default delegate do
    double else enum event explicit extern false finally fixed float for foreach goto if implicit in int
    interface internal is lock long namespace new null object operator out override params private protected
    public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true
    try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
    elif endif region endregion pragma nullable
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"///(?!/)|/\*\*(?![*/])")
_CONDITIONAL = re.compile(rb"^[ \t]*+#[ \t]*+(?:if|elif|else|endif)\b", re.MULTILINE)
_TOKEN = re.compile(
    rb"""
    (?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)
    |(?P<raw>\"{3,}+)
    |(?P<string>\$?@\$?"(?:[^"]++|"")*+"?|"(?:[^"\\\n]++|\\.)*+"?|'(?:[^'\\\n]++|\\.)*+'?)
    |^[ \t]*+\#[ \t]*+(?P<directive>[a-z]++)[^\n]*+
    """,
    re.VERBOSE | re.MULTILINE,
)
_CONDITIONALS = frozenset({b"if", b"elif", b"else", b"endif"})
_TYPES = frozenset({"class", "struct", "record", "record struct", "interface", "enum"})
_OPEN = frozenset({"interface", "enum"})
_ACCESS = {
    "public": Visibility.PUBLIC,
    "protected": Visibility.PROTECTED,
    "internal": Visibility.INTERNAL,
    "private": Visibility.PRIVATE,
    "file": Visibility.PRIVATE,
}


def hide_conditionals(text: bytes) -> Readable:
    """``text`` without the lines of ``#if``, and without branches that cannot follow one another.

    The grammar knows conditionals only around whole declarations and statements.
    """
    if not _CONDITIONAL.search(text):
        return Readable(text)
    comments: list[Span] = []
    strings: list[Span] = []
    directives: list[Directive] = []
    position: int | None = 0
    while position is not None:
        position = _lex(text, position, comments, strings, directives)
    lines = [(each.start, each.end) for each in directives]
    bare = blank(text, [*comments, *strings, *lines])
    dead, unread = find_unread(bare, text, directives)
    conditional = [(each.start, each.end) for each in directives if each.name in _CONDITIONALS]
    hidden = bytearray(blank(text, [*dead, *unread, *conditional]))
    for start, end in comments:
        hidden[start:end] = text[start:end]
    return Readable(bytes(hidden))


def _lex(
    text: bytes, position: int, comments: list[Span], strings: list[Span], directives: list[Directive]
) -> int | None:
    """Collect tokens up to the end of a raw string, and return where that is."""
    for match in _TOKEN.finditer(text, position):
        start, end = match.span()
        if match["comment"]:
            comments.append((start, end))
        elif match["string"]:
            strings.append((start, end))
        elif match["directive"]:
            directives.append(Directive(match["directive"], start, match.end("directive"), end))
        else:
            close = text.find(match["raw"], end)
            # Without an end it goes on to that of the text.
            close = close + len(match["raw"]) if close >= 0 else len(text)
            strings.append((start, close))
            return close
    return None


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """A using makes the types of a namespace known, a static one the members of a type, an alias one thing."""
    name = node.child_by_field_name("name")
    line = source.line(node.start_byte)
    if form == "alias":
        if name is not None:
            yield Import(module=_text(name, source), line=line, form="extern alias")
        return
    words = [child.type for child in node.children if not child.is_named]
    target = next((child for child in reversed(node.named_children) if child.type != "comment"), None)
    if target is None:
        return
    form = "using static" if "static" in words else form
    yield Import(
        module=_text(target, source),
        line=line,
        names=(ImportedName(name="*"),) if "static" in words else (),
        alias=_text(name, source) if name is not None and name != target else "",
        form=f"global {form}" if "global" in words else form,
    )


def _text(node: Node, source: Source) -> str:
    return source.fold(*node.byte_range).removeprefix("@")


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        draft.name = _name(draft, source)
        draft.kind = {"method": "function"}.get(draft.kind, draft.kind) if _is_loose(draft) else draft.kind
        owner = _declaration(draft.node)
        modifiers = {
            child.type for each in owner.children if each.type == "modifier" for child in each.children
        }
        draft.visibility = _visibility(draft, modifiers)
        draft.decorators = [*_attributes(owner, source)]
        if draft.kind in {"field", "event"} and draft.node.type == "variable_declarator":
            draft.kind = "constant" if "const" in modifiers else draft.kind
            _prefix_type(draft, source)
        elif draft.kind in {"property", "indexer"}:
            _show_accessors(draft, source)


def _declaration(node: Node) -> Node:
    """The node that bears the modifiers: of a variable its whole declaration."""
    if node.type == "variable_declarator" and node.parent is not None and node.parent.parent is not None:
        return node.parent.parent
    return node


def _name(draft: Draft, source: Source) -> str:
    """Operators are named by their signs, indexers as Roslyn does."""
    if draft.kind == "indexer":
        return "this[]"
    if draft.kind == "finalizer":
        return f"~{draft.name}"
    if draft.kind == "operator":
        parameters = draft.node.child_by_field_name("parameters")
        if parameters is not None:
            return source.fold(draft.name_start, parameters.start_byte)
    return "".join(draft.name.split()).removeprefix("@")


def _is_loose(draft: Draft) -> bool:
    return draft.parent is None or draft.parent.kind not in _TYPES


def _visibility(draft: Draft, modifiers: set[str]) -> Visibility:
    """As declared; else by what is around: all of an interface is public, members private, types internal."""
    if draft.kind in {"namespace", "enum member"} or draft.node.type == "parameter":
        return Visibility.PUBLIC
    if "protected" in modifiers:
        return Visibility.PROTECTED
    for word, visibility in _ACCESS.items():
        if word in modifiers:
            return visibility
    if draft.parent is not None and draft.parent.kind in _OPEN:
        return Visibility.PUBLIC
    if any(child.type == "explicit_interface_specifier" for child in draft.node.children):
        return Visibility.PUBLIC
    is_member = draft.kind == "function" or (draft.parent is not None and draft.parent.kind != "namespace")
    return Visibility.PRIVATE if is_member else Visibility.INTERNAL


def _attributes(node: Node, source: Source) -> Iterator[str]:
    for child in node.children:
        if child.type != "attribute_list":
            continue
        attributes = [each for each in child.named_children if each.type == "attribute"]
        target = next(
            (each for each in child.named_children if each.type == "attribute_target_specifier"), None
        )
        prefix = f"{source.fold(*target.byte_range)} " if target is not None else ""
        yield from (prefix + source.fold(*each.byte_range) for each in attributes)


def _prefix_type(draft: Draft, source: Source) -> None:
    """Several variables share their type: ``int a, b``."""
    kind = draft.node.parent.child_by_field_name("type") if draft.node.parent is not None else None
    if kind is not None:
        draft.signature = f"{source.fold(*kind.byte_range)} {draft.signature}"


def _show_accessors(draft: Draft, source: Source) -> None:
    """``{ get; private set; }`` says who may write; accessors with code do not fit."""
    accessors = draft.node.child_by_field_name("accessors")
    if accessors is not None and not any(
        each.child_by_field_name("body") is not None for each in accessors.named_children
    ):
        draft.signature += f" {source.fold(*accessors.byte_range)}"


GRAMMAR = Grammar(
    package="tree-sitter-c-sharp",
    queries=("csharp", "loops", "operators"),
    types=_TYPES,
    callables=frozenset(
        {"method", "function", "constructor", "finalizer", "operator", "property", "indexer", "event"}
    ),
    local=frozenset(),
    forks=True,
    headings=frozenset({"namespace"}),
    value="",
    doc_comment=DOC_COMMENT,
    doc_lines=summary_lines,
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=hide_conditionals,
)
