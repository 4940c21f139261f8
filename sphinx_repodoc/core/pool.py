"""Parses many files in worker processes, which a hostile file may take down and no more.

Entered with entries of the scan, leaves with records ready for the store.
Everything costly (decoding, parsing, encoding for the store) happens in the worker.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.disk import read_entry
from sphinx_repodoc.core.keywords import sort_key
from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.model import Entry, EntryKind, Facts
from sphinx_repodoc.core.names import symbol_anchors
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.cfamily import learn_macros
from sphinx_repodoc.core.problems import Problem, ProblemKind, no_problems
from sphinx_repodoc.core.process import safe_python
from sphinx_repodoc.core.store import StoredFile, SymbolRow
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

if sys.platform == "linux":
    import resource

CHUNK_BYTES = 2_000_000
"""Source in one task: large enough that a task costs more than its hand-over."""
SERIAL_BYTES = 500_000
"""Up to this much source is parsed in this process where processes cannot be forked: others take a second
to start."""
MEMORY, MEMORY_PER_BYTE = 1_000_000_000, 400
"""Bytes that a worker may have, and bytes of it for each of the largest file. There are texts of a page
for which a parser would ask for more than the machine has, within one step that nothing interrupts."""


_HALF = Problem(
    kind=ProblemKind.UNDECODABLE,
    message="An escape in the text names half of a character (a lone surrogate), which is shown as U+FFFD.",
)


@dataclass(frozen=True, slots=True)
class ParseJob:
    """What a worker needs besides the files."""

    root: Path
    time_limit: float
    """Seconds of CPU that a file may take in the parser, as the last guard."""
    macros: frozenset[str] = frozenset()
    check: Callable[[str, bytes], tuple[Problem, ...]] = no_problems
    """What else may be wrong with the text of a file, by its path. It is sent to the workers by its name."""


def parse_entries(
    job: ParseJob, entries: Sequence[Entry], workers: int, progress: Callable[[int], None]
) -> Iterator[StoredFile]:
    """Parse these entries; the order of the results is not that of the entries.

    A worker that ends abnormally costs the file that ended it its facts
    (:attr:`ProblemKind.PARSER_CRASH`) and no other.

    :param progress: called with the number of files done since the last call.
    """
    if not _CAN_FORK and sum(entry.size for entry in entries) <= SERIAL_BYTES:
        for entry in entries:
            yield parse_entry(job, entry)
            progress(1)
        return
    broken: list[list[Entry]] = []
    tasks = list(_chunks(entries))
    with _pool(min(workers, len(tasks)), entries) as pool:
        with safe_python():  # the first call starts the workers
            chunks = {pool.submit(_parse_chunk, job, chunk): chunk for chunk in tasks}
        for future in as_completed(chunks):
            if _crashed(future):  # the one that ended the worker, and all that waited with it
                broken.append(chunks[future])
                continue
            yield from future.result()
            progress(len(chunks[future]))
    for chunk in broken:
        yield from _parse_apart(job, chunk)
        progress(len(chunk))


def parse_entry(job: ParseJob, entry: Entry) -> StoredFile:
    """Read and parse one file; whatever is wrong with it is in its facts."""
    if entry.kind is not EntryKind.TEXT:
        return stored_file(entry, Facts())
    try:
        data = read_entry(job.root, entry.path)
    except OSError as error:
        problem = Problem(
            kind=ProblemKind.VANISHED, message=f"It could not be read again: {error.strerror or error}."
        )
        return stored_file(replace(entry, sha256=""), Facts(problems=(problem,)))
    decoded = decode(data, entry.language)
    facts = parse_text(
        decoded.text, entry.language, path=entry.path, time_limit=job.time_limit, macros=job.macros
    )
    problems = decoded.problems + facts.problems + job.check(entry.path, decoded.text)
    facts = replace(facts, encoding=decoded.encoding, problems=problems)
    entry = replace(entry, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    macros = learn_macros(decoded.text) if entry.language in C_FAMILY else frozenset()
    return stored_file(entry, facts, " ".join(sorted(macros)))


def learn_from(root: Path, entry: Entry) -> str:
    """Macro names that one file defines, as the store keeps them; nothing where it cannot be read."""
    try:
        data = read_entry(root, entry.path)
    except OSError:
        return ""  # the parser will meet the same error and record it
    return " ".join(sorted(learn_macros(decode(data, entry.language).text)))


def stored_file(entry: Entry, facts: Facts, macros: str = "") -> StoredFile:
    """Encode an entry and its facts for the store."""
    raw = codec.dumps_raw(facts)
    text = codec.valid(raw)
    if text is not raw:
        facts = codec.loads(Facts, text)
        facts = replace(facts, problems=(*facts.problems, _HALF))
        text = codec.dumps(facts)
    anchors = symbol_anchors(facts.symbols)
    rows = tuple(
        SymbolRow(
            path=entry.path,
            line=s.line,
            end_line=s.end_line,
            name=s.name,
            sort="" if s.local else sort_key(s.name),
            qualname=s.qualname,
            kind=s.kind,
            anchor=anchor,
        )
        for s, anchor in zip(facts.symbols, anchors, strict=True)
    )
    shown = codec.dumps(replace(entry, mtime_ns=0, ctime_ns=0)) + text
    keywords = "\n".join(f"{row.name}\t{row.kind}\t{row.anchor}" for row in rows)
    return StoredFile(entry, text, codec.digest(shown), codec.digest(keywords), rows, macros)


def _parse_chunk(job: ParseJob, entries: Sequence[Entry]) -> list[StoredFile]:
    return [parse_entry(job, entry) for entry in entries]


def _parse_apart(job: ParseJob, entries: Sequence[Entry]) -> list[StoredFile]:
    """Parse in a process of its own, which these files may take down; then one by one."""
    with _pool(1, entries) as pool:
        with safe_python():
            future = pool.submit(_parse_chunk, job, entries)
        if not _crashed(future):
            return future.result()
    if len(entries) > 1:
        return [file for entry in entries for file in _parse_apart(job, [entry])]
    problem = Problem(kind=ProblemKind.PARSER_CRASH, message="The parser ended abnormally on this file.")
    return [stored_file(entries[0], Facts(problems=(problem,)))]


def _crashed(future: Future[list[StoredFile]]) -> bool:
    return isinstance(future.exception(), (BrokenProcessPool, MemoryError))


_CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
"""Forked workers have the grammars loaded and start at once."""


def _pool(workers: int, entries: Iterable[Entry]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("fork" if _CAN_FORK else "spawn")
    # what is over the size cap, and may be as large as a disk, is read by nobody
    largest = max((entry.size for entry in entries if entry.kind is EntryKind.TEXT), default=0)
    memory = MEMORY + MEMORY_PER_BYTE * largest
    return ProcessPoolExecutor(workers, mp_context=context, initializer=limit_memory, initargs=(memory,))


def limit_memory(further: int) -> None:
    """Let this process have so many bytes more than it has now, where the system can see to that."""
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + further
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Cut entries into tasks of about equal bytes, the largest files first."""
    by_size = sorted(entries, key=lambda entry: (-entry.size, entry.path))
    chunk: list[Entry] = []
    total = 0
    for entry in by_size:
        if chunk and total + entry.size > CHUNK_BYTES:
            yield chunk
            chunk, total = [], 0
        chunk.append(entry)
        total += entry.size
    if chunk:
        yield chunk
