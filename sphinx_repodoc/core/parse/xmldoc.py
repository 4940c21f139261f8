"""Doc comments that are XML, as in C#: their summary as plain lines."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUMMARY = re.compile(r"<summary\s*>(?P<text>(?:[^<]|<(?!/summary\b|summary\b))*+)")
_BLOCK = re.compile(
    r"<(?:remarks|param|typeparam|returns|value|exception|example|seealso|permission|inheritdoc|include|list|code)\b"
)
_REFERENCE = re.compile(
    r"<(?:see|paramref|typeparamref|seealso)\s+(?:cref|name|langword|href)\s*=\s*(?P<quote>[\"'])(?:[A-Z]:)?(?P<to>[^\"'<>]*)(?P=quote)\s*/>"
)
_PARAGRAPH = re.compile(r"</?para\s*/?>|<br\s*/?>\s*<br\s*/?>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def summary_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of the summary with tags replaced by what they show; the others empty."""
    text = "\n".join(lines)
    summary = _SUMMARY.search(text)
    if summary is not None:
        yield from [""] * text.count("\n", 0, summary.start("text"))
        text = summary["text"]
    block = _BLOCK.search(text)
    text = text[: block.start()] if block else text
    text = _REFERENCE.sub(lambda match: match["to"] + "\n" * match[0].count("\n"), text)
    text = _PARAGRAPH.sub("\n\n", text)
    text = _TAG.sub(lambda match: "\n" * match[0].count("\n"), text)
    yield from unescape(text).split("\n")
