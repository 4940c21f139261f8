"""What the index of the root has beside that of any folder: the way into the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.names import PageKind, folders_of
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Item, Items, Para, Ref
from sphinx_repodoc.pages.folder_doc import language_table
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.analyze.model import Child
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

_QUICK_FILES = 5
"""Files linked as those that most others use; the documentation page has more."""


def build_overview(data: PageData, path: str) -> Blocks:
    """How large the repository is."""
    if path:
        return ()
    root = data.folder_relations("")
    folders = len(folders_of(data.all_files())) - 1
    counts = (
        (root.total_files, "file"),
        (folders, "folder"),
        (root.total_lines, "line"),
        (root.total_symbols, "keyword"),
    )
    counted = [count(number, noun) for number, noun in counts if number]
    return (Para((f"This repository has {listed(counted)}.",)),) if counted else ()


def build_structure(data: PageData, path: str) -> Blocks:
    """Show what the repository is written in."""
    return () if path else language_table(data.folder_relations(""))


def build_ways(data: PageData, path: str) -> Blocks:
    """Where to look for a name, a file, an order to read in."""
    if path:
        return ()
    book = data.book()
    keywords = sum(number for _, number in data.keyword_counts())
    chapters = sum(len(part.chapters) for part in book.parts)
    parts_of_book = f"{count(len(book.parts), 'part')}, {count(chapters, 'chapter')}"
    ways = (
        (keywords, "A name: the ", PageKind.KEYWORD_INDEX, "keyword index", f"{count(keywords, 'keyword')}"),
        (
            len(data.all_files()),
            "A file: the ",
            PageKind.FILE_REFERENCE,
            "file reference",
            count(len(data.all_files()), "file"),
        ),
        (chapters, "Where to start reading: the ", PageKind.BOOK, "book", parts_of_book),
        (
            len(book.glossary),
            "What a name means: the ",
            PageKind.GLOSSARY,
            "glossary",
            count(len(book.glossary), "name"),
        ),
        *_work(data),
    )
    items = [
        Item((question, Ref(kind, "", name, code=False), f" ({size})"))
        for number, question, kind, name, size in ways
        if number
    ]
    return (Items(tuple(items)),) if items else ()


def _work(data: PageData) -> Iterator[tuple[int, str, PageKind, str, str]]:
    """The lists of what is to be done."""
    places = sum(len(rule.places) for topic in Topic for rule in data.topic_findings(topic).rules)
    yield places, "What rules found: the ", PageKind.FINDINGS, "findings", count(places, "place")
    notes = len(data.notes().notes)
    yield notes, "What is left to do: the ", PageKind.NOTES, "notes", count(notes, "note")
    coverage = data.coverage()
    yield (
        coverage.sources or len(coverage.reports),
        "What lacks a test, a description or an owner: the ",
        PageKind.COVERAGE,
        "coverage",
        count(coverage.sources, "source file"),
    )


def build_quick_links(data: PageData, path: str) -> Blocks:
    """Link the README and what most of the repository rests on."""
    if path:
        return ()
    root = data.folder_relations("")
    items = [Item((parts.file_ref(root.readme),))] if root.readme else []
    items += [
        Item((parts.file_ref(file.path), f" — {_users(file.count)}"), note=sentence(file.purpose))
        for file in root.important[:_QUICK_FILES]
    ]
    return (Items(tuple(items)),) if items else ()


def _users(number: int) -> str:
    return f"used by {count(number, 'file')}"


def build_problems(data: PageData, path: str) -> Blocks:
    """List the files with problems; the page of each says what is wrong."""
    if path:
        return ()
    found = sorted(iter_problems(data), key=lambda child: child.path)
    if not found:
        return ()
    verb = "has" if len(found) == 1 else "have"
    items = [Item((parts.file_ref(child.path), f" — {count(child.problems, 'problem')}")) for child in found]
    return (Para((f"{count(len(found), 'file')} {verb} problems:",)), *parts.folded(items))


def iter_problems(data: PageData) -> Iterator[Child]:
    """Files of the repository that have problems; folders without any are not entered."""
    waiting = [""]
    while waiting:
        folder = data.folder_relations(waiting.pop())
        yield from (child for child in folder.files if child.problems)
        waiting += [child.path for child in folder.folders if child.problems]
