"""Modules whose dotted names are paths below folders of known names: Lua, Perl, Haskell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import HERE, STANDARD, folder_of, take_names
from sphinx_repodoc.core.link.paths import PathFinder
from sphinx_repodoc.core.manifests import RouteKind

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from sphinx_repodoc.core.link.index import Found, Index, Requirements
    from sphinx_repodoc.core.link.paths import PathRule
    from sphinx_repodoc.core.manifests import Ecosystem
    from sphinx_repodoc.core.model import File, Import


@dataclass(frozen=True, slots=True, kw_only=True)
class Dotted:
    """How a language names its modules."""

    separator: str
    paths: Container[str]
    """Forms that are followed by the path of a file, not the name of a module."""
    standard: Callable[[str], bool]
    """Whether a module comes with the language."""
    names: Callable[[str], Iterable[str]]
    """What the requirement may be called that explains a module."""


@dataclass(slots=True)
class DottedLinker:
    """Resolves the imports of one file after another."""

    dotted: Dotted
    finder: PathFinder
    requirements: Requirements
    aliases: Mapping[str, str]
    """Modules whose file a manifest names."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        module = wanted.module
        if wanted.form in self.dotted.paths:
            return self.finder.found(folder, module)
        target = self.aliases.get(module) or self.finder.find(
            folder, module.replace(self.dotted.separator, "/")
        )
        if target is not None:
            return take_names(wanted, (target,)) if target in self.finder.index.files else HERE
        if self.dotted.standard(module):
            return STANDARD
        return self.requirements.explain(folder, self.dotted.names(module))


def source_roots(index: Index, ecosystem: Ecosystem, known: Iterable[str]) -> tuple[str, ...]:
    """List the last names of the folders that modules are looked for in: the known ones and those of manifests."""
    routes = index.manifests.routes_of(ecosystem, RouteKind.SOURCE)
    named = (route.target.rpartition("/")[2] for route in routes)
    return tuple(dict.fromkeys([*known, *filter(None, named)]))


def make_dotted_linker(
    index: Index, dotted: Dotted, rule: PathRule, requirements: Requirements, ecosystem: Ecosystem
) -> DottedLinker:
    aliases = index.manifests.routes_of(ecosystem, RouteKind.ALIAS)
    return DottedLinker(
        dotted=dotted,
        finder=PathFinder(index, rule.with_roots(source_roots(index, ecosystem, rule.roots))),
        requirements=requirements,
        aliases={route.name: route.target for route in reversed(aliases)},
    )
