"""The records of the link stage: which import leads to which file.

Made by :mod:`~sphinx_repodoc.core.link`, read by the analyses and the pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Origin(StrEnum):
    """Where an imported module lives."""

    HERE = "here"
    """In this repository: the targets name the files."""
    STANDARD = "standard"
    """In the standard library of the language."""
    THIRD_PARTY = "third-party"
    """In a package that a manifest of this repository names."""
    UNKNOWN = "unknown"
    """Not in this repository, not standard, and named by no manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedImport:
    """What the import at ``index`` in its file's ``facts.imports`` leads to."""

    index: int
    origin: Origin
    targets: tuple[str, ...] = ()
    """Paths, sorted; several when a stub lies beside its module or names are submodules."""
    module: str = ""
    """The file of the module itself; empty when that is no file of this repository."""
    names: tuple[str, ...] = ()
    """For each imported name the file it is taken from, or that it is as a module; empty when that is unknown."""
    manifest: str = ""
    """For third-party modules, ``path:line`` of the requirement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImports:
    """Where each import of one file leads, in their order: the form in which the store keeps them."""

    imports: tuple[ResolvedImport, ...] = ()


class Confidence(StrEnum):
    """How sure it is that a file uses a symbol of another."""

    IMPORTED = "imported"
    """The name is imported from the defining file, directly or through re-exports."""
    MENTIONED = "mentioned"
    """The file imports the defining file and has an identifier of this name.

    In Go and Python that stands behind the name of the module: ``m.f`` after ``import m``.
    """
    SHARED = "shared"
    """The file is of the same package or namespace, which needs no import, and has an identifier of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A top-level symbol of ``target`` that ``source`` uses."""

    source: str
    target: str
    name: str
    line: int
    """Line of the import statement in ``source``, or where it says which package it belongs to."""
    confidence: Confidence


class Timing(StrEnum):
    """When an import is run."""

    LOAD = "load"
    """When the file is loaded, or compiled."""
    CALL = "call"
    """When the function around it is called."""
    NEVER = "never"
    """Never: it is there for type checkers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``source`` imports ``target``: one for each pair of files."""

    source: str
    target: str
    lines: tuple[int, ...]
    """Lines of the import statements in ``source``, ascending."""
    names: tuple[str, ...] = ()
    """Names of ``target`` that ``source`` imports or mentions, sorted."""
    timings: tuple[Timing, ...] = (Timing.LOAD,)
    """When the statements are run, in the order of the members of the enum, each once."""

    @property
    def at_load(self) -> bool:
        """Whether loading ``source`` needs ``target``."""
        return Timing.LOAD in self.timings


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The result of the link stage over a whole repository."""

    imports: Mapping[str, tuple[ResolvedImport, ...]] = field(default_factory=dict)
    """Path of a file to its imports, in their order; files without imports are absent."""
    edges: tuple[Edge, ...] = ()
    """Sorted by source, then target. A file has no edge to itself."""
    uses: tuple[Use, ...] = ()
    """Sorted by target, name, source."""
