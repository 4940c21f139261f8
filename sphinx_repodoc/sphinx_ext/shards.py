"""Which part of the pages this build writes, when several machines share the work.

Every page has one owner, found from its own name and the options alone, so that
machines which know nothing of each other agree.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.sphinx_ext.navigation import ABOUT_ALL
from sphinx_repodoc.sphinx_ext.report import WarningKind, warn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sphinx.config import Config

    from sphinx_repodoc.core.names import PageKey

MAIN = "main"
"""The shard of what no other has: pages of the whole repository and the user's documents among them."""
BUILDERS = frozenset({"html", "dirhtml"})
"""Those that write a page for each document, with links that do not change when outputs are joined."""
NAME = re.compile(r"[A-Za-z0-9_.-]+")
PART = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")
"""``2/4``: the second of four parts of about the same size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The part of the pages that one build writes."""

    name: str
    names: tuple[str, ...]
    """Of all shards; the first writes the user's documents too."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """Path of a folder to the shard that has what is in it; none when pages are dealt out one by one."""

    @property
    def is_main(self) -> bool:
        return self.name == self.names[0]

    def owns(self, key: PageKey, docname: str) -> bool:
        """Whether this shard writes a page; pages of one file are never apart."""
        return self.name == self._owner(key, docname)

    def _owner(self, key: PageKey, docname: str) -> str:
        if not self.folders:
            place = zlib.crc32(docname.removesuffix(".kw").encode())
            return self.names[place % len(self.names)]
        if key.kind in ABOUT_ALL or (key.kind is PageKind.FOLDER and not key.path):
            return self.names[0]
        folder = key.path
        while folder and folder not in self.folders:
            folder = folder.rpartition("/")[0]
        return self.folders.get(folder, self.names[0])


def find_shard(config: Config, builder: str, folders: Collection[str]) -> Shard | None:
    """The shard that is to be built; none for the whole, also when there is no such shard.

    :param builder: name of the builder.
    :param folders: paths of the folders of the repository.
    """
    name: str = config.repodoc_shard
    if not name:
        return None
    if builder not in BUILDERS:
        message = f"repodoc_shard is for {' and '.join(sorted(BUILDERS))}; the builder {builder!r} builds everything"
        warn(WarningKind.SHARD, message)
        return None
    if part := PART.fullmatch(name):
        return _part(name, int(part[1]), int(part[2]))
    shards: Mapping[str, Sequence[str]] = config.repodoc_shards
    if name not in {MAIN, *shards}:
        known = ", ".join(sorted({MAIN, *shards}))
        message = f"repodoc_shard names no shard: {name!r}; there are {known}; everything is built"
        warn(WarningKind.SHARD, message)
        return None
    names = (MAIN, *sorted(shards.keys() - {MAIN}))
    return Shard(name=name, names=names, folders={"": MAIN} | _owners(shards, folders))


def _part(name: str, number: int, count: int) -> Shard | None:
    if number > count:
        warn(
            WarningKind.SHARD,
            f"repodoc_shard is {name!r}, but there are only {count} parts; everything is built",
        )
        return None
    return Shard(name=name, names=tuple(f"{each}/{count}" for each in range(1, count + 1)))


def _owners(shards: Mapping[str, Sequence[str]], folders: Collection[str]) -> dict[str, str]:
    """Folder to its shard, as far as the folder exists; the first shard that names it has it."""
    owners: dict[str, str] = {}
    for name, paths in shards.items():
        for path in paths:
            folder = "" if path in {".", "/", "./"} else path.removeprefix("./").strip("/")
            if folder not in folders or not path:
                warn(
                    WarningKind.SHARD, f"repodoc_shards[{name!r}] names no folder of the repository: {path!r}"
                )
            elif owners.setdefault(folder, name) != name:
                message = (
                    f"the folder {folder!r} is in two shards: {owners[folder]!r} has it, {name!r} does not"
                )
                warn(WarningKind.SHARD, message)
    return owners
