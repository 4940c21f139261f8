"""Texts without a parser: their lines, and what the comments say that can be told without one.

Text of one file in, :class:`~sphinx_repodoc.core.model.Facts` out; called by
:func:`~sphinx_repodoc.core.parse.parse_text`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.source import Source, blank, count_lines, generic_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.parse.source import Span

_HASH = re.compile(rb"^[ \t]*(#[^\n]*)", re.MULTILINE)
_COMMENTS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("codeowners", "dockerfile", "dotenv", "gitattributes", "gitignore", "make", "po"), _HASH
        ),
        "ini": re.compile(rb"^([#;][^\n]*)", re.MULTILINE),
        "properties": re.compile(rb"^[ \t]*([#!][^\n]*)", re.MULTILINE),
    }
)
"""Name of a language -> its comments, where a comment is a line of its own."""
_REQUIREMENTS = re.compile(r"(?:.*[._-])?(?:requirements|constraints)(?:[._-].*)?\.(?:txt|in)")
_MARKED = re.compile(rb"^[ \t]*((?:#|//|;|--|<!--)[^\n]*)", re.MULTILINE)
_MARKED_LINES = 20
"""A mark further down may be anything in a language that we do not know."""


def scan_plain(text: bytes, language: str, path: str = "") -> Facts:
    """Line counts, notes and markers; without a rule for comments, all filled lines are code.

    :param path: tells lists of requirements from other texts.
    """
    pattern = _COMMENTS.get(language)
    if pattern is None and is_requirements(path):
        pattern = _HASH
    if pattern is None:
        spans = _spans(_MARKED, b"\n".join(text.split(b"\n", _MARKED_LINES)[:_MARKED_LINES]))
        return replace(generic_facts(text), markers=tuple(comments.find_markers(Source(text, text), spans)))
    spans = _spans(pattern, text)
    source = Source(text, blank(text, spans))
    return Facts(
        lines=count_lines(text, source.code),
        notes=comments.find_notes(source, spans),
        markers=tuple(comments.find_markers(source, spans)),
    )


def code_of(text: bytes, language: str) -> bytes | None:
    """The text with its comments blank; ``None`` where it is not known what a comment is."""
    pattern = _COMMENTS.get(language)
    return None if pattern is None else blank(text, _spans(pattern, text))


def is_requirements(path: str) -> bool:
    """Whether a text is named as lists for pip are."""
    folder, _, name = path.rpartition("/")
    is_inside = folder.rpartition("/")[2] == "requirements" and name.endswith((".txt", ".in"))
    return is_inside or _REQUIREMENTS.fullmatch(name) is not None


def _spans(pattern: re.Pattern[bytes], text: bytes) -> list[Span]:
    return [match.span(1) for match in pattern.finditer(text)]
