"""Tags of HTML, of what is written like it, and of XML.

Tags are told apart by the rules for tokens of the HTML standard or of XML; nesting
is left to the caller. Every step goes forward: the work is linear in the length of
the text, whatever the text is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.parse.source import Span

_OPENING = re.compile(rb"<(?:(?P<special>[!?])|(?P<close>/)?(?P<name>[A-Za-z_:\x80-\xff][^\s/>]*)|/)")
_SPACE = re.compile(rb"[\s/]*")
_EQUALS = re.compile(rb"\s*=\s*")
_NAME = re.compile(rb"[^\s/>][^\s/>=]*")
_BARE = re.compile(rb"[^\s>]*")
_EXPRESSION = re.compile(
    rb"[{}]|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*",
    re.DOTALL,
)
"""Brackets of an expression of JavaScript, and what brackets may lie in without being any."""
_COMMENT_END = re.compile(rb"--!?>")
_EMPTY_COMMENT = re.compile(rb"<!---?>")
_IN_DOCTYPE = re.compile(rb"[\"'\[\]>]|<!--|<\?")
_CLOSED_BY = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}
_GREATER, _SLASH, _BRACE = b">/{"
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """The value of an attribute as it is written, without quotes, and where it begins."""

    value: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start or end tag."""

    name: str
    start: int
    end: int
    is_end: bool = False
    is_empty: bool = False
    """Closed by itself: ``<br/>``."""
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    content: Span | None = None
    """What is inside, where that is mere text for the parser: the code of a script."""

    def get(self, name: str) -> str:
        """Value of an attribute; empty when there is none."""
        found = self.attributes.get(name)
        return found.value if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a kind of markup differs from HTML."""

    is_xml: bool = False
    is_cased: bool = False
    """Whether upper case matters in names."""
    opening: bytes = b""
    """What begins an expression in text ..."""
    closing: bytes = b""
    """... and what ends it, unless it is a bracket in code."""
    in_attributes: bool = False
    """Whether values may be expressions in braces."""
    has_blocks: bool = False
    """Whether the elements of the top level, but templates, hold mere text."""


HTML = Dialect()
XML = Dialect(is_xml=True, is_cased=True)
VUE = Dialect(is_cased=True, opening=b"{{", closing=b"}}", has_blocks=True)
SVELTE = Dialect(is_cased=True, opening=b"{", in_attributes=True)
ASTRO = Dialect(is_cased=True, in_attributes=True)


class Markup:
    """The tags and comments of a text."""

    def __init__(self, text: bytes, dialect: Dialect, start: int = 0) -> None:
        self.tags: list[Tag] = []
        self.comments: list[Span] = []
        self.unclosed = -1
        """Where a tag, comment or raw text begins that is never closed; -1 without one."""
        self._text = text
        self._dialect = dialect
        self._templates = 0
        """Open templates of Vue."""
        self._has_braces = True
        """Turned off by a brace that is never closed: to look for its end again and again would take long."""
        self._read(start)

    def _read(self, at: int) -> None:
        opening = self._dialect.opening
        found = re.compile(rb"<|" + re.escape(opening)) if opening else re.compile(rb"<")
        while match := found.search(self._text, at):
            start = match.start()
            if match[0] != b"<":
                at = self._expression_end(start)
                continue
            tag = _OPENING.match(self._text, start)
            if tag is None:
                at = start + 1
            else:
                at = self._read_tag(tag) if tag["name"] else self._special_end(start)
            if at < 0:
                self.unclosed = start if self.unclosed < 0 else self.unclosed
                return

    def _special_end(self, start: int) -> int:
        """Where a comment, declaration or instruction ends; -1 when it does not."""
        text, is_xml = self._text, self._dialect.is_xml
        if text.startswith(b"<!--", start):
            closing = (None if is_xml else _EMPTY_COMMENT.match(text, start)) or _COMMENT_END.search(
                text, start + 4
            )
            self.comments.append((start, closing.end() if closing else len(text)))
            return closing.end() if closing else -1
        if is_xml and text.startswith(b"<![CDATA[", start):
            return _after(text, b"]]>", start)
        if is_xml and text.startswith(b"<?", start):
            return _after(text, b"?>", start)
        if is_xml and text.startswith(b"<!DOCTYPE", start):
            return self._doctype_end(start)
        return _after(text, b">", start)

    def _doctype_end(self, start: int) -> int:
        """Where a document type ends, which may have declarations in brackets."""
        text, at, depth = self._text, start + 1, 0
        while match := _IN_DOCTYPE.search(text, at):
            found, at = match[0], match.end()
            if found == b">" and depth <= 0:
                return at
            depth += (found == b"[") - (found == b"]")
            if found in _CLOSED_BY:
                at = _after(text, _CLOSED_BY[found], at)
            if at < 0:
                break
        return -1

    def _read_tag(self, opening: re.Match[bytes]) -> int:
        """Record the tag and return where reading goes on; -1 where the text ends in it."""
        text, start, at = self._text, opening.start(), opening.end()
        attributes: dict[str, Attribute] = {}
        while True:
            space = _SPACE.match(text, at)
            at = space.end() if space else at
            if at >= len(text):
                return -1
            if text[at] == _GREATER:
                break
            at = self._read_attribute(at, attributes)
            if at < 0:
                return -1
        name = opening["name"].decode("utf-8", "replace")
        tag = Tag(
            name=name if self._dialect.is_cased else name.lower(),
            start=start,
            end=at + 1,
            is_end=bool(opening["close"]),
            is_empty=text[at - 1] == _SLASH,
            attributes=attributes,
        )
        return self._record(tag)

    def _record(self, tag: Tag) -> int:
        """Add a tag with the text inside it, when that is raw; return where reading goes on."""
        if not self._is_raw(tag):
            self.tags.append(tag)
            return tag.end
        name = re.escape(tag.name.encode())
        closing = re.compile(rb"</" + name + rb"(?=[\s/>])", 0 if self._dialect.is_cased else re.IGNORECASE)
        found = closing.search(self._text, tag.end)
        end = found.start() if found else len(self._text)
        self.tags.append(replace(tag, content=(tag.end, end)))
        if found is None:
            self.unclosed = tag.start
        return end

    def _is_raw(self, tag: Tag) -> bool:
        dialect = self._dialect
        if dialect.has_blocks and tag.name == "template" and (self._templates or not tag.get("lang")):
            self._templates = max(self._templates + (-1 if tag.is_end else not tag.is_empty), 0)
            return False
        if tag.is_end or dialect.is_xml or (tag.is_empty and dialect.is_cased):
            return False
        return tag.name in _RAW or (dialect.has_blocks and not self._templates)

    def _read_attribute(self, at: int, attributes: dict[str, Attribute]) -> int:
        """Read one attribute and return where it ends; -1 where the text ends in it."""
        text = self._text
        if self._dialect.in_attributes and text[at] == _BRACE:
            return self._expression_end(at)
        name = _NAME.match(text, at)
        if name is None:
            return at + 1
        equals = _EQUALS.match(text, name.end())
        start = end = after = equals.end() if equals else name.end()
        if equals:
            quote = text[start : start + 1]
            if quote in {b'"', b"'"}:
                start += 1
                end = self._quote_end(start, quote)
                after = end + 1
            else:
                end = after = self._bare_end(start)
        if end < 0:
            return -1
        key = name[0].decode("utf-8", "replace")
        value = html.unescape(text[start:end].decode("utf-8", "replace"))
        attributes.setdefault(
            key if self._dialect.is_cased else key.lower(), Attribute(value=value, start=start)
        )
        return after

    def _quote_end(self, start: int, quote: bytes) -> int:
        """Where a quoted value ends; an expression in it may have quotes of its own."""
        text = self._text
        end = text.find(quote, start)
        if not self._dialect.in_attributes or not self._has_braces:
            return end
        brace = text.find(b"{", start, max(end, start))
        while 0 <= brace < end:
            after = self._expression_end(brace)
            end = text.find(quote, max(after, end)) if after > end else end
            brace = text.find(b"{", after, max(end, after))
        return end

    def _bare_end(self, start: int) -> int:
        """Where a value without quotes ends; one of expressions may hold anything."""
        text = self._text
        bare = _BARE.match(text, start)
        end = bare.end() if bare else start
        while self._dialect.in_attributes and self._has_braces:
            brace = text.find(b"{", start, end)
            if brace < 0:
                break
            start = self._expression_end(brace)
            bare = _BARE.match(text, start)
            end = max(end, bare.end() if bare else start)
        return end

    def _expression_end(self, start: int) -> int:
        """Where an expression ends; right behind its opening when it has no end."""
        text, dialect = self._text, self._dialect
        width = len(dialect.opening) or 1
        if not self._has_braces:
            return start + width
        if dialect.closing:
            end = _after(text, dialect.closing, start)
            self._has_braces = end >= 0
            return end if end >= 0 else start + width
        depth = 0
        for match in _EXPRESSION.finditer(text, start):
            depth += (match[0] == b"{") - (match[0] == b"}")
            if depth == 0 and match[0] == b"}":
                return match.end()
        self._has_braces = False
        return start + width


def _after(text: bytes, mark: bytes, start: int) -> int:
    """Where the next ``mark`` ends; -1 without one."""
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else -1
