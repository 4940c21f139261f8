"""Lists the files of a folder that git does not manage (or has no git to ask).

Honours ``.gitignore`` files as git does: those of deeper folders come first, the
last line that matches decides, and nothing below an ignored folder comes back.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from fnmatch import translate
from typing import TYPE_CHECKING

from sphinx_repodoc.core.disk import read_regular
from sphinx_repodoc.core.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEFT_OUT = (
    # version control
    ".git",
    ".hg",
    ".svn",
    ".bzr",
    ".jj",
    ".sl",
    "_darcs",
    "CVS",
    ".fslckout",
    # what tools write beside the sources
    "__pycache__",
    "*.py[co]",
    "*.egg-info",
    ".eggs",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".coverage",
    "node_modules",
    "bower_components",
    ".gradle",
    ".terraform",
    ".DS_Store",
    "Thumbs.db",
)
"""Names of folders and files that are never listed without git; other dotfiles are.

Besides them: virtual environments (``pyvenv.cfg``) and folders that call
themselves caches (a valid ``CACHEDIR.TAG``).
"""

_LEFT_OUT = re.compile("|".join(map(translate, LEFT_OUT)))
_CACHE_TAG = b"Signature: 8a477f597d28d172789f06886806bc55"
_IGNORE_FILE_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry of a listing. Paths are as the operating system takes them, relative to the root."""

    path: str
    is_repository: bool = False
    """A folder with a repository of its own: not entered."""
    error: str = ""
    """Why a folder could not be listed."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Ignore rules of one folder and, behind them, of those above it."""

    folder: str
    patterns: Patterns
    above: _Rules | None

    def ignores(self, path: str) -> bool:
        rules: _Rules | None = self
        while rules is not None:
            verdict = rules.patterns.verdict(path[len(rules.folder) :])
            if verdict is not None:
                return verdict
            rules = rules.above
        return False


def walk(root: str, skip_folder: Callable[[str], bool] = lambda _folder: False) -> Iterator[Found]:
    """Every file, link and special file below a folder, in no particular order.

    Links are entries, never ways: a loop of them is no loop here.

    :param skip_folder: told the path of each folder; ``True`` leaves it out.
    """
    pending: list[tuple[str, _Rules | None]] = [("", None)]
    while pending:
        folder, rules = pending.pop()
        place = os.path.join(root, folder)  # noqa: PTH118 - pathlib would cost more than the listing
        try:
            with os.scandir(place) as scanned:
                children = list(scanned)
        except OSError as error:
            yield Found(path=folder.rstrip("/"), error=error.strerror or str(error))
            continue
        names = {child.name for child in children}
        if folder and (_is_cache(place, names) or "pyvenv.cfg" in names):
            continue
        if folder and ".git" in names:
            yield Found(path=folder.rstrip("/"), is_repository=True)
            continue
        if ".gitignore" in names:
            rules = _read_rules(place, folder, rules)
        for child in children:
            path = folder + child.name
            is_folder = _is_folder(child)
            if _LEFT_OUT.match(child.name) or (rules and rules.ignores(f"{path}/" if is_folder else path)):
                continue
            if not is_folder:
                yield Found(path=path)
            elif not skip_folder(path):
                pending.append((f"{path}/", rules))


def _is_folder(child: os.DirEntry[str]) -> bool:
    is_junction = getattr(child, "is_junction", None)  # a link between folders; of Python 3.12
    try:
        return child.is_dir(follow_symlinks=False) and not (is_junction and is_junction())
    except OSError:
        return False


def _is_cache(place: str, names: set[str]) -> bool:
    if "CACHEDIR.TAG" not in names:
        return False
    try:
        return read_regular(os.path.join(place, "CACHEDIR.TAG"), len(_CACHE_TAG)) == _CACHE_TAG  # noqa: PTH118
    except OSError:
        return False


def _read_rules(place: str, folder: str, above: _Rules | None) -> _Rules | None:
    try:
        data = read_regular(os.path.join(place, ".gitignore"), _IGNORE_FILE_LIMIT)  # noqa: PTH118
    except OSError:
        return above
    text = data.decode("utf-8-sig", "surrogateescape")
    patterns = Patterns(line.removesuffix("\r") for line in text.split("\n"))
    return _Rules(folder, patterns, above) if patterns else above
