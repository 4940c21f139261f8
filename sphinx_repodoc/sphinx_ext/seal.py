"""Tells whether files that a build left are still as it left them.

A build trusts what lies beside the doctrees: the environment, the doctrees, the facts and its notes. None of these
proves itself. One wrong bit makes a pickle raise any exception, or say something else; a copy from an older build
loads without complaint. So each file has a seal, which is compared before the file is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.disk import read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


OWN_FOLDER = ".repodoc"
"""Beside the doctrees: our facts, notes, lock and stub. No document of ours begins with a dot, whatever the prefix."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when a build had written it."""

    state: str
    """Its size and times. While they are the same, so is the file."""
    digest: str
    """Compared when they are not: the folder may have been copied, or restored from an archive."""

    @classmethod
    def of(cls, path: str | Path) -> Seal:
        """:raises OSError: when there is no such file, or it cannot be read."""
        with open(path, "rb") as stream:  # noqa: PTH123 (for tens of thousands of doctrees)
            return cls(
                _state(os.fstat(stream.fileno())), hashlib.file_digest(stream, "blake2b").hexdigest()[:24]
            )

    def renewed(self, path: str | Path) -> Seal | None:
        """The seal of the file as it is now, or nothing when it is another file or cannot be used."""
        try:
            status = os.lstat(path)
            if not stat.S_ISREG(status.st_mode):
                return None
            if _state(status) == self.state:
                return self
            now = Seal.of(path)
        except OSError:
            return None
        return now if now.digest == self.digest else None


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def load_seals(path: Path) -> dict[str, Seal]:
    """The seals in a file; none when it is missing or is damaged itself."""
    try:
        digest, _, text = read_whole(path).partition("\n")
        if codec.digest(text) != digest:
            return {}
        return {name: Seal(state, digest) for name, (state, digest) in json.loads(text).items()}
    except (OSError, ValueError):
        return {}


def save_seals(path: Path, seals: Mapping[str, Seal]) -> None:
    """Replace the file with these seals, below a digest of their own."""
    text = json.dumps({name: (seal.state, seal.digest) for name, seal in seals.items()})
    write_whole(path, f"{codec.digest(text)}\n{text}")


def read_whole(path: Path) -> str:
    """Text of a regular file; a pipe in its place is not waited for, and a link not followed.

    :raises OSError: for everything that is no readable regular file.
    :raises ValueError: when it holds no text.
    """
    return read_regular(str(path), -1).decode("utf-8")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever ends this process leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_place(path)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


class NotEmptyError(OSError):
    """A folder lies where a file belongs, and holds something that is not ours to delete."""


def clear_place(path: Path) -> None:
    """Remove what lies at the place of a file and is none that can be written.

    :raises NotEmptyError: when that is a folder with something in it.
    """
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        try:
            path.rmdir()
        except OSError as error:
            message = f"there is a folder in place of the file {path}; remove it and build again"
            raise NotEmptyError(message) from error
    elif path.exists() and not (path.is_file() and os.access(path, os.W_OK)):
        path.unlink()


def clear_parents(path: Path, top: Path) -> None:
    """Remove whatever lies at the place of a folder that leads from one folder to a path below it."""
    for parent in reversed(path.relative_to(top).parents[:-1]):
        place = top / parent
        if os.path.lexists(place) and not place.is_dir():
            place.unlink()
