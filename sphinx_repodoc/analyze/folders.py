"""What the pages of a folder show: sums, rankings and flows over its subtree."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.commands import commands_for_folder, commands_for_tests
from sphinx_repodoc.analyze.concepts import FolderConcepts, UsedSymbol, folder_concepts
from sphinx_repodoc.analyze.coupling import find_coupling
from sphinx_repodoc.analyze.coverage import sum_coverage
from sphinx_repodoc.analyze.flows import Flows, find_flows
from sphinx_repodoc.analyze.folder_roles import folder_roles
from sphinx_repodoc.analyze.importance import find_importance
from sphinx_repodoc.analyze.model import Child, FileNote, FolderRelations, HotSpot
from sphinx_repodoc.analyze.paths import ancestors, folder_of, name_of
from sphinx_repodoc.analyze.purpose import folder_purpose, readme_of
from sphinx_repodoc.analyze.sums import count_findings
from sphinx_repodoc.analyze.tests_of import is_run_for
from sphinx_repodoc.analyze.totals import Ranking, Totals, language_shares, rank_by_folder, sum_up
from sphinx_repodoc.analyze.work import notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.analyze.architecture import Architecture
    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.coverage import CoverageMap
    from sphinx_repodoc.analyze.model import Command, FileRelations, Role
    from sphinx_repodoc.analyze.ownership import Ownership
    from sphinx_repodoc.analyze.runners import Runner
    from sphinx_repodoc.analyze.tests_of import TestMap


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderInputs:
    """What the analyses of files have found, as far as folders show it."""

    roles: Mapping[str, tuple[Role, ...]]
    architecture: Architecture
    tests: TestMap
    runner: Callable[[str], Runner | None]
    ownership: Ownership
    used: tuple[UsedSymbol, ...]
    coverage: CoverageMap
    files: Mapping[str, FileRelations]


def find_folders(context: Context, inputs: FolderInputs) -> dict[str, FolderRelations]:
    """Path of every folder, the root too, to its facts."""
    totals = sum_up(context, inputs.roles)
    roles = {folder: folder_roles(folder, totals[folder], context) for folder in context.folders}
    purposes = {folder: folder_purpose(folder, context) for folder in context.folders}
    flows = find_flows(edge for edges in context.outgoing.values() for edge in edges if edge.at_load)
    concepts = folder_concepts(inputs.used)
    important = rank_by_folder(find_importance(context, inputs.architecture), context)
    changed = rank_by_folder(((path, (h.commits,)) for path, h in context.history.items()), context)
    spots = {path: spot for path in context.history if (spot := _hot_spot(path, context))}
    hot = rank_by_folder(((path, (each.commits * each.complexity,)) for path, each in spots.items()), context)
    commands = _find_commands(context, inputs)
    coupling = find_coupling(context, inputs.architecture)
    findings = count_findings(inputs.files)
    coverage = sum_coverage(inputs.coverage.files)
    found = {}
    for folder in context.folders:
        total, below = totals[folder], context.subfolders.get(folder, ())
        owners, owners_at = inputs.ownership.of_folder(folder)
        readme = readme_of(folder, context)
        flow, concept = flows.get(folder, Flows()), concepts.get(folder, FolderConcepts((), 0))
        most_important, most_changed = important.get(folder, Ranking()), changed.get(folder, Ranking())
        hottest = hot.get(folder, Ranking())
        found[folder] = FolderRelations(
            path=folder,
            purpose=purposes[folder][0],
            purpose_at=purposes[folder][1],
            readme=readme,
            readme_sha256=context.files[readme].entry.sha256 if readme else "",
            roles=roles[folder],
            folders=tuple(_folder_row(f, totals[f], purposes[f][0], roles[f]) for f in below),
            files=tuple(_file_row(path, context, inputs) for path in context.names.get(folder, ())),
            total_files=total.files,
            total_lines=total.lines,
            total_symbols=total.symbols,
            languages=language_shares(total),
            concepts=concept.top,
            concepts_total=concept.total,
            inner=flow.inner,
            outward=flow.outward,
            inward=flow.inward,
            coupling=coupling.get(folder),
            findings=findings.below(folder),
            findings_here=findings.directly_in(folder),
            important=most_important.top,
            important_total=most_important.total,
            changed=most_changed.top,
            changed_total=most_changed.total,
            hot=tuple(spots[each.path] for each in hottest.top),
            hot_total=hottest.total,
            commands=commands.get(folder, ()),
            coverage=coverage.get(folder, ()),
            owners=owners,
            owners_at=owners_at,
            licenses=() if folder else _count_licenses(context, inputs.ownership),
            notes=_notes_in(folder, context),
            notes_below=tuple((f, totals[f].notes) for f in below if totals[f].notes),
        )
    return found


def _hot_spot(path: str, context: Context) -> HotSpot | None:
    """Nothing for a file that is gone, or that has no functions."""
    file = context.files.get(path)
    complexity = sum(symbol.complexity for symbol in file.facts.symbols) if file else 0
    if not complexity:
        return None
    return HotSpot(path=path, commits=context.history[path].commits, complexity=complexity)


def _folder_row(folder: str, total: Totals, purpose: str, roles: tuple[Role, ...]) -> Child:
    return Child(
        name=name_of(folder),
        path=folder,
        purpose=purpose,
        kind="folder",
        size=total.size,
        lines=total.lines,
        files=total.files,
        symbols=total.symbols,
        roles=tuple(role.name for role in roles),
        problems=total.problems,
    )


def _file_row(path: str, context: Context, inputs: FolderInputs) -> Child:
    file = context.files[path]
    return Child(
        name=name_of(path),
        path=path,
        purpose=file.facts.doc,
        language=file.entry.language,
        kind=file.entry.kind.value,
        size=file.entry.size,
        lines=file.facts.lines.total,
        symbols=file.keywords,
        roles=tuple(role.name for role in inputs.roles[path]),
        problems=len(file.problems),
    )


def _count_licenses(context: Context, ownership: Ownership) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(
        (name, "" if at.startswith(f"{path}:") else at)
        for path in context.files
        for name, at in [ownership.license_of(path)]
        if at
    )
    return tuple(
        (name, at, files)
        for (name, at), files in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def _notes_in(folder: str, context: Context) -> tuple[FileNote, ...]:
    return tuple(note for path in context.names.get(folder, ()) for note in notes_of(context.files[path]))


def _find_commands(context: Context, inputs: FolderInputs) -> dict[str, tuple[Command, ...]]:
    """Folder to the commands that run the tests below it, or the direct tests of its files."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for test in inputs.tests.runnable:
        for folder in ancestors(folder_of(test)):
            below[folder].append(test)
    found = {folder: commands_for_folder(folder, paths, inputs.runner) for folder, paths in below.items()}
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for path, links in inputs.tests.direct.items():
        for folder in ancestors(folder_of(path)):
            if folder not in below:
                direct[folder].update(
                    link.path for link in links if is_run_for(folder, link.path, inputs.roles)
                )
    for folder in direct.keys() & set(context.folders):
        found[folder] = commands_for_tests(f"{folder}/", sorted(direct[folder]), inputs.runner)
    return found
