"""Protocol Buffers: messages, fields, enumerations, services, and imports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tokens import C_STYLE, Token, places, read_tokens, unquoted, words_of
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts

_BLOCKS = frozenset({"enum", "extend", "message", "oneof", "service"})
_TRANSPARENT = frozenset({"extend", "oneof"})
"""Blocks whose fields belong to what is around them."""
_SKIPPED = frozenset({"edition", "extensions", "option", "reserved", "syntax"})
_RESERVED = """
    syntax edition import weak public package option inf repeated optional required bool string bytes float double
    int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 group oneof map extensions to max
    reserved enum message extend service rpc stream returns true false
"""
_KEYWORDS = frozenset(_RESERVED.split())
_LONGEST = 400


def scan_proto(text: bytes) -> Facts:
    """Kinds are the words of the language; what stands in a message is ``field``, in an enumeration ``value``."""
    return _File(text).facts()


class _Block(NamedTuple):
    """A block that is not closed yet."""

    kind: str
    """Empty for the value of an option."""
    symbol: int
    scope: int
    """The symbol that names what stands in it."""
    start: int


class _File:
    """One pass over the statements, which end with ``;`` or a brace."""

    def __init__(self, text: bytes) -> None:
        self._tokens, comments = read_tokens(text, C_STYLE)
        self._remarks = Remarks(text, comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._open: list[_Block] = []
        self._faults: list[int] = []

    def facts(self) -> Facts:
        self._walk()
        facts = self._remarks.facts(
            self._listing.symbols,
            imports=self._imports,
            problems=syntax_problems(
                sorted([*self._faults, *(each.start for each in self._open)]), self._source
            ),
            omitted=self._listing.omitted,
        )
        return replace(facts, words=words_of(self._tokens, _KEYWORDS))

    def _walk(self) -> None:
        start = brackets = 0
        for place, token in enumerate(self._tokens):
            if token.text in {"[", "]"} and token.kind == "sign":
                brackets = max(brackets + (1 if token.text == "[" else -1), 0)
            elif token.text == ";" or (token.text in {"{", "}"} and not brackets):
                brackets = 0
                statement = self._tokens[start:place]
                is_value = (
                    token.text == "{"
                    and statement
                    and (statement[0].text in _SKIPPED or _has_value(statement))
                )
                if token.text == "{":
                    self._enter("" if is_value else self._kind(statement), statement, token)
                elif statement and not (self._open and not self._open[-1].kind):
                    self._read(statement, token)
                if token.text == "}":
                    self._leave(token)
                start = place + 1

    def _kind(self, statement: Sequence[Token]) -> str:
        """What a block is; nothing for the values of options."""
        words = [token.text for token in statement]
        if not words or (self._open and not self._open[-1].kind):
            return ""
        if words[0] in _BLOCKS and len(words) > 1:
            return words[0]
        if words[0] == "rpc":
            return "rpc"
        return "group" if "group" in words[:2] and "=" in words[:-1] else ""

    def _enter(self, kind: str, statement: Sequence[Token], brace: Token) -> None:
        index = scope = self._around()
        if kind:
            words = [token.text for token in statement]
            name = statement[words.index("group") + 1 if kind == "group" else 1]
            index = self._add(name, kind, statement, brace)
            scope = scope if kind in _TRANSPARENT else index
        self._open.append(_Block(kind, index, scope, brace.start))

    def _leave(self, brace: Token) -> None:
        if not self._open:
            self._faults.append(brace.start)
            return
        block = self._open.pop()
        if block.kind and block.symbol >= 0:
            self._listing.extend(block.symbol, self._source.line(brace.start))

    def _read(self, statement: Sequence[Token], end: Token) -> None:
        word = statement[0].text
        if word == "import":
            form = " ".join(token.text for token in statement[:-1])
            if module := unquoted(statement[-1]):
                line = self._source.line(statement[0].start)
                self._imports.append(Import(module=module, line=line, form=form))
        elif word == "package" and len(statement) > 1 and not self._open:
            self._add(statement[1], "package", statement, end)
        elif word == "rpc" and len(statement) > 1:
            self._add(statement[1], "rpc", statement, end)
        elif self._open and (equals := next(places(statement, "="), 0)):
            kind = "value" if self._open[-1].kind == "enum" else "field"
            if equals > (kind == "field") and (word not in _SKIPPED or equals == 1):
                self._add(statement[equals - 1], kind, statement, end)

    def _around(self) -> int:
        return self._open[-1].scope if self._open else -1

    def _add(self, name: Token, kind: str, statement: Sequence[Token], end: Token) -> int:
        if name.kind != "word":
            return self._around()
        line = self._source.line(name.start)
        first = statement[0].start
        signature = self._source.fold(first, end.start) if end.start - first <= _LONGEST else name.text
        return self._listing.add(
            name.text,
            kind,
            line,
            parent=self._around(),
            end_line=self._source.line(end.start),
            signature=signature,
            doc=self._remarks.doc_above(self._source.line(first)),
        )


def _has_value(statement: Sequence[Token]) -> bool:
    """Whether a brace behind the statement begins a value."""
    return statement[-1].text in {"=", ":", ","}
