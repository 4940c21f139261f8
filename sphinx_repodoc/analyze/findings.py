"""What the analyzers find, kept by file: only what changed is looked at again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.analyzers import AnalyzerError, foreign_code
from sphinx_repodoc.analyze.model import RuleFindings
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.problems import Problem, ProblemKind
from sphinx_repodoc.core.rules import TOOL, source_rules, topics_checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.core.model import File
    from sphinx_repodoc.core.store import Store

_ORDER = {topic: index for index, topic in enumerate(Topic)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFindings:
    """What one analyzer says of one file: the form in which the store keeps it."""

    findings: tuple[Finding, ...] = ()
    failure: str = ""
    """Why it found nothing, when it failed on this file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What all analyzers found in a repository."""

    by_file: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    checked_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path to the names of the analyzers that looked at it, sorted."""
    unchecked: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Path to what is to be said of the analyzers that failed on it."""
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def add_unchecked(self, file: File) -> File:
        """The file with what is said of analyzers that failed on it."""
        unchecked = self.unchecked.get(file.entry.path)
        return replace(file, unchecked=unchecked) if unchecked else file

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


_FORM = codec.digest(codec.shape(FileFindings))
"""What another version of ours has stored is found again."""
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
    unchecked: defaultdict[str, list[Problem]] = defaultdict(list)
    rules: dict[str, Rule] = {}
    for name, (analyzer, version) in sorted(analyzers.items()):
        try:
            with foreign_code():
                accepted = {
                    entry.path: f"{entry.sha256} {version} {_FORM}"
                    for entry in entries
                    if analyzer.accepts(entry)
                }
            found = _update_one(store, root, analyzer, accepted, progress)
            rules |= _rules(analyzer, found.values())
        except AnalyzerError as error:
            failed[name] = str(error)
            continue
        for path in accepted:
            each = found[path]
            by_file[path].extend(each.findings)
            if each.failure:
                unchecked[path].append(_problem(name, each.failure))
            else:
                checked[path].append(name)
    return Findings(
        by_file=by_file,
        checked_by={path: tuple(names) for path, names in checked.items()},
        unchecked={path: tuple(problems) for path, problems in unchecked.items()},
        rules=rules,
    )


def _problem(name: str, failure: str) -> Problem:
    return Problem(kind=ProblemKind.UNCHECKED, message=f"The analyzer {name} failed on this file: {failure}.")


def _rules(analyzer: Analyzer, found: Iterable[FileFindings]) -> Mapping[str, Rule]:
    """The rules behind what an analyzer has found.

    :raises AnalyzerError: when it does not know one of them.
    """
    named = {finding.rule for each in found for finding in each.findings}
    if not named:
        return {}
    with foreign_code():
        rules = dict(analyzer.rules(named))
    for name in sorted(named):
        if not isinstance(rules.get(name), Rule):
            message = f"it gives no rule {name!r} for what it finds"
            raise AnalyzerError(message)
    return rules


def _update_one(
    store: Store,
    root: Path,
    analyzer: Analyzer,
    accepted: Mapping[str, str],
    progress: Callable[[str, int], Callable[[int], None]],
) -> dict[str, FileFindings]:
    kind = f"findings {analyzer.name}"
    seen = store.relation_hashes(kind)
    store.drop_relations(kind, seen.keys() - accepted.keys())
    changed = [path for path, key in accepted.items() if seen.get(path) != key]
    if changed:
        report = progress(f"{analyzer.name}: checking", len(changed))
        with foreign_code():
            found = analyzer.find(root, changed)
            kept = {path: _checked(found.get(path, ())) for path in changed}
        report(len(changed))
        store.put_relations(kind, {path: (codec.dumps(each), accepted[path]) for path, each in kept.items()})
    return {path: codec.loads(FileFindings, text) for path, text in store.relations(kind).items()}


def _checked(found: Sequence[Finding] | AnalyzerError) -> FileFindings:
    """Take what an analyzer gives for a file.

    :raises AnalyzerError: when it is something else.
    """
    if isinstance(found, AnalyzerError):
        return FileFindings(failure=str(found) or "it gives no reason")
    findings = tuple(found)
    for each in findings:
        fits = isinstance(each, Finding) and isinstance(each.line, int) and each.line > 0
        if not (fits and isinstance(each.rule, str) and isinstance(each.text, str)):
            message = f"it gives {each!r} for a finding"
            raise AnalyzerError(message)
    return FileFindings(findings=findings)


def iter_unchecked(store: Store, names: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """(path, problem) of the files that these analyzers failed on."""
    for name in names:
        for path, text in sorted(store.relations(f"findings {name}").items()):
            if failure := codec.loads(FileFindings, text).failure:
                yield path, _problem(name, failure)


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
    return replace(findings, by_file=by_file, checked_by=checked, rules={**findings.rules, **own})
