"""The store keeps facts by file, survives what is not a store, and is written as a whole or not at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.core.model import Entry, EntryKind, Facts, Symbol
from sphinx_repodoc.core.pool import stored_file
from sphinx_repodoc.core.store import Store, StoredFile

if TYPE_CHECKING:
    from pathlib import Path


def a_file(path: str, *names: str) -> StoredFile:
    symbols = tuple(
        Symbol(name=name.split(".")[-1], qualname=name, kind="function", line=i, end_line=i)
        for i, name in enumerate(names, 1)
    )
    return stored_file(Entry(path=path, kind=EntryKind.TEXT, sha256="0"), Facts(symbols=symbols))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "facts.sqlite"


def test_a_file_is_replaced_as_a_whole(path: Path) -> None:
    """Symbols of the former content do not stay behind."""
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files([a_file("a.py", "f", "g"), a_file("b.py", "f")])
        store.replace_files([a_file("a.py", "h")])
    assert [row.name for row in store.symbols_below("")] == ["f", "h"]
    assert [row.path for row in store.symbols_named("f")] == ["b.py"]
    with store.transaction():
        store.drop_files(["a.py"])
    assert store.paths() == ["b.py"]
    with pytest.raises(KeyError):
        store.file("a.py")
    store.close()


def test_readers_see_nothing_of_an_interrupted_write(path: Path) -> None:
    """A build that is killed leaves the facts of the build before it."""
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files([a_file("a.py", "f")])

    def interrupted() -> None:
        with store.transaction():
            store.replace_files([a_file("a.py", "g"), a_file("b.py")])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    store.close()
    reader = Store.open_to_read(path)
    assert [row.name for row in reader.iter_symbols()] == ["f"]
    reader.close()


@pytest.mark.parametrize("content", [b"garbage, not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_store_is_made_anew(path: Path, content: bytes) -> None:
    """Nobody has to delete a damaged store by hand."""
    path.parent.mkdir()
    path.write_bytes(content)
    store = Store.open_to_write(path)
    assert store.paths() == []
    store.close()


def test_a_store_of_another_schema_is_made_anew(path: Path) -> None:
    """Facts of another version are not read as if they were of this one."""
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files([a_file("a.py")])
    store.close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 999")
    other.commit()
    other.close()
    store = Store.open_to_write(path)
    assert store.paths() == []
    store.close()


def test_symbols_of_a_folder_are_those_of_its_own_subtree(path: Path) -> None:
    """A sibling whose name merely begins alike does not count, nor does a file that is named like the folder."""
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files(
            [
                a_file("a/b.py", "in"),
                a_file("a/c/d.py", "deep"),
                a_file("a.py", "no"),
                a_file("ab/x.py", "no"),
            ]
        )
    assert [row.name for row in store.symbols_below("a")] == ["deep", "in"]
    assert [row.name for row in store.symbols_below("a", directly=True)] == ["in"]
    assert [row.name for row in store.symbols_below("", directly=True)] == ["no"]
    store.close()


def test_local_symbols_are_found_by_name_and_in_no_list(path: Path) -> None:
    """Roles link to them; the keyword index is of what others may look up."""
    outer = Symbol(name="f", qualname="f", kind="function", line=1, end_line=2)
    inner = Symbol(name="g", qualname="f.g", kind="function", line=2, end_line=2, parent=0, local=True)
    file = stored_file(Entry(path="a/b.py", kind=EntryKind.TEXT), Facts(symbols=(outer, inner)))
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files([file])
    assert [row.qualname for row in store.symbols_named("g")] == ["f.g"]
    for found in (
        store.symbols_below(""),
        store.symbols_below("a", directly=True),
        store.symbols_between("", "z"),
    ):
        assert [row.name for row in found] == ["f"]
    assert store.sort_keys() == [("f", 1)]
    store.close()


def test_a_qualified_name_wins_over_a_plain_one(path: Path) -> None:
    """``f`` is the function of that name before it is a method somewhere."""
    store = Store.open_to_write(path)
    with store.transaction():
        store.replace_files([a_file("a.py", "A.f"), a_file("z.py", "f")])
    assert [row.path for row in store.symbols_named("f")] == ["z.py"]
    assert [row.path for row in store.symbols_named("f", "a.py")] == ["a.py"]
    assert [row.path for row in store.symbols_named("A.f")] == ["a.py"]
    store.close()
