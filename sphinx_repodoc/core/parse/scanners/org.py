"""Org: headlines, targets and the first paragraph, line by line.

A line that begins with stars is a headline wherever it stands: Org itself quotes such lines in blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Note
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.embedded import merge
from sphinx_repodoc.core.parse.scanners.headings import Heading, nest, title_symbol
from sphinx_repodoc.core.parse.scanners.inline import LONGEST
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts, Symbol
    from sphinx_repodoc.core.parse.source import Span

_HEADLINE = re.compile(r"(\*+)[ \t]+(.*)")
_STATES = ("TODO", "DONE")
_STATE_LINE = re.compile(r"#\+(?:TODO|SEQ_TODO|TYP_TODO):\s*(.*)", re.IGNORECASE)
_PRIORITY = re.compile(r"\A\[#\w\]\s*")
_COMMENTED = re.compile(r"\ACOMMENT(?:\s+|$)")
_TAGS = re.compile(r"(?<=\S)\s+:[\w@#%:]+:\s*$")
_KEYWORD = re.compile(r"[ \t]*#\+(\w+)(?:\[[^\]]*\])?:[ \t]*(.*)", re.IGNORECASE)
_BLOCK = re.compile(rb"[ \t]*#\+begin_(\S+)", re.IGNORECASE)
_BLOCK_END = re.compile(rb"[ \t]*#\+end_(\S+)", re.IGNORECASE)
_COMMENT = re.compile(rb"[ \t]*#(?:[ \t]|$)")
_PROPERTY = re.compile(r"[ \t]*:CUSTOM_ID:[ \t]*(\S+)[ \t]*")
_DRAWER = re.compile(r"[ \t]*:[\w-]+:[ \t]*")
_TARGET = re.compile(r"(?<!<)<<([^<>\s](?:[^<>]*[^<>\s])?)>>(?!>)")
_NO_PROSE = re.compile(r"[ \t]*(?:[-+|:#\d\[]|\*[ \t])|[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):")
_MARKUP = (
    (re.compile(r"\[\[[^\[\]]*\]\[([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"(?<![\w\\])([*/_=~+])(\S|\S[^\n]{0,300}?\S)\1(?!\w)"), r"\2"),
    (re.compile(r"<<<?([^<>\s](?:[^<>]*[^<>\s])?)>?>>"), r"\1"),
)
_IMPORTS = frozenset({"BIBLIOGRAPHY", "INCLUDE", "SETUPFILE"})
_PATH = re.compile(r"\"([^\"]+)\"|(\S+)")
_NOTE_STATES = frozenset({"TODO", "FIXME", "XXX"})


def scan_org(text: bytes) -> Facts:
    """Headlines are ``heading``, targets and names ``label``; an entry to be done is a note."""
    return _File(text).facts()


class _File:
    """One pass over the lines."""

    def __init__(self, text: bytes) -> None:
        self._raw = text.split(b"\n")
        self._lines = [line.decode("utf-8", "replace") for line in self._raw]
        self._marks: list[Heading] = []
        self._notes: list[Note] = []
        self._imports: list[Import] = []
        self._lead: Paragraph | None = None
        self._title: tuple[Symbol, ...] = ()
        self._states = set(_STATES)
        blocks = list(self._iter_blocks())
        self._hidden = {row for _, first, last in blocks for row in range(first, last + 1)}
        self._remarks = Remarks(text, self._iter_comments(blocks))

    def facts(self) -> Facts:
        for line in self._lines:
            if states := _STATE_LINE.match(line):
                self._states.update(word.partition("(")[0] for word in states[1].replace("|", " ").split())
        paragraph: list[str] = []
        for row, line in enumerate(self._lines):
            if headline := _HEADLINE.match(line):
                self._read_headline(row, headline)
            elif row not in self._hidden and self._is_prose(line):
                paragraph.append(line)
                continue
            elif row not in self._hidden:
                self._read_line(row, line)
            self._offer(paragraph, row)
            paragraph = []
        self._offer(paragraph, len(self._lines))
        for row, line in enumerate(self._lines):
            self._marks += [] if row in self._hidden else self._targets(row, line)
        marks = sorted(self._marks, key=attrgetter("line"))
        facts = self._remarks.facts(
            merge(self._title, nest(marks, self._raw)), imports=self._imports, lead=self._lead
        )
        notes = sorted((*facts.notes, *self._notes), key=attrgetter("line"))
        return replace(facts, notes=tuple(notes))

    def _iter_blocks(self) -> Iterator[tuple[str, int, int]]:
        """(name, first row, last row) of blocks; one that no end closes is none."""
        ends: dict[bytes, list[int]] = {}
        for row, line in enumerate(self._raw):
            if closing := _BLOCK_END.match(line):
                ends.setdefault(closing[1].lower(), []).append(row)
        row = 0
        while row < len(self._raw):
            opening = _BLOCK.match(self._raw[row])
            found = ends.get(opening[1].lower(), []) if opening else []
            place = bisect_left(found, row)
            if opening and place < len(found):
                yield opening[1].lower().decode("utf-8", "replace"), row, found[place]
                row = found[place]
            row += 1

    def _iter_comments(self, blocks: Sequence[tuple[str, int, int]]) -> Iterator[Span]:
        starts = [0]
        for line in self._raw:
            starts.append(starts[-1] + len(line) + 1)
        for row, line in enumerate(self._raw):
            if row not in self._hidden and _COMMENT.match(line):
                yield starts[row], starts[row] + len(line)
        for name, first, last in blocks:
            if name == "comment" and last > first + 1:
                yield starts[first + 1], starts[last] - 1

    def _read_headline(self, row: int, headline: re.Match[str]) -> None:
        title = _TAGS.sub("", headline[2])
        state, _, rest = title.partition(" ")
        if state in self._states:
            title = rest.lstrip()
        title = _COMMENTED.sub("", _PRIORITY.sub("", title))
        text = _plain(title)
        if state in _NOTE_STATES:
            self._notes.append(Note(kind=state, line=row + 1, text=text))
        if text:
            self._marks.append(Heading(text=text, line=row + 1, level=len(headline[1])))

    def _read_line(self, row: int, line: str) -> None:
        if keyword := _KEYWORD.match(line):
            name, value = keyword[1].upper(), keyword[2].strip()
            if name == "TITLE" and value and not self._title:
                self._title = title_symbol(_plain(value), row + 1)
            elif name == "DESCRIPTION" and value and self._lead is None:
                self._lead = Paragraph(line=row + 1, text=_plain(value))
            elif name == "NAME" and value:
                self._marks.append(Heading(text=value, line=row + 1, level=0))
            elif name in _IMPORTS and (path := _PATH.match(value)):
                self._imports.append(Import(module=path[1] or path[2], line=row + 1, form=name.lower()))
        elif found := _PROPERTY.fullmatch(line):
            self._marks.append(Heading(text=found[1], line=row + 1, level=0))

    @staticmethod
    def _targets(row: int, line: str) -> Iterator[Heading]:
        if "<<" in line:
            for target in _TARGET.finditer(line[:LONGEST]):
                yield Heading(text=target[1], line=row + 1, level=0)

    @staticmethod
    def _is_prose(line: str) -> bool:
        return bool(line.strip()) and not _NO_PROSE.match(line) and not _DRAWER.fullmatch(line)

    def _offer(self, paragraph: Sequence[str], row: int) -> None:
        """Let a paragraph that ends before this row describe the file, when none does yet."""
        text = _plain(" ".join(paragraph))
        if self._lead is None and any(map(str.isalnum, text)):
            self._lead = Paragraph(line=row - len(paragraph) + 1, text=text)


def _plain(markup: str) -> str:
    """One line without the markup of Org; links are their texts."""
    text = markup[:LONGEST]
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())
