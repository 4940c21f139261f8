"""Julia's ``include`` to files, and its ``using`` and ``import`` to the files that define a module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    STANDARD,
    UNKNOWN,
    Found,
    folder_of,
    nearest,
    read_requirements,
    take_names,
)
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule()
# Of Julia 1.11
_MODULES = """
    ArgTools Artifacts Base Base64 CRC32c Core Dates DelimitedFiles Distributed Downloads FileWatching
    Future InteractiveUtils LazyArtifacts LibCURL LibGit2 Libdl LinearAlgebra Logging Main Markdown Mmap
    MozillaCACerts_jll NetworkOptions Pkg Printf Profile REPL Random SHA Serialization SharedArrays Sockets
    SparseArrays Statistics StyledStrings SuiteSparse TOML Tar Test UUIDs Unicode
"""
STANDARD_MODULES = frozenset(_MODULES.split())


@dataclass(slots=True)
class JuliaLinker:
    """Paths beside the file, and modules by the files that define them."""

    finder: PathFinder
    requirements: Requirements
    modules: Mapping[str, tuple[str, ...]]
    """Name of a module to the files that define it."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        if wanted.form == "include":
            path = wanted.module
            return self.finder.found(folder, path if path.startswith(".") else f"./{path}")
        names = wanted.module.lstrip(".").split(".")
        relative = wanted.module.startswith(".")
        if not relative and names[0] in STANDARD_MODULES:
            return STANDARD
        # The deepest of the names that is a module: the last may be something in it.
        for name in reversed(names):
            found = nearest(folder, self.modules.get(name, ()))
            if len(found) == 1:
                return take_names(wanted, (found[0],))
        return UNKNOWN if relative else self._required(folder, names[0])

    def _required(self, folder: str, name: str) -> Found:
        found = self.requirements.explain(folder, (name,))
        return found if found.origin is Origin.THIRD_PARTY else UNKNOWN


def make_julia_linker(index: Index) -> Linker:
    modules: dict[str, list[str]] = {}
    for file in index.of_language("julia"):
        for symbol in file.facts.symbols:
            if symbol.kind in {"module", "baremodule"}:
                modules.setdefault(symbol.name, []).append(file.entry.path)
    return JuliaLinker(
        finder=PathFinder(index, _RULE),
        requirements=read_requirements(index.manifests, Ecosystem.JULIA, lambda name: [name]),
        modules={name: tuple(dict.fromkeys(paths)) for name, paths in modules.items()},
    )
