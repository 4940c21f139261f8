"""The comments that document a definition: directly before it, or behind it on its line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.disabled import DESCRIBES, without_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_repodoc.core.parse.cfamily.drafts import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_BACKWARD = (b"///<", b"//!<", b"/**<", b"/*!<")
"""A comment that begins like this is about what stands before it."""
_WITH_REMARK = frozenset({"field", "enumerator", "ivar", "property", "variable", "macro", "type"})
"""Kinds that any comment on their line describes."""
_HEADING = re.compile(r"\w+(?: \w+)?:|[A-Z]{4,}")
"""A paragraph that only says what the next one is: ``DESCRIPTION:``."""
_COLUMNS = 8
"""A comment of its own line that is indented so much more than a definition is not above it."""
_FURTHEST = 2_000
"""Bytes between a comment and its definition: attributes, which have been blanked."""


class Documents:
    """Finds the comments of definitions, each of which it counts as owned."""

    def __init__(self, source: Source, spans: Sequence[Span], barriers: Iterable[int]) -> None:
        """Set up for one file.

        :param spans: the comments, in source order.
        :param barriers: offsets of directives: a comment before one is not about what follows.
        """
        self.owned: set[int] = set()
        self._source = source
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._barriers = sorted(barriers)

    def document(self, draft: Draft) -> None:
        behind = self._inside(draft) if draft.kind == "macro" else self._behind(draft)
        marked = behind is not None and self._source.text.startswith(_BACKWARD, behind[0])
        before = () if marked else self._before(draft)
        is_own = behind is not None and draft.kind in _WITH_REMARK
        if before and not (is_own and not self._source.text.startswith(DESCRIBES, before[0][0])):
            draft.doc = self._read(before, is_above=True)
        if not draft.doc and behind is not None and (marked or is_own):
            draft.doc = self._read((behind,))

    def _before(self, draft: Draft) -> tuple[Span, ...]:
        """The comment that ends on the line before, with the line comments directly above it."""
        start = draft.start
        position = bisect_right(self._ends, start) - 1
        found: list[Span] = []
        while position >= 0:
            span = self._spans[position]
            if (
                span[0] < draft.lead
                or not self._touches(span, start)
                or self._source.text.startswith(_BACKWARD, span[0])
            ):
                break
            is_block = self._source.text.startswith(b"/*", span[0])
            if found and is_block:
                break
            found.append(span)
            if is_block:
                break
            start = span[0]
            position -= 1
        return tuple(reversed(found))

    def _touches(self, span: Span, start: int) -> bool:
        """Whether a comment has its lines to itself and nothing but attributes stand behind it."""
        end = span[1]
        if start - end > _FURTHEST or self._source.code_before(span[0]) or self._is_deeper(span, start):
            return False
        lines = self._source.text[end:start].split(b"\n")
        if not all(line.strip() for line in lines[1:-1]):
            return False
        barrier = bisect_left(self._barriers, end)
        return barrier == len(self._barriers) or self._barriers[barrier] >= start

    def _behind(self, draft: Draft) -> Span | None:
        position = bisect_left(self._starts, draft.end)
        if position == len(self._starts):
            return None
        between = self._source.text[draft.end : min(self._starts[position], draft.end + _FURTHEST)]
        rest = between.strip(b" \t,;")
        is_below = rest in {b"\n", b"\r\n"} and self._is_deeper(self._spans[position], draft.start)
        return self._spans[position] if not rest or is_below else None

    def _is_deeper(self, span: Span, start: int) -> bool:
        """Whether a comment stands in the column of those behind code: one for which its line had no place."""
        text = self._source.text
        column = span[0] - text.rfind(b"\n", 0, span[0])
        return column > start - text.rfind(b"\n", 0, start) + _COLUMNS and text.startswith(b"/*", span[0])

    def _inside(self, draft: Draft) -> Span | None:
        """The comment that a directive ends with."""
        position = bisect_right(self._starts, draft.end) - 1
        if position < 0 or self._spans[position][0] < draft.start or self._spans[position][1] != draft.end:
            return None
        return self._spans[position]

    def _read(self, spans: Sequence[Span], *, is_above: bool = False) -> str:
        lines = [line for span in spans for line in comments.comment_lines(self._source.slice(*span))]
        if is_above and not self._source.text.startswith(DESCRIBES, spans[0][0]):
            # code that is disabled is not about the file either
            self.owned.update(start for start, _ in spans)
            lines = without_code(lines)
        paragraphs = list(islice(comments.paragraphs(comments.before_tags(lines), 1), 2))
        if not paragraphs:
            return ""
        paragraph = paragraphs[-1] if _HEADING.fullmatch(paragraphs[0].text) else paragraphs[0]
        self.owned.update(start for start, _ in spans)
        return paragraph.text.removeprefix("< ")
