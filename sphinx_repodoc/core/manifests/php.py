"""Reader of Composer's manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    Route,
    RouteKind,
    inside,
    place,
)
from sphinx_repodoc.core.manifests.text import iter_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = {"require": "", "require-dev": "dev"}
_AUTOLOAD = frozenset({"autoload", "autoload-dev"})
_PREFIXED = 3
"""Keys down to a folder of classes: ``autoload``, ``psr-4``, the prefix of their names."""


def read_composer(path: str, text: str) -> Iterator[Fact]:
    """Read what is required and where classes lie; PHP itself and its extensions are no requirements."""
    for keys, value, line in iter_json(text):
        if keys == ("name",):
            yield Package(ecosystem=Ecosystem.COMPOSER, name=value, path=path, line=line)
        elif keys[0] in _GROUPS and len(keys) > 1 and "/" in keys[1]:
            group = _GROUPS[keys[0]]
            yield Requirement(ecosystem=Ecosystem.COMPOSER, name=keys[1], path=path, line=line, group=group)
        elif keys[0] in _AUTOLOAD and len(keys) == _PREFIXED:
            yield from _source(keys[1], keys[2], value, path, line)
        elif keys == ("bin",):
            name = value.rpartition("/")[2]
            yield EntryPoint(name=name, file=inside(path, value), path=path, line=line, group="bin")


def _source(standard: str, prefix: str, folder: str, path: str, line: int) -> Iterator[Route]:
    """Lead a prefix to its folder; by the older standard that has folders for the prefix too."""
    names = prefix.strip("\\")
    below = names.replace("\\", "/") if standard == "psr-0" else ""
    target = place(path, f"{folder.rstrip('/') or '.'}/{below}") if standard in {"psr-0", "psr-4"} else None
    if target is not None:
        yield Route(
            ecosystem=Ecosystem.COMPOSER,
            kind=RouteKind.SOURCE,
            name=names,
            target=target,
            path=path,
            line=line,
        )
