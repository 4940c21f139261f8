"""What a report of test coverage says."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_LINE = 1_000_000
"""The highest number of a line that a report may have."""


class ReportError(Exception):
    """A report is not what its name says; the text completes a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The lines of one file, as its report has them."""

    names: tuple[str, ...]
    """What the file may be called: as it is written, and below each source folder that the report names."""
    hit: frozenset[int] = frozenset()
    """Lines that were run."""
    missed: frozenset[int] = frozenset()
    """Lines that could have been run and were not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report."""

    path: str
    measured: tuple[Measured, ...] = ()
    problem: str = ""
    """Why it says nothing, as a sentence; empty when it was read."""
