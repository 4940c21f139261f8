"""Cython as Python: every byte in its place, so that the grammar of Python reads it.

What only Cython has is written over, statement by statement:

========================================  ===================================
``cdef double f(double x) nogil:``        ``def         f(        )      :``
``cdef class A(B) [object X]:``           ``class      A(B)           :``
``cdef struct A:``, ``enum A:``           ``class       A:``, ``with A:``
``cdef extern from "a.h" nogil:``         ``with             "a.h"      :``
``cdef int a, *b = c``                    ``0,       a,  b    ``
``double f(double x) nogil``              ``0,     f(        )      ``
``include "a.pxi"``                       ``0,      "a.pxi"``
``from a cimport b``, ``<int>a``          ``from a import  b``, ``     a``
========================================  ===================================

A declaration in a function binds a local name and becomes ``0``. The hooks in
:mod:`~sphinx_repodoc.core.parse.code.cython` read from the text itself what such a
statement was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.code.cython_tokens import (
    CLOSING,
    OPENING,
    Token,
    cast_end,
    closing_of,
    declared,
    find_sign,
    first_arguments,
    iter_lines,
    iter_statements,
    names_type,
    sign_places,
    split_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODIFIERS = frozenset(
    (b"api", b"inline", b"nogil", b"packed", b"public", b"readonly", b"static", b"volatile")
)
_DECLARES = frozenset((b"cdef", b"cpdef", b"ctypedef"))
_BLOCKS = frozenset((b"class", b"cppclass", b"enum", b"fused", b"struct", b"union"))
_PYTHON = frozenset(
    (b"async", b"class", b"def", b"elif", b"else", b"except", b"finally", b"for", b"from", b"if", b"import", b"pass",
     b"raise", b"return", b"try", b"while", b"with", b"@", b"del", b"assert", b"global", b"print")
)  # fmt: skip
"""What begins a statement of Python, also among declarations."""
_BEFORE_OPERAND = frozenset(
    (b"and", b"as", b"assert", b"await", b"del", b"elif", b"else", b"for", b"from", b"if", b"in", b"is", b"lambda", b"not",
     b"or", b"print", b"raise", b"return", b"while", b"with", b"yield", b"new")
)  # fmt: skip
_TEMPLATE = re.compile(rb"\{\{[^{}]*\}\}")
_TEMPLATE_STATEMENT = re.compile(
    rb"\{\{(?:(?:if|elif|for|default|inherit|def)\b[^{}\n]*|else|endif|endfor|enddef)\}\}"
)
_LETTERS = b"rRbBuUfFcC"
"""What may stand before the quotes of a string."""
_CAST_IN_STRING = re.compile(rb"(?<=[{(])<[A-Za-z_][\w .*\[\]:,]*>")
_TEMPLATE_CODE = re.compile(rb"\{\{(?:py:|#)")


@dataclass(frozen=True, slots=True)
class _Block:
    """A block that is not over yet."""

    indent: int
    kind: str
    """``function``, ``class``, ``declarations``, ``enum``, ``fused``, ``locals``; of others that of the block around."""


def _without_modifiers(tokens: Sequence[Token]) -> Sequence[Token]:
    """What is declared; ``extern`` without ``from`` only says that it is elsewhere."""
    texts = [token.text for token in tokens]
    for place, text in enumerate(texts):
        is_extern = text == b"extern" and texts[place + 1 : place + 2] != [b"from"]
        if text not in _DECLARES and text not in _MODIFIERS and not is_extern:
            return tokens[place:]
    return ()


def to_python(text: bytes) -> bytes:
    """The text with as many bytes, its lines in their places."""
    return _Rewriting(_without_templates(text)).run()


def _without_templates(text: bytes) -> bytes:
    """Blank the tags of Tempita, in which many files of Cython are written; their values are names."""
    if b"{{" not in text:
        return text
    changed = bytearray(text)
    at = 0
    while opening := _TEMPLATE_CODE.search(text, at):
        at = text.find(b"}}", opening.end()) + 2
        if at < opening.end():
            break
        _put(changed, opening.start(), at, b" ")
    plain = bytes(changed)
    for pattern, filler in ((_TEMPLATE_STATEMENT, b" "), (_TEMPLATE, b"x")):
        for match in pattern.finditer(plain):
            _put(changed, *match.span(), filler)
    return bytes(changed)


def _put(text: bytearray, start: int, end: int, filler: bytes) -> None:
    text[start:end] = re.sub(rb"[^\n]", filler, text[start:end])


class _Rewriting:
    """One pass over the statements of a text."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._out = bytearray(text)
        self._blocks: list[_Block] = []
        self._tokens: Sequence[Token] = ()
        """Of the statement that is rewritten ..."""
        self._starts: Sequence[int] = ()
        """... and where they start."""
        self._decorators: list[Sequence[Token]] = []
        """Statements right before it that decorate it."""

    def run(self) -> bytes:
        for tokens in iter_lines(self._text):
            first = tokens[0]
            indent = first.start - self._text.rfind(b"\n", 0, first.start) - 1
            while self._blocks and self._blocks[-1].indent >= indent:
                self._blocks.pop()
            kind = ""
            for statement in iter_statements(tokens):
                kind = self._rewrite(statement)
            if first.text == b"@":
                self._decorators.append(tokens)
            else:
                self._decorators = []
            if tokens[-1].text == b":":
                self._blocks.append(_Block(indent, kind or self._around()))
        return bytes(self._out)

    def _around(self) -> str:
        return self._blocks[-1].kind if self._blocks else ""

    def _rewrite(self, tokens: Sequence[Token]) -> str:
        """Rewrite a statement; give the kind of the block that it begins, when that is of its own kind."""
        self._tokens = tokens
        self._starts = [token.start for token in tokens]
        first, around = tokens[0], self._around()
        if first.text in _DECLARES:
            return self._rewrite_declaration(tokens, is_local=around in {"function", "locals"})
        if first.kind == "string" or first.text in _PYTHON:
            return self._rewrite_python(tokens)
        if around == "enum":
            self._rewrite_enumerators(tokens)
            return ""
        if around in {"fused", "locals"}:
            self._fill(tokens)
            return ""
        if around == "declarations" and first.text not in {b"IF", b"ELIF", b"ELSE", b"DEF", b"include"}:
            return self._rewrite_declaration(tokens, is_local=False)
        return self._rewrite_python(tokens)

    # -- declarations ----------------------------------------------------------

    def _rewrite_declaration(self, tokens: Sequence[Token], *, is_local: bool) -> str:
        words = _without_modifiers(tokens)
        if not words:
            self._fill(tokens)
            return ""
        colon = find_sign(words, b":")
        word = words[0].text
        if word == b"extern" or colon == 0:
            return self._rewrite_group(tokens, words, is_local=is_local)
        if word in _BLOCKS and colon is not None:
            return self._rewrite_block(tokens, words, colon)
        if is_local:
            self._fill(tokens)
            return ""
        arguments = first_arguments(words)
        if colon is not None and arguments and tokens[0].text != b"ctypedef":
            name, opening, closing = arguments
            self._keep(tokens[0], b"def", words, (name, opening, closing, colon))
            self._rewrite_expression(words[colon + 1 :])
            return "function"
        self._rewrite_names(tokens, words)
        for decorator in self._decorators:
            # Only what has a body can be decorated.
            _put(self._out, decorator[0].start, decorator[-1].end, b" ")
        return ""

    def _rewrite_group(self, tokens: Sequence[Token], words: Sequence[Token], *, is_local: bool) -> str:
        """``cdef:`` or ``cdef extern from "a.h":``."""
        header = next((token for token in words if token.kind == "string"), None)
        self._blank(tokens[0].start, tokens[-1].start, header)
        if words[0].text == b"extern" and header is not None:
            self._write(tokens[0].start, b"with")
        else:
            self._write(tokens[0].start, b"if 1")
        return "locals" if is_local else "declarations"

    def _rewrite_block(self, tokens: Sequence[Token], words: Sequence[Token], colon: int) -> str:
        """A class, a structure, an enumeration, or a set of types."""
        kind = words[0].text
        names = [token for token in words[1:colon] if token.kind == "name"]
        bracket = next((place for place, token in enumerate(words[:colon]) if token.text in OPENING), colon)
        named = [token for token in words[1:bracket] if token.kind == "name" and token.text != b"class"]
        inside = {b"enum": "enum", b"fused": "fused", b"class": "class"}.get(kind, "declarations")
        end = words[colon].start
        if not named or not names:
            self._blank(tokens[0].start, end)
            self._write(tokens[0].start, b"if 1")
            self._rewrite_inline(words[colon + 1 :], inside)
            return inside
        # ``ctypedef class numpy.ndarray``, ``cpdef enum class A``: the last word before any bracket is the name.
        name = named[-1]
        keyword = b"with" if kind == b"enum" else b"class"
        is_class = kind == b"class" and bracket < colon and words[bracket].text == b"("
        bases = closing_of(words, bracket) if is_class else None
        self._blank(tokens[0].start, name.start)
        self._blank(words[bases].end if bases is not None else name.end, end)
        self._write(tokens[0].start, keyword)
        self._rewrite_inline(words[colon + 1 :], inside)
        return inside

    def _rewrite_inline(self, tokens: Sequence[Token], inside: str) -> None:
        """What stands behind the colon of a block."""
        if inside == "enum":
            self._rewrite_enumerators(tokens)
        else:
            self._rewrite_expression(tokens)

    def _rewrite_names(self, tokens: Sequence[Token], words: Sequence[Token]) -> None:
        """Variables, types, and functions without a body."""
        names = declared(words)
        start = tokens[0].start
        at = start
        for name in names:
            self._blank(at, name.token.start, name.comma)
            at = name.token.end
            if name.arguments:
                opening, closing = name.arguments
                self._blank(at, opening.start)
                self._blank(opening.end, closing.start)
                at = closing.end
        self._blank(at, tokens[-1].end)
        if not names or names[0].token.start > start + 1:
            self._write(start, b"0," if names else b"0")

    def _rewrite_enumerators(self, tokens: Sequence[Token]) -> None:
        """``A, B = 3`` as ``A, B``."""
        if not tokens or tokens[0].text == b"pass":
            return
        kept = {part[0].start for part in split_at(tokens, b",")}
        kept.update(tokens[place].start for place in sign_places(tokens, b","))
        for token in tokens:
            if token.start not in kept:
                self._blank(token.start, token.end)

    # -- statements ------------------------------------------------------------

    def _rewrite_python(self, tokens: Sequence[Token]) -> str:
        """A statement that Python has, or has another word for."""
        first = tokens[0]
        words = [token.text for token in tokens[:3]]
        if first.text == b"cimport":
            self._write(first.start, b"import ")
        elif first.text == b"from" and (
            cimport := next((each for each in tokens if each.text == b"cimport"), None)
        ):
            self._write(cimport.start, b"import ")
        elif first.text == b"include" and len(tokens) > 1 and tokens[1].kind == "string":
            self._blank(first.start, tokens[1].start)
            self._write(first.start, b"0,")
        elif first.text == b"DEF" and len(tokens) > 1:
            self._blank(first.start, tokens[1].start)
            self._blank(tokens[1].end, tokens[-1].end)
            self._write(first.start, b"0,")
        elif first.text == b"property" and len(tokens) == len(words) and words[2] == b":":
            self._write(first.start, b"class   ")
            return "class"
        elif first.text in {b"IF", b"ELIF", b"ELSE"}:
            self._write(first.start, first.text.lower())
            self._rewrite_expression(tokens[1:])
        elif first.text == b"def" or words[:2] == [b"async", b"def"]:
            return self._rewrite_function(tokens)
        elif first.text == b"class":
            return "class"
        else:
            self._rewrite_expression(tokens)
        return ""

    def _rewrite_function(self, tokens: Sequence[Token]) -> str:
        colon = find_sign(tokens, b":")
        opening = next((place for place, token in enumerate(tokens) if token.text == b"("), None)
        closing = None if opening is None else closing_of(tokens, opening)
        if colon is not None and opening is not None and closing is not None and closing < colon:
            self._blank(tokens[opening].end, tokens[closing].start)
            self._blank(tokens[closing].end, tokens[colon].start)
            self._rewrite_expression(tokens[colon + 1 :])
        return "function"

    def _rewrite_expression(self, tokens: Sequence[Token]) -> None:
        """Take out casts, addresses and what else Python has no word for."""
        place, is_operand = 0, True
        is_loop = bool(tokens) and tokens[0].text == b"for" and all(token.text != b"in" for token in tokens)
        while place < len(tokens):
            token = tokens[place]
            end = cast_end(tokens, place) if token.text == b"<" and is_operand else None
            if end is not None:
                self._blank(token.start, tokens[end].end)
                place = end + 1
                continue
            if token.text == b"sizeof" and place + 1 < len(tokens) and tokens[place + 1].text == b"(":
                end = closing_of(tokens, place + 1)
                if end is not None:
                    self._blank(tokens[place + 1].end, tokens[end].start)
                    place, is_operand = end + 1, False
                    continue
            if (
                is_operand
                and token.text in {b"&", b"new"}
                and (token.text == b"&" or names_type(tokens, place))
            ):
                self._blank(token.start, token.end)
            elif is_loop and token.text in {b"from", b"by"}:
                self._write(token.start, {b"from": b"in  ", b"by": b"or"}[token.text])
                is_operand = True
            else:
                if token.kind == "string":
                    self._unprefix(token)
                is_operand = token.text in _BEFORE_OPERAND or (
                    token.kind == "sign" and token.text not in CLOSING
                )
            place += 1

    def _unprefix(self, token: Token) -> None:
        """``c'x'`` is a character of C; in ``f"{<int>x}"`` stands code."""
        prefix = token.text[: len(token.text) - len(token.text.lstrip(_LETTERS))].lower()
        if b"c" in prefix:
            self._blank(token.start, token.start + len(prefix))
        elif b"f" in prefix and b"<" in token.text:
            for cast in _CAST_IN_STRING.finditer(token.text):
                _put(self._out, token.start + cast.start(), token.start + cast.end(), b" ")

    # -- writing ---------------------------------------------------------------

    def _keep(
        self, first: Token, keyword: bytes, words: Sequence[Token], places: tuple[int, int, int, int]
    ) -> None:
        """Leave the name, its parentheses and the colon of a function."""
        name, opening, closing, colon = (words[place] for place in places)
        self._blank(first.start, name.start)
        self._blank(name.end, opening.start)
        self._blank(opening.end, closing.start)
        self._blank(closing.end, colon.start)
        self._write(first.start, keyword)

    def _fill(self, tokens: Sequence[Token]) -> None:
        """A statement that does nothing; the colon of a block stays."""
        is_block = tokens[-1].text == b":"
        self._blank(tokens[0].start, tokens[-1].start if is_block else tokens[-1].end)
        self._write(tokens[0].start, b"if 1" if is_block else b"0")

    def _write(self, start: int, text: bytes) -> None:
        self._out[start : start + len(text)] = text

    def _blank(self, start: int, end: int, keep: Token | None = None) -> None:
        """Write spaces over the tokens between two offsets; comments among them stay."""
        for place in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            token = self._tokens[place]
            if token is not keep:
                _put(self._out, max(token.start, start), min(token.end, end), b" ")
