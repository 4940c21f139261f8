"""The index of a folder: what it is for, and tables of what lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Facts, Para, Ref
from sphinx_repodoc.pages.prose import prose, sentence
from sphinx_repodoc.pages.words import count, listed

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.model import Child, FolderRelations
    from sphinx_repodoc.pages.blocks import Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData

_PAGE_NAMES = {
    PageKind.FOLDER: "Index",
    PageKind.FOLDER_DOC: "Documentation",
    PageKind.FOLDER_KEYWORDS: "All keywords",
}


def folder_header(data: PageData, path: str, own: PageKind) -> Blocks:
    """Where the folder is, how much it holds, and its other pages.

    :param own: kind of the page that this is the header of.
    """
    folder = data.folder_relations(path)
    owners = parts.owner_inlines(folder.owners, folder.owners_at) if own is PageKind.FOLDER else ()
    others = ((Ref(kind, path, name, code=False),) for kind, name in _PAGE_NAMES.items() if kind is not own)
    rows: tuple[tuple[str, Inlines], ...] = (
        ("Contains", parts.text_cell("" if own is PageKind.FOLDER and not path else _contents(folder, own))),
        ("Owners", owners),
        ("See also", parts.join(others)),
    )
    return (*_trail(path, own), Facts(tuple(row for row in rows if row[1])))


def _trail(path: str, own: PageKind) -> Blocks:
    if own is PageKind.FOLDER:
        return (parts.trail(path),) if path else ()
    folder = Ref(PageKind.FOLDER, path, path.rpartition("/")[2] or parts.ROOT_NAME, code=False)
    return (parts.trail(path, folder, _PAGE_NAMES[own]),)


def _contents(folder: FolderRelations, own: PageKind) -> str:
    # the keyword page does not change with every line, so it does not count them
    lines = 0 if own is PageKind.FOLDER_KEYWORDS else folder.total_lines
    counts = (
        (folder.total_files, "file"),
        (lines, "line"),
        (folder.total_symbols, "keyword"),
    )
    return listed([count(number, noun) for number, noun in counts if number])


def build_header(data: PageData, path: str) -> Blocks:
    """Open the index of a folder."""
    return folder_header(data, path, PageKind.FOLDER)


def build_purpose(data: PageData, path: str) -> Blocks:
    """Say what the folder is for, in the words of its own files and by the evidence."""
    return purpose_blocks(data.folder_relations(path))


def purpose_blocks(folder: FolderRelations) -> Blocks:
    """Purpose and roles of a folder, each with the place that says so."""
    purpose: Blocks = ()
    if folder.purpose:
        text = prose(folder.purpose, _language(folder.purpose_at))
        purpose = (Para((*text, *parts.bracketed(parts.at_ref(folder.purpose_at)))),)
    # the roles of its files say nothing of what a whole repository is for
    return (*purpose, *(parts.role_blocks(folder.roles) if folder.path else ()))


def _language(place: str) -> str:
    return "markdown" if place.rpartition(":")[0].lower().endswith((".md", ".markdown")) else ""


def build_folders(data: PageData, path: str) -> Blocks:
    """One row for each folder directly in it, with links to the three pages of each."""
    return _folder_table(data.folder_relations(path)) if path else ()


def build_top_folders(data: PageData, path: str) -> Blocks:
    """Show the same for the root, where the section has another name."""
    return () if path else _folder_table(data.folder_relations(path))


def _folder_table(folder: FolderRelations) -> Blocks:
    head = ("Folder", "Purpose", "Files", "Lines", "Docs", "Keywords")
    return parts.table(head, [_folder_row(child) for child in folder.folders], (2, 3, 5))


def _folder_row(child: Child) -> tuple[Inlines, ...]:
    keywords = Ref(PageKind.FOLDER_KEYWORDS, child.path, f"{child.symbols:,}", code=False)
    return (
        (Ref(PageKind.FOLDER, child.path, f"{child.name}/"),),
        sentence(child.purpose, child.language),
        parts.number(child.files),
        parts.number(child.lines),
        (Ref(PageKind.FOLDER_DOC, child.path, "docs", code=False),),
        (keywords,) if child.symbols else (),
    )


def build_files(data: PageData, path: str) -> Blocks:
    """One row for each file directly in it, with links to its page and its keywords."""
    files = data.folder_relations(path).files
    head = ("File", "Purpose", "Language", "Lines", "Keywords", "Role", "Problems")
    return parts.table(head, [_file_row(child) for child in files], (3, 4, 6))


def _file_row(child: Child) -> tuple[Inlines, ...]:
    keywords = Ref(PageKind.FILE_KEYWORDS, child.path, f"{child.symbols:,}", code=False)
    kind = "" if child.kind in {"", "text"} else child.kind
    return (
        (parts.file_ref(child.path, child.name),),
        sentence(child.purpose, child.language),
        parts.text_cell(parts.language_title(child.language) or kind),
        parts.number(child.lines),
        (keywords,) if child.symbols else (),
        parts.text_cell(", ".join(child.roles)),
        parts.number(child.problems),
    )
