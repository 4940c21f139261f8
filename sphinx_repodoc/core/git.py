"""What git knows of a work tree; the only module that runs git.

Every function says nothing (``None``, empty) when there is no git, no work tree,
its git folder is not used (:func:`refusal` says why): the caller then does
without. Nothing that a repository configures is obeyed, see
:mod:`~sphinx_repodoc.core.git_view`; and what the user configures must not run a
program here (file system monitor, hooks, signatures, pager, transports).
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core import process
from sphinx_repodoc.core.disk import shown_path
from sphinx_repodoc.core.git_folder import GitRefusedError, find_git_folder
from sphinx_repodoc.core.git_view import (
    TIME_LIMIT,
    Settings,
    check_owner,
    find_git,
    head,
    is_cut_off,
    opened,
    user_environment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.git_folder import GitFolder

LINK_MODE = 0o120000
SUBMODULE_MODE = 0o160000

_CONFIG = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.askPass=",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.external=",
    "gpg.program=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "diff.relative=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
_OPTIONS = (
    "--no-pager",
    *(word for setting in _CONFIG for word in ("-c", setting)),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PAGER": "cat",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_SSH_COMMAND": "false",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GitFile:
    """An entry of the work tree."""

    path: str
    """As the operating system takes it, relative to the root that was asked about."""
    mode: int = 0
    """Of the index: 0o100644, 0o100755, :data:`LINK_MODE`, :data:`SUBMODULE_MODE`; 0 when untracked."""
    object: str = ""
    """Object of the index: the pinned commit of a submodule."""


class Commit(NamedTuple):
    """One commit of the log."""

    date: str
    """ISO date."""
    email: bytes
    """Of its author, after ``.mailmap``."""
    name: str
    """Likewise."""
    paths: list[str]
    """The files it touched below the root that was asked about, as in the records."""


@dataclass(frozen=True, slots=True)
class _Git:
    """Git at work on one folder."""

    folder: Path
    git_folder: GitFolder
    environment: Mapping[str, str]

    @property
    def top(self) -> Path:
        return self.git_folder.top

    def run(self, *arguments: str) -> bytes | None:
        """Output of one command; ``None`` when it fails."""
        try:
            done = process.run(
                find_git(self.top),
                self._command(arguments),
                root=self.top,
                environment=self.environment,
                time_limit=TIME_LIMIT,
            )
        except process.ProcessError:
            return None
        return done.output if done.status == 0 else None

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """Output of one command, as it comes.

        :raises ProcessError: when git cannot be run, fails on the way or takes too long.
        """
        return process.stream(
            find_git(self.top),
            self._command(arguments),
            root=self.top,
            environment=self.environment,
            time_limit=TIME_LIMIT,
        )

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [*_OPTIONS, "-C", os.path.realpath(self.folder), *arguments]


def _find(folder: Path) -> tuple[GitFolder, Settings] | None:
    """The git folder for a folder; ``None`` outside of a work tree.

    :raises GitRefusedError: when there is one that is not used.
    """
    found = find_git_folder(folder)
    if found is None:
        return None
    check_owner(found)
    return found, Settings(found)


@contextmanager
def _opened(folder: Path) -> Iterator[_Git | None]:
    """Git for a folder; ``None`` where it says nothing."""
    git = None
    with ExitStack() as stack:
        with suppress(GitRefusedError):
            found = _find(folder)
            if found is not None:
                variables = stack.enter_context(opened(*found))
                git = _Git(folder, found[0], {**user_environment(), **_ENVIRONMENT, **variables})
        yield git


def refusal(folder: Path) -> str:
    """Why the git folder that there is for a folder is not used, as a clause; empty when it is, or there is none."""
    try:
        found = _find(folder)
        if found is not None:
            with opened(*found):
                pass
    except GitRefusedError as error:
        return str(error)
    return ""


def _run(folder: Path, *arguments: str) -> bytes | None:
    """Output of one git command run on a folder; ``None`` when it fails."""
    with _opened(folder) as git:
        return None if git is None else git.run(*arguments)


def worktree_root(path: Path) -> Path | None:
    """Top folder of the work tree that holds a folder."""
    with _opened(path) as git:
        return None if git is None else git.top


def prefix(root: Path) -> str:
    """Path of a folder in its work tree, with a slash at the end; empty for the top.

    It stands before every path of :func:`list_files` in the history and on a forge.
    """
    top = worktree_root(root)
    return shown_path(_prefix(root, top)) if top else ""


def _prefix(root: Path, top: Path) -> str:
    below = os.path.relpath(os.path.realpath(root), top).replace(os.sep, "/")
    return "" if below == "." else f"{below}/"


def is_ignored(root: Path, path: Path) -> bool:
    """Whether the ignore rules of the work tree at ``root`` leave out a path; never for tracked files."""
    place = os.path.abspath(root / path)  # noqa: PTH100 - absolute, or a colon in front would be pathspec magic
    return _run(root, "check-ignore", "-q", "--", place) is not None


def list_files(root: Path) -> tuple[GitFile, ...] | None:
    """Tracked files, then untracked ones that are not ignored, below a folder of a work tree.

    Tracked files may be gone from the disk. A repository inside the work tree
    that is no submodule comes as one untracked entry with :data:`SUBMODULE_MODE`.
    ``None`` when git cannot tell.
    """
    with _opened(root) as git:
        if git is None:
            return None
        tracked = git.run("ls-files", "-z", "--stage", "--cached")
        others = git.run("ls-files", "-z", "--others", "--exclude-standard")
    if tracked is None or others is None:
        return None
    files: dict[str, GitFile] = {}  # a path in conflict has up to three stages
    for record in tracked.split(b"\0")[:-1]:
        head, _, name = record.partition(b"\t")
        mode, digest, _stage = head.decode("ascii").split(" ")
        path = os.fsdecode(name)
        files[path] = GitFile(path=path, mode=int(mode, 8), object=digest)
    for name in others.split(b"\0")[:-1]:
        path = os.fsdecode(name)
        nested = path.endswith("/")
        files.setdefault(path, GitFile(path=path.rstrip("/"), mode=SUBMODULE_MODE if nested else 0))
    return tuple(files.values())


def head_commit(root: Path) -> str | None:
    """Full hash of the commit that is checked out."""
    with suppress(GitRefusedError):
        found = _find(root)
        return head(found[0]) or None if found else None
    return None


def is_shallow(root: Path) -> bool:
    """Whether the history is cut off."""
    with suppress(GitRefusedError):
        found = _find(root)
        return found is not None and is_cut_off(found[0])
    return False


def remote_url(root: Path) -> str | None:
    """Where the repository was cloned from: ``origin``, else the only remote there is.

    As configured: it may hold credentials, which :func:`~sphinx_repodoc.core.forge.detect_forge` drops.
    """
    try:
        found = _find(root)
    except GitRefusedError:
        return None
    if found is None:
        return None
    values = found[1].values
    urls = {
        key[len("remote.") : -len(".url")]: each[0]
        for key, each in values.items()
        if key.startswith("remote.") and key.endswith(".url")
    }
    if "origin" in urls:
        return urls["origin"]
    return next(iter(urls.values())) if len(urls) == 1 else None


def iter_commits(root: Path) -> Iterator[Commit]:
    """Every commit of the history, the youngest first; none for a shallow clone, whose dates would be false.

    Merges count only with the files that differ from all parents, renames are not followed.

    :raises ValueError: when what it prints is no log.
    :raises ProcessError: when git cannot be run, fails on the way or takes too long.
    """
    with _opened(root) as git:
        if git is not None and head(git.git_folder) and not is_cut_off(git.git_folder):
            yield from _read_log(git.stream(*_LOG), os.fsencode(_prefix(root, git.top)))


def _read_log(output: Iterable[bytes], below: bytes) -> Iterator[Commit]:
    """Commits of a log, with their paths below a folder."""
    commit: Commit | None = None
    # The log has ``/date TAB e-mail TAB name`` for each commit, then its paths. Git writes one newline before
    # the first of them, which is no part of its name, or an empty token after the header of a merge.
    for token in _tokens(output):
        if token.startswith(b"/"):  # no path does
            if commit is not None:
                yield commit
            day, email, name = token[1:].split(b"\t", 2)
            commit, first = Commit(day.decode("ascii"), email, name.decode("utf-8", "replace"), []), True
        elif commit is not None:
            path = token.removeprefix(b"\n") if first else token
            first = False
            if path and path.startswith(below):
                commit.paths.append(shown_path(os.fsdecode(path[len(below) :])))
    if commit is not None:
        yield commit


def _tokens(output: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in output:
        *tokens, rest = (rest + chunk).split(b"\0")
        yield from tokens
    yield rest


_LOG = (
    *("log", "-z", "-c", "--no-renames", "--name-only", "--no-color", "--no-notes", "--no-ext-diff"),
    *("--no-textconv", "-O/dev/null", "--date=short", "--format=/%cd%x09%aE%x09%aN", "HEAD", "--"),
)
