"""Facts on disk: one SQLite file beside the doctrees, replaced by file.

One process writes, in a single transaction a build, so that a build that is
killed leaves the state before it. Sphinx's readers and writers each open the
file read-only, after they were forked, and only look up.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.model import Entry, Facts, File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

TABLES_VERSION = 2
"""Raised with every change of a table."""

# The long columns stand last: SQLite walks over all that stands before a column to reach it.
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (
  path TEXT PRIMARY KEY, entry TEXT NOT NULL, facts_hash TEXT NOT NULL, keywords_hash TEXT NOT NULL,
  macros TEXT NOT NULL, facts TEXT NOT NULL);
CREATE TABLE symbols (
  path TEXT NOT NULL, line INTEGER NOT NULL, end_line INTEGER NOT NULL, name TEXT NOT NULL,
  sort TEXT NOT NULL, qualname TEXT NOT NULL, kind TEXT NOT NULL, anchor TEXT NOT NULL);
CREATE INDEX symbols_path ON symbols (path);
CREATE INDEX symbols_name ON symbols (name);
CREATE INDEX symbols_qualname ON symbols (qualname);
CREATE INDEX symbols_sort ON symbols (sort);
CREATE TABLE relations (
  kind TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (kind, path));
"""


class SymbolRow(NamedTuple):
    """A symbol as the index over all files keeps it.

    A tuple, because every build reads all of them and a frozen record takes ten times as long to make.
    """

    path: str
    line: int
    end_line: int
    name: str
    sort: str
    """Its place in keyword lists; empty for what is local to a function and in no such list."""
    qualname: str
    kind: str
    anchor: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file ready to be written: encoded where it was parsed, in a worker."""

    entry: Entry
    facts: str
    facts_hash: str
    keywords_hash: str
    symbols: tuple[SymbolRow, ...]
    macros: str = ""
    """Names of the object-like macros it defines, separated by spaces."""


SCHEMA = zlib.crc32(f"{TABLES_VERSION} {codec.shape(Entry)} {codec.shape(Facts)}".encode()) & 0x7FFF_FFFF
"""Of the tables and of the records in them; a file with another one is made anew."""
_NO_VALUES: tuple[object, ...] = ()
_SYMBOL_COLUMNS = "path, line, end_line, name, sort, qualname, kind, anchor"


def is_damage(error: Exception) -> bool:
    """Whether this says that a store holds something else than it should, and not that the disk failed."""
    if isinstance(error, sqlite3.OperationalError):  # mostly of the disk or of a lock
        return any(sign in str(error) for sign in ("decode", "no such", "no column", "columns but"))
    return isinstance(error, (sqlite3.DatabaseError, codec.DamagedError))


def companions(path: Path) -> tuple[Path, ...]:
    """Files that SQLite may keep beside a store; the first is what is left of a transaction that was cut off."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-journal", "-wal", "-shm"))


def remove_store(path: Path) -> None:
    """Delete a store with all that SQLite keeps beside it."""
    for each in (path, *companions(path)):
        each.unlink(missing_ok=True)


def roll_back(path: Path) -> None:
    """Take back what a build that was killed had begun to write: the file is then the one before it."""
    if not path.is_file() or not companions(path)[0].exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=60)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        remove_store(path)


class Store:
    """The facts of one repository.

    :raises sqlite3.Error: from any method when the disk fails; a file that is no
        store, or one of another schema, is replaced when it is opened to write.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open_to_write(cls, path: Path) -> Store:
        """Open or create the store; what cannot be used is made anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(_usable_connection(path))
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            remove_store(path)
            return cls(_usable_connection(path))

    @classmethod
    def open_to_read(cls, path: Path) -> Store:
        """Open an existing store. Call it in the process that reads, never before a fork."""
        return cls(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=30))

    def close(self) -> None:
        self._db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside become visible together, or none of them."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    # -- single values ---------------------------------------------------------

    def get_meta(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- files -----------------------------------------------------------------

    def entries(self) -> dict[str, Entry]:
        """Path to entry, sorted by path."""
        rows = self._db.execute("SELECT path, entry FROM files ORDER BY path")
        return {path: codec.loads(Entry, text) for path, text in rows}

    def paths(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT path FROM files ORDER BY path")]

    def entry(self, path: str) -> Entry:
        """:raises KeyError: when the repository has no such file."""
        return codec.loads(Entry, self._one("SELECT entry FROM files WHERE path = ?", path))

    def file(self, path: str) -> File:
        """:raises KeyError: when the repository has no such file."""
        row = self._db.execute("SELECT entry, facts FROM files WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise KeyError(path)
        return File(entry=codec.loads(Entry, row[0]), facts=codec.loads(Facts, row[1]))

    def iter_files(self) -> Iterator[File]:
        """All files, sorted by path."""
        for entry, facts in self._db.execute("SELECT entry, facts FROM files ORDER BY path"):
            yield File(entry=codec.loads(Entry, entry), facts=codec.loads(Facts, facts))

    def file_hashes(self) -> dict[str, tuple[str, str]]:
        """Path to (hash of entry and facts, hash of its keywords)."""
        rows = self._db.execute("SELECT path, facts_hash, keywords_hash FROM files ORDER BY path")
        return {path: (facts, keywords) for path, facts, keywords in rows}

    def macros(self) -> dict[str, str]:
        """Path to the macro names learnt from it, only for files that define any."""
        return dict(self._db.execute("SELECT path, macros FROM files WHERE macros != ''"))

    def replace_files(self, files: Iterable[StoredFile]) -> None:
        """Write these files, each in place of what was stored under its path."""
        for file in files:
            path = file.entry.path
            self._db.execute("DELETE FROM symbols WHERE path = ?", (path,))
            self._db.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                (path, codec.dumps(file.entry), file.facts_hash, file.keywords_hash, file.macros, file.facts),
            )
            self._db.executemany(
                f"INSERT INTO symbols ({_SYMBOL_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                file.symbols,
            )

    def replace_entries(self, entries: Iterable[Entry]) -> None:
        """Keep the facts of these files and renew what the disk says of them."""
        self._db.executemany(
            "UPDATE files SET entry = ? WHERE path = ?", [(codec.dumps(e), e.path) for e in entries]
        )

    def drop_files(self, paths: Iterable[str]) -> None:
        rows = [(path,) for path in paths]
        self._db.executemany("DELETE FROM symbols WHERE path = ?", rows)
        self._db.executemany("DELETE FROM files WHERE path = ?", rows)

    # -- relations -------------------------------------------------------------

    def relations_text(self, kind: str, path: str) -> str:
        """:raises KeyError: when nothing is stored under this path."""
        return self._one("SELECT body FROM relations WHERE kind = ? AND path = ?", kind, path)

    def relation_hashes(self, kind: str) -> dict[str, str]:
        rows = self._db.execute("SELECT path, hash FROM relations WHERE kind = ? ORDER BY path", (kind,))
        return dict(rows)

    def relations(self, kind: str) -> dict[str, str]:
        """Path to text of all that is stored of this kind."""
        rows = self._db.execute("SELECT path, body FROM relations WHERE kind = ? ORDER BY path", (kind,))
        return dict(rows)

    def replace_relations(self, kind: str, bodies: Mapping[str, tuple[str, str]]) -> None:
        """Make path to (text, hash) all that is stored of this kind; equal rows are not rewritten."""
        old = self.relation_hashes(kind)
        self.drop_relations(kind, old.keys() - bodies.keys())
        self.put_relations(kind, {p: body for p, body in bodies.items() if old.get(p) != body[1]})

    def put_relations(self, kind: str, bodies: Mapping[str, tuple[str, str]]) -> None:
        """Store path to (text, hash) beside what is stored under other paths."""
        rows = [(kind, path, digest, body) for path, (body, digest) in bodies.items()]
        self._db.executemany("INSERT OR REPLACE INTO relations VALUES (?, ?, ?, ?)", rows)

    def drop_relations(self, kind: str, paths: Iterable[str]) -> None:
        self._db.executemany(
            "DELETE FROM relations WHERE kind = ? AND path = ?", [(kind, path) for path in paths]
        )

    # -- symbols ---------------------------------------------------------------

    def symbols_named(self, name: str, path: str = "") -> list[SymbolRow]:
        """Symbols whose qualified or plain name this is, by path and line; of one file where it is given.

        Those with that qualified name come alone when there are any.
        """
        for column in ("qualname", "name"):
            query = f"SELECT {_SYMBOL_COLUMNS} FROM symbols WHERE {column} = ?"  # noqa: S608 (a constant)
            values = [name]
            if path:
                query += " AND path = ?"
                values.append(path)
            rows = self._db.execute(query + " ORDER BY path, line", values).fetchall()
            if rows:
                return [*map(SymbolRow._make, rows)]
        return []

    def iter_symbols(self) -> Iterator[SymbolRow]:
        """All symbols, by path and line."""
        rows = self._db.execute(f"SELECT {_SYMBOL_COLUMNS} FROM symbols ORDER BY path, line")  # noqa: S608
        return map(SymbolRow._make, rows)

    def symbol_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM symbols").fetchone()[0])

    def symbols_below(self, folder: str, *, directly: bool = False) -> list[SymbolRow]:
        """Keywords of all files below a folder, or only of its own files, in their order."""
        if not folder:
            query, values = "sort != ''", _NO_VALUES
        else:
            query, values = (
                "sort != '' AND path >= ? AND path < ?",
                (f"{folder}/", f"{folder}0"),
            )  # "0" follows "/"
        if directly:
            query += " AND instr(substr(path, ?), '/') = 0"
            values = (*values, len(folder) + 2 if folder else 1)
        return self._sorted_symbols(query, values)

    def symbols_between(self, low: str, high: str) -> list[SymbolRow]:
        """Keywords whose sort key lies in this half-open range, in their order."""
        return self._sorted_symbols("sort != '' AND sort >= ? AND sort < ?", (low, high))

    def sort_keys(self) -> Sequence[tuple[str, int]]:
        """(sort key, number of keywords), sorted."""
        return self._db.execute(
            "SELECT sort, count(*) FROM symbols WHERE sort != '' GROUP BY sort ORDER BY sort"
        ).fetchall()

    def _sorted_symbols(self, where: str, values: Sequence[object]) -> list[SymbolRow]:
        query = f"SELECT {_SYMBOL_COLUMNS} FROM symbols WHERE {where} ORDER BY sort, name, path, line"  # noqa: S608
        return [*map(SymbolRow._make, self._db.execute(query, values))]

    def _one(self, query: str, *values: str) -> str:
        row = self._db.execute(query, values).fetchone()
        if row is None:
            raise KeyError(values[-1])
        return str(row[0])


def _usable_connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    if _is_current(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    if _is_current(connection):  # another process made the tables meanwhile
        connection.rollback()
        return
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.commit()


def _is_current(connection: sqlite3.Connection) -> bool:
    """Whether there are tables of this schema; false when there are none.

    :raises sqlite3.DatabaseError: when there are others.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == SCHEMA:
        connection.execute("SELECT count(*) FROM meta").fetchone()
        return True
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        message = f"schema {version} is not {SCHEMA}"
        raise sqlite3.DatabaseError(message)
    return False
