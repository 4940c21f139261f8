"""What GN imports: by a path from the root of the build, or from the folder of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import UNKNOWN, folder_of
from sphinx_repodoc.core.link.paths import PathFinder, PathRule

if TYPE_CHECKING:
    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File

_BESIDE = PathRule()
_FROM_ROOT = PathRule(above=True, anywhere=True)
"""The root of a build may lie in a folder of the repository, or above it."""


def make_gn_linker(index: Index) -> Linker:
    beside, from_root = PathFinder(index, _BESIDE), PathFinder(index, _FROM_ROOT)

    def link(file: File) -> tuple[Found, ...]:
        return tuple([_link(beside, from_root, file.entry.path, each.module) for each in file.facts.imports])

    return link


def _link(beside: PathFinder, from_root: PathFinder, path: str, written: str) -> Found:
    if "$" in written:
        return UNKNOWN
    if written.startswith("//"):
        return from_root.found("", written.removeprefix("//"))
    return beside.found(folder_of(path), written)
