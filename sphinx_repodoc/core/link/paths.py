"""Imports that are written as paths: of scripts, templates, style sheets, build files.

What such a path counts from is seldom in the file: the folder of the file, the
folder that a program is started in, or one that a configuration names. So the
folder of the file is tried first, then, as far as the rule of the language
allows, those above it and folders of known names beside them, and last the one
file whose path ends in what is written. Of several that are equally near, none
is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import HERE, UNKNOWN, Found, ancestors, nearest, resolve, under
from sphinx_repodoc.core.linked import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index

_ELSEWHERE = ("//", "~/", "data:", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRule:
    """What a language leaves out of its paths, and where it looks for them."""

    suffixes: tuple[str, ...] = ()
    """What may be left out at the end of a name."""
    prefix: str = ""
    """What may be left out at its beginning: ``_`` of Sass."""
    indexes: tuple[str, ...] = ()
    """Files that stand for their folder."""
    above: bool = False
    """Whether paths may count from any folder above."""
    roots: tuple[str, ...] = ()
    """Names of folders, beside those above, that paths may count from."""
    anywhere: bool = False
    """Whether paths may count from any folder at all ..."""
    only_below_roots: bool = False
    """... or only from those that are called as the roots are."""

    def with_roots(self, roots: tuple[str, ...]) -> PathRule:
        return replace(self, roots=roots)


@dataclass(slots=True)
class PathFinder:
    """Finds files by the paths of one rule; what it caches holds for all of them."""

    index: Index
    rule: PathRule
    _cache: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def found(self, folder: str, path: str) -> Found:
        """Say where a path leads; one that begins at the file itself cannot lead elsewhere."""
        target = self.find(folder, path)
        if target is not None:
            return Found(origin=Origin.HERE, whole=(target,))
        inside = path.startswith(("./", "../")) and resolve(folder, path) is not None
        return HERE if inside else UNKNOWN

    def find(self, folder: str, path: str) -> str | None:
        key = (folder, path)
        if key not in self._cache:
            self._cache[key] = self._find(folder, path)
        return self._cache[key]

    def _find(self, folder: str, path: str) -> str | None:
        if not path or path.startswith(_ELSEWHERE) or "://" in path:
            return None
        if path.startswith(("./", "../")):
            place = resolve(folder, path)
            return None if place is None else self.at(place)
        relative = path.lstrip("/")
        tries = (self.at(place) for base in self._bases(folder) if (place := resolve(base, relative)))
        found = next(filter(None, tries), None)
        return self._anywhere(folder, relative) if found is None and self.rule.anywhere else found

    def _bases(self, folder: str) -> Iterator[str]:
        yield folder
        for up in ancestors(folder):
            if self.rule.above and up != folder:
                yield up
            yield from (under(up, name) for name in self.rule.roots)

    def at(self, place: str) -> str | None:
        """Find the file that a clean path means."""
        return next((path for path in self._spellings(place) if path in self.index.files), None)

    def _spellings(self, place: str) -> Iterator[str]:
        rule = self.rule
        folder, _, name = place.rpartition("/")
        for stem in (place, under(folder, rule.prefix + name)) if rule.prefix else (place,):
            yield stem
            yield from (stem + suffix for suffix in rule.suffixes)
        yield from (under(place, index) for index in rule.indexes)

    def _anywhere(self, folder: str, path: str) -> str | None:
        """Find the nearest file whose path ends in what is written."""
        clean = resolve("", path)
        if not clean:
            return None
        for ending in self._spellings(clean):
            candidates = self.index.by_name.get(ending.rpartition("/")[2], ())
            known = {
                each: self._is_root(each[: -len(ending) - 1]) for each in candidates if _ends(each, ending)
            }
            near = nearest(folder, [each for each in known if known[each] or not self.rule.only_below_roots])
            if near:
                best = [path for path in near if known[path]] or near
                return best[0] if len(best) == 1 else None
        return None

    def _is_root(self, folder: str) -> bool:
        return folder.rpartition("/")[2] in self.rule.roots


def _ends(path: str, ending: str) -> bool:
    return path == ending or path.endswith(f"/{ending}")
