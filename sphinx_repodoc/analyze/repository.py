"""Brings the store up to date with a repository: every stage, on what changed.

Called once a build, before Sphinx reads anything, and by the command line.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc import __version__
from sphinx_repodoc.analyze import analyze
from sphinx_repodoc.analyze.findings import update_findings, versions
from sphinx_repodoc.analyze.glossary import cut_glossary
from sphinx_repodoc.analyze.model import Book, FileRelations, FolderRelations, History
from sphinx_repodoc.analyze.work import WORK_LISTS
from sphinx_repodoc.core import codec, git
from sphinx_repodoc.core.coverage import LARGEST, read_report
from sphinx_repodoc.core.disk import read_entry, read_regular
from sphinx_repodoc.core.history import read_history
from sphinx_repodoc.core.keywords import IndexPlan, cut_index
from sphinx_repodoc.core.link import link
from sphinx_repodoc.core.linked import FileImports
from sphinx_repodoc.core.manifests import read_manifests
from sphinx_repodoc.core.parse import parser_versions
from sphinx_repodoc.core.pool import C_FAMILY, ParseJob, digest, learn_from, parse_entries
from sphinx_repodoc.core.scan import ScanOptions, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.analyze.findings import Findings
    from sphinx_repodoc.analyze.work import WorkLists
    from sphinx_repodoc.core.model import Entry, File
    from sphinx_repodoc.core.store import Store

ANALYSIS = "5"
"""Raised when the analyses find other facts in the same files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryOptions:
    """How a repository is read. Equal options and equal files give equal facts."""

    root: Path
    scan: ScanOptions = field(default_factory=ScanOptions)
    time_limit: float = 10.0
    history: bool = True
    show_authors: bool = False
    """Whether people are named."""
    workers: int = 1
    analyzers: tuple[Analyzer, ...] = ()
    coverage: tuple[str, ...] = ()
    """Paths of reports of test coverage that need not be files of the repository, from the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What an update found and did."""

    files: int
    parsed: int
    removed: int
    analyzed: bool
    """False when nothing that the analyses read had changed."""
    problems: Mapping[str, int] = field(default_factory=dict)
    """Problem kind to number of files that have it, sorted by kind."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """Name of an analyzer to why it found nothing."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Path of a report of test coverage that was asked for to why it was not read."""

    def failures(self) -> Iterator[str]:
        """Say of each analyzer that failed what that means."""
        for name, reason in self.failed.items():
            yield f"the analyzer {name!r} found nothing: {reason}"


def no_progress(_stage: str, _total: int) -> Callable[[int], None]:
    """Report nothing."""
    return lambda _count: None


def update_repository(
    store: Store,
    options: RepositoryOptions,
    progress: Callable[[str, int], Callable[[int], None]] = no_progress,
) -> Update:
    """Make the store hold the facts of the repository as it is now, in one transaction.

    :param progress: called with the name of a stage and its number of files;
        gives the function that is told how many more of them are done.
    """
    with store.transaction():
        before = store.entries()
        trusted = before if store.get_meta("parser") == _parser(options) else {}
        found = scan(options.root, options.scan, trusted, int(store.get_meta("scanned") or 0))
        now = {entry.path: entry for entry in found.entries}
        removed = before.keys() - now.keys()
        store.drop_files(removed)
        parsed = _parse_changed(store, options, before, now, progress)
        store.set_meta("scanned", str(found.time_ns))
        failed: dict[str, str] = {}
        usable = versions(options.analyzers, failed)
        unread: dict[str, str] = {}
        reports = _coverage_texts(options, unread)
        inputs = _analysis_inputs(store, options, usable, reports)
        analyzed = inputs != store.get_meta("analyzed")
        if analyzed:
            unusable = len(failed)
            findings = _find(store, options, usable, failed, progress)
            _analyze(store, options, findings, reports)
            # one that failed on the way is tried again by the next build
            store.set_meta("analyzed", inputs if len(failed) == unusable else "")
    return Update(
        files=len(now),
        parsed=parsed,
        removed=len(removed),
        analyzed=analyzed,
        problems=_count_problems(store),
        failed=failed,
        unread=unread,
    )


def _coverage_texts(options: RepositoryOptions, unread: dict[str, str]) -> dict[str, str]:
    """Path to text of the reports that were asked for."""
    texts = {}
    for path in options.coverage:
        try:
            data = read_regular(str(options.root / path), LARGEST + 1)
        except OSError as error:
            unread[path] = error.strerror or str(error)
        else:
            texts[path] = data.decode("utf-8", "replace")
    return texts


def _find(
    store: Store,
    options: RepositoryOptions,
    usable: Mapping[str, str],
    failed: dict[str, str],
    progress: Callable[[str, int], Callable[[int], None]],
) -> Findings:
    analyzers = {each.name: (each, usable[each.name]) for each in options.analyzers if each.name in usable}
    return update_findings(store, options.root, analyzers, failed=failed, progress=progress)


def _parse_changed(
    store: Store,
    options: RepositoryOptions,
    before: Mapping[str, Entry],
    now: Mapping[str, Entry],
    progress: Callable[[str, int], Callable[[int], None]],
) -> int:
    """Parse what is new or different; returns how many files that were."""
    known = store.get_meta("parser") == _parser(options)
    changed = {
        path: entry
        for path, entry in now.items()
        if not known or path not in before or not _is_unchanged(before[path], entry)
    }
    store.replace_entries(
        entry for path, entry in now.items() if path not in changed and before[path] != entry
    )
    macros = _learn_macros(store, options.root, changed, now)
    if digest(" ".join(macros)) != store.get_meta("macros"):
        changed |= {path: entry for path, entry in now.items() if entry.language in C_FAMILY}
    if changed:
        job = ParseJob(options.root, options.time_limit, frozenset(macros))
        report = progress("parsing", len(changed))
        store.replace_files(parse_entries(job, [*changed.values()], options.workers, report))
    store.set_meta("parser", _parser(options))
    store.set_meta("macros", digest(" ".join(macros)))
    return len(changed)


def _parser(options: RepositoryOptions) -> str:
    """Everything but the files that decides what is found in them."""
    return f"{__version__} {parser_versions()} {options.time_limit} {sys.version_info[:2]}"


def _is_unchanged(before: Entry, now: Entry) -> bool:
    """Whether the content is the same; its times say nothing about that."""
    return before == now or before == replace(now, mtime_ns=before.mtime_ns, ctime_ns=before.ctime_ns)


def _learn_macros(
    store: Store, root: Path, changed: Mapping[str, Entry], now: Mapping[str, Entry]
) -> list[str]:
    """Sorted macro names of all C-family files: they decide how each of them is parsed."""
    learnt = {path: names for path, names in store.macros().items() if path in now}
    for path, entry in changed.items():
        if entry.language in C_FAMILY:
            learnt[path] = learn_from(root, entry)
    return sorted({name for names in learnt.values() for name in names.split()})


def _analysis_inputs(
    store: Store, options: RepositoryOptions, analyzers: Mapping[str, str], reports: Mapping[str, str]
) -> str:
    """Digest of everything that the analyses read."""
    head = git.head_commit(options.root) if options.history else None
    hashes = "\n".join(f"{path} {facts}" for path, (facts, _) in store.file_hashes().items())
    shapes = [codec.shape(kind) for kind in (FileImports, FileRelations, FolderRelations, Book, *WORK_LISTS)]
    asked = {path: digest(text) for path, text in reports.items()}
    how = f"{options.history} {options.show_authors}\n{analyzers}\n{asked}"
    return digest(f"{__version__} {ANALYSIS} {shapes}\n{head}\n{how}\n{hashes}")


def _analyze(
    store: Store, options: RepositoryOptions, findings: Findings, reports: Mapping[str, str]
) -> None:
    files: Sequence[File] = tuple(store.iter_files())
    readable = {file.entry.path for file in files if file.entry.sha256}

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
        store.replace_relations(kind, {path: (text, digest(text)) for path, text in texts.items()})
    store.set_meta("glossary", codec.dumps(cut_glossary(found.book.glossary)))
    problems = Counter(kind for file in files for kind in {problem.kind.value for problem in file.problems})
    store.set_meta("problems", "\n".join(f"{kind} {count}" for kind, count in sorted(problems.items())))
    keywords = digest("\n".join(f"{path} {words}" for path, (_, words) in store.file_hashes().items()))
    if keywords != store.get_meta("keywords"):
        store.set_meta("keywords", keywords)
        store.set_meta("index", codec.dumps(_index_with_digests(store)))


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
        parts.append(replace(part, digest=digest(shown)))
    return IndexPlan(tuple(parts))


def read_plan(store: Store, name: str) -> IndexPlan:
    """How the keyword index (``index``) or the ``glossary`` is cut into pages."""
    return codec.loads(IndexPlan, store.get_meta(name) or "[[]]")


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


def _count_problems(store: Store) -> dict[str, int]:
    lines: Iterable[str] = store.get_meta("problems").splitlines()
    return {kind: int(count) for kind, _, count in (line.rpartition(" ") for line in lines)}
