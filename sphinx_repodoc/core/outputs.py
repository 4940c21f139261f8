"""Recognises what Sphinx wrote, so that no build documents the pages of the last one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SIGNS = (".buildinfo", "environment.pickle", ".doctrees", os.path.join("doctrees", "environment.pickle"))  # noqa: PTH118


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
        known = self._known.get(folder)
        if known is None:
            known = self.covers(folder.rpartition("/")[0]) or self._is_output(folder)
            self._known[folder] = known
        return known

    def _is_output(self, folder: str) -> bool:
        """Whether Sphinx left its marks. A folder with a ``conf.py`` is a source that holds them."""
        place = f"{self._root}{os.sep}{folder}{os.sep}"
        return any(os.path.lexists(place + sign) for sign in _SIGNS) and not os.path.lexists(
            f"{place}conf.py"
        )
