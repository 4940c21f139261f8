"""Test coverage, brought together from reports by file and folder."""

from __future__ import annotations

from analysis_repos import analyze_repo, make_file

from sphinx_repodoc.analyze.coverage import CoverageReport
from sphinx_repodoc.analyze.measures import CoverageSum, LineCoverage
from sphinx_repodoc.core.coverage import read_report


def lcov(**files: str) -> str:
    """A report; each file has lines as ``1+ 2-``."""
    return "".join(
        f"SF:{name.replace('__', '/')}.py\n"
        + "".join(f"DA:{line[:-1]},{int(line[-1] == '+')}\n" for line in lines.split())
        for name, lines in files.items()
    )


def test_reports_are_added_up() -> None:
    """A line that one report says was run was run; stretches reach over lines that cannot be run."""
    found = analyze_repo(
        make_file("lib/a.py", lines=20),
        make_file("lib/x/b.py", lines=3),
        "lib/empty.py",
        texts={
            "lcov.info": lcov(lib__a="1- 2+ 4- 6- 7+ 9- 12-", lib__x__b="1+ 2+", gone="1+", lib__empty=""),
            "x.lcov": lcov(lib__a="1+ 12-"),
        },
    )
    assert found.files["lib/a.py"].coverage == LineCoverage(
        hit=3, total=7, missed=((4, 6), (9, 12)), reports=("lcov.info", "x.lcov")
    )
    assert found.files["lcov.info"].coverage is None
    assert found.folders[""].coverage == (CoverageSum(path="lib", hit=5, total=9, files=2),)
    assert found.folders["lib"].coverage == (
        CoverageSum(path="lib/a.py", hit=3, total=7),
        CoverageSum(path="lib/x", hit=2, total=2, files=1),
    )
    coverage = found.work.coverage
    assert [each.path for each in coverage.measured] == ["lib/a.py", "lib/x/b.py"]
    assert coverage.reports == (
        CoverageReport(path="lcov.info", files=3, unknown=("gone.py",)),
        CoverageReport(path="x.lcov", files=1),
    )


def test_missed_lines_at_both_ends_are_stretches() -> None:
    """Of the file's first line and of its last."""
    found = analyze_repo(make_file("a.py", lines=9), texts={"lcov.info": lcov(a="1- 3+ 9-")})
    assert found.files["a.py"].coverage == LineCoverage(
        hit=1, total=3, missed=((1, 1), (9, 9)), reports=("lcov.info",)
    )


def test_lines_behind_the_end_are_told_apart() -> None:
    """They are of another version of the file."""
    found = analyze_repo(make_file("a.py", lines=3), texts={"lcov.info": lcov(a="1+ 3- 4+ 9-")})
    assert found.files["a.py"].coverage == LineCoverage(
        hit=1, total=2, missed=((3, 3),), reports=("lcov.info",), beyond=2
    )


def test_reports_that_tools_are_tested_with_say_nothing_of_the_repository() -> None:
    """A report in a folder of tests is one of their inputs."""
    test = make_file("tests/test_a.py", "function test_a")
    found = analyze_repo(make_file("a.py", lines=3), test, texts={"tests/data/lcov.info": lcov(a="1+")})
    assert found.files["a.py"].coverage is None
    assert found.work.coverage.reports == ()


def test_reports_need_not_be_files_of_the_repository() -> None:
    """One that cannot be read is listed with the reason."""
    reports = [read_report("build/lcov.info", lcov(a="1+")), read_report("other.xml", "<html/>")]
    found = analyze_repo(make_file("a.py", lines=3), reports=reports)
    assert found.files["a.py"].coverage == LineCoverage(hit=1, total=1, reports=("build/lcov.info",))
    good, bad = found.work.coverage.reports
    assert (good.files, bad.files) == (1, 0)
    assert "not <coverage>" in bad.problem
