"""CSS, SCSS, Sass and Less: the names that style sheets define, and the sheets that they import.

Rules and statements are told apart by the tokens that the languages share; in Sass
by indentation. A name in the selector of a rule is a definition, listed where it
stands first.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName
from sphinx_repodoc.core.parse.scanners.listing import DEEPEST, Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_BLOCK_COMMENT = rb"/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_TOKENS = (
    rb"|(?P<string>\"(?:[^\"\\\n]|\\[\s\S])*+\"?|'(?:[^'\\\n]|\\[\s\S])*+'?)|\burl\(\s*+(?![\"'])[^()\n]*+\)?"
    rb"|\\[\s\S]|(?P<hole>[#@]\{[^{}\n]*\}?)|(?P<sign>[{};()])"
)
_WITH_LINE_COMMENTS = re.compile(rb"(?P<comment>" + _BLOCK_COMMENT + rb"|//[^\n]*)" + _TOKENS)
_WITHOUT = re.compile(rb"(?P<comment>" + _BLOCK_COMMENT + rb")" + _TOKENS)
_SASS_COMMENT = re.compile(rb"^([ \t]*)(?://|/\*)[^\n]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))*", re.MULTILINE)

_REST = rb"(?:[-\w\x80-\xff]|\\[^\n])*"
_IDENTIFIER = rb"(?:--|-?(?:[_a-zA-Z\x80-\xff]|\\[^\n]))" + _REST
_HOLE = b"\0"
"""Stands for what is computed: a name beside it is not whole."""
_NAME = re.compile(rb"(?<!\0)([.#%])(" + _IDENTIFIER + rb"+)(?!\0)")
_SUFFIX = re.compile(rb"&([-_]" + _REST + rb"+)(?!\0)")
_LAST = re.compile(rb"\s*(?:,|\Z)")
_AT_RULE = re.compile(rb"@(?:-\w+-)?([\w-]+)\s*")
_CUSTOM_PROPERTY = re.compile(rb"(--" + _REST + rb"+)\s*:")
_VARIABLE = re.compile(rb"([$@][\w-]+)\s*:")
_LESS_MIXIN = re.compile(rb"\.([\w-]+)\s*\(")
_NAMED = {b"counter-style", b"function", b"keyframes", b"mixin", b"property"}
_IMPORTS = {b"config", b"forward", b"import", b"plugin", b"reference", b"require", b"use"}
_WITH_SELECTOR = {b"at-root", b"nest", b"scope"}
_CONDITIONAL = {b"page"}
"""At-rules that look like a variable of Less: ``@page :first``."""
_QUOTED = re.compile(rb"\"([^\"\n]*)\"|'([^'\n]*)'|\burl\(\s*([^\"'()\s]+)\s*\)")
_ALIAS = re.compile(rb"\bas\s+([\w*-]+)")
_COMPOSES = re.compile(rb"composes\s*:\s*(?P<names>[^\"'{}]*?)\bfrom\s+[\"'](?P<module>[^\"'\n]+)[\"']")
_CODE = re.compile(r"[{}]|;$")
"""Comments in which code is put away say nothing of the code below."""
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_SURROGATES = (0xD800, 0xDFFF)
_SASS_MIXIN = re.compile(rb"=([\w-]+)")
_OPEN, _CLOSE, _LEFT, _RIGHT = b"{}()"
_LONGEST_SIGNATURE = 100
_MOST_PARENTS = 200
"""Names that ``&`` may stand for: what nests more multiplies them without end."""


@dataclass(slots=True)
class _Block:
    """A block that is not closed yet."""

    start: int
    opened: list[int]
    """Symbols that end with it."""
    names: Sequence[str]
    """Classes that ``&`` stands for."""
    indent: int = 0


def scan_css(text: bytes, language: str = "css") -> Facts:
    """Classes, identifiers, custom properties, keyframes, and what the preprocessors add to them."""
    return (_Sass if language == "sass" else _Sheet)(text, language).facts()


def comment_spans(text: bytes, language: str = "css") -> list[Span]:
    """The comments of a style sheet."""
    if language == "sass":
        return [match.span() for match in _SASS_COMMENT.finditer(text)]
    tokens = _WITHOUT if language == "css" else _WITH_LINE_COMMENTS
    return [match.span() for match in tokens.finditer(text) if match["comment"]]


@dataclass(slots=True)
class _Found:
    """What the statements of a sheet have told so far."""

    listing: Listing = field(default_factory=Listing)
    imports: list[Import] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    problems: list[int] = field(default_factory=list)


class _Sheet:
    """A sheet with braces. ``_clean`` is its text without comments, strings and what is computed."""

    def __init__(self, text: bytes, language: str) -> None:
        self._remarks = Remarks(text, comment_spans(text, language))
        self._source = self._remarks.source
        self._language = language
        self._found = _Found()
        self._signs: list[tuple[int, int]] = []
        self._clean = self._read_tokens()

    def _read_tokens(self) -> bytes:
        code = self._source.code
        clean = bytearray(code)
        for match in (_WITHOUT if self._language == "css" else _WITH_LINE_COMMENTS).finditer(code):
            start, end = match.span()
            if match["string"]:
                clean[start:end] = re.sub(rb"[^\n]", b" ", match[0])
            elif match["hole"]:
                clean[start:end] = _HOLE * (end - start)
            elif match["sign"]:
                self._signs.append((start, match[0][0]))
        return bytes(clean)

    def facts(self) -> Facts:
        self._walk()
        found = self._found
        places = sorted([*found.problems, *(block.start for block in found.blocks)])
        return self._remarks.facts(
            found.listing.symbols, imports=found.imports, problems=syntax_problems(places, self._source)
        )

    def _walk(self) -> None:
        start = depth = 0
        for at, sign in self._signs:
            # A brace ends what is in parentheses, whether they are closed or not.
            depth = max(depth + (sign == _LEFT) - (sign == _RIGHT), 0) if sign not in {_OPEN, _CLOSE} else 0
            if depth or sign in {_LEFT, _RIGHT}:
                continue
            if sign == _OPEN:
                self._open(start, at)
            else:
                self._state(start, at)
                if sign == _CLOSE:
                    self._close(at)
            start = at + 1
        self._state(start, len(self._clean))

    def _open(self, start: int, end: int, indent: int = 0) -> None:
        """A block whose head stands between two offsets."""
        start += len(self._clean[start:end]) - len(self._clean[start:end].lstrip())
        before = len(self._found.listing.symbols)
        around = self._found.blocks[-1].names if self._found.blocks else ()
        names = self._read_head(start, end, around)
        opened = list(range(before, len(self._found.listing.symbols)))
        self._found.blocks.append(_Block(start, opened, names, indent))

    def _read_head(self, start: int, end: int, around: Sequence[str]) -> Sequence[str]:
        """Read what stands before a block; give the names that ``&`` means in it."""
        head = self._clean[start:end]
        rule = _AT_RULE.match(head)
        if rule and rule[1] not in _WITH_SELECTOR:
            self._read_at_rule(start, end, rule)
            return around
        if mixin := _LESS_MIXIN.match(head) if self._language == "less" else None:
            self._add(mixin[1], "mixin", start, (start, end))
            return ()
        if custom := _CUSTOM_PROPERTY.match(head):
            self._add(custom[1], "property", start, (start, start + custom.end() - 1))
            return around
        return self._read_selector(start, end, around)

    def _read_selector(self, start: int, end: int, around: Sequence[str]) -> Sequence[str]:
        head = self._clean[start:end]
        names: list[str] = []
        for match in _NAME.finditer(head):
            kind = {b".": "class", b"#": "id", b"%": "placeholder"}[match[1]]
            if kind != "placeholder" or self._language in {"scss", "sass"}:
                self._add(match[2], kind, start + match.start(), (start, end))
                if kind == "class" and _LAST.match(head, match.end()):
                    names.append(_decode(match[2]))
        is_deep = len(self._found.blocks) > DEEPEST or len(around) > _MOST_PARENTS
        for match in () if is_deep else _SUFFIX.finditer(head):
            for name in around:
                whole = name + _decode(match[1])
                names.append(whole)
                self._add(whole.encode(), "class", start + match.start(), (start, end))
        return names or around

    def _read_at_rule(self, start: int, end: int, rule: re.Match[bytes]) -> None:
        word = rule[1].lower()
        after = start + rule.end()
        if word in _IMPORTS:
            self._found.imports += self._read_import(word.decode(), start, end)
        elif word in _NAMED:
            name = re.match(_IDENTIFIER, self._clean[after:end]) or re.match(
                rb"[\w-]+", self._clean[after:end]
            )
            if name:
                self._add(name[0], word.decode(), start, (after, end))
        elif word == b"layer":
            for name in re.finditer(rb"[\w.-]+", self._clean[after:end]):
                self._add(name[0], "layer", start, (after, end))
        elif self._language == "less" and word not in _CONDITIONAL and not self._found.blocks:
            self._read_variable(start, end)

    def _state(self, start: int, end: int) -> None:
        """A declaration, or a rule without a block."""
        text = self._clean[start:end]
        start += len(text) - len(text.lstrip())
        text = self._clean[start:end]
        if not text:
            return
        rule = _AT_RULE.match(text)
        if rule:
            self._read_at_rule(start, end, rule)
        elif custom := _CUSTOM_PROPERTY.match(text):
            self._add(custom[1], "property", start, (start, end))
        elif text.startswith(b"$") and not self._found.blocks:
            self._read_variable(start, end)
        elif text.startswith(b"composes"):
            self._read_composes(start, end)

    def _read_variable(self, start: int, end: int) -> None:
        if variable := _VARIABLE.match(self._clean, start, end):
            self._add(variable[1], "variable", start, (start, end))

    def _read_import(self, word: str, start: int, end: int) -> Iterator[Import]:
        code = self._source.code[start:end]
        alias = _ALIAS.search(code)
        paths = _QUOTED.finditer(code)
        # Behind ``with`` stand values; only ``@import`` takes several sheets.
        for path in paths if word == "import" else islice(paths, 1):
            module = path[1] or path[2] or path[3]
            if module:
                yield Import(
                    module=module.decode("utf-8", "replace"),
                    line=self._source.line(start + path.start()),
                    alias=_decode(alias[1]) if alias and word == "use" else "",
                    form=f"@{word}",
                )

    def _read_composes(self, start: int, end: int) -> None:
        if taken := _COMPOSES.match(self._source.code, start, end):
            names = tuple(ImportedName(name=name) for name in _decode(taken["names"]).split())
            module = taken["module"].decode("utf-8", "replace")
            line = self._source.line(start)
            self._found.imports.append(Import(module=module, line=line, names=names, form="composes"))

    def _add(self, name: bytes, kind: str, at: int, head: Span) -> None:
        line = self._source.line(at)
        first, last = head
        signature = self._source.fold(first, last) if last - first <= _LONGEST_SIGNATURE else ""
        doc = self._remarks.doc_above(self._source.line(first))
        if _CODE.search(doc):
            doc = ""
        self._found.listing.add(_decode(name), kind, line, signature=signature, doc=doc)

    def _close(self, at: int) -> None:
        if not self._found.blocks:
            self._found.problems.append(at)
            return
        for index in self._found.blocks.pop().opened:
            self._found.listing.extend(index, self._source.line(at))


class _Sass(_Sheet):
    """A sheet whose blocks are indented."""

    def _walk(self) -> None:
        lines = list(self._iter_lines())
        last = 0
        for place, (indent, start, end) in enumerate(lines):
            while self._found.blocks and self._found.blocks[-1].indent >= indent:
                self._close(last)
            is_block = place + 1 < len(lines) and lines[place + 1][0] > indent
            if mixin := _SASS_MIXIN.match(self._clean, start, end):
                self._add(mixin[1], "mixin", start, (start + 1, end))
            if is_block:
                self._open(start, end, indent)
            else:
                self._state(start, end)
            last = end
        while self._found.blocks:
            self._close(last)

    def _iter_lines(self) -> Iterator[tuple[int, int, int]]:
        """(indentation, start, end) of the lines with code; a selector may go on behind a comma."""
        start = first = 0
        indent = -1
        for line in self._clean.split(b"\n"):
            end = start + len(line)
            if line.strip():
                first = start if indent < 0 else first
                indent = len(line) - len(line.lstrip()) if indent < 0 else indent
                if not line.rstrip().endswith(b","):
                    yield indent, first + indent, end
                    indent = -1
            start = end + 1


def _decode(name: bytes) -> str:
    """A name without its escapes."""
    text = name.decode("utf-8", "replace")
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    number = int(match[1], 16)
    return (
        chr(number)
        if 0 < number <= sys.maxunicode and not _SURROGATES[0] <= number <= _SURROGATES[1]
        else "\ufffd"
    )
