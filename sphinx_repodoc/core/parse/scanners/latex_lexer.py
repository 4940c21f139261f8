"""Commands of LaTeX and their arguments; comments and verbatim text are told apart from them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(rb"\\(?P<name>[A-Za-z@]+)\*?|\\[\s\S]?|(?P<comment>%[^\n]*)|(?P<brace>[{}])")
_VERBATIM = re.compile(
    rb"[ \t]*\{(verbatim\*?|Verbatim\*?|BVerbatim|LVerbatim|lstlisting|minted|comment|filecontents\*?|alltt)\}"
)
_INLINE = frozenset({b"verb", b"lstinline"})
_SPACE = re.compile(rb"(?:[ \t]|%[^\n]*\n|\n(?![ \t]*\n))*+")
_MACRO = re.compile(rb"\\([A-Za-z@:_]+)")
_OPTION = re.compile(rb"\[(?:[^\[\]{}]|\{[^{}]*\})*+\]")
_BARE = re.compile(rb"[^\s{}\\%]+")
_FARTHEST = 2_000
"""Bytes in which a short text in a line must end."""
_LONGEST = 1_000
"""Bytes of an argument that are read."""
_DEEPEST = 8
"""Braces around a command that is read: what lies deeper is part of a definition."""
_MOST_OPTIONS = 4
_DROPPED = re.compile(
    r"\\(?:label|index|footnote|footnotemark|thanks|cite\w*|vspace|hspace|phantomsection)\b\*?(?:\[[^\]{}]*\])?(?:\{[^{}]*\})?"
)
_BOTH = re.compile(r"\\texorpdfstring\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_WORD = re.compile(r"\\[A-Za-z@]+\*?\s*")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_COMMENT = re.compile(rb"(?<!\\)%[^\n]*\n?")
_PLAIN = frozenset({"def", "edef", "gdef", "xdef"})
"""Their parameters stand before the braces."""
_BODILESS = frozenset({"newif", "newlength"})


class Command(NamedTuple):
    """A command where it stands."""

    name: str
    start: int
    end: int
    """Behind its name."""
    depth: int
    """Braces around it."""


class Commands:
    """The commands of a text up to the end of the document, in order."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.comments: list[Span] = []
        self.faults: list[int] = []
        self.end = len(text)
        self._found: list[Command] = []
        self._closings: dict[int, int] = {}
        """Where the brace stands that closes another."""
        self._read()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._found)

    def _read(self) -> None:
        opened: list[int] = []
        at = 0
        while token := _TOKEN.search(self.text, at):
            start, at = token.span()
            if token["comment"] is not None:
                self.comments.append((start, at))
            elif token["brace"] == b"{":
                opened.append(start)
            elif token["brace"] and opened:
                self._closings[opened.pop()] = start
            elif token["name"] == b"end" and self.text.startswith(b"{document}", at):
                self.end = at + len(b"{document}")
                break
            elif token["name"] is not None:
                if len(opened) <= _DEEPEST:
                    self._found.append(Command(token["name"].decode(), start, at, len(opened)))
                at = self._behind_text(token["name"], at)
        if opened:
            self.faults.append(opened[0])
            # What is never closed is around nothing.
            self._found = [
                each._replace(depth=each.depth - bisect_right(opened, each.start)) for each in self._found
            ]

    def _behind_text(self, name: bytes, at: int) -> int:
        """Behind what a command says is text and no code."""
        if name in _INLINE:
            return self._behind_inline(at)
        verbatim = _VERBATIM.match(self.text, at) if name == b"begin" else None
        return at if verbatim is None else self._behind_verbatim(verbatim)

    def _behind_inline(self, at: int) -> int:
        """Where the text ends that stands between two signs; nothing is between those of a line."""
        sign = self.text[at : at + 1]
        if not sign.strip() or sign == b"{":
            return at
        closing = self.text.find(sign, at + 1, at + _FARTHEST)
        newline = self.text.find(b"\n", at, at + _FARTHEST)
        return closing + 1 if closing >= 0 and (newline < 0 or closing < newline) else at

    def _behind_verbatim(self, opening: re.Match[bytes]) -> int:
        closing = b"\\end{%s}" % opening[1]
        end = self.text.find(closing, opening.end())
        if end < 0:
            self.faults.append(opening.start())
            return len(self.text)
        return end + len(closing)

    def argument(self, command: Command) -> bytes:
        """The first argument in braces."""
        return next(iter(self.arguments(command, 1)), b"")

    def arguments(self, command: Command, count: int) -> list[bytes]:
        """The arguments in braces, up to ``count``; a path may stand without them."""
        found: list[bytes] = []
        at = command.end
        while len(found) < count:
            at = self._behind_options(at)
            closing = self._closings.get(at)
            if closing is not None:
                found.append(_COMMENT.sub(b"", self.text[at + 1 : min(closing, at + 1 + _LONGEST)]))
                at = closing + 1
            elif command.name == "input" and at > command.end and (bare := _BARE.match(self.text, at)):
                return [bare[0]]
            else:
                break
        return found

    def macro(self, command: Command) -> str:
        """The command that another one defines, with or without braces."""
        at = self._behind_options(command.end)
        opening = self.text.startswith(b"{", at)
        named = _MACRO.match(self.text, _behind_space(self.text, at + opening))
        return named[0].decode() if named else ""

    def end_of_argument(self, command: Command) -> int:
        at = self._behind_options(command.end)
        return self._closings.get(at, at - 1) + 1

    def end_of(self, command: Command) -> int:
        """Behind all arguments that follow at once."""
        at = command.end
        if named := _MACRO.match(self.text, _behind_space(self.text, at)):
            at = named.end()
        if command.name in _PLAIN:
            opening = self.text.find(b"{", at, at + _FARTHEST)
            return self._closings.get(opening, at - 1) + 1
        if command.name in _BODILESS:
            return at
        while (closing := self._closings.get(self._behind_options(at))) is not None:
            at = closing + 1
        return at

    def _behind_options(self, at: int) -> int:
        """Behind ``[…]``, and white space."""
        for _ in range(_MOST_OPTIONS):
            at = _behind_space(self.text, at)
            option = _OPTION.match(self.text, at)
            if option is None:
                break
            at = option.end()
        return at


def _behind_space(text: bytes, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def plain_text(markup: bytes) -> str:
    """One line without commands and braces."""
    text = markup[:_LONGEST].decode("utf-8", "replace")
    text = _WORD.sub("", _DROPPED.sub("", _BOTH.sub(r"\1", text)))
    text = _ESCAPED.sub(r"\1", text).replace("\\\\", " ").replace("~", " ").replace("\\", "")
    return " ".join(text.replace("{", "").replace("}", "").split())
