"""What stands before and around a definition: wrappers, decorators, doc comments."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.captures import role
from sphinx_repodoc.core.parse.disabled import DESCRIBES, without_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.grammar import Grammar
    from sphinx_repodoc.core.parse.source import Source, Span


def apply_wrappers(captures: Captures, drafts: Sequence[Draft], source: Source) -> None:
    by_node: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_node.setdefault(draft.node.id, []).append(draft)
    for nodes in captures.having("wrapped"):
        drafts_inside = by_node.get(nodes["wrapped"][0].id)
        if drafts_inside is None:
            continue
        found = role(nodes, "wrapper")
        wrapper = nodes[found][0]
        for draft in drafts_inside:
            draft.outer = min(draft.outer, wrapper.start_byte)
            draft.wrapper = draft.wrapper or found.partition(".")[2]
            by_node.setdefault(wrapper.id, []).append(draft)
    for nodes in captures.having("decorated"):
        for draft in by_node.get(nodes["decorated"][0].id, ()):
            for decorator in nodes["decorator"]:
                draft.outer = min(draft.outer, decorator.start_byte)
                draft.decorators.append(_decorator(source.fold(*decorator.byte_range)))


def _decorator(text: str) -> str:
    if text.startswith(("#[", "#![")):
        return text.lstrip("#![").removesuffix("]").strip()
    return text.removeprefix("@").strip()


def read_leads(
    captures: Captures,
    grammar: Grammar,
    drafts: Sequence[Draft],
    source: Source,
    remarks: Sequence[Span],
) -> None:
    """Walk back from each definition over the attributes and comments directly before it."""
    spans = [*captures.spans("attribute"), *source.readable.attributes]
    attributes = dict(zip((end for _, end in spans), spans, strict=True))
    leads = sorted({*remarks, *spans}, key=lambda span: span[1])
    ends = [end for _, end in leads]
    if grammar.doc_comment is None and not attributes:
        # Only the comment before the first definition matters: it is not about the file.
        drafts = drafts[:1]
    for draft in drafts:
        if draft.kind in grammar.headings:
            continue
        doc: list[Span] = []
        decorators: list[str] = []
        for start, end in _leads_before(draft, leads, ends, source):
            if end in attributes:
                decorators.append(
                    _decorator(source.fold(start, end) or " ".join(source.slice(start, end).split()))
                )
                draft.outer = start
            elif grammar.file_comment is not None and grammar.file_comment.match(source.text, start):
                break
            elif start == 0 and source.text.startswith(b"#!"):
                # What follows the line of the interpreter at once describes the file.
                doc.clear()
            else:
                doc.append((start, end))
        draft.remarks = tuple(start for start, _ in doc)
        draft.decorators[:0] = reversed(decorators)
        _document(draft, doc, grammar, source)


def _leads_before(draft: Draft, leads: Sequence[Span], ends: Sequence[int], source: Source) -> Iterator[Span]:
    at = draft.outer
    position = bisect_right(ends, at) - 1
    while position >= 0:
        start, end = leads[position]
        # A comment behind code on its line belongs to that code.
        if not source.adjacent(end, at) or source.code_before(start):
            return
        yield start, end
        at = start
        position -= 1


def _document(draft: Draft, spans: Sequence[Span], grammar: Grammar, source: Source) -> None:
    """Take the doc out of the comments before a definition, the nearest of which comes first."""
    docs: list[Span] = []
    for start, end in spans:
        is_block = source.text.startswith(b"/*", start)
        if grammar.doc_comment is None or (docs and is_block):
            break
        if grammar.doc_comment.match(source.text, start):
            docs.append((start, end))
        # Remarks for tools may stand between a doc comment and its definition.
        if is_block:
            break
    if not docs:
        return
    docs.reverse()
    lines = [line for start, end in docs for line in comments.comment_lines(source.slice(start, end))]
    if source.text.startswith((b"//", b"/*"), docs[0][0]) and not source.text.startswith(
        DESCRIBES, docs[0][0]
    ):
        lines = without_code(lines)
    paragraph = next(comments.paragraphs(grammar.doc_lines(lines), source.line(docs[0][0])), None)
    if paragraph is not None:
        draft.doc, draft.doc_line = paragraph.text, paragraph.line
