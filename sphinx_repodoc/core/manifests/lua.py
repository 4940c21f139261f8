"""Reader of the manifests of rocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Requirement, Route, RouteKind, place

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")
_ROCK = re.compile(r"[\w.-]+")
_LUA_MODULE = re.compile(r"\s*(?:\[\s*[\"']([\w.-]+)[\"']\s*\]|([\w]+))\s*=\s*[\"']([\w./-]+\.lua)[\"']")
_DEPENDENCIES = re.compile(r"\s*(?:build_|test_)?dependencies\s*=")


def read_rockspec(path: str, text: str) -> Iterator[Fact]:
    """Read the rocks that are required, and the file of each module."""
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        code = line.partition("--")[0]
        if _DEPENDENCIES.match(code):
            inside = "dependencies"
        if inside:
            for quoted in _QUOTED.findall(code):
                rock = _ROCK.match(quoted)
                if rock and rock[0] != "lua":
                    yield Requirement(ecosystem=Ecosystem.ROCK, name=rock[0], path=path, line=number)
            inside = "" if "}" in code else inside
            continue
        module = _LUA_MODULE.match(code)
        target = place(path, module[3]) if module else None
        if module and target is not None:
            yield Route(
                ecosystem=Ecosystem.ROCK,
                kind=RouteKind.ALIAS,
                name=module[1] or module[2],
                target=target,
                path=path,
                line=number,
            )
