"""Tokens of Perl: enough to tell code from comments, POD, quotes, patterns and documents in place.

What ``/``, ``<<``, ``%`` and ``s`` mean depends on whether a value or an operator is expected,
which the token before them tells as a rule; only perl itself knows for sure.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_repodoc.core.parse.source import Span

_NAME = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*+"
_PATH = rb"(?:::)?+" + _NAME + rb"(?:::" + _NAME + rb")*+(?:::)?+"
_SIGILS = rb"\${0,9}+"
"""A reference to a reference, not without end: each sign is tried as the first one."""
_NUMBER = rb"0[xXbB][\da-fA-F_]++|(?:\d[\d_]*+(?:\.(?!\.)[\d_]*+)?+|\.\d[\d_]*+)(?:[eE][+-]?+\d++)?+"
_TOKEN = re.compile(
    rb"(?P<space>[ \t\r\f]++)|(?P<newline>\n)|(?P<comment>\#[^\n]*+)"
    rb"|(?P<variable>\$(?:\#?+"
    + _SIGILS
    + _PATH
    + rb"|\#?+\$"
    + _SIGILS
    + rb"(?=\{)|\#(?=\{)|\d++|\^\w|(?=\{)|[^\s\w{])"
    rb"|@(?:" + _SIGILS + _PATH + rb"|\$" + _SIGILS + rb"(?=\{)|(?=\{)|[-+_!$]))"
    rb"|(?P<word>" + _PATH + rb")|v?+(?P<number>" + _NUMBER + rb")"
    rb"|(?P<quote>['\"`])|(?P<heredoc><<(?=~?(?:[ \t]*+[\"']|[A-Za-z_])))|(?P<slash>//?+=?+)"
    rb"|(?P<arrow>->)|(?P<sign>=>|[{}()\[\];,]|\+\+|--|[^\w\s])"
)
_OPERAND = re.compile(
    rb"[%&](?:"
    + _SIGILS
    + _PATH
    + rb"|\$"
    + _SIGILS
    + rb"(?=\{)|(?=\{)|[-+!^](?!\w))|\*(?:"
    + _PATH
    + rb"|(?=\{)|[^\w\s{(])"
    rb"|-[A-Za-z](?![\w\x80-\xff])(?!\s*+=>)|<[$\w:*./~-]*+>"
)
"""What else begins with the sign of an operator where a value is expected."""
_POD = re.compile(rb"^=[A-Za-z]", re.MULTILINE)
_CUT = re.compile(rb"^=cut\b[^\n]*+", re.MULTILINE)
_FORMAT = re.compile(rb"format\b[ \t]*+[\w:]*+[ \t]*+=[ \t\r]*+\n")
_FORMAT_END = re.compile(rb"^\.[ \t\r]*+$", re.MULTILINE)
_TAG = re.compile(rb"<<(~?)[ \t]*+(?:\"([^\"\n]*)\"|'([^'\n]*)'|([A-Za-z_]\w*))")
_PROTOTYPE = re.compile(rb"\s*+\([\\$@%&*;+\[\]_\s]*+\)")
_GAP = re.compile(rb"\s*+")
_FLAGS = re.compile(rb"[a-z]*+")
_KEY_END = re.compile(rb"\s*+\}")
_FAT = re.compile(rb"\s*+=>")
_PAIRS = {b"(": b")", b"[": b"]", b"{": b"}", b"<": b">"}
_QUOTES = {b"m": 1, b"q": 1, b"qq": 1, b"qr": 1, b"qw": 1, b"qx": 1, b"s": 2, b"tr": 2, b"y": 2}
_EXPECTING = frozenset(
    b"""
    and cmp die each else elsif eq foreach for ge grep gt if join keys le local lt map my ne not or our pop print
    push return say shift sort split state unless unshift until values warn when while x xor
    """.split()
)
"""Words behind which a value follows."""
_MOST_FAILURES = 20
"""Quotes without an end that are looked for: each may cost the whole text."""
_MOST_PENDING = 20
"""Documents in place that one line may announce: the end of each is looked for."""


class Token(NamedTuple):
    """A piece of code. Kinds: ``word``, ``variable``, ``number``, ``words`` (``qw``), ``quote``, ``sign``."""

    kind: str
    start: int
    end: int


class Lexer:
    """Reads a text once; what is not closed is taken for an operator."""

    def __init__(self, text: bytes) -> None:
        self.tokens: list[Token] = []
        self.comments: list[Span] = []
        self.pods: list[Span] = []
        self.quotes: list[Span] = []
        self.unclosed: list[int] = []
        self._text = text
        self._expects_value = True
        self._braces: list[bool] = []
        """Of each open brace whether it holds statements, and not the key of a hash."""
        self._pending: list[tuple[int, re.Pattern[bytes]]] = []
        """Documents that begin on the next line: where each is announced, and how it ends."""
        at = self._skip_pod(0)
        while at < len(text):
            at = self._read(at)

    def _read(self, at: int) -> int:
        if self._expects_value and (operand := _OPERAND.match(self._text, at)):
            return self._take("variable", at, operand.end(), expects_value=operand[0].startswith(b"-"))
        token = _TOKEN.match(self._text, at)
        if token is None:
            return at + 1
        kind, end = str(token.lastgroup), token.end()
        if kind in {"space", "newline", "comment"}:
            return self._read_gap(kind, at, end)
        if kind in {"quote", "slash", "heredoc"}:
            return self._read_quote(kind, at, end)
        if kind == "word":
            return self._read_word(at, end)
        expects_value = kind == "arrow" or (kind == "sign" and self._read_sign(token[0]))
        return self._take(kind if kind != "arrow" else "sign", at, end, expects_value=expects_value)

    def _read_gap(self, kind: str, at: int, end: int) -> int:
        if kind == "newline":
            return self._skip_pod(self._skip_documents(end))
        if kind == "comment":
            self.comments.append((at, end))
        return end

    def _take(self, kind: str, start: int, end: int, *, expects_value: bool = False) -> int:
        self.tokens.append(Token(kind, start, end))
        self._expects_value = expects_value
        return end

    def _read_sign(self, sign: bytes) -> bool:
        """Whether a value is expected behind a sign."""
        if sign == b"{":
            self._braces.append(not self._is_subscript())
        elif sign == b"}" and self._braces:
            return self._braces.pop()
        return sign not in {b")", b"]", b"}", b"++", b"--"}

    def _is_subscript(self) -> bool:
        """Whether the brace that follows the tokens holds a key, or what a sigil takes apart."""
        if not self.tokens:
            return False
        kind, start, end = self.tokens[-1]
        last = self._text[start:end]
        is_adjacent = end < len(self._text) and self._text[end : end + 1] == b"{"
        return last == b"->" or (is_adjacent and (kind == "variable" or last in {b"]", b"}"}))

    def _read_word(self, at: int, end: int) -> int:
        word, text = self._text[at:end], self._text
        before = text[self.tokens[-1].start : self.tokens[-1].end] if self.tokens else b""
        if word in {b"__END__", b"__DATA__"}:
            self._skip_data(end)
            return len(text)
        if _FAT.match(text, end) or before == b"->" or (before == b"{" and _KEY_END.match(text, end)):
            return self._take("word", at, end)
        if word == b"format" and (form_end := self._skip_format(at)):
            return form_end
        if word in _QUOTES and before not in {b"sub", b"package", b"method"}:
            closed = self._read_quote_like(word, at, end)
            if closed:
                return closed
        if before == b"sub" or word == b"sub":
            prototype = _PROTOTYPE.match(text, end)
            self._take("word", at, end)
            return prototype.end() if prototype else end
        return self._take("word", at, end, expects_value=word in _EXPECTING)

    def _read_quote(self, kind: str, at: int, end: int) -> int:
        if kind == "heredoc":
            tag = _TAG.match(self._text, at)
            last = self.tokens[-1].kind if self.tokens else ""
            if tag is None or (not self._expects_value and last == "number") or not self._await(tag):
                return self._take("sign", at, end, expects_value=True)
            return self._quote("quote", at, tag.end())
        if kind == "slash" and not self._expects_value:
            return self._take("sign", at, end, expects_value=True)
        closed = self._close(at)
        if not closed:
            return self._take("sign", at, end, expects_value=kind == "slash")
        flags = _FLAGS.match(self._text, closed) if kind == "slash" else None
        return self._quote("quote", at, flags.end() if flags else closed)

    def _read_quote_like(self, word: bytes, at: int, end: int) -> int:
        """The end of ``q{…}``, ``s/…/…/e`` and their like; 0 where it is none."""
        gap = _GAP.match(self._text, end)
        opening = gap.end() if gap else end
        sign = self._text[opening : opening + 1]
        is_word = (
            not sign or sign in b";)" or sign.isalnum() or sign == b"_" or (sign in b",=" and opening > end)
        )
        if is_word or (sign == b"#" and opening > end):
            return 0
        closed = self._close(opening)
        if closed and _QUOTES[word] > 1:
            if sign in _PAIRS:
                second = _GAP.match(self._text, closed)
                closed = self._close(second.end() if second else closed)
            else:
                closed = self._close(closed - 1)
        if not closed:
            return 0
        flags = _FLAGS.match(self._text, closed) if word in {b"m", b"qr", b"s", b"tr", b"y"} else None
        return self._quote("words" if word == b"qw" else "quote", at, flags.end() if flags else closed)

    def _quote(self, kind: str, start: int, end: int) -> int:
        self.quotes.append((start, end))
        return self._take(kind, start, end)

    def _close(self, at: int) -> int:
        """The place behind the sign that closes the one at ``at``; 0 where there is none."""
        sign = self._text[at : at + 1]
        if not sign or len(self.unclosed) > _MOST_FAILURES:
            return 0
        closing = _PAIRS.get(sign)
        if closing is None:
            found = _until(sign).match(self._text, at + 1)
            end = found.end() if found else 0
        else:
            end = self._close_pair(at, sign, closing)
        if not end:
            self.unclosed.append(at)
        return end

    def _close_pair(self, at: int, opening: bytes, closing: bytes) -> int:
        depth = 0
        for found in _either(opening, closing).finditer(self._text, at):
            depth += (found[0] == opening) - (found[0] == closing)
            if depth == 0:
                return found.end()
        return 0

    def _await(self, tag: re.Match[bytes]) -> bool:
        """Whether the document in place that ``tag`` announces has an end; it begins on the next line."""
        name = next(group for group in tag.groups()[1:] if group is not None)
        indent = rb"[ \t]*+" if tag[1] else rb""
        if len(self.unclosed) > _MOST_FAILURES or len(self._pending) >= _MOST_PENDING:
            return False
        end = re.compile(rb"^" + indent + re.escape(name) + rb"\r?$", re.MULTILINE)
        if end.search(self._text, tag.end()) is None:
            self.unclosed.append(tag.start())
            return False
        self._pending.append((tag.start(), end))
        return True

    def _skip_format(self, at: int) -> int:
        """The end of a picture of output; 0 where there is none."""
        head = _FORMAT.match(self._text, at)
        if head is None or len(self.unclosed) > _MOST_FAILURES:
            return 0
        end = _FORMAT_END.search(self._text, head.end())
        if end is None:
            self.unclosed.append(at)
            return 0
        self.quotes.append((at, end.end()))
        self._expects_value = True
        return end.end()

    def _skip_documents(self, at: int) -> int:
        start = at
        for announced, end in self._pending:
            if found := end.search(self._text, at):
                at = min(found.end() + 1, len(self._text))
            else:
                self.unclosed.append(announced)
        self._pending.clear()
        if at > start:
            self.quotes.append((start, at))
        return at

    def _skip_pod(self, at: int) -> int:
        """The line behind documentation that begins at ``at``; white space may stand before it."""
        while _POD.match(self._text, at):
            cut = _CUT.search(self._text, at)
            end = cut.end() if cut else len(self._text)
            self.pods.append((at, end))
            at = min(end + 1, len(self._text))
        return at

    def _skip_data(self, at: int) -> None:
        """Behind the end of the code, documentation may stand between other text."""
        while found := _POD.search(self._text, at):
            if found.start() > at:
                self.quotes.append((at, found.start()))
            at = self._skip_pod(found.start())
        if at < len(self._text):
            self.quotes.append((at, len(self._text)))


@cache
def _until(sign: bytes) -> re.Pattern[bytes]:
    if sign == b"\\":
        return re.compile(rb"[^\\]*+\\")
    escaped = re.escape(sign)
    return re.compile(rb"(?:[^\\" + escaped + rb"]|\\.)*+" + escaped, re.DOTALL)


@cache
def _either(opening: bytes, closing: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\\.|" + re.escape(opening) + rb"|" + re.escape(closing), re.DOTALL)
