"""Captured definitions -> symbols: nesting by byte ranges, names, signatures, docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse import comments, leads
from sphinx_repodoc.core.parse.captures import role
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.complexity import UNKNOWN
from sphinx_repodoc.core.parse.draft import Draft
from sphinx_repodoc.core.parse.source import Cover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.complexity import Complexity
    from sphinx_repodoc.core.parse.grammar import Grammar
    from sphinx_repodoc.core.parse.source import Source, Span

_VALUED = frozenset({"variable", "constant", "attribute", "field", "const", "static", "property"})
"""Kinds whose signature may show a value."""
_LONGEST_VALUE = 60
"""A longer value of a variable is left out of its signature."""


def build(
    captures: Captures,
    grammar: Grammar,
    source: Source,
    docstrings: Mapping[int, Node],
    remarks: Sequence[Span],
) -> tuple[list[Draft], set[int]]:
    """Definitions in source order, nested and qualified, and the starts of the comments they own."""
    templates = Cover(captures.spans("template"))
    drafts = [draft for draft in _read_definitions(captures, grammar, source) if draft.start not in templates]
    _end_before_remarks(drafts, source, remarks)
    leads.apply_wrappers(captures, drafts, source)
    leads.read_leads(captures, grammar, drafts, source, remarks)
    for draft in drafts:
        if draft.node.id in docstrings:
            node = docstrings[draft.node.id]
            paragraph = comments.docstring_paragraph(source.slice(*node.byte_range), 1)
            draft.doc = paragraph.text if paragraph else ""
            draft.doc_line = source.line(node.start_byte)
    _nest(drafts, grammar)
    grammar.refine(drafts, source, captures)
    _qualify(drafts, grammar)
    return drafts, {start for draft in drafts if not draft.dropped for start in draft.remarks}


def symbols(
    drafts: Sequence[Draft], source: Source, grammar: Grammar, complexities: Mapping[int, Complexity]
) -> tuple[Symbol, ...]:
    """Symbols of the drafts that were not dropped and are no mere scopes.

    :param complexities: of the functions, by the identity of the draft, where that is known.
    """
    kept = [draft for draft in drafts if draft.kind and not draft.dropped]
    inside = _inside_callables(drafts, grammar)
    index: dict[int, int] = {}
    by_qualname: dict[str, int] = {}
    result: list[Symbol] = []
    for position, draft in enumerate(kept):
        parent = _parent_index(draft, index, by_qualname, grammar.separator)
        measured = complexities.get(id(draft), UNKNOWN)
        index[id(draft)] = position
        by_qualname.setdefault(draft.qualname, position)
        result.append(
            Symbol(
                name=draft.name,
                qualname=draft.qualname,
                kind=draft.kind,
                line=draft.line,
                end_line=source.line(max(draft.end - 1, draft.start)),
                parent=parent,
                signature=draft.signature,
                doc=draft.doc,
                visibility=draft.visibility,
                decorators=tuple(draft.decorators),
                local=id(draft) in inside,
                complexity=measured.cyclomatic,
                cognitive=measured.cognitive,
                nesting=measured.nesting,
            )
        )
    return tuple(result)


def _inside_callables(drafts: Sequence[Draft], grammar: Grammar) -> set[int]:
    """Identities of the drafts with a function around them; a parent comes before what it contains."""
    inside: set[int] = set()
    for draft in drafts:
        above = draft.parent
        if above is not None and (above.kind in grammar.callables or id(above) in inside):
            inside.add(id(draft))
    return inside


def _parent_index(
    draft: Draft, index: Mapping[int, int], by_qualname: Mapping[str, int], separator: str
) -> int:
    """Index of the enclosing symbol; for one with a written scope, of the symbol that the scope names."""
    if draft.prefix:
        scope = draft.parent.qualname if draft.parent else ""
        around = separator.join(name for name in (scope, draft.prefix) if name)
        if around in by_qualname:
            return by_qualname[around]
    above = draft.parent
    while above is not None:
        if id(above) in index:
            return index[id(above)]
        if above.qualname in by_qualname:
            return by_qualname[above.qualname]
        above = above.parent
    return -1


def _read_definitions(captures: Captures, grammar: Grammar, source: Source) -> list[Draft]:
    drafts: dict[tuple[int, int], Draft] = {}
    for nodes in captures.having("name"):
        found = role(nodes, ("definition.", "scope"))
        if not found:
            continue
        node = nodes[found][0]
        for name in nodes["name"]:
            if name.start_byte == name.end_byte:
                # The parser made it up.
                continue
            # Several patterns may find one definition: the first of the query wins.
            key = (node.id, name.id if found != "scope" else 0)
            if key not in drafts:
                drafts[key] = _draft(
                    found.partition(".")[2].replace("-", " "), (node, name), nodes, grammar, source
                )
    return sorted(drafts.values(), key=lambda draft: (draft.start, -draft.end, draft.name_start))


def _end_before_remarks(drafts: Sequence[Draft], source: Source, remarks: Sequence[Span]) -> None:
    """Where blocks end by indentation, grammars count the comments after the last statement to them."""
    starts = {end: start for start, end in remarks}
    for draft in drafts:
        end = draft.end
        while end in starts and starts[end] > draft.start:
            end = starts[end]
            while source.text[end - 1] in b" \t\n\f":
                end -= 1
        draft.end = end


def _draft(
    kind: str, where: tuple[Node, Node], nodes: Mapping[str, list[Node]], grammar: Grammar, source: Source
) -> Draft:
    node, name = where
    start, end = node.byte_range
    name_start, name_end = name.byte_range
    signature_start = nodes["start"][0].start_byte if "start" in nodes else name_start
    draft = Draft(
        kind=kind,
        name=source.slice(name_start, name_end),
        node=node,
        start=start,
        end=end,
        name_start=name_start,
        outer=start,
        line=source.line(name_start if grammar.line_of_name else start),
    )
    if "prefix" in nodes:
        draft.prefix = source.fold(*nodes["prefix"][0].byte_range)
    value = nodes["value"][0] if "value" in nodes else None
    if value is None and kind in _VALUED and grammar.value:
        value = node.child_by_field_name(grammar.value)
    if value is not None:
        draft.signature = _assignment(signature_start, value, source)
    else:
        draft.signature = _signature(signature_start, node, nodes, source)
    return draft


def _assignment(start: int, value: Node, source: Source) -> str:
    begin, end = value.byte_range
    is_short = end - begin <= _LONGEST_VALUE and b"\n" not in source.text[begin:end]
    return source.fold(start, end if is_short else begin).rstrip("= ")


def _signature(start: int, node: Node, nodes: Mapping[str, list[Node]], source: Source) -> str:
    body = nodes["body"][0] if "body" in nodes else node.child_by_field_name("body")
    end = node.end_byte if body is None or "whole" in nodes else body.start_byte
    return source.fold(start, end).removesuffix("=>").rstrip(":{=;, ")


def doc_of_first(drafts: Sequence[Draft], grammar: Grammar) -> Paragraph:
    """The description of the first type of a file."""
    first = next((draft for draft in drafts if draft.kind in grammar.types and draft.parent is None), None)
    return (
        Paragraph(line=first.doc_line, text=first.doc) if first and first.doc else Paragraph(line=0, text="")
    )


def _nest(drafts: Sequence[Draft], grammar: Grammar) -> None:
    """Give each draft its parent, the kind it has there, and drop what is local."""
    stack: list[Draft] = []
    for draft in drafts:
        while stack and _is_over(stack[-1], draft):
            stack.pop()
        if stack:
            draft.parent = stack[-1]
            if draft.parent.kind in grammar.types or not draft.parent.kind:
                draft.kind = grammar.members.get(draft.kind, draft.kind)
            draft.dropped |= draft.parent.kind in grammar.callables and draft.kind in grammar.local
        if draft.kind not in grammar.leaves:
            stack.append(draft)


def _is_over(above: Draft, draft: Draft) -> bool:
    """Whether ``draft`` lies behind ``above``, or is another name of the same statement."""
    return above.end <= draft.start or (above.start, above.end) == (draft.start, draft.end)


def _qualify(drafts: Sequence[Draft], grammar: Grammar) -> None:
    for draft in drafts:
        scope = draft.parent.qualname if draft.parent else ""
        around = grammar.separator.join(name for name in (scope, draft.prefix) if name)
        joint = (draft.joint or grammar.separator) if around and draft.name else ""
        draft.qualname = f"{around}{joint}{draft.name}"
