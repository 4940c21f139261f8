"""Hooks of the Julia grammar."""

from __future__ import annotations

import re
import textwrap
from itertools import takewhile
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.comments import docstring_paragraph
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import Readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.comments import Paragraph
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    abstract as baremodule begin break catch const continue do else elseif end export false finally for
    function global if import in isa let local macro module mutable new primitive public quote return struct
    true try type using where while
"""
KEYWORDS = frozenset(_RESERVED.split())
RESTART = re.compile(
    rb"^(?:function|macro|struct|mutable|abstract|primitive|const|using|import|export)\b|^[A-Za-z_][\w.]*!?\(",
    re.MULTILINE,
)
_CONSTANT_FIELD = re.compile(
    rb"^[ \t]*const(?=[ \t]+[\w\x80-\xff]++(?:::[^\n=#]*+)?(?:#[^\n]*+)?$)", re.MULTILINE
)
_LONGEST_VALUE = 60
_VALUED = frozenset({"constant", "variable"})
_AROUND = frozenset({"signature", "typed_expression", "where_expression"})
"""Nodes around the call in the signature of a function; it is their first child."""
_WRAPPED = frozenset(
    {"parametrized_type_expression", "parenthesized_expression", "typed_expression", "unary_typed_expression"}
)
_NAMES = frozenset({"identifier", "operator", "quote_expression"})
_PATHS = frozenset({"identifier", "scoped_identifier", "import_path"})


def hide_constant_fields(text: bytes) -> Readable:
    """Without the ``const`` of fields, for the grammar wants a value behind it."""
    return Readable(_CONSTANT_FIELD.sub(lambda match: b" " * len(match[0]), text))


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    line = source.line(node.start_byte)
    if form == "include":
        literal = node.named_children[1].named_children[0]
        yield Import(module=source.slice(*literal.byte_range).strip('"'), line=line, form=form)
        return
    for item in node.named_children:
        names: tuple[ImportedName, ...] = ()
        path, alias = item, ""
        if item.type == "selected_import":
            path, *selected = item.named_children
            names = tuple(_read_name(each, source) for each in selected if "comment" not in each.type)
        elif item.type == "import_alias":
            path, alias = item.named_children[0], source.slice(*item.named_children[1].byte_range)
        text = "".join(source.fold(*path.byte_range).split())
        module = text.lstrip(".")
        if path.type in _PATHS:
            yield Import(
                module=module, names=names, alias=alias, level=len(text) - len(module), line=line, form=form
            )


def _read_name(node: Node, source: Source) -> ImportedName:
    name, alias = node, None
    if node.type == "import_alias":
        name, alias = node.named_children
    return ImportedName(
        name=source.slice(*name.byte_range), alias=source.slice(*alias.byte_range) if alias else ""
    )


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """Read the signatures, give each definition the text before it, keep the first value of a name."""
    docs = {
        nodes["documented"][0].start_byte: nodes["docstring"][0] for nodes in captures.having("docstring")
    }
    seen: set[tuple[int, str]] = set()
    cut: Draft | None = None
    for draft in drafts:
        if draft.parent is None and cut is not None:
            draft.parent = cut
        if draft.kind == "module" and draft.node.type == "identifier":
            # An error hides where it ends: as a rule with the file.
            cut, draft.end = draft, len(source.text.rstrip())
        if draft.kind in {"function", "macro"} and draft.node.named_children:
            _read_head(draft, source)
        elif draft.kind in _VALUED:
            place = (id(draft.parent), draft.name)
            draft.dropped |= place in seen
            seen.add(place)
            _shorten(draft)
        elif draft.kind in {"enum", "member"}:
            draft.decorators.clear()
            draft.signature = draft.signature if draft.kind == "member" else draft.name
        if draft.outer in docs:
            node = docs[draft.outer]
            paragraph = _describe(source.slice(*node.byte_range), source.line(node.start_byte))
            draft.doc, draft.doc_line = (paragraph.text, paragraph.line) if paragraph else ("", 0)
        if draft.name.startswith(("_", "@_")):
            draft.visibility = Visibility.PRIVATE


def _read_head(draft: Draft, source: Source) -> None:
    """Find the name in ``A.f(x)::T where T``; an anonymous function has none."""
    callee = draft.node.named_children[0]
    while callee.type in _AROUND and callee.named_children:
        callee = callee.named_children[0]
    if callee.type == "call_expression":
        callee = callee.named_children[0]
    while callee.type in _WRAPPED and callee.named_children:
        # ``(f::F)(x)`` is what a value of the type F does when it is called.
        callee = callee.named_children[-1 if "typed" in callee.type else 0]
    if callee.type == "field_expression":
        draft.prefix = "".join(source.fold(*callee.named_children[0].byte_range).split())
        callee = callee.named_children[-1]
    draft.dropped |= callee.type not in _NAMES
    draft.name = source.slice(*callee.byte_range).lstrip(":").strip("()")
    if draft.kind == "macro":
        draft.name = f"@{draft.name}"
    elif draft.parent is not None and draft.parent.kind == "struct":
        draft.kind = "constructor"


def _shorten(draft: Draft) -> None:
    """Leave a long value out of a signature."""
    names, _, value = draft.signature.partition("=")
    if len(value) > _LONGEST_VALUE:
        draft.signature = names.rstrip()


def _describe(literal: str, line: int) -> Paragraph | None:
    """The first paragraph of a docstring below the calls that it may begin with."""
    first, *rest = literal.split("\n")
    if not rest:
        return docstring_paragraph(literal, line)
    rest = textwrap.dedent("\n".join(rest)).split("\n")
    calls = list(takewhile(lambda text: not text.strip() or text.startswith(("    ", "\t")), rest))
    text = "\n".join([first, *("" for _ in calls), *rest[len(calls) :]])
    return docstring_paragraph(text, line)


GRAMMAR = Grammar(
    package="tree-sitter-julia",
    queries=("julia",),
    types=frozenset({"module", "struct", "type", "enum"}),
    callables=frozenset({"function", "macro", "constructor"}),
    leaves=frozenset({"field", "constant", "variable", "member"}),
    doc_of_type=True,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=hide_constant_fields,
    restart=RESTART,
)
