"""What the scanners of prose share: nesting of headings, plain text of inline markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEPARATOR = " / "
"""Between the titles in the qualified name of a heading: they have dots in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section title, or with level 0 a label."""

    text: str
    line: int
    """Line of the title, or of the label."""
    level: int
    """1 for the outermost titles."""
    start: int = 0
    """First line of the section when that is an overline; 0 when it is ``line``."""


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"\W*(?:(?:re)?released?(?: on)?|release date|date|published(?: on)?|expected)?\W*"
    rf"(?:\d{{4}}-\d\d(?:-\d\d)?|\d{{1,4}}[./]\d{{1,2}}[./]\d{{2,4}}|{_MONTH} {_DAY},? \d{{4}}|{_DAY} {_MONTH},? \d{{4}})\W*"
    r"|\W*(?:unreleased|not yet released|under development)\W*",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?:version|release|v)?\W*\d\S*(?:\s*\(.*\))?|\W*unreleased\W*", re.IGNORECASE)


def describe(paragraph: str, line: int, headings: Iterable[Heading]) -> tuple[str, int]:
    """(what a file is about, its line), given its first paragraph.

    Notes of a release begin with its date, which is about nothing: their title
    is, unless it is a mere version.
    """
    if not _DATE.fullmatch(paragraph):
        return paragraph, line
    title = next((heading for heading in headings if heading.level), None)
    if title is None or _VERSION.fullmatch(title.text):
        return "", 0
    return title.text, title.line


def nest(headings: Iterable[Heading], lines: Sequence[bytes]) -> tuple[Symbol, ...]:
    """Symbols of headings in source order, each ending where its section ends."""
    symbols: list[Symbol] = []
    open_sections: list[tuple[int, int]] = []
    last = len(lines)
    for heading in headings:
        if not heading.level:
            symbols.append(_label(heading))
            continue
        end = _last_filled(lines, (heading.start or heading.line) - 1)
        while open_sections and open_sections[-1][0] >= heading.level:
            _close(symbols, open_sections.pop()[1], end)
        parent = open_sections[-1][1] if open_sections else -1
        around = symbols[parent].qualname + SEPARATOR if open_sections else ""
        open_sections.append((heading.level, len(symbols)))
        symbols.append(
            Symbol(
                name=heading.text,
                qualname=around + heading.text,
                kind="heading",
                line=heading.line,
                end_line=heading.line,
                parent=parent,
            )
        )
    for _, index in open_sections:
        _close(symbols, index, _last_filled(lines, last))
    return tuple(symbols)


def title_symbol(title: str, line: int) -> tuple[Symbol, ...]:
    """The title of a document, which is no section of it."""
    return (Symbol(name=title, qualname=title, kind="title", line=line, end_line=line),) if title else ()


def _label(label: Heading) -> Symbol:
    return Symbol(name=label.text, qualname=label.text, kind="label", line=label.line, end_line=label.line)


def _close(symbols: list[Symbol], index: int, end: int) -> None:
    symbols[index] = replace(symbols[index], end_line=max(end, symbols[index].line))


_LABEL_LINE = re.compile(rb"\s*(?:\.\. _[^_].*:|\([^()\s]+\)=)?\s*$")


def _last_filled(lines: Sequence[bytes], end: int) -> int:
    """The last line up to ``end`` that is neither empty nor a label: a label belongs to what follows."""
    while end and _LABEL_LINE.match(lines[end - 1]):
        end -= 1
    return end
