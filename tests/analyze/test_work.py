"""The work lists of a repository, and the formats in which they are printed."""

from __future__ import annotations

import json

from analysis_repos import analyze_repo, make_file, make_links

from sphinx_repodoc.analyze.findings import Findings
from sphinx_repodoc.analyze.report import to_json, to_sarif, to_text
from sphinx_repodoc.analyze.work import Coverage, RulePlaces
from sphinx_repodoc.core.findings import Finding, Rule, Topic

DANGER = Rule(
    id="S1", topic=Topic.SECURITY, title="eval", tool="ruff", why="It runs.", url="https://example.org/S1"
)
COST = Rule(id="P1", topic=Topic.PERFORMANCE, title="copy", tool="ruff", references=("CWE-400",))
PLACES = (
    RulePlaces(rule=DANGER, places=(("b.py", 2, "eval of `x`"), ("ä b.py", 1, ""))),
    RulePlaces(rule=COST, places=(("b.py", 1, ""),)),
)


def coverage_of(*files: object, **rest: object) -> Coverage:
    return analyze_repo(*files, **rest).work.coverage


def test_findings_are_brought_together_by_rule() -> None:
    """Every topic has its list; what has none is empty."""
    findings = Findings(
        by_file={"b.py": [Finding(rule="S1", line=3)], "a.py": [Finding(rule="S1", line=1, text="x")]},
        checked_by={"a.py": ("ruff",), "b.py": ("ruff",)},
        rules={"S1": DANGER},
    )
    work = analyze_repo("a.py", "b.py", findings=findings).work
    assert work.findings[Topic.SECURITY].rules == (
        RulePlaces(rule=DANGER, places=(("a.py", 1, "x"), ("b.py", 3, ""))),
    )
    assert work.findings[Topic.MISTAKE].rules == ()


def test_notes_of_all_files_are_one_list() -> None:
    """By path and line."""
    notes = analyze_repo(
        make_file("b.py", notes=("later", "much later")), make_file("a.py", notes=("soon",))
    ).work.notes.notes
    assert [(note.path, note.line, note.text) for note in notes] == [
        ("a.py", 1, "soon"),
        ("b.py", 1, "later"),
        ("b.py", 2, "much later"),
    ]


def test_coverage_looks_at_sources_only() -> None:
    """Tests, data and files that define nothing lack nothing; what a test reaches through others is tested."""
    files = (
        make_file("a.py", "function f", doc="Does."),
        make_file("b.py", "function g"),
        make_file("c.py", "function h"),
        make_file("tests/test_a.py", "function test_a"),
        "empty.py",
        make_file("data.json", "key k"),
    )
    links = make_links("tests/test_a.py a.py", "a.py b.py")
    assert coverage_of(*files, links=links) == Coverage(
        sources=3, undocumented=("b.py", "c.py"), untested=("c.py",), unowned=()
    )


def test_without_tests_or_owners_nothing_lacks_them() -> None:
    """A repository without tests would otherwise list all of its files, as would one without CODEOWNERS."""
    found = coverage_of(make_file("a.py", "function f", doc="Does."))
    assert found == Coverage(sources=1)
    owned = coverage_of(
        make_file("a.py", "function f", doc="Does."),
        make_file("lib/b.py", "function f", doc="Does."),
        "CODEOWNERS",
        texts={"CODEOWNERS": "/lib/ @ann\n"},
    )
    assert owned.unowned == ("a.py",)


def test_text_is_one_line_a_place() -> None:
    """In the order of files, with the title where a rule says nothing special."""
    assert to_text(PLACES) == "b.py:1: copy [P1]\nb.py:2: eval of `x` [S1]\nä b.py:1: eval [S1]\n"
    assert to_text(()) == ""


def test_json_has_an_object_a_place() -> None:
    """With the same words as the text."""
    rows = json.loads(to_json(PLACES))
    assert rows[1] == {
        "path": "b.py", "line": 2, "rule": "S1", "topic": "security", "tool": "ruff", "text": "eval of `x`",
    }  # fmt: skip
    assert json.loads(to_json(())) == []


def test_sarif_names_rules_levels_and_places() -> None:
    """Paths are addresses relative to the root; each result has a rule of the run."""
    log = json.loads(to_sarif(PLACES))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["S1"]["helpUri"] == "https://example.org/S1"
    assert rules["P1"]["properties"]["tags"] == ["performance", "ruff", "CWE-400"]
    assert [(each["ruleId"], each["level"]) for each in run["results"]] == [
        ("P1", "note"),
        ("S1", "warning"),
        ("S1", "warning"),
    ]
    location = run["results"][2]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "%C3%A4%20b.py", "uriBaseId": "ROOT"},
        "region": {"startLine": 1},
    }
