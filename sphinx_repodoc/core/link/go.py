"""Go imports to the files of packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import STANDARD, Found, by_folder, folder_of, read_requirements, under
from sphinx_repodoc.core.link.uses import top_level
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File


@dataclass(slots=True)
class GoLinker:
    """Packages below the modules of this repository.

    A package is a folder: an import leads to those of its files that define what
    the importing file mentions, or to all of them when there are none.
    """

    requirements: Requirements
    modules: Mapping[str, str]
    """Module path to the folder of its go.mod."""
    packages: Mapping[str, tuple[str, ...]]
    """Folder to its files, tests left out."""
    exported: Mapping[str, frozenset[str]]
    """File to the names that other packages can use."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each.module) for each in file.facts.imports])

    def _link(self, file: File, module: str) -> Found:
        parts = module.split("/")
        prefixes = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for prefix in prefixes:
            home = self.modules.get(prefix)
            if home is not None:
                files = self.packages.get(under(home, module[len(prefix) :].strip("/")), ())
                used = tuple(path for path in files if self.exported[path] & file.facts.words)
                return Found(origin=Origin.HERE, whole=used or files)
        if "." not in parts[0]:
            return STANDARD
        return self.requirements.explain(folder_of(file.entry.path), prefixes)


def make_go_linker(index: Index) -> Linker:
    """Index the packages, and what each of their files exports: names with a capital letter."""
    paths = [path for path in index.files if path.endswith(".go") and not path.endswith("_test.go")]
    return GoLinker(
        requirements=read_requirements(index.manifests, Ecosystem.GO, lambda name: [name]),
        modules={
            each.name: folder_of(each.path)
            for each in index.manifests.packages
            if each.ecosystem is Ecosystem.GO
        },
        packages=by_folder(paths),
        exported={
            path: frozenset(name for name in top_level(index.files[path]) if name[:1].isupper())
            for path in paths
        },
    )
