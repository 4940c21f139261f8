"""What manifests and configurations say about where JavaScript and TypeScript find modules."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import ancestors, folder_of, nearest, under
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_repodoc.core.link.index import Index
    from sphinx_repodoc.core.manifests import Route

_FIRST = ("tsconfig.json", "jsconfig.json", "deno.json", "deno.jsonc")
"""Of several configurations in a folder, those that speak first."""
_DEEPEST = 16
"""Configurations that are based on each other; longer chains are circles."""

Patterns = tuple[tuple[str, tuple[str, ...]], ...]
"""Names, perhaps with a star, and what they lead to; the first that matches counts."""


@dataclass(frozen=True, slots=True)
class Config:
    """What one configuration says, with all that it is based on."""

    aliases: Patterns
    bases: tuple[str, ...]
    """Folders in which a bare name may lie."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of this repository."""

    folder: str
    exports: Patterns


@dataclass(frozen=True, slots=True)
class Places:
    """Everything that says where a name leads."""

    configs: Mapping[str, tuple[Config, ...]]
    """Folder to the configurations in it."""
    packages: Mapping[str, tuple[Package, ...]]
    """Name to the packages that have it."""
    mains: Mapping[str, tuple[str, Patterns]]
    """Folder with a package.json to the name of its package, which may be empty, and what it offers."""
    internals: Mapping[str, Patterns]
    """Folder of a package to the names that only it may use."""
    members: tuple[str, ...]
    """Patterns of the folders whose packages are in a workspace."""
    local: Mapping[tuple[str, str], str]
    """(folder of the package that requires it, name) to the folder of a package."""
    _near: dict[str, tuple[Config, ...]] = field(default_factory=dict)

    def configs_above(self, folder: str) -> tuple[Config, ...]:
        found = self._near.get(folder)
        if found is None:
            found = tuple(config for up in ancestors(folder) for config in self.configs.get(up, ()))
            self._near[folder] = found
        return found

    def home(self, folder: str) -> str:
        """Give the folder of the package around a folder; the root when there is none."""
        return next((up for up in ancestors(folder) if up in self.mains), "")

    def owner(self, folder: str, name: str, *, surely: bool) -> Package | None:
        """Choose the package of this name that files in a folder import.

        :param surely: take only the one around the folder, one that is required by its
            path, and members of the same workspace: no fixture that has a known name.
        """
        candidates = self.packages.get(name, ())
        if surely:
            required = self.local.get((self.home(folder), name))
            candidates = tuple(
                each
                for each in candidates
                if each.folder in {required, *ancestors(folder)} or self._is_member(each.folder)
            )
        by_place = {under(each.folder, "-"): each for each in candidates}
        near = nearest(folder, by_place)
        return by_place[near[0]] if len(near) == 1 else None

    def _is_member(self, folder: str) -> bool:
        return any(_matches(folder, pattern) for pattern in self.members)


def _matches(folder: str, pattern: str) -> bool:
    if "**" not in pattern and folder.count("/") != pattern.count("/"):
        return False
    return fnmatchcase(folder, pattern)


def match(patterns: Patterns, name: str) -> Iterator[str]:
    """Yield what a name leads to: by the name itself, else by the pattern that says most of it."""
    best: tuple[int, str, tuple[str, ...]] = (-1, "", ())
    for pattern, targets in patterns:
        head, star, tail = pattern.partition("*")
        if not star:
            if pattern == name:
                yield from targets
                return
        elif len(head) > best[0] and _fits(name, head, tail):
            best = len(head), name[len(head) : len(name) - len(tail)], targets
    for target in best[2]:
        yield target.replace("*", best[1])


def _fits(name: str, head: str, tail: str) -> bool:
    return len(name) >= len(head) + len(tail) and name.startswith(head) and name.endswith(tail)


def make_places(index: Index) -> Places:
    manifests = index.manifests
    routes = manifests.routes_of(Ecosystem.NPM, *RouteKind)
    by_kind: dict[RouteKind, list[Route]] = defaultdict(list)
    for route in routes:
        by_kind[route.kind].append(route)
    exports = _by_manifest(by_kind[RouteKind.EXPORT])
    internals = _by_manifest(by_kind[RouteKind.INTERNAL])
    named = [each for each in manifests.packages if each.ecosystem is Ecosystem.NPM]
    names = {each.path: each.name for each in named}
    packages: dict[str, list[Package]] = defaultdict(list)
    for each in named:
        packages[each.name].append(Package(folder_of(each.path), exports.get(each.path, ())))
    return Places(
        configs=_read_configs(by_kind),
        packages={name: tuple(found) for name, found in packages.items()},
        mains={
            folder_of(path): (names.get(path, ""), exports.get(path, ()))
            for path in index.by_name.get("package.json", ())
        },
        internals={folder_of(path): found for path, found in internals.items()},
        members=tuple(each.target for each in by_kind[RouteKind.MEMBER]),
        local={(folder_of(each.path), each.name): each.target for each in by_kind[RouteKind.LOCAL]},
    )


def _by_manifest(routes: Sequence[Route]) -> dict[str, Patterns]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for route in routes:
        found[route.path][route.name].append(route.target)
    return {
        path: tuple((name, tuple(targets)) for name, targets in names.items())
        for path, names in found.items()
    }


def _read_configs(by_kind: Mapping[RouteKind, list[Route]]) -> dict[str, tuple[Config, ...]]:
    aliases = _by_manifest(by_kind[RouteKind.ALIAS])
    bases = {each.path: each.target for each in by_kind[RouteKind.SOURCE]}
    extended: dict[str, list[str]] = defaultdict(list)
    for each in by_kind[RouteKind.EXTENDS]:
        extended[each.path].append(each.target)
    by_folder: dict[str, list[tuple[str, Config]]] = defaultdict(list)
    for path in sorted({*aliases, *bases, *extended}):
        folder, _, name = path.rpartition("/")
        config = _based(path, aliases, bases, extended)
        if config.aliases or config.bases:
            by_folder[folder].append((name, config))
    return {
        folder: tuple(
            config for _, config in sorted(found, key=lambda each: (each[0] not in _FIRST, each[0]))
        )
        for folder, found in by_folder.items()
    }


def _based(
    path: str,
    aliases: Mapping[str, Patterns],
    bases: Mapping[str, str],
    extended: Mapping[str, Sequence[str]],
) -> Config:
    """Take from the configurations that one is based on what it does not say itself; the last of them first."""
    chain: list[str] = []
    todo = [path]
    while todo and len(chain) < _DEEPEST:
        each = todo.pop(0)
        chain.append(each)
        todo[:0] = reversed(extended.get(each, ()))
    base = next((bases[each] for each in chain if each in bases), None)
    home = next((each for each in chain if each in aliases), path)
    found = aliases.get(home, ())
    if base is not None and home not in bases:
        found = tuple((name, tuple(_moved(each, home, base) for each in targets)) for name, targets in found)
    return Config(found, () if base is None else (base,))


def _moved(target: str, path: str, base: str) -> str:
    """Count from the base folder of another configuration what was counted from the folder of its own."""
    relative = posixpath.relpath(f"/{target}", f"/{folder_of(path)}")
    return posixpath.normpath(posixpath.join("/", base, relative)).lstrip("/")
