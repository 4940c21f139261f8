"""What page builders read: facts by path, from wherever they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_repodoc.analyze.model import Book, FileRelations, FolderRelations
    from sphinx_repodoc.analyze.work import Coverage, NoteList, TopicFindings
    from sphinx_repodoc.core.findings import Topic
    from sphinx_repodoc.core.keywords import IndexPlan
    from sphinx_repodoc.core.model import File
    from sphinx_repodoc.pages.blocks import Blocks


@dataclass(frozen=True, slots=True)
class Keyword:
    """One symbol in an index over several files."""

    name: str
    qualname: str
    kind: str
    path: str
    anchor: str
    """HTML id on the page of its file."""


class PageData(Protocol):
    """The facts of one repository. Paths that do not exist raise :exc:`KeyError`."""

    def file(self, path: str) -> File: ...

    def file_relations(self, path: str) -> FileRelations: ...

    def folder_relations(self, path: str) -> FolderRelations: ...

    def book(self) -> Book: ...

    def glossary_plan(self) -> IndexPlan:
        """How the glossary is cut into pages."""
        ...

    def topic_findings(self, topic: Topic) -> TopicFindings: ...

    def notes(self) -> NoteList: ...

    def coverage(self) -> Coverage: ...

    def keywords_below(self, folder: str) -> Sequence[Keyword]:
        """All symbols of the files below a folder, sorted by folded name, path and line."""
        ...

    def keywords_directly_in(self, folder: str) -> Sequence[Keyword]:
        """Those of the files that lie directly in it, in the same order."""
        ...

    def keyword_counts(self) -> Sequence[tuple[str, int]]:
        """(letters, number of keywords) for each part of the keyword index, in its order."""
        ...

    def keywords_with(self, letters: str) -> Sequence[Keyword]:
        """The symbols of one part of the keyword index, sorted as above."""
        ...

    def subtree_counts(self, folder: str) -> Sequence[tuple[str, int]]:
        """(direct subfolder, number of symbols in its subtree), sorted."""
        ...

    def forge_url(self, path: str, line: int = 0, end_line: int = 0) -> str:
        """Address of a file on its forge; empty when it is not known."""
        ...

    def all_files(self) -> Sequence[str]:
        """Paths of all entries, sorted."""
        ...


@dataclass(frozen=True, slots=True)
class PagePart:
    """A section of a page."""

    id: str
    """HTML id and the name by which options choose it."""
    title: str
    """Heading; empty for the header, which has none."""
    build: Callable[[PageData, str], Blocks]
    """(facts, path of the page) to content; an empty tuple leaves the section out."""
