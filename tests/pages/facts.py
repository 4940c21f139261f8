"""Facts written by hand for the tests of page builders, and blocks as text that a diff can show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from sphinx_repodoc.analyze.glossary import cut_glossary
from sphinx_repodoc.analyze.model import Book, Child, FileRelations, FolderRelations
from sphinx_repodoc.analyze.work import Coverage, NoteList, TopicFindings
from sphinx_repodoc.core.keywords import sort_key
from sphinx_repodoc.core.model import Entry, EntryKind, Facts, File, LineCounts, Symbol
from sphinx_repodoc.core.names import symbol_anchors
from sphinx_repodoc.pages import blocks as b
from sphinx_repodoc.pages.data import Keyword

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.findings import Topic
    from sphinx_repodoc.core.keywords import IndexPlan


@dataclass(frozen=True)
class FakeData:
    """Facts of a repository that is nowhere on disk."""

    files: tuple[File, ...] = ()
    relations: tuple[FileRelations, ...] = ()
    folders: tuple[FolderRelations, ...] = ()
    the_book: Book = field(default_factory=Book)
    parts: tuple[tuple[str, int], ...] = ()
    """Parts of the keyword index; one for everything when empty."""
    forge: str = ""
    findings: dict[Topic, TopicFindings] = field(default_factory=dict)
    the_notes: NoteList = field(default_factory=NoteList)
    the_coverage: Coverage = field(default_factory=Coverage)

    def file(self, path: str) -> File:
        return {file.entry.path: file for file in self.files}[path]

    def file_relations(self, path: str) -> FileRelations:
        self.file(path)
        return {found.path: found for found in self.relations}.get(path, FileRelations(path=path))

    def folder_relations(self, path: str) -> FolderRelations:
        return {found.path: found for found in self.folders}[path]

    def book(self) -> Book:
        return self.the_book

    def glossary_plan(self) -> IndexPlan:
        return cut_glossary(self.the_book.glossary)

    def topic_findings(self, topic: Topic) -> TopicFindings:
        return self.findings.get(topic, TopicFindings())

    def notes(self) -> NoteList:
        return self.the_notes

    def coverage(self) -> Coverage:
        return self.the_coverage

    def keywords_below(self, folder: str) -> Sequence[Keyword]:
        return self._keywords(
            path for path in self.all_files() if not folder or path.startswith(f"{folder}/")
        )

    def keywords_directly_in(self, folder: str) -> Sequence[Keyword]:
        return self._keywords(path for path in self.all_files() if path.rpartition("/")[0] == folder)

    def keyword_counts(self) -> Sequence[tuple[str, int]]:
        return self.parts or (("", len(self.keywords_below(""))),)

    def keywords_with(self, letters: str) -> Sequence[Keyword]:
        return [found for found in self.keywords_below("") if sort_key(found.name).startswith(letters)]

    def subtree_counts(self, folder: str) -> Sequence[tuple[str, int]]:
        return [(child.path, child.symbols) for child in self.folder_relations(folder).folders]

    def forge_url(self, path: str, line: int = 0, end_line: int = 0) -> str:  # noqa: ARG002 (a protocol)
        return f"{self.forge}/{path}" if self.forge else ""

    def all_files(self) -> Sequence[str]:
        return sorted(file.entry.path for file in self.files)

    def _keywords(self, paths: Iterable[str]) -> list[Keyword]:
        found = [
            (sort_key(symbol.name), symbol.name, path, symbol.line, symbol, anchor)
            for path in paths
            for symbol, anchor in _with_anchors(self.file(path).facts.symbols)
        ]
        found.sort(key=lambda row: row[:4])
        return [Keyword(row[1], row[4].qualname, row[4].kind, row[2], row[5]) for row in found]


def _with_anchors(symbols: tuple[Symbol, ...]) -> Iterator[tuple[Symbol, str]]:
    return zip(symbols, symbol_anchors(symbols), strict=True)


def make_file(path: str, facts: Facts | None = None, **entry: object) -> File:
    """A Python file of 300 bytes unless told otherwise."""
    known: dict[str, object] = {"kind": EntryKind.TEXT, "size": 300, "language": "python"}
    return File(entry=Entry(path=path, **(known | entry)), facts=facts or Facts())  # type: ignore[arg-type]


def make_symbol(name: str, line: int, kind: str = "function", **more: object) -> Symbol:
    """A symbol of three lines whose qualified name is its name unless told otherwise."""
    known: dict[str, object] = {"qualname": name, "end_line": line + 2}
    return Symbol(name=name, kind=kind, line=line, **(known | more))  # type: ignore[arg-type]


def make_child(path: str, **more: object) -> Child:
    """A row of a folder's table."""
    return Child(name=path.rpartition("/")[2], path=path, **more)  # type: ignore[arg-type]


def counted(code: int, comment: int = 0, blank: int = 0) -> LineCounts:
    return LineCounts(code=code, comment=comment, blank=blank)


def as_text(blocks: b.Blocks) -> str:
    """Blocks as lines: one a paragraph, row or item, with links as ``[text](kind path#anchor)``."""
    return "\n".join(_lines(blocks)) + "\n" if blocks else ""


def _lines(blocks: b.Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: b.Block) -> Iterator[str]:
    match block:
        case b.Para() | b.Warn():
            yield ("! " if isinstance(block, b.Warn) else "") + inline_text(block.inlines)
        case b.Items():
            yield from _items(block.items, 0)
        case b.Table():
            yield " | ".join(block.head)
            yield from (" | ".join(inline_text(cell) or "." for cell in row) for row in block.rows)
        case b.Facts():
            yield from (f"{term}: {inline_text(value)}" for term, value in block.rows)
        case b.Trail():
            yield " / ".join(inline_text((step,)) for step in block.steps)
        case b.Fold():
            yield f"> {inline_text(block.summary)}"
            yield from (f"  {line}" for line in _lines(block.blocks))
        case b.Group():
            yield f"== {block.title}" + (f" {{#{block.anchor}}}" if block.anchor else "")
            yield from _lines(block.blocks)
        case b.Source():
            lines = f" {block.line}-{block.end_line} {block.language}".rstrip() if block.line else ""
            yield f"<source of {block.path}{lines}>"
        case b.Graph():
            yield f"<graph: {block.label}>"
            yield from (
                f"  {_inline(block.boxes[arrow.source].ref)} -{arrow.weight}-> {_inline(block.boxes[arrow.target].ref)}"
                for arrow in block.arrows
            )
        case _:
            assert_never(block)


def _items(items: tuple[b.Item, ...], depth: int) -> Iterator[str]:
    for item in items:
        anchor = f" {{#{item.anchor}}}" if item.anchor else ""
        note = f" -- {inline_text(item.note)}" if item.note else ""
        yield f"{'  ' * depth}- {inline_text(item.inlines)}{anchor}{note}"
        yield from _items(item.children, depth + 1)


def inline_text(inlines: b.Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: b.Inline) -> str:
    match inline:
        case str():
            return inline
        case b.Code():
            return f"`{inline.text}`"
        case b.Strong():
            return f"*{inline.text}*"
        case b.Url():
            return f"[{inline.text}]({inline.href})"
        case b.Quiet():
            return inline.text
        case b.Ref():
            anchor = f"#{inline.anchor}" if inline.anchor else ""
            return f"[{inline.text}]({inline.kind} {inline.path}{anchor})"
        case _:
            assert_never(inline)


def count_refs(blocks: b.Blocks) -> int:
    """How many links there are, folded ones too."""
    return as_text(blocks).count("](")
