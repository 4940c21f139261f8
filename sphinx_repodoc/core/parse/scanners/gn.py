"""GN: targets, templates, configurations and arguments of builds, and what a file imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tokens import WITH_HASH, read_tokens, unquoted
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.scanners.tokens import Token

_STATEMENTS = frozenset(
    {"assert", "defined", "else", "foreach", "if", "import", "print", "set_defaults", "set_default_toolchain"}
)
"""Calls that name no target."""


class _Block(NamedTuple):
    """Braces that are not closed yet."""

    kind: str
    symbol: int
    start: int


def scan_gn(text: bytes) -> Facts:
    """The kind of a target is the word that makes it: ``executable``, ``source_set``, or that of a template."""
    tokens, comments = read_tokens(text, WITH_HASH)
    return _File(tokens, Remarks(text, comments)).facts()


class _File:
    """One pass over the tokens."""

    def __init__(self, tokens: Sequence[Token], remarks: Remarks) -> None:
        self._tokens = tokens
        self._remarks = remarks
        self._source = remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._open: list[_Block] = []
        self._faults: list[int] = []

    def facts(self) -> Facts:
        next_block = ("", -1)
        templates = 0
        for place, token in enumerate(self._tokens):
            if token.kind == "word":
                next_block = self._read(place, token, templates) or next_block
            elif token.text == "{":
                self._open.append(_Block(*next_block, token.start))
                templates += next_block[0] == "template"
                next_block = ("", -1)
            elif token.text == "}" and self._open:
                block = self._open.pop()
                templates -= block.kind == "template"
                if block.symbol >= 0:
                    self._listing.extend(block.symbol, self._source.line(token.start))
            elif token.text == "}":
                self._faults.append(token.start)
        self._faults += [block.start for block in self._open]
        return self._remarks.facts(
            self._listing.symbols,
            imports=self._imports,
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
        )

    def _read(self, place: int, token: Token, templates: int) -> tuple[str, int] | None:
        """Record what a word names; (kind, symbol) of the block that it begins."""
        following = self._tokens[place + 1 : place + 5]
        signs = [each.text if each.kind == "sign" else each.kind for each in following]
        if signs[:1] == ["="] and signs[1:2] != ["="]:
            if not templates and (not self._open or self._open[-1].kind == "declare_args"):
                kind = "argument" if self._open else "variable"
                self._add(token.text, kind, token)
        elif signs[:3] == ["(", ")", "{"]:
            return token.text, -1
        elif signs[:3] == ["(", "string", ")"]:
            name = unquoted(following[1])
            if token.text == "import":
                self._imports.append(Import(module=name, line=self._source.line(token.start)))
            elif signs[3:] == ["{"] and token.text not in _STATEMENTS:
                is_plain = name and "$" not in name and not templates
                return token.text, self._add(name, token.text, token, name) if is_plain else -1
        return None

    def _add(self, name: str, kind: str, token: Token, called: str = "") -> int:
        line = self._source.line(token.start)
        return self._listing.add(
            name,
            kind,
            line,
            signature=f'{kind}("{called}")' if called else "",
            doc=self._remarks.doc_above(line),
            visibility=Visibility.PRIVATE if name.startswith("_") else Visibility.PUBLIC,
        )
