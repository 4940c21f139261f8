"""Repository to entries: what files there are, what they are, and the digest of each.

The first stage. It is the only one that looks at the disk for files; it opens
regular files alone, follows no link, and reads only what changed since the
scan before. Its result is sorted and depends on nothing but the files.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from sphinx_repodoc.core import git, lfs
from sphinx_repodoc.core.disk import is_decodable, open_regular, raw_path, read_regular, shown_path
from sphinx_repodoc.core.languages import HEAD, identify_language, language
from sphinx_repodoc.core.model import SAMPLED, Entry, EntryKind
from sphinx_repodoc.core.outputs import Outputs
from sphinx_repodoc.core.patterns import Patterns
from sphinx_repodoc.core.problems import Problem, ProblemKind, RepodocError
from sphinx_repodoc.core.symlinks import link_entry
from sphinx_repodoc.core.text import is_binary, is_utf8
from sphinx_repodoc.core.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_RACY_NS = 2_000_000_000
"""Time stamps this young prove nothing: the file may change again within the clock's tick (FAT: 2 s)."""
_CHUNK = 1 << 20
_READ_WHOLE = 1 << 25
"""Bytes up to which a file is read to its end. Of a larger one, its size and both its ends are its identity."""
_LONGEST_LINK = 4096
_NEVER_TRACKED = frozenset({"", ".", "..", ".git"})
"""Parts of paths that git never tracks. An index that was made to have them leads out of the root, or into its git folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions:
    """Which files are taken, and how."""

    include: tuple[str, ...] = ()
    """Patterns as in ``.gitignore``; empty for every file."""
    exclude: tuple[str, ...] = ()
    """Likewise; what matches is left out even when it is included."""
    max_size: int = 1_000_000
    """Bytes up to which a text file is parsed and shown."""
    outputs: tuple[Path, ...] = ()
    """Folders that builds write to; left out unless they hold the root itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a scan found."""

    entries: tuple[Entry, ...]
    """Sorted by path."""
    time_ns: int
    """When it began: to be given to the next scan together with the entries."""
    uses_git: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A listed file before it is looked at."""

    raw: str
    mode: int = 0
    """Of the index of git; 0 for untracked files and without git."""
    commit: str = ""
    error: str = ""


def disk_path(root: Path, path: str) -> Path:
    """Return where the file of an :class:`~sphinx_repodoc.core.model.Entry` is on disk."""
    return root / raw_path(path)


def scan(root: Path, options: ScanOptions, previous: Mapping[str, Entry], previous_time_ns: int = 0) -> Scan:
    """List the repository below ``root`` and say what each entry is.

    :param previous: entries of the scan before by path; those whose file has the
        same size, time and mode are taken over without reading it.
    :param previous_time_ns: ``time_ns`` of that scan.
    :raises RepodocError: when the root is no folder.
    """
    if not root.is_dir():
        message = f"the repository {str(root)!r} is no folder"
        raise RepodocError(message)
    now = time.time_ns()
    outputs = Outputs(root, options.outputs)
    listed = _list_git(root)
    uses_git = listed is not None
    candidates = listed if listed is not None else _list_walk(root, options, outputs)
    # A clock that went back since: only what is older than both times is settled.
    settled = min(previous_time_ns, now) - _RACY_NS
    scanner = _Scanner(root, f"{root}{os.sep}", options, previous, settled)
    entries = {
        entry.path: entry
        for candidate in _select(candidates, options, outputs)
        if (entry := scanner.entry(candidate)) is not None
    }
    return Scan(entries=tuple(entries[path] for path in sorted(entries)), time_ns=now, uses_git=uses_git)


def _list_git(root: Path) -> list[_Candidate] | None:
    """List with git; ``None`` when ``root`` is in no work tree, or in a part that the work tree ignores."""
    worktree = git.worktree_root(root)
    if worktree is None:
        return None
    if root.resolve() != worktree.resolve() and git.is_ignored(worktree, root.resolve()):
        return None
    files = git.list_files(root)
    if files is None:
        return None
    return [
        _Candidate(raw=file.path, mode=file.mode, commit=file.object)
        for file in files
        if _NEVER_TRACKED.isdisjoint(file.path.casefold().split("/"))
    ]


def _list_walk(root: Path, options: ScanOptions, outputs: Outputs) -> Iterator[_Candidate]:
    exclude = Patterns(options.exclude)
    prune = exclude and not exclude.has_exceptions

    def skip(folder: str) -> bool:
        return outputs.covers(folder) or bool(prune and exclude.match(f"{shown_path(folder)}/"))

    for found in walk(str(root), skip):
        mode = git.SUBMODULE_MODE if found.is_repository else 0
        yield _Candidate(raw=found.path, mode=mode, error=found.error)


def _select(candidates: Iterable[_Candidate], options: ScanOptions, outputs: Outputs) -> Iterator[_Candidate]:
    include, exclude = Patterns(options.include), Patterns(options.exclude)
    for candidate in candidates:
        if outputs.covers(_folder_of(candidate.raw)):
            continue
        if include or exclude:
            path = shown_path(candidate.raw) + ("/" if candidate.mode == git.SUBMODULE_MODE else "")
            if (include and not include.match(path)) or exclude.match(path):
                continue
        yield candidate


@dataclass(slots=True)
class _Scanner:
    """Makes entries of candidates. Holds what was learnt about their folders."""

    root: Path
    base: str
    options: ScanOptions
    previous: Mapping[str, Entry]
    settled_ns: int
    real_folders: dict[str, bool] = field(default_factory=lambda: {"": True})

    def entry(self, candidate: _Candidate) -> Entry | None:
        """Entry of a candidate; ``None`` when it is deleted or no part of the tree any more."""
        path = shown_path(candidate.raw)
        if candidate.error:
            return _unreadable(path, f"The folder could not be listed: {candidate.error}.")
        if not self._is_real_folder(_folder_of(candidate.raw)):
            return None
        try:
            entry = self._look(path, candidate)
        except (FileNotFoundError, NotADirectoryError):
            tracked = candidate.mode and candidate.commit
            entry = None if tracked else _vanished(path)
        except OSError as error:
            entry = _unreadable(path, f"The file could not be read: {error.strerror or error}.")
        if entry is None or path == candidate.raw or is_decodable(candidate.raw):
            return entry
        return _with_problem(entry, _UNDECODABLE_NAME)

    def _is_real_folder(self, folder: str) -> bool:
        """Whether a path to a folder has no links on it: git lists what it tracks behind one."""
        unknown = []
        while folder not in self.real_folders:
            unknown.append(folder)
            folder = _folder_of(folder)
        known = self.real_folders[folder]
        for below in reversed(unknown):
            try:
                known = known and stat.S_ISDIR(os.lstat(self._place(below)).st_mode)
            except FileNotFoundError:
                known = False
            except OSError:
                known = True  # its files will say why they cannot be read
            self.real_folders[below] = known
        return known

    def _place(self, raw: str) -> str:
        return f"{self.base}{raw}"

    def _look(self, path: str, candidate: _Candidate) -> Entry | None:
        place = self._place(candidate.raw)
        status = os.lstat(place)
        kind = stat.S_IFMT(status.st_mode)
        if kind == stat.S_IFREG:
            if candidate.mode == git.LINK_MODE:  # a file system without links holds its text
                return link_entry(self.root, path, read_regular(place, _LONGEST_LINK))
            before = self._unchanged(path, status, candidate)
            return before or _read_entry(path, place, self.options.max_size, candidate.mode)
        if kind == stat.S_IFLNK:
            return link_entry(self.root, path, os.fsencode(os.readlink(place)))  # noqa: PTH115
        if kind == stat.S_IFDIR:
            if candidate.mode != git.SUBMODULE_MODE:
                return None
            return Entry(path=path, kind=EntryKind.SUBMODULE, target=candidate.commit)
        what = _SPECIAL.get(kind, "special file")
        problem = Problem(kind=ProblemKind.SPECIAL_FILE, message=f"It is a {what}, which is never opened.")
        return Entry(path=path, kind=EntryKind.SPECIAL, problems=(problem,))

    def _unchanged(self, path: str, status: os.stat_result, candidate: _Candidate) -> Entry | None:
        before = self.previous.get(path)
        if (
            before is None
            or (before.mtime_ns, before.ctime_ns) != (status.st_mtime_ns, status.st_ctime_ns)
            or before.size != status.st_size
            or before.mtime_ns >= self.settled_ns
            or before.executable != _is_executable(status, candidate.mode)
            or not before.sha256
        ):
            return None
        large = before.size > self.options.max_size
        if before.kind is EntryKind.TEXT:
            return None if large else before
        if before.kind is EntryKind.LARGE:
            return before if large and _too_large(self.options.max_size) in before.problems else None
        return before if before.kind in {EntryKind.BINARY, EntryKind.POINTER} else None


_SPECIAL = {
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "character device",
    stat.S_IFBLK: "block device",
}
_UNDECODABLE_NAME = Problem(
    kind=ProblemKind.UNDECODABLE_NAME,
    message="The name is not UTF-8; its undecodable bytes are shown as \\xNN.",
)


def _with_problem(entry: Entry, problem: Problem) -> Entry:
    if problem in entry.problems:
        return entry
    return replace(entry, problems=(*entry.problems, problem))


def _folder_of(raw: str) -> str:
    return raw.rpartition("/")[0]


def _unreadable(path: str, message: str) -> Entry:
    problem = Problem(kind=ProblemKind.UNREADABLE, message=message)
    return Entry(path=path, kind=EntryKind.UNREADABLE, problems=(problem,))


def _vanished(path: str) -> Entry:
    message = "The file was there when the repository was listed and gone when it was read."
    problem = Problem(kind=ProblemKind.VANISHED, message=message)
    return Entry(path=path, kind=EntryKind.UNREADABLE, problems=(problem,))


def _too_large(max_size: int) -> Problem:
    return Problem(
        kind=ProblemKind.TOO_LARGE,
        message=f"The file is larger than the cap of {max_size:,} bytes (repodoc_max_size) and was not parsed.",
    )


def _is_executable(status: os.stat_result, mode: int) -> bool:
    return bool((mode if os.name == "nt" else status.st_mode) & stat.S_IXUSR)


def _read_entry(path: str, place: str, max_size: int, mode: int) -> Entry:
    """Read a regular file: its digest, whether it is text, and its language."""
    descriptor, status = open_regular(place)
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(max_size + 1)
        large = len(data) > max_size
        digest = _digest(stream, data, status.st_size)
    executable = _is_executable(status, mode)
    pointer = lfs.read_pointer(data)
    if pointer is not None:
        return Entry(
            path=path,
            kind=EntryKind.POINTER,
            size=status.st_size,
            mtime_ns=status.st_mtime_ns,
            ctime_ns=status.st_ctime_ns,
            sha256=digest,
            executable=executable,
            target=pointer.object,
            target_size=pointer.size,
        )
    name = identify_language(path, data[:HEAD], executable)
    kind, problems = _classify(data, name, large)
    if kind is EntryKind.LARGE:
        problems = (_too_large(max_size),)
    return Entry(
        path=path,
        kind=kind,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        sha256=digest,
        language=name,
        executable=executable,
        problems=problems,
    )


def _digest(stream: BinaryIO, start: bytes, size: int) -> str:
    """Digest of a file that has been read so far as to ``start``; of both ends and the size when it is very large."""
    digest = hashlib.sha256(start)
    if size <= max(len(start), _READ_WHOLE):
        for _ in range(_READ_WHOLE // _CHUNK + 1):  # a file that grows meanwhile has no end
            digest.update(stream.read(_CHUNK))
        return digest.hexdigest()
    digest = hashlib.sha256(start[:_CHUNK])
    stream.seek(size - _CHUNK)
    digest.update(stream.read(_CHUNK))
    digest.update(b"%d" % size)
    return f"{SAMPLED}{digest.hexdigest()}"


def _classify(data: bytes, name: str, large: bool) -> tuple[EntryKind, tuple[Problem, ...]]:
    """Text or binary: the content decides, for a text may be named like an image."""
    known = language(name)
    if is_binary(data) or (known.is_binary and not is_utf8(data, complete=not large)):
        named_text = bool(name) and not known.is_binary and name not in _BINARY_TOO
        if not named_text or b"\0" not in data:
            return EntryKind.BINARY, ()
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        message = "The file is named as text and holds a NUL byte; it is treated as binary."
        return EntryKind.BINARY, (Problem(kind=ProblemKind.NUL_BYTE, message=message, line=line),)
    return (EntryKind.LARGE if large else EntryKind.TEXT), ()


_BINARY_TOO = frozenset({"xml"})
"""Languages whose names cover binary forms too (property lists)."""
