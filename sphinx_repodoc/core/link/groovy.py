"""Groovy's imports as those of Java, and the scripts that a build script of Gradle applies to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import folder_of
from sphinx_repodoc.core.link.jvm import make_java_linker
from sphinx_repodoc.core.link.paths import PathFinder, PathRule

if TYPE_CHECKING:
    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File

_RULE = PathRule(above=True)


def make_groovy_linker(index: Index) -> Linker:
    link_java = make_java_linker(index)
    finder = PathFinder(index, _RULE)

    def link(file: File) -> tuple[Found, ...]:
        folder = folder_of(file.entry.path)
        return tuple(
            finder.found(folder, wanted.module) if wanted.form == "apply from" else found
            for wanted, found in zip(file.facts.imports, link_java(file), strict=True)
        )

    return link
