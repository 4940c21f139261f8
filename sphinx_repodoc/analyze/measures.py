"""Measures and places that the records of files and folders are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSite:
    """A line of another file that calls a name of this one."""

    name: str
    """Qualified name of what is called."""
    path: str
    line: int
    text: str
    """The line, without the white space around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTest:
    """A function in another file that is there to show how a name of this one is used."""

    name: str
    path: str
    line: int
    end_line: int
    sha256: str
    """Of its file, whose text the page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCoverage:
    """Which lines of a file were run by tests, by all reports that have the file."""

    hit: int
    """Lines that some report says were run."""
    total: int
    """Lines that could be run."""
    missed: tuple[tuple[int, int], ...] = ()
    """(first, last) of the stretches in which no line was run, sorted; what cannot be run lies in them too."""
    reports: tuple[str, ...] = ()
    """Sorted."""
    beyond: int = 0
    """Lines that the reports have behind the end of the file: they were made from another version of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSum:
    """Lines of a file, or of all files below a folder, that were run by tests."""

    path: str
    hit: int
    total: int
    files: int = 0
    """Measured files below a folder; 0 for a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A file with the number that ranks it."""

    path: str
    count: int
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """What binds a folder to the files outside of it, by imports that are run on loading."""

    fan_in: int
    """Files outside that import one of its files."""
    fan_out: int
    """Files outside that its files import."""
    dependants: int
    """Files outside that reach one of its files through imports."""
    layer: int = -1
    """Longest way down between folders, cycles counted as one; -1 when none of its own files is in the graph."""
    in_cycle: int = 0
    """How many other folders its import cycle has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The files of the import graph below which the longest chain of imports has so many steps."""

    number: int
    files: int
    in_cycles: int = 0
    """How many of them are in an import cycle."""
    top: tuple[Ranked, ...] = ()
    """Those that most files depend on, with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCount:
    """How much the rules of one topic found."""

    topic: str
    places: int
    files: int
