"""Java properties and files of environment variables: the names that they set, never the values.

What a ``.env`` holds may be a secret, so nothing but the names leaves this module.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.dotenv import LONGEST, iter_lines, read_variables
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_KEY = re.compile(rb"[ \t\f]*((?:[^\s=:\\]|\\[^\n])++)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")


def scan_properties(text: bytes) -> Facts:
    """Each key is a ``key``; its dots are part of its name."""
    found: list[tuple[bytes, int, int]] = []
    comments: list[Span] = []
    is_continued = False
    for start, line in iter_lines(text):
        bare = line.strip()
        if is_continued:
            name, first, last = found[-1]
            found[-1] = (name, first, start if line else last)
        elif bare.startswith((b"#", b"!")):
            comments.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip(b"\r"))))
            continue
        elif key := _KEY.match(line[:LONGEST]):
            found.append((key[1], start, start))
        else:
            continue
        is_continued = (len(bare) - len(bare.rstrip(b"\\"))) % 2 == 1
    return _facts(text, comments, "key", ((_unescape(name), first, last) for name, first, last in found))


def _unescape(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


def scan_dotenv(text: bytes) -> Facts:
    """Each name is a ``variable``."""
    read = read_variables(text)
    facts = _facts(text, read.comments, "variable", iter(read.variables))
    # A setting that is put away in a comment may be as secret as another.
    symbols = tuple(replace(each, doc="") if "=" in each.doc else each for each in facts.symbols)
    is_setting = "=" in facts.doc
    return replace(
        facts,
        symbols=symbols,
        doc="" if is_setting else facts.doc,
        doc_line=0 if is_setting else facts.doc_line,
        notes=tuple(replace(note, text=note.text.partition("=")[0]) for note in facts.notes),
    )


def _facts(text: bytes, comments: list[Span], kind: str, found: Iterator[tuple[str, int, int]]) -> Facts:
    remarks = Remarks(text, comments)
    listing = Listing()
    for name, first, last in found:
        line = remarks.source.line(first)
        end = remarks.source.line(last)
        listing.add(name, kind, line, end_line=end, doc=remarks.doc_above(line))
    return remarks.facts(listing.symbols, omitted=listing.omitted)
