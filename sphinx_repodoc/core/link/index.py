"""What every linker looks things up in, and what it answers with."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, Manifests, Requirement, import_names, normalize
from sphinx_repodoc.core.model import File, Import

T = TypeVar("T")


class Named(NamedTuple):
    """A name that an import takes out of modules."""

    name: str
    bound: str
    """What it is called in the importing file."""
    files: tuple[str, ...]
    """Where to look for its definition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a linker says about one import."""

    origin: Origin
    whole: tuple[str, ...] = ()
    """Files imported as modules or headers: any of their names may be used."""
    named: tuple[Named, ...] = ()
    modules: tuple[Named, ...] = ()
    """Of the names those that are modules themselves: their files are among ``whole``."""
    base: tuple[str, ...] = ()
    """The files of the module, where they are known to be others than ``targets``."""
    manifest: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        if not self.named:
            return self.whole if len(self.whole) < 2 else tuple(sorted(self.whole))  # noqa: PLR2004
        return tuple(sorted({*self.whole, *(path for each in self.named for path in each.files)}))


UNKNOWN = Found(origin=Origin.UNKNOWN)
STANDARD = Found(origin=Origin.STANDARD)
HERE = Found(origin=Origin.HERE)
"""In this repository, in a file that is not in it: generated or compiled."""

Linker = Callable[[File], tuple[Found, ...]]
"""A file to what each of its imports leads to, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All files of a repository, ready for look-ups."""

    files: Mapping[str, File]
    by_name: Mapping[str, tuple[str, ...]]
    """Last component to the paths that end in it, sorted."""
    folders: frozenset[str]
    """Every folder with a file in it or below; the root is the empty string."""
    manifests: Manifests
    _made: dict[Callable[[Index], Any], Any] = field(default_factory=dict)

    def share(self, make: Callable[[Index], T]) -> T:
        """Give what ``make`` makes of this index: the same to all who ask."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def of_language(self, *languages: str) -> list[File]:
        """List the files in these languages, in the order of their paths."""
        return [file for file in self.files.values() if file.entry.language in languages]


def make_index(files: Sequence[File], manifests: Manifests) -> Index:
    by_path = {file.entry.path: file for file in sorted(files, key=lambda file: file.entry.path)}
    by_name: dict[str, list[str]] = {}
    folders = {""}
    for path in by_path:
        folder, _, name = path.rpartition("/")
        by_name.setdefault(name, []).append(path)
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return Index(
        files=by_path,
        by_name={name: tuple(paths) for name, paths in by_name.items()},
        folders=frozenset(folders),
        manifests=manifests,
    )


def folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def under(folder: str, name: str) -> str:
    """Join two clean paths; either may be empty."""
    return f"{folder}/{name}" if folder and name else folder or name


def resolve(folder: str, relative: str) -> str | None:
    """Join and clean a path as written in a source file; ``None`` when it leads out of the root."""
    if (
        "./" not in relative
        and "//" not in relative
        and relative[:1] != "/"
        and relative[-1:] not in {".", "/"}
    ):
        return under(folder, relative)
    joined = posixpath.normpath(posixpath.join(folder, relative))
    if joined.startswith(("../", "/")) or joined == "..":
        return None
    return "" if joined == "." else joined


def ancestors(folder: str) -> list[str]:
    """List the folder and those above it, up to the root."""
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


def shared_depth(one: str, other: str) -> int:
    """Count the components that two folders have in common from the root."""
    if not one or not other:
        return 0
    depth = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        depth += 1
    return depth


def nearest(folder: str, candidates: Iterable[str]) -> list[str]:
    """List the candidates that share most of their path with the folder: several when it is a tie."""
    ranked = [(shared_depth(folder, folder_of(path)), path) for path in candidates]
    most = max((depth for depth, _ in ranked), default=0)
    return sorted(path for depth, path in ranked if depth == most)


@dataclass(slots=True)
class Requirements:
    """The requirements of one ecosystem by the modules they explain."""

    by_module: dict[str, list[Requirement]]
    _cache: dict[tuple[str, str], str] = field(default_factory=dict)

    def place(self, folder: str, module: str) -> str:
        """Give ``path:line`` of the requirement that explains a module; empty when none does.

        The nearest manifest above the folder counts before any other.
        """
        requirements = self.by_module.get(module)
        if not requirements:
            return ""
        key = (folder, module)
        place = self._cache.get(key)
        if place is None:
            place = self._cache[key] = min(requirements, key=lambda each: _distance(folder, each)).place
        return place

    def explain(self, folder: str, modules: Iterable[str]) -> Found:
        """Say that an import is a third party's, by the first of its names that a manifest has."""
        for module in modules:
            manifest = self.place(folder, module)
            if manifest:
                return Found(origin=Origin.THIRD_PARTY, manifest=manifest)
        return UNKNOWN


def _distance(folder: str, requirement: Requirement) -> tuple[bool, int, bool, str, int]:
    """Rank manifests above the folder first, the deepest before others, plain dependencies before groups."""
    home = folder_of(requirement.path)
    shared = shared_depth(folder, home)
    above = not home or shared == home.count("/") + 1
    return not above, -shared, bool(requirement.group), requirement.path, requirement.line


def read_requirements(
    manifests: Manifests,
    ecosystem: Ecosystem,
    modules: Callable[[str], Iterable[str]],
    *,
    own: bool = True,
) -> Requirements:
    """Index the requirements of an ecosystem by what ``modules`` makes of their names.

    :param own: leave out what the repository itself is the home of, whoever requires it.
    """
    packages = [each for each in manifests.packages if each.ecosystem is ecosystem and own]
    mine = {module for package in packages for module in modules(package.name)}
    by_module: dict[str, list[Requirement]] = {}
    for requirement in manifests.requirements:
        if requirement.ecosystem is ecosystem:
            for module in modules(requirement.name):
                if module not in mine:
                    by_module.setdefault(module, []).append(requirement)
    return Requirements(by_module)


def python_modules(distribution: str) -> list[str]:
    """Name what a distribution installs, normalised: ``google.cloud.storage`` is ``google-cloud-storage``."""
    return [normalize(module) for module in import_names(distribution)]


def required_at(path: str, wanted: Import) -> Found:
    """Say that the line of an import requires something from elsewhere: it is its own manifest."""
    return Found(origin=Origin.THIRD_PARTY, manifest=f"{path}:{wanted.line}")


def take_names(wanted: Import, files: tuple[str, ...]) -> Found:
    """Say that an import takes its names, or everything, out of files.

    A default export has a name of its own in its file: it counts when it is mentioned.
    """
    named = [Named(each.name, each.alias or each.name, files) for each in wanted.names]
    whole = not named or any(each.name in {"*", "default"} for each in named)
    return Found(origin=Origin.HERE, whole=files if whole else (), named=tuple(named))


def by_folder(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(folder_of(path), []).append(path)
    return {folder: tuple(files) for folder, files in found.items()}
