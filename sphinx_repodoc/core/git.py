"""What git knows of a work tree; the only module that runs git.

Every function says nothing (``None``, empty) when there is no git, no work tree,
or git refuses it: the caller then does without. Nothing that a repository
configures is executed: the commands used here read only the index, the
ignore files and the history, and what could still run a program for them (file
system monitor, hooks, signatures, pager, transports of partial clones) is off.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core import process
from sphinx_repodoc.core.disk import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TIMEOUT = 120.0
"""Seconds that one call of git may take; the history of a large repository takes a few."""

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
    "LC_ALL": "C",
}
_KEPT = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
"""Variables of git that the user sets to be obeyed. The others come from a hook or an alias that runs us."""


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


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(_KEPT) and name != "GIT_CONFIG_PARAMETERS"
    }
    return kept | _ENVIRONMENT


def _top(folder: Path) -> Path:
    """The nearest folder at or above this one in which git keeps anything; else the folder itself."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - links are git's to resolve
    return next((each for each in (here, *here.parents) if os.path.lexists(each / ".git")), here)


def _program(top: Path) -> str:
    return process.find_program("git", process.search_path(top))


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    return [*_OPTIONS, "-C", os.path.abspath(folder), *arguments]  # noqa: PTH100 - git resolves links itself


def _run(folder: Path, *arguments: str) -> bytes | None:
    """Output of one git command run on a folder; ``None`` when it fails."""
    top = _top(folder)
    try:
        done = process.run(
            _program(top),
            _command(folder, arguments),
            root=top,
            environment=_environment(),
            time_limit=TIMEOUT,
        )
    except process.ProcessError:
        return None
    return done.output if done.status == 0 else None


def _line(output: bytes | None) -> str:
    return os.fsdecode(output.removesuffix(b"\n").removesuffix(b"\r")) if output else ""


def worktree_root(path: Path) -> Path | None:
    """Top folder of the work tree that holds a folder.

    A repository whose configuration puts its work tree somewhere else
    (``core.worktree``) has none for us: it could claim the whole disk.
    """
    found = _line(_run(path, "rev-parse", "--show-toplevel"))
    if not found:
        return None
    root = Path(found)
    here = path.resolve()
    is_above = root.resolve() in (here, *here.parents)
    return root if is_above and os.path.lexists(root / ".git") else None


def prefix(root: Path) -> str:
    """Path of a folder in its work tree, with a slash at the end; empty for the top.

    It stands before every path of :func:`list_files` in the history and on a forge.
    """
    return shown_path(_prefix(root))


def _prefix(root: Path) -> str:
    return _line(_run(root, "rev-parse", "--show-prefix"))


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
    tracked = _run(root, "ls-files", "-z", "--stage", "--cached")
    others = _run(root, "ls-files", "-z", "--others", "--exclude-standard")
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
    return _line(_run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")) or None


def is_shallow(root: Path) -> bool:
    """Whether the history is cut off."""
    return _line(_run(root, "rev-parse", "--is-shallow-repository")) == "true"


def remote_url(root: Path) -> str | None:
    """Where the repository was cloned from: ``origin``, else the only remote there is.

    As configured: it may hold credentials, which :func:`~sphinx_repodoc.core.forge.detect_forge` drops.
    """
    output = _run(root, "config", "-z", "--get-regexp", r"^remote\..*\.url$") or b""
    urls: dict[str, str] = {}
    for record in output.split(b"\0")[:-1]:
        key, _, url = os.fsdecode(record).partition("\n")
        urls.setdefault(key[len("remote.") : -len(".url")], url)
    if "origin" in urls:
        return urls["origin"]
    return next(iter(urls.values())) if len(urls) == 1 else None


def iter_commits(root: Path) -> Iterator[Commit]:
    """Every commit of the history, the youngest first; none for a shallow clone, whose dates would be false.

    Merges count only with the files that differ from all parents, renames are not followed.

    :raises ValueError: when what it prints is no log.
    :raises ProcessError: when git cannot be run, fails on the way or takes too long.
    """
    if head_commit(root) is None or is_shallow(root):
        return
    below = os.fsencode(_prefix(root))
    commit: Commit | None = None
    # The log has ``/date TAB e-mail TAB name`` for each commit, then its paths. Git writes one newline before
    # the first of them, which is no part of its name, or an empty token after the header of a merge.
    for token in _iter_log(root):
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


def _iter_log(root: Path) -> Iterator[bytes]:
    """Tokens of one log of the whole history, as git streams them.

    :raises ProcessError: when git cannot be run, fails on the way or takes too long.
    """
    top = _top(root)
    chunks = process.stream(
        _program(top),
        _command(root, _LOG),
        root=top,
        environment=_environment(),
        time_limit=TIMEOUT,
    )
    rest = b""
    for chunk in chunks:
        *tokens, rest = (rest + chunk).split(b"\0")
        yield from tokens
    yield rest


_LOG = (
    *("log", "-z", "-c", "--no-renames", "--name-only", "--no-color", "--no-notes", "--no-ext-diff"),
    *("--no-textconv", "-O/dev/null", "--date=short", "--format=/%cd%x09%aE%x09%aN", "HEAD", "--"),
)
