"""Lets one build at a time use a doctree folder: a second one waits.

Two builds at once would overwrite each other's environment and doctrees, and one
of them would render facts that the other has replaced. The lock is one of the
operating system, so it goes with the process that holds it, however that ends.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sphinx.util import logging

from sphinx_repodoc.sphinx_ext.failures import told
from sphinx_repodoc.sphinx_ext.seal import OWN_FOLDER, clear_parents, clear_place

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

_PAUSE = 0.1
_held: dict[Path, tuple[int, IO[str]]] = {}
"""Lock file to the process that holds it: a lock is not inherited by a fork."""


def lock_doctrees(app: Sphinx, _config: Config) -> None:
    """Wait until no other build uses the doctree folder. Called before the environment is loaded."""
    path = Path(app.doctreedir, OWN_FOLDER, "lock").absolute()
    if path in _held and _held[path][0] == os.getpid():
        return  # another application in this process: it cannot wait for itself
    with told(app, "the doctree folder cannot be used"):
        clear_parents(path, Path(app.doctreedir).absolute())
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_place(path)
        stream = path.open("a", encoding="ascii")
        _held[path] = os.getpid(), stream
    if _lock(stream):
        return
    logger.info("another build uses %s: waiting until it has ended", app.doctreedir)
    while not _lock(stream):
        time.sleep(_PAUSE)


def unlock_doctrees(app: Sphinx, _exception: Exception | None = None) -> None:
    """Let the next build begin."""
    _, stream = _held.pop(Path(app.doctreedir, OWN_FOLDER, "lock").absolute(), (0, None))
    if stream is not None:
        stream.close()


def _lock(stream: IO[str]) -> bool:
    """Take the lock; false when another process holds it. True, too, where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
    return True
