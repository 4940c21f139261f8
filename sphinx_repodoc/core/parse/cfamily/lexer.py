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

_STRING = rb'"(?:[^"\\\n]++|\\[\s\S])*+"?'
_CHARACTER = rb"'(?:[^'\\\n]++|\\[\s\S])*+'?"
_LINE_COMMENT = rb"//(?:[^\\\n]++|\\(?:\r?\n)?)*+"
_BLOCK_COMMENT = rb"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?"
_PIECE = rb"[^\n\\/\"']++|\\(?:\r?\n|[\s\S])?|/(?![/*])"
_TOKEN = re.compile(
    b"|".join(
        (
            _LINE_COMMENT,
            _BLOCK_COMMENT,
            _STRING,
            _CHARACTER,
            rb"\#",
        )
    )
)
_REST = re.compile(rb"(?:" + b"|".join((_PIECE, _STRING, _CHARACTER)) + rb")*+")
_COMMENT = re.compile(_LINE_COMMENT + b"|" + _BLOCK_COMMENT)
_LITERAL = re.compile(_STRING + b"|" + _CHARACTER)
_RAW = re.compile(rb'"([^()\\\s"]{0,16})\(')
_RAW_PREFIX = re.compile(rb"(?:^|[^0-9A-Za-z_])(?:u8|[uUL])?R$")
_NUMBER = re.compile(rb"(?:^|[^0-9A-Za-z_'])[0-9][0-9A-Za-z_']*$")
_LONGEST_NUMBER = 80
_NAME = re.compile(rb"\#[ \t]*+([a-z_]*+)")
_DEEPEST_DIRECTIVE = 1_000
"""White space before a directive: to look further back for the beginning of a line is quadratic in long ones."""
_MOST_UNCLOSED = 100
"""Ends of raw strings that are looked for in vain, each in the rest of the text."""
_SLASH, _QUOTE, _APOSTROPHE = b"/"[0], b'"'[0], b"'"[0]


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
    """Those in directives too."""
    strings: list[Span] = field(default_factory=list)
    """String and character literals with their quotes, outside of directives."""
    directives: list[Directive] = field(default_factory=list)
    unclosed: set[bytes] = field(default_factory=set)
    """Ends of raw strings that do not occur any more."""


def lex(text: bytes) -> Tokens:
    """Find the tokens; an unterminated literal ends with its line, an unterminated comment with the text."""
    tokens = Tokens()
    position: int | None = 0
    while position is not None:
        position = _lex_from(text, position, tokens)
    return tokens


def _lex_from(text: bytes, position: int, tokens: Tokens) -> int | None:
    """Collect tokens up to one that ends elsewhere than the pattern says, and return where that is."""
    comments, strings = tokens.comments, tokens.strings
    for match in _TOKEN.finditer(text, position):
        start, end = match.span()
        sign = text[start]
        if sign == _SLASH:
            comments.append((start, end))
        elif sign == _QUOTE:
            if text[start - 1 : start] == b"R" and (raw := _raw_end(text, start, tokens.unclosed)):
                strings.append((start, raw))
                return raw
            strings.append((start, end))
        elif sign == _APOSTROPHE:
            if _NUMBER.search(text, max(0, start - _LONGEST_NUMBER), start):
                return start + 1
            strings.append((start, end))
        elif _begins_line(text, start, tokens):
            return _end_directive(text, start, end, tokens)
    return None


def _raw_end(text: bytes, start: int, unclosed: set[bytes]) -> int:
    """Where a raw string ends; 0 when it is none."""
    opening = _RAW.match(text, start)
    if opening is None or not _RAW_PREFIX.search(text, max(0, start - 4), start):
        return 0
    closing = b")" + opening[1] + b'"'
    is_hopeless = closing in unclosed or len(unclosed) > _MOST_UNCLOSED
    end = -1 if is_hopeless else text.find(closing, opening.end())
    if end < 0:
        unclosed.add(closing)
        return 0
    return end + len(closing)


def _begins_line(text: bytes, start: int, tokens: Tokens) -> bool:
    furthest = max(0, start - _DEEPEST_DIRECTIVE)
    first = max(furthest, text.rfind(b"\n", furthest, start) + 1)
    if tokens.comments and first < tokens.comments[-1][1] <= start:
        first = tokens.comments[-1][1]  # a comment may stand before the number sign
    return not text[first:start].strip()


def _end_directive(text: bytes, start: int, end: int, tokens: Tokens) -> int:
    """Record the directive whose sign ends here, with its comments, and return where it ends."""
    if rest := _REST.match(text, end):
        end = rest.end()
    while comment := _COMMENT.match(text, end):
        tokens.comments.append(comment.span())
        rest = _REST.match(text, comment.end())
        end = rest.end() if rest else comment.end()
    name = _NAME.match(text, start)
    if name is not None:
        tokens.directives.append(Directive(name[1], start, name.end(), end))
    return end


def strings_in(text: bytes, start: int, end: int) -> list[Span]:
    """The string and character literals of a directive."""
    return [match.span() for match in _LITERAL.finditer(text, start, end)]
