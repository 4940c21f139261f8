"""Tells an output folder that we made from one that came with the repository.

Sphinx keeps pickles in its output, and unpickles what it finds there, which may run anything; it writes
through links as well. An output folder in the repository could hold such files from the beginning. So
what we make there gets a secret, which is kept in the user's cache folder too.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from sphinx_repodoc.core.disk import read_regular
from sphinx_repodoc.core.outputs import MARKER, mark_output
from sphinx_repodoc.core.problems import RepodocError

_LONGEST = 1000


def claim_output(chosen: Path, root: Path) -> Path:
    """The folder that is written to, with links followed; made and marked when it is in the repository.

    :param chosen: as the user says.
    :param root: the repository, with links followed.
    :raises RepodocError: when the repository decides where it leads or what it holds.
    """
    named = Path(os.path.abspath(chosen))  # noqa: PTH100 - links are what this is about
    folder = named.resolve()
    if named != folder and named.is_relative_to(root):
        message = f"{named} is, or lies behind, a link of the repository: choose another folder with -o"
        raise RepodocError(message)
    if not folder.is_relative_to(root):
        return folder
    record = _records() / hashlib.sha256(os.fsencode(folder)).hexdigest()
    secret = _read(record)
    if folder.exists() and any(folder.iterdir()):
        if not secret or secret not in _read(folder / MARKER).splitlines():
            message = (
                f"{folder} lies in the repository and was not made by this command for this user, "
                "and what Sphinx keeps there can run code: delete it, or choose another folder with -o"
            )
            raise RepodocError(message)
        return folder
    secret = secrets.token_hex().encode()
    mark_output(folder)
    with (folder / MARKER).open("ab") as stream:
        stream.write(secret + b"\n")
    with suppress(OSError):  # without a place for it, the next build will ask for another folder
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_bytes(secret)
    return folder


def _records() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    base = Path(home) if home and Path(home).is_absolute() else Path(os.path.expanduser("~/.cache"))  # noqa: PTH111
    return base / "sphinx-repodoc" / "outputs"


def _read(place: Path) -> bytes:
    try:
        return read_regular(str(place), _LONGEST).strip()
    except OSError:
        return b""
