"""The comments of a file that a scanner reads, and the facts that are made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.source import Source, blank, count_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_repodoc.core.model import Import, Symbol
    from sphinx_repodoc.core.parse.source import Span
    from sphinx_repodoc.core.problems import Problem


class Remarks:
    """A text with its comments, told apart from the code."""

    def __init__(self, text: bytes, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self.source = Source(text, blank(text, self.spans))
        self.owned: set[int] = set()
        """Starts of the comments that document a symbol."""
        self._own_lines = dict(self._iter_own_lines())
        self._docs: dict[int, str] = {}
        """By the line below: any number of symbols may begin there."""

    def _iter_own_lines(self) -> Iterable[tuple[int, Span]]:
        """Comments that begin on a line of their own, by their last line."""
        text = self.source.text
        before = 0
        for start, end in self.spans:
            # Not further back than the comment before: a line may hold any number of them.
            newline = text.rfind(b"\n", max(before - 1, 0), start)
            if (newline >= 0 or not before) and not text[newline + 1 : start].strip():
                yield self.source.line(end - 1), (start, end)
            before = end

    def doc_above(self, line: int) -> str:
        """First paragraph of the comments that end on the line above."""
        if line - 1 not in self._own_lines:
            return ""
        if line not in self._docs:
            self._docs[line] = self._read_doc(line)
        return self._docs[line]

    def _read_doc(self, line: int) -> str:
        spans: list[Span] = []
        while span := self._own_lines.get(line - 1):
            spans.append(span)
            line = self.source.line(span[0])
        spans.reverse()
        lines = [text for span in spans for text in comments.comment_lines(self.source.slice(*span))]
        paragraph = next(comments.paragraphs(comments.before_tags(lines), line), None)
        if paragraph is None:
            return ""
        self.owned.update(start for start, _ in spans)
        return paragraph.text

    def lead(self, opening: bytes = b"") -> comments.Paragraph | None:
        """First paragraph about the file: a comment alone at the top is one even if it touches what follows.

        :param opening: what may stand before it.
        """
        code, source = self.source.code, self.source
        if opening and code.lstrip().startswith(opening):
            code = code.replace(opening, b" " * len(opening), 1)
            source = Source(source.text, code)
        before = len(code) - len(code.lstrip())
        spans = [span for span in self.spans if span[1] <= before]
        find = comments.leading_paragraph
        return find(source, spans, self.owned) or find(source, spans, ())

    def facts(
        self,
        symbols: Sequence[Symbol],
        *,
        imports: Sequence[Import] = (),
        problems: Sequence[Problem] = (),
        lead: comments.Paragraph | None = None,
        omitted: int = 0,
    ) -> Facts:
        """Facts with the lines, notes and markers that the comments make.

        :param lead: what describes the file, when that is not the comment at its top.
        """
        lead = lead or self.lead()
        return Facts(
            doc=lead.text if lead else "",
            doc_line=lead.line if lead else 0,
            lines=count_lines(self.source.text, self.source.code),
            symbols=tuple(symbols),
            imports=tuple(imports),
            notes=comments.find_notes(self.source, self.spans),
            markers=tuple(comments.find_markers(self.source, self.spans)),
            problems=tuple(problems),
            omitted=omitted,
        )
