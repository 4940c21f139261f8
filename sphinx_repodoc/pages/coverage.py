"""Which lines tests run: of a file, of a folder, of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Fold, Group, Item, Para, Ref, Warn
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.measures import CoverageSum, LineCoverage
    from sphinx_repodoc.analyze.model import FileRelations
    from sphinx_repodoc.analyze.work import CoverageReport
    from sphinx_repodoc.pages.blocks import Block, Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData

_STRETCHES = 60
"""Stretches of lines that a paragraph names before the fold."""


def share(hit: int, total: int) -> str:
    """Lines and their share, rounded down: what is not all is not 100%."""
    return f"{hit:,} of {count(total, 'line')} ({100 * hit // total}%)"


def covered_row(relations: FileRelations) -> Inlines:
    """How much of a file tests run, for its overview."""
    found = relations.coverage
    if found is None or not found.total:
        return ()
    return (Ref(PageKind.FILE, relations.path, share(found.hit, found.total), "covered", code=False),)


def build_covered(relations: FileRelations) -> Group | None:
    """Name the lines of a file that no test runs."""
    found = relations.coverage
    if found is None:
        return None
    reports = parts.join((parts.file_ref(path),) for path in found.reports)
    blocks: list[Block] = []
    if found.total:
        blocks.append(Para((f"{share(found.hit, found.total)}, by ", *reports, ".")))
    if found.beyond:
        lines = count(found.beyond, "line")
        text = f"A report of another version of this file: it has {lines} behind its end ("
        blocks.append(Warn((text, *reports, ").")))
    blocks += _missed(relations.path, found)
    return Group("Covered lines", tuple(blocks), "covered") if blocks else None


def _missed(path: str, found: LineCoverage) -> Blocks:
    links = [_stretch(path, first, last) for first, last in found.missed]
    if not links:
        return ()
    shown = Para(("Not run: ", *parts.join(links[:_STRETCHES]), "."))
    rest = links[_STRETCHES:]
    if not rest:
        return (shown,)
    return (shown, Fold((f"and {len(rest):,} more",), (Para(parts.join(rest)),)))


def _stretch(path: str, first: int, last: int) -> Inlines:
    text = f"{first}-{last}" if last > first else f"{first}"
    return (Ref(PageKind.FILE, path, text, f"L{first}", code=False),)


def build_folder_coverage(sums: Sequence[CoverageSum]) -> Blocks:
    """Add up what lies in a folder, the least covered first."""
    if not sums:
        return ()
    hit, total = sum(each.hit for each in sums), sum(each.total for each in sums)
    files = sum(each.files or 1 for each in sums)
    return (Para((f"{share(hit, total)}, in {count(files, 'measured file')}.",)), *_table(sums))


def _table(sums: Sequence[CoverageSum]) -> Blocks:
    ranked = sorted(sums, key=lambda each: (each.hit / each.total, -each.total, each.path))
    rows = [
        (
            (_place(each),),
            (f"{100 * each.hit // each.total}%",),
            (f"{each.hit:,}",),
            (f"{each.total:,}",),
        )
        for each in ranked
    ]
    return parts.folded_table(("File or folder", "Covered", "Lines run", "Lines"), rows, (1, 2, 3))


def _place(each: CoverageSum) -> Ref:
    if each.files:
        return Ref(PageKind.FOLDER_DOC, each.path, f"{each.path}/", "coverage")
    return Ref(PageKind.FILE, each.path, each.path, "covered")


def build_measured(data: PageData, _path: str) -> Blocks:
    """Show the files that reports of test coverage have, those with the smallest share of covered lines first."""
    return build_folder_coverage(data.coverage().measured)


def build_reports(data: PageData, _path: str) -> Blocks:
    """Show the reports, and the names in them that no file of the repository has."""
    reports = data.coverage().reports
    items = [Item((parts.file_ref(report.path), f" — {_size(report)}")) for report in reports]
    unknown = [
        Fold(
            (f"{count(len(report.unknown), 'name')} in {report.path} that no file of the repository has",),
            parts.folded([Item((Code(name),)) for name in report.unknown]),
        )
        for report in reports
        if report.unknown
    ]
    return (*parts.folded(items), *unknown)


def _size(report: CoverageReport) -> str:
    return report.problem or f"{count(report.files, 'file')} of the repository"
