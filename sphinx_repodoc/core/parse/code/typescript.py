"""What the grammar of TypeScript cannot read, in a form that it can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.source import Readable

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMPORT = re.compile(
    rb"""(import\s{0,9}\(\s{0,99}("[^"\n]{0,999}"|'[^'\n]{0,999}')\s{0,99}\))"""
    rb"""(\s{0,99}\.\s{0,99}(?!(?:then|catch|finally)\b)[\w$])?"""
)
"""``import("m").X``; as an expression, a module that is being loaded has no other members than those."""
_LAST_WORD = re.compile(rb"(?<![\w$.])(\w+)\s+$")
_NO_NAME = re.compile(rb"\W")
_SIGNATURE = re.compile(rb"\n[ \t]*<(?=[A-Za-z_$\n])")
_END_OF_TYPE = re.compile(rb"(?:[\w$\])}'\"]|(?<!=)>)$")
_GLOBAL = re.compile(rb"global\s{1,9}\{")
_ESCAPE = re.compile(rb"\\[\\`]")
_EXPORT_TYPE = re.compile(rb"\bexport\s{1,9}(type)\s{0,9}\*")
_VARIANCE = re.compile(
    rb"[<,]\s{0,99}\b((?:in\s{1,9}out|in|out)\s{1,9})(?=[A-Z][\w$]{0,99}\s{0,99}(?:[,>=]|extends\b))"
)
_USING = re.compile(rb"[(,]\s{0,99}(using)\s{0,9}\??:")
"""A parameter of that name."""
_ANGLE = re.compile(rb"=>|[<>]")
_DEEPEST = 16
_FURTHEST = 2000
"""Bytes that are read for the end of type parameters."""


def hide_imports(text: bytes) -> Readable:
    """Turn each import in a type into a name.

    The grammar takes it for a call, which it allows in few places of a type.
    """
    if b"import" not in text:
        return Readable(text)
    readable = bytearray(text)
    found = [match for match in _IMPORT.finditer(text) if match[3] or _word_before(text, match) == b"typeof"]
    for match in found:
        readable[slice(*match.span(1))] = _NO_NAME.sub(b"_", match[1])
    return Readable(
        bytes(readable),
        strings=tuple(match.span(2) for match in found),
        imports=tuple(match.span(1) for match in found),
    )


def _word_before(text: bytes, match: re.Match[bytes]) -> bytes:
    """The word before a match with nothing but white space between, if it is not far."""
    found = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
    return found[1] if found else b""


def hide_more(text: bytes) -> Readable:
    """Do the same, and help the grammar over what else it does not know.

    A semicolon ends the type before a call signature with type parameters: a line break ends it too,
    but the grammar goes on to type arguments. The block of ``global`` in a module becomes one with a
    label. Quotes inside a template that is a type become letters, and the variance of a type parameter
    a part of its name.
    """
    hidden = hide_imports(text)
    marks = [(at, b";") for at in _line_breaks(text)]
    marks += [
        (match.start() + len(b"global"), b":")
        for match in _GLOBAL.finditer(text)
        if _word_before(text, match) != b"declare"
    ]
    marks += [(match.start(), b"__") for match in _ESCAPE.finditer(text) if match[0] == b"\\`"]
    marks += [(match.start(1), b" " * 4) for match in _EXPORT_TYPE.finditer(text)]
    marks += [(match.start(1), _NO_NAME.sub(b"_", match[1])) for match in _VARIANCE.finditer(text)]
    marks += [(match.start(1), b"_") for match in _USING.finditer(text)]
    if not marks:
        return hidden
    readable = bytearray(hidden.text)
    for at, mark in marks:
        readable[at : at + len(mark)] = mark
    return Readable(bytes(readable), strings=hidden.strings, imports=hidden.imports)


def _line_breaks(text: bytes) -> Iterator[int]:
    """Where white space follows a type that ends there."""
    for match in _SIGNATURE.finditer(text):
        if not _opens_signature(text, match.end()):
            continue
        end = _end_before(text, match.start())
        floor = max(0, end - _FURTHEST)
        line = text[max(text.rfind(b"\n", floor, end) + 1, floor) : end]
        if _END_OF_TYPE.search(line) and b"//" not in line:
            yield end


def _end_before(text: bytes, at: int) -> int:
    """Where the code before ``at`` ends, behind which there are only white space and comments."""
    floor = max(0, at - 5 * _FURTHEST)
    end = at
    while end > floor:
        if text[end - 1] in b" \t\r\n":
            end -= 1
        elif text.endswith(b"*/", floor, end):
            end = max(text.rfind(b"/*", floor, end), floor)
        else:
            start = max(text.rfind(b"\n", floor, end) + 1, floor)
            if not text[start:end].lstrip().startswith(b"//"):
                return end
            end = start
    return end


def _opens_signature(text: bytes, start: int) -> bool:
    """Whether type parameters from ``start`` on end before a bracket."""
    depth = 1
    for match in _ANGLE.finditer(text, start, start + _FURTHEST):
        depth += {b"<": 1, b">": -1}.get(match[0], 0)
        if not depth:
            return text.startswith(b"(", match.end())
        if depth > _DEEPEST:
            break
    return False
