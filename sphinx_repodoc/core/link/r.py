"""R's packages to the files of this repository that they are made of, and ``source()`` to files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    Found,
    Named,
    folder_of,
    read_requirements,
    under,
)
from sphinx_repodoc.core.link.namespaces import join_namespaces
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.link.uses import top_level
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(above=True, roots=("R",))
_PACKAGES = """
    base compiler datasets grDevices graphics grid methods parallel splines stats stats4 tcltk tools utils
"""
STANDARD_PACKAGES = frozenset(_PACKAGES.split())
"""What R itself is made of."""


@dataclass(slots=True)
class RLinker:
    """A package of this repository leads to those of its files that define what is used."""

    finder: PathFinder
    requirements: Requirements
    packages: Namespaces

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        folder, package = folder_of(file.entry.path), wanted.module
        if wanted.form == "source":
            return self.finder.found(folder, package)
        if package in self.packages.files:
            named = [
                Named(each.name, each.name, self.packages.define(folder, package, each.name))
                for each in wanted.names
            ]
            if named:
                return Found(origin=Origin.HERE, named=tuple(each for each in named if each.files))
            files = self.packages.mentioned(package, file.facts.words)
            return Found(origin=Origin.HERE, whole=files) if files else HERE
        return STANDARD if package in STANDARD_PACKAGES else self.requirements.explain(folder, (package,))


def _packages(index: Index) -> Namespaces:
    """Join the files in the folder ``R`` of each package."""
    folders = {
        under(folder_of(package.path), "R"): package.name
        for package in index.manifests.packages
        if package.ecosystem is Ecosystem.CRAN
    }

    def definitions() -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
        for file in index.of_language("r"):
            folder = folder_of(file.entry.path)
            if folder in folders:
                yield file.entry.path, {folders[folder]: dict(top_level(file))}

    return join_namespaces(definitions())


def make_r_linker(index: Index) -> Linker:
    return RLinker(
        finder=PathFinder(index, _RULE),
        requirements=read_requirements(index.manifests, Ecosystem.CRAN, lambda name: [name]),
        packages=_packages(index),
    )
