"""Makes the book of the epub builder one that readers and validators accept.

Sphinx packs whatever lies in the output folder, by default the doctrees as well,
declares no drawings, and marks each page that no toctree lists as one that is off
the reading path, which has to be linked to from somewhere.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sphinx_repodoc.sphinx_ext.project import RepoProject

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_PAGE = re.compile(r'(<item id="[^"]*" href="([^"]*)" media-type="application/xhtml\+xml")( />)')
_OFF_THE_PATH = ' linear="no"'


class _Below(str):
    """A folder that equals each path below it, for a list of names that Sphinx searches for each file."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and other.startswith(self)

    __hash__ = str.__hash__


def complete_book(app: Sphinx, builder: Builder) -> None:
    """Have the list of contents of a book made without our working files, and completed afterwards."""
    if isinstance(app.project, RepoProject) and hasattr(builder, "build_content"):
        _complete(app, builder)


def _complete(app: Sphinx, builder: Any) -> None:
    build = builder.build_content

    def build_content() -> None:
        config = app.config
        config.epub_exclude_files = [*config.epub_exclude_files, *_work_folders(app)]
        build()
        package = Path(app.outdir, "content.opf")
        package.write_text(_completed(package.read_text("utf-8"), Path(app.outdir)), "utf-8")

    builder.build_content = build_content


def _work_folders(app: Sphinx) -> list[_Below]:
    """Folders with what the build reads and keeps, where they lie in the output folder."""
    out = Path(app.outdir).resolve()
    folders = {Path(folder).resolve() for folder in (app.doctreedir, app.srcdir)}
    inside = sorted(folder.relative_to(out) for folder in folders if out in folder.parents)
    return [_Below(f"{folder}/") for folder in inside]


def _completed(package: str, out: Path) -> str:
    """The package document with the property of pages that hold drawings, and every page on the reading path."""

    def declare(match: re.Match[str]) -> str:
        page = Path(out, unquote(unescape(match[2]))).read_bytes()
        return f'{match[1]} properties="svg"{match[3]}' if b"<svg" in page else match[0]

    return _PAGE.sub(declare, package).replace(_OFF_THE_PATH, "")
