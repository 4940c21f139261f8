"""Thrift: structures, enumerations, services, constants, and includes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tokens import (
    CLOSING,
    OPENING,
    WITH_HASH,
    Token,
    places,
    read_tokens,
    unquoted,
    words_of,
)
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_BLOCKS = {
    "enum": "value",
    "exception": "field",
    "senum": "value",
    "service": "function",
    "struct": "field",
    "union": "field",
}
"""Word that begins a block -> kind of what stands in it."""
_RESERVED = """
    include cpp_include namespace const typedef enum senum struct union exception service extends required optional
    oneway async void throws bool byte i8 i16 i32 i64 double string binary uuid map list set true false
"""
_KEYWORDS = frozenset(_RESERVED.split())
_STARTS = frozenset({*_BLOCKS, "const", "cpp_include", "include", "namespace", "typedef"})


def scan_thrift(text: bytes) -> Facts:
    """Kinds are the words of the language; members are ``field``, ``value`` or ``function``."""
    return _File(text).facts()


class _File:
    """One pass over the definitions."""

    def __init__(self, text: bytes) -> None:
        self._tokens, comments = read_tokens(text, WITH_HASH)
        self._remarks = Remarks(text, comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._faults: list[int] = []

    def facts(self) -> Facts:
        starts = [*self._iter_starts(), len(self._tokens)]
        for start, end in pairwise(starts):
            self._read(self._tokens[start:end])
        facts = self._remarks.facts(
            self._listing.symbols,
            imports=self._imports,
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
        )
        return replace(facts, words=words_of(self._tokens, _KEYWORDS))

    def _iter_starts(self) -> Iterator[int]:
        """Where definitions begin: at their words, in no brackets, on a line of their own or behind a sign."""
        depth = 0
        text = self._source.code
        for place, token in enumerate(self._tokens):
            begins = text[token.start - 1 : token.start] in {b"", b"\n"}
            if token.text in _STARTS and token.kind == "word" and (depth == 0 or begins):
                depth = 0
                yield place
            if token.kind == "sign" and token.text not in "<>":
                depth = max(depth + (token.text in OPENING) - (token.text in CLOSING), 0)

    def _read(self, tokens: Sequence[Token]) -> None:
        word = tokens[0].text
        if word in {"include", "cpp_include"}:
            if len(tokens) > 1 and (module := unquoted(tokens[1])):
                self._imports.append(Import(module=module, line=self._line(tokens[0]), form=word))
        elif word in _BLOCKS and len(tokens) > 1:
            self._read_block(tokens, word)
        elif word == "namespace" and len(tokens) > 2:  # noqa: PLR2004 -- word, language, name
            self._add(tokens[2], "namespace", tokens[:3])
        elif word in {"const", "typedef"}:
            end = (
                next(places(tokens, "=", ";", ","), len(tokens)) if word == "const" else _end_of_type(tokens)
            )
            if end > 2:  # noqa: PLR2004 -- word, type, name
                self._add(tokens[end - 1], "constant" if word == "const" else "typedef", tokens[:end])

    def _read_block(self, tokens: Sequence[Token], word: str) -> None:
        opening = next((place for place, token in enumerate(tokens) if token.text == "{"), None)
        if opening is None:
            self._faults.append(tokens[0].start)
            return
        index = self._add(tokens[1], word, tokens[:opening])
        depth = 0
        for place in range(opening, len(tokens)):
            depth += (tokens[place].text == "{") - (tokens[place].text == "}")
            if depth == 0:
                self._listing.extend(index, self._line(tokens[place]))
                self._read_members(tokens[opening + 1 : place], _BLOCKS[word], index)
                return
        self._faults.append(tokens[opening].start)
        self._read_members(tokens[opening + 1 :], _BLOCKS[word], index)

    def _read_members(self, tokens: Sequence[Token], kind: str, parent: int) -> None:
        for member in _iter_members(tokens, kind):
            name = _name_of(member, kind)
            if name is not None:
                self._add(name, kind, member, parent)

    def _line(self, token: Token) -> int:
        return self._source.line(token.start)

    def _add(self, name: Token, kind: str, tokens: Sequence[Token], parent: int = -1) -> int:
        if name.kind != "word":
            return parent
        first, last = tokens[0], tokens[-1]
        return self._listing.add(
            name.text,
            kind,
            self._line(name),
            parent=parent,
            end_line=self._line(last),
            signature=self._source.fold(first.start, last.end),
            doc=self._remarks.doc_above(self._line(first)),
        )


def _end_of_type(tokens: Sequence[Token]) -> int:
    """Where a ``typedef`` ends: behind its second name, the first of which may have brackets."""
    depth = 0
    names = 0
    for place, token in enumerate(tokens):
        depth += (token.text in OPENING) - (token.text in CLOSING) if token.kind == "sign" else 0
        names += token.kind == "word" and depth == 0
        if names == 3:  # noqa: PLR2004 -- word, type, name
            return place + 1
    return len(tokens)


def _iter_members(tokens: Sequence[Token], kind: str) -> Iterator[Sequence[Token]]:
    """Members end with a comma or a semicolon, or where the next begins."""
    ends = set(places(tokens, ",", ";"))
    starts = {place - 1 for place in places(tokens, ":") if place and tokens[place - 1].kind == "number"}
    if kind == "value":
        starts.update(_words_alone(tokens))
    elif kind == "function":
        starts.update(_behind_functions(tokens))
    start = 0
    for place in range(len(tokens) + 1):
        if place == len(tokens) or place in ends or place in starts:
            if place > start:
                yield tokens[start:place]
            start = place + 1 if place in ends else place


def _words_alone(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a word stands in no bracket that is no value."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.kind == "word" and tokens[place - 1].text != "=":
            yield place


def _behind_functions(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a word stands behind parentheses that ends no function: the next begins there."""
    depth = 0
    for place, token in enumerate(tokens[:-1]):
        if token.kind == "sign":
            depth = max(depth + (token.text in OPENING) - (token.text in CLOSING), 0)
        follows = tokens[place + 1]
        if token.text == ")" and depth == 0 and follows.kind == "word" and follows.text != "throws":
            yield place + 1


def _name_of(member: Sequence[Token], kind: str) -> Token | None:
    """The name that a member declares."""
    if kind == "value":
        return member[0]
    signs = ("(",) if kind == "function" else ("=", "(")
    end = next(places(member, *signs), len(member) if kind == "field" else 0)
    # A word alone is a type without a name.
    words = [
        token for token in member[:end] if token.kind == "word" and token.text not in {"optional", "required"}
    ]
    return member[end - 1] if len(words) > 1 or any(token.text == ">" for token in member[:end]) else None
