"""Which lines tests run, on the pages of files and folders and in the work list."""

from __future__ import annotations

from pages.facts import FakeData, as_text, make_file

from sphinx_repodoc.analyze.coverage import CoverageReport
from sphinx_repodoc.analyze.measures import CoverageSum, LineCoverage
from sphinx_repodoc.analyze.model import FileRelations, FolderRelations
from sphinx_repodoc.analyze.work import Coverage
from sphinx_repodoc.pages.coverage import build_measured, build_reports
from sphinx_repodoc.pages.file_header import build_overview
from sphinx_repodoc.pages.folder_doc import build_working
from sphinx_repodoc.pages.testing import build_testing


def data_of(coverage: LineCoverage | None) -> FakeData:
    return FakeData(files=(make_file("a.py"),), relations=(FileRelations(path="a.py", coverage=coverage),))


def test_missed_lines_are_linked() -> None:
    """The share is rounded down: what is not all is not 100%."""
    data = data_of(LineCoverage(hit=999, total=1000, missed=((4, 6), (9, 9)), reports=("b.xml", "c.info")))
    assert as_text(build_testing(data, "a.py")) == (
        "== Covered lines {#covered}\n"
        "999 of 1,000 lines (99%), by [b.xml](file b.xml), [c.info](file c.info).\n"
        "Not run: [4-6](file a.py#L4), [9](file a.py#L9).\n"
    )
    assert "Covered: [999 of 1,000 lines (99%)](file a.py#covered)" in as_text(build_overview(data, "a.py"))


def test_reports_of_another_version_are_told() -> None:
    """Their lines lie behind the end of the file."""
    data = data_of(LineCoverage(hit=0, total=0, reports=("b.xml",), beyond=2))
    assert as_text(build_testing(data, "a.py")) == (
        "== Covered lines {#covered}\n"
        "! A report of another version of this file: it has 2 lines behind its end ([b.xml](file b.xml)).\n"
    )
    assert as_text(build_overview(data, "a.py")) == ""


def test_many_stretches_are_folded() -> None:
    """All of them are there."""
    data = data_of(
        LineCoverage(hit=1, total=99, missed=tuple((n, n) for n in range(2, 100, 1)), reports=("r",))
    )
    text = as_text(build_testing(data, "a.py"))
    assert "and 38 more" in text
    assert all(f"#L{number})" in text for number in range(2, 100))


def test_files_without_a_report_say_nothing() -> None:
    """Absence of data is no absence of tests."""
    data = data_of(None)
    assert as_text(build_testing(data, "a.py")) == as_text(build_overview(data, "a.py")) == ""


def test_folders_add_up_the_least_covered_first() -> None:
    """Folders link to their own sums, files to their lines."""
    sums = (
        CoverageSum(path="p/a.py", hit=3, total=4),
        CoverageSum(path="p/x", hit=1, total=6, files=2),
    )
    data = FakeData(folders=(FolderRelations(path="p", coverage=sums),))
    assert as_text(build_working(data, "p")) == (
        "== Test coverage {#coverage}\n"
        "4 of 10 lines (40%), in 3 measured files.\n"
        "File or folder | Covered | Lines run | Lines\n"
        "[p/x/](folder-doc p/x#coverage) | 16% | 1 | 6\n"
        "[p/a.py](file p/a.py#covered) | 75% | 3 | 4\n"
    )


def test_the_work_list_has_files_and_reports() -> None:
    """With the names that the repository does not have, and what cannot be read."""
    reports = (
        CoverageReport(path="b.xml", files=1, unknown=("gone.py",)),
        CoverageReport(path="c.info", problem="It is none."),
    )
    measured = (CoverageSum(path="a.py", hit=0, total=4),)
    data = FakeData(the_coverage=Coverage(measured=measured, reports=reports))
    assert as_text(build_measured(data, "")) == (
        "0 of 4 lines (0%), in 1 measured file.\n"
        "File or folder | Covered | Lines run | Lines\n"
        "[a.py](file a.py#covered) | 0% | 0 | 4\n"
    )
    assert as_text(build_reports(data, "")) == (
        "- [b.xml](file b.xml) — 1 file of the repository\n"
        "- [c.info](file c.info) — It is none.\n"
        "> 1 name in b.xml that no file of the repository has\n"
        "  - `gone.py`\n"
    )
