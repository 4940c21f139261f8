"""Readers of the manifests of other languages: npm, Cargo, Go, Maven, Gradle, CMake, Make.

Each takes the path and the text of one file and yields what it says, as
:mod:`~sphinx_repodoc.core.manifest_records` has it. Nothing is executed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from xml.parsers import expat

from sphinx_repodoc.core.manifest_records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    TestEvidence,
    Tool,
)
from sphinx_repodoc.core.manifest_text import Toml, iter_json, read_toml

_NPM_GROUPS = {
    "dependencies": "",
    "devDependencies": "dev",
    "peerDependencies": "peer",
    "optionalDependencies": "optional",
}
_CARGO_GROUPS = {"dependencies": "", "dev-dependencies": "dev", "build-dependencies": "build"}
_GO_MODULE = re.compile(r"module\s+(\S+)")
_GO_REQUIRE = re.compile(r"(?:require\s+)?([\w.~/-]+)\s+v\d")
_GRADLE = re.compile(
    r"\s*(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly))\W+([\w.-]+:[\w.-]+)"
)
_CMAKE = re.compile(
    r"\s*(enable_testing|add_test|gtest_discover_tests|find_package|project)\s*\(\s*([\w.:+-]*)",
    re.IGNORECASE,
)
_MAKE_TARGET = re.compile(r"(test|tests|check)\s*:(?!=)")
_VCPKG_KEYS = (("dependencies",), ("dependencies", "name"))


def _inside(path: str, file: str) -> str:
    """Make the name of a file in a manifest relative to the repository; empty if it leads out."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    return "" if joined.startswith(("..", "/")) or joined == "." else joined


def read_package_json(path: str, text: str) -> Iterator[Fact]:
    """Read npm's manifest; the test script that ``npm init`` writes is none."""
    name, name_line, main, main_line = "", 1, "", 0
    for keys, value, line in iter_json(text):
        group = _NPM_GROUPS.get(keys[0])
        if keys == ("name",):
            name, name_line = value, line
        elif keys == ("main",):
            main, main_line = _inside(path, value), line
        elif group is not None and len(keys) > 1:
            yield Requirement(ecosystem=Ecosystem.NPM, name=keys[1], path=path, line=line, group=group)
        elif keys == ("scripts", "test") and "no test specified" not in value:
            yield TestEvidence(tool=Tool.NPM, path=path, line=line, name="test", command=value)
        elif keys[0] == "bin":
            command = keys[1] if len(keys) > 1 else name.rpartition("/")[2]
            yield EntryPoint(name=command, file=_inside(path, value), path=path, line=line, group="bin")
    if main:
        yield EntryPoint(name=name, file=main, path=path, line=main_line, group="main")
    if name:
        yield Package(ecosystem=Ecosystem.NPM, name=name, path=path, line=name_line, main=main)


def read_cargo(path: str, text: str) -> Iterator[Fact]:
    """Read Cargo's manifest; the name of a requirement is the one it is used by in the code."""
    toml = read_toml(text)
    bases: list[tuple[str, ...]] = [(), ("workspace",)]
    bases.extend(("target", target) for target in toml.table("target"))
    for base in bases:
        for table, group in _CARGO_GROUPS.items():
            for name in toml.table(*base, table):
                line = toml.line((*base, table, name))
                yield Requirement(ecosystem=Ecosystem.CARGO, name=name, path=path, line=line, group=group)
    yield from _cargo_package(toml, path)


def _cargo_package(toml: Toml, path: str) -> Iterator[Fact]:
    package = toml.table("package").get("name")
    if not isinstance(package, str):
        return
    line = toml.line(("package", "name"))
    library = toml.table("lib")
    main = library.get("path")
    name = library.get("name")
    yield Package(
        ecosystem=Ecosystem.CARGO,
        name=name if isinstance(name, str) else package,
        path=path,
        line=line,
        main=_inside(path, main if isinstance(main, str) else "src/lib.rs"),
    )
    yield TestEvidence(tool=Tool.CARGO, path=path, line=toml.line(("package",)))
    bins = toml.data.get("bin")
    for number, table in enumerate(bins if isinstance(bins, list) else []):
        binary = table.get("name") if isinstance(table, Mapping) else None
        if isinstance(binary, str):
            file = table.get("path")
            file = _inside(path, file if isinstance(file, str) else f"src/bin/{binary}.rs")
            at = toml.line(("bin",), f'"{binary}"', nth=number)
            yield EntryPoint(name=binary, file=file, path=path, line=at, group="bin")
    if not bins:
        # Cargo's default: where the file does not exist, nothing will come of it.
        yield EntryPoint(name=package, file=_inside(path, "src/main.rs"), path=path, line=line, group="bin")


def read_go_mod(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        module = _GO_MODULE.match(stripped)
        if module:
            name = module[1].strip('"')
            yield Package(ecosystem=Ecosystem.GO, name=name, path=path, line=number)
            yield TestEvidence(tool=Tool.GO, path=path, line=number)
            continue
        match = _GO_REQUIRE.match(stripped)
        if match:
            group = "indirect" if "// indirect" in stripped else ""
            yield Requirement(ecosystem=Ecosystem.GO, name=match[1], path=path, line=number, group=group)


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


def read_cmake(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _CMAKE.match(line)
        if match is None:
            continue
        command, argument = match[1].lower(), match[2]
        if command == "project":
            if argument:
                yield Package(ecosystem=Ecosystem.NATIVE, name=argument, path=path, line=number)
        elif command == "find_package":
            if argument:
                yield Requirement(ecosystem=Ecosystem.NATIVE, name=argument, path=path, line=number)
        else:
            yield TestEvidence(tool=Tool.CTEST, path=path, line=number, name=command)


def read_vcpkg(path: str, text: str) -> Iterator[Fact]:
    for keys, value, line in iter_json(text):
        if keys in _VCPKG_KEYS:
            yield Requirement(ecosystem=Ecosystem.NATIVE, name=value, path=path, line=line)


def read_makefile(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _MAKE_TARGET.match(line)
        if match:
            yield TestEvidence(tool=Tool.MAKE, path=path, line=number, name=match[1])
