"""Tags of template languages in other text: Jinja, Django, Twig, Liquid, Handlebars.

``{% … %}`` is a statement, ``{{ … }}`` an expression, ``{# … #}`` a comment; in Handlebars
``{{! … }}`` is a comment and ``{{> name}}`` takes in another template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.parse.source import Source, Span

_OPENING = re.compile(rb"\{[%{#]")
_CLOSING = {b"{%": b"%}", b"{{": b"}}", b"{#": b"#}"}
_WORD = re.compile(r"\w+")
_DEFINITIONS = frozenset({"block", "macro", "define", "partialdef"})
_IMPORTS = frozenset({"embed", "extends", "from", "import", "include", "partial", "render", "use"})
_OPAQUE = {"comment": "endcomment", "raw": "endraw", "verbatim": "endverbatim"}
"""Statements up to whose end nothing is a tag."""
_NAME = re.compile(r"['\"]?([\w.-]+)['\"]?")
_PATH = re.compile(r"['\"]([^'\"{}]+)['\"]")
_PARTIAL = re.compile(r"['\"]?([\w./-]+)")
_IMPORTED = re.compile(r"\bimport\s+(.*)", re.DOTALL)
_ALIAS = re.compile(r"['\"]\s+as\s+(\w+)")
_COMMENT_START = re.compile(rb"\{#[-+]?|\{\{!(?:--)?|\{%[-+~]?\s*comment\b[^%\n]*%\}")
_COMMENT_END = re.compile(rb"(?:[-+]?#\}|(?:--)?\}\}|\{%[-+~]?\s*endcomment\s*[-+~]?%\})\Z")
_WIDEST_MARK = 40
_LONGEST = 2_000
"""Characters of a statement that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTag:
    """One tag, or a statement with all it makes opaque."""

    start: int
    end: int
    mark: bytes
    """Its first two characters."""
    word: str = ""
    """Of a statement, its first word ..."""
    rest: str = ""
    """... and what follows it."""

    @property
    def is_comment(self) -> bool:
        return self.mark == b"{#" or self.word == "comment"


def find_tags(text: bytes) -> list[TemplateTag]:
    """Every tag in the text, in its order; one that is never closed is none."""
    tags: list[TemplateTag] = []
    never: set[bytes] = set()
    at = 0
    while opening := _OPENING.search(text, at):
        mark, start = opening[0], opening.start()
        closing = b"--}}" if text.startswith(b"{{!--", start) else _CLOSING[mark]
        end = -1 if closing in never else text.find(closing, start + 2)
        if end < 0:
            never.add(closing)
            at = start + 1
            continue
        at = end + len(closing)
        tag = TemplateTag(start=start, end=at, mark=mark)
        if mark == b"{{" and text[start + 2 : start + 3] in {b"!", b">"}:
            rest = text[start + 3 : end][:_LONGEST].decode("utf-8", "replace").strip()
            tag = replace(tag, word="comment" if text.startswith(b"{{!", start) else "partial", rest=rest)
        if mark == b"{%":
            said = text[start + 2 : end][:_LONGEST].decode("utf-8", "replace").strip("-+~ \t\n")
            word = _WORD.match(said)
            tag = replace(tag, word=word[0], rest=said[word.end() :].strip()) if word else tag
            at = _opaque_end(text, tag)
            tag = replace(tag, end=at)
        tags.append(tag)
    return tags


def _opaque_end(text: bytes, tag: TemplateTag) -> int:
    """Where the text ends that the statement makes opaque, or the statement itself."""
    if tag.word not in _OPAQUE:
        return tag.end
    closing = re.compile(rb"\{%[-+~]?\s*" + _OPAQUE[tag.word].encode() + rb"\b[^%]*%\}").search(text, tag.end)
    return closing.end() if closing else len(text)


def without(text: bytes, tags: Iterable[TemplateTag], filler: bytes = b" ") -> bytes:
    """The text without its tags, but with their lines.

    :param filler: stands for the value of an expression.
    """
    blanked = bytearray(text)
    for tag in tags:
        piece = re.sub(rb"[^\n]", b" ", text[tag.start : tag.end])
        blanked[tag.start : tag.end] = filler + piece[1:] if tag.mark == b"{{" else piece
    return bytes(blanked)


def comment_spans(tags: Iterable[TemplateTag]) -> list[Span]:
    return [(tag.start, tag.end) for tag in tags if tag.is_comment]


def with_plain_comments(text: bytes, tags: Iterable[TemplateTag]) -> bytes:
    """The text with every comment between the same two marks, its length unchanged."""
    changed = bytearray(text)
    for tag in tags:
        if tag.is_comment:
            opening = _COMMENT_START.match(text, tag.start)
            closing = _COMMENT_END.search(text, max(tag.start, tag.end - _WIDEST_MARK), tag.end)
            if opening and closing:
                changed[tag.start : opening.end()] = b"{#".ljust(opening.end() - tag.start)
                changed[closing.start() : tag.end] = b"#}".rjust(tag.end - closing.start())
    return bytes(changed)


def template_symbols(tags: Sequence[TemplateTag], source: Source) -> tuple[Symbol, ...]:
    """Blocks and macros, nested as they are written."""
    symbols: list[Symbol] = []
    open_ones: list[tuple[str, int]] = []
    for tag in tags:
        name = _NAME.match(tag.rest)
        if tag.word in _DEFINITIONS and name:
            parent = open_ones[-1][1] if open_ones else -1
            line = source.line(tag.start)
            if not _is_short(tag):
                open_ones.append((tag.word, len(symbols)))
            symbols.append(
                Symbol(
                    name=name[1],
                    qualname=name[1],
                    kind=tag.word.removesuffix("def"),
                    line=line,
                    end_line=line,
                    parent=parent,
                    signature=" ".join(tag.rest.split()) if tag.word == "macro" else "",
                )
            )
        elif tag.word.startswith("end") and open_ones and f"end{open_ones[-1][0]}" == tag.word:
            index = open_ones.pop()[1]
            symbols[index] = replace(symbols[index], end_line=source.line(tag.start))
    return tuple(symbols)


def _is_short(tag: TemplateTag) -> bool:
    """Twig's ``{% block title 'text' %}`` has no end."""
    return tag.word == "block" and bool(re.search(r"\s['\"]", tag.rest))


def template_imports(tags: Iterable[TemplateTag], source: Source) -> Iterator[Import]:
    """Templates that the text extends, includes or takes macros from, where it names them outright."""
    for tag in tags:
        if tag.word not in _IMPORTS:
            continue
        path = (_PARTIAL if tag.word == "partial" else _PATH).match(tag.rest.removeprefix("[").strip())
        if path is None:
            continue
        alias = _ALIAS.search(tag.rest) if tag.word == "import" else None
        taken = _IMPORTED.search(tag.rest) if tag.word == "from" else None
        yield Import(
            module=path[1],
            line=source.line(tag.start),
            names=tuple(_imported(taken[1])) if taken else (),
            alias=alias[1] if alias else "",
            form=tag.word,
        )


def _imported(text: str) -> Iterator[ImportedName]:
    for part in re.sub(r"\bwith(?:out)?\s+context\b", "", text).split(","):
        words = part.split()
        if words:
            alias = words[2] if len(words) > 2 and words[1] == "as" else ""  # noqa: PLR2004 -- x as y
            yield ImportedName(name=words[0], alias=alias)
