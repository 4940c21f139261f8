"""Every kind of page with its sections and its title: what the glue reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.book import BOOK_PART_PARTS, BOOK_PARTS, FILE_REFERENCE_PARTS, GLOSSARY_PARTS
from sphinx_repodoc.pages.file import FILE_PARTS
from sphinx_repodoc.pages.folder import FOLDER_DOC_PARTS, FOLDER_KEYWORDS_PARTS, FOLDER_PARTS
from sphinx_repodoc.pages.index import KEYWORD_INDEX_PARTS
from sphinx_repodoc.pages.keyword import FILE_KEYWORDS_PARTS
from sphinx_repodoc.pages.listing import letters_title
from sphinx_repodoc.pages.parts import ROOT_NAME
from sphinx_repodoc.pages.work import COVERAGE_PARTS, FINDINGS_PARTS, NOTES_PARTS, TOPIC_TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.pages.data import PagePart

PARTS: Mapping[PageKind, tuple[PagePart, ...]] = {
    PageKind.FILE: FILE_PARTS,
    PageKind.FILE_KEYWORDS: FILE_KEYWORDS_PARTS,
    PageKind.FOLDER: FOLDER_PARTS,
    PageKind.FOLDER_DOC: FOLDER_DOC_PARTS,
    PageKind.FOLDER_KEYWORDS: FOLDER_KEYWORDS_PARTS,
    PageKind.KEYWORD_INDEX: KEYWORD_INDEX_PARTS,
    PageKind.BOOK: BOOK_PARTS,
    PageKind.BOOK_PART: BOOK_PART_PARTS,
    PageKind.GLOSSARY: GLOSSARY_PARTS,
    PageKind.FILE_REFERENCE: FILE_REFERENCE_PARTS,
    PageKind.FINDINGS: FINDINGS_PARTS,
    PageKind.NOTES: NOTES_PARTS,
    PageKind.COVERAGE: COVERAGE_PARTS,
}
"""Sections of each kind of page, in their order."""


def page_title(kind: PageKind, path: str) -> str:
    """Title of a page, which needs no facts."""
    folder = f"{path}/" if path else ROOT_NAME
    titles = {
        PageKind.FILE: path,
        PageKind.FILE_KEYWORDS: f"Keywords: {path}",
        PageKind.FOLDER: folder,
        PageKind.FOLDER_DOC: f"Documentation: {folder}",
        PageKind.FOLDER_KEYWORDS: f"All keywords: {folder}",
        PageKind.KEYWORD_INDEX: f"Keyword index: {letters_title(path)}" if path else "Keyword index",
        PageKind.BOOK: "Book",
        PageKind.BOOK_PART: f"Book: {folder if path else 'top level'}",
        PageKind.GLOSSARY: f"Glossary: {letters_title(path)}" if path else "Glossary",
        PageKind.FILE_REFERENCE: "File reference",
        PageKind.FINDINGS: f"Findings: {TOPIC_TITLES.get(path, path).lower()}" if path else "Findings",
        PageKind.NOTES: "Notes",
        PageKind.COVERAGE: "Coverage",
    }
    return titles[kind]
