"""The keyword index of the whole repository: one page, or an entrance and a page for each letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Para, Ref
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.listing import keyword_list, letters_table
from sphinx_repodoc.pages.parts import folder_ref
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData


def build_header(data: PageData, path: str) -> Blocks:
    """Say how many keywords there are, here and in all."""
    counts = data.keyword_counts()
    total = sum(number for _, number in counts)
    if not path:
        pages = f", on {count(len(counts), 'page')}" if len(counts) > 1 else ""
        return (
            (Para((f"{count(total, 'keyword')} of ", folder_ref("", text="this repository"), f"{pages}.")),)
            if total
            else ()
        )
    number = dict(counts)[path]
    # no total here: a new keyword changes its own page of the index, not all of them
    index = Ref(PageKind.KEYWORD_INDEX, "", "the whole index", code=False)
    return (Para((f"{count(number, 'keyword')} of ", index, ".")),)


def build_letters(data: PageData, path: str) -> Blocks:
    """Link the pages of the index; only its entrance has them."""
    return () if path else letters_table(PageKind.KEYWORD_INDEX, data.keyword_counts(), "Keywords")


def build_keywords(data: PageData, path: str) -> Blocks:
    """Show the keywords of this page: all of them when the index has one page."""
    counts = data.keyword_counts()
    if not path and len(counts) != 1:
        return ()
    letters = path or counts[0][0]
    return keyword_list(data.keywords_with(letters), PageKind.KEYWORD_INDEX, path, len(path) + 1)


KEYWORD_INDEX_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_header),
    PagePart("letters", "By first letter", build_letters),
    PagePart("keywords", "Keywords", build_keywords),
)
