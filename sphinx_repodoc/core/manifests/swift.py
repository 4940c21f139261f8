"""Reader of the manifest of Swift packages: a program, of which the literal arguments are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Requirement, Route, RouteKind, place

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"|//[^\n]*|/\*(?:[^*]|\*(?!/))*+|(?P<call>\w+)[ \t]*+\(|(?P<label>\w+)[ \t]*+:|[()\[\]]'
)
_FOLDERS = {"target": "Sources", "executableTarget": "Sources", "macro": "Sources", "testTarget": "Tests"}
"""Kind of target to the folder that its own lies in, unless it says where."""


@dataclass(slots=True)
class _Call:
    """A call that is read, or a pair of brackets."""

    name: str
    line: int
    label: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    """Label of an argument to the text that it is."""


def read_package(path: str, text: str) -> Iterator[Fact]:
    """Read the targets with their folders, and the packages and products that are required."""
    for call in _iter_calls(text):
        name = call.texts.get("name", "")
        if call.name in _FOLDERS and name:
            folder = call.texts.get("path") or f"{_FOLDERS[call.name]}/{name}"
            target = place(path, folder)
            if target is not None:
                yield Route(
                    ecosystem=Ecosystem.SWIFT,
                    kind=RouteKind.LOCAL,
                    name=name,
                    target=target,
                    path=path,
                    line=call.line,
                )
        elif call.name == "product" and name and "package" in call.texts:
            yield Requirement(ecosystem=Ecosystem.SWIFT, name=name, path=path, line=call.line)
        elif call.name == "package" and "url" in call.texts:
            last = call.texts["url"].rstrip("/").rpartition("/")[2].removesuffix(".git")
            yield Requirement(ecosystem=Ecosystem.SWIFT, name=last, path=path, line=call.line)


def _iter_calls(text: str) -> Iterator[_Call]:
    """Yield each call when it is closed, with those of its arguments that are texts."""
    stack: list[_Call] = []
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        found = match[0]
        if match["call"] or found in "([":
            stack.append(_Call(match["call"] or "", line))
        elif found in ")]":
            if stack:
                yield stack.pop()
        elif match["label"] and stack:
            stack[-1].label = match["label"]
        elif found[0] == '"' and stack:
            stack[-1].texts.setdefault(stack[-1].label, found[1:-1])
