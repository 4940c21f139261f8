"""Which lines tests run: the reports of a repository, brought together by file and folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.measures import CoverageSum, LineCoverage
from sphinx_repodoc.analyze.paths import folder_of, iter_upward
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.analyze.work import CoverageReport
from sphinx_repodoc.core.coverage import is_report, locate, read_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role
    from sphinx_repodoc.core.coverage import Measured, Report

_MATERIAL = frozenset({SUPPORT, TEST, "example"})
"""Roles of reports that tools are tested with: they say nothing about this repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMap:
    """What all reports say."""

    files: Mapping[str, LineCoverage] = field(default_factory=dict)
    reports: tuple[CoverageReport, ...] = ()
    """By path."""


def find_coverage(
    context: Context, roles: Mapping[str, tuple[Role, ...]], others: Sequence[Report]
) -> CoverageMap:
    """Read the reports of the repository.

    :param others: reports that are not among its files.
    """
    measured: defaultdict[str, list[tuple[str, Measured]]] = defaultdict(list)
    summaries = []
    own = _own_reports(context, roles)
    for report in (*own, *others):
        found, unknown = locate(report, context.files)
        for path, lines in found.items():
            measured[path].append((report.path, lines))
        summaries.append(
            CoverageReport(path=report.path, files=len(found), unknown=unknown, problem=report.problem)
        )
    return CoverageMap(
        files={path: _merge(each, context.files[path].facts.lines.total) for path, each in measured.items()},
        reports=tuple(sorted(summaries, key=lambda report: report.path)),
    )


def _own_reports(context: Context, roles: Mapping[str, tuple[Role, ...]]) -> Iterator[Report]:
    for path in context.files:
        if is_report(path) and not any(role.name in _MATERIAL for role in roles[path]):
            text = context.read(path)
            if text is not None:
                yield read_report(path, text)


def _merge(reports: Iterable[tuple[str, Measured]], length: int) -> LineCoverage:
    """Add up what several reports say of a file.

    :param length: of the file in lines; 0 when it is not known.
    """
    names, hit, missed = [], set[int](), set[int]()
    for name, lines in reports:
        names.append(name)
        hit |= lines.hit
        missed |= lines.missed
    missed -= hit
    beyond = sum(line > length for line in hit | missed) if length else 0
    if beyond:
        hit = {line for line in hit if line <= length}
        missed = {line for line in missed if line <= length}
    return LineCoverage(
        hit=len(hit),
        total=len(hit) + len(missed),
        missed=tuple(_stretches(hit, missed)),
        reports=tuple(sorted(names)),
        beyond=beyond,
    )


def _stretches(hit: set[int], missed: set[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of the lines that were missed with none between them that was hit."""
    if not missed:
        return
    lines = sorted(hit | missed)
    first = lines[0] if lines[0] in missed else 0
    for line, following in pairwise((*lines, 0)):
        if line in missed and following not in missed:
            yield first, line
        elif line not in missed:
            first = following


def sum_coverage(files: Mapping[str, LineCoverage]) -> dict[str, tuple[CoverageSum, ...]]:
    """Folder to the sums of what lies directly in it."""
    sums: defaultdict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for path, each in sorted(files.items()):
        if not each.total:
            continue
        child, files_below = path, 0
        for folder in iter_upward(folder_of(path)):
            hit, total, number = sums[folder].get(child, (0, 0, 0))
            sums[folder][child] = hit + each.hit, total + each.total, number + files_below
            child, files_below = folder, 1
    return {
        folder: tuple(
            CoverageSum(path=child, hit=hit, total=total, files=number)
            for child, (hit, total, number) in sorted(children.items())
        )
        for folder, children in sums.items()
    }
