"""BibTeX: the entries of a bibliography by their keys, described by their titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.latex_lexer import plain_text
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_ENTRY = re.compile(rb"@[ \t]*([A-Za-z]+)[ \t]*([{(])\s*([^\s,{}()\"#%'=@]*+)\s*([,=]?)")
_SIGN = re.compile(rb"\\[\s\S]|[{}]")
_BEGINNING = re.compile(rb"^[ \t]*@", re.MULTILINE)
_FIELD = re.compile(rb"[,\s]title\s*=\s*", re.IGNORECASE)
_COMMENT = re.compile(rb"^[ \t]*%[^\n]*", re.MULTILINE)
_SKIPPED = frozenset({b"comment", b"preamble"})


def scan_bibtex(text: bytes) -> Facts:
    """The kind of an entry is its type: ``article``, ``book``; abbreviations are ``string``."""
    closings = _match(text)
    listing = Listing()
    comments: list[Span] = []
    faults: list[int] = []
    found: list[tuple[str, str, int, int]] = []
    at = 0
    while (entry := text.find(b"@", at)) >= 0:
        comments += [match.span() for match in _COMMENT.finditer(text, at, entry)]
        at = entry + 1
        if comments and comments[-1][1] == entry:
            # An entry that is put away.
            newline = text.find(b"\n", entry)
            at = newline if newline >= 0 else len(text)
            comments[-1] = (comments[-1][0], at)
            continue
        match = _ENTRY.match(text, entry)
        if match is None or not (match[3] or match[1].lower() in _SKIPPED):
            continue
        kind = match[1].decode().lower()
        end = closings.get(match.start(2), 0)
        if match[2] == b"{" and not end:
            faults.append(entry)
        at = end or _next_entry(text, match.end())
        is_named = match[4] == (b"=" if kind == "string" else b",")
        if is_named and match[1].lower() not in _SKIPPED:
            found.append((kind, match[3].decode("utf-8", "replace"), entry, at))
    comments += [match.span() for match in _COMMENT.finditer(text, at)]
    remarks = Remarks(text, comments)
    line = remarks.source.line
    for kind, name, start, end in found:
        doc = _title(text, start, end, closings) if kind != "string" else ""
        listing.add(name, kind, line(start), end_line=line(max(end - 1, start)), doc=doc)
    return remarks.facts(
        listing.symbols, problems=syntax_problems(faults, remarks.source), omitted=listing.omitted
    )


def _match(text: bytes) -> dict[int, int]:
    """Opening braces -> where what they open ends."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for sign in _SIGN.finditer(text):
        if sign[0] == b"{":
            opened.append(sign.start())
        elif sign[0] == b"}" and opened:
            closings[opened.pop()] = sign.end()
    return closings


def _next_entry(text: bytes, at: int) -> int:
    found = _BEGINNING.search(text, at)
    return found.start() if found else len(text)


def _title(text: bytes, start: int, end: int, closings: dict[int, int]) -> str:
    field = _FIELD.search(text, start, end)
    if field is None:
        return ""
    at = field.end()
    is_quoted = text.startswith(b'"', at)
    last = text.find(b'"', at + 1, end) if is_quoted else closings.get(at, 0) - 1
    return plain_text(text[at + 1 : last]) if last > at else ""
