"""Which documents a build is reading, so that the next one reads them again if this one is killed.

Sphinx writes the doctree of each document at once, and the environment, which says
of what content that doctree is, after the last. A build that is killed in between
leaves new doctrees with an old environment: whoever then takes the change back would
have the old digest and the new doctree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def note_reading(app: Sphinx, docnames: Iterable[str]) -> None:
    """Note documents whose doctrees are about to be written."""
    names = {*docnames}
    if names:
        _path(app).write_text(json.dumps(sorted(names | half_read(app))), "utf-8")


def half_read(app: Sphinx) -> set[str]:
    """Documents that were being read when the last build ended."""
    try:
        return {str(name) for name in json.loads(_path(app).read_text("utf-8"))}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, TypeError):
        return {*app.env.all_docs}  # the note itself was cut off


def forget_reading(app: Sphinx, _env: BuildEnvironment) -> None:
    """The environment is saved, and fits the doctrees."""
    _path(app).unlink(missing_ok=True)


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir, "repodoc", "reading.json")
