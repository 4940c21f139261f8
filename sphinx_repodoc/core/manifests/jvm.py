"""Readers of the manifests of Maven and Gradle."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.parsers import expat

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    Fact,
    Requirement,
    TestEvidence,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GRADLE = re.compile(
    r"\s*(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly))\W+([\w.-]+:[\w.-]+)"
)


class _DoctypeFound(Exception):  # noqa: N818
    """The document declares a type, and may so define entities: it is not read."""


class _Pom:
    """Collects the coordinates of dependencies while expat reads; keeps only what it needs."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.facts: list[Fact] = []
        self._keys: list[str] = []
        self._text: list[str] = []
        self._found: dict[str, str] = {}
        self._line = 1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, text: str) -> None:
        self._parser.Parse(text.encode("utf-8", "replace"), True)

    def _refuse(self, *_: object) -> None:
        raise _DoctypeFound

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._keys.append(name.rpartition(":")[2])
        self._text.clear()
        if self._keys[-1] == "dependency":
            self._found.clear()
            self._line = self._parser.CurrentLineNumber

    def _add_text(self, text: str) -> None:
        self._text.append(text)

    def _end(self, _name: str) -> None:
        key = self._keys.pop()
        if self._keys[-1:] == ["dependency"]:
            self._found[key] = "".join(self._text).strip()
        elif key == "dependency" and {"groupId", "artifactId"} <= self._found.keys():
            name = f"{self._found['groupId']}:{self._found['artifactId']}"
            group = self._found.get("scope", "")
            self.facts.append(
                Requirement(
                    ecosystem=Ecosystem.MAVEN, name=name, path=self.path, line=self._line, group=group
                )
            )
        self._text.clear()


def read_pom(path: str, text: str) -> Iterator[Fact]:
    """Read Maven's manifest up to where it stops being well formed; never one with a DOCTYPE."""
    pom = _Pom(path)
    with suppress(expat.ExpatError, _DoctypeFound, ValueError):
        pom.read(text)
    yield TestEvidence(tool=Tool.MAVEN, path=path, line=1)
    yield from pom.facts


def read_gradle(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _GRADLE.match(line)
        if match:
            group = "test" if match[1].startswith("test") else ""
            yield Requirement(ecosystem=Ecosystem.MAVEN, name=match[2], path=path, line=number, group=group)
