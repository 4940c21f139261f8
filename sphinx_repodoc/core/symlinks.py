"""Symbolic links as entries: where they lead, found out without following them out of the repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx_repodoc.core.disk import raw_path, shown_path
from sphinx_repodoc.core.model import Entry, EntryKind
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from pathlib import Path


def link_entry(root: Path, path: str, target: bytes) -> Entry:
    """Entry of a link.

    :param path: of the link, as entries have it.
    :param target: the text of the link.
    """
    raw = os.fsdecode(target)
    problem = _problem(root, raw_path(path), raw)
    return Entry(
        path=path,
        kind=EntryKind.SYMLINK,
        target=shown_path(raw),
        problems=() if problem is None else (problem,),
    )


def _problem(root: Path, path: str, target: str) -> Problem | None:
    real_root = os.path.realpath(root)
    folder = os.path.dirname(os.path.join(real_root, path))  # noqa: PTH118, PTH120 - lexical on purpose
    place = os.path.normpath(os.path.join(folder, target))  # noqa: PTH118
    if not any(_is_inside(place, base) for base in (real_root, os.path.abspath(root))):  # noqa: PTH100
        return _outward()  # decided on the text alone: what lies outside is not even looked at
    try:
        if not _is_inside(os.path.realpath(place), real_root):
            return _outward()
        exists = os.path.exists(place)  # noqa: PTH110
    except (OSError, ValueError):
        exists = False
    if exists:
        return None
    message = "The target of the link does not exist."
    return Problem(kind=ProblemKind.DANGLING_LINK, message=message)


def _outward() -> Problem:
    message = "The link leads out of the repository and is not followed."
    return Problem(kind=ProblemKind.OUTWARD_LINK, message=message)


def _is_inside(place: str, base: str) -> bool:
    return place == base or place.startswith(base.rstrip(os.sep) + os.sep)
