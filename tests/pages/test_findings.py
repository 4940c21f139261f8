"""How findings read: each rule once, with its places."""

from __future__ import annotations

from pages.facts import FakeData, as_text, inline_text, make_file

from sphinx_repodoc.analyze.model import FileRelations, RuleFindings
from sphinx_repodoc.core.findings import Rule, Topic
from sphinx_repodoc.pages.findings import (
    build_patterns,
    build_performance,
    build_security,
    overview_of_findings,
)

PATH = "a.py"
DANGER = Rule(
    id="S1",
    topic=Topic.SECURITY,
    title="eval of input",
    tool="ruff",
    why="It runs *anything*.",
    instead="Use `literal_eval`.",
    url="https://example.org/S1",
)
MISTAKE = Rule(id="B1", topic=Topic.MISTAKE, title="loop name", tool="ruff")


def make_data(*findings: RuleFindings, checked_by: tuple[str, ...] = ("ruff",)) -> FakeData:
    relations = FileRelations(path=PATH, findings=findings, checked_by=checked_by)
    return FakeData(files=(make_file(PATH),), relations=(relations,))


def test_a_rule_that_says_one_thing_is_one_line() -> None:
    """Its places are links behind it, the reason stands below it, another topic has its own section."""
    data = make_data(RuleFindings(rule=DANGER, places=((3, "Do not `eval` <b>."), (9, "Do not `eval` <b>."))))
    shown = as_text(build_security(data, PATH))
    assert "Do not `eval` <b>" in shown
    assert "https://example.org/S1" in shown
    assert shown.count("#L3") == shown.count("#L9") == 1
    assert "It runs anything. Use `literal_eval`." in shown
    assert build_performance(data, PATH) == build_patterns(data, PATH) == ()


def test_a_rule_that_says_more_has_a_line_for_each_place() -> None:
    """The title stands above them with their number."""
    data = make_data(
        RuleFindings(rule=MISTAKE, places=((3, "`i` is overwritten"), (9, "`j` is overwritten")))
    )
    shown = as_text(build_security(data, PATH))
    assert "Loop name (`B1`), 2 places" in shown
    assert "`j` is overwritten" in shown


def test_overview_counts_places_by_topic() -> None:
    """Each count leads to its section; nothing found is said only where something looked."""
    found = (
        RuleFindings(rule=DANGER, places=((3, ""), (9, ""))),
        RuleFindings(rule=MISTAKE, places=((1, ""),)),
    )
    text = inline_text(overview_of_findings(make_data(*found).file_relations(PATH)))
    assert "2 possible dangers" in text
    assert "1 possible mistake" in text
    assert inline_text(overview_of_findings(make_data().file_relations(PATH))) == "none by ruff"
    assert overview_of_findings(make_data(checked_by=()).file_relations(PATH)) == ()
