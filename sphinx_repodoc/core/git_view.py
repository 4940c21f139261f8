"""A git folder as it is shown to git: what the history needs, and none of its configuration.

The configuration of a repository can name programs that git runs and files that it reads, anywhere
on the machine, and new versions of git add to them. So git is never given it. It works on a folder of
ours that holds the commit that is checked out, the ignore rules and three settings that say how the
objects and the index are to be read; the objects and the index themselves stay where they are. The
user's own configuration and that of the system count as ever.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_repodoc.core import process
from sphinx_repodoc.core.disk import open_regular, read_regular
from sphinx_repodoc.core.git_folder import GitFolder, GitRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIME_LIMIT = 120.0
"""Seconds that one call of git may take; the history of a large repository takes a few."""
_LARGEST = 10_000_000
"""Bytes of a file of the git folder that is read."""
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REFERENCE = re.compile(r"ref:\s*(refs/[^\0]+)")
_MOST_STEPS = 5
"""References on the way from HEAD to a commit, as git has it."""
_NO_COMMIT = "ref: refs/heads/none"

_KEPT = ("core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks")
"""Settings that say what the file system can do: they were found out when the repository was made."""
_OBJECTS = "extensions.objectformat"
_HARMLESS = ("noop", "partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig")
"""Extensions of the format that do not change what is read here."""


class Settings:
    """The configuration of a git folder, with nothing that it includes."""

    def __init__(self, folder: GitFolder) -> None:
        """Read it.

        :raises GitRefusedError: when that is not possible, or what it says of the folder does not fit.
        """
        self.values: dict[str, list[str]] = {}
        """Key to values; sections and names are in lower case, the middle part is as written."""
        with tempfile.TemporaryDirectory(prefix="sphinx-repodoc-git-") as place:
            copy = Path(place, "config")
            copy.write_bytes(_read(folder.common / "config"))
            listed = _git(folder.top, "config", "-z", "--no-includes", "--file", str(copy), "--list")
        for record in listed.split(b"\0")[:-1]:
            key, _, value = os.fsdecode(record).partition("\n")
            self.values.setdefault(key, []).append(value)
        _check(folder, self)

    def last(self, key: str) -> str:
        """The value that counts; empty when there is none."""
        return self.values.get(key, [""])[-1]


@contextmanager
def opened(folder: GitFolder, settings: Settings) -> Iterator[Mapping[str, str]]:
    """Variables that make git work on this folder, as long as this holds.

    :raises GitRefusedError: when the folder is not one that can be believed.
    """
    index = folder.own / "index"
    if os.path.lexists(index) and not (_is_own(index) and index.is_file()):
        message = f"{index} is not a file of its own"
        raise GitRefusedError(message)
    _check_objects(folder.common / "objects")
    with tempfile.TemporaryDirectory(prefix="sphinx-repodoc-git-") as place:
        view = Path(place)
        for name in ("objects", "refs", "info"):
            (view / name).mkdir()
        (view / "config").write_text(_own_settings(settings), "utf-8")
        (view / "HEAD").write_text(f"{head(folder) or _NO_COMMIT}\n", "ascii")
        (view / "info/exclude").write_bytes(_read(folder.common / "info/exclude"))
        shallow = _read(folder.common / "shallow")
        if shallow:
            (view / "shallow").write_bytes(shallow)
        for part in folder.own.glob("sharedindex.*"):  # of an index that is split
            if _is_own(part) and part.is_file():
                shutil.copyfile(part, view / part.name)
        yield {
            "GIT_DIR": place,
            "GIT_WORK_TREE": str(folder.top),
            "GIT_OBJECT_DIRECTORY": str(folder.common / "objects"),
            "GIT_INDEX_FILE": str(index),
        }


def _check(folder: GitFolder, settings: Settings) -> None:
    if folder.own == folder.common:  # of a further work tree, git does not read these two
        if settings.last("core.bare").lower() in {"true", "yes", "on", "1"}:
            message = f"{folder.own} is a repository without a work tree"
            raise GitRefusedError(message)
        place = settings.last("core.worktree")
        is_proof = not folder.own.is_relative_to(folder.top)  # a submodule names its work tree in turn
        if (place or is_proof) and os.path.realpath(folder.own / place) != str(folder.top):
            message = f"{folder.own} has another work tree"
            raise GitRefusedError(message)
    for key in settings.values:
        section, _, name = key.partition(".")
        files = name == "refstorage" and settings.last(key) == "files"
        if section == "extensions" and key != _OBJECTS and name not in _HARMLESS and not files:
            message = f"{folder.common} has a format that is not read here: {key} = {settings.last(key)}"
            raise GitRefusedError(message)


def _check_objects(objects: Path) -> None:
    """Look at the kinds of the files: git would wait for ever for a pipe to give an object.

    :raises GitRefusedError: when one is no file.
    """
    waiting = [str(objects)]
    while waiting:
        with os.scandir(waiting.pop()) as scanned:
            for each in scanned:
                if each.is_dir(follow_symlinks=False):
                    waiting.append(each.path)
                elif not (each.is_file() or each.is_dir()):
                    message = f"{each.path} is no file"
                    raise GitRefusedError(message)


def _own_settings(settings: Settings) -> str:
    found = {key: settings.last(key) for key in _KEPT if settings.last(key) in {"true", "false"}}
    lines = ["[core]", *(f"{key.partition('.')[2]} = {value}" for key, value in found.items())]
    objects = settings.last(_OBJECTS)
    version = 1 if objects in {"sha1", "sha256"} else 0
    lines += [f"repositoryformatversion = {version}", "bare = false"]
    if version:
        lines += ["[extensions]", f"objectformat = {objects}"]
    return "\n".join([*lines, ""])


def head(folder: GitFolder) -> str:
    """Hash of the commit that is checked out; empty when the branch has none.

    :raises GitRefusedError: when that cannot be told.
    """
    text = _read(folder.own / "HEAD").decode("utf-8", "replace").strip()
    for _ in range(_MOST_STEPS):
        if _HASH.fullmatch(text):
            return text
        reference = _REFERENCE.fullmatch(text)
        if reference is None:
            break
        text = _value(folder, reference[1])
        if not text:
            return ""
    message = f"{folder.own / 'HEAD'} names no commit"
    raise GitRefusedError(message)


def is_cut_off(folder: GitFolder) -> bool:
    """Whether the clone is shallow: the history begins somewhere in the middle."""
    return bool(_read(folder.common / "shallow"))


def _value(folder: GitFolder, name: str) -> str:
    """Text of a reference; empty when there is no such."""
    for base in (folder.own, folder.common):
        place = base / name
        if not _is_own(place):
            message = f"{base} takes the reference {name} from another folder"
            raise GitRefusedError(message)
        text = _read(place).decode("utf-8", "replace").strip()
        if text:
            return text
    try:
        descriptor, _status = open_regular(str(folder.common / "packed-refs"))
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as stream:
        wanted = b" " + os.fsencode(name)
        return next(
            (line.split()[0].decode("ascii", "replace") for line in stream if line.rstrip().endswith(wanted)),
            "",
        )


def _is_own(place: Path) -> bool:
    """Whether no link is on the way to a place in a git folder."""
    return os.path.realpath(place) == str(place)


def _read(place: Path) -> bytes:
    """Content of a file of a git folder; nothing when it is not there, elsewhere, no file, or far too large."""
    try:
        data = read_regular(str(place), _LARGEST + 1) if _is_own(place) else b""
    except OSError:
        return b""
    return data if len(data) <= _LARGEST else b""


def _git(top: Path, *arguments: str) -> bytes:
    """Output of git apart from any repository.

    :raises GitRefusedError: when it fails.
    """
    try:
        done = process.run(
            find_git(top),
            arguments,
            root=top,
            environment={**user_environment(), "GIT_DIR": os.devnull},
            time_limit=TIME_LIMIT,
        )
    except process.ProcessError as error:
        raise GitRefusedError(str(error)) from error
    if done.status > 1:  # 1 says that there is no such setting
        message = f"the configuration cannot be read, {done.failure}"
        raise GitRefusedError(message)
    return done.output


def find_git(top: Path) -> str:
    """The program, which is not one of the repository.

    :raises ProcessError: when there is none.
    """
    return process.find_program("git", process.search_path(top))


def user_environment() -> dict[str, str]:
    """Variables of git that the user sets to be obeyed. The others come from a hook or an alias that runs us."""
    kept = ("GIT_CONFIG_", "GIT_EXEC_PATH")
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(kept) and name != "GIT_CONFIG_PARAMETERS"
    }


def check_owner(folder: GitFolder) -> None:
    """Hold to the rule of git: the folder belongs to the user, or the user has listed it.

    :raises GitRefusedError: when neither is so.
    """
    if not hasattr(os, "geteuid"):
        return
    trusted = {os.geteuid()}
    if trusted == {0} and os.environ.get("SUDO_UID", "").isdecimal():
        trusted.add(int(os.environ["SUDO_UID"]))
    if {place.lstat().st_uid for place in (folder.top, folder.top / ".git", folder.own)} <= trusted:
        return
    listed = _git(folder.top, "config", "-z", "--includes", "--type=path", "--get-all", "safe.directory")
    if not _is_listed(folder.top, [os.fsdecode(value) for value in listed.split(b"\0")[:-1]]):
        message = f"{folder.top} belongs to another user, and safe.directory in your configuration of git does not name it"
        raise GitRefusedError(message)


def _is_listed(top: Path, values: list[str]) -> bool:
    listed = False
    for value in values:
        if not value:
            listed = False  # what was listed before does not count
        elif value == "*" or os.path.realpath(value) == str(top):
            listed = True
        elif value.endswith("/*"):
            listed = listed or top.is_relative_to(os.path.realpath(value[:-2]))
    return listed
