"""Runs of tokens of SQL: names, what commas part, which part is a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.sql_lexer import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.parse.scanners.tokens import Token

_NAMES = frozenset({"name", "string", "word"})
"""Tokens that are names; SQLite takes strings for them."""
_NO_NAMES = frozenset({"ON", "AUTHORIZATION", "AS", "SELECT", "USING", "FOR"})
_CONSTRAINTS = word_set(
    "CONSTRAINT PRIMARY UNIQUE FOREIGN CHECK EXCLUDE LIKE FULLTEXT SPATIAL PERIOD DEFAULT"
)
_METHODS = frozenset({"MEMBER", "STATIC", "CONSTRUCTOR", "MAP", "ORDER", "FINAL", "OVERRIDING"})
_NO_COLUMNS = _CONSTRAINTS | {"INDEX", "KEY", "PARTITION", "VALUES", "ROW", "NOT"}
_AMBIGUOUS = frozenset({"INDEX", "KEY", "PARTITION", "VALUES", "ROW", "PERIOD"})
"""Words for what is no column, that are names of columns too."""
_PARTS = 4
"""Of a name: server, database, schema, object."""


def read_name(statement: Sequence[Token], place: int) -> tuple[tuple[str, ...], int]:
    """(parts of a name, place after it); no parts where a template or a variable stands for one."""
    names: list[str] = []
    while place < len(statement) and len(names) < _PARTS:
        token = statement[place]
        if not _may_be_name(token):
            return (), place
        if token.kind == "word" and not names and token.text.upper() in _NO_NAMES:
            return (), place
        names.append(plain(token))
        place += 1
        if place < len(statement) and statement[place].text == ".":
            place += 1
        else:
            is_computed = place < len(statement) and statement[place].text in {"{", "$", "&", "%"}
            return (() if is_computed or not all(names) else tuple(names)), place
    return (), place


def plain(token: Token) -> str:
    """A name without its quotes."""
    text = token.text if token.kind != "string" else text_of(token)
    if token.kind == "name":
        quote = "]" if text[0] == "[" else text[0]
        text = text[1:].removesuffix(quote).replace(quote * 2, quote)
    return " ".join(text.split())


def text_of(token: Token) -> str:
    """What a string says, on one line."""
    quoted = token.text.partition("'")[2].removesuffix("'")
    return " ".join(quoted.replace("''", "'").replace("\\'", "'").split())


def items(statement: Sequence[Token], place: int) -> Iterator[Sequence[Token]]:
    """What commas part in the parentheses at a place."""
    if place >= len(statement) or statement[place].text != "(":
        return
    depth = 0
    for at in range(place, len(statement)):
        depth += (statement[at].text == "(") - (statement[at].text == ")")
        if not depth:
            yield from split(statement[place + 1 : at])
            return
    yield from split(statement[place + 1 :])


def split(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The runs of tokens between commas that stand in no parentheses."""
    depth = start = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and not depth:
            if at > start:
                yield tokens[start:at]
            start = at + 1
    if start < len(tokens):
        yield tokens[start:]


def is_column(item: Sequence[Token]) -> bool:
    """Whether what stands in a table is a column, no constraint or index."""
    first = item[0]
    after = [token.text for token in item[1:4]]
    if not _may_be_name(first) or after[:1] in (["."], [":"], [">"], ["{"]):
        return False
    word = first.text.upper()
    if first.kind != "word" or word not in _NO_COLUMNS:
        return bool(plain(first)) and word not in _METHODS
    # ``KEY k (a)`` is an index, ``key varchar(9)`` a column.
    kinds = [token.kind for token in item[1:4]]
    is_index = kinds[:1] != ["word"] or (after[1:2] == ["("] and kinds[2:] != ["number"])
    return word in _AMBIGUOUS and not is_index


def _may_be_name(token: Token) -> bool:
    """Variables and temporary tables of Transact-SQL are none of the schema."""
    return token.kind in _NAMES and token.text[:1] not in {"", "@", "#"}
