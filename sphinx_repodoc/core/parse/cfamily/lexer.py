"""C text -> its comments, strings and preprocessor lines. One pass, whatever the text is.

The grammars know these too, but only what they parse; here they are found in
code that no grammar understands, and can be taken out of its way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(rb"""//|/\*|"|'|\#|%:""")
_STRING = re.compile(rb'"(?:[^"\\\n]++|\\[\s\S])*+"?')
_CHARACTER = re.compile(rb"'(?:[^'\\\n]++|\\[\s\S])*+'?")
_LINE_COMMENT = re.compile(rb"//(?:[^\\\n]++|\\(?:\r?\n)?)*+")
_RAW_START = re.compile(rb'"([^()\\\s"]{0,16})\(')
_PREFIX = re.compile(rb"(?:^|[^0-9A-Za-z_])(?:u8|[uUL])?R$")
_NUMBER = re.compile(rb"(?:^|[^0-9A-Za-z_'])[0-9][0-9A-Za-z_']*$")
_LONGEST_NUMBER = 80
_NAME = re.compile(rb"(?:\#|%:)[ \t]*([a-z_]*)")
_PIECE = re.compile(rb"""(?:[^\n\\/"']++|\\(?:\r?\n|[\s\S])?|/(?![/*]))*+""")
_TEXT = re.compile(rb"(?:[^\n\\]++|\\(?:\r?\n|[\s\S])?)*+")
_PLAIN_TEXT = frozenset({b"error", b"warning", b"ident", b"region", b"endregion"})
"""Directives whose rest is prose: an apostrophe in it begins nothing."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One preprocessor line with its continuation lines."""

    name: bytes
    start: int
    rest: int
    """Where its name ends."""
    end: int


@dataclass(slots=True)
class Tokens:
    """What is no code, in source order."""

    comments: list[Span] = field(default_factory=list)
    strings: list[Span] = field(default_factory=list)
    """String and character literals with their quotes, those in directives too."""
    directives: list[Directive] = field(default_factory=list)


def lex(text: bytes) -> Tokens:
    """An unterminated literal ends with its line, an unterminated comment with the text."""
    tokens = Tokens()
    position = 0
    search = _TOKEN.search
    while match := search(text, position):
        start = match.start()
        sign = text[start]
        if sign == 0x2F:  # a slash
            position = _comment_end(text, start)
            tokens.comments.append((start, position))
        elif sign == 0x22:  # a quotation mark
            position = _string_end(text, start)
            tokens.strings.append((start, position))
        elif sign == 0x27:  # an apostrophe
            if _NUMBER.search(text, max(0, start - _LONGEST_NUMBER), start):
                position = start + 1
                continue
            position = _end(_CHARACTER, text, start)
            tokens.strings.append((start, position))
        elif _begins_line(text, start, tokens):
            position = _read_directive(text, start, tokens)
        else:
            position = match.end()
    return tokens


def _end(pattern: re.Pattern[bytes], text: bytes, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start + 1


def _comment_end(text: bytes, start: int) -> int:
    if text[start + 1] == 0x2F:
        return _end(_LINE_COMMENT, text, start)
    end = text.find(b"*/", start + 2)
    return len(text) if end < 0 else end + 2


def _string_end(text: bytes, start: int) -> int:
    if text[start - 1 : start] == b"R" and _PREFIX.search(text, max(0, start - 4), start):
        opening = _RAW_START.match(text, start)
        end = text.find(b")" + opening[1] + b'"', opening.end()) if opening else -1
        if opening and end >= 0:
            return end + len(opening[1]) + 2
    return _end(_STRING, text, start)


def _begins_line(text: bytes, start: int, tokens: Tokens) -> bool:
    first = text.rfind(b"\n", 0, start) + 1
    if tokens.comments and first < tokens.comments[-1][1]:
        first = tokens.comments[-1][1]  # a comment may stand before the number sign
    return not text[first:start].strip()


def _read_directive(text: bytes, start: int, tokens: Tokens) -> int:
    name = _NAME.match(text, start)
    if name is None:
        return start + 1
    position = name.end()
    if name[1] in _PLAIN_TEXT:
        position = _end(_TEXT, text, position)
    else:
        position = _read_rest(text, position, tokens)
    tokens.directives.append(Directive(name[1], start, name.end(), position))
    return position


def _read_rest(text: bytes, position: int, tokens: Tokens) -> int:
    """Collect the comments and strings of a directive, and return where it ends."""
    while True:
        position = _end(_PIECE, text, position) if position < len(text) else position
        if position >= len(text) or text[position] == 0x0A:
            return position
        if text[position] == 0x2F:
            end = _comment_end(text, position)
            tokens.comments.append((position, end))
        else:
            end = _string_end(text, position) if text[position] == 0x22 else _end(_CHARACTER, text, position)
            tokens.strings.append((position, end))
        position = end
