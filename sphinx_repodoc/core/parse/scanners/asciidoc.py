"""AsciiDoc: section titles, anchors and the first paragraph, line by line.

Blocks between two equal delimiters hold no sections, nor does a paragraph: a title
begins with equal signs on a line of its own, or is underlined in the old style.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.embedded import merge
from sphinx_repodoc.core.parse.scanners.headings import Heading, nest, title_symbol
from sphinx_repodoc.core.parse.scanners.inline import LONGEST
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts, Symbol
    from sphinx_repodoc.core.parse.source import Span

_TITLE = re.compile(rb"(={1,6}|#{1,6})[ \t]+(\S.*)")
_DELIMITER = re.compile(rb"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|[|,:!]={3,}|(`{3,}).*)")
_UNDERLINE = re.compile(rb"(=+|-+|~+|\^+|\++)")
_LEVELS = {b"=": 0, b"-": 1, b"~": 2, b"^": 3, b"+": 4}
_SLACK = 1
"""How much an underline may be longer or shorter than its title."""
_SHORTEST = 2
_LETTER = re.compile(rb"[\w\x80-\xff]")
_ANCHOR = re.compile(rb"\[\[([^\[\],]+)(?:,[^\]]*)?\]\]")
_ATTRIBUTES = re.compile(rb"\[([^\[\]]*)\]")
_ID = re.compile(r"(?:^|[,.%])[^,.%#=]*#([\w:-]+)|(?:^|,)\s*id=[\"']?([\w:.-]+)")
_FLOATING = re.compile(r"(?:^|[,.#%\s])(?:discrete|float)\b")
_DOCUMENT_ATTRIBUTE = re.compile(rb":!?[\w-]+!?:(?:\s|$)")
_INCLUDE = re.compile(rb"include::([^\[\]\s]+)\[")
_ITEM = re.compile(rb"\s*(?:[-*.]+|\d+\.)[ \t]+\S")
_NO_PROSE = re.compile(
    rb"[ \t]|[-*.]+[ \t]|\d+\.[ \t]|\||\[|<<<|'''|image::|\.\S|:|ifdef::|ifndef::|ifeval::|endif::|include::|toc::|//"
)
_NO_TEXT = re.compile(rb"//|(?:include|ifdef|ifndef|ifeval|endif)::")
_MARKUP = (
    (re.compile(r"\bimage:[^\s\[\]]*\[[^\[\]]*\]"), ""),
    (re.compile(r"\b(?:https?|link|mailto|xref):[^\s\[\]]*\[([^\[\],]*?)\^?(?:,[^\[\]]*)?\]"), r"\1"),
    (re.compile(r"<<[^<>,]+,\s*([^<>]+)>>"), r"\1"),
    (re.compile(r"<<([^<>]+)>>"), r"\1"),
    (re.compile(r"\[\[[^\[\]]*\]\]|\[#[^\[\]]*\](?=[*_`#])|\(\(\([^()]*\)\)\)"), ""),
    (re.compile(r"(\*\*|__|``|##)(\S(?:.{0,300}?\S)?)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_`#+])(\S(?:.{0,300}?\S)?)\1(?!\w)"), r"\2"),
    (re.compile(r"\{(?:nbsp|zwsp|empty)\}"), " "),
)


def scan_asciidoc(text: bytes) -> Facts:
    """Sections are ``heading``, anchors ``label``; the title of the document is ``title``."""
    return _File(text).facts()


class _File:
    """One pass over the lines; rows count from 0."""

    def __init__(self, text: bytes) -> None:
        self._lines = [line.rstrip() for line in text.split(b"\n")]
        self._marks: list[Heading] = []
        self._comments: list[Span] = []
        self._imports: list[Import] = []
        self._problems: list[Problem] = []
        self._title: tuple[Symbol, ...] = ()
        self._lead: Paragraph | None = None
        self._attributes = ""
        """Of the block that follows."""
        self._in_list = False
        """Whether lines belong to an item of a list, which goes on up to an empty line."""
        self._starts = [0]
        for line in text.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._text = text

    def facts(self) -> Facts:
        rows = self._delimiters()
        row = 0
        while row < len(self._lines):
            row = self._read(row, rows)
        remarks = Remarks(self._text, self._comments)
        return remarks.facts(
            merge(self._title, nest(self._marks, self._lines)),
            imports=self._imports,
            problems=self._problems,
            lead=self._lead,
        )

    def _delimiters(self) -> dict[bytes, list[int]]:
        """Delimiter -> its rows, last first."""
        rows: dict[bytes, list[int]] = {}
        for row in range(len(self._lines) - 1, -1, -1):
            if _DELIMITER.fullmatch(self._lines[row]):
                rows.setdefault(self._lines[row], []).append(row)
        return rows

    def _read(self, row: int, rows: dict[bytes, list[int]]) -> int:
        """Read what begins in a row; give the row after it."""
        line = self._lines[row]
        if not line:
            self._in_list = False
            return row + 1
        if (underlined := self._underlined(row)) is not None:
            self._add(line, underlined, row)
            return row + 2
        if delimiter := _DELIMITER.fullmatch(line):
            return self._skip_block(row, b"`" * len(delimiter[1]) if delimiter[1] else line, rows)
        if attributes := _ATTRIBUTES.fullmatch(line):
            self._read_attributes(attributes[1], row)
            return row + 1
        if not self._read_line(line, row):
            return self._read_paragraph(row)
        self._attributes = ""
        return row + 1

    def _read_line(self, line: bytes, row: int) -> bool:
        """Read a line that stands for itself; say whether it does."""
        if line.startswith(b"//"):
            self._comments.append((self._starts[row], self._starts[row] + len(line)))
        elif not self._in_list and (title := _TITLE.fullmatch(line)):
            self._add(title[2].removesuffix(b" " + title[1]), len(title[1]) - 1, row)
        elif anchor := _ANCHOR.match(line):
            self._label(anchor[1], row)
        elif include := _INCLUDE.match(line):
            self._include(include[1], row)
        elif _ITEM.match(line):
            self._in_list = True
        else:
            return self._in_list or bool(_NO_PROSE.match(line) or _DOCUMENT_ATTRIBUTE.match(line))
        return True

    def _underlined(self, row: int) -> int | None:
        """Level of a title in the old style."""
        if row + 1 >= len(self._lines) or (
            row and self._lines[row - 1] and not self._lines[row - 1].startswith(b"[")
        ):
            return None
        line, under = self._lines[row], self._lines[row + 1]
        length = len(line.decode("utf-8", "replace"))
        if len(under) < _SHORTEST or abs(len(under) - length) > _SLACK or not _LETTER.search(line):
            return None
        return (
            _LEVELS[under[:1]] if _UNDERLINE.fullmatch(under) and not line.startswith((b".", b"[")) else None
        )

    def _skip_block(self, row: int, delimiter: bytes, rows: dict[bytes, list[int]]) -> int:
        ends = rows.get(delimiter, [])
        while ends and ends[-1] <= row:
            ends.pop()
        last = ends[-1] if ends else len(self._lines) - 1
        if not ends and delimiter != b"--":
            message = f"The block that begins in line {row + 1} is never closed."
            self._problems.append(Problem(kind=ProblemKind.SYNTAX, message=message, line=row + 1))
        if delimiter == b"--" and not ends:
            last = row
        if delimiter.startswith(b"////"):
            end = min(self._starts[last] + len(self._lines[last]), len(self._text))
            self._comments.append((self._starts[row], end))
        else:
            for inside in range(row + 1, last):
                if include := _INCLUDE.match(self._lines[inside]):
                    self._include(include[1], inside)
        self._attributes = ""
        return last + 1

    def _add(self, written: bytes, level: int, row: int) -> None:
        text = _plain(written.decode("utf-8", "replace"))
        if not text:
            return
        if level == 0 and not self._title and not any(mark.level for mark in self._marks):
            self._title = title_symbol(text, row + 1)
        elif not _FLOATING.search(self._attributes):
            # A document may be a book, whose parts have the level of its title.
            self._marks.append(Heading(text=text, line=row + 1, level=level + 1))
        self._attributes = ""

    def _label(self, name: bytes, row: int) -> None:
        text = " ".join(name.decode("utf-8", "replace").split())
        self._marks.append(Heading(text=text, line=row + 1, level=0))

    def _read_attributes(self, written: bytes, row: int) -> None:
        self._attributes = written.decode("utf-8", "replace")
        if found := _ID.search(self._attributes):
            self._label((found[1] or found[2]).encode(), row)

    def _include(self, path: bytes, row: int) -> None:
        module = path.decode("utf-8", "replace")
        if "{" not in module:
            self._imports.append(Import(module=module, line=row + 1, form="include"))

    def _read_paragraph(self, row: int) -> int:
        """A paragraph; what stands between the title and the first empty line is about the authors."""
        first = row
        while row < len(self._lines) and (line := self._lines[row]) and not _DELIMITER.fullmatch(line):
            if include := _INCLUDE.match(line):
                self._include(include[1], row)
            elif line.startswith(b"//"):
                self._comments.append((self._starts[row], self._starts[row] + len(line)))
            row += 1
        is_header = bool(self._title) and self._title[0].line == first
        if self._lead is None and not is_header:
            text = _plain(" ".join(self._texts(first, row)))
            if any(map(str.isalnum, text)):
                self._lead = Paragraph(line=first + 1, text=text)
        self._attributes = ""
        return max(row, first + 1)

    def _texts(self, first: int, last: int) -> Iterator[str]:
        for line in self._lines[first:last]:
            if not _NO_TEXT.match(line):
                yield line.decode("utf-8", "replace").removesuffix(" +")


def _plain(markup: str) -> str:
    """One line without the markup of AsciiDoc; links are their texts."""
    text = markup[:LONGEST]
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())
