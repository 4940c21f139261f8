"""Reports of test coverage: what each format says, and what is none."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.coverage import Measured, Report, is_report, locate, read_report
from sphinx_repodoc.core.parse import parse_text

PYTHON = """{"meta": {"version": "7.6"}, "files": {
  "src/a.py": {"executed_lines": [1, 2], "missing_lines": [4], "excluded_lines": [9]},
  "src/b.py": {"executed_lines": [], "missing_lines": []}}, "totals": {}}"""
ISTANBUL = """{"/ci/a.js": {"path": "/ci/a.js", "statementMap": {
  "0": {"start": {"line": 1, "column": 0}, "end": {"line": 3, "column": 1}},
  "1": {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 9}},
  "2": {"start": {"line": 2, "column": 0}, "end": {"line": 2, "column": 1}}}, "s": {"0": 0, "1": 7, "2": 0}}}"""
LCOV = """TN:
SF:src/a.c
FN:1,f
DA:1,3
DA:2,0,checksum
DA:4,-1
end_of_record
SF:src/a.c
DA:2,1
end_of_record
"""
COBERTURA = """<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.5"><sources><source>/ci/src</source><source> lib/ </source></sources>
<packages><package><classes><class name="a" filename="a.py"><methods><method><lines>
<line number="1" hits="0"/></lines></method></methods>
<lines><line number="1" hits="2" branch="true"/><line number="3" hits="0"/></lines></class></classes>
</package></packages></coverage>"""
CLOVER = """<coverage generated="1"><project><file name="/ci/A.php">
<class name="A" namespace="x"><metrics/></class>
<line num="1" type="method" count="0"/><line num="2" type="stmt" count="1"/><line num="3" type="stmt" count="0"/>
</file></project></coverage>"""
GO = """mode: atomic
example.org/m/a.go:3.20,5.2 2 1
example.org/m/a.go:5.2,7.3 1 0
example.org/m/a.go:9.1,9.9 1 0
"""


def lines_of(path: str, text: str) -> list[tuple[tuple[str, ...], list[int], list[int]]]:
    report = read_report(path, text)
    assert not report.problem
    return [(each.names, sorted(each.hit), sorted(each.missed)) for each in report.measured]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("coverage.json", PYTHON, [(("src/a.py",), [1, 2], [4]), (("src/b.py",), [], [])]),
        ("coverage-final.json", ISTANBUL, [(("/ci/a.js",), [1], [2])]),
        ("out/lcov.info", LCOV, [(("src/a.c",), [1, 2], [4])]),
        ("x.lcov", "\ufeffSF:a.c\nDA:1,1\n", [(("a.c",), [1], [])]),
        ("coverage.xml", COBERTURA, [(("a.py", "/ci/src/a.py", "lib/a.py"), [1], [3])]),
        ("clover.xml", CLOVER, [(("/ci/A.php",), [2], [3])]),
        ("cover.out", GO, [(("example.org/m/a.go",), [3, 4, 5], [6, 7, 9])]),
    ],
)
def test_formats(path: str, text: str, found: list[object]) -> None:
    """A line is run when any record of it says so, whatever the others say."""
    assert is_report(path)
    assert lines_of(path, text) == found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("coverage.json", ""),
        ("coverage.json", "[]"),
        ("coverage.json", "[" * 100_000),
        ("coverage.json", '{"files": {"a": 1}}'),
        ("coverage.json", '{"files": {"a": {"executed_lines": [true], "missing_lines": []}}}'),
        ("coverage.json", '{"files": {"a": {"executed_lines": [0], "missing_lines": []}}}'),
        ("coverage.json", f'{{"files": {{"a": {{"executed_lines": [{"9" * 5000}], "missing_lines": []}}}}}}'),
        ("coverage.json", '{"a.js": {"statementMap": {"0": {}}, "s": {}}}'),
        ("lcov.info", "hello\n"),
        ("lcov.info", "DA:1,1\n"),
        ("lcov.info", "SF:a\nDA:1\n"),
        ("lcov.info", "SF:a\nDA:99999999,1\n"),
        ("coverage.xml", "<coverage>"),
        ("coverage.xml", "<html/>"),
        ("coverage.xml", '<!DOCTYPE c [<!ENTITY a "b">]><coverage/>'),
        ("coverage.xml", '<coverage><class filename="a"><line number="x" hits="1"/></class></coverage>'),
        ("c.out", ""),
        ("c.out", "mode: set\na.go\n"),
        ("c.out", "mode: set\na.go:1.1,999999999.1 1 1\n"),
        ("notes.txt", "x"),
    ],
)
def test_garbage_is_a_problem(path: str, text: str) -> None:
    """Never an exception, and never half of a report."""
    report = read_report(path, text)
    assert report.measured == ()
    assert report.problem.endswith(".")


def test_the_page_of_garbage_says_so() -> None:
    """The problem is one of the file itself; a report that can be read has none."""
    found = parse_text(b"{", "json", path="x/coverage.json").problems
    assert "coverage" in [problem.kind for problem in found]
    assert parse_text(b"SF:a\nDA:1,1\n", "", path="lcov.info").problems == ()
    assert parse_text(b"a binary of a C compiler", "", path="a.out").problems == ()


def test_hostile_blocks_take_linear_time() -> None:
    """A hundred thousand blocks over the same hundred thousand lines."""
    text = "mode: set\n" + "a.go:1.1,100000.1 1 1\n" * 100_000
    assert len(read_report("c.out", text).measured[0].hit) == 100_000


def report_of(*names: str, path: str = "coverage.json") -> Report:
    measured = tuple(Measured(names=tuple(name.split("|")), hit=frozenset({1})) for name in names)
    return Report(path=path, measured=measured)


@pytest.mark.parametrize(
    ("names", "path", "files", "found", "unknown"),
    [
        (("src/a.py", "src/gone.py"), "coverage.json", {"src/a.py"}, ["src/a.py"], ("src/gone.py",)),
        (("./a.py", "x\\b.py"), "coverage.json", {"a.py", "x/b.py"}, ["a.py", "x/b.py"], ()),
        # another machine, and a file of it that has the name of one of ours
        (
            ("/ci/p/src/a.py", "/ci/p/src/b.py", "/usr/lib/setup.py"),
            "coverage.json",
            {"src/a.py", "src/b.py", "setup.py"},
            ["src/a.py", "src/b.py"],
            ("/usr/lib/setup.py",),
        ),
        # a report in a package of a monorepo
        (
            ("src/a.js",),
            "packages/p/coverage/lcov.info",
            {"packages/p/src/a.js"},
            ["packages/p/src/a.js"],
            (),
        ),
        (("example.org/m/x/a.go",), "c.out", {"x/a.go", "a.go"}, ["x/a.go"], ()),
        (("a.py|/ci/src/a.py|lib/a.py",), "coverage.xml", {"lib/a.py"}, ["lib/a.py"], ()),
        ((), "coverage.json", {"a.py"}, [], ()),
        (("z.py",), "coverage.json", {"a.py"}, [], ("z.py",)),
    ],
)
def test_names_are_found_in_the_repository(
    names: tuple[str, ...], path: str, files: set[str], found: list[str], unknown: tuple[str, ...]
) -> None:
    """One rule for all names of a report: so much is taken off, so much put before."""
    located, others = locate(report_of(*names, path=path), files)
    assert (sorted(located), others) == (found, unknown)
