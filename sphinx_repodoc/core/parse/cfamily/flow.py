"""Bodies of functions -> marks of what makes them complex (:mod:`~sphinx_repodoc.core.parse.complexity`).

No grammar sees the bodies. The words that change the flow are found by one scan and worked off from
the last to the first: where a statement ends that is the body of another is known by then, with its
``else``, so that each byte is looked at a few times, however deep the text is. What macros stand for
is not looked up: the text counts as it is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily.bodies import Brackets
from sphinx_repodoc.core.parse.cfamily.logic import find_operators, find_sequences
from sphinx_repodoc.core.parse.complexity import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_repodoc.core.parse.cfamily.lexer import Directive

_WORDS = ("if", "else", "for", "while", "do", "switch", "case", "catch", "goto")
_TOKEN = re.compile(
    "|".join((*(rf"{word}(?<!\w{word})\b" for word in _WORDS), "&&", r"\|\|", r"\?")).encode()
)
"""With the word first: what an alternative may begin with is looked for much faster than the start of a word."""
_BALANCED = rb"\((?:[^()]++|\((?:[^()]++|\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\))*+\))*+\)"
"""Parentheses with others in them, as deep as ordinary code has them."""
_HEAD = re.compile(rb"(?:\s*+[\w!]{1,40}+){0,3}+\s*+(" + _BALANCED + rb"\s*+)?+(?:\[\[[^\[\]]*+\]\]\s*+)*+")
"""Behind ``if`` and the like, ``constexpr`` or a macro: the condition and attributes."""
_SPACE = re.compile(rb"\s*+(?:\[\[[^\[\]]*+\]\]\s*+)*+")
_PLAIN = re.compile(rb"[^;{}]*+")
_GOES_ON = re.compile(rb"\s*+(?:[;),.(\]?:]|->|&&|\|\|)")
"""Behind the braces of a statement that is not over with them."""
_ELSE = re.compile(rb"\s*+(?=else\b)")
_WHILE = re.compile(rb"\s*+(?=while\b)")
_ARMS = re.compile(rb"(?:[^()\[\]{};,?]++|" + _BALANCED + rb"|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+")
"""Of a conditional expression, up to the next one in it."""
_LAMBDA = re.compile(
    rb"\[(?!\[)[^\[\]{};]*+(?:\[[^\[\]{};]*+\][^\[\]{};]*+)?+\]\s*+(?:<[^<>{};]*+>\s*+)?(?:"
    + _BALANCED
    + rb"\s*+)?+"
    rb"(?:[A-Za-z_]\w*+\s*+){0,4}+(?:->[^{};]{0,200}+)?\{"
)
_BLOCK = re.compile(rb"\^\s*+(?:[\w*]++\s*+){0,4}+(?:" + _BALANCED + rb"\s*+)?+\{")
_OPERAND = re.compile(rb"(?:[\w)\]])\s*+$")
_AFTER_WORD = re.compile(rb"\b(?:return|co_return|co_yield|co_await|case|else|do)\s*+$")
_REACH = 80
"""Bytes before a bracket that are looked at."""
_CONDITIONS = frozenset({b"if", b"ifdef", b"elif"})
_OPERATORS = frozenset({b"&&", b"||"})
_PLAIN_C = frozenset({"c", "objc"})
"""Languages that have neither references nor lambdas."""
_KINDS = {b"if": "branch", b"for": "branch", b"while": "branch", b"catch": "branch", b"switch": "choice"}
"""Word before a condition and a body -> what kind of mark the body is."""


def find_marks(
    bare: bytes, braces: Brackets, directives: Sequence[Directive], language: str
) -> Iterator[Mark]:
    """What makes the functions of a text complex, in no order.

    :param bare: the code with comments, strings, directives and branches that are not read blanked.
    """
    for one in directives:
        if one.name in _CONDITIONS:  # as Lizard counts
            yield Mark(one.start, one.start, "fork")
    tokens = list(_TOKEN.finditer(bare))
    if not tokens:
        return
    pairs = braces.pairs()
    yield from _Flow(bare, tokens, pairs).marks()
    operators = find_operators(bare, tokens, with_references=language not in _PLAIN_C)
    for match in operators:
        yield Mark(match.start(), match.start(), "fork")
    for place in find_sequences(bare, operators):
        yield Mark(place, place, "logic")
    for place in _lambdas(bare, language):
        if place in pairs:
            yield Mark(place, pairs[place] + 1, "lambda")


def _lambdas(bare: bytes, language: str) -> Iterator[int]:
    """Where the bodies of functions without a name begin."""
    if language not in _PLAIN_C:
        for match in _LAMBDA.finditer(bare):
            before = bare[max(0, match.start() - _REACH) : match.start()]
            if not _OPERAND.search(before) or _AFTER_WORD.search(before):
                yield match.end() - 1
    if language in {"objc", "objcpp"}:
        for match in _BLOCK.finditer(bare):
            yield match.end() - 1


class _Flow:
    """The statements of a text."""

    def __init__(self, bare: bytes, tokens: Sequence[re.Match[bytes]], braces: Mapping[int, int]) -> None:
        self._bare = bare
        self._tokens = tokens
        self._braces = braces
        self._words = [
            match.start() for match in tokens if match[0] in _KINDS or match[0] in {b"else", b"do"}
        ]
        """Where what has a body of its own begins."""
        self._ends: dict[int, int] = {}
        """Where it begins to where it is over, with what belongs to it."""
        self._found: dict[int, Mark] = {}

    def marks(self) -> Iterator[Mark]:
        for match in reversed(self._tokens):
            start, end = match.span()
            word = match[0]
            if word in _KINDS:
                self._conditional(start, end, word)
            elif word == b"else":
                self._otherwise(start, end)
            elif word == b"do":
                self._loop(start, end)
            elif word == b"?":
                self._ends[start] = self._end_of_choice(end)
                yield Mark(start, self._ends[start], "ternary")
                yield Mark(start, start, "fork")
            elif word not in _OPERATORS:
                yield Mark(start, end, "fork" if word == b"case" else "jump")
        yield from self._found.values()

    def _conditional(self, start: int, end: int, word: bytes) -> None:
        body = self._body(end)
        over = self._end_of_statement(body)
        is_handler = word != b"catch" or self._bare.startswith(b"{", body)
        self._found[start] = Mark(body, over, _KINDS[word] if is_handler else "fork")
        behind = _ELSE.match(self._bare, over) if word == b"if" else None
        self._ends[start] = self._ends.get(behind.end(), over) if behind else over

    def _otherwise(self, start: int, end: int) -> None:
        body = self._skip(end)
        over = self._end_of_statement(body)
        after = self._found.get(body)
        if after is not None and self._bare.startswith(b"if", body):
            self._found[body] = after._replace(kind="elif")
        else:
            self._found[start] = Mark(body, over, "else")
        self._ends[start] = over

    def _loop(self, start: int, end: int) -> None:
        """``do … while (…);``: the ``while`` has been taken for a loop of its own."""
        body = self._skip(end)
        over = self._end_of_statement(body)
        tail = _WHILE.match(self._bare, over)
        if tail and self._found.pop(tail.end(), None):
            self._found[start] = Mark(body, over, "branch")
            over = self._ends[tail.end()]
        self._ends[start] = over

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self._bare, at)
        return found.end() if found else at

    def _body(self, at: int) -> int:
        """Where the body begins of what has a condition at ``at``."""
        head = _HEAD.match(self._bare, at)
        if head is None:
            return at
        at = head.end()
        if head[1] is None and at in self._parentheses_at(at):
            at = self._skip(self._parentheses[at] + 1)
        return at

    def _parentheses_at(self, at: int) -> Mapping[int, int]:
        return self._parentheses if self._bare.startswith(b"(", at) else {}

    @cached_property
    def _parentheses(self) -> Mapping[int, int]:
        return Brackets(self._bare, b"()").pairs()

    def _end_of_statement(self, at: int) -> int:
        if self._bare.startswith(b"{", at):
            return self._braces.get(at, at) + 1
        return self._ends[at] if at in self._ends else self._end_of_plain(at)

    def _end_of_plain(self, at: int) -> int:
        """Behind the semicolon, past braces; before a word that begins a statement if there is none."""
        while True:
            following = bisect_right(self._words, at)
            limit = self._words[following] if following < len(self._words) else len(self._bare)
            plain = _PLAIN.match(self._bare, at, limit)
            at = plain.end() if plain else at
            if at >= limit or not self._bare.startswith(b"{", at):
                return min(at + self._bare.startswith(b";", at), limit)
            if at not in self._braces:
                return at
            at = self._braces[at] + 1
            if not _GOES_ON.match(self._bare, at):
                return at

    def _end_of_choice(self, at: int) -> int:
        """Where a conditional expression ends whose ``?`` is before ``at``."""
        while True:
            arms = _ARMS.match(self._bare, at)
            at = arms.end() if arms else at
            sign = self._bare[at : at + 1]
            if sign == b"?":
                return self._ends.get(at, at)
            pairs = self._braces if sign == b"{" else self._parentheses_at(at)
            if at not in pairs:
                return at
            at = pairs[at] + 1
