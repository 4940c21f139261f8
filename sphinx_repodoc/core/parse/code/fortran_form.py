"""Fortran in fixed form as the same program in free form, every byte that names something in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.source import Readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = re.compile(rb"[cC*dD!]")
_DIRECTIVE = re.compile(rb"[ \t]*#")
_FREE = re.compile(
    rb"(?![cC*dD!#])[ \d]{0,4}[^\s\d!#]|[^!'\"\n]*+(?:'[^'\n]*+'[^!'\"\n]*+|\"[^\"\n]*+\"[^!'\"\n]*+)*+&[ \t]*+(?:!|$)"
)
"""Code in the first five columns, or a line that ends with the sign of continuation."""
_FIXED = re.compile(rb"[*]|[cC](?![a-zA-Z(])|[cC](?=[A-Z ]{2})| {5}[^ 0\n!]|\t[1-9]")
_ODDS = 4
_CONTINUATION = re.compile(rb" {5}[^ 0\n\t]|\t[1-9]")
_WIDTH = 72
_ACROSS = re.compile(rb"[^\t\n]{71}\w\w")
_LITERAL = re.compile(rb"'[^'\n]*+'?|\"[^\"\n]*+\"?|!")
_MOST_LINES = 2_000
"""The form is told by the beginning of a text."""


def to_free(text: bytes) -> Readable:
    """``text`` when it is in free form, else with comments and continuations as free form has them."""
    lines = text.split(b"\n")
    if not _is_fixed(lines[:_MOST_LINES]):
        return Readable(text)
    is_wide = any(_ACROSS.match(line) and not _COMMENT.match(line) for line in lines)
    made = bytearray(text)
    end = -1
    """Where the last line of code ends, which the next one may continue."""
    between = False
    for start, line in _places(lines):
        if _DIRECTIVE.match(line):
            end = -1
        elif _COMMENT.match(line) or not line.strip():
            if line.strip():
                made[start] = ord("!")
            between = True
        else:
            remark = _remark(line)
            if remark < 0 and not is_wide and b"\t" not in line and len(line) > _WIDTH:
                made[start + _WIDTH : start + len(line)] = b" " * (len(line) - _WIDTH)
            if _CONTINUATION.match(line) and end >= 0:
                _join(made, end, start, line, between=between)
            elif not line[: remark if remark >= 0 else None].strip():
                continue
            end = start + (remark if remark >= 0 else len(line))
            between = remark >= 0
    return Readable(text if made == text else bytes(made))


def _is_fixed(lines: Sequence[bytes]) -> bool:
    """Whether much more is as only fixed form has it than as only free form has it: one line may be garbage."""
    free = sum(_FREE.match(line) is not None for line in lines)
    return sum(_FIXED.match(line) is not None for line in lines) > free * _ODDS


def _places(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    start = 0
    for line in lines:
        yield start, line
        start += len(line) + 1


def _remark(line: bytes) -> int:
    """Where a comment behind code begins; -1 without one."""
    return next((match.start() for match in _LITERAL.finditer(line) if match[0] == b"!"), -1)


def _join(made: bytearray, end: int, start: int, line: bytes, *, between: bool) -> None:
    """Let the line at ``start`` continue the code that ends at ``end``.

    In front of a comment stands ``&``; else there is one line.
    """
    mark = start + (1 if line.startswith(b"\t") else 5)
    made[mark] = ord(" ")
    if not between:
        made[end] = ord(" ")
    elif made[end] == ord("\n"):
        made[end] = ord("&")
    elif made[end - 1 : end].isspace():
        made[end - 1] = ord("&")
    else:
        stop = made.find(b"\n", end)
        made[end:stop] = b"&" + b" " * (stop - end - 1)
