"""Reports of test coverage: which lines of which files were run.

A report is told by its name. :func:`read_report` gives what it says, or why it
says nothing; :func:`locate` finds the files that it names in the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from sphinx_repodoc.core.coverage import readers
from sphinx_repodoc.core.coverage.places import locate
from sphinx_repodoc.core.coverage.records import LARGEST_LINE, Measured, Report, ReportError

__all__ = ["LARGEST_LINE", "PATTERNS", "Measured", "Report", "is_report", "locate", "read_report"]

Reader = Callable[[str], tuple[Measured, ...]]

PATTERNS: Mapping[str, tuple[str, Reader]] = {
    "coverage.json": ("coverage.py or Istanbul", readers.read_json),
    "coverage-final.json": ("coverage.py or Istanbul", readers.read_json),
    "lcov.info": ("LCOV", readers.read_lcov),
    "coverage.info": ("LCOV", readers.read_lcov),
    "*.lcov": ("LCOV", readers.read_lcov),
    "coverage.xml": ("Cobertura or Clover", readers.read_xml),
    "clover.xml": ("Cobertura or Clover", readers.read_xml),
    "*cobertura*.xml": ("Cobertura or Clover", readers.read_xml),
    "coverage.out": ("Go", readers.read_go),
    "cover.out": ("Go", readers.read_go),
    "c.out": ("Go", readers.read_go),
    "*.coverprofile": ("Go", readers.read_go),
}
"""Pattern of names to the format and its reader; the first that matches is taken."""
_SUFFIXES = {"json": "coverage.json", "info": "lcov.info", "xml": "coverage.xml", "out": "c.out"}
"""Last suffix of a name that is in no row above to one that is: for reports that were asked for."""
LARGEST = 1 << 27
"""Characters of the longest report that is read."""


def is_report(path: str) -> bool:
    """Say whether a file is a report, by its name."""
    return _format(path.rpartition("/")[2]) is not None


def _format(name: str) -> tuple[str, Reader] | None:
    return next((found for pattern, found in PATTERNS.items() if fnmatchcase(name, pattern)), None)


def read_report(path: str, text: str) -> Report:
    """Read what a report says; one that cannot be understood says why.

    :param path: relative to the root; its name tells the format.
    """
    name = path.rpartition("/")[2]
    found = _format(name) or _format(_SUFFIXES.get(name.rpartition(".")[2], ""))
    if found is None:
        return Report(path=path, problem="The name is not that of a report of test coverage.")
    name, read = found
    if len(text) > LARGEST:
        return Report(path=path, problem=f"The report has more than {LARGEST:,} characters and was not read.")
    try:
        return Report(path=path, measured=read(text.removeprefix("\ufeff")))
    except ReportError as error:
        return Report(
            path=path, problem=f"This is no report of test coverage in the format of {name}: {error}."
        )
