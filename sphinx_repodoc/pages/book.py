"""The book of the repository: its parts and chapters in reading order, a glossary, all files."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.glossary import concepts_between
from sphinx_repodoc.core.keywords import sort_key
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Facts, Group, Item, Items, Para, Ref
from sphinx_repodoc.pages.coupling import build_layers, findings_cell, instability
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.folder_doc import concept_blocks
from sphinx_repodoc.pages.folder_index import purpose_blocks
from sphinx_repodoc.pages.listing import letters_table, letters_title
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import count, listed

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.model import Book, Chapter, Child, FolderRelations, Part
    from sphinx_repodoc.pages.blocks import Blocks, Inline, Inlines
    from sphinx_repodoc.pages.data import PageData


def chapter_anchor(path: str) -> str:
    """HTML id of a chapter on the page of its part."""
    return _anchor("chapter", path)


def _anchor(prefix: str, path: str) -> str:
    name = re.sub(r"\s+", "_", path) or "~root"
    return f"{prefix}-{name}"


def chapter_ref(part: str, path: str) -> Ref:
    text = f"{path}/" if path else parts.ROOT_NAME
    return Ref(PageKind.BOOK_PART, part, text, chapter_anchor(path), code=bool(path))


def build_header(data: PageData, _path: str) -> Blocks:
    """Say how long the book is, in what order it stands and what lies beside it."""
    book = data.book()
    chapters = sum(len(part.chapters) for part in book.parts)
    if not chapters:
        return ()
    size = f"{count(len(book.parts), 'part')} with {count(chapters, 'chapter')}, a folder each. "
    order = "A folder comes after those it imports from, as far as import cycles allow. "
    return (Para((size, order, "Behind them: ", *_appendices(book), ".")),)


def _appendices(book: Book) -> Inlines:
    names = (
        (PageKind.GLOSSARY, "glossary", book.glossary),
        (PageKind.FILE_REFERENCE, "file reference", True),
    )
    return parts.join(
        (("the ", Ref(kind, "", name, code=False)) for kind, name, facts in names if facts), " and "
    )


def build_parts(data: PageData, _path: str) -> Blocks:
    """Table of contents: parts with their chapters, in reading order."""
    items = [
        Item(
            (_part_ref(part), f" — {count(len(part.chapters), 'chapter')}"),
            tuple(Item((chapter_ref(part.path, chapter.path),)) for chapter in part.chapters),
        )
        for part in data.book().parts
    ]
    return (Items(tuple(items)),) if items else ()


def _part_ref(part: Part) -> Ref:
    text = f"{part.path}/" if part.path else "Top level"
    return Ref(PageKind.BOOK_PART, part.path, text, code=bool(part.path))


def _part(book: Book, path: str) -> Part:
    for part in book.parts:
        if part.path == path:
            return part
    raise KeyError(path)


def build_part_header(data: PageData, path: str) -> Blocks:
    """Say how much the part holds."""
    part = _part(data.book(), path)
    link = Ref(PageKind.BOOK, "", "the book", code=False)
    return (Para((f"{count(len(part.chapters), 'chapter')} of ", link, ", foundations first.")),)


def build_chapters(data: PageData, path: str) -> Blocks:
    """Each chapter with the facts of its folder."""
    book = data.book()
    part_of = {chapter.path: part.path for part in book.parts for chapter in part.chapters}
    return tuple(_chapter(data, chapter, part_of) for chapter in _part(book, path).chapters)


def _chapter(data: PageData, chapter: Chapter, part_of: dict[str, str]) -> Group:
    folder = data.folder_relations(chapter.path)
    title = f"{chapter.path}/" if chapter.path else parts.ROOT_NAME
    cycle: Blocks = ()
    if chapter.after_cycle:
        sentence = "It shares an import cycle with a chapter beside it: their order is that of their names."
        cycle = (Para((sentence,)),)
    concepts = concept_blocks(folder)
    blocks: Blocks = (
        *purpose_blocks(folder),
        Facts(_chapter_facts(folder, chapter, part_of)),
        *cycle,
        *((Group("Key concepts", concepts),) if concepts else ()),
    )
    return Group(title, blocks, chapter_anchor(chapter.path))


def _chapter_facts(
    folder: FolderRelations, chapter: Chapter, part_of: dict[str, str]
) -> tuple[tuple[str, Inlines], ...]:
    builds_on = (
        (chapter_ref(part_of[below], below) if below in part_of else parts.folder_ref(below),)
        for below in chapter.builds_on
    )
    pages = (
        (PageKind.FOLDER, "index"),
        (PageKind.FOLDER_DOC, "documentation"),
        (PageKind.FOLDER_KEYWORDS, "all keywords"),
    )
    rows: tuple[tuple[str, Inlines], ...] = (
        ("Holds", parts.text_cell(_size(folder))),
        ("Layer", _layer(folder)),
        ("Builds on", parts.join(builds_on)),
        ("Findings", findings_cell(folder.findings_here)),
        ("Read on", parts.join((Ref(kind, folder.path, name, code=False),) for kind, name in pages)),
    )
    return tuple(row for row in rows if row[1])


def _layer(folder: FolderRelations) -> Inlines:
    """Where the folder stands among the folders, and how it hangs together with the rest."""
    coupling = folder.coupling
    if coupling is None:
        return ()
    place = f"{coupling.layer} among the folders, " if coupling.layer >= 0 else ""
    return (f"{place}instability {instability(coupling.fan_in, coupling.fan_out)}",)


def _size(folder: FolderRelations) -> str:
    """Size of the folder's own files: the folders below are chapters themselves."""
    lines = sum(child.lines for child in folder.files)
    counts = ((len(folder.files), "file"), (lines, "line"))
    return listed([count(number, noun) for number, noun in counts if number])


def build_glossary_letters(data: PageData, path: str) -> Blocks:
    """Link the pages of the glossary; only its entrance has them."""
    counts = [(part.letters, part.count) for part in data.glossary_plan().parts]
    return () if path else letters_table(PageKind.GLOSSARY, counts, "Names")


def build_glossary(data: PageData, path: str) -> Blocks:
    """Names that files other than their own use, from A to Z, with what their authors say of them."""
    here = next((part for part in data.glossary_plan().parts if part.letters == path), None)
    if here is None:
        return ()
    return tuple(
        Group(
            letters_title(letter),
            (Items(tuple(parts.concept_item(concept) for concept in concepts)),),
            f"letters-{letter if letter != '#' else 'other'}",
        )
        for letter, concepts in groupby(
            concepts_between(data.book().glossary, here.low, here.high),
            key=lambda concept: sort_key(concept.name)[0],
        )
    )


def build_glossary_header(data: PageData, path: str) -> Blocks:
    """Say how many names there are, here or in all."""
    if path:
        whole = Ref(PageKind.GLOSSARY, "", "the whole glossary", code=False)
        number = next(part.count for part in data.glossary_plan().parts if part.letters == path)
        return (Para((f"{count(number, 'name')} of ", whole, ".")),)
    number = len(data.book().glossary)
    files = "its own" if number == 1 else "their own"
    return (Para((f"{count(number, 'name')} that files other than {files} use.",)),) if number else ()


def build_files_header(data: PageData, _path: str) -> Blocks:
    """Say how many files there are."""
    number = len(data.all_files())
    repository = parts.folder_ref("", text="this repository")
    return (Para((f"{count(number, 'file')} of ", repository, ".")),) if number else ()


def build_files(data: PageData, _path: str) -> Blocks:
    """Every file on a line of its own, under its folder, under its top-level folder."""
    root = data.folder_relations("")
    groups = [Group(parts.ROOT_NAME, (Items(_file_items(root)),), _anchor("top", ""))] if root.files else []
    for child in root.folders:
        items = tuple(_folder_items(data, child.path))
        groups.append(Group(f"{child.name}/", (Items(items),), _anchor("top", child.name)))
    return tuple(groups)


def _folder_items(data: PageData, path: str) -> list[Item]:
    """Give the folder and all below it, each with its own files, by path."""
    items, waiting = [], [path]
    while waiting:
        folder = data.folder_relations(waiting.pop())
        if folder.files:
            items.append(Item((parts.folder_ref(folder.path),), _file_items(folder)))
        waiting += [child.path for child in reversed(folder.folders)]
    return items


def _file_items(folder: FolderRelations) -> tuple[Item, ...]:
    return tuple(
        Item(_file_line(child), note=sentence(child.purpose, child.language)) for child in folder.files
    )


def _file_line(child: Child) -> Inlines:
    line: list[Inline] = [parts.file_ref(child.path, child.name)]
    kind = parts.language_title(child.language) or ("" if child.kind in {"", "text"} else child.kind)
    facts = ", ".join(filter(None, (kind, count(child.lines, "line") if child.lines else "")))
    if facts:
        line.append(f" — {facts}")
    return tuple(line)


BOOK_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_header),
    PagePart("parts", "Parts and chapters", build_parts),
    PagePart("layers", "Layers of the import graph", build_layers),
)
BOOK_PART_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_part_header),
    PagePart("chapters", "Chapters", build_chapters),
)
GLOSSARY_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_glossary_header),
    PagePart("letters", "By first letter", build_glossary_letters),
    PagePart("names", "Names", build_glossary),
)
FILE_REFERENCE_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_files_header),
    PagePart("files", "Files", build_files),
)
