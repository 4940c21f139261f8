"""Fortran's ``use`` to the file that defines the module, and ``include`` to files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import STANDARD, UNKNOWN, folder_of, nearest, take_names
from sphinx_repodoc.core.link.paths import PathFinder, PathRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(above=True, roots=("include", "inc", "src"), anywhere=True)
_MODULES = """
    ieee_arithmetic ieee_exceptions ieee_features iso_c_binding iso_fortran_env omp_lib omp_lib_kinds openacc
"""
STANDARD_MODULES = frozenset(_MODULES.split())
"""Of the standard, OpenMP and OpenACC: they come with the compiler."""


@dataclass(slots=True)
class FortranLinker:
    """Names of modules are the same in capitals and in small letters."""

    finder: PathFinder
    modules: Mapping[str, tuple[str, ...]]
    """Name of a module to the files that define it."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        if wanted.form.startswith("include"):
            return self.finder.found(folder, wanted.module)
        name = wanted.module.lower()
        found = nearest(folder, self.modules.get(name, ()))
        if len(found) == 1:
            return take_names(wanted, (found[0],))
        return STANDARD if name in STANDARD_MODULES and not found else UNKNOWN


def make_fortran_linker(index: Index) -> Linker:
    modules: dict[str, list[str]] = {}
    for file in index.of_language("fortran"):
        for symbol in file.facts.symbols:
            if symbol.kind == "module":
                modules.setdefault(symbol.name.lower(), []).append(file.entry.path)
    return FortranLinker(
        finder=PathFinder(index, _RULE),
        modules={name: tuple(dict.fromkeys(paths)) for name, paths in modules.items()},
    )
