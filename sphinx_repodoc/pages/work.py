"""The work lists of a repository: findings, notes, and what lacks a test, a description or an owner."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Group, Item, Items, Para, Ref
from sphinx_repodoc.pages.coverage import build_measured, build_reports
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.findings import reason, rule_ref
from sphinx_repodoc.pages.prose import prose
from sphinx_repodoc.pages.words import capitalised, count, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_repodoc.analyze.model import FileNote
    from sphinx_repodoc.analyze.work import RulePlaces
    from sphinx_repodoc.core.findings import Rule
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

TOPIC_TITLES: Mapping[str, str] = {
    Topic.PATTERN: "Patterns & idioms",
    Topic.PERFORMANCE: "Needless costs",
    Topic.SECURITY: "Possible dangers",
    Topic.MISTAKE: "Possible mistakes",
}
FILTERED = "filtered"
"""Style of the lists that a reader can filter in the page."""


def build_findings_header(data: PageData, path: str) -> Blocks:
    """Say how much the rules found, and in how many files."""
    rules = [rule for topic in _topics(path) for rule in data.topic_findings(topic).rules]
    places = [place for rule in rules for place in rule.places]
    if not places:
        return ()
    files = len({file for file, _, _ in places})
    text = f"{count(len(places), 'place')} in {count(files, 'file')}, found by {count(len(rules), 'rule')}"
    back = ("; see ", Ref(PageKind.FINDINGS, "", "all topics", code=False)) if path else ()
    return (Para((text, *back, ".")),)


def _topics(path: str) -> Sequence[Topic]:
    return [Topic(path)] if path else list(Topic)


def build_rules(data: PageData, path: str) -> Blocks:
    """Show each rule with how often it was broken, in the overview of all topics."""
    if path:
        return ()
    groups = []
    for topic in Topic:
        rules = data.topic_findings(topic).rules
        rows = [
            (
                (Ref(PageKind.FINDINGS, topic.value, found.rule.id, _anchor(found.rule), code=True),),
                prose(capitalised(found.rule.title), "markdown"),
                parts.number(len(found.places)),
                parts.number(len({file for file, _, _ in found.places})),
            )
            for found in sorted(rules, key=lambda found: (-len(found.places), found.rule.id))
        ]
        if rows:
            table = parts.table(("Rule", "What it finds", "Places", "Files"), rows, (2, 3))
            groups.append(Group(TOPIC_TITLES[topic], table, f"topic-{topic.value}"))
    return tuple(groups)


def _anchor(rule: Rule) -> str:
    return f"rule-{rule.id}"


def build_places(data: PageData, path: str) -> Blocks:
    """Show every place of every rule of a topic, under its rule."""
    if not path:
        return ()
    return tuple(_places(found) for found in data.topic_findings(Topic(path)).rules)


def _places(found: RulePlaces) -> Group:
    rule = found.rule
    why = Para((rule_ref(rule), f", by {rule.tool}. ", *reason(rule)))
    items = [
        Item((*parts.place_ref(file, line, ""), ": " if text else "", *prose(text, "markdown")))
        for file, line, text in found.places
    ]
    title = f"{capitalised(rule.title)} ({len(found.places):,})"
    return Group(title, (why, *parts.folded(items, FILTERED)), _anchor(rule))


def build_notes_header(data: PageData, _path: str) -> Blocks:
    """Say how many notes there are, by kind."""
    notes = data.notes().notes
    if not notes:
        return ()
    kinds = sorted({note.kind for note in notes})
    counts = [f"{sum(note.kind == kind for note in notes):,} {kind}" for kind in kinds]
    files = len({note.path for note in notes})
    return (
        Para((f"{count(len(notes), 'note')} in the comments of {count(files, 'file')}: {listed(counts)}.",)),
    )


def build_notes(data: PageData, _path: str) -> Blocks:
    """Show every note with its line, by top-level folder."""
    notes = data.notes().notes
    return tuple(
        Group(
            f"{top}/" if top else parts.ROOT_NAME,
            parts.folded(
                [parts.note_item(note, parts.place_ref(note.path, note.line, "")) for note in found], FILTERED
            ),
            f"top-{top or '~root'}",
        )
        for top, found in groupby(sorted(notes, key=_by_place), key=lambda note: _top(note.path))
    )


def _by_place(note: FileNote) -> tuple[str, str, int]:
    return _top(note.path), note.path, note.line


def _top(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def build_coverage_header(data: PageData, _path: str) -> Blocks:
    """Say what is looked at."""
    sources = data.coverage().sources
    if not sources:
        return ()
    what = "define something and are neither tests, examples, documentation, configuration nor generated"
    return (Para((f"{count(sources, 'source file')}: programs that {what}.",)),)


def build_untested(data: PageData, _path: str) -> Blocks:
    """Show the source files that no test file imports, directly or through others, or has the name of."""
    return _lacking(data.coverage().untested, data.coverage().sources, "reached by no test file")


def build_undocumented(data: PageData, _path: str) -> Blocks:
    """Show the source files without a description of their own."""
    return _lacking(
        data.coverage().undocumented, data.coverage().sources, "without a description of their own"
    )


def build_unowned(data: PageData, _path: str) -> Blocks:
    """Show the source files that no rule of CODEOWNERS names."""
    return _lacking(data.coverage().unowned, data.coverage().sources, "named by no rule of CODEOWNERS")


def _lacking(paths: Sequence[str], sources: int, what: str) -> Blocks:
    if not paths:
        return ()
    share = Para((f"{len(paths):,} of {sources:,}, {what}:",))
    items = tuple(Item((parts.file_ref(path),)) for path in paths)
    return (share, Items(items, FILTERED))


FINDINGS_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_findings_header),
    PagePart("rules", "Rules", build_rules),
    PagePart("places", "Places", build_places),
)
NOTES_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_notes_header),
    PagePart("notes", "Notes", build_notes),
)
COVERAGE_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_coverage_header),
    PagePart("measured", "Covered lines", build_measured),
    PagePart("reports", "Reports of coverage", build_reports),
    PagePart("untested", "Without a test", build_untested),
    PagePart("undocumented", "Without a description", build_undocumented),
    PagePart("unowned", "Without an owner", build_unowned),
)
