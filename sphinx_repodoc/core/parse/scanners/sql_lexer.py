"""Statements of SQL in any dialect: tokens, and where a statement ends.

What ends a statement is a matter of the client as much as of the language: ``;`` outside of
the body of a routine, what ``DELIMITER`` says, ``GO`` or ``/`` on a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_STANDARD = rb"[eE]'(?:[^'\\]|\\[\s\S]|'')*+'?|'(?:[^'\\]|\\'(?=\w)|\\|'')*+'?"
"""Where a letter follows at once, a quote behind a backslash is not the last one."""
_ESCAPED = rb"'(?:[^'\\]|\\[\s\S]|'')*+'?"
_PATTERN = (
    rb"(?P<line>^[ \t]*(?:[Gg][Oo](?:[ \t]+\d+)?|/)[ \t]*;?[ \t]*$)"
    rb"|(?P<delimiter>^[ \t]*(?i:delimiter)[ \t]+(?P<mark>\S+)[ \t]*$)"
    rb"|(?P<include>^[ \t]*(?:(?:\\(?:ir?|include(?:_relative)?|\.)|:r|\.read)[ \t]+(?P<file>[^\s;]+)"
    rb"|(?:@@?|(?i:source)[ \t]+)(?P<script>[^\s;]+\.(?i:sql|ddl|pk[bs]|psql|pgsql)))[^\n]*$)"
    rb"|(?P<command>^(?:\\|(?i:prompt|set[ \t]+(?:define|serveroutput|echo|feedback|scan)|whenever)\b)[^\n]*$)"
    rb"|(?P<comment>--[^\n]*|^(?i:rem(?:ark)?)(?:[ \t][^\n]*)?$|^[ \t]*#(?=[ #!-])[^\n]*|/\*(?!!)(?:[^*]|\*(?!/))*+(?:\*/)?)"
    rb"|(?P<skip>/\*!\d*|\*/)"
    rb"|(?P<string>%s)"
    rb"|(?P<name>\"(?:[^\"]|\"\")*+\"?|`(?:[^`]|``)*+`?|\[[^\[\]\n]{1,128}\])"
    rb"|(?P<dollar>\$(?:[A-Za-z_]\w*)?\$)"
    rb"|(?P<word>[A-Za-z_@#\x80-\xff][\w$#@\x80-\xff]*)"
    rb"|(?P<number>\d[\w.]*)|(?P<sign>[^\s\w])"
)
_TOKEN = re.compile(_PATTERN % _STANDARD, re.MULTILINE)
_TOKEN_ESCAPED = re.compile(_PATTERN % _ESCAPED, re.MULTILINE)
_ESCAPES = re.compile(rb"`|^[ \t]*delimiter[ \t]|\bengine[ \t]*=", re.IGNORECASE | re.MULTILINE)
"""Dialects in which a backslash escapes a quote."""
_DELIMITER = re.compile(rb"^[ \t]*delimiter[ \t]", re.IGNORECASE | re.MULTILINE)
_BATCHES = re.compile(rb"^[ \t]*go[ \t]*$", re.IGNORECASE | re.MULTILINE)
_COPY = re.compile(rb"^COPY\b[^;\n]*\bFROM[ \t]+stdin\b[^;\n]*;[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_DOLLAR = re.compile(rb"\$(?:[A-Za-z_]\w*)?\$")


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "PACKAGE", "EVENT"})
_ALONE = ROUTINES | {"VIEW"}
"""What no routine creates in its body."""
_CREATED = _ALONE | word_set(
    "( ; AS TABLE INDEX TYPE SCHEMA DATABASE SEQUENCE DOMAIN EXTENSION ROLE USER RULE"
)
"""What cannot stand between ``CREATE`` and a word for a routine."""
_LISTS = frozenset({"GRANT", "REVOKE", "DENY", "COMMENT"})
"""They name other statements."""
_BEGINNINGS = _LISTS | {"CREATE", "ALTER"}
_VERBS = word_set(
    "BEGIN SELECT INSERT UPDATE DELETE SET DECLARE IF WITH EXEC EXECUTE RETURN MERGE PRINT TRUNCATE WHILE"
    " LANGUAGE EXTERNAL TABLE"
)
"""What may follow ``AS`` where no declarations do."""
_LOOPS = frozenset({"IF", "LOOP", "WHILE", "REPEAT", "FOR"})
"""Behind ``END`` they close what is not counted."""
_TRANSACTIONS = word_set("TRAN TRANSACTION WORK IMMEDIATE DEFERRED EXCLUSIVE ISOLATION READ ;")
_HEAD = 24
"""Tokens between ``CREATE`` and what is created."""
_LAST = Token("", 0, 0, "end")


class Lexer:
    """The tokens of a text, its comments and includes put aside."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.comments: list[Span] = []
        self.includes: list[tuple[str, int]] = []
        """Other scripts that this one runs, and where."""
        self.faults: list[int] = []
        self.has_batches = _BATCHES.search(text) is not None
        self._has_delimiters = _DELIMITER.search(text) is not None
        self._pattern = _TOKEN_ESCAPED if _ESCAPES.search(text) else _TOKEN
        self._data = dict(_find_data(text))
        self._dollars: dict[bytes, list[int]] = defaultdict(list)
        for match in _DOLLAR.finditer(text):
            self._dollars[match[0]].append(match.start())

    def tokens(self) -> Iterator[Token]:
        at = 0
        while match := self._pattern.search(self.text, at):
            kind, start, at = str(match.lastgroup), match.start(), match.end()
            if kind == "comment":
                self.comments.append((start, at))
                self._check(match, b"/*", b"*/")
            elif kind == "include":
                path = (match["file"] or match["script"]).decode("utf-8", "replace").strip("'\"")
                self.includes.append((path, start))
            elif kind == "dollar" and not self._has_delimiters and (end := self._end_of_dollar(match)):
                at = end
                yield Token("", start, end, "string")
            elif kind not in {"skip", "command"}:
                if kind == "string":
                    self._check(match, b"'", b"'")
                text = match["mark"] or match[0]
                yield Token(text.decode("utf-8", "replace"), start, at, kind)
            if match[0] == b";":
                at = self._data.get(start, at)

    def _end_of_dollar(self, opening: re.Match[bytes]) -> int:
        """Where a text in dollars ends; 0 when nothing closes it."""
        places = self._dollars[opening[0]]
        after = bisect_left(places, opening.end())
        return places[after] + len(opening[0]) if after < len(places) else 0

    def _check(self, match: re.Match[bytes], opening: bytes, closing: bytes) -> None:
        found = match[0]
        if found.startswith(opening) and (len(found) < len(opening + closing) or not found.endswith(closing)):
            self.faults.append(match.start())


def _find_data(text: bytes) -> Iterator[tuple[int, int]]:
    """(end of a statement, end of the rows behind it) for tables in dumps."""
    for match in _COPY.finditer(text):
        end = text.find(b"\n\\.", match.end() - 1)
        if end < 0:
            return
        yield text.rindex(b";", match.start(), match.end()), end + 3


class Blocks:
    """What is open in the body of a routine."""

    def __init__(self) -> None:
        self.open: list[str] = []
        """``BEGIN``, ``CASE``, and ``IS`` for declarations."""
        self.has_header = False
        """Between the word for a routine and its ``AS``."""
        self._depth = 0
        self._before = ""

    def read(self, token: Token, following: Token) -> None:
        if token.kind == "word":
            self._read_word(token.text.upper(), following)
        elif token.text == ";":
            self.has_header = False
        self._depth = max(self._depth + (token.text == "(") - (token.text == ")"), 0)
        self._before = token.text.upper()

    def _read_word(self, word: str, following: Token) -> None:
        opened, after = self.open, following.text.upper()
        if word in {"IS", "AS"} and self.has_header and not self._depth:
            if self._before != "EXECUTE":
                self.has_header = False
                if after not in _VERBS and following.kind == "word":
                    opened.append("IS")
        elif word in {"PROCEDURE", "FUNCTION"} and opened[-1:] == ["IS"]:
            self.has_header = True
        elif word == "DECLARE" and not opened and not after.startswith("@"):
            opened.append("IS")
        elif word == "BEGIN" and opened[-1:] == ["IS"]:
            opened[-1] = "BEGIN"
        elif word == "BEGIN" or (word == "CASE" and self._before != "END"):
            opened.append(word)
        elif word == "END" and after not in _LOOPS and opened:
            opened.pop()


class Splitter:
    """Puts tokens together to statements."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._mark = ";"
        self._statement: list[Token] = []
        self._blocks: Blocks | None = None
        """Of a routine, or a block that is one."""
        self._depth = 0
        """Parentheses that are open."""

    def statements(self) -> Iterator[list[Token]]:
        for token, following in pairwise(chain(self._lexer.tokens(), (_LAST,))):
            if token.kind == "delimiter":
                yield self._take()
                self._mark = token.text
            elif token.kind == "line" or self._is_end(token):
                yield self._take()
            else:
                if token.kind == "word":
                    yield from self._begin(token, following)
                if self._blocks is not None:
                    self._blocks.read(token, following)
                self._depth = max(self._depth + (token.text == "(") - (token.text == ")"), 0)
                self._statement.append(token)
        yield self._take()

    def _take(self) -> list[Token]:
        statement, self._statement = self._statement, []
        self._blocks, self._depth = None, 0
        return statement

    def _is_end(self, token: Token) -> bool:
        if self._mark != ";":
            return self._lexer.text.startswith(self._mark.encode(), token.start)
        if token.text != ";" or token.kind != "sign":
            return False
        return self._blocks is None or not (self._blocks.open or self._lexer.has_batches)

    def _begin(self, token: Token, following: Token) -> Iterator[list[Token]]:
        """See what a word begins; a statement that nothing ended is over where another one must begin."""
        word, after = token.text.upper(), following.text.upper()
        if not self._statement:
            if (word == "BEGIN" and after not in _TRANSACTIONS) or (
                word == "DECLARE" and not after.startswith("@")
            ):
                self._blocks = Blocks()
        elif word in _ALONE and (start := self._creates()) is not None:
            if start:
                rest = self._statement[start:]
                del self._statement[start:]
                yield self._take()
                self._statement = rest
            if word in ROUTINES:
                self._blocks = Blocks()
                self._blocks.has_header = True
        elif word in _BEGINNINGS and self._blocks is None and self._is_unended(token):
            yield self._take()

    def _is_unended(self, token: Token) -> bool:
        """Whether a word that begins a line begins a statement, too: some dialects need no ``;``."""
        text = self._lexer.text
        if self._depth or self._statement[0].text.upper() in _LISTS:
            return False
        return not text[text.rfind(b"\n", 0, token.start) + 1 : token.start].strip()

    def _creates(self) -> int | None:
        """Where the ``CREATE`` stands that the next word belongs to."""
        words = [each.text.upper() for each in self._statement[-_HEAD:]]
        is_whole = len(self._statement) <= _HEAD
        if "CREATE" in words:
            place = len(words) - 1 - words[::-1].index("CREATE")
        elif is_whole and words[0] == "ALTER":
            place = 0
        else:
            return None
        between = words[place + 1 :]
        if not _CREATED.isdisjoint(between):
            return None
        return len(self._statement) - len(words) + place
