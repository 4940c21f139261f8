"""Tokens and statements of Cython, and what is declared in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    rb"(?P<comment>#[^\n]*)"
    rb"|(?P<string>(?:[rRbBuUfFcC]{0,3})(?:\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\[\s\S]|'(?!''))*+(?:''')?"
    rb"|\"(?:[^\"\\\n]|\\[\s\S])*+\"?|'(?:[^'\\\n]|\\[\s\S])*+'?))"
    rb"|(?P<name>[A-Za-z_\x80-\xff][\w\x80-\xff]*)|(?P<number>\.?\d[\w.]*)"
    rb"|(?P<join>\\\n)|(?P<line>\n)|(?P<sign>->|\*\*|//|<<|>>|[-+*/%&|^<>=!]=|\.\.\.|[^\s\w])"
)
OPENING, CLOSING = frozenset((b"(", b"[", b"{")), frozenset((b")", b"]", b"}"))
_TOP_LEVEL = frozenset((b"cdef", b"cpdef", b"ctypedef", b"class", b"def", b"@"))
"""Begins a definition, when in the first column: a bracket that is still open is none."""
_IN_TYPE = frozenset((b"*", b"**", b"&", b".", b",", b"[", b"]", b"(", b")", b"?", b":", b"<", b"="))
_OPERATORS = frozenset((b"and", b"in", b"is", b"not", b"or", b"if", b"else"))
_LONGEST_CAST = 60


class Token(NamedTuple):
    """A token and where it stands."""

    text: bytes
    start: int
    end: int
    kind: str
    width: int = 0
    """Of an opening bracket, how many tokens further it is closed; 0 when it is not."""


class Name(NamedTuple):
    """A declared name."""

    token: Token
    comma: Token | None
    """Before it, unless it is the first."""
    arguments: tuple[Token, Token] | None
    """Of a function, the parentheses behind the name."""


def iter_lines(text: bytes) -> Iterator[list[Token]]:
    """The tokens of each logical line, comments left out."""
    line: list[Token] = []
    opened: list[int] = []
    for match in _TOKEN.finditer(text):
        kind, start = str(match.lastgroup), match.start()
        if kind in {"comment", "join"}:
            continue
        if kind == "line":
            if line and not opened:
                yield line
                line = []
            continue
        found = match[0]
        if opened and found in _TOP_LEVEL and text[start - 1 : start] == b"\n":
            yield line
            line, opened = [], []
        if found in OPENING:
            opened.append(len(line))
        elif found in CLOSING and opened:
            place = opened.pop()
            line[place] = line[place]._replace(width=len(line) - place)
        line.append(Token(found, start, match.end(), kind))
    if line:
        yield line


def iter_statements(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    yield from split_at(tokens, b";")


def split_at(tokens: Sequence[Token], sign: bytes) -> Iterator[Sequence[Token]]:
    """The parts between the signs that are in no bracket; empty ones left out."""
    start = 0
    for place in [*sign_places(tokens, sign), len(tokens)]:
        if place > start:
            yield tokens[start:place]
        start = place + 1


def sign_places(tokens: Sequence[Token], sign: bytes) -> Iterator[int]:
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if depth == 0 and token.text == sign:
            yield place


def find_sign(tokens: Sequence[Token], sign: bytes) -> int | None:
    return next(sign_places(tokens, sign), None)


def closing_of(tokens: Sequence[Token], opening: int) -> int | None:
    """Where the bracket is closed that is opened at a place."""
    width = tokens[opening].width
    return opening + width if 0 < width < len(tokens) - opening else None


def first_arguments(words: Sequence[Token]) -> tuple[int, int, int] | None:
    """(name, opening, closing) of a declared function, as places; None for what is none."""
    place, name = _after_tuple(words), -1
    while place < len(words):
        token = words[place]
        closing = closing_of(words, place) if token.text in OPENING else None
        if token.kind == "name":
            name = place
        elif token.text == b"=":
            return None
        elif token.text == b"(":
            if closing is None or name < 0 or _is_pointer(words, place, closing):
                return None
            follows = closing + 1 < len(words) and words[closing + 1].text == b"("
            if words[name].text == b"operator" and closing == place + 1 and follows:
                second = closing_of(words, closing + 1)
                return None if second is None else (name, closing + 1, second)
            return name, place, closing
        place = (closing if closing is not None else place) + 1
    return None


def _after_tuple(words: Sequence[Token]) -> int:
    """Where a declaration goes on behind a type that is a tuple: ``(int, int) f()``."""
    closing = closing_of(words, 0) if words and words[0].text == b"(" else None
    follows = words[closing + 1 :] if closing is not None else ()
    return closing + 1 if closing is not None and follows and follows[0].kind == "name" else 0


def _is_pointer(words: Sequence[Token], opening: int, closing: int) -> bool:
    """Whether parentheses hold the name of a pointer: ``(*f)(int)``."""
    inside = [token.text for token in words[opening + 1 : closing]]
    if inside[:1] in ([b"*"], [b"**"], [b"&"]):
        return True
    return b"*" in inside and closing + 1 < len(words) and words[closing + 1].text == b"("


def declared(words: Sequence[Token]) -> list[Name]:
    """The names that a declaration declares."""
    found: list[Name] = []
    start = 0
    for end in [*sign_places(words, b","), len(words)]:
        part = words[start:end]
        declarator = part[: find_sign(part, b"=")]
        comma = words[start - 1] if start else None
        if arguments := first_arguments(declarator):
            name, opening, closing = (declarator[place] for place in arguments)
            found.append(Name(name, comma, (opening, closing)))
        elif named := list(_candidates(declarator[_after_tuple(declarator) :])):
            found.append(Name(named[-1], comma, None))
        start = end + 1
    return found


def _candidates(declarator: Sequence[Token]) -> Iterator[Token]:
    """The words of a declarator, of which the last is the name: in parentheses the first behind a star."""
    depth = 0
    for place, token in enumerate(declarator):
        if token.text == b"(" and depth == 0:
            closing = closing_of(declarator, place) or len(declarator)
            inside = declarator[place + 1 : closing]
            stars = [at for at, each in enumerate(inside) if each.text in {b"*", b"**", b"&"}]
            yield from [each for each in inside[stars[0] if stars else 0 :] if each.kind == "name"][:1]
            return
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if depth == 0 and token.kind == "name":
            yield token


def cast_end(tokens: Sequence[Token], place: int) -> int | None:
    """Where the type in angle brackets is closed that begins at a place; None when it is no type."""
    depth = 0
    for at in range(place + 1, min(len(tokens), place + _LONGEST_CAST)):
        token = tokens[at]
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if token.text == b">" and depth == 0:
            return at if at > place + 1 else None
        if depth < 0 or (token.kind == "sign" and token.text not in _IN_TYPE):
            return None
    return None


def names_type(tokens: Sequence[Token], place: int) -> bool:
    return (
        place + 1 < len(tokens)
        and tokens[place + 1].kind == "name"
        and tokens[place + 1].text not in _OPERATORS
    )
