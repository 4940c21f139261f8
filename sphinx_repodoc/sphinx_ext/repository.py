"""The repository as Sphinx's processes see it: pages, facts, addresses.

Made once a build in the main process and inherited by the workers that Sphinx
forks; each of them opens the store for itself, to read, when it first asks.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sphinx_repodoc.analyze.model import Book, FileRelations, FolderRelations
from sphinx_repodoc.analyze.repository import read_plan
from sphinx_repodoc.analyze.work import Coverage, NoteList, TopicFindings
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.forge import file_url, template_url
from sphinx_repodoc.core.names import PageKey, PageKind, PageNames, Suffixes
from sphinx_repodoc.core.store import Store
from sphinx_repodoc.pages.data import Keyword
from sphinx_repodoc.sphinx_ext.navigation import ABOUT_ALL, Navigation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.forge import Forge
    from sphinx_repodoc.core.keywords import IndexPlan
    from sphinx_repodoc.core.model import File
    from sphinx_repodoc.core.store import SymbolRow

_T = TypeVar("_T")

PAGES = "6"
"""Raised when the same facts give other pages: every page is then read again."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that will exist, with the digest of everything it shows."""

    key: PageKey
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """How files are found on the web."""

    forge: Forge | None = None
    template: str = ""
    commit: str = ""
    prefix: str = ""
    """Path of the root in its work tree, with a slash at the end."""


class Repository:
    """Facts and pages of one repository; the ``PageData`` of the page builders."""

    def __init__(
        self,
        root: Path,
        store_path: Path,
        prefix: str,
        address: Address,
        suffixes: Suffixes | None = None,
    ) -> None:
        self.root = root
        self.address = address
        self._store_path = store_path
        self._store: Store | None = None
        self._inherited: Store | None = None
        self._owner = 0
        self.names = PageNames(self.store.paths(), prefix, suffixes)
        self.navigation = Navigation(self.names)
        self.plan: IndexPlan = read_plan(self.store, "index")
        self._glossary_plan = read_plan(self.store, "glossary")
        self._last_file: tuple[str, File] | None = None
        self._last_relations: tuple[str, FileRelations] | None = None

    @property
    def store(self) -> Store:
        """The store, opened by this very process: a connection must not cross a fork."""
        if self._store is None or self._owner != os.getpid():
            self._inherited = self._store  # kept, for closing it would reach into the parent's
            self._store, self._owner = Store.open_to_read(self._store_path), os.getpid()
        return self._store

    # -- pages -----------------------------------------------------------------

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Docname to page, for every page of ours."""
        pages = {}
        work = [*self._iter_work_pages()]
        offered = [key.kind for key, _ in work]
        for key, facts in (*self._iter_pages(), *work):
            docname = self.names.docname(key)
            if docname is None:
                continue
            beside = offered if key.kind in ABOUT_ALL or not key.path else ""
            shown = f"{PAGES}\0{facts}\0{self.navigation.token(key)}\0{beside}"
            pages[docname] = Page(key, codec.digest(shown))
        return pages

    def _iter_pages(self) -> Iterable[tuple[PageKey, str]]:
        """Each page with a text that changes when the facts it shows do."""
        hashes = self.store.file_hashes()
        relations = self.store.relation_hashes("file")
        for path, (facts, _) in hashes.items():
            shown = f"{facts} {relations.get(path)}"
            yield PageKey(PageKind.FILE, path), shown
            yield PageKey(PageKind.FILE_KEYWORDS, path), shown
        folders = self.store.relation_hashes("folder")
        keywords = self._keyword_hashes(hashes)
        for folder, facts in folders.items():
            if folder:
                yield PageKey(PageKind.FOLDER, folder), facts
            yield PageKey(PageKind.FOLDER_DOC, folder), facts
            yield PageKey(PageKind.FOLDER_KEYWORDS, folder), keywords[folder]
        book = str(self.store.relation_hashes("book").get(""))
        everything = f"{book} {folders}"
        yield PageKey(PageKind.FOLDER), f"{everything} {self._work}"
        yield PageKey(PageKind.BOOK), book
        yield from _cut_pages(PageKind.GLOSSARY, self.glossary_plan())
        yield PageKey(PageKind.FILE_REFERENCE), everything
        parts = self.book().parts
        for before, part, after in _with_neighbours(parts):
            chapters = [folders.get(chapter.path) for chapter in part.chapters]
            beside = f"{before and before.path} {after and after.path}"
            yield PageKey(PageKind.BOOK_PART, part.path), f"{part} {chapters} {beside}"
        yield from _cut_pages(PageKind.KEYWORD_INDEX, self.plan)

    def _iter_work_pages(self) -> Iterable[tuple[PageKey, str]]:
        """Lists of what is to be done, as far as there is anything."""
        work = self._work
        if "notes" in work:
            yield PageKey(PageKind.NOTES), work["notes"]
        if "coverage" in work:
            yield PageKey(PageKind.COVERAGE), work["coverage"]
        if self.topics:
            yield PageKey(PageKind.FINDINGS), f"{[work[topic] for topic in self.topics]}"
        for topic in self.topics:
            yield PageKey(PageKind.FINDINGS, topic.value), f"{work[topic]} {self.topics}"

    @cached_property
    def topics(self) -> Sequence[Topic]:
        """Those with findings."""
        return [topic for topic in Topic if topic in self._work]

    @cached_property
    def _work(self) -> Mapping[str, str]:
        """Name to hash of the work lists that hold anything."""
        return self.store.relation_hashes("work")

    @cached_property
    def sequences(self) -> tuple[tuple[PageKey, ...], ...]:
        """Pages that are read one after the other: the book, and the parts of the index."""
        parts = (PageKey(PageKind.BOOK_PART, part.path) for part in self.book().parts)
        letters = (PageKey(PageKind.KEYWORD_INDEX, part.letters) for part in self.plan.parts if part.letters)
        cut = self.glossary_plan().parts
        names = (PageKey(PageKind.GLOSSARY, part.letters) for part in cut if part.letters)
        back = (PageKey(PageKind.GLOSSARY), PageKey(PageKind.FILE_REFERENCE))
        return (
            (PageKey(PageKind.BOOK), *parts, *back),
            (PageKey(PageKind.KEYWORD_INDEX), *letters),
            (PageKey(PageKind.GLOSSARY), *names),
            (PageKey(PageKind.FINDINGS), *(PageKey(PageKind.FINDINGS, topic.value) for topic in self.topics)),
        )

    def _keyword_hashes(self, hashes: Mapping[str, tuple[str, str]]) -> dict[str, str]:
        """Folder to a digest of all keywords below it."""
        sums = {folder: hashlib.blake2b(digest_size=12) for folder in self.names.folders}
        for path, (_, keywords) in hashes.items():
            line = f"{path} {keywords}\n".encode()
            folder = path
            while folder:
                folder = folder.rpartition("/")[0]
                sums[folder].update(line)
        return {folder: total.hexdigest() for folder, total in sums.items()}

    def docname(self, kind: PageKind, path: str = "") -> str | None:
        return self.names.docname(PageKey(kind, path))

    # -- PageData --------------------------------------------------------------

    def file(self, path: str) -> File:
        if self._last_file is None or self._last_file[0] != path:
            self._last_file = path, self.store.file(path)
        return self._last_file[1]

    def file_relations(self, path: str) -> FileRelations:
        if self._last_relations is None or self._last_relations[0] != path:
            text = self.store.relations_text("file", path)
            self._last_relations = path, codec.loads(FileRelations, text)
        return self._last_relations[1]

    def folder_relations(self, path: str) -> FolderRelations:
        return codec.loads(FolderRelations, self.store.relations_text("folder", path))

    def book(self) -> Book:
        return self._book

    @cached_property
    def _book(self) -> Book:
        # large, and each of its parts and each part of the index looks at it
        return codec.loads(Book, self.store.relations_text("book", ""))

    def glossary_plan(self) -> IndexPlan:
        return self._glossary_plan

    def topic_findings(self, topic: Topic) -> TopicFindings:
        return self._work_list(TopicFindings, topic.value)

    def notes(self) -> NoteList:
        return self._work_list(NoteList, "notes")

    def coverage(self) -> Coverage:
        return self._work_list(Coverage, "coverage")

    def _work_list(self, kind: type[_T], name: str) -> _T:
        """A list as it is stored, or an empty one."""
        return codec.loads(kind, self.store.relations_text("work", name)) if name in self._work else kind()

    def keywords_below(self, folder: str) -> Sequence[Keyword]:
        return _keywords(self.store.symbols_below(folder))

    def keywords_directly_in(self, folder: str) -> Sequence[Keyword]:
        return _keywords(self.store.symbols_below(folder, directly=True))

    def keyword_counts(self) -> Sequence[tuple[str, int]]:
        return [(part.letters, part.count) for part in self.plan.parts]

    def keywords_with(self, letters: str) -> Sequence[Keyword]:
        part = next(part for part in self.plan.parts if part.letters == letters)
        return _keywords(self.store.symbols_between(part.low, part.high))

    def subtree_counts(self, folder: str) -> Sequence[tuple[str, int]]:
        return [(child.path, child.symbols) for child in self.folder_relations(folder).folders]

    def all_files(self) -> Sequence[str]:
        return [*self.names.files]

    def forge_url(self, path: str, line: int = 0, end_line: int = 0) -> str:
        where = self.address
        path = where.prefix + path
        if where.template:
            return template_url(where.template, where.commit, path, line)
        if where.forge and where.commit:
            return file_url(where.forge, where.commit, path, line, end_line)
        return ""


def _cut_pages(kind: PageKind, plan: IndexPlan) -> Iterable[tuple[PageKey, str]]:
    """Each part of a list that is cut by letters with what its page shows, and the entrance to several."""
    for low, cut, high in _with_neighbours(plan.parts):
        yield PageKey(kind, cut.letters), f"{cut} {low and low.letters} {high and high.letters}"
    if len(plan.parts) != 1 or plan.parts[0].letters:
        yield PageKey(kind), f"{plan}"


def _with_neighbours(items: Sequence[_T]) -> Iterable[tuple[_T | None, _T, _T | None]]:
    return zip((None, *items), items, (*items[1:], None), strict=False)


def _keywords(rows: Iterable[SymbolRow]) -> list[Keyword]:
    return [Keyword(row.name, row.qualname, row.kind, row.path, row.anchor) for row in rows]
