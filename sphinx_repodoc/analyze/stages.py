"""The stages that only run when something has changed.

Apart from the rest of an update, because loading the parsers and the analyses
takes longer than all that a build with nothing changed has to do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.glossary import cut_glossary
from sphinx_repodoc.analyze.model import History
from sphinx_repodoc.analyze.whole import analyze
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.collector import paused_collector
from sphinx_repodoc.core.coverage import read_report
from sphinx_repodoc.core.disk import read_entry
from sphinx_repodoc.core.history import read_history
from sphinx_repodoc.core.keywords import IndexPlan, cut_index
from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.link import link
from sphinx_repodoc.core.linked import FileImports
from sphinx_repodoc.core.manifests import read_manifests
from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.pool import ParseJob, learn_from, parse_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.analyze.findings import Findings
    from sphinx_repodoc.analyze.repository import RepositoryOptions
    from sphinx_repodoc.analyze.work import WorkLists
    from sphinx_repodoc.core.model import Entry, File
    from sphinx_repodoc.core.store import Store

_LARGEST_READ = 20_000_000
"""Bytes of a manifest or the like."""


def parse(
    store: Store,
    options: RepositoryOptions,
    changed: Mapping[str, Entry],
    now: Mapping[str, Entry],
    progress: Callable[[str, int], Callable[[int], None]],
) -> int:
    """Parse what is new or different, and what it decides; returns how many files that were."""
    macros = _learn_macros(store, options.root, changed)
    fingerprint = codec.digest(" ".join(macros))
    if fingerprint != store.get_meta("macros"):
        family = {path: entry for path, entry in now.items() if entry.language in C_FAMILY}
        changed = {**changed, **family}
    if changed:
        job = ParseJob(options.root, options.time_limit, frozenset(macros), options.check)
        report = progress("parsing", len(changed))
        store.replace_files(parse_entries(job, [*changed.values()], options.workers, report))
    store.set_meta("macros", fingerprint)
    return len(changed)


def _learn_macros(store: Store, root: Path, changed: Mapping[str, Entry]) -> list[str]:
    """Sorted macro names of all C-family files: they decide how each of them is parsed.

    The store has dropped the files that are no more.
    """
    learnt = dict(store.macros())
    for path, entry in changed.items():
        if entry.language in C_FAMILY:
            learnt[path] = learn_from(root, entry)
    return sorted({name for names in learnt.values() for name in names.split()})


@paused_collector()
def relate(store: Store, options: RepositoryOptions, findings: Findings, reports: Mapping[str, str]) -> None:
    """Link and analyze all files as they are in the store, and put there what was found."""
    files: Sequence[File] = tuple(map(findings.add_unchecked, store.iter_files()))
    readable = {file.entry.path for file in files if _is_readable(file.entry)}

    def read(path: str) -> str | None:
        """Text of a file of the repository: manifests and the like."""
        return _read_text(options.root, path) if path in readable else None

    manifests = read_manifests(sorted(readable), read)
    links = link(files, manifests)
    found = analyze(
        files,
        links,
        manifests,
        _history(options, {file.entry.path for file in files}),
        read,
        findings=findings,
        reports=[read_report(path, text) for path, text in reports.items() if path not in readable],
    )
    imports = {path: FileImports(imports=resolved) for path, resolved in links.imports.items()}
    records: Mapping[str, Mapping[str, object]] = {
        "imports": imports,
        "file": found.files,
        "folder": found.folders,
        "book": {"": found.book},
        "work": _work_records(found.work),
    }
    for kind, bodies in records.items():
        texts = {path: codec.dumps(record) for path, record in bodies.items()}
        store.replace_relations(kind, {path: (text, codec.digest(text)) for path, text in texts.items()})
    store.set_meta("glossary", codec.dumps(cut_glossary(found.book.glossary)))
    problems = Counter(kind for file in files for kind in {problem.kind.value for problem in file.problems})
    store.set_meta("problems", "\n".join(f"{kind} {count}" for kind, count in sorted(problems.items())))
    keywords = codec.digest("\n".join(f"{path} {words}" for path, (_, words) in store.file_hashes().items()))
    if keywords != store.get_meta("keywords"):
        store.set_meta("keywords", keywords)
        store.set_meta("index", codec.dumps(_index_with_digests(store)))


def _is_readable(entry: Entry) -> bool:
    """Whether the analyses may read a file as text: lock files, for example, are often over the cap."""
    return (
        bool(entry.sha256) and entry.kind in {EntryKind.TEXT, EntryKind.LARGE} and entry.size <= _LARGEST_READ
    )


def _work_records(work: WorkLists) -> dict[str, object]:
    """The lists that hold anything, so that their presence tells which pages there are."""
    topics = {topic.value: found for topic, found in work.findings.items() if found.rules}
    notes = {"notes": work.notes} if work.notes.notes else {}
    listed = work.coverage.sources or work.coverage.reports
    coverage = {"coverage": work.coverage} if listed else {}
    return {**topics, **notes, **coverage}


def _index_with_digests(store: Store) -> IndexPlan:
    plan = cut_index(store.sort_keys())
    parts = []
    for part in plan.parts:
        rows = store.symbols_between(part.low, part.high)
        shown = "\n".join(f"{row.name}\t{row.kind}\t{row.path}\t{row.anchor}" for row in rows)
        parts.append(replace(part, digest=codec.digest(shown)))
    return IndexPlan(tuple(parts))


def _history(options: RepositoryOptions, paths: Container[str]) -> dict[str, History]:
    found = read_history(options.root, paths) if options.history else {}
    return {
        path: History(
            created=each.created,
            last_changed=each.last_changed,
            commits=each.commits,
            authors=len(each.authors),
            names=each.authors if options.show_authors else (),
            partners=each.partners,
        )
        for path, each in found.items()
    }


def _read_text(root: Path, path: str) -> str | None:
    try:
        return read_entry(root, path).decode("utf-8", "replace")
    except OSError:
        return None  # it vanished since the scan: the next build sees that
