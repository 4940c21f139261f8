"""JavaScript and TypeScript imports to files."""

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
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_SUFFIXES = (
    *(".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs"),
    *(".json", ".vue", ".svelte"),
)
_COMPILED = {".js": (".ts", ".tsx", ".d.ts"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
"""TypeScript imports a module by the name of what it is compiled to."""
_NODE = """
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns
    domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring
    readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads
    zlib
"""
NODE_MODULES = frozenset(_NODE.split())


@dataclass(slots=True)
class ScriptLinker:
    """Relative paths, packages of this repository, Node's own modules."""

    index: Index
    requirements: Requirements
    packages: Mapping[str, tuple[str, str]]
    """Name of a package to its folder and main file."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        module = wanted.module.partition("?")[0]
        if module.startswith("."):
            place = resolve(folder, module)
            path = None if place is None else self.module_at(place)
            return UNKNOWN if place is None else take_names(wanted, (path,)) if path else HERE
        name = module.removeprefix("node:")
        if name != module or name.partition("/")[0] in NODE_MODULES:
            return STANDARD
        parts = module.split("/")
        package = "/".join(parts[: 2 if module.startswith("@") else 1])
        if package in self.packages:
            path = self._in_package(package, module[len(package) :].strip("/"))
            return take_names(wanted, (path,)) if path else HERE
        return self.requirements.explain(folder, (package, f"@types/{package}"))

    def module_at(self, place: str) -> str | None:
        """Find the file that a module path means: itself, with a suffix, or the index of a folder."""
        stem, dot, suffix = place.rpartition(".")
        tries = [place, *(place + each for each in _SUFFIXES)]
        tries += [stem + each for each in _COMPILED.get(dot + suffix, ())]
        tries += [under(place, f"index{each}") for each in _SUFFIXES]
        return next((path for path in tries if path in self.index.files), None)

    def _in_package(self, package: str, rest: str) -> str | None:
        folder, main = self.packages[package]
        if rest:
            return self.module_at(under(folder, rest)) or self.module_at(under(folder, f"src/{rest}"))
        tries = [main] if main else []
        tries += [under(folder, "src/index"), under(folder, "index")]
        return next((path for path in map(self.module_at, tries) if path), None)


def make_script_linker(index: Index) -> Linker:
    packages = {
        each.name: (folder_of(each.path), each.main)
        for each in index.manifests.packages
        if each.ecosystem is Ecosystem.NPM
    }
    requirements = read_requirements(index.manifests, Ecosystem.NPM, lambda name: [name])
    return ScriptLinker(index, requirements, packages)
