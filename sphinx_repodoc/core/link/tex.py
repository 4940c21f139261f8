"""What LaTeX takes in: other files of a document, figures, styles, bibliographies.

Paths count from the folder in which TeX is started, that of the main file, which lies beside
a file or above it; styles and bibliographies may lie in any folder that is on a search path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import folder_of
from sphinx_repodoc.core.link.paths import PathFinder, PathRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File

_FIGURES = (".pdf", ".png", ".jpg", ".jpeg", ".eps", ".svg", ".tex")
_TEXT = PathRule(suffixes=(".tex",), above=True)
_STYLE = PathRule(suffixes=(".sty",), above=True, anywhere=True)
_CLASS = PathRule(suffixes=(".cls",), above=True, anywhere=True)
_FIGURE = PathRule(suffixes=_FIGURES, above=True, anywhere=True)
_RULES: Mapping[str, PathRule] = {
    **dict.fromkeys(("usepackage", "RequirePackage"), _STYLE),
    **dict.fromkeys(("documentclass", "LoadClass"), _CLASS),
    **dict.fromkeys(
        ("bibliography", "addbibresource"), PathRule(suffixes=(".bib",), above=True, anywhere=True)
    ),
    **dict.fromkeys(("includegraphics", "includepdf", "includesvg", "includestandalone"), _FIGURE),
    "bibliographystyle": PathRule(suffixes=(".bst",), above=True, anywhere=True),
}
"""Command -> where what it takes in may lie; other commands take in text."""


def make_tex_linker(index: Index) -> Linker:
    finders = {rule: PathFinder(index, rule) for rule in (_TEXT, *_RULES.values())}

    def link(file: File) -> tuple[Found, ...]:
        folder = folder_of(file.entry.path)
        return tuple(
            [finders[_RULES.get(each.form, _TEXT)].found(folder, each.module) for each in file.facts.imports]
        )

    return link
