"""SQL of any dialect: what its statements create, with columns, comments and the scripts it runs.

There is no grammar that knows the dialects: the statements are found by
:mod:`.sql_lexer`, and of each the head is read. What a routine creates when it runs is no
part of the schema, and names that a template fills in are left out.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.sql_lexer import Blocks, Lexer, Splitter, word_set
from sphinx_repodoc.core.parse.scanners.sql_parts import is_column, items, plain, read_name, split, text_of
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.scanners.tokens import Token
    from sphinx_repodoc.core.parse.source import Source

_WORDS = """
aggregate database domain event extension function index macro package policy procedure rule schema sequence synonym
table trigger type view
"""
_KINDS = {**{word.upper(): word for word in _WORDS.split()}, "PROC": "procedure"}
_QUALIFIED = {
    "MATERIALIZED": "view",
    "FOREIGN": "table",
    "VIRTUAL": "table",
    "EXTERNAL": "table",
    "EVENT": "trigger",
}
"""Words that say with a kind what is created."""
_OTHERS = word_set(
    "CAST COLLATION CONVERSION LANGUAGE LOGIN OPERATOR PUBLICATION ROLE SERVER STATISTICS SUBSCRIPTION"
    " TABLESPACE TEXT TRANSFORM USER WAREHOUSE STAGE TASK STREAM PIPE"
)
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
"""They may share a name."""
_SKIPPED = frozenset({"CONCURRENTLY", "IF", "NOT", "EXISTS"})
_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE"})
_BODIES = word_set(
    "AS IS BEGIN LANGUAGE DECLARE IMMUTABLE STABLE STRICT VOLATILE SECURITY COST DETERMINISTIC NOT READS MODIFIES"
    " CONTAINS NO COMMENT SQL WITH PARALLEL LEAKPROOF CALLED SELECT INSERT UPDATE DELETE SET"
)
_ACTIONS = word_set("FOR WHEN BEGIN EXECUTE AS DECLARE REFERENCING FOLLOWS PRECEDES INSTEAD")
_CHANGES = word_set(
    "ALGORITHM ALTER ATTACH AUTO_INCREMENT CHANGE CLUSTER COMMENT CONVERT DETACH DISABLE DROP ENABLE ENGINE FORCE INHERIT"
    " LOCK MODIFY ORDER OWNER RENAME REPLICA SET VALIDATE"
)
"""What ``ALTER TABLE`` does beside adding."""
_REPLACED = frozenset({"function", "procedure", "trigger", "view"})
"""What ``ALTER`` gives another body."""
_LONGEST = 200
"""Bytes of a signature that is shown ..."""
_FARTHEST = 4_000
"""... and of one that tells routines of the same name apart."""
_HEAD = 24
"""Tokens before the word that says what is created."""


def scan_sql(text: bytes) -> Facts:
    """Kinds are the words of ``CREATE``; columns are ``column``, attributes of types ``attribute``."""
    return _File(text).facts()


class _File:
    """One pass over the statements."""

    def __init__(self, text: bytes) -> None:
        self._lexer = Lexer(text)
        statements = [each for each in Splitter(self._lexer).statements() if _is_read(each)]
        self._remarks = Remarks(text, self._lexer.comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._created: dict[str, int] = {}
        """Name in lower case -> what comments and further columns belong to."""
        self._columns: dict[tuple[int, str], int] = {}
        """(table, name in lower case) -> column."""
        for statement in statements:
            self._read(statement)

    def facts(self) -> Facts:
        return self._remarks.facts(
            self._listing.symbols,
            imports=[
                Import(module=path, line=self._source.line(start), form="include")
                for path, start in self._lexer.includes
            ],
            problems=syntax_problems(sorted(self._lexer.faults), self._source),
            omitted=self._listing.omitted,
        )

    def _read(self, statement: Sequence[Token]) -> None:
        first = statement[0].text.upper()
        if first == "COMMENT":
            self._read_comment(statement)
        elif first == "ALTER" and len(statement) > 1 and statement[1].text.upper() == "TABLE":
            self._read_alter(statement)
        else:
            self._read_create(statement)

    def _read_create(self, statement: Sequence[Token]) -> None:
        found = _created(statement)
        if found is None:
            return
        kind, place = found
        names, end = read_name(statement, place)
        if not names:
            return
        word = kind.rpartition(" ")[2]
        index = self._add(statement, kind, names, _signature(self._source, statement, place, end, word))
        self._created.setdefault(".".join(names).lower(), index)
        if word in {"table", "view"}:
            self._read_columns(statement, end, index, "column")
        elif word == "type" and end < len(statement) and statement[end].text.upper() in {"AS", "IS"}:
            self._read_type(statement, end + 1, index)
        elif word in {"package", "body"}:
            self._read_package(statement, index)

    def _add(self, statement: Sequence[Token], kind: str, names: Sequence[str], signature: str) -> int:
        line = self._source.line(statement[0].start)
        last = max(statement[-1].end - 1, statement[0].start)
        return self._listing.add(
            names[-1],
            kind,
            line,
            qualname=".".join(names),
            end_line=self._source.line(last),
            signature=_shown(signature),
            variant=signature if kind in _ROUTINES else "",
            doc=self._doc(statement[0]),
        )

    def _read_columns(self, statement: Sequence[Token], place: int, parent: int, kind: str) -> None:
        """The columns in parentheses at a place."""
        for item in items(statement, place):
            if item[0].text.upper() in _QUERIES and item[0].kind == "word":
                return
            if is_column(item):
                self._add_part(item, kind, parent)

    def _add_part(self, item: Sequence[Token], kind: str, parent: int) -> None:
        name = plain(item[0])
        line, end = self._source.line(item[0].start), item[-1].end
        is_short = end - item[0].start <= _LONGEST
        is_told = parent >= 0 and self._listing.symbols[parent].line == line
        doc = "" if is_told else self._doc(item[0])
        words = [token.text.upper() for token in item[:-1]]
        if "COMMENT" in words and item[words.index("COMMENT") + 1].kind == "string":
            doc = text_of(item[words.index("COMMENT") + 1])
        self._columns[parent, name.lower()] = self._listing.add(
            name,
            kind,
            line,
            parent=parent,
            end_line=self._source.line(end - 1),
            signature=self._source.fold(item[0].start, end) if is_short else "",
            doc=doc,
        )

    def _read_type(self, statement: Sequence[Token], place: int, parent: int) -> None:
        word = statement[place].text.upper() if place < len(statement) else ""
        if word == "ENUM":
            for item in items(statement, place + 1):
                if item[0].kind == "string" and (name := text_of(item[0])):
                    line = self._source.line(item[0].start)
                    self._listing.add(name, "value", line, parent=parent, doc=self._doc(item[0]))
        else:
            self._read_columns(statement, place + (word == "OBJECT"), parent, "attribute")

    def _read_package(self, statement: Sequence[Token], parent: int) -> None:
        """The routines of a package; those inside of others belong to these."""
        blocks = Blocks()
        blocks.has_header = True
        opened = -1
        for at, (token, following) in enumerate(pairwise(statement)):
            word = token.text.upper() if token.kind == "word" else ""
            if word in {"PROCEDURE", "FUNCTION"} and blocks.open == ["IS"]:
                opened = self._add_routine(statement, at, word.lower(), parent)
            blocks.read(token, following)
            if token.text == ";" and blocks.open == ["IS"]:
                self._listing.extend(opened, self._source.line(token.start))
                opened = -1

    def _add_routine(self, statement: Sequence[Token], at: int, kind: str, parent: int) -> int:
        """Index of a routine of a package; -1 for the body of one that is listed already."""
        names, end = read_name(statement, at + 1)
        if not names:
            return -1
        count = len(self._listing.symbols)
        signature = _signature(self._source, statement, at + 1, end, kind)
        index = self._listing.add(
            names[-1],
            kind,
            self._source.line(statement[at].start),
            parent=parent,
            signature=_shown(signature),
            variant=signature,
            doc=self._doc(statement[at]),
        )
        return index if index == count else -1

    def _doc(self, token: Token) -> str:
        """What is said above a line; a statement that is put away in a comment says nothing."""
        doc = self._remarks.doc_above(self._source.line(token.start))
        return "" if doc.endswith(";") else doc

    def _read_alter(self, statement: Sequence[Token]) -> None:
        """Columns that ``ALTER TABLE t ADD`` adds."""
        is_only = [token.text.upper() for token in statement[2:3]] == ["ONLY"]
        names, end = read_name(statement, 2 + is_only)
        if not names:
            return
        adds = False
        for item in split(statement[end:]):
            words = [token.text.upper() for token in item[:5]]
            # In some dialects one ``ADD`` stands before all columns.
            adds = words[0] == "ADD" or (adds and words[0] not in _CHANGES)
            if not adds:
                continue
            skip = (words[0] == "ADD") + (words[1:2] == ["COLUMN"])
            skip += 3 * (words[skip : skip + 3] == ["IF", "NOT", "EXISTS"])
            column = item[skip:]
            inner = list(items(column, 0)) if column and column[0].text == "(" else [column]
            for each in inner:
                if each and is_column(each):
                    self._add_added(names, each)

    def _add_added(self, table: Sequence[str], item: Sequence[Token]) -> None:
        parent = self._created.get(".".join(table).lower(), -1)
        if parent >= 0:
            self._add_part(item, "column", parent)
            return
        line = self._source.line(item[0].start)
        self._listing.add(
            plain(item[0]),
            "column",
            line,
            qualname=".".join((*table, plain(item[0]))),
            end_line=self._source.line(item[-1].end - 1),
            signature=self._source.fold(item[0].start, item[-1].end),
            doc=self._doc(item[0]),
        )

    def _read_comment(self, statement: Sequence[Token]) -> None:
        """``COMMENT ON TABLE t IS 'what it is'``."""
        words = [token.text.upper() for token in statement]
        if words[1:2] != ["ON"] or "IS" not in words[3:] or statement[-1].kind != "string":
            return
        place = 4 if words[2] == "MATERIALIZED" else 3
        names, _ = read_name(statement, place)
        owner = names[:-1] if words[2] == "COLUMN" else names
        index = self._created.get(".".join(owner).lower(), -1) if names else -1
        if index >= 0 and words[2] == "COLUMN":
            index = self._columns.get((index, names[-1].lower()), -1)
        if index >= 0:
            symbols = self._listing.symbols
            symbols[index] = replace(symbols[index], doc=text_of(statement[-1]))


def _is_read(statement: Sequence[Token]) -> bool:
    return bool(statement) and statement[0].text.upper() in {"CREATE", "ALTER", "COMMENT"}


def _created(statement: Sequence[Token]) -> tuple[str, int] | None:
    """(kind, place of the name) of what a statement creates."""
    words = [token.text.upper() if token.kind == "word" else token.text for token in statement[: _HEAD + 4]]
    for place, word in enumerate(words[1:_HEAD], 1):
        if word in _OTHERS or word in {"(", "AS"}:
            return None
        after = words[place + 1 : place + 2]
        kind = _KINDS.get(word, "")
        if word in _QUALIFIED and after == [_QUALIFIED[word].upper()]:
            kind, place = f"{word.lower()} {_QUALIFIED[word]}", place + 1  # noqa: PLW2901
        elif kind in {"package", "type"} and after == ["BODY"]:
            kind, place = f"{kind} body", place + 1  # noqa: PLW2901
        if kind:
            is_change = words[0] == "ALTER" and not (kind in _REPLACED and _has_body(statement))
            place += 1  # noqa: PLW2901
            while words[place : place + 1] and words[place] in _SKIPPED:
                place += 1  # noqa: PLW2901
            return None if is_change else (kind, place)
    return None


def _has_body(statement: Sequence[Token]) -> bool:
    return any(token.kind == "word" and token.text.upper() in {"AS", "BEGIN"} for token in statement)


def _shown(signature: str) -> str:
    return signature if len(signature) <= _LONGEST else ""


def _signature(source: Source, statement: Sequence[Token], place: int, end: int, word: str) -> str:
    """A name with what is said of it up to the body; nothing for tables, whose columns are listed."""
    stops = {**dict.fromkeys(_ROUTINES, _BODIES), "trigger": _ACTIONS, "index": frozenset[str]()}.get(word)
    if stops is None:
        return ""
    depth = 0
    for at in range(end, len(statement)):
        token = statement[at]
        depth += (token.text == "(") - (token.text == ")")
        if not depth and (token.text.upper() in stops or token.text == ";"):
            break
        end = at + 1
        if token.end - statement[place].start > _FARTHEST:
            return ""
    return source.fold(statement[place].start, statement[end - 1].end)
