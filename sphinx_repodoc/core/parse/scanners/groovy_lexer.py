"""Tokens of Groovy, in which a line feed may end a statement and a slash may begin a string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(
    rb"""
    (?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|\A\#![^\n]*+)
    |(?P<string>'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?|'(?:[^'\\\n]++|\\.)*+'?|\$/(?:[^/$]++|\$.|/(?!\$))*+(?:/\$)?)
    |(?P<quote>\"{3}|\")
    |(?P<slash>/)
    |(?P<word>[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+)
    |(?P<number>\d[\w.]*+)
    |(?P<newline>\n)
    |(?P<sign>->|==|!=|<=|>=|&&|\|\||\?\.|\*\.|\.\.|\+\+|--|[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECES = {
    b'"': re.compile(rb'(?:[^"\\$\n]++|\\.|\$(?!\{))*+', re.DOTALL),
    b'"""': re.compile(rb'(?:[^"\\$]++|\\.|\$(?!\{)|"(?!""))*+', re.DOTALL),
}
_INSIDE = re.compile(rb"[{}]|'[^'\n]*+'|\"[^\"\n]*+\"")
_SLASHY = re.compile(rb"/(?:[^/\\\n]++|\\.)++/")
_LONGEST_CODE = 1_000
"""Characters of code in a string."""
_VALUES = frozenset({"word", "number", "string"})
_BEFORE_VALUE = frozenset(
    {"return", "in", "case", "assert", "throw", "else", "println", "print", "instanceof"}
)


class Token(NamedTuple):
    """A token and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """What a string says, or the token itself."""
        quotes = 3 if self.text[:3] in {"'''", '"""'} else 1
        return self.text[quotes:-quotes] if self.kind == "string" else self.text


def read_tokens(text: bytes) -> tuple[list[Token], list[Span]]:
    """(tokens, comments) of a text."""
    tokens: list[Token] = []
    comments: list[Span] = []
    position = 0
    while match := _TOKEN.search(text, position):
        start, position = match.span()
        kind = str(match.lastgroup)
        if kind == "comment":
            comments.append((start, position))
            continue
        if kind == "quote":
            kind, position = "string", _end_of_string(text, position, match[0])
        elif kind == "slash":
            slashy = _SLASHY.match(text, start) if _expects_value(tokens) else None
            kind, position = ("string", slashy.end()) if slashy else ("sign", position)
        tokens.append(Token(kind, text[start:position].decode("utf-8", "replace"), start, position))
    return tokens, comments


def _expects_value(tokens: list[Token]) -> bool:
    if not tokens:
        return True
    last = tokens[-1]
    if last.kind == "word":
        return last.text in _BEFORE_VALUE
    return last.kind not in _VALUES and last.text not in {")", "]", "}"}


def _end_of_string(text: bytes, at: int, quotes: bytes) -> int:
    """Where a string ends that may have code in it; the end of its line or of the text when it is not closed."""
    piece = _PIECES[quotes]
    while True:
        found = piece.match(text, at)
        at = found.end() if found else at
        if text.startswith(quotes, at):
            return at + len(quotes)
        if not text.startswith(b"${", at):
            return at
        at = _end_of_code(text, at + 1)


def _end_of_code(text: bytes, at: int) -> int:
    """Where the code in braces ends that begins here; behind the brace when it is not closed."""
    depth = 0
    for match in _INSIDE.finditer(text, at, at + _LONGEST_CODE):
        depth += (match[0] == b"{") - (match[0] == b"}")
        if not depth:
            return match.end()
    return at + 1
