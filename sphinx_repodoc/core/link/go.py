"""Go imports to the files of packages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    Found,
    Named,
    ancestors,
    by_folder,
    folder_of,
    nearest,
    read_requirements,
    under,
)
from sphinx_repodoc.core.link.namespaces import join_namespaces
from sphinx_repodoc.core.link.uses import top_level
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

_STANDARD_MODULE = "std"
"""What the standard library calls itself: its packages are imported without this name."""


@dataclass(slots=True)
class GoLinker:
    """Packages below the modules of this repository.

    A package is a folder: an import leads to those of its files that define what
    the importing file mentions, or to all of them when there are none.
    """

    requirements: Requirements
    modules: Mapping[str, tuple[str, ...]]
    """Module path to the folders of the go.mod files that have it."""
    replaced: Mapping[tuple[str, str], str]
    """(folder of a go.mod or go.work, module path) to the folder that is taken instead."""
    packages: Mapping[str, tuple[str, ...]]
    """Folder to its files, tests left out."""
    names: Mapping[str, str]
    """Folder to the name of its package."""
    exported: Mapping[str, frozenset[str]]
    """File to the names that other packages can use."""
    _homes: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        behind = names_behind(file.facts.words)
        return tuple([self._link(file, each, behind) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import, behind: Mapping[str, frozenset[str]]) -> Found:
        folder, module = folder_of(file.entry.path), wanted.module
        parts = module.split("/")
        prefixes = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for prefix in prefixes:
            home = self.home(folder, prefix)
            if home is not None:
                return self._take(wanted, under(home, module[len(prefix) :].strip("/")), file, behind)
        place = self._vendored(folder, module)
        if place is not None:
            return self._take(wanted, place, file, behind)
        if "." not in parts[0]:
            return STANDARD
        return self.requirements.explain(folder, prefixes)

    def _take(self, wanted: Import, place: str, file: File, behind: Mapping[str, frozenset[str]]) -> Found:
        """Take the files that define what stands behind the name of the package, or without it after a dot."""
        files = self.packages.get(place, ())
        if not files:
            return HERE
        bound = wanted.alias or self.names[place]
        names = file.facts.words if wanted.names else behind.get(bound, frozenset())
        used = tuple(path for path in files if not self.exported[path].isdisjoint(names)) or files
        if wanted.names:
            return Found(origin=Origin.HERE, whole=used, named=(Named("*", "*", used),))
        return Found(
            origin=Origin.HERE, whole=used, modules=(Named(self.names[place], bound, used),), base=used
        )

    def home(self, folder: str, module: str) -> str | None:
        """Find the folder of a module: what replaces it, one around the importing file, or the nearest."""
        key = (folder, module)
        if key not in self._homes:
            above = ancestors(folder)
            instead = (self.replaced[up, module] for up in above if (up, module) in self.replaced)
            found = next(instead, None)
            self._homes[key] = self._nearest(folder, module) if found is None else found
        return self._homes[key]

    def _nearest(self, folder: str, module: str) -> str | None:
        homes = self.modules.get(module, ())
        around = next((up for up in ancestors(folder) if up in homes), None)
        if around is not None:
            return around
        # The tool passes over such folders, so only what lies in them imports from them.
        places = [under(home, "-") for home in homes if "testdata" not in home.split("/")]
        found = nearest(folder, places)
        return folder_of(found[0]) if len(found) == 1 else None

    def _vendored(self, folder: str, module: str) -> str | None:
        """Look for a copy of a package in the folders ``vendor`` above, and for the standard library itself."""
        for up in ancestors(folder):
            place = under(under(up, "vendor"), module)
            if place in self.packages:
                return place
        root = self.home(folder, _STANDARD_MODULE)
        place = module if root is None else under(root, module)
        return place if root is not None and place in self.packages else None


def names_behind(words: frozenset[str]) -> dict[str, frozenset[str]]:
    """Map what stands before a dot to the names behind it."""
    found: dict[str, set[str]] = {}
    for word in words:
        head, dot, rest = word.partition(".")
        if dot:
            found.setdefault(head, set()).add(rest.partition(".")[0])
    return {head: frozenset(names) for head, names in found.items()}


def _package_name(file: File) -> str:
    return next((symbol.name for symbol in file.facts.symbols if symbol.kind == "package"), "")


def go_packages(index: Index) -> Namespaces:
    """Join the files of each package: those in one folder that have its name, tests among them."""
    return join_namespaces(
        (file.entry.path, {under(folder_of(file.entry.path), f"-{_package_name(file)}"): top_level(file)})
        for file in index.of_language("go")
    )


def make_go_linker(index: Index) -> Linker:
    """Index the packages, and what each of their files exports: names with a capital letter."""
    paths = [path for path in index.files if path.endswith(".go") and not path.endswith("_test.go")]
    packages = by_folder(paths)
    modules: dict[str, list[str]] = {}
    for each in index.manifests.packages:
        if each.ecosystem is Ecosystem.GO:
            modules.setdefault(each.name, []).append(folder_of(each.path))
    routes = index.manifests.routes_of(Ecosystem.GO, RouteKind.LOCAL)
    return GoLinker(
        requirements=read_requirements(index.manifests, Ecosystem.GO, lambda name: [name], own=False),
        modules={name: tuple(homes) for name, homes in modules.items()},
        replaced={(folder_of(each.path), each.name): each.target for each in routes},
        packages=packages,
        names={
            folder: next(filter(None, (_package_name(index.files[path]) for path in files)), "")
            for folder, files in packages.items()
        },
        exported={
            path: frozenset(name for name in top_level(index.files[path]) if name[:1].isupper())
            for path in paths
        },
    )
