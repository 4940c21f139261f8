"""The book, its glossary and the reference of all files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.facts import FakeData, as_text, make_child, make_file

from sphinx_repodoc.analyze.glossary import cut_glossary
from sphinx_repodoc.analyze.model import Book, Chapter, Concept, FolderRelations, Part
from sphinx_repodoc.pages.book import BOOK_PART_PARTS, BOOK_PARTS, FILE_REFERENCE_PARTS, GLOSSARY_PARTS

if TYPE_CHECKING:
    from sphinx_repodoc.pages.data import PagePart


def concept(name: str, **more: object) -> Concept:
    known: dict[str, object] = {"qualname": name, "kind": "class", "path": "lib/a.py", "users": 2}
    return Concept(name=name, **(known | more))  # type: ignore[arg-type]


DATA = FakeData(
    files=(make_file("lib/a.py"), make_file("src/x/b.py"), make_file("setup.py")),
    folders=(
        FolderRelations(
            path="",
            folders=(make_child("lib", kind="folder"), make_child("src", kind="folder")),
            files=(
                make_child("setup.py", kind="text", language="python", lines=3, purpose="Installs. It all."),
            ),
        ),
        FolderRelations(
            path="lib",
            purpose="Foundations.",
            purpose_at="lib/a.py:1",
            files=(make_child("lib/a.py", lines=1_000), make_child("lib/logo", kind="binary")),
            concepts=(concept("A", doc="An A."),),
            concepts_total=1,
        ),
        FolderRelations(path="src", folders=(make_child("src/x", kind="folder"),)),
        FolderRelations(path="src/x", files=(make_child("src/x/b.py", language="python", lines=1),)),
    ),
    the_book=Book(
        parts=(
            Part(path="lib", chapters=(Chapter(path="lib"),)),
            Part(path="src", chapters=(Chapter(path="src/x", builds_on=("lib", "gone"), after_cycle=True),)),
            Part(path="", chapters=(Chapter(path=""),)),
        ),
        glossary=(
            concept("_b"),
            concept("A", doc="An A."),
            concept("a", users=1),
            concept("2nd", kind="key"),
        ),
    ),
)
EMPTY = FakeData(folders=(FolderRelations(path=""),))


def build(parts: tuple[PagePart, ...], part: str, path: str = "", data: FakeData = DATA) -> str:
    return as_text({found.id: found.build for found in parts}[part](data, path))


def test_book_says_how_it_is_ordered() -> None:
    """Parts and chapters are counted; glossary and file reference lie behind them."""
    assert build(BOOK_PARTS, "header") == (
        "3 parts with 3 chapters, a folder each. A folder comes after those it imports from, as far as import "
        "cycles allow. Behind them: the [glossary](glossary ) and the [file reference](file-reference ).\n"
    )


def test_book_lists_chapters_in_reading_order() -> None:
    """Each chapter leads to its place in its part."""
    assert build(BOOK_PARTS, "parts") == (
        "- [lib/](book-part lib) — 1 chapter\n"
        "  - [lib/](book-part lib#chapter-lib)\n"
        "- [src/](book-part src) — 1 chapter\n"
        "  - [src/x/](book-part src#chapter-src/x)\n"
        "- [Top level](book-part ) — 1 chapter\n"
        "  - [Repository](book-part #chapter-~root)\n"
    )


def test_chapter_has_the_facts_of_its_folder() -> None:
    """Its size is that of its own files: folders below are chapters themselves."""
    assert build(BOOK_PART_PARTS, "chapters", "lib") == (
        "== lib/ {#chapter-lib}\n"
        "Foundations. ([lib/a.py:1](file lib/a.py#L1))\n"
        "Holds: 2 files and 1,000 lines\n"
        "Read on: [index](folder lib), [documentation](folder-doc lib), [all keywords](folder-keywords lib)\n"
        "== Key concepts\n"
        "1 name defined here is used by files outside it.\n"
        "- [A](file lib/a.py#sym-A) — class in [lib/a.py](file lib/a.py), used by 2 files -- An A.\n"
    )


def test_chapter_links_what_it_builds_on_in_other_parts() -> None:
    """A folder that is no chapter is linked as a folder; a cycle is owned up to."""
    assert build(BOOK_PART_PARTS, "chapters", "src") == (
        "== src/x/ {#chapter-src/x}\n"
        "Holds: 1 file and 1 line\n"
        "Builds on: [lib/](book-part lib#chapter-lib), [gone/](folder gone)\n"
        "Read on: [index](folder src/x), [documentation](folder-doc src/x), [all keywords](folder-keywords src/x)\n"
        "It shares an import cycle with a chapter beside it: their order is that of their names.\n"
    )


def test_chapter_of_the_root_is_named_as_the_root() -> None:
    """Its path is empty."""
    assert build(BOOK_PART_PARTS, "chapters").startswith(
        "== Repository {#chapter-~root}\nHolds: 1 file and 3 lines\nRead on: [index](folder )"
    )


def test_part_says_how_many_chapters_it_has() -> None:
    """And leads back to the book."""
    assert build(BOOK_PART_PARTS, "header", "lib") == "1 chapter of [the book](book ), foundations first.\n"


def test_part_that_does_not_exist_is_an_error() -> None:
    """As for every path that does not exist."""
    with pytest.raises(KeyError):
        build(BOOK_PART_PARTS, "header", "nowhere")


def test_glossary_goes_from_a_to_z() -> None:
    """Underscores do not sort, and names that begin with no letter come first."""
    assert build(GLOSSARY_PARTS, "header") == "4 names that files other than their own use.\n"
    lines = build(GLOSSARY_PARTS, "names").splitlines()
    assert [line for line in lines if line.startswith("==")] == [
        "== Other signs {#letters-other}",
        "== A {#letters-a}",
        "== B {#letters-b}",
    ]
    assert "- [_b](file lib/a.py#sym-_b) — class in [lib/a.py](file lib/a.py), used by 2 files" in lines
    assert lines[3].endswith("-- An A.")


def test_a_large_glossary_has_a_page_for_each_letter() -> None:
    """Its entrance links them with their numbers, and every name is on one of them."""
    names = [f"{letter}{number:03}" for letter in "abx2" for number in range(300)]
    data = FakeData(the_book=Book(glossary=tuple(map(concept, names))))
    letters = [part.letters for part in data.glossary_plan().parts]
    assert letters == ["#", "a", "b", "x"]
    assert build(GLOSSARY_PARTS, "header", data=data) == "1,200 names that files other than their own use.\n"
    assert build(GLOSSARY_PARTS, "names", data=data) == ""
    table = build(GLOSSARY_PARTS, "letters", data=data)
    assert [f"(glossary {part})" in table for part in letters] == [True] * 4
    shown = "".join(build(GLOSSARY_PARTS, "names", path, data) for path in letters)
    assert all(f"[{name}](file lib/a.py#sym-{name})" in shown for name in names)
    assert build(GLOSSARY_PARTS, "letters", "a", data) == ""
    assert build(GLOSSARY_PARTS, "header", "a", data) == "300 names of [the whole glossary](glossary ).\n"


def test_a_page_of_the_glossary_changes_with_its_own_names() -> None:
    """A new name under one letter leaves the digests of the others."""
    names = [f"{letter}{number:03}" for letter in "ab" for number in range(600)]
    before = cut_glossary([*map(concept, names)]).parts
    after = cut_glossary([concept(name) for name in [*names, "a999"]]).parts
    assert [part.letters for part in before] == [part.letters for part in after] == ["a", "b"]
    assert before[0].digest != after[0].digest
    assert before[1] == after[1]


def test_file_reference_has_a_line_for_every_file() -> None:
    """Under their folder, folders under the top-level folder; a folder without files of its own has no line."""
    assert build(FILE_REFERENCE_PARTS, "header") == "3 files of [this repository](folder ).\n"
    assert build(FILE_REFERENCE_PARTS, "files") == (
        "== Repository {#top-~root}\n"
        "- [setup.py](file setup.py) — Python, 3 lines -- Installs.\n"
        "== lib/ {#top-lib}\n"
        "- [lib/](folder lib)\n"
        "  - [a.py](file lib/a.py) — 1,000 lines\n"
        "  - [logo](file lib/logo) — binary\n"
        "== src/ {#top-src}\n"
        "- [src/x/](folder src/x)\n"
        "  - [b.py](file src/x/b.py) — Python, 1 line\n"
    )


def test_book_of_an_empty_repository_is_empty() -> None:
    """There is nothing to read, and no section says otherwise."""
    tables = (BOOK_PARTS, GLOSSARY_PARTS, FILE_REFERENCE_PARTS)
    assert [part.id for parts in tables for part in parts if part.build(EMPTY, "")] == []
