"""What Starlark loads, by labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    UNKNOWN,
    Found,
    ancestors,
    folder_of,
    required_at,
    take_names,
    under,
)
from sphinx_repodoc.core.linked import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker
    from sphinx_repodoc.core.model import File, Import

_ROOTS = ("MODULE.bazel", "REPO.bazel", "WORKSPACE", "WORKSPACE.bazel")
_PACKAGES = ("BUILD", "BUILD.bazel", "BUCK", "TARGETS")
_TOOLS = "bazel_tools"
_REQUIRES = frozenset({"bazel_dep"})


@dataclass(slots=True)
class StarlarkLinker:
    """Labels count from the root of a repository of Bazel, or from the package around the file."""

    index: Index
    roots: frozenset[str]
    packages: frozenset[str]
    required: Mapping[str, str]
    """Name of another repository to the line that requires it."""
    own: frozenset[str]
    """Names of repositories that are this one."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file.entry.path, each) for each in file.facts.imports])

    def _link(self, path: str, wanted: Import) -> Found:
        if wanted.form in _REQUIRES:
            return required_at(path, wanted)
        folder = folder_of(path)
        repository, slashes, label = wanted.module.rpartition("//")
        name = repository.lstrip("@")
        if repository and name not in self.own:
            place = self.required.get(name)
            return Found(origin=Origin.THIRD_PARTY, manifest=place) if place else UNKNOWN
        if slashes:
            package, _, target = label.partition(":")
            home = next((up for up in ancestors(folder) if up in self.roots), "")
            tries = [under(under(home, package), target)]
        elif wanted.module.startswith("@"):
            return UNKNOWN
        else:
            around = next((up for up in ancestors(folder) if up in self.packages), folder)
            target = wanted.module.lstrip(":")
            tries = [under(around, target), under(folder, target)]
        found = next((each for each in tries if each in self.index.files), None)
        return take_names(wanted, (found,)) if found else HERE


def make_starlark_linker(index: Index) -> Linker:
    required: dict[str, str] = {}
    own: set[str] = set()
    for name in _ROOTS:
        for path in index.by_name.get(name, ()):
            facts = index.files[path].facts
            required |= {
                each.alias or each.module: f"{path}:{each.line}"
                for each in facts.imports
                if each.form in _REQUIRES
            }
            required |= {each.name: f"{path}:{each.line}" for each in facts.symbols if each.kind == "target"}
            own |= {each.name for each in facts.symbols if each.kind in {"module", "workspace"}}
    return StarlarkLinker(
        index=index,
        roots=frozenset(folder_of(path) for name in _ROOTS for path in index.by_name.get(name, ())),
        packages=frozenset(folder_of(path) for name in _PACKAGES for path in index.by_name.get(name, ())),
        required={name: place for name, place in required.items() if name not in own and name != _TOOLS},
        own=frozenset(own),
    )
