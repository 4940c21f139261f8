"""Cython: what Python imports, what it takes of other Cython modules, and what it includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.c import make_c_linker
from sphinx_repodoc.core.link.index import STANDARD, folder_of
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.link.python import make_python_linker

if TYPE_CHECKING:
    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(suffixes=(".in",), above=True)
_STANDARD = frozenset({"cpython", "cython", "libc", "libcpp", "openmp", "posix"})
"""Packages of declarations that come with Cython."""


def make_cython_linker(index: Index) -> Linker:
    """Join the linkers of the languages that stand in one file."""
    python = index.share(make_python_linker)
    c = index.share(make_c_linker)
    finder = PathFinder(index, _RULE)

    def take(file: File, wanted: Import) -> Found:
        if wanted.form == "include":
            return finder.found(folder_of(file.entry.path), wanted.module)
        if wanted.form.startswith("include"):
            return c.link(folder_of(file.entry.path), wanted)
        if wanted.form == "cimport" and not wanted.level and wanted.module.partition(".")[0] in _STANDARD:
            return STANDARD
        return python.link(file, wanted)

    def link(file: File) -> tuple[Found, ...]:
        return tuple([take(file, each) for each in file.facts.imports])

    return link
