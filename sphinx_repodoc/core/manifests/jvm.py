"""Readers of the manifests of Maven and Gradle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Package, Requirement, TestEvidence, Tool
from sphinx_repodoc.core.manifests.text import read_toml
from sphinx_repodoc.core.manifests.xml_text import XmlElement, read_xml

_GRADLE = re.compile(
    r"\s*(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[kK]apt|[kK]sp|annotationProcessor))"
    r"[\s('\"]+([\w.-]+:[\w.-]+)"
)
_SBT = re.compile(r'"([\w.-]+)"\s*%{1,3}\s*"([\w.-]+)"\s*%')
_PARTS = frozenset({"groupId", "artifactId", "scope"})


def read_pom(path: str, text: str) -> Iterator[Fact]:
    """Read Maven's manifest; never one with a DOCTYPE."""
    elements = read_xml(text)
    yield TestEvidence(tool=Tool.MAVEN, path=path, line=1)
    parts: dict[tuple[str, ...], XmlElement] = {}
    for each in elements:
        if each.keys[-1] in _PARTS:
            parts[each.keys] = each
        elif each.keys[-1] == "dependency":
            yield from _dependency(parts, each, path)
            parts = {keys: part for keys, part in parts.items() if keys[:-1] != each.keys}
    group = parts.get(("project", "groupId")) or parts.get(("project", "parent", "groupId"))
    artifact = parts.get(("project", "artifactId"))
    if artifact and artifact.text:
        name = f"{group.text}:{artifact.text}" if group else artifact.text
        yield Package(ecosystem=Ecosystem.MAVEN, name=name, path=path, line=artifact.line, main=path)


def _dependency(
    parts: Mapping[tuple[str, ...], XmlElement], element: XmlElement, path: str
) -> Iterator[Requirement]:
    group, artifact, scope = (parts.get((*element.keys, name)) for name in ("groupId", "artifactId", "scope"))
    if group and artifact:
        yield Requirement(
            ecosystem=Ecosystem.MAVEN,
            name=f"{group.text}:{artifact.text}",
            path=path,
            line=element.line,
            group=scope.text if scope else "",
        )


def read_gradle(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _GRADLE.match(line)
        if match:
            group = "test" if match[1].startswith("test") else ""
            yield Requirement(ecosystem=Ecosystem.MAVEN, name=match[2], path=path, line=number, group=group)


def read_sbt(path: str, text: str) -> Iterator[Fact]:
    """Read what stands before two per cent signs in the build of Scala."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in _SBT.finditer(line.partition("//")[0]):
            name = f"{match[1]}:{match[2]}"
            yield Requirement(ecosystem=Ecosystem.MAVEN, name=name, path=path, line=number)


def read_catalog(path: str, text: str) -> Iterator[Fact]:
    """Read the libraries of a version catalogue of Gradle."""
    toml = read_toml(text)
    for key, value in toml.table("libraries").items():
        name = value.get("module") if isinstance(value, Mapping) else value
        if name is None and isinstance(value, Mapping):
            name = f"{value.get('group')}:{value.get('name')}"
        if isinstance(name, str) and ":" in name:
            coordinates = ":".join(name.split(":")[:2])
            line = toml.line(("libraries", key))
            yield Requirement(ecosystem=Ecosystem.MAVEN, name=coordinates, path=path, line=line)
