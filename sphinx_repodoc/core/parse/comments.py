"""What comments say: notes, markers and the leading description of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from sphinx_repodoc.core.licences import identify_header
from sphinx_repodoc.core.model import Marker, MarkerKind, Note
from sphinx_repodoc.core.parse.disabled import is_code, is_signature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sphinx_repodoc.core.parse.source import Source, Span

_NOTE_WORDS = (b"TODO", b"FIXME", b"XXX")
"""Looking for these first is many times faster than the expression, and most files have none."""
_NOTE = re.compile(
    r"(?:^[^\w\"'`]*(?P<opening>TODO|FIXME|XXX)\b(?![-=.]\w)|\b(?P<marked>TODO|FIXME|XXX)(?=[:(]))(?P<text>.*)"
)
"""The word opens a line, or has a sign behind it; elsewhere it is a placeholder or spoken of."""
_NEXT_ITEM = re.compile(r"[-*+•] |\d+[.)] |[@\\:][a-z]")
_LONGEST_NOTE = 300
_OPENING = re.compile(
    r"\s*(?:/\*+!?<?|//+!?<?|#+[:!]?|--+|;+|%+|<!--+|\{#|!+[<>*|]?|REM(?=\s|$)|[cC*](?:[>!<*]+|(?=\s|$)))(?:[^\S\n]|$)?"
)
_LONG = re.compile(r"\s*(--\[=*\[|#=(?!=)|=begin\b|\{-)")
"""Opens a comment of several lines in Lua, Julia, Ruby and Haskell."""
_STAR = re.compile(r"\s*\*+(?!/)\s?")
_SPDX = re.compile(
    rb"^[^\w\n]*SPDX-License-Identifier:[ \t]*([\w(][\w.+-]*(?:[ \t]*[()]|[ \t]+\(?(?!--)[\w.+:-]+)*)",
    re.MULTILINE,
)
"""Its value is an expression of identifiers: what draws a box around it, or ends the comment, is no part."""
_GENERATED = re.compile(
    rb"(?i:@generated\b|\bcode generated\b[^\n]{0,200}\bdo not edit\b"
    rb"|\b(?:this file|this code|this module) (?:is|was|has been) (?:auto-?|automatically |auto )?generated\b)"
    rb"|^[^\w\n]*(?i:(?:auto-?|automatically )?generated (?:by|from|with)\b)",
    re.MULTILINE,
)
_STRING = re.compile(r"(?P<prefix>[a-zA-Z]*)(?P<quotes>\"\"\"|'''|\"|')")
_ESCAPE = re.compile(r"\\([\n\\'\"nt])")
_ESCAPES = {"\n": "", "\\": "\\", "'": "'", '"': '"', "n": "\n", "t": " "}
_QUOTES = ("'", '"', "`")
_ADORNMENT = re.compile(r"([=\-~`^\"'#*+.:_])\1{2,}")
_SECTIONS = frozenset(
    {"Parameters", "Returns", "Yields", "Raises", "Attributes", "Methods", "Examples", "Notes"}
)
_FILE_NAME = re.compile(
    r"[\w./-]*\w\.(?:pyi?|pyx|[cm]?[jt]sx?|go|rs|java|c|h|cc|cpp|cxx|hh|hpp|cuh?|sh|rb|pl|lua|php|toml|ya?ml|cfg|ini)"
)
_HEADER = 8_000
"""Bytes at the start of a file in which the header with its licence begins."""
_GENERATED_WITHIN_LINES = 40
"""A remark further down is about something else than the whole file."""

_GENERATED_TEXT = re.compile(r"@generated|(?:\w+ ){0,4}(?:auto-?)?generated\b", re.IGNORECASE)
"""A paragraph that only says how the file came about."""
_LEGAL = re.compile(
    r"copyright|this file is (?:a )?part of|^\(c\)|\(c\) *\d{4}|©|licen[cs]e|licensing|spdx|all rights reserved|warrant(?:y|ies)|redistribut"
    r"|permission is hereby|hereby granted|applicable law|public domain|neither the name|as is\W"
    r"|in no event shall|free software|provided that the following|above notice|this notice"
    r"|patents? grant|incurred|liable|liability",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    r"(?:frozen_string_literal|warn_indent|typed|rubocop|luacheck|phpcs|stylua|selene):|shellcheck \w+=|=+ +\S|\$\w+(?::[^$]*)?\$$"
    r"|-\*-|vim?:|ex:|(?:en)?coding[:=]|(?:pylint|flake8|mypy|pyright|ruff|noqa|isort|fmt|yapf|type|pragma|nosec)\b\s*[:(]"
    r"|noqa\b|(?:es|ts|js|style)lint|@ts-|@flow\b|@jsx|@license\b|global[s]?\s+\w|jshint|jscs|istanbul|prettier-ignore|<reference"
    r"|import\s[^\"'\n]*[\"'][^\"'\n]+[\"']$|go:|\+build|cgo\b|nolint|clang-format|NOLINT|=+$|local variables:|kate:|editorconfig|use strict"
    r"|(?:authors?|date|created(?: on)?|version|e-?mail|maintainers?|file ?name)\s*:|@(?:author|version|since|date)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[@\\](?:file|fileoverview|overview|(?:module|packageDocumentation)\b.*|brief|short|desc(?:ription)?)\b\s*"
)
_INLINE_TAG = re.compile(r"\{@(?:code|link|linkplain|literal|value)\s++([^{}]*+)\}")
_HTML_BLOCK = re.compile(r"</?(?:p|pre|ul|ol|h\d|table|dl|div|blockquote)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"[@\\][a-z]|(?:Globals|Arguments|Args|Outputs|Parameters|Returns|Raises|Usage|Examples?):\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Consecutive lines of comment text."""

    line: int
    text: str


def comment_lines(comment: str) -> list[str]:
    """The lines of one comment without the characters that make it a comment."""
    if long := _LONG.match(comment):
        closing = {"#=": "=#", "=begin": "=end", "{-": "-}"}.get(long[1]) or long[1][2:].replace("[", "]")
        return [line.strip() for line in comment[long.end() :].rstrip().removesuffix(closing).split("\n")]
    first, *rest = comment.split("\n")
    if rest and comment.lstrip().startswith("/*"):
        rest = [_without(_STAR, line) for line in rest]
    return [_unclosed(line) for line in (_without(_OPENING, first), *rest)]


def _without(beginning: re.Pattern[str], line: str) -> str:
    match = beginning.match(line)
    return line[match.end() :] if match else line


def _unclosed(line: str) -> str:
    """The line without what may end a comment, and without the white space around it."""
    line = line.strip()
    if line.endswith("*/"):
        return line[:-1].rstrip("*").rstrip()
    return line.removesuffix("-->").removesuffix("#}").rstrip()


def paragraphs(lines: Iterable[str], first_line: int) -> Iterator[Paragraph]:
    """Runs of lines that have words in them; a line of mere decoration ends one like an empty line."""
    run: list[str] = []
    number = first_line
    for number, line in enumerate(lines, first_line):
        if any(map(str.isalnum, line)):
            run.append(line)
        elif run:
            yield Paragraph(line=number - len(run), text=" ".join(" ".join(run).split()))
            run = []
    if run:
        yield Paragraph(line=number - len(run) + 1, text=" ".join(" ".join(run).split()))


def before_tags(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a doc comment up to its first tag (``@param``) or block of HTML."""
    for line in lines:
        if _HTML_BLOCK.match(line) or (_BLOCK_TAG.match(line) and not _TAG.match(line)):
            return
        yield _INLINE_TAG.sub(r"\1", _without_tag(line))


def find_notes(source: Source, comments: Iterable[Span]) -> tuple[Note, ...]:
    """Notes with all their lines, up to an empty line of the comment or the next note."""
    if not any(word in source.text for word in _NOTE_WORDS):
        return ()
    return tuple(note for block in _note_blocks(source, comments) for note in _notes_in(block))


def _note_blocks(source: Source, comments: Iterable[Span]) -> Iterator[list[tuple[int, str]]]:
    """(line, text) of comments that belong together; one behind code stands alone."""
    for block in _blocks(source, comments):
        if not any(source.text.find(word, block[0][0], block[-1][1]) >= 0 for word in _NOTE_WORDS):
            continue
        lines: list[tuple[int, str]] = []
        for start, end in block:
            is_behind = source.code_before(start)
            if is_behind:
                yield lines
                lines = []
            lines += enumerate(comment_lines(source.slice(start, end)), source.line(start))
            if is_behind:
                yield lines
                lines = []
        yield lines


def _notes_in(lines: Iterable[tuple[int, str]]) -> Iterator[Note]:
    kind, first, texts = "", 0, [""]
    for number, line in lines:
        match = _NOTE.search(line)
        if match is None and kind and any(map(str.isalnum, line)) and not _NEXT_ITEM.match(line):
            texts.append(line)
            continue
        if kind:
            yield Note(kind=kind, line=first, text=_cut(" ".join(" ".join(texts).split())))
        kind = (match["opening"] or match["marked"]) if match else ""
        first, texts = number, [match["text"].strip().removeprefix(":")] if match else [""]
    if kind:
        yield Note(kind=kind, line=first, text=_cut(" ".join(" ".join(texts).split())))


def _cut(text: str) -> str:
    """A text that is not too long, cut at the end of a sentence or else of a word."""
    if len(text) <= _LONGEST_NOTE:
        return text
    text = text[:_LONGEST_NOTE]
    sentence = text.rfind(". ", _LONGEST_NOTE // 2)
    return f"{text[: sentence + 1]} …" if sentence >= 0 else f"{text.rpartition(' ')[0] or text}…"


def find_markers(source: Source, comments: Sequence[Span]) -> Iterator[Marker]:
    """Shebang, licence and generator marks; entry points are the business of the queries."""
    if source.text.startswith(b"#!") and not source.text.startswith(b"#!["):
        text = source.text.partition(b"\n")[0][2:].decode("utf-8", "replace").strip()
        yield Marker(kind=MarkerKind.SHEBANG, line=1, text=text)
    if b"generated" in source.text.lower():
        near = takewhile(lambda span: source.line(span[0]) <= _GENERATED_WITHIN_LINES, comments)
        yield from _mark(source, near, MarkerKind.GENERATED, _GENERATED)
    if b"SPDX-License-Identifier" in source.text:
        marked = (span for span in comments if source.text.find(b"SPDX-License-Identifier", *span) >= 0)
        yield from _mark(source, marked, MarkerKind.LICENSE, _SPDX)
    elif (
        b"icen" in source.text[:_HEADER]
        or b"ICEN" in source.text[:_HEADER]
        or b"ermission" in source.text[:_HEADER]
    ):
        yield from _license_header(source, comments)


def _license_header(source: Source, comments: Sequence[Span]) -> Iterator[Marker]:
    """What the comments before all code say of the licence, in the words that the licences ask for."""
    lines: list[tuple[int, str]] = []
    for start, end in comments:
        if start > _HEADER or source.code[:start].strip():
            break
        lines += enumerate(comment_lines(source.slice(start, end)), source.line(start))
    name, line = identify_header(lines)
    if name:
        yield Marker(kind=MarkerKind.LICENSE, line=line, text=name)


def _mark(
    source: Source, comments: Iterable[Span], kind: MarkerKind, pattern: re.Pattern[bytes]
) -> Iterator[Marker]:
    for start, end in comments:
        for match in pattern.finditer(source.text[start:end]):
            # A pattern may begin on an earlier line of decoration than its words stand on.
            offset = start + match.end() - len(match[0].lstrip())
            line = source.line(offset)
            if kind is MarkerKind.LICENSE:
                yield Marker(kind=kind, line=line, text=match[1].decode("utf-8", "replace"))
            elif line <= _GENERATED_WITHIN_LINES:
                yield Marker(kind=kind, line=line, text=_line_text(source, offset, start, end))
                return


def _line_text(source: Source, offset: int, start: int, end: int) -> str:
    first = max(source.text.rfind(b"\n", start, offset) + 1, start)
    last = source.text.find(b"\n", offset, end)
    line = source.slice(first, end if last < 0 else last)
    return _unclosed(_without(_STAR, _without(_OPENING, line)))


def docstring_paragraph(literal: str, line: int) -> Paragraph | None:
    """The first paragraph of a docstring, given as it stands in the source."""
    opening = _STRING.match(literal)
    if opening is None:
        return None
    text = literal[opening.end() : -len(opening["quotes"])]
    if "r" not in opening["prefix"].lower():
        text = _ESCAPE.sub(_unescaped, text)
    lines = _without_file_name(line.strip() for line in text.split("\n"))
    below = list(islice(paragraphs(_without_titles(lines), line), 2))
    if below and is_signature(below[0].text):
        below = below[1:] or below  # the signature is told with the name already
    first = below[0] if below else next(paragraphs(lines, line), None)
    return None if first is None or first.text in _SECTIONS else first


def _unescaped(match: re.Match[str]) -> str:
    """What an escape stands for; one in quotes is spoken of, and stays as it was written."""
    if match[1] in "nt" and match.string[match.start() - 1 : match.start()] in _QUOTES:
        return match[0]
    return _ESCAPES.get(match[1], match[0])


def _without_titles(lines: Sequence[str]) -> Iterator[str]:
    """The lines up to the first section of numpydoc, those of titles empty: a title says less than its text."""
    is_title = False
    for index, line in enumerate(lines):
        is_under, is_title = is_title, False
        if (
            not is_under
            and line
            and index + 1 < len(lines)
            and (not index or not any(map(str.isalnum, lines[index - 1])))
        ):
            is_title = bool(_ADORNMENT.fullmatch(lines[index + 1])) and not _ADORNMENT.fullmatch(line)
        if is_title and line in _SECTIONS:
            return
        yield "" if is_title or _ADORNMENT.fullmatch(line) else line


def _without_file_name(lines: Iterable[str]) -> list[str]:
    """The lines; the first with words in it is empty when it only names a file."""
    found = list(lines)
    first = next((index for index, line in enumerate(found) if any(map(str.isalnum, line))), None)
    if first is not None and _FILE_NAME.fullmatch(found[first]):
        found[first] = ""
    return found


def leading_paragraph(source: Source, comments: Sequence[Span], owned: Collection[int]) -> Paragraph | None:
    """The first paragraph of ``comments`` (those before any code) that describes the file.

    :param owned: starts of comments that belong to a definition.
    """
    for block in _blocks(source, comments):
        if any(start in owned for start, _ in block):
            continue
        lines = [line for start, end in block for line in comment_lines(source.slice(start, end))]
        if source.text.startswith(b"#!", block[0][0]):
            lines[0] = ""
        for paragraph in paragraphs(_without_directives(_without_file_name(lines)), source.line(block[0][0])):
            if not (
                _LEGAL.search(paragraph.text)
                or _GENERATED_TEXT.match(paragraph.text)
                or is_code(paragraph.text)
            ):
                return paragraph
    return None


def _without_directives(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield "" if _DIRECTIVE.match(line) else _without_tag(line)


def _without_tag(line: str) -> str:
    tag = _TAG.match(line)
    return line[tag.end() :] if tag else line


def _blocks(source: Source, comments: Iterable[Span]) -> Iterator[list[Span]]:
    """Line comments on consecutive lines together, every block comment alone."""
    block: list[Span] = []
    for span in comments:
        joins = block and not source.text.startswith(b"/*", span[0])
        joins = joins and not source.text.startswith(b"/*", block[-1][0])
        if not (joins and source.adjacent(block[-1][1], span[0])):
            if block:
                yield block
            block = []
        block.append(span)
    if block:
        yield block
