"""Declarations that the grammars take for something else, written in another way.

Each stays as long as it was, so that every offset stays. Signatures are cut from the
text of the file, and show nothing of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily.attributes import CALL, TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_repodoc.core.parse.source import Span


def _fill(text: bytes, fillings: Iterable[tuple[Span, bytes]]) -> bytes:
    """``text`` with each span replaced by a word and spaces."""
    filled: bytearray | None = None
    for (start, end), word in fillings:
        filled = filled if filled is not None else bytearray(text)
        filled[start:end] = word.ljust(end - start)
    return text if filled is None else bytes(filled)


_TEMPLATE = re.compile(rb"\btemplate\s*+<")
_ANGLE = re.compile(rb"[<>(){};]")
_PARAMETER = re.compile(rb"([<,]\s*+)([A-Z_][A-Z0-9_]{2,}+)" + CALL.pattern + rb"(?=\s*+[,>])")
_POINTER = re.compile(rb"(?<=[\w>])\s*+[*&]++(?=\s*+[,>])")
"""Unknown to the grammar in the default type of a parameter."""
_COMPUTED = re.compile(rb"->\s*+(decltype)" + CALL.pattern)
_SPECIALIZED = re.compile(rb"\s*+(?:struct|class|union)\s++[\w:]++\s*+<")
_MOST_NESTED = 4
"""With so many arguments that have arguments, the grammar gives up the right reading for comparisons."""
_LONGEST_PARAMETERS = 2_000


def rewrite_types(text: bytes) -> bytes:
    """``text`` with ``int`` for types that the grammars take for something else."""
    return _fill(_fill(text, _iter_templates(text)), _iter_pointers(text))


def _iter_templates(text: bytes) -> Iterator[tuple[Span, bytes]]:
    """``template <typename T, ENABLE_IF(!x)>`` and ``-> decltype(x)``."""
    hopeless = 0  # no template before this offset ends soon enough
    for match in _TEMPLATE.finditer(text):
        if match.start() < hopeless:
            continue
        end = _template_end(text, match.end())
        if end < 0:
            hopeless = match.end() + _LONGEST_PARAMETERS
            continue
        for pointer in _POINTER.finditer(text, match.end(), end):
            yield pointer.span(), b""
        for macro in _PARAMETER.finditer(text, match.end() - 1, end):
            yield (macro.start(2), macro.end(3)), b"int"
        head = _SPECIALIZED.match(text, end)
        nested = [] if head is None else list(_iter_nested(text, head.end()))
        if len(nested) >= _MOST_NESTED:
            yield from ((span, b"") for span in nested)
    for match in _COMPUTED.finditer(text):
        yield (match.start(1), match.end(2)), b"int"


def _iter_nested(text: bytes, start: int) -> Iterator[Span]:
    """Lists of arguments within a list of arguments that begins before ``start``, the outermost of them."""
    depth, begun = 1, 0
    for match in _ANGLE.finditer(text, start, _template_end(text, start)):
        if match[0] == b"<":
            depth += 1
            begun = match.start() if depth == 2 else begun  # noqa: PLR2004 (the level below the list itself)
        elif match[0] == b">":
            depth -= 1
            if depth == 1:
                yield begun, match.end()


def _template_end(text: bytes, start: int) -> int:
    """Where the parameters of a template end, ``>`` inside parentheses compares; -1 when nowhere near."""
    angles, parentheses = 1, 0
    for match in _ANGLE.finditer(text, start, start + _LONGEST_PARAMETERS):
        sign = match[0]
        if sign in b"{};":
            return start
        parentheses += (sign == b"(") - (sign == b")")
        if not parentheses:
            angles += (sign == b"<") - (sign == b">")
        if not angles:
            return match.end()
    return -1


_POINTER_TYPE = re.compile(
    rb"(?:[;}]|\A)\s*+(?!(?:auto|bool|char|const|double|extern|float|inline|long|short|signed|static|struct|typedef"
    rb"|union|enum|unsigned|using|void|volatile|register|return|sizeof|template|typename|namespace|class)\b)"
    rb"([A-Za-z_]\w{2,}+)\s*+\(\s*+\*++\s*+(?:const\s++)?[A-Za-z_]\w*+\s*+(?:\[[^\[\]]*+\]\s*+)?\)\s*+\("
)


def _iter_pointers(text: bytes) -> Iterator[tuple[Span, bytes]]:
    """``T (*f)(int);``, a pointer to a function that might as well be three calls."""
    for match in _POINTER_TYPE.finditer(text):
        yield match.span(1), b"int"


_HEAD_AND_CALL = re.compile(rb"\)\s*+([A-Za-z_]\w*+)" + CALL.pattern + rb"(?=" + TYPED.pattern + rb"|\s*+\Z)")
_NO_BODY = frozenset(
    b"noexcept throw alignas decltype requires override final const volatile __attribute__ __declspec".split()
)


def rewrite_bodies(text: bytes) -> bytes:
    """``int f(int a) BODY(a)`` with braces in the place of a macro that stands for the body."""
    return _fill(
        text,
        (
            ((match.start(1), match.end(2)), b"{}")
            for match in _HEAD_AND_CALL.finditer(text)
            if match[1] not in _NO_BODY
        ),
    )
