"""How the work lists read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.facts import FakeData, as_text

from sphinx_repodoc.analyze.model import FileNote
from sphinx_repodoc.analyze.work import Coverage, NoteList, RulePlaces, TopicFindings
from sphinx_repodoc.core.findings import Rule, Topic
from sphinx_repodoc.pages.work import COVERAGE_PARTS, FINDINGS_PARTS, NOTES_PARTS

if TYPE_CHECKING:
    from sphinx_repodoc.pages.data import PagePart

RULE = Rule(
    id="S1", topic=Topic.SECURITY, title="eval of input", tool="ruff", why="It *runs*.", instead="Parse."
)
DATA = FakeData(
    findings={
        Topic.SECURITY: TopicFindings(
            rules=(RulePlaces(rule=RULE, places=(("a.py", 3, "Do not `eval`"), ("b.py", 9, ""))),)
        )
    },
    the_notes=NoteList(
        notes=(
            FileNote(path="lib/b.py", kind="TODO", line=4, text="<later>"),
            FileNote(path="z.py", kind="XXX", line=9, text=""),
        )
    ),
    the_coverage=Coverage(sources=4, untested=("a.py",), undocumented=("a.py", "b.py")),
)


def build(parts: tuple[PagePart, ...], data: FakeData = DATA, path: str = "") -> str:
    return "".join(as_text(part.build(data, path)) for part in parts)


def test_overview_of_findings_counts_each_rule() -> None:
    """With a link to its places, which are on the page of the topic."""
    assert build(FINDINGS_PARTS) == (
        "2 places in 2 files, found by 1 rule.\n"
        "== Possible dangers {#topic-security}\n"
        "Rule | What it finds | Places | Files\n"
        "[S1](findings security#rule-S1) | Eval of input | 2 | 2\n"
    )


def test_findings_of_a_topic_name_every_place() -> None:
    """Under their rule, which says why it is there."""
    assert build(FINDINGS_PARTS, path="security") == (
        "2 places in 2 files, found by 1 rule; see [all topics](findings ).\n"
        "== Eval of input (2) {#rule-S1}\n"
        "`S1`, by ruff. It runs. Parse.\n"
        "- [a.py:3](file a.py#L3): Do not `eval`\n"
        "- [b.py:9](file b.py#L9)\n"
    )
    assert build(FINDINGS_PARTS, path="mistake") == ""


def test_notes_stand_by_folder() -> None:
    """Each with its line; the number is that of all."""
    assert build(NOTES_PARTS) == (
        "2 notes in the comments of 2 files: 1 TODO and 1 XXX.\n"
        "== Repository {#top-~root}\n"
        "- *XXX* [z.py:9](file z.py#L9)\n"
        "== lib/ {#top-lib}\n"
        "- *TODO* <later> [lib/b.py:4](file lib/b.py#L4)\n"
    )


def test_coverage_says_of_how_many() -> None:
    """A list without files is left out."""
    text = build(COVERAGE_PARTS)
    assert text.startswith("4 source files: programs that define something")
    assert "1 of 4, reached by no test file:\n- [a.py](file a.py)\n" in text
    assert "2 of 4, without a description of their own:\n" in text
    assert "CODEOWNERS" not in text


def test_empty_lists_are_empty_pages() -> None:
    """Nothing is said of nothing."""
    parts = (*FINDINGS_PARTS, *NOTES_PARTS, *COVERAGE_PARTS)
    assert build(parts, FakeData()) == build(parts, FakeData(), "security") == ""
