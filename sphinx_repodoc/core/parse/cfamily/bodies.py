"""Which braces hold code that declares nothing: bodies of functions, values of variables.

They are blanked before the grammar sees the text. That is most of the text, so
the parse is several times faster, and the macros, extensions and conditionals
that make grammars of C lose their way are mostly inside. Types that are defined
in a function stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_LONGEST_HEAD = 4_000
"""Characters before a brace that are looked at."""

_BODY_END = re.compile(
    rb"""\)\s*+
    (?:(?:const|volatile|override|final|mutable|try|noexcept|throw|&&?|\[\[[^\[\]]*+\]\]|[A-Z_][A-Z0-9_]*+|__\w++)
       \s*+(?:\((?:[^()]|\([^()]*+\))*+\)\s*+)?)*+$""",
    re.VERBOSE,
)
_TRAILING_TYPE = re.compile(rb"\)[\w\s&]*+(?:\([^()]*\)[\w\s&]*+)?->[^;{}=]*$")
_BARE_TYPE = re.compile(
    rb"^\s*(?:typedef\s+|static\s+|const\s+)*(?:struct|class|union|enum)\s*(?:\w+\s*)?\([^{}]*\)\s*$"
)
_ENUM = re.compile(rb"\s*(?:typedef\s+)?enum\s+(?:class\s+)?\w+\s+[A-Z][A-Z0-9_]+\s*\([^{}]*\)$")
_SCOPE = re.compile(rb"^\s*(?:inline\s+)?(?:namespace\b|extern\s*$)")
_INITIALISERS = re.compile(rb"(?:\)|\bnoexcept|\btry)\s*+:(?!:)")
_TYPE_HEAD = re.compile(
    rb"\s*(?:(?:public|protected|private)\s*:\s*|template\s*<[^{}()]*>\s*|typedef\s+|static\s+|const\s+)*"
    rb"(?:class|struct|union|enum)\b"
)
_MEMBER = re.compile(rb"[\w>]\s*$")
_LOCAL_TYPE = re.compile(
    rb"\b(?:struct|class|union|enum)\b(?=[^;(){}=,*&<]{0,300}+(?:<[^;(){}]{0,300}>[^;(){}=,*&<]{0,300}+)?\{)"
)


class Brackets:
    """The brackets of one kind in a text."""

    __slots__ = ("deepest", "partners", "places")

    def __init__(self, bare: bytes, signs: bytes = b"{}") -> None:
        opening = signs[0]
        self.places = [match.start() for match in re.finditer(rb"[%b]" % signs, bare)]
        """Offset of each."""
        self.partners: dict[int, int] = {}
        """Index of an opening one -> index of the one that closes it."""
        self.deepest = 0
        """How many are open at most."""
        opened: list[int] = []
        for index, place in enumerate(self.places):
            if bare[place] == opening:
                opened.append(index)
                self.deepest = max(self.deepest, len(opened))
            elif opened:
                self.partners[opened.pop()] = index

    def pairs(self) -> dict[int, int]:
        """Offset of each opening one that is closed -> that of the one that closes it."""
        return {self.places[index]: self.places[partner] for index, partner in self.partners.items()}


def find_bodies(bare: bytes, braces: Brackets) -> list[Span]:
    """Spans between the braces, sorted, without the braces and without local types.

    :param bare: the code with comments, strings and directives blanked.
    """
    return _Bodies(bare, braces).find()


class _Bodies:
    def __init__(self, bare: bytes, braces: Brackets) -> None:
        self._bare = bare
        self._braces = braces.places
        self._match = braces.partners
        self._spans: list[Span] = []

    def find(self) -> list[Span]:
        regions = [(0, len(self._bare))]
        while regions:
            regions += self._scan(*regions.pop())
        return sorted(self._spans)

    def _scan(self, start: int, end: int) -> list[Span]:
        """Blank the bodies between two offsets, and return the local types found in them."""
        bare, braces = self._bare, self._braces
        inner: list[Span] = []
        index = bisect_left(braces, start)
        head, floor, kept = start, start, b""
        while index < len(braces) and braces[index] < end:
            place = braces[index]
            partner = self._match.get(index)
            if bare[place] == ord("}") or partner is None:
                head, floor, kept = place + 1, place + 1, b""
                index += 1
                continue
            semicolon = bare.rfind(b";", floor, place)
            if semicolon >= 0 or place - head > _LONGEST_HEAD:
                head, kept = max(semicolon + 1, floor, place - _LONGEST_HEAD), b""
                floor = head
            text = kept + bare[floor:place]
            close = braces[partner] + 1
            is_argument = _is_argument(text)
            if not is_argument and not _is_body(text, bare[head - 1 : head]) and not _is_member_value(text):
                head, floor, kept = place + 1, place + 1, b""
                index += 1
                continue
            index = partner + 1
            if is_argument:
                self._spans.append((place, close))
                kept = text + b" " * (close - place)
                floor = close
                continue
            if _is_member_value(text):
                kept = (
                    text + b"(".ljust(close - place - 1) + b")"
                )  # ``a{1}`` in ``A() : a{1} {``: the head goes on
                floor = close
                continue
            inner += self._blank(place + 1, close - 1)
            self._spans += _around(text, head, place, close - 1, bare)
            if text.count(b"(") > text.count(b")"):
                kept = text + b" " * (close - place)  # a lambda among the arguments
                floor = close
            else:
                head, floor, kept = close, close, b""
        return inner

    def _blank(self, start: int, end: int) -> list[Span]:
        """Blank one body around its local types, which are returned."""
        kept: list[Span] = []
        position = start
        while match := _LOCAL_TYPE.search(self._bare, position, end):
            brace = self._bare.index(b"{", match.end())
            partner = self._match.get(bisect_left(self._braces, brace))
            if partner is None:
                break
            self._spans.append((position, match.start()))
            close = self._braces[partner] + 1
            kept.append((match.start(), close))
            semicolon = self._semicolon(close, end)
            self._spans.append((close, semicolon))
            position = min(semicolon + 1, end)
        self._spans.append((position, end))
        return kept

    def _semicolon(self, start: int, end: int) -> int:
        """The semicolon that ends the statement at ``start``, past the braces in it."""
        index = bisect_left(self._braces, start)
        while True:
            brace = self._braces[index] if index < len(self._braces) else end
            semicolon = self._bare.find(b";", start, min(brace, end))
            partner = self._match.get(index)
            if semicolon >= 0 or brace >= end or partner is None:
                return semicolon if semicolon >= 0 else min(brace, end)
            start, index = self._braces[partner] + 1, partner + 1


def _around(head: bytes, begin: int, place: int, close: int, bare: bytes) -> Iterator[Span]:
    """The initialisers of a constructor before its body; the value of a parameter, braces and all."""
    if head.rstrip().endswith(b"="):
        if bare[close + 1 : close + 40].lstrip()[:1] in {b",", b")"}:
            yield (begin + len(head.rstrip()) - 1, close + 1)
        return
    if b":" not in head:
        return
    for colon in _INITIALISERS.finditer(head):
        before = head[: colon.end()]
        if before.count(b"(") == before.count(b")"):
            yield (begin + colon.end() - 1, place)
            return


def _is_argument(head: bytes) -> bool:
    """Whether a brace begins an argument: ``MACRO({1, 2}, {3})``."""
    last = head.rstrip()[-1:]
    return last == b"(" or (last == b"," and head.count(b"(") > head.count(b")"))


def _is_member_value(head: bytes) -> bool:
    if b":" not in head or not _MEMBER.search(head[-40:]) or not _INITIALISERS.search(head):
        return False
    return not _BODY_END.search(head) and not _TYPE_HEAD.match(head)


def _is_body(head: bytes, before: bytes) -> bool:
    stripped = head.rstrip()
    if not stripped:
        return before == b";"  # the parameters of a K&R definition end like this
    if _SCOPE.match(stripped):
        return False
    if stripped.endswith(b"="):
        return True
    if b"->" in stripped and _TRAILING_TYPE.search(stripped):
        return True
    is_called = stripped.endswith(b")") or _BODY_END.search(stripped) is not None
    return is_called and not _BARE_TYPE.match(stripped) and not _ENUM.match(stripped)
