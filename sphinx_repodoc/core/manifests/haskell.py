"""Reader of Cabal's manifest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    Fact,
    Package,
    Requirement,
    Route,
    RouteKind,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = re.compile(r"(\s*)([\w-]+):\s*(.*)")
_NAME = re.compile(r"[A-Za-z][\w-]*")


def read_cabal(path: str, text: str) -> Iterator[Fact]:
    """Read the packages and the source folders of each component."""
    for key, value, line in _fields(text):
        if key == "build-depends":
            for part in value.split(","):
                name = _NAME.match(part.strip())
                if name and name[0] != "base":
                    yield Requirement(ecosystem=Ecosystem.HACKAGE, name=name[0], path=path, line=line)
        elif key == "hs-source-dirs":
            for folder in value.replace(",", " ").split():
                target = place(path, folder)
                if target is not None:
                    yield Route(
                        ecosystem=Ecosystem.HACKAGE,
                        kind=RouteKind.SOURCE,
                        target=target,
                        path=path,
                        line=line,
                    )
        elif key == "name":
            yield Package(ecosystem=Ecosystem.HACKAGE, name=value.strip(), path=path, line=line)


def _fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the lines of each field: its key in lower case, what stands behind it or below it, and its line."""
    key, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        code = line.partition("--")[0].rstrip()
        match = _KEY.match(code)
        if match:
            key, depth, code = match[2].lower(), len(match[1]), match[3]
        elif code and len(code) - len(code.lstrip()) <= depth:
            key = ""
        if key and code:
            yield key, code, number
