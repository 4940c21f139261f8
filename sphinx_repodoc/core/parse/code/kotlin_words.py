"""Kotlin as the grammar can read it: what it takes for something else gets another form.

Most keywords of Kotlin are soft: ``get``, ``open`` and ``context`` may be names of anything. The grammar (1.1.0) decides
by the word alone, takes annotations of a declaration for those of an expression, knows only one kind of raw strings, and
loses what is around its errors. Every byte stays in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from sphinx_repodoc.core.parse.source import Readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.parse.source import Span

_STRING = rb'"(?:[^"\\\n]++|\\.)*+"'
_ARGUMENTS = rb"\((?:[^()\"]++|" + _STRING + rb")*+\)"
for _ in range(3):
    _ARGUMENTS = rb"\((?:[^()\"]++|" + _STRING + rb"|" + _ARGUMENTS + rb")*+\)"
_ANNOTATION = rb"@(?!file:)(?:\[[^\[\]\n]*+\]|[\w.:]++(?:<[^<>()\n]*+>)?(?:" + _ARGUMENTS + rb")?)"
_TOKEN = re.compile(
    rb"""
    (?P<skip>//[^\n]*+|'(?:[^'\\\n]|\\.){1,8}+'|`[^`\n]*+`)
    |(?P<comment>/\*)
    |(?P<raw>\$*+\"{3})
    |(?P<dollars>\$\$++)?"(?:[^"\\\n$]++|\\.|\$\{(?:[^{}"\n]++|"""
    + _STRING
    + rb""")*+\}|\$)*+"?
    |(?<![\w.`])(?P<word>
        [gs]et|open|inner|data|enum|sealed|value|inline|infix|operator|external|dynamic|file|field|suspend|context
        |actual|expect|class|fun|by|if|in\d\w*+
    )(?!\w)
    |(?P<annotation>"""
    + _ANNOTATION
    + rb")",
    re.VERBOSE,
)
_LITERAL = re.compile(_STRING)
_COMMENT_EDGE = re.compile(rb"/\*|\*/")
_GAP = re.compile(rb"(?:\s++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_NEXT_ANNOTATION = re.compile(_ANNOTATION)
_DECLARATION = re.compile(
    rb"(?:(?!(?:class|interface|fun|va[lr]|object|typealias|constructor|[gs]et)\b)[a-z]++\s++){0,8}+"
    rb"(?:(?:class|interface|fun|va[lr]|object|typealias|constructor)\b|[gs]et\b(?!\s*[.=]))"
)
_BEFORE_NAME = frozenset({b"val ", b"var ", b"fun "})
_AFTER_NAME = re.compile(rb"[ \t]*[.=,)\]?:;(]")
_GETTER = re.compile(rb"[ \t]*(?:\(\s*\)|\n|:|=|;|\})")
_SETTER = re.compile(rb"[ \t]*(?:\(\s*(?:\w+\s+)?\w*\s*(?::[^()\n]*)?,?\s*\)\s*[={:]|\n|;|\})")
_SUSPEND_NAME = re.compile(rb"\(|[ \t]*[{=:,.)]")
_CONTEXT = re.compile(rb"\((?:[^()]|\([^()]*+\))*+\)\s+(?=[\w@])")
_LATE_CONSTRUCTOR = re.compile(
    rb"[ \t]+\w+(?:[ \t]*<[^{}()<>]*+>)?(?P<gap>(?:\s|//[^\n]*\n|"
    + _ANNOTATION
    + rb"|\b(?:internal|private|protected|public|actual|expect)\b)*+)constructor\b"
)
_DELEGATE = re.compile(
    rb"[ \t]+(?:(?P<name>[\w.]++(?:\([^()\n]*+\))?)|\((?:[^()\n]|\([^()\n]*+\))*+\))[ \t]*+\{"
)
_CASE = re.compile(rb"[ \t]*(?:!?i[sn][ \t][^\n{}]*|else[ \t]+)\Z")
_GUARD = re.compile(rb"[ \t(][^\n{}]*?(?=->)")
_PROPERTY = re.compile(rb"\b(?:va[lr]|return)\b|=")
_ONE_LINE = re.compile(rb"\{[^\n]*\b(?:fun|va[lr])\b[^\n]*[ \t]\}")
_CLOSING = re.compile(rb"(?<=[^\s{;,>])[ \t]+\}")


class _Adapted:
    def __init__(self, text: bytes) -> None:
        self.text = text
        self.made = bytearray(text)
        self.attributes: list[Span] = []
        self.strings: list[Span] = []

    def run(self) -> Readable:
        position: int | None = 0
        while position is not None:
            position = self._from(position)
        for line in _ONE_LINE.finditer(self.text):
            for match in _CLOSING.finditer(self.text, *line.span()):
                # A declaration before a brace needs an end of its own.
                if self.made[match.start() : match.end()] == match[0]:
                    self.made[match.end() - 2] = ord(";")
        if self.made == self.text:
            return Readable(self.text)
        return Readable(bytes(self.made), tuple(self.attributes), tuple(self.strings))

    def _from(self, position: int) -> int | None:
        """Adapt up to the end of something that is longer than its match, and return where that is."""
        for match in _TOKEN.finditer(self.text, position):
            start, end = match.span()
            if match["comment"]:
                return _comment_end(self.text, end)
            if match["raw"]:
                return self._raw(start, end)
            if match["dollars"]:
                self._fill(match.end("dollars") + 1, end - 1)
                self._fill(start, match.end("dollars"), b" ")
            elif match["annotation"]:
                after = self._annotations(start, end)
                if after > end:
                    return after
            elif match["word"]:
                self._word(match["word"], start, end)
        return None

    def _raw(self, start: int, opened: int) -> int:
        """A raw string may end in quotes of its own, and more than one dollar may begin its templates."""
        close = self.text.find(b'"""', opened)
        if close < 0:
            return len(self.text)
        end = close + 3
        while self.text[end : end + 1] == b'"':
            end += 1
        dollars = opened - 3 - start
        if dollars or end > close + 3:
            self._fill(opened, end - 3)
            self._fill(start, start + dollars, b" ")
        return end

    def _fill(self, start: int, end: int, sign: bytes = b"_") -> None:
        self.made[start:end] = re.sub(rb"[^\n]", sign, self.made[start:end])

    def _annotations(self, start: int, end: int) -> int:
        """Take the annotations of a declaration out, and return the end of the last."""
        before = self.made[self._line_start(start) : start]
        if before.strip():
            if before.endswith(b": ") and self.text[end - 1 : end] == b")":
                self._fill(start, end, b" ")
            return end
        spans: list[Span] = []
        found: re.Match[bytes] | None = None
        while found is not None or not spans:
            spans.append((start, end))
            gap = _GAP.match(self.text, end)
            after = gap.end() if gap else end
            found = _NEXT_ANNOTATION.match(self.text, after)
            if found is not None:
                start, end = found.span()
        if _DECLARATION.match(self.text, after):
            self.attributes += spans
            for span in spans:
                self._fill(*span, b" ")
                self.strings += [string.span() for string in _LITERAL.finditer(self.text, *span)]
        return end

    def _word(self, word: bytes, start: int, end: int) -> None:
        adapted = self._WORDS.get(word)
        if adapted is not None:
            adapted(self, start, end)
        elif _is_name(self.text, word, start, end):
            self.made[start] = ord("_")

    def _class(self, _start: int, end: int) -> None:
        """A primary constructor may stand on a line of its own."""
        late = _LATE_CONSTRUCTOR.match(self.text, end)
        if late is not None and b"\n" in late["gap"]:
            self.made[late.start("gap") : late.end("gap")] = late["gap"].replace(b"\n", b" ")

    def _fun(self, start: int, end: int) -> None:
        if self.text.startswith(b" interface", end):
            self._fill(start, end, b" ")

    def _by(self, start: int, end: int) -> None:
        """The brace behind the delegate of a class would be taken for a lambda that is its last argument."""
        delegate = _DELEGATE.match(self.text, end)
        if delegate is not None and not _PROPERTY.search(self.text, self._line_start(start), start):
            self.made[start:end] = b",\t"
            if not delegate["name"]:
                self._fill(start, delegate.end() - 1, b" ")

    def _if(self, start: int, end: int) -> None:
        """A case of ``when`` may have a condition."""
        guard = _GUARD.match(self.text, end)
        if guard is not None and _CASE.match(self.text[self._line_start(start) : start]):
            self._fill(start, guard.end(), b" ")

    def _context(self, start: int, end: int) -> None:
        receivers = _CONTEXT.match(self.text, end)
        if receivers is not None and not self.text[self._line_start(start) : start].strip():
            self._fill(start, receivers.end(), b" ")

    def _line_start(self, offset: int) -> int:
        return self.text.rfind(b"\n", 0, offset) + 1

    _WORDS: ClassVar[Mapping[bytes, Callable[[_Adapted, int, int], None]]] = {
        b"by": _by,
        b"class": _class,
        b"context": _context,
        b"fun": _fun,
        b"if": _if,
    }


def adapt(text: bytes) -> Readable:
    """``text`` with the same definitions in the same places."""
    return _Adapted(text).run()


def _comment_end(text: bytes, position: int) -> int:
    """Comments may hold comments."""
    depth = 1
    for edge in _COMMENT_EDGE.finditer(text, position):
        depth += 1 if edge[0] == b"/*" else -1
        if depth == 0:
            return edge.end()
    return len(text)


def _is_name(text: bytes, word: bytes, start: int, end: int) -> bool:
    """Whether a soft keyword is no keyword in this place."""
    if text[start - 1 : start] == b"@":
        return False
    if word == b"get":
        return not _GETTER.match(text, end)
    if word == b"set":
        return not _SETTER.match(text, end)
    if word == b"suspend":
        return _SUSPEND_NAME.match(text, end) is not None
    if word.startswith(b"in") and word[2:3].isdigit():
        return True
    return text[start - 4 : start] in _BEFORE_NAME or _AFTER_NAME.match(text, end) is not None
