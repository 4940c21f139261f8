"""What XML takes in: files by their path, and the modules and packages of builds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import UNKNOWN, Found, folder_of, required_at
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(suffixes=("/pom.xml",))
_ARTIFACTS = frozenset({"dependency", "extension", "parent", "plugin"})
_POM = "pom.xml"


@dataclass(slots=True)
class XmlLinker:
    """Paths, and artifacts of this repository by their coordinates.

    A build names its requirements where it requires them: the line is their manifest.
    """

    finder: PathFinder
    projects: Mapping[str, str]
    """``group:artifact`` to the project that builds it; empty when several do."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file.entry.path, each) for each in file.facts.imports])

    def _link(self, path: str, wanted: Import) -> Found:
        if wanted.form == "PackageReference" or (wanted.form in _ARTIFACTS and path.endswith(_POM)):
            project = self.projects.get(wanted.module)
            if project and project != path:
                return Found(origin=Origin.HERE, whole=(project,))
            return required_at(path, wanted)
        if wanted.form == "module":
            return self.finder.found(folder_of(path), f"./{wanted.module}")
        if ":" in wanted.module or "$(" in wanted.module:
            return UNKNOWN
        return self.finder.found(folder_of(path), wanted.module)


def make_xml_linker(index: Index) -> Linker:
    projects: dict[str, str] = {}
    for each in index.manifests.packages:
        if each.ecosystem is Ecosystem.MAVEN:
            projects[each.name] = "" if each.name in projects else each.path
    return XmlLinker(PathFinder(index, _RULE), projects)
