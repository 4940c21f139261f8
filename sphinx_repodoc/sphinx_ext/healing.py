"""Finds what was damaged in the doctree folder, by whatever means, and has it made anew.

Sphinx ends in a traceback when a doctree of a document that did not change cannot be loaded, and shows whatever a
damaged one says. Here a document whose doctree is not the one that belongs to the environment is read again. That
covers a build that was killed while it read, too: its doctrees are newer than the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util import logging

from sphinx_repodoc.sphinx_ext.failures import told
from sphinx_repodoc.sphinx_ext.seal import (
    OWN_FOLDER,
    Seal,
    clear_parents,
    clear_place,
    load_seals,
    save_seals,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def seal(app: Sphinx, *paths: Path) -> None:
    """Note that these files are as they should be, or that they are no more."""
    place = _place(app, "seals.repodoc-note")
    old = load_seals(place)
    new = {name: known for name, known in old.items() if Path(app.doctreedir, name).exists()}
    for path in paths:
        name, known = _name(app, path), old.get(_name(app, path))
        if path.is_file():
            new[name] = (known and known.renewed(path)) or Seal.of(path)
    if new != old:
        save_seals(place, new)


def is_sealed(app: Sphinx, path: Path) -> bool:
    """Whether a file is as a build left it. A file that is missing, or that no build has sealed, is not."""
    known = load_seals(_place(app, "seals.repodoc-note")).get(_name(app, path))
    return known is not None and known.renewed(path) is not None and os.access(path, os.W_OK)


def is_intact(app: Sphinx, path: Path) -> bool:
    """The same, and says when a file is there but not so."""
    if is_sealed(app, path):
        return True
    if os.path.lexists(path):
        logger.info("%s is not as the last build left it, and is made anew", path)
    return False


def drop_if_damaged(app: Sphinx, path: Path) -> bool:
    """Remove a file that is not as a build left it, and say so; whether there is none now."""
    if is_intact(app, path):
        return False
    if os.path.lexists(path):
        clear_place(path)
        path.unlink(missing_ok=True)
    return True


def is_lost(app: Sphinx, path: Path) -> bool:
    """Whether a build has sealed a file that is there no more."""
    return _name(app, path) in load_seals(_place(app, "seals.repodoc-note")) and not path.is_file()


def read_note(app: Sphinx, path: Path) -> str:
    """What a build noted in a file; nothing when the file was damaged since."""
    with told(app, "what the last build noted cannot be read"):
        return "" if drop_if_damaged(app, path) else path.read_text("utf-8")


def write_note(app: Sphinx, path: Path, text: str) -> None:
    """Note something for the next build."""
    write_whole(path, text)
    seal(app, path)


def check_environment(app: Sphinx, _config: Config) -> None:
    """Remove a damaged environment before it is loaded: that may raise anything, or succeed."""
    with told(app, "the environment cannot be made anew"):
        drop_if_damaged(app, Path(app.doctreedir, ENV_PICKLE_FILENAME))


def seal_environment(app: Sphinx, env: BuildEnvironment) -> None:
    """The environment was stored just now, and fits the doctrees."""
    place, folder = _place(app, "doctrees.repodoc-note"), _Doctrees(app)
    known = load_seals(place)
    with told(app, "the build cannot note what it read"):
        new = {}
        for docname, read in env.all_docs.items():
            key = f"{read} {docname}"
            if read:  # else it is a page that another shard reads
                new[key] = known.get(key) or Seal.of(folder.path(docname))
        save_seals(place, new)
        seal(app, Path(app.doctreedir, ENV_PICKLE_FILENAME))


def damaged_doctrees(app: Sphinx, env: BuildEnvironment, removed: Container[str]) -> set[str]:
    """Documents whose doctree is not the one that belongs to the environment.

    :param removed: documents that are no more, whose doctrees may be gone too.
    """
    place, folder = _place(app, "doctrees.repodoc-note"), _Doctrees(app)
    known = load_seals(place)
    damaged, renewed = set(), dict(known)
    for docname, read in env.all_docs.items():
        if docname in removed:
            continue
        key = f"{read} {docname}"
        now = known[key].renewed(folder.path(docname)) if key in known else None
        if now is not None:
            renewed[key] = now
        elif read:
            damaged.add(docname)
    if renewed != known:
        with told(app, "the build cannot note what it found"):
            save_seals(place, renewed)
    if damaged:
        logger.info(
            "%d of %d doctrees are not as the last build left them, and are made anew",
            len(damaged),
            len(env.all_docs),
        )
    return damaged


def left_over(app: Sphinx) -> set[str]:
    """Documents of earlier builds, when the environment that knew them is gone: their doctrees are still there."""
    if app.env.all_docs:
        return set()
    folder = Path(app.doctreedir)
    return {
        path.relative_to(folder).as_posix().removesuffix(".doctree") for path in folder.rglob("*.doctree")
    }


def make_room(app: Sphinx, docnames: Iterable[str]) -> None:
    """Remove what lies where doctrees will be written and would prevent that, or lead them elsewhere."""
    folder, parents = _Doctrees(app), set()
    for docname in docnames:
        parent = docname.rpartition("/")[0]
        place = Path(folder.path(docname))
        if parent not in parents:
            parents.add(parent)
            clear_parents(place, Path(app.doctreedir))
        clear_place(place)


class _Doctrees:
    def __init__(self, app: Sphinx) -> None:
        self._folder = str(app.doctreedir)

    def path(self, docname: str) -> str:
        return f"{self._folder}/{docname}.doctree"


def _place(app: Sphinx, name: str) -> Path:
    return Path(app.doctreedir, OWN_FOLDER, name)


def _name(app: Sphinx, path: Path) -> str:
    """How the seal of a file is called: relative, for the folders may be moved together."""
    try:
        return os.path.relpath(path, app.doctreedir).replace(os.sep, "/")
    except ValueError:  # on another drive
        return str(path)
