"""Readers of configurations that say where JavaScript and TypeScript find modules."""

from __future__ import annotations

import posixpath
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
from sphinx_repodoc.core.manifests.text import iter_json

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_tsconfig(path: str, text: str) -> Iterator[Fact]:
    """Read ``paths``, ``baseUrl`` and ``extends`` of TypeScript's and of editors' configurations.

    Paths count from the base folder where the same file names one, else from its own.
    """
    values = list(iter_json(text))
    base = next((each.value for each in values if each.keys == ("compilerOptions", "baseUrl")), "")
    for keys, value, line in values:
        if keys == ("compilerOptions", "baseUrl"):
            yield from _route(RouteKind.SOURCE, "", value, path, line)
        elif keys[:2] == ("compilerOptions", "paths") and len(keys) == 3:  # noqa: PLR2004 -- the pattern
            yield from _route(RouteKind.ALIAS, keys[2], posixpath.join(base, value), path, line)
        elif keys == ("extends",) and value.startswith("."):
            target = value if value.endswith(".json") else f"{value}.json"
            yield from _route(RouteKind.EXTENDS, "", target, path, line)


def read_deno(path: str, text: str) -> Iterator[Fact]:
    """Read the package and the import map of Deno; a name that ends in a slash stands for a folder."""
    values = list(iter_json(text))
    name = next((each.value for each in values if each.keys == ("name",)), "")
    for keys, value, line in values:
        if keys == ("name",):
            yield Package(ecosystem=Ecosystem.NPM, name=name, path=path, line=line)
        elif keys[0] == "exports" and value.startswith("."):
            entry = keys[1][1:] if len(keys) > 1 else ""
            yield from _route(RouteKind.EXPORT, name + entry, value, path, line)
        elif keys[0] == "imports" and len(keys) == 2:  # noqa: PLR2004 -- ``scopes`` are deeper
            star = "*" * keys[1].endswith("/")
            if value.startswith("."):
                yield from _route(RouteKind.ALIAS, keys[1] + star, value + star, path, line)
            else:
                required = keys[1].rstrip("/")
                yield Requirement(ecosystem=Ecosystem.NPM, name=required, path=path, line=line)


def _route(kind: RouteKind, name: str, target: str, path: str, line: int) -> Iterator[Route]:
    found = place(path, target.replace("${configDir}/", ""))
    if found is not None:
        yield Route(ecosystem=Ecosystem.NPM, kind=kind, name=name, target=found, path=path, line=line)
