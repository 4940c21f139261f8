"""The crates of a repository, by what their manifests say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import ancestors, folder_of, nearest, under
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index

_TARGETS = ("tests", "examples", "benches", "src/bin")
"""Folders of a package in which every file is a crate of its own."""


@dataclass(frozen=True, slots=True)
class Crates:
    """Libraries by name and by folder, and the files that are roots of crates."""

    named: Mapping[str, tuple[str, ...]]
    """Name of a library as in code to the files of their roots."""
    by_folder: Mapping[str, str]
    """Folder of a package to the root of its library."""
    local: Mapping[tuple[str, str], str]
    """(folder of a manifest, name as in code) to the folder of the package that is required."""
    roots: frozenset[str]
    """Files that Cargo takes for the root of a crate: libraries, binaries, tests, examples."""

    def required(self, folder: str, name: str) -> str | None:
        """Find the root of a library that a manifest above a folder requires by its path, or that is around it."""
        for up in ancestors(folder):
            target = self.local.get((up, name))
            if target is not None:
                return self.by_folder.get(target)
            if self.by_folder.get(up) in self.named.get(name, ()):
                return self.by_folder[up]
        return None

    def any(self, folder: str, name: str) -> str | None:
        """Find the nearest library of a name, whoever requires it; none when several are as near."""
        found = nearest(folder, self.named.get(name, ()))
        return found[0] if len(found) == 1 else None


def in_code(name: str) -> str:
    """Give the name of a package the form that code has to use."""
    return name.replace("-", "_")


def make_crates(index: Index) -> Crates:
    manifests = index.manifests
    named: dict[str, list[str]] = {}
    by_folder: dict[str, str] = {}
    roots = {path for name in ("lib.rs", "main.rs", "build.rs") for path in index.by_name.get(name, ())}
    for each in manifests.packages:
        if each.ecosystem is Ecosystem.CARGO and each.main in index.files:
            named.setdefault(in_code(each.name), []).append(each.main)
            by_folder[folder_of(each.path)] = each.main
            roots.add(each.main)
    roots.update(each.file for each in manifests.entry_points if each.file.endswith(".rs"))
    roots.update(route.target for route in manifests.routes_of(Ecosystem.CARGO, RouteKind.ROOT))
    homes = {folder_of(path) for path in index.by_name.get("Cargo.toml", ())}
    extra = {under(home, name) for home in homes for name in _TARGETS}
    rust = (file.entry.path for file in index.of_language("rust"))
    roots.update(path for path in rust if folder_of(path) in extra)
    return Crates(
        named={name: tuple(files) for name, files in named.items()},
        by_folder=by_folder,
        local={
            (folder_of(route.path), in_code(route.name)): route.target
            for route in manifests.routes_of(Ecosystem.CARGO, RouteKind.LOCAL)
        },
        roots=frozenset(roots),
    )
