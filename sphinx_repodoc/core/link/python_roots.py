"""What files and manifests say about the folders that Python modules are imported from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import ancestors, folder_of, shared_depth, under
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_repodoc.core.link.index import Index
    from sphinx_repodoc.core.model import File

SUFFIXES = (".py", ".pyw", ".pyx", ".pyi", ".pxd")
"""Of modules: what is run before what only declares."""
NAMED_ROOTS = ("src", "lib", "python")
_DISTRIBUTION_FILES = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
Ranks = tuple[tuple[str, ...], ...]
"""Roots by how well they stand for the importing file, those that are equally good side by side."""


@dataclass(frozen=True, slots=True)
class Modules:
    """Which modules there are, by path without suffix, and where they can be imported from."""

    files: dict[str, tuple[str, ...]]
    """``a/b`` to ``a/b.py`` and its stub, or to ``a/b/__init__.py`` where both exist."""
    packages: frozenset[str]
    """Folders with an ``__init__`` file or with relative imports."""
    folders: frozenset[str]
    """Folders with a module in them or below: regular and namespace packages."""

    def has(self, place: str) -> bool:
        return place in self.files or place in self.folders

    def chain_root(self, folder: str) -> str:
        """Climb out of the packages around a folder."""
        while folder and folder in self.packages:
            folder = folder_of(folder)
        return folder


def make_modules(files: Sequence[File]) -> Modules:
    """Sort Python files into modules and packages.

    A folder without ``__init__`` is a package too when a module in it imports
    relative to it.
    """
    plain: dict[str, list[str]] = {}
    initial: dict[str, list[str]] = {}
    folders: set[str] = set()
    for path in (file.entry.path for file in files):
        stem = path.rpartition(".")[0]
        folder, _, name = stem.rpartition("/")
        if name == "__init__":
            initial.setdefault(folder, []).append(path)
        else:
            plain.setdefault(stem, []).append(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder_of(folder)
    found = {place: tuple(sorted(paths, key=_rank)) for place, paths in chain(plain.items(), initial.items())}
    modules = Modules(found, frozenset(initial), frozenset(folders))
    return replace(modules, packages=modules.packages.union(_iter_relative(modules, files)))


def _rank(path: str) -> int:
    return SUFFIXES.index(path[path.rindex(".") :])


def _iter_relative(modules: Modules, files: Sequence[File]) -> Iterator[str]:
    """Yield the folders that relative imports prove to be packages, by leading somewhere."""
    for file in files:
        for wanted in file.facts.imports:
            if wanted.level:
                inside = ancestors(folder_of(file.entry.path))[: wanted.level]
                place = under(inside[-1], wanted.module.replace(".", "/"))
                if len(inside) == wanted.level and modules.has(place):
                    yield from filter(None, inside)


@dataclass(frozen=True, slots=True)
class Sources:
    """What files and manifests say about roots."""

    distributions: frozenset[str]
    """Folders with a manifest of a distribution."""
    test_roots: frozenset[str]
    """Folders with a ``conftest.py``, which pytest puts on the module path."""
    declared: Mapping[str, tuple[str, ...]]
    """Folder of a manifest to the roots that it names."""
    owners: Mapping[str, str]
    """Root that a manifest names to the folder of the manifest."""
    renamed: Mapping[str, str]
    """Dotted name of a package to the folder of another name that holds it."""
    names: Mapping[str, frozenset[str]]
    """Folder of a manifest to the names of its distributions."""
    required: Mapping[str, frozenset[str]]
    """Folder of a distribution to the names of those that it requires."""

    def distribution_of(self, root: str) -> str | None:
        """Give the folder of the distribution that a root belongs to: itself or the one above ``src``."""
        if root in self.owners:
            return self.owners[root]
        if root in self.distributions:
            return root
        above, _, name = root.rpartition("/")
        return above if name in NAMED_ROOTS and above in self.distributions else None

    def home(self, folder: str) -> str:
        """Give the folder of the nearest distribution around a folder; the root when there is none."""
        return next((up for up in ancestors(folder) if up in self.distributions), "")

    def is_required(self, folder: str, root: str) -> bool:
        """Whether the distribution around a folder names that of a root among its requirements."""
        wanted = self.required.get(self.home(folder), frozenset())
        return not wanted.isdisjoint(self.names.get(self.distribution_of(root) or "", ()))


def make_sources(index: Index) -> Sources:
    manifests = index.manifests
    distributions = frozenset(
        folder_of(path) for name in _DISTRIBUTION_FILES for path in index.by_name.get(name, ())
    )
    declared: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    sources = manifests.routes_of(Ecosystem.PYTHON, RouteKind.SOURCE)
    for route in sources:
        if not route.name and route.target in index.folders:
            declared.setdefault(folder_of(route.path), []).append(route.target)
            owners.setdefault(route.target, folder_of(route.path))
    names: dict[str, set[str]] = {}
    for package in manifests.packages:
        if package.ecosystem is Ecosystem.PYTHON:
            names.setdefault(folder_of(package.path), set()).add(normalize(package.name))
    required: dict[str, set[str]] = {}
    for each in manifests.requirements:
        if each.ecosystem is Ecosystem.PYTHON:
            home = next((up for up in ancestors(folder_of(each.path)) if up in distributions), "")
            required.setdefault(home, set()).add(normalize(each.name))
    return Sources(
        distributions=distributions,
        test_roots=frozenset(folder_of(path) for path in index.by_name.get("conftest.py", ())),
        declared={folder: tuple(dict.fromkeys(roots)) for folder, roots in declared.items()},
        owners=owners,
        renamed={route.name: route.target for route in reversed(sources) if route.name},
        names={folder: frozenset(each) for folder, each in names.items()},
        required={folder: frozenset(each) for folder, each in required.items()},
    )


def ranked_roots(folder: str, roots: Sequence[str]) -> Ranks:
    """Sort roots by how much of their path they share with a folder; those that share as much stand together."""
    by_depth: dict[int, list[str]] = {}
    for root in roots:
        by_depth.setdefault(shared_depth(folder, root), []).append(root)
    return tuple([tuple(sorted(by_depth[depth])) for depth in sorted(by_depth, reverse=True)])


def iter_tops(modules: Modules, sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield (root, top-level name) for packages anywhere, and for all that lies in roots by name or manifest."""
    roots = {*sources.distributions, *sources.owners}
    for folder in modules.folders:
        above, _, name = folder.rpartition("/")
        if folder in modules.packages and above not in modules.packages:
            yield above, name
        if name in NAMED_ROOTS and folder not in modules.packages:
            roots.add(folder)
        if folder not in modules.packages and above in sources.distributions:
            roots.add(above)
    for place in chain(modules.files, modules.folders):
        above, _, name = place.rpartition("/")
        if above in roots:
            yield above, name
