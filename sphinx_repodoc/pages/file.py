"""The page of a file: its sections, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.dotenv import may_be_secret
from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Para, Source
from sphinx_repodoc.pages.complexity import build_complexity
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.dependencies import (
    build_architecture,
    build_dependencies,
    build_related,
    external_imports,
)
from sphinx_repodoc.pages.file_header import build_header, build_overview, build_purpose
from sphinx_repodoc.pages.findings import build_patterns, build_performance, build_security
from sphinx_repodoc.pages.outline import build_structure
from sphinx_repodoc.pages.testing import build_testing

if TYPE_CHECKING:
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

__all__ = ["FILE_PARTS", "build_nothing", "external_imports"]


def build_notes(data: PageData, path: str) -> Blocks:
    """Show what the comments of the file leave to be done."""
    notes = data.file(path).facts.notes
    return parts.folded([parts.note_item(note, (parts.line_ref(path, note.line),)) for note in notes])


def build_nothing(_data: PageData, _path: str) -> Blocks:
    """Leave the section to the glue: only Sphinx knows what belongs there."""
    return ()


def build_source(data: PageData, path: str) -> Blocks:
    """Show the text of the file, when it has one; of environment variables the names only."""
    entry = data.file(path).entry
    if entry.kind is not EntryKind.TEXT or not entry.size:
        return ()
    if may_be_secret(path, entry.language):
        return Para(("The values are not shown: they may be secrets.",)), Source(path)
    return (Source(path),)


FILE_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_header),
    PagePart("purpose", "Purpose", build_purpose),
    PagePart("overview", "Overview", build_overview),
    PagePart("structure", "Structure", build_structure),
    PagePart("complexity", "Complexity", build_complexity),
    PagePart("architecture", "Architecture", build_architecture),
    PagePart("dependencies", "Dependencies", build_dependencies),
    PagePart("patterns", "Patterns & idioms", build_patterns),
    PagePart("performance", "Performance", build_performance),
    PagePart("security", "Security & safety", build_security),
    PagePart("testing", "Testing & usage", build_testing),
    PagePart("related", "Related files", build_related),
    PagePart("notes", "Notes", build_notes),
    PagePart("cross-references", "Cross-references", build_nothing),
    PagePart("source", "Source", build_source),
)
