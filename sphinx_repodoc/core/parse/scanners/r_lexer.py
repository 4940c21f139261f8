"""Tokens of R, in which a line feed may end a statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(
    rb"""
    (?P<comment>\#[^\n]*+)
    |(?P<raw>[rR](?:"(?P<dashes>-{0,20})[(\[{]|'(?P<dashes2>-{0,20})[(\[{]))
    |(?P<string>"(?:[^"\\]++|\\.)*+"?|'(?:[^'\\]++|\\.)*+'?)
    |(?P<quoted>`(?:[^`\\\n]++|\\.)*+`?)
    |(?P<operator>%[^%\n]*+%)
    |(?P<number>(?:\d[\w.]*+|\.\d[\w.]*+)(?:(?<=[eEpP])[-+]\d++)?+)
    |(?P<word>(?:[A-Za-z_\x80-\xff]|\.(?!\d))[\w.\x80-\xff]*+)
    |(?P<newline>\n)
    |(?P<sign><<-|<-|->>|->|:::?|==|<=|>=|!=|\|>|&&|\|\||:=|[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {b"(": b")", b"[": b"]", b"{": b"}"}


class Token(NamedTuple):
    """A token and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """What a word, a name in back quotes or a string says."""
        return self.text.strip("`\"'") if self.kind in {"quoted", "string"} else self.text


def read_tokens(text: bytes) -> tuple[list[Token], list[Span], list[int]]:
    """(tokens, comments, places of strings without an end)."""
    tokens: list[Token] = []
    comments: list[Span] = []
    unclosed: list[int] = []
    missing: set[bytes] = set()
    position = 0
    while match := _TOKEN.search(text, position):
        start, position = match.span()
        kind = str(match.lastgroup)
        if kind in {"dashes", "dashes2"} or match["raw"]:
            kind = "string"
            closing = _CLOSING[text[position - 1 : position]] + (match["dashes"] or match["dashes2"] or b"")
            closing += text[start + 1 : start + 2]
            end = -1 if closing in missing else text.find(closing, position)
            if end < 0:
                missing.add(closing)
                unclosed.append(start)
            position = end + len(closing) if end >= 0 else position
        if kind == "comment":
            comments.append((start, position))
            continue
        if kind == "string" and (position - start < len('""') or text[position - 1] not in b"\"'"):
            unclosed.append(start)
        tokens.append(Token(kind, text[start:position].decode("utf-8", "replace"), start, position))
    return tokens, comments, unclosed
