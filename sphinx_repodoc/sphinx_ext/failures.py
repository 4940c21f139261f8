"""Tells what the disk refused, in words: the user can mend that, and no traceback helps."""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.locale import __
from sphinx.util.logging import NAMESPACE

from sphinx_repodoc.core.codec import DamagedError
from sphinx_repodoc.core.store import is_damage
from sphinx_repodoc.sphinx_ext.seal import OWN_FOLDER, NotEmptyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class BuildError(SphinxError):
    """A build cannot go on; the message says why and what to do."""

    category = "sphinx-repodoc error"


def store_path(app: Sphinx) -> Path:
    """Where the facts of the repository lie."""
    return Path(app.doctreedir, OWN_FOLDER, "facts.sqlite")


@contextmanager
def told(app: Sphinx, doing: str) -> Iterator[None]:
    """Turn what the disk or the store refuses into an error that a user understands.

    :raises BuildError: in place of it.
    """
    try:
        yield
    except (OSError, sqlite3.Error, DamagedError) as error:
        store = store_path(app)
        if isinstance(error, NotEmptyError):
            message = f"{doing}: {error}"
        elif is_damage(error):
            message = f"{doing}: the facts in {store} are damaged ({error}); remove that file and build again"
        elif isinstance(error, sqlite3.Error):
            message = (
                f"{doing}: {error}, in {store}; see that the disk has room and that the file can be written, "
                "or remove it, and build again"
            )
        else:
            message = f"{doing}: {error}; the next build makes good what is missing"
        raise BuildError(message) from error


class WriteFailures(logging.Handler):
    """Notices that a page could not be written, which Sphinx only warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.happened = False
        message = str(__("error writing file %s: %s"))  # in the language of the build
        self._message = re.compile(re.escape(message).replace("%s", ".*"), re.DOTALL)

    def emit(self, record: logging.LogRecord) -> None:
        if self._message.fullmatch(record.getMessage()):
            self.happened = True

    def listen(self) -> None:
        logging.getLogger(NAMESPACE).addHandler(self)

    def stop(self) -> None:
        logging.getLogger(NAMESPACE).removeHandler(self)
