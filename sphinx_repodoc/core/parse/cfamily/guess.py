"""Macros nobody defined here, told by their place.

Between the keyword and the name of a type, in the parameters of templates, before
a declaration and behind one (:mod:`.attributes`). Each step removes only what would
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
    """``text`` with spaces for what looks like macros, and ``int`` for those that are template parameters."""
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
_AFTER_NAME = frozenset({b"final", b"sealed", b"abstract"})


def _iter_in_types(text: bytes) -> Iterator[Span]:
    for match in _TYPE.finditer(text):
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


_PARENTHESES = re.compile(rb"(?:(\w++)\s++|[>*&]\s*+)(\()\s*+[A-Za-z_]\w*+\s*+(\))(?=\s*+\()")
_WITH_ARGUMENTS = frozenset(
    b"noexcept decltype alignas throw requires operator explicit return sizeof".split()
)


def _iter_parentheses(text: bytes) -> Iterator[Span]:
    """``int (min)(int a)``: parentheses that keep a macro from being called."""
    for match in _PARENTHESES.finditer(text):
        if match[1] not in _WITH_ARGUMENTS:
            yield match.span(2)
            yield match.span(3)


# In the parameters of templates, and in types that are computed.

_TEMPLATE = re.compile(rb"\btemplate\s*+<")
_ANGLE = re.compile(rb"[<>(){};]")
_PARAMETER = re.compile(rb"([<,]\s*+)([A-Z_][A-Z0-9_]{2,}+)" + CALL.pattern + rb"(?=\s*+[,>])")
_POINTER = re.compile(rb"(?<=[\w>])\s*+[*&]++(?=\s*+[,>])")
"""Unknown to the grammar in the default type of a parameter."""
_COMPUTED = re.compile(rb"->\s*+(decltype)" + CALL.pattern)
_LONGEST_PARAMETERS = 2_000


def fill_templates(text: bytes) -> bytes:
    """``template <typename T, ENABLE_IF(!x)>`` and ``-> decltype(x)`` with ``int`` in their place."""
    filled: bytearray | None = None
    hopeless = 0  # no template before this offset ends soon enough
    for match in _TEMPLATE.finditer(text):
        if match.start() < hopeless:
            continue
        end = _template_end(text, match.end())
        if end == match.end():
            hopeless = end + _LONGEST_PARAMETERS
            continue
        for pointer in _POINTER.finditer(text, match.end(), end):
            filled = filled if filled is not None else bytearray(text)
            filled[pointer.start() : pointer.end()] = b" " * (pointer.end() - pointer.start())
        for macro in _PARAMETER.finditer(text, match.end() - 1, end):
            filled = filled if filled is not None else bytearray(text)
            start, stop = macro.start(2), macro.end(3)
            filled[start:stop] = b"int".ljust(stop - start)
    for match in _COMPUTED.finditer(text):
        filled = filled if filled is not None else bytearray(text)
        start, stop = match.start(1), match.end(2)
        filled[start:stop] = b"int".ljust(stop - start)
    return text if filled is None else bytes(filled)


def _template_end(text: bytes, start: int) -> int:
    """Where the parameters of a template end; ``>`` inside parentheses compares."""
    angles, parentheses = 1, 0
    for match in _ANGLE.finditer(text, start, start + _LONGEST_PARAMETERS):
        sign = match[0]
        if sign in b"{};":
            break
        parentheses += (sign == b"(") - (sign == b")")
        if not parentheses:
            angles += (sign == b"<") - (sign == b">")
        if not angles:
            return match.end()
    return start
