"""Brings the store up to date with a repository: every stage, on what changed.

Called once a build, before Sphinx reads anything, and by the command line.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc import __version__
from sphinx_repodoc.analyze.analyzers import usable_versions
from sphinx_repodoc.analyze.model import Book, FileRelations, FolderRelations
from sphinx_repodoc.analyze.work import WORK_LISTS
from sphinx_repodoc.core import codec, git
from sphinx_repodoc.core.coverage import LARGEST
from sphinx_repodoc.core.disk import read_regular
from sphinx_repodoc.core.keywords import IndexPlan
from sphinx_repodoc.core.linked import FileImports
from sphinx_repodoc.core.parser_versions import parser_versions
from sphinx_repodoc.core.problems import no_problems
from sphinx_repodoc.core.scan import ScanOptions, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.core.model import Entry
    from sphinx_repodoc.core.problems import Problem
    from sphinx_repodoc.core.store import Store

ANALYSIS = "6"
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
    check: Callable[[str, bytes], tuple[Problem, ...]] = no_problems
    """What else may be wrong with the text of a file, by its path; called where files are parsed."""
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
    without_git: str = ""
    """Why the git folder that there is was not used, as a clause."""

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
        is_known = store.get_meta("parser") == _parser(options)
        trusted = before if is_known else {}
        found = scan(options.root, options.scan, trusted, int(store.get_meta("scanned") or 0))
        now = {entry.path: entry for entry in found.entries}
        removed = before.keys() - now.keys()
        store.drop_files(removed)
        changed = {
            path: e for path, e in now.items() if path not in trusted or not _is_same(trusted[path], e)
        }
        store.replace_entries(
            entry for path, entry in now.items() if path not in changed and before[path] != entry
        )
        parsed = 0
        if changed or removed:
            from sphinx_repodoc.analyze.stages import parse  # noqa: PLC0415 (it takes long to load)

            parsed = parse(store, options, changed, now, progress)
        store.set_meta("parser", _parser(options))
        store.set_meta("scanned", str(found.time_ns))
        failed: dict[str, str] = {}
        usable = usable_versions(options.analyzers, failed)
        unread: dict[str, str] = {}
        reports = _coverage_texts(options, unread)
        inputs = _analysis_inputs(store, options, usable, reports)
        analyzed = inputs != store.get_meta("analyzed")
        if analyzed:
            from sphinx_repodoc.analyze.findings import update_findings  # noqa: PLC0415 (it takes long to load)
            from sphinx_repodoc.analyze.stages import relate  # noqa: PLC0415 (as that does)

            unusable = len(failed)
            analyzers = {
                each.name: (each, usable[each.name]) for each in options.analyzers if each.name in usable
            }
            findings = update_findings(store, options.root, analyzers, failed=failed, progress=progress)
            relate(store, options, findings, reports)
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
        without_git="" if found.uses_git else git.refusal(options.root),
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


def _parser(options: RepositoryOptions) -> str:
    """Everything but the files that decides what is found in them."""
    return f"{__version__} {parser_versions()} {options.time_limit} {sys.version_info[:2]}"


def _is_same(before: Entry, now: Entry) -> bool:
    """Whether the content is the same; its times say nothing about that."""
    return before == now or before == replace(now, mtime_ns=before.mtime_ns, ctime_ns=before.ctime_ns)


def _analysis_inputs(
    store: Store, options: RepositoryOptions, analyzers: Mapping[str, str], reports: Mapping[str, str]
) -> str:
    """Digest of everything that the analyses read."""
    head = git.head_commit(options.root) if options.history else None
    hashes = "\n".join(f"{path} {facts}" for path, (facts, _) in store.file_hashes().items())
    shapes = [codec.shape(kind) for kind in (FileImports, FileRelations, FolderRelations, Book, *WORK_LISTS)]
    asked = {path: codec.digest(text) for path, text in reports.items()}
    how = f"{options.history} {options.show_authors}\n{analyzers}\n{asked}"
    return codec.digest(f"{__version__} {ANALYSIS} {shapes}\n{head}\n{how}\n{hashes}")


def read_plan(store: Store, name: str) -> IndexPlan:
    """How the keyword index (``index``) or the ``glossary`` is cut into pages."""
    return codec.loads(IndexPlan, store.get_meta(name) or "[[]]")


def _count_problems(store: Store) -> dict[str, int]:
    lines: Iterable[str] = store.get_meta("problems").splitlines()
    return {kind: int(count) for kind, _, count in (line.rpartition(" ") for line in lines)}
