"""Readers of the manifests of .NET."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Package, Requirement
from sphinx_repodoc.core.manifests.xml_text import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = {"PackageReference": "Include", "PackageVersion": "Include", "package": "id"}
"""Element -> attribute with the name of a package."""


def read_project(path: str, text: str) -> Iterator[Fact]:
    """Read projects, the versions that they share, and the list of packages that older ones have beside them."""
    for element in read_xml(text):
        name = element.attributes.get(_NAMES.get(element.keys[-1], ""), "")
        if name:
            yield Requirement(ecosystem=Ecosystem.NUGET, name=name, path=path, line=element.line)
    file = path.rpartition("/")[2]
    stem, _, suffix = file.rpartition(".")
    if suffix.endswith("proj"):
        yield Package(ecosystem=Ecosystem.NUGET, name=stem, path=path, line=1)
