"""The keywords of a folder and everything below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Para, Ref
from sphinx_repodoc.pages.folder_index import folder_header
from sphinx_repodoc.pages.listing import keyword_list
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

WHOLE = 2_000
"""Up to this many keywords the page holds the whole subtree, about 0.4 MB of HTML. Above, each keyword
would stand on the page of every folder over it, and all these pages would grow with the square of the depth."""


def build_header(data: PageData, path: str) -> Blocks:
    """Open the keywords of a folder."""
    return folder_header(data, path, PageKind.FOLDER_KEYWORDS)


def _is_whole(data: PageData, path: str) -> bool:
    return data.folder_relations(path).total_symbols <= WHOLE


def build_subfolders(data: PageData, path: str) -> Blocks:
    """Say where the keywords are that the list leaves to the pages of the folders below."""
    if _is_whole(data, path):
        return ()
    counts = [(folder, number) for folder, number in data.subtree_counts(path) if number]
    if not counts:
        return ()
    total = count(sum(number for _, number in counts), "keyword")
    places = "the folder" if len(counts) == 1 else f"{count(len(counts), 'folder')}"
    rows = [
        ((Ref(PageKind.FOLDER_KEYWORDS, folder, f"{folder}/"),), (f"{number:,}",))
        for folder, number in counts
    ]
    sentence = Para((f"{total} are on the pages of {places} below.",))
    return (sentence, *parts.table(("Folder", "Keywords"), rows, (1,)))


def build_keywords(data: PageData, path: str) -> Blocks:
    """Every keyword of the subtree from A to Z; only those of its own files when there are too many."""
    whole = _is_whole(data, path)
    keywords = data.keywords_below(path) if whole else data.keywords_directly_in(path)
    if not keywords:
        return ()
    files = count(len({keyword.path for keyword in keywords}), "file")
    direct = "" if whole else " directly in it"
    first = Para((f"{count(len(keywords), 'keyword')} of {files}{direct}.",))
    return (first, *keyword_list(keywords, PageKind.FOLDER_KEYWORDS, path))
