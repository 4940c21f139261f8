"""Steps over the tokens of a text in Groovy: brackets, lines, types, annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.tokens import BRACKETS, match_brackets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.parse.scanners.groovy_lexer import Token
    from sphinx_repodoc.core.parse.source import Source

_CONTINUED = frozenset({",", "=", ".", "+", "-", "*", "&&", "||", "?", ":", "->", "==", "?.", "<", "(", "["})
_NO_TYPES = frozenset(
    {
        "new",
        "return",
        "throw",
        "assert",
        "case",
        "else",
        "import",
        "package",
        "instanceof",
        "in",
        "as",
        "extends",
        "implements",
    }
)
_MOST_GENERICS = 200
"""Tokens of type arguments."""


class Steps:
    """The tokens of a file, and the places behind what begins at a place."""

    def __init__(self, tokens: Sequence[Token], source: Source) -> None:
        self._tokens = tokens
        self._source = source
        self._partners, self._faults = match_brackets(tokens)

    def _skip(self, at: int, end: int) -> int:
        """The place behind a statement."""
        begin = at
        while at < end:
            token = self._tokens[at]
            if token.kind == "sign" and token.text in BRACKETS:
                at = self._partners.get(at, at)
            elif token.text == ";" or (token.kind == "newline" and not self._goes_on(begin, at, end)):
                return at + 1
            at += 1
        return end

    def _goes_on(self, begin: int, at: int, end: int) -> bool:
        before = self._tokens[at - 1] if at > begin else None
        after = self._tokens[at + 1] if at + 1 < end else None
        return (before is not None and before.kind == "sign" and before.text in _CONTINUED) or (
            after is not None and after.text in {".", "?."}
        )

    def _lines(self, at: int, end: int) -> int:
        while at < end and self._tokens[at].kind == "newline":
            at += 1
        return at

    def _text(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _is_name(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].kind == "word"

    def _annotation(self, at: int, end: int, decorators: list[str]) -> int:
        first = at
        at += 2
        while self._text(at) == "." and self._is_name(at + 1):
            at += 2
        if self._text(at) == "(" and at in self._partners:
            at = self._partners[at] + 1
        if at <= end:
            decorators.append(self._source.fold(self._tokens[first + 1].start, self._tokens[at - 1].end))
        return self._lines(min(at, end), end)

    def _fold(self, first: int, last: int) -> str:
        return self._source.fold(self._tokens[first].start, self._tokens[max(first, last)].end).rstrip(" {=;")

    def _generics(self, at: int, end: int) -> int:
        """The place behind ``<…>``, or the same when it is none."""
        depth = 0
        for place in range(at, min(end, at + _MOST_GENERICS)):
            text = self._text(place)
            depth += (text == "<") - (text == ">")
            if not depth:
                return place + 1
            if text in {"{", "}", ";", "("}:
                break
        return at

    def _type_name(self, at: int, end: int) -> int:
        """The place behind a type; the same place for what is none."""
        if not (at < end and self._is_name(at)) or self._text(at) in _NO_TYPES:
            return at
        after = at + 1
        while self._text(after) == "." and self._is_name(after + 1) and after < end:
            after += 2
        if self._text(after) == "<":
            after = self._generics(after, end)
        while self._text(after) == "[" and self._partners.get(after) == after + 1:
            after += 2
        return after
