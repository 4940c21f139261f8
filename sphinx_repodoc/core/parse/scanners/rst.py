"""reStructuredText: section titles, labels and the first paragraph, line by line.

Titles follow the rules of docutils: the style of an adornment (its character,
and whether it is above as well) gets its level from the order of first use.
Indented text never holds a title, so literal blocks and the contents of
directives need no parser of their own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse.comments import find_markers, find_notes
from sphinx_repodoc.core.parse.scanners.headings import Heading, describe, nest
from sphinx_repodoc.core.parse.scanners.inline import SUBSTITUTION, rst_text
from sphinx_repodoc.core.parse.source import Source, blank, count_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.parse.source import Span

_ADORNMENT = re.compile(rb"([!-/:-@\[-`{-~])\1*\s*$")
_LABEL = re.compile(rb"\s*\.\. _(?:`((?:[^`\\]|\\.)+)`|((?![ _`])(?:[^:\\]|\\.|:(?!\s|$))+)):\s*$")
_EXPLICIT = re.compile(rb"\.\.(?:\s|$)")
_NO_COMMENT = re.compile(rb"\.\.\s+(?:_|__\s|\[[^\]]+\]|\||[\w][\w.+:-]*\s?::)")
_LITERAL = re.compile(
    rb"\s*\.\. +(?:code|code-block|sourcecode|literalinclude|parsed-literal|highlight|raw|math|prompt|jinja"
    rb"|doctest|testcode|testoutput|testsetup|testcleanup|productionlist|graphviz|mermaid|csv-table)::"
)
_BODY_START = re.compile(
    rb"[-*+\xe2](?:\s|$)|(?:\(?(?:\d+|[A-Za-z#]|[ivxlcdmIVXLCDM]+)[.)])\s|:[^:\s][^:]*:(?:\s|$)|\+[-=]+\+|=+ +=|\||>>> |__ "
)
"""List items, field lists, tables, line blocks, doctests, anonymous targets: no prose."""
_SHORTEST = 4
"""A shorter underline counts only when it is as wide as its title."""


def scan_rst(text: bytes) -> Facts:
    """Titles are ``heading``, internal targets ``label``; comments are those of reStructuredText."""
    lines = [line.rstrip() for line in text.expandtabs(8).split(b"\n")]
    if lines and not lines[-1]:
        lines.pop()
    hidden, comments = _find_hidden(lines)
    titles = list(_iter_titles(lines))
    spans = _to_spans(text, comments)
    source = Source(text, blank(text, spans))
    paragraph = _first_paragraph(lines, {line for title in titles for line in _rows(title)})
    doc, doc_line = describe(*paragraph, titles)
    marks = sorted([*titles, *_iter_labels(lines, hidden)], key=lambda mark: mark.line)
    return Facts(
        doc=doc,
        doc_line=doc_line,
        lines=count_lines(text, source.code),
        symbols=nest(marks, lines),
        notes=find_notes(source, spans),
        markers=tuple(find_markers(source, spans)),
    )


def _iter_titles(lines: Sequence[bytes]) -> Iterator[Heading]:
    levels: dict[tuple[bytes, bool], int] = {}
    index = 0
    while index < len(lines):
        found = _title_at(lines, index)
        if found is None:
            index += 1
            continue
        row, style, after = found
        yield Heading(
            text=rst_text(lines[row].strip().decode("utf-8", "replace")),
            line=row + 1,
            level=levels.setdefault(style, len(levels) + 1),
            start=index + 1,
        )
        index = after


def _title_at(lines: Sequence[bytes], index: int) -> tuple[int, tuple[bytes, bool], int] | None:
    """(row of the title, its style, row after it) of a title that begins in this row."""
    first = lines[index]
    if not first or first[:1] == b" " or not _may_begin(lines, index):
        return None
    over = _ADORNMENT.match(first)
    if over and index + 2 < len(lines) and lines[index + 1]:
        under = lines[index + 2]
        if under[:1] == over[1] and _ADORNMENT.match(under) and _fits(lines[index + 1], min(first, under)):
            return index + 1, (over[1], True), index + 3
    if over or index + 1 == len(lines):
        return None
    adornment = _ADORNMENT.match(lines[index + 1])
    if adornment and not _EXPLICIT.match(first) and _fits(first, lines[index + 1]):
        return index, (adornment[1], False), index + 2
    return None


def _may_begin(lines: Sequence[bytes], index: int) -> bool:
    """A title begins a block: text before it on the line above would make both a paragraph."""
    if index == 0 or not lines[index - 1]:
        return True
    above = lines[index - 1]
    return above[:1] == b" " or bool(_EXPLICIT.match(above) or _ADORNMENT.match(above))


def _fits(title: bytes, adornment: bytes) -> bool:
    return len(adornment) >= _SHORTEST or len(adornment) >= _width(title.strip())


def _width(text: bytes) -> int:
    decoded = text.decode("utf-8", "replace")
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in decoded)


def _rows(title: Heading) -> range:
    return range(title.start - 1, title.line + 1)


def _iter_labels(lines: Sequence[bytes], hidden: frozenset[int]) -> Iterator[Heading]:
    for row, line in enumerate(lines):
        match = _LABEL.match(line) if b".. _" in line else None
        if match and row not in hidden:
            name = (match[1] or match[2]).decode("utf-8", "replace").replace("\\", "")
            yield Heading(text=" ".join(name.split()), line=row + 1, level=0)


def _find_hidden(lines: Sequence[bytes]) -> tuple[frozenset[int], list[tuple[int, int]]]:
    """(rows of literal blocks and comments, first and last row of each comment)."""
    hidden: set[int] = set()
    comments: list[tuple[int, int]] = []
    row = 0
    while row < len(lines):
        line = lines[row]
        stripped = line.lstrip()
        comment = _EXPLICIT.match(stripped) and not _NO_COMMENT.match(stripped)
        literal = _LITERAL.match(line) or (line.endswith(b"::") and not _EXPLICIT.match(stripped))
        if not comment and not literal:
            row += 1
            continue
        end = _block_end(lines, row, len(line) - len(stripped))
        if stripped == b".." and row + 1 < len(lines) and not lines[row + 1]:
            end = row  # an empty comment takes no block with it
        if comment:
            comments.append((row, end))
        hidden.update(range(row + (not comment), end + 1))
        row = end + 1
    return frozenset(hidden), comments


def _block_end(lines: Sequence[bytes], row: int, indent: int) -> int:
    """Last row that is indented deeper than ``indent``, below ``row``."""
    end = row
    for below in range(row + 1, len(lines)):
        line = lines[below]
        if line and len(line) - len(line.lstrip()) <= indent:
            break
        if line:
            end = below
    return end


def _to_spans(text: bytes, rows: Sequence[tuple[int, int]]) -> list[Span]:
    starts = [0]
    for line in text.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [(starts[first], min(starts[last + 1] - 1, len(text))) for first, last in rows]


def _first_paragraph(lines: Sequence[bytes], title_rows: set[int]) -> tuple[str, int]:
    """(the first paragraph of prose in plain text, its line)."""
    row = 0
    while row < len(lines):
        first = row
        while row < len(lines) and lines[row] and row not in title_rows:
            row += 1
        block = lines[first:row]
        if (
            block
            and block[0][:1] != b" "
            and not _EXPLICIT.match(block[0])
            and not _BODY_START.match(block[0])
        ):
            text = b" ".join(block).decode("utf-8", "replace")
            # A row of nothing but substitutions is one of badges.
            if any(map(str.isalnum, rst_text(SUBSTITUTION.sub("", text)))):
                return rst_text(text), first + 1
        row = max(row, first + 1)
    return "", 0
