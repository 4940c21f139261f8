"""What analyzers found in a file: each rule once, with its places and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Item, Ref, Url
from sphinx_repodoc.pages.coupling import NOUNS
from sphinx_repodoc.pages.prose import prose
from sphinx_repodoc.pages.words import capitalised, count

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.model import FileRelations, RuleFindings
    from sphinx_repodoc.core.findings import Rule
    from sphinx_repodoc.pages.blocks import Blocks, Inline, Inlines
    from sphinx_repodoc.pages.data import PageData

SECTIONS = {
    "patterns": (Topic.PATTERN,),
    "performance": (Topic.PERFORMANCE,),
    "security": (Topic.SECURITY, Topic.MISTAKE),
}
"""Section of a file page to the topics of what it shows."""


def build_patterns(data: PageData, path: str) -> Blocks:
    """Show the shapes with a name that the code has, with their lines."""
    return _section(data, path, "patterns")


def build_performance(data: PageData, path: str) -> Blocks:
    """Show what costs more than it has to, by rules of analyzers, with their lines and reasons."""
    return _section(data, path, "performance")


def build_security(data: PageData, path: str) -> Blocks:
    """Show dangers and possible mistakes, by rules of analyzers, with their lines and reasons."""
    return _section(data, path, "security")


def _section(data: PageData, path: str, section: str) -> Blocks:
    found = data.file_relations(path).findings
    return parts.folded([_item(each, path) for each in found if each.rule.topic in SECTIONS[section]])


def _item(found: RuleFindings, path: str) -> Item:
    """One rule: its places in a line when it says the same of all of them, else one below the other."""
    rule = found.rule
    name, note = rule_ref(rule), reason(rule)
    texts = {text for _, text in found.places}
    if len(texts) == 1:
        said = texts.pop().rstrip(".") or capitalised(rule.title)
        lines = sorted({line for line, _ in found.places})
        return Item((*prose(said, "markdown"), " (", name, "), ", *parts.line_refs(path, lines)), note=note)
    children = tuple(
        Item((parts.line_ref(path, line), ": ", *prose(text, "markdown"))) for line, text in found.places
    )
    head = (capitalised(rule.title), " (", name, f"), {count(len(found.places), 'place')}")
    return Item(head, children, note=note)


def rule_ref(rule: Rule) -> Inline:
    """Link a rule to what its tool says of it, if that is anywhere."""
    return Url(rule.url, rule.id) if rule.url else Code(rule.id)


def reason(rule: Rule) -> Inlines:
    """Why the rule is there, and what to write instead."""
    instead: Inlines = (" ", *prose(rule.instead, "markdown")) if rule.instead else ()
    return (*prose(rule.why, "markdown"), *instead)


def overview_of_findings(relations: FileRelations, *, is_empty: bool = False) -> Inlines:
    """How many places, linked to their sections; that nothing was found is a fact too, unless nothing was there."""
    clauses: list[Inlines] = []
    for section, topics in SECTIONS.items():
        for topic in topics:
            groups = [found for found in relations.findings if found.rule.topic is topic]
            places = sum(len(found.places) for found in groups)
            if places:
                text = count(places, NOUNS[topic])
                clauses.append((Ref(PageKind.FILE, relations.path, text, section, code=False),))
    if clauses:
        return parts.join(clauses)
    return (f"none by {' and '.join(relations.checked_by)}",) if relations.checked_by and not is_empty else ()
