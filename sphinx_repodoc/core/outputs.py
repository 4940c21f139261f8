"""Recognises what Sphinx wrote, so that no build documents the pages of another, even of one that was cut off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MARKER = ".repodoc-output"
"""Our own sign, which is there before anything else is written."""
_MARKER_TEXT = "sphinx-build writes this folder. sphinx-repodoc does not document it.\n"
_SIGNS = (
    MARKER,
    ".buildinfo",
    "environment.pickle",
    ".doctrees",
    "doctrees/environment.pickle",
    # what builds without this extension leave when they are cut off
    "index.doctree",
    "_static/documentation_options.js",
)


def mark_output(folder: Path) -> None:
    """Mark a folder as one that builds write to; it is made when it is missing.

    :raises OSError: when it cannot be written.
    """
    marker = folder / MARKER
    if marker.is_symlink():  # it would be written wherever that leads
        marker.unlink()
    if not marker.exists():
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(_MARKER_TEXT, "ascii")


class Outputs:
    """Folders of a repository that hold outputs: those that are named, and those that show it.

    :param root: never an output itself, whatever it holds.
    :param named: folders that builds write to; one that holds the root says nothing.
    """

    def __init__(self, root: Path, named: Iterable[Path]) -> None:
        self._root = root
        real = root.resolve()
        self._known = {"": False}
        for folder in named:
            place = folder.resolve()
            if real in place.parents:
                self._known[str(place.relative_to(real)).replace(os.sep, "/")] = True

    def covers(self, folder: str) -> bool:
        """Whether a folder, relative to the root and as on disk, is an output or lies in one."""
        unknown = []
        while folder not in self._known:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        known = self._known[folder]
        for below in reversed(unknown):
            self._known[below] = known = known or self._is_output(below)
        return known

    def _is_output(self, folder: str) -> bool:
        """Whether Sphinx left its marks. A folder with a ``conf.py`` is a source that holds them."""
        place = f"{self._root}{os.sep}{folder}{os.sep}"
        return any(os.path.lexists(place + sign) for sign in _SIGNS) and not os.path.lexists(
            f"{place}conf.py"
        )
