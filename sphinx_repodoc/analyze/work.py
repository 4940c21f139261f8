"""The work lists of a repository: what rules found, what comments leave to be done, what nobody tests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.measures import CoverageSum
from sphinx_repodoc.analyze.model import FileNote
from sphinx_repodoc.core.findings import Rule, Topic
from sphinx_repodoc.core.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import FileRelations
    from sphinx_repodoc.core.model import File

SOURCE_ROLES = frozenset({"entry point", "package", "script"})
"""Roles of files that are there to be used; any other role says that a file needs no test of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlaces:
    """What one rule found in the repository."""

    rule: Rule
    places: tuple[tuple[str, int, str], ...]
    """(path, line, what is said of this very place), by path and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFindings:
    """What the rules of one topic found."""

    rules: tuple[RulePlaces, ...] = ()
    """By id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteList:
    """Every note of the repository."""

    notes: tuple[FileNote, ...] = ()
    """By path and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """A report, and how much of the repository it has."""

    path: str
    files: int = 0
    unknown: tuple[str, ...] = ()
    """The names in it that no file of the repository has, sorted."""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Source files that lack something. Paths are sorted."""

    sources: int = 0
    """Files of programs that define something and are there to be used: no tests, examples or generated code."""
    undocumented: tuple[str, ...] = ()
    """Without a description of their own."""
    untested: tuple[str, ...] = ()
    """That no test reaches; empty in a repository without tests."""
    unowned: tuple[str, ...] = ()
    """That no rule of CODEOWNERS names; empty without such a file."""
    measured: tuple[CoverageSum, ...] = ()
    """The files that reports of test coverage have."""
    reports: tuple[CoverageReport, ...] = ()


WORK_LISTS = (TopicFindings, NoteList, Coverage)
"""The records that the store keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLists:
    """All lists."""

    findings: Mapping[Topic, TopicFindings]
    """For every topic, without findings too."""
    notes: NoteList
    coverage: Coverage


def find_work(
    context: Context, relations: Mapping[str, FileRelations], reports: tuple[CoverageReport, ...] = ()
) -> WorkLists:
    """Bring together what the pages of single files say.

    :param relations: by path, sorted.
    :param reports: of test coverage.
    """
    return WorkLists(
        findings={topic: _find_topic(topic, relations) for topic in Topic},
        notes=NoteList(notes=tuple(note for file in context.files.values() for note in notes_of(file))),
        coverage=replace(
            _find_coverage(context, relations), measured=tuple(_measured(relations)), reports=reports
        ),
    )


def notes_of(file: File) -> Iterator[FileNote]:
    """The notes of a file with its path."""
    for note in file.facts.notes:
        yield FileNote(path=file.entry.path, kind=note.kind, line=note.line, text=note.text)


def _find_topic(topic: Topic, relations: Mapping[str, FileRelations]) -> TopicFindings:
    places: defaultdict[Rule, list[tuple[str, int, str]]] = defaultdict(list)
    for path, each in relations.items():
        for found in each.findings:
            if found.rule.topic is topic:
                places[found.rule] += [(path, line, text) for line, text in found.places]
    ranked = sorted(places, key=lambda rule: rule.id)
    return TopicFindings(rules=tuple(RulePlaces(rule=rule, places=tuple(places[rule])) for rule in ranked))


def _find_coverage(context: Context, relations: Mapping[str, FileRelations]) -> Coverage:
    sources = [path for path, each in relations.items() if _is_source(context, each)]
    tested = {path for path in sources if relations[path].tests.direct or relations[path].tests.indirect}
    owned = any(each.owners for each in relations.values())
    return Coverage(
        sources=len(sources),
        undocumented=tuple(path for path in sources if not context.files[path].facts.doc),
        untested=tuple(path for path in sources if path not in tested) if tested else (),
        unowned=tuple(path for path in sources if not relations[path].owners) if owned else (),
    )


def _measured(relations: Mapping[str, FileRelations]) -> Iterator[CoverageSum]:
    for path, each in relations.items():
        if each.coverage is not None and each.coverage.total:
            yield CoverageSum(path=path, hit=each.coverage.hit, total=each.coverage.total)


def _is_source(context: Context, relations: FileRelations) -> bool:
    file = context.files[relations.path]
    is_program = language(file.entry.language).is_code and file.facts.symbols != ()
    return is_program and {role.name for role in relations.roles} <= SOURCE_ROLES
