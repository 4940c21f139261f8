"""Plain text of inline markup, for names of headings and first paragraphs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 4_000
"""Characters of markup that are read: the patterns below may look ahead to the end of their text."""

SUBSTITUTION = re.compile(r"(?<![\w`])\|([^\s|][^|]*)\|(?:__?)?")
"""Of reStructuredText. Its name stands for it; often it is an image or a version number."""
_RST = (
    (SUBSTITUTION, r"\1"),
    (re.compile(r"(?::[\w.+:-]+:)?`([^`<]+?)\s*<[^`>]*>`_{0,2}"), r"\1"),
    (re.compile(r":[\w.+:-]+:`[~!.]*([^`]+)`"), r"\1"),
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"(?<!\w)(\*\*?)(?=\S)([^*]+)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\b([A-Za-z0-9]+)__?(?=[\s.,;:!?)]|$)"), r"\1"),
    (re.compile(r"\\(.)"), r"\1"),
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_HTML_ALT = re.compile(r"\balt\s*=\s*[\"']([^\"']*)")
_MARKDOWN = (
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^\s<>]*)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)([^*]+)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=\S)([^_]+|.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\{[#.][^{}]*\}\s*$"), ""),
    (re.compile(r"\{[\w:.-]+\}(?=\0)"), ""),  # roles of MyST
    (re.compile(r"\\([^\w\s])"), r"\1"),
)
_SHORTCUT = re.compile(r"(?<![\w\]\\])\[([^\[\]]+)\](?![\[(:])")
_HELD = re.compile(r"\0(\d+)\0")


def rst_text(markup: str) -> str:
    """One line without the markup of reStructuredText; references are their titles."""
    markup = _shorten(markup)
    for pattern, replacement in _RST:
        markup = pattern.sub(replacement, markup)
    literal_follows = markup.endswith("::")
    return " ".join(markup.removesuffix("::").split()) + ":" * literal_follows


def markdown_text(markup: str, *, keep_alt: bool = False, labels: Collection[str] = frozenset()) -> str:
    """One line without the markup of Markdown; links are their texts, images are dropped.

    :param keep_alt: let the description of an image stand for it, when there is nothing else.
    :param labels: what ``[x]`` alone may link to, by :func:`label_key`.
    """
    markup = _shorten(markup)
    held: list[str] = []

    def hold(code: re.Match[str]) -> str:
        held.append(code[2].strip())
        return f"\0{len(held) - 1}\0"

    text = _CODE.sub(hold, markup)
    for pattern, replacement in ((_IMAGE, ""), (_HTML_IMAGE, ""), *_MARKDOWN):
        text = pattern.sub(replacement, text)
    if labels:
        text = _SHORTCUT.sub(lambda link: link[1] if label_key(link[1]) in labels else link[0], text)
    text = _HELD.sub(lambda place: held[int(place[1])], html.unescape(text))
    text = " ".join(text.split())
    if text or not keep_alt:
        return text
    alt = _IMAGE.search(markup) or _HTML_ALT.search(markup)
    return " ".join(alt[1].split()) if alt else ""


def label_key(label: str) -> str:
    """By which Markdown compares the label of a link with its definition."""
    return " ".join(label.casefold().split())


def _shorten(markup: str) -> str:
    markup = markup.replace("\0", " ")
    return markup if len(markup) <= LONGEST else markup[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
