"""Sequences of ``&&`` and ``||``: each costs one, however long it is.

``a && b && c`` is one, ``a && b || c`` and ``a && !(b && c)`` are two. Parentheses that hold what is before
or behind an operator like theirs do not count; those of a call begin anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SIGN = re.compile(rb"::|[()\[\],?:]")
_WORD_BEFORE = re.compile(rb"(?:^|\W)(?:return|co_return|co_yield|case)$")
_REFERENCE_BEFORE = re.compile(rb"(?:\bauto|>|\b(?:const|bool|char|int|float|double))\s*+$")
_REFERENCE_BEHIND = re.compile(rb"\s*+(?:[),>]|\.\.\.|\w++\s*+(?:=(?!=)|:(?!:)|\.\.\.))")
_NAME_BEHIND = re.compile(rb"\s*+\w++\s*+[,)={:]")
_REACH = 40
"""Bytes before a sign that are looked at."""
_LIKE_OPERAND = re.compile(rb"[\w>]")


@dataclass(slots=True)
class _Level:
    """Between two brackets, or two commas in them."""

    joins: bytes | None
    """The operator that what is between the brackets is an operand of, None when it is not; empty when not yet."""
    last: bytes = b""
    """The operator before."""
    has_or: bool = False
    spared: bool = False
    """Whether an ``&&`` was taken for one with those outside."""
    operand: bytes = b""
    """What the parentheses directly before are joined by ..."""
    behind: int = -1
    """... and where these end."""
    spares_or: bool = False
    """Whether the first ``||`` was taken for one with those outside; ..."""
    after_spared: bool = False
    """... whether it was in the parentheses directly before."""

    def joined_by(self) -> bytes:
        return b"||" if self.has_or else self.last or self.operand

    def count(self, operator: bytes, operand: bytes) -> int:
        """How many sequences begin with an operator, or are found to have begun before it."""
        found = 0
        if operator == b"&&" and self.last != operator:
            begins = self.has_or or self.joins != operator
            found = int(begins and operand != operator) + (operand == b"||" and self.after_spared)
            self.spared = not begins and operand != operator
        elif operator == b"||" and not self.has_or:
            begins = self.joins != operator and (operand != operator or self.last != b"")
            found = self.spared + begins
            self.spares_or = not begins and operand != operator
            self.has_or, self.spared = True, False
        self.last = operator
        return found


def find_operators(
    bare: bytes, tokens: Iterable[re.Match[bytes]], *, with_references: bool
) -> list[re.Match[bytes]]:
    """Each ``&&`` and ``||``.

    :param bare: the code without comments and strings.
    :param tokens: what may be one, in source order.
    :param with_references: whether ``&&`` may belong to a type.
    """
    return [
        match
        for match in tokens
        if match[0] == b"||"
        or (match[0] == b"&&" and not (with_references and _is_reference(bare, *match.span())))
    ]


def find_sequences(bare: bytes, operators: Sequence[re.Match[bytes]]) -> Iterator[int]:
    """Offset of an operator for each sequence.

    :param operators: all of :func:`find_operators`.
    """
    levels = [_Level(None)]
    done = 0
    for match in operators:
        start, end = match.span()
        begin = max(bare.rfind(sign, done, start) for sign in (b";", b"{", b"}"))
        if begin >= 0:
            levels = [_Level(None)]
        for sign in _SIGN.finditer(bare, max(begin + 1, done), start):
            _read(sign, bare, levels)
        done = end
        level = levels[-1]
        is_direct = level.behind >= 0 and not bare[level.behind : start].strip()
        for _ in range(level.count(match[0], level.operand if is_direct else b"")):
            yield start


def _read(sign: re.Match[bytes], bare: bytes, levels: list[_Level]) -> None:
    """Keep account of a bracket, or of a sign that ends an operand."""
    what, level = sign[0], levels[-1]
    if what == b"(":
        levels.append(_Level(_joins(bare, sign.start(), level)))
    elif what == b"[":
        levels.append(_Level(None))
    elif what in {b")", b"]"}:
        inner = levels.pop()
        if not levels:
            levels.append(_Level(None))
        around = levels[-1]
        around.operand = inner.joined_by() if inner.joins is not None else b""
        around.behind = sign.end()
        around.after_spared = inner.spares_or or (not inner.last and inner.after_spared)
        if not around.last:
            around.spared = inner.spared  # ``a && ((b && c)``: as long as no ``||`` follows
    elif what != b"::":
        levels[-1] = _Level(None)


def _joins(bare: bytes, start: int, level: _Level) -> bytes | None:
    """Of which operator a parenthesis begins an operand."""
    before = bare[max(0, start - _REACH) : start].rstrip()
    last = before[-1:]
    if last in {b"&", b"|"}:
        return level.last
    if last == b"(":
        return level.joins if not level.last else None
    if not last or last in b"=,?:;{}" or _WORD_BEFORE.search(before):
        return b""
    return None


def _is_reference(bare: bytes, start: int, end: int) -> bool:
    """Whether an ``&&`` is that of a type: ``auto&& a``, ``T &&a = b``, ``f<T&&>``."""
    before = bare[max(0, start - _REACH) : start]
    if _REFERENCE_BEFORE.search(before) or _REFERENCE_BEHIND.match(bare, end):
        return True
    is_close = not before[-1:].isspace()
    is_close_behind = not bare[end : end + 1].isspace()
    return (
        is_close != is_close_behind
        and _LIKE_OPERAND.search(before.rstrip()[-1:]) is not None
        and _NAME_BEHIND.match(bare, end) is not None
    )
