"""What the analyzers find, kept by file: only what changed is looked at again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.analyzers import AnalyzerError
from sphinx_repodoc.analyze.model import RuleFindings
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.rules import TOOL, source_rules, topics_checked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.core.model import File
    from sphinx_repodoc.core.store import Store

_ORDER = {topic: index for index, topic in enumerate(Topic)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFindings:
    """What one analyzer says of one file: the form in which the store keeps it."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What all analyzers found in a repository."""

    by_file: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    checked_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path to the names of the analyzers that looked at it, sorted."""
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def of_file(self, path: str, *, in_tests: bool) -> tuple[RuleFindings, ...]:
        """Findings of a file by topic and rule; in tests without those that tests are full of on purpose."""
        places: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for finding in self.by_file.get(path, ()):
            if finding.rule in self.rules and not (in_tests and finding.rule in MEANT_IN_TESTS):
                places[finding.rule].append((finding.line, finding.text))
        groups = [
            RuleFindings(rule=self.rules[rule], places=tuple(sorted(found))) for rule, found in places.items()
        ]
        return tuple(sorted(groups, key=lambda group: (_ORDER[group.rule.topic], group.rule.id)))


MEANT_IN_TESTS = frozenset({"NPY002", "S101", "S105", "S106", "S107", "kotlin-not-null", "swift-force-try"})
"""``assert`` and what else fails a test, and passwords that protect nothing."""


def update_findings(
    store: Store,
    root: Path,
    analyzers: Mapping[str, tuple[Analyzer, str]],
    *,
    failed: dict[str, str],
    progress: Callable[[str, int], Callable[[int], None]],
) -> Findings:
    """Run each analyzer over the files that it has not seen yet as they are, and give all findings.

    :param analyzers: name to (analyzer, its version).
    :param failed: name to reason; an analyzer that fails has no findings at all, for a
        page must not say that nothing was found where nothing was looked at.
    """
    entries = store.entries().values()
    by_file: defaultdict[str, list[Finding]] = defaultdict(list)
    checked: defaultdict[str, list[str]] = defaultdict(list)
    rules: dict[str, Rule] = {}
    for name, (analyzer, version) in sorted(analyzers.items()):
        accepted = {entry.path: f"{entry.sha256} {version}" for entry in entries if analyzer.accepts(entry)}
        try:
            found = _update_one(store, root, analyzer, accepted, progress)
            if named := {finding.rule for each in found.values() for finding in each}:
                rules |= analyzer.rules(named)
        except AnalyzerError as error:
            failed[name] = str(error)
            continue
        for path in accepted:
            checked[path].append(name)
            by_file[path].extend(found.get(path, ()))
    return Findings(
        by_file=by_file, checked_by={path: tuple(names) for path, names in checked.items()}, rules=rules
    )


def _update_one(
    store: Store,
    root: Path,
    analyzer: Analyzer,
    accepted: Mapping[str, str],
    progress: Callable[[str, int], Callable[[int], None]],
) -> dict[str, tuple[Finding, ...]]:
    kind = f"findings {analyzer.name}"
    seen = store.relation_hashes(kind)
    store.drop_relations(kind, seen.keys() - accepted.keys())
    changed = [path for path, key in accepted.items() if seen.get(path) != key]
    if changed:
        report = progress(f"{analyzer.name}: checking", len(changed))
        found = analyzer.find(root, changed)
        report(len(changed))
        texts = {path: codec.dumps(FileFindings(findings=tuple(found.get(path, ())))) for path in changed}
        store.put_relations(kind, {path: (text, accepted[path]) for path, text in texts.items()})
    return {path: codec.loads(FileFindings, text).findings for path, text in store.relations(kind).items()}


def add_own(findings: Findings, files: Mapping[str, File]) -> Findings:
    """Add what the parser found by our own rules, which it looked for in every file of their languages."""
    by_file = {path: list(found) for path, found in findings.by_file.items()}
    checked = dict(findings.checked_by)
    for path, file in files.items():
        if file.facts.findings:
            by_file.setdefault(path, []).extend(file.facts.findings)
        if topics_checked(file.entry.language) - {Topic.PATTERN}:
            checked[path] = (*checked.get(path, ()), TOOL)
    own = {each.rule.id: each.rule for each in source_rules().values()}
    return Findings(by_file=by_file, checked_by=checked, rules={**findings.rules, **own})
