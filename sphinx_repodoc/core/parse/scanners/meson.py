"""Meson: the project, its targets, tests, options and variables, and what a build file takes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(
    rb"(?P<comment>#[^\n]*)|(?P<string>f?'''(?:[^']|'(?!''))*+(?:''')?|f?'(?:[^'\\\n]|\\[^\n])*+'?)"
    rb"|(?P<word>[A-Za-z_]\w*)|(?P<line>\n)|(?P<sign>\+=|[=!<>]=|[^\s\w])|(?P<number>\d\w*)"
)
_KINDS = {
    "alias_target": "target",
    "benchmark": "test",
    "both_libraries": "library",
    "custom_target": "target",
    "executable": "executable",
    "extension_module": "module",
    "jar": "executable",
    "library": "library",
    "option": "option",
    "project": "project",
    "run_target": "target",
    "shared_library": "library",
    "shared_module": "module",
    "static_library": "library",
    "test": "test",
}
"""Function -> kind of what it makes."""
_IMPORTS = frozenset({"dependency", "find_library", "import", "subdir", "subproject"})
_METHODS = frozenset({"extension_module", "find_library"})
"""Functions that are called behind a dot."""
_WORDS = frozenset(
    {"and", "break", "continue", "elif", "else", "endforeach", "endif", "foreach", "if", "in", "not", "or"}
)
_COMPUTED = re.compile(r"@\w+@")
_ESCAPE = re.compile(r"\\(['\\])")
_LONGEST = 100


@dataclass(slots=True)
class _Bracket:
    """A bracket that is open, and the call whose parentheses it may be."""

    start: int
    """Of the call, or of the bracket."""
    name: str = ""
    """Of the function; empty for a bracket that is no call."""
    given: list[str] = field(default_factory=list)
    """Arguments without a key; those that are no mere strings are empty."""
    named: dict[str, str] = field(default_factory=dict)
    word: str = ""
    """First word of the argument that is read ..."""
    key: str = ""
    """... its key ..."""
    tokens: int = 0
    """... how many tokens it has ..."""
    text: str = ""
    """... and the string among them."""

    def add(self, kind: str, text: str) -> None:
        """Add a token to the argument."""
        self.tokens += 1
        if kind == "word" and self.tokens == 1:
            self.word = text
        if kind == "string":
            self.text = text

    def end_argument(self) -> None:
        text = _plain(self.text) if self.tokens == 1 else ""
        if self.key:
            self.named[self.key] = text
        elif self.tokens:
            self.given.append(text)
        self.word, self.key, self.tokens, self.text = "", "", 0, ""

    def end_key(self) -> None:
        self.word, self.key, self.tokens, self.text = "", self.word, 0, ""


def scan_meson(text: bytes) -> Facts:
    """Targets by what they are, ``option``, ``variable``, ``project``."""
    return _File(text).facts()


class _File:
    """One pass over the tokens."""

    def __init__(self, text: bytes) -> None:
        comments: list[Span] = []
        self._tokens: list[tuple[str, str, int, int]] = []
        """(kind, text, start, end)."""
        for match in _TOKEN.finditer(text):
            if match.lastgroup == "comment":
                comments.append(match.span())
            else:
                word = match[0].decode("utf-8", "replace")
                self._tokens.append((str(match.lastgroup), word, *match.span()))
        self._remarks = Remarks(text, comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._open: list[_Bracket] = []
        self._faults: list[int] = []

    def facts(self) -> Facts:
        for place, (kind, word, start, end) in enumerate(self._tokens):
            if kind == "sign" and word in {"(", "[", "{"}:
                self._opened(place)
            elif kind == "sign" and word in {")", "]", "}"}:
                self._closed(start, end)
            elif self._open:
                self._argument(kind, word)
            elif kind == "word":
                self._read_variable(place)
        self._faults += [bracket.start for bracket in self._open]
        return self._remarks.facts(
            sorted(self._listing.symbols, key=attrgetter("line")),
            imports=sorted(self._imports, key=attrgetter("line")),
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
        )

    def _opened(self, place: int) -> None:
        if self._open:
            # What is in brackets is no mere string.
            self._open[-1].tokens += 2
        sign, at = self._tokens[place][1:3]
        kind, word, start, _ = self._tokens[place - 1] if place else ("", "", 0, 0)
        is_method = place > 1 and self._tokens[place - 2][1] == "."
        is_call = sign == "(" and kind == "word" and word not in _WORDS and is_method == (word in _METHODS)
        self._open.append(_Bracket(start=start if is_call else at, name=word if is_call else ""))

    def _closed(self, start: int, end: int) -> None:
        if not self._open:
            self._faults.append(start)
            return
        bracket = self._open.pop()
        bracket.end_argument()
        self._read_call(bracket, end)

    def _argument(self, kind: str, word: str) -> None:
        bracket = self._open[-1]
        if kind == "sign" and word == ",":
            bracket.end_argument()
        elif kind == "sign" and word == ":":
            bracket.end_key()
        elif kind != "line":
            bracket.add(kind, word)

    def _read_call(self, call: _Bracket, end: int) -> None:
        name = call.given[0] if call.given else ""
        if not name or _COMPUTED.search(name):
            return
        if call.name in _IMPORTS:
            line = self._source.line(call.start)
            self._imports.append(Import(module=name, line=line, form=call.name))
        elif call.name in _KINDS:
            doc = " ".join(call.named.get("description", "").split())
            self._add(name, _KINDS[call.name], call.start, end, doc)

    def _read_variable(self, place: int) -> None:
        """An assignment that begins a line."""
        _, word, start, end = self._tokens[place]
        begins = place == 0 or self._tokens[place - 1][0] == "line"
        if begins and place + 1 < len(self._tokens) and self._tokens[place + 1][1] == "=":
            self._add(word, "variable", start, end)

    def _add(self, name: str, kind: str, start: int, end: int, doc: str = "") -> None:
        line = self._source.line(start)
        self._listing.add(
            name,
            kind,
            line,
            end_line=self._source.line(end - 1),
            signature=self._source.fold(start, end) if kind != "variable" and end - start <= _LONGEST else "",
            doc=doc or self._remarks.doc_above(line),
        )


def _plain(literal: str) -> str:
    """The text of a string; nothing of one that is formatted."""
    if literal.startswith("f"):
        return "" if "@" in literal else _plain(literal[1:])
    if literal.startswith("'''"):
        return literal[3:].removesuffix("'''")
    return _ESCAPE.sub(r"\1", literal[1:].removesuffix("'"))
