"""The bytes of one file while it is parsed: lines, slices, blanking, words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts, LineCounts

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    Span = tuple[int, int]
    """Byte offsets of a piece of the file; the end is exclusive."""

_SPACE = ord(" ")
_SPACES = bytes(byte if byte == ord("\n") else ord(" ") for byte in range(256))
"""Translation table that blanks a text and keeps its lines."""
_ELLIPSIS = re.compile(rb"\.\.\.[ \t]*+\n")
_AFTER_BRACKET = re.compile(r"([(\[{])[ \t]*\n\s*")
_BEFORE_BRACKET = re.compile(r"(?:,[ \t]*)?\n\s*([)\]}])")
_DEEPEST_NAME = 32
"""Names with dots between them that are words, each with all its starts; code has no longer ones."""
_NAME_IN_STRING = re.compile(rb"""["']([A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+){1,9})["']""", re.ASCII)
_FARTHEST = 1000
"""Bytes over which a comment may be adjacent: keeps files of one long line fast."""
_NEWLINE = re.compile(rb"\n")


def word_table(further: bytes = b"") -> bytes:
    """Translation table that blanks all but ASCII letters, digits, ``_``, wide characters and ``further``."""
    kept = {*b"_", *further, *range(128, 256), *(byte for byte in range(128) if chr(byte).isalnum())}
    return bytes(byte if byte in kept else ord(" ") for byte in range(256))


WORD = word_table()
"""Leaves what identifiers consist of. With :meth:`bytes.split` it is five times faster than an expression."""
WORD_WITH_DOLLAR = word_table(b"$")
_DOTTED = word_table(b".")


def blank(text: bytes, spans: Iterable[Span]) -> bytes:
    """``text`` with the spans replaced by spaces; length and lines stay."""
    blanked = bytearray(text)
    for start, end in spans:
        blanked[start:end] = text[start:end].translate(_SPACES)
    return bytes(blanked)


def trim(text: bytes, spans: Iterable[Span]) -> list[Span]:
    """Spans without a newline at their end: some grammars count it to a line comment."""
    return [(start, end - text.endswith(b"\n", start, end)) for start, end in spans]


def blank_strings(code: bytes, strings: Iterable[Span], interpolations: Iterable[Span]) -> bytes:
    """``code`` without the text of its strings, but with the code inside their interpolations.

    Spans are worked off from the outside to the inside, so that a string in an
    interpolation of a string is blanked again.
    """
    blanked = bytearray(code)
    steps = [(start, -end, True) for start, end in strings]
    steps += [(start, -end, False) for start, end in interpolations]
    for start, negative_end, is_string in sorted(steps):
        piece = code[start:-negative_end]
        blanked[start:-negative_end] = piece.translate(_SPACES) if is_string else piece
    return bytes(blanked)


def words(code: bytes, table: bytes, keywords: frozenset[str]) -> frozenset[str]:
    """Every identifier of ``code``, whose comments and strings are blanked already.

    :param table: of :func:`word_table`.
    """
    candidates = b" ".join(set(code.translate(table).split())).decode("utf-8", "replace").split(" ")
    return frozenset(word for word in candidates if word.replace("$", "_").isidentifier()) - keywords - {"$"}


def dotted_names(code: bytes) -> bytes:
    """The names of ``code`` joined by spaces, each once, those with dots between them as one.

    White space may stand around the dots. The dots of an ellipsis at the end of
    a line are between no names, and those before a relative import stay.
    """
    unspaced = b".".join(map(bytes.strip, _ELLIPSIS.sub(b"\n", code).split(b".")))
    return b" ".join(set(unspaced.translate(_DOTTED).split()))


def dotted_words(names: bytes, roots: Container[str]) -> frozenset[str]:
    """Every dotted name that begins with one of ``roots``, and its starts of two names and more.

    :param names: of :func:`dotted_names`.
    """
    found: set[str] = set()
    for name in names.decode("utf-8", "replace").split(" "):
        if "." not in name:
            continue
        # A line may end with ``1.``, and broken code with the dot of a name.
        whole = name.partition(".")[2] if name[0].isdigit() else name
        parts = whole.partition("..")[0].rstrip(".").split(".", _DEEPEST_NAME)[:_DEEPEST_NAME]
        if parts[0] in roots:
            found.update(".".join(parts[:end]) for end in range(2, len(parts) + 1))
    return frozenset(found)


def named_in_strings(source: Source) -> tuple[tuple[str, int], ...]:
    """(name, line) of strings that are nothing but a name with dots in it, by line."""
    found = _NAME_IN_STRING.finditer(source.code)
    return tuple((match[1].decode(), source.line(match.start())) for match in found)


def count_lines(text: bytes, code: bytes | None = None) -> LineCounts:
    """Line counts of ``text``; ``code`` is the same text with its comments blanked."""
    total = text.count(b"\n") + (not text.endswith(b"\n") and text != b"")
    filled = _count_filled(text)
    with_code = filled if code is None else _count_filled(code)
    return LineCounts(code=with_code, comment=filled - with_code, blank=total - filled)


def _count_filled(text: bytes) -> int:
    return sum(map(bool, map(bytes.strip, text.split(b"\n"))))


def generic_facts(text: bytes) -> Facts:
    """What can be said of a text in an unknown language: its lines."""
    return Facts(lines=count_lines(text))


class Cover:
    """Spans as one set of offsets."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        position = bisect_right(self._starts, offset) - 1
        return position >= 0 and offset < self._ends[position]


@dataclass(frozen=True, slots=True)
class Readable:
    """A text in a form that a grammar understands."""

    text: bytes
    """As long as the original, every byte that names something in its place."""
    attributes: tuple[Span, ...] = ()
    """Attributes and annotations that were taken out of it ..."""
    strings: tuple[Span, ...] = ()
    """... and their strings."""
    imports: tuple[Span, ...] = ()
    """What stands for an import where the text has a name: the capture ``@import.hidden``."""


class Source:
    """A text with its line index.

    ``text`` is the file as it is, ``code`` the same with comments and docstrings
    blanked. Offsets of the syntax tree are valid in both.
    """

    __slots__ = ("_newlines", "code", "readable", "text")

    def __init__(self, text: bytes, code: bytes, readable: Readable | None = None) -> None:
        self.text = text
        self.code = code
        self.readable = readable or Readable(text)
        self._newlines = [match.end() for match in _NEWLINE.finditer(text)]

    def line(self, offset: int) -> int:
        """Line of the byte at ``offset``, counting from 1."""
        return bisect_right(self._newlines, offset) + 1

    def line_text(self, line: int) -> str:
        """The text of a line without the white space around it."""
        start = self._newlines[line - 2] if line > 1 else 0
        end = self._newlines[line - 1] if line <= len(self._newlines) else len(self.text)
        return self.text[start:end].decode("utf-8", "replace").strip()

    def slice(self, start: int, end: int) -> str:
        return self.text[start:end].decode("utf-8", "replace")

    def fold(self, start: int, end: int) -> str:
        """The code between two offsets on one line, without its comments."""
        code = self.code[start:end]
        if self.readable.text is not self.text:
            # What the grammar should not see is no part of a signature either.
            other = self.readable.text[start:end]
            code = bytes(_SPACE if b == _SPACE else a for a, b in zip(code, other, strict=True))
        text = code.decode("utf-8", "replace").strip()
        if "\n" in text:
            text = _AFTER_BRACKET.sub(r"\1", _BEFORE_BRACKET.sub(r"\1", text))
        return " ".join(text.split()) if "\n" in text or "  " in text or "\t" in text else text

    def adjacent(self, end: int, start: int) -> bool:
        """Whether nothing but white space and no empty line lies between two offsets."""
        if start - end > _FARTHEST:
            return False
        between = self.text[end:start]
        return between.count(b"\n") <= 1 and not between.strip()

    def code_before(self, offset: int) -> bool:
        """Whether code stands before ``offset`` on its line."""
        return self.code[self.code.rfind(b"\n", 0, offset) + 1 : offset].strip() != b""
