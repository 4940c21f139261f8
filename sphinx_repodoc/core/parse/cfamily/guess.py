"""Macros nobody defined here, told by their place.

Between the keyword and the name of a type, before a declaration and behind one
(:mod:`.attributes`). Each step removes only what would
be no C if it were not a macro, as far as a look at the words around it can tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily import attributes
from sphinx_repodoc.core.parse.cfamily.attributes import CALL, LIKE_MACRO
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_UNKNOWN = re.compile(
    rb"\[\[[^\[\]]*+\]\]|\b(?:inline|constexpr)\s++(?=friend\b)|(?:(?<=[;{}\n])|(?<![\s\S]))[ \t]*+(?:extern\s++)?template\b(?!\s*+<)[^;{}]{0,1000}+;"
    rb"|=\s*+delete(?=\s*+;)|(?<=[*&])\s*+=\s*+[\w:]++(?:\(\))?(?=\s*+[,)])"
)
"""C++ that the grammar does not know everywhere, and that no symbol depends on."""
_TYPE_NAME = re.compile(rb"\b(?:class|struct|union)\s++([A-Za-z_]\w*+)")


def blank_guessed(text: bytes) -> bytes:
    """``text`` with spaces for what looks like macros."""
    text = blank(text, _iter_in_types(text))
    text = blank(text, _iter_parentheses(text))
    text = blank(text, attributes.iter_alone(text))
    types = frozenset(_TYPE_NAME.findall(text))
    text = blank(text, attributes.iter_leading(text, types))
    text = blank(text, attributes.iter_trailing(text))
    return blank(text, (match.span() for match in _UNKNOWN.finditer(text)))


# Between the keyword and the name of a type.

_NAMES = rb"(?:[A-Za-z_]\w*+(?:\s*+\([^(){};]{0,200}+\))?\s++){1,6}[A-Za-z_]\w*+"
_TYPE = re.compile(
    rb"\b(?:class|struct|union|enum(?:\s++(?:class|struct))?+)\s++("
    + _NAMES
    + rb")(?=\s*+(?:(?:<[^;{}()]{0,300}>|::\s*+\w++)\s*+)*(?:final\s*+)?(?:\{|:(?!:)))"
)
_FORWARD = re.compile(
    rb"\b(?:class\s++([A-Z_][A-Z0-9_]{2,})|(?:struct|union)\s++([A-Z0-9_]*(?:API|EXPORT|PUBLIC|DLL|VIS)[A-Z0-9_]*+))"
    rb"\s++[A-Za-z_]\w*+\s*+;"
)
_NAMESPACE = re.compile(
    rb"\bnamespace\s++\w++(?:\s*+::\s*+\w++)*+\s++([A-Za-z_]\w*+(?:" + CALL.pattern + rb")?)\s*+(?=\{)"
)
_NAME_IN_TYPE = re.compile(rb"([A-Za-z_]\w*+)(?:\s*+\([^()]*+\))?")
_LIKE_EXPORT = re.compile(rb"(?i:api|export|import|public|visib|dll|align|pack|attr)")
_SUFFIXES = (b" const", b" noexcept", b" override", b" volatile")
_AFTER_NAME = frozenset({b"final", b"sealed", b"abstract"})


def _iter_in_types(text: bytes) -> Iterator[Span]:
    for match in _TYPE.finditer(text):
        if match[1].endswith(_SUFFIXES):
            continue  # ``struct a b() const {``
        words = [word for word in _NAME_IN_TYPE.finditer(text, *match.span(1)) if word[1] not in _AFTER_NAME]
        names = [word for word in words if word[0] == word[1] and not LIKE_MACRO.match(word[1])]
        if len(names) == len(words) and not _LIKE_EXPORT.search(match[1]):
            continue  # ``struct a b{1}`` is a variable
        name = (names or words)[-1]
        yield from (word.span() for word in words if word is not name)
    for match in _FORWARD.finditer(text):
        yield match.span(1) if match[1] else match.span(2)
    for match in _NAMESPACE.finditer(text):
        yield match.span(1)


_PARENTHESES = re.compile(rb"(?:(?<!\w)(\w++)(\s*+)|[>*&]\s*+)(\()\s*+[A-Za-z_]\w*+\s*+(\))(?=\s*+\()")
_WITH_ARGUMENTS = frozenset(
    b"noexcept decltype alignas throw requires operator explicit return sizeof".split()
)


_CONVENTION = re.compile(
    rb"\(\s*+(?!const\b)([A-Za-z_]\w*+)\s*+(?=\*++\s*+(?:const\s++)?[A-Za-z_]\w*+\s*+(?:\[[^\[\]]*+\]\s*+)?\)\s*+\()"
)


def _iter_parentheses(text: bytes) -> Iterator[Span]:
    """``int (min)(int a)``, parentheses that keep a macro from being called; ``int (CALL *f)(int a)``."""
    yield from (match.span(1) for match in _CONVENTION.finditer(text))
    for match in _PARENTHESES.finditer(text):
        is_call = match[2] == b"" and LIKE_MACRO.match(match[1])
        if match[1] not in _WITH_ARGUMENTS and not is_call:
            yield match.span(3)
            yield match.span(4)
