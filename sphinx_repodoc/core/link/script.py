"""JavaScript and TypeScript imports to files.

A name is looked for in this order: beside the importing file when it is
relative; among the names that its package gives its own files; in the paths of
the configurations above it, the nearest first; in Node; in the package around it
and in those of the same workspace; among the requirements; and last in any
package of this repository that has the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    folder_of,
    read_requirements,
    resolve,
    take_names,
    under,
)
from sphinx_repodoc.core.link.script_roots import make_places, match
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Requirements
    from sphinx_repodoc.core.link.script_roots import Package, Places
    from sphinx_repodoc.core.model import File, Import

_SUFFIXES = (
    *(".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".d.mts", ".d.cts"),
    *(".json", ".vue", ".svelte", ".astro"),
)
_COMPILED = {
    ".js": (".ts", ".tsx", ".jsx", ".d.ts"),
    ".jsx": (".tsx", ".d.ts"),
    ".mjs": (".mts", ".ts", ".d.mts"),
    ".cjs": (".cts", ".ts", ".d.cts"),
}
"""TypeScript imports a module by the name of what it is compiled to."""
_BUILT = frozenset({"build", "cjs", "dist", "dist-types", "es", "esm", "lib", "out", "types"})
"""Folders that hold what is compiled; the sources lie in ``src``."""
# Node 22, with those that were removed
_NODE = """
    assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram
    diagnostics_channel dns dns/promises domain events freelist fs fs/promises http http2 https inspector
    inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring
    readline readline/promises repl smalloc stream stream/consumers stream/promises stream/web
    string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi
    worker_threads zlib
"""
NODE_MODULES = frozenset(_NODE.split())
_CONVENTIONS = {"@/": ("src", ""), "~/": ("src", "app", ""), "$lib/": ("src/lib",), "@site/": ("",)}
"""What frameworks call folders of a package where no configuration in the repository says so."""
_RUNTIMES = ("node:", "bun:", "cloudflare:")


@dataclass(slots=True)
class ScriptLinker:
    """Resolves the imports of one file after another."""

    index: Index
    requirements: Requirements
    places: Places

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self.link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def link(self, folder: str, wanted: Import) -> Found:
        # Bundlers take loaders before a path and options behind it.
        return self.link_path(folder, wanted.module.rpartition("!")[2].partition("?")[0], wanted)

    def link_path(self, folder: str, module: str, wanted: Import) -> Found:
        """Resolve a path or name without what stands around it."""
        if module.startswith((".", "/")):
            place = None if module.startswith("/") else resolve(folder, module)
            path = None if place is None else self.module_at(place)
            return UNKNOWN if place is None else take_names(wanted, (path,)) if path else HERE
        path = self._aliased(folder, module)
        if path:
            return take_names(wanted, (path,))
        if module.startswith("#"):
            return HERE
        if module.startswith(_RUNTIMES) or module.rstrip("/") in NODE_MODULES:
            return STANDARD
        return self._in_packages(folder, module, wanted)

    def _in_packages(self, folder: str, module: str, wanted: Import) -> Found:
        name = "/".join(module.split("/")[: 2 if module.startswith("@") else 1])
        owner = self.places.owner(folder, name, surely=True)
        if owner is None:
            required = self.requirements.explain(
                folder, (name, f"@types/{name.lstrip('@').replace('/', '__')}")
            )
            if required.origin is Origin.THIRD_PARTY:
                return required
            owner = self.places.owner(folder, name, surely=False)
        if owner is None:
            return UNKNOWN
        path = self._in_package(owner, module, module[len(name) :].strip("/"))
        return take_names(wanted, (path,)) if path else HERE

    def _aliased(self, folder: str, module: str) -> str | None:
        """Look for a name that the package or a configuration gives to a file."""
        places = self.places
        if module.startswith("#"):
            internal = places.internals.get(places.home(folder), ())
            path = next(filter(None, map(self._source_of, match(internal, module))), None)
            if path:
                return path
        for config in places.configs_above(folder):
            tries = (*match(config.aliases, module), *(under(base, module) for base in config.bases))
            path = next(filter(None, map(self.module_at, tries)), None)
            if path:
                return path
        home = places.home(folder)
        for prefix, sources in _CONVENTIONS.items():
            if module.startswith(prefix):
                found = (self.module_at(under(under(home, each), module[len(prefix) :])) for each in sources)
                return next(filter(None, found), None)
        return None

    def module_at(self, place: str) -> str | None:
        """Find the file that a module path means: itself, with a suffix, or what stands for a folder."""
        files = self.index.files
        if place in files:
            return place
        for suffix in _SUFFIXES:
            if place + suffix in files:
                return place + suffix
        stem, dot, suffix = place.rpartition(".")
        for each in _COMPILED.get(dot + suffix, ()):
            if stem + each in files:
                return stem + each
        if place not in self.index.folders:
            return None
        index = (under(place, f"index{suffix}") for suffix in _SUFFIXES)
        return self._main_of(place) or next((path for path in index if path in files), None)

    def _main_of(self, folder: str) -> str | None:
        """Find the main file of the package in a folder."""
        name, exports = self.places.mains.get(folder, ("", ()))
        return next(filter(None, map(self._source_of, match(exports, name))), None)

    def _in_package(self, package: Package, module: str, rest: str) -> str | None:
        folder = package.folder
        tries = [*match(package.exports, module)]
        if rest:
            tries += [under(folder, rest), under(folder, f"src/{rest}")]
        else:
            tries += [under(folder, "src/index"), under(folder, "index")]
        return next(filter(None, map(self._source_of, tries)), None)

    def _source_of(self, place: str) -> str | None:
        """Find a file, or what it is compiled from when it is not in the repository."""
        return self.module_at(place) or next(filter(None, map(self.module_at, self._uncompiled(place))), None)

    def _uncompiled(self, place: str) -> Iterator[str]:
        """Yield where the sources of a compiled file may lie: ``src/x`` for ``dist/x.js`` and ``dist/esm/x.js``."""
        parts = place.split("/")
        built = [position for position, part in enumerate(parts[:-1]) if part in _BUILT]
        if built:
            head = "/".join(parts[: built[0]])
            for position in built:
                tail = parts[position + 1 :]
                tail[-1] = tail[-1].partition(".")[0]
                yield under(under(head, "src"), "/".join(tail))


def make_script_linker(index: Index) -> ScriptLinker:
    requirements = read_requirements(index.manifests, Ecosystem.NPM, lambda name: [name], own=False)
    return ScriptLinker(index, requirements, make_places(index))
