"""The first sentence of a page: what its author says the file or folder is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.paths import join_path, name_of
from sphinx_repodoc.core.model import EntryKind

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.model import File

READMES = ("readme.md", "readme.rst", "readme.markdown", "readme.txt", "readme.adoc", "readme")
"""In lower case, the best first."""
_INITIALISERS = ("__init__.py", "__init__.pyi", "mod.rs", "lib.rs", "doc.go", "package-info.java")


def purpose_of(file: File) -> tuple[str, int]:
    """(what the author of a file says it is for, the line where that starts); nothing is made up."""
    return file.facts.doc, file.facts.doc_line


def readme_of(folder: str, context: Context) -> str:
    """Path of the README directly in a folder; empty without one that is read as text."""
    texts = (
        path for path in context.names.get(folder, ()) if context.files[path].entry.kind is EntryKind.TEXT
    )
    found = {name_of(path).lower(): path for path in reversed([*texts])}
    return next((found[name] for name in READMES if name in found), "")


def folder_purpose(folder: str, context: Context) -> tuple[str, str]:
    """(first paragraph of the README or of the package's docstring, its ``path:line``)."""
    candidates = [readme_of(folder, context), *(join_path(folder, name) for name in _INITIALISERS)]
    for path in candidates:
        file = context.files.get(path)
        if file is not None and file.facts.doc:
            text, line = purpose_of(file)
            return text, f"{path}:{line}"
    return "", ""
