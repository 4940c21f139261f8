"""The three pages of a folder: their sections, in their order."""

from __future__ import annotations

from sphinx_repodoc.pages import folder_doc, folder_index, folder_keywords, root
from sphinx_repodoc.pages.coupling import build_layers
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.file import build_nothing

FOLDER_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", folder_index.build_header),
    PagePart("purpose", "Purpose", folder_index.build_purpose),
    PagePart("overview", "Overview", root.build_overview),
    PagePart("how-to-use", "How to find things", root.build_ways),
    PagePart("top-folders", "Top-level folders", folder_index.build_top_folders),
    PagePart("quick-links", "Quick links", root.build_quick_links),
    PagePart("folders", "Folders", folder_index.build_folders),
    PagePart("files", "Files", folder_index.build_files),
    PagePart("structure", "Structure", root.build_structure),
    PagePart("layers", "Layers of the import graph", build_layers),
    PagePart("problems", "Files with problems", root.build_problems),
    # last, as on a forge: it is often longer than everything before it
    PagePart("readme", "README", build_nothing),
)

FOLDER_DOC_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", folder_doc.build_header),
    PagePart("role", "Role", folder_index.build_purpose),
    PagePart("contents", "Contents", folder_doc.build_contents),
    PagePart("concepts", "Key concepts", folder_doc.build_concepts),
    PagePart("architecture", "Architecture", folder_doc.build_architecture),
    PagePart("important", "Important files", folder_doc.build_important),
    PagePart("working", "Working here", folder_doc.build_working),
    PagePart("licences", "Licences", folder_doc.build_licenses),
    PagePart("cross-references", "Cross-references", build_nothing),
)

FOLDER_KEYWORDS_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", folder_keywords.build_header),
    PagePart("subfolders", "In the folders below", folder_keywords.build_subfolders),
    PagePart("keywords", "Keywords", folder_keywords.build_keywords),
)
