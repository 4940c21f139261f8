"""Tokens of languages whose words, strings and comments are those of C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.parse.source import Span

_STRINGS = rb"\"(?:[^\"\\\n]|\\[\s\S])*+\"?|'(?:[^'\\\n]|\\[\s\S])*+'?"
_WORD = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*(?:\.[A-Za-z_\x80-\xff][\w\x80-\xff]*)*"
C_STYLE = re.compile(
    rb"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)|(?P<string>" + _STRINGS + rb")"
    rb"|(?P<word>" + _WORD + rb")|(?P<number>[-+]?\.?\d[\w.]*)|(?P<sign>[^\s\w])"
)
WITH_HASH = re.compile(C_STYLE.pattern.replace(rb"//[^\n]*", rb"//[^\n]*|#[^\n]*", 1))
OPENING, CLOSING = frozenset("([{<"), frozenset(")]}>")


BRACKETS = {"(": ")", "[": "]", "{": "}"}
"""Each opening bracket to the one that closes it, where angles compare."""


class _Sign(Protocol):
    """What the tokens of all languages have that may be brackets."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def start(self) -> int: ...


class Token(NamedTuple):
    """A token and where it stands; names may have dots."""

    text: str
    start: int
    end: int
    kind: str


def read_tokens(text: bytes, pattern: re.Pattern[bytes]) -> tuple[list[Token], list[Span]]:
    """(tokens, comments) of a text."""
    tokens: list[Token] = []
    comments: list[Span] = []
    for match in pattern.finditer(text):
        if match.lastgroup == "comment":
            comments.append(match.span())
        else:
            word = match[0].decode("utf-8", "replace")
            tokens.append(Token(word, *match.span(), str(match.lastgroup)))
    return tokens, comments


def unquoted(token: Token) -> str:
    return token.text.strip("\"'") if token.kind == "string" else ""


def places(tokens: Sequence[Token], *signs: str) -> Iterator[int]:
    """Where one of the signs stands in no bracket."""
    depth = 0
    for place, token in enumerate(tokens):
        if depth == 0 and token.text in signs:
            yield place
        if token.kind == "sign":
            depth = max(depth + (token.text in OPENING) - (token.text in CLOSING), 0)


def match_brackets(tokens: Sequence[_Sign]) -> tuple[dict[int, int], list[int]]:
    """(place of each opening bracket to that of its closing one, offsets of brackets without a partner)."""
    partners: dict[int, int] = {}
    faults: list[int] = []
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in BRACKETS:
            opened.append(place)
        elif token.text in {")", "]", "}"}:
            if opened and BRACKETS[tokens[opened[-1]].text] == token.text:
                partners[opened.pop()] = place
            else:
                faults.append(token.start)
    return partners, faults + [tokens[place].start for place in opened]


def words_of(tokens: Sequence[Token], keywords: frozenset[str]) -> frozenset[str]:
    """The names among the tokens, and the parts of those with dots."""
    dotted = {token.text for token in tokens if token.kind == "word"}
    return frozenset(part for word in dotted for part in (word, *word.split("."))) - keywords
