"""Readers of the manifests of CMake, Make and vcpkg."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    Fact,
    Package,
    Requirement,
    TestEvidence,
    Tool,
)
from sphinx_repodoc.core.manifests.text import iter_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_CMAKE = re.compile(
    r"\s*(enable_testing|add_test|gtest_discover_tests|find_package|project)\s*\(\s*([\w.:+-]*)",
    re.IGNORECASE,
)
_MAKE_TARGET = re.compile(r"(test|tests|check)\s*:(?!=)")
_VCPKG_KEYS = (("dependencies",), ("dependencies", "name"))


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
