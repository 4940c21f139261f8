"""Java properties and files of environment variables: the names that they set, never the values.

What a ``.env`` holds may be a secret, so nothing but the names leaves this module.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_LONGEST = 1_000
"""Bytes of a line in which a name must end."""
_KEY = re.compile(rb"[ \t\f]*((?:[^\s=:\\]|\\[^\n])++)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_EXAMPLE = re.compile(
    r"(?:^|[._-])(?:default|defaults|dist|example|sample|template|tmpl|tpl)(?=[._-]|$)", re.IGNORECASE
)
HIDDEN = "…"
"""Stands for a value."""
_VARIABLE = re.compile(rb"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*([\"'`]?)")


def may_be_secret(path: str, language: str) -> bool:
    """Whether a file has values that no page should show; an example has none."""
    return language == "dotenv" and not _EXAMPLE.search(path.rpartition("/")[2])


def hide_values(text: str) -> str:
    """The text of a ``.env`` without its values; what may be a part of one is hidden, too."""
    data = text.encode("utf-8", "replace")
    read = _read_variables(data)
    ends = {start: last for _, start, last in read.variables}
    shown: list[str] = []
    end = -1
    for start, line in _lines(data):
        is_inside = start <= end or start > read.lost
        end = max(end, ends.get(start, -1))
        shown.append(HIDDEN if is_inside and line.strip() else _without_value(line, is_set=start in ends))
    return "\n".join(shown)


def _without_value(line: bytes, *, is_set: bool) -> str:
    name, _, value = line.decode("utf-8", "replace").partition("=")
    if is_set or name.lstrip().startswith("#"):
        return f"{name}={HIDDEN}" if value.strip() else line.decode("utf-8", "replace")
    return HIDDEN if line.strip() else name


def scan_properties(text: bytes) -> Facts:
    """Each key is a ``key``; its dots are part of its name."""
    found: list[tuple[bytes, int, int]] = []
    comments: list[Span] = []
    is_continued = False
    for start, line in _lines(text):
        bare = line.strip()
        if is_continued:
            name, first, last = found[-1]
            found[-1] = (name, first, start if line else last)
        elif bare.startswith((b"#", b"!")):
            comments.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip(b"\r"))))
            continue
        elif key := _KEY.match(line[:_LONGEST]):
            found.append((key[1], start, start))
        else:
            continue
        is_continued = (len(bare) - len(bare.rstrip(b"\\"))) % 2 == 1
    return _facts(text, comments, "key", ((_unescape(name), first, last) for name, first, last in found))


def _unescape(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


class _Variables(NamedTuple):
    """What a file of environment variables sets."""

    variables: list[tuple[str, int, int]]
    """Name, start of the line, place in the last line."""
    comments: list[Span]
    lost: int
    """Start of the first line with a value that nothing closes; what follows may belong to it."""


def scan_dotenv(text: bytes) -> Facts:
    """Each name is a ``variable``."""
    read = _read_variables(text)
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


def _read_variables(text: bytes) -> _Variables:
    read = _Variables([], [], len(text))
    end = 0
    """Where the value ends that the lines belong to."""
    unclosed: dict[bytes, int] = {}
    for start, line in _lines(text):
        if start < end:
            continue
        variable = _VARIABLE.match(line[:_LONGEST])
        if variable is not None:
            last, quote = start, variable[2]
            after = start + variable.end()
            if quote and quote not in unclosed and quote not in line[variable.end() :]:
                closing = text.find(quote, after)
                if closing < 0:
                    unclosed[quote] = start
                else:
                    end = last = closing
            read.variables.append((variable[1].decode(), start, last))
        elif line.lstrip().startswith(b"#"):
            read.comments.append((start + len(line) - len(line.lstrip()), start + len(line)))
    return read._replace(lost=min([len(text), *unclosed.values()]))


def _lines(text: bytes) -> Iterator[tuple[int, bytes]]:
    """(start, line) of each line."""
    start = 0
    for line in text.split(b"\n"):
        yield start, line
        start += len(line) + 1


def _facts(text: bytes, comments: list[Span], kind: str, found: Iterator[tuple[str, int, int]]) -> Facts:
    remarks = Remarks(text, comments)
    listing = Listing()
    for name, first, last in found:
        line = remarks.source.line(first)
        end = remarks.source.line(last)
        listing.add(name, kind, line, end_line=end, doc=remarks.doc_above(line))
    return remarks.facts(listing.symbols, omitted=listing.omitted)
