"""Which git folder belongs to a work tree: its own, one that a link in both directions proves, or none.

A repository is data, and so is its ``.git``: a file of this name, or a link, may name the git folder of
any other repository on the machine, whose history would then be shown as that of this one.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_repodoc.core.disk import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 8192
"""Bytes of a file that holds one path."""


class GitRefusedError(Exception):
    """There is a git folder, and it is not used; the message is a clause that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitFolder:
    """The git folder of a work tree. No link is left on these paths."""

    top: Path
    """The work tree."""
    own: Path
    """What is the work tree's alone: what is checked out, and the index."""
    common: Path
    """What all work trees of a repository share; the same folder where there is one."""


def find_git_folder(folder: Path) -> GitFolder | None:
    """The git folder of the work tree that holds a folder; ``None`` when it is in no work tree.

    Looks where git does: in the folder and above, up to the end of the file system and to
    the folders that ``GIT_CEILING_DIRECTORIES`` names.

    :raises GitRefusedError: when there is one that does not belong to the work tree.
    """
    for top in _candidates(Path(os.path.realpath(folder))):
        found = _find_at(top)
        if found is not None:
            return found
    return None


def _candidates(here: Path) -> Iterator[Path]:
    if ".git" in here.parts or not here.is_dir():
        return
    ceilings = {
        os.path.realpath(path)
        for path in os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
        if path
    }
    across = os.environ.get("GIT_DISCOVERY_ACROSS_FILESYSTEM", "").lower() in {"1", "true", "yes", "on"}
    device = here.stat().st_dev
    yield here
    for above in here.parents:
        if str(above) in ceilings or (above.stat().st_dev != device and not across):
            return
        yield above


def _find_at(top: Path) -> GitFolder | None:
    mark = top / ".git"
    try:
        mode = mark.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISDIR(mode):
        return _own(top, mark) if _is_git_folder(mark) else None
    if not stat.S_ISREG(mode):
        message = f"{mark} is neither a folder nor a file"
        raise GitRefusedError(message)
    target = Path(os.path.realpath(top / _read_path(mark, "gitdir:")))
    if not _is_git_folder(target):
        message = f"{mark} leads to {target}, which is no git folder"
        raise GitRefusedError(message)
    found = _linked(top, target) or _submodule(top, target)
    if found is None and target.is_relative_to(top):
        found = _own(top, target)
    if found is None:
        message = f"{mark} leads to {target}, which does not belong to this folder"
        raise GitRefusedError(message)
    return found


def _is_git_folder(path: Path) -> bool:
    shared = (path / "commondir").exists() or ((path / "objects").is_dir() and (path / "refs").is_dir())
    return os.path.lexists(path / "HEAD") and shared


def _own(top: Path, folder: Path) -> GitFolder:
    """A git folder that shares nothing with another.

    :raises GitRefusedError: when it does.
    """
    for name in ("commondir", "objects", "refs"):
        place = folder / name
        is_there = os.path.lexists(place)
        if is_there if name == "commondir" else place.is_symlink():
            message = f"{folder} takes its {'contents' if name == 'commondir' else name} from another folder"
            raise GitRefusedError(message)
    # A name of a commit, which anyone can write into HEAD, would be enough to show the history of that repository.
    if os.path.lexists(folder / "objects/info/alternates"):
        message = f"{folder} borrows objects from another repository; git repack -a -d and removing objects/info/alternates ends that"
        raise GitRefusedError(message)
    return GitFolder(top=top, own=folder, common=folder)


def _linked(top: Path, target: Path) -> GitFolder | None:
    """A work tree of ``git worktree add``: the repository names it in turn, where nobody else can write."""
    common = target.parent.parent
    if target.parent.name != "worktrees" or not _is_git_folder(common):
        return None
    shared = os.path.realpath(target / _read_path(target / "commondir"))
    back = os.path.realpath(target / _read_path(target / "gitdir"))
    if shared != str(common) or back != str(top / ".git"):
        return None
    _own(top, common)
    return GitFolder(top=top, own=target, common=common)


def _submodule(top: Path, target: Path) -> GitFolder | None:
    """A submodule of a work tree above: its git folder lies in that of the work tree."""
    for above in top.parents:
        try:
            found = _find_at(above)
        except GitRefusedError:
            return None
        if found is not None:
            inside = any(target.is_relative_to(each / "modules") for each in (found.own, found.common))
            return _own(top, target) if inside else None
    return None


def _read_path(file: Path, start: str = "") -> str:
    """The path that a file of git holds.

    :raises GitRefusedError: when it holds none.
    """
    try:
        line = os.fsdecode(read_regular(str(file), _LONGEST)).rstrip("\r\n")
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}"
        raise GitRefusedError(message) from error
    path = line.removeprefix(start).strip()
    if not path or "\0" in path or not line.startswith(start):
        message = f"{file} names no folder"
        raise GitRefusedError(message)
    return path
