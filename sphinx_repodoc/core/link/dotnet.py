"""C# usings to the files that declare a namespace, as far as their types are mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import HERE, STANDARD, Found, Named, folder_of, read_requirements
from sphinx_repodoc.core.link.namespaces import make_namespaces, prefixes
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

_STANDARD = ("system.", "microsoft.csharp.", "microsoft.visualbasic.", "microsoft.win32.", "windows.")
_FRAMEWORKS = ("microsoft.aspnetcore.", "microsoft.extensions.")
"""Standard where a project is for the web, and packages elsewhere: a requirement comes first."""


@dataclass(slots=True)
class DotnetLinker:
    """Namespaces and types that files of this repository declare."""

    requirements: Requirements
    namespaces: Namespaces

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        module = wanted.module.partition("<")[0].removeprefix("global::")
        for name in (*_inside(file, wanted.line, module), module):
            found = self._take(file, name, wanted)
            if found is not None:
                return found
        dotted = f"{module.lower()}."
        if dotted.startswith(_STANDARD):
            return STANDARD
        if module in self.namespaces.files:
            return HERE
        names = (name for name, _ in prefixes(module.lower()))
        explained = self.requirements.explain(folder_of(file.entry.path), names)
        if explained.origin is Origin.UNKNOWN and dotted.startswith(_FRAMEWORKS):
            return STANDARD
        return explained

    def _take(self, file: File, name: str, wanted: Import) -> Found | None:
        """Take what is mentioned of a namespace, or a type by its whole name."""
        files = self.namespaces.mentioned(name, file.facts.words)
        if files:
            return Found(origin=Origin.HERE, whole=files)
        for namespace, rest in prefixes(name):
            files = self.namespaces.define(folder_of(file.entry.path), namespace, rest[0]) if rest else ()
            if files:
                named = Named(rest[0], wanted.alias or rest[0], files)
                return Found(origin=Origin.HERE, whole=files if wanted.names else (), named=(named,))
        return None


def _inside(file: File, line: int, module: str) -> Iterator[str]:
    """Yield what a name may stand for in the namespaces around a line, the innermost first."""
    for symbol in reversed(file.facts.symbols):
        if symbol.kind == "namespace" and symbol.line <= line <= symbol.end_line:
            for around, _ in prefixes(symbol.qualname):
                yield f"{around}.{module}"


def csharp_namespaces(index: Index) -> Namespaces:
    return make_namespaces(index.of_language("csharp"))


def make_dotnet_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.NUGET, lambda name: [name.lower()])
    return DotnetLinker(requirements, index.share(csharp_namespaces))
