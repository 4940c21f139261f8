"""Markdown: headings, MyST labels and the first paragraph, line by line.

The block structure of CommonMark as far as it decides what a heading is: fenced
code, HTML blocks and comments, front matter, lists and quotes. Headings inside
lists and quotes are content of theirs, not sections of the file. ``<h1>`` to
``<h6>`` are headings too, as many a README centres its title.

Every step is linear in the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse.comments import find_markers, find_notes
from sphinx_repodoc.core.parse.scanners.headings import Heading, describe, nest
from sphinx_repodoc.core.parse.scanners.inline import label_key, markdown_text
from sphinx_repodoc.core.parse.source import Source, blank, count_lines
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from sphinx_repodoc.core.parse.source import Span

_FENCE = re.compile(rb" {0,3}(?:(`{3,})[^`]*$|(~{3,}))")
_ATX = re.compile(rb" {0,3}(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(rb" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(rb" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_QUOTE = re.compile(rb" {0,3}>")
_ITEM = re.compile(rb"( {0,3}(?:[-*+]|(\d{1,9})[.)]))([ \t]+(?=\S)|[ \t]*$)")
_DEFINITION = re.compile(rb"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(rb" {0,3}\[[^\]]+\]:")
_LABEL = re.compile(rb"\(([^()\s]+)\)=\s*$")
_DELIMITER_ROW = re.compile(rb"[ \t:|-]*\|[ \t:|-]*$")
_NO_PROSE = (b"|", b":::", b"{%", b"{{", b"% ", b"+--", b"$$", b"[[")
"""Tables, containers, templates, comments of MyST, formulas, tables of contents."""
_INDENTED = (b"    ", b"\t")
_COMMENT = re.compile(rb" {0,3}<!--")
_RAW = re.compile(rb" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_BLOCK_TAGS = (
    b"address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    b"|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    b"|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th"
    b"|thead|title|tr|track|ul"
)
_HTML = re.compile(rb" {0,3}<(?:/?(?:" + _BLOCK_TAGS + rb")(?=[\s>]|/>|$)|\?|![A-Z])", re.IGNORECASE)
_LONE_TAG = re.compile(rb" {0,3}</?[A-Za-z][\w-]*(?:\s[^<>]*)?>\s*$")
_HTML_HEADING = re.compile(rb"<(/?)h([1-6])\b[^<>]*>", re.IGNORECASE)
_WIDEST_GAP = 4
"""More blanks behind the mark of a list item begin indented code in it."""
_FRONT_MATTER = {b"---": (b"---", b"..."), b"+++": (b"+++",)}


def scan_markdown(text: bytes) -> Facts:
    """Headings are ``heading``, ``(name)=`` is ``label``; the comments are those of HTML."""
    blocks = Blocks(text)
    blocks.read()
    source = Source(text, blank(text, blocks.comments))
    return Facts(
        doc=blocks.doc,
        doc_line=blocks.doc_line,
        lines=count_lines(text, source.code),
        symbols=nest(blocks.headings, blocks.lines),
        notes=find_notes(source, blocks.comments),
        markers=tuple(find_markers(source, blocks.comments)),
        problems=tuple(blocks.problems),
    )


class Blocks:
    """One pass over the lines; rows count from 0."""

    def __init__(self, text: bytes) -> None:
        self.lines = [line.rstrip(b"\r") for line in text.removesuffix(b"\n").split(b"\n")]
        self.headings: list[Heading] = []
        self.comments: list[Span] = []
        self.problems: list[Problem] = []
        self.doc = ""
        self.doc_line = 0
        self._is_described = False
        self._text = text
        self._row = 0
        self._starts = [0]
        for line in text.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def read(self) -> None:
        self._skip_front_matter()
        while self._row < len(self.lines):
            line = self.lines[self._row]
            if not line.strip() or line.startswith(_INDENTED) or _RULE.match(line):
                self._row += 1
            elif fence := _FENCE.match(line):
                self._skip_fence(fence[1] or fence[2])
            elif heading := _ATX.match(line):
                self._add(_without_closing(line[heading.end() :]), len(heading[1]), self._row)
                self._row += 1
            elif _COMMENT.match(line):
                self._read_comment()
            elif _RAW.match(line) or _HTML.match(line) or _LONE_TAG.match(line):
                self._read_html()
            elif label := _LABEL.match(line):
                self.headings.append(Heading(text=_decode(label[1]), line=self._row + 1, level=0))
                self._row += 1
            elif _QUOTE.match(line) or _ITEM.match(line):
                self._skip_container()
            else:
                self._read_paragraph()

    def _add(self, text: bytes, level: int, row: int) -> None:
        name = markdown_text(_decode(text), keep_alt=True)
        if name:
            self.headings.append(Heading(text=name, line=row + 1, level=level))

    def _skip_front_matter(self) -> None:
        closings = _FRONT_MATTER.get(self.lines[0].rstrip())
        if closings is None:
            return
        for row in range(1, len(self.lines)):
            if self.lines[row].rstrip() in closings:
                self._row = row + 1
                return

    def _skip_fence(self, fence: bytes) -> None:
        opened = self._row
        closing = re.compile(rb" {0,3}" + re.escape(fence[:1]) + rb"{%d,}[ \t]*$" % len(fence))
        for row in range(opened + 1, len(self.lines)):
            if closing.match(self.lines[row]):
                self._row = row + 1
                return
        self._row = len(self.lines)
        message = f"The fenced code that begins in line {opened + 1} is never closed."
        self.problems.append(Problem(kind=ProblemKind.SYNTAX, message=message, line=opened + 1))

    def _read_comment(self) -> None:
        """A comment may hold empty lines; the rest of its last line belongs to its block."""
        start = self._text.index(b"<!--", self._starts[self._row])
        end = self._text.find(b"-->", start)
        opened = self._row
        if end < 0:
            end = len(self._text)
            message = f"The comment that begins in line {opened + 1} is never closed."
            self.problems.append(Problem(kind=ProblemKind.SYNTAX, message=message, line=opened + 1))
        else:
            end += 3
        self.comments.append((start, end))
        while self._row < len(self.lines) and self._starts[self._row] < end:
            self._row += 1

    def _read_html(self) -> None:
        first = self._row
        raw = _RAW.match(self.lines[first])
        closing = b"</" + raw[1].lower() if raw else b""
        while self._row < len(self.lines):
            line = self.lines[self._row]
            self._row += 1
            if (closing in line.lower()) if raw else not line.strip():
                break
        if not raw:
            self._add_html_headings(self._starts[first], self._starts[self._row])

    def _add_html_headings(self, start: int, end: int) -> None:
        opening: re.Match[bytes] | None = None
        for tag in _HTML_HEADING.finditer(self._text, start, end):
            if opening and tag[1] and tag[2] == opening[2]:
                row = self._text.count(b"\n", 0, opening.start())
                self._add(self._text[opening.end() : tag.start()], int(tag[2]), row)
            opening = None if tag[1] else tag

    def _skip_container(self) -> None:
        """A list item or quote with everything that belongs to it, one nesting level."""
        item = _ITEM.match(self.lines[self._row])
        indent = _content_indent(item) if item else 0
        self._row += 1
        while self._row < len(self.lines):
            line = self.lines[self._row]
            filled = bool(line.strip())
            inside = _indent(line) >= indent if item else bool(_QUOTE.match(line))
            if filled and not inside and (not self.lines[self._row - 1].strip() or _begins_block(line)):
                return
            if not filled and not item:
                return
            self._row += 1

    def _read_paragraph(self) -> None:
        first = self._row
        while self._row < len(self.lines):
            line = self.lines[self._row]
            if self._row > first:
                setext = _SETEXT.match(line)
                if setext and not _REFERENCE.match(self.lines[self._row - 1]):
                    text = b" ".join(self.lines[first : self._row])
                    self._add(text, 1 if setext[1].startswith(b"=") else 2, first)
                    self._row += 1
                    return
                if _begins_block(line):
                    break
            if not line.strip():
                break
            self._row += 1
        self._offer_doc(first)

    def _offer_doc(self, first: int) -> None:
        lines = self.lines[first : self._row]
        table = len(lines) > 1 and _DELIMITER_ROW.match(lines[1])
        if (
            self._is_described
            or table
            or lines[0].lstrip().startswith(_NO_PROSE)
            or _REFERENCE.match(lines[0])
        ):
            return
        labels = {label_key(_decode(label)) for label in _DEFINITION.findall(self._text)}
        text = markdown_text(_decode(b" ".join(lines)), labels=labels)
        if any(map(str.isalnum, text)):
            self.doc, self.doc_line = describe(text, first + 1, self.headings)
            self._is_described = True


def _begins_block(line: bytes) -> bool:
    """Whether this line ends the paragraph before it."""
    item = _ITEM.match(line)
    if item:
        # An empty item, or a number other than 1, is text of the paragraph.
        return bool(item[3].strip(b"\r") and line[item.end() :]) and item[2] in {None, b"1"}
    return any(pattern.match(line) for pattern in (_ATX, _FENCE, _RULE, _QUOTE, _COMMENT, _RAW, _HTML))


def _content_indent(item: re.Match[bytes]) -> int:
    """Columns from which on a line belongs to the list item."""
    gap = len(item[3].expandtabs(4))
    return len(item[1]) + (gap if 0 < gap <= _WIDEST_GAP else 1)


def _indent(line: bytes) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(b" "))


def _without_closing(text: bytes) -> bytes:
    """The text of an ATX heading without the number signs that may close it."""
    text = text.strip(b" \t")
    shorter = text.rstrip(b"#")
    return shorter.rstrip() if not shorter or shorter[-1:] in b" \t" else text


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")
