"""The names that a declaration of properties or instance variables declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_POINTER = re.compile(rb"\(\s*+[\^*]\s*+(?:[A-Za-z_]\w*+\s++)*+([A-Za-z_]\w*+)\s*+(?:\[[^\[\]]*+\]\s*+)*+\)")
_DEPTH = re.compile(rb"[()<>{}\[\]]")
_OPENING = b"(<{["
_VALUE = re.compile(rb"(?<!:):(?!:)|=")
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*+")
_ATTRIBUTE = re.compile(rb"__\w++|[A-Z][A-Z0-9]*+_[A-Z0-9_]++")
_LONGEST = 10_000
"""Characters of a declaration: a longer one is none."""


def declared_names(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Where the names stand in ``NSString *a, *b NS_MACRO(1)``, whose type may be a block or a function."""
    pointer = _POINTER.search(text, start, end)
    if pointer is not None:
        yield pointer.span(1)
        return
    flat = _without_brackets(text[start : min(end, start + _LONGEST)])
    position = 0
    needed = 2
    for part in flat.split(b","):
        value = _VALUE.search(part)
        words = list(_WORD.finditer(part, 0, value.start() if value else len(part)))
        while len(words) > needed and _ATTRIBUTE.fullmatch(words[-1][0]):
            words.pop()
        if len(words) >= needed:
            yield start + position + words[-1].start(), start + position + words[-1].end()
        position += len(part) + 1
        needed = 1


def _without_brackets(text: bytes) -> bytes:
    """``text`` with all brackets blank, and what is in them."""
    made = bytearray(text)
    depth = start = 0
    for match in _DEPTH.finditer(text):
        if match[0] in _OPENING:
            start = start if depth else match.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                made[start : match.end()] = b" " * (match.end() - start)
    return bytes(made)
