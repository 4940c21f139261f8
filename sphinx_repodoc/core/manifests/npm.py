"""Readers of the manifests of npm and of the tools that join its packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    Route,
    RouteKind,
    TestEvidence,
    Tool,
    inside,
    place,
)
from sphinx_repodoc.core.manifests.text import JsonValue, iter_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_NPM_GROUPS = {
    "dependencies": "",
    "devDependencies": "dev",
    "peerDependencies": "peer",
    "optionalDependencies": "optional",
}


_MAINS = ("source", "module", "main", "types", "typings")
"""Keys with the file that a package is imported for, the one that is written by hand first."""
_LOCAL = ("file:", "link:", "portal:", "workspace:.")
"""What a version begins with that is the path of a folder."""


def read_package_json(path: str, text: str) -> Iterator[Fact]:
    """Read npm's manifest; the test script that ``npm init`` writes is none."""
    values = list(iter_json(text))
    name, name_line = next(((each.value, each.line) for each in values if each.keys == ("name",)), ("", 1))
    main = ""
    for keys, value, line in values:
        group = _NPM_GROUPS.get(keys[0])
        if keys == ("main",):
            main = inside(path, value)
        elif group is not None and len(keys) > 1:
            yield Requirement(ecosystem=Ecosystem.NPM, name=keys[1], path=path, line=line, group=group)
            yield from _local(keys[1], value, path, line)
        elif keys == ("scripts", "test") and "no test specified" not in value:
            yield TestEvidence(tool=Tool.NPM, path=path, line=line, name="test", command=value)
        elif keys[0] == "bin":
            command = keys[1] if len(keys) > 1 else name.rpartition("/")[2]
            yield EntryPoint(name=command, file=inside(path, value), path=path, line=line, group="bin")
        elif keys[0] == "workspaces":
            yield from _member(value, path, line)
        if keys == ("main",) and main:
            yield EntryPoint(name=name, file=main, path=path, line=line, group="main")
    if name:
        yield Package(ecosystem=Ecosystem.NPM, name=name, path=path, line=name_line, main=main)
    yield from _routes(name, values, path)


def _routes(name: str, values: list[JsonValue], path: str) -> Iterator[Route]:
    """Read what a package offers, and what it calls its own files; declarations come behind other files."""
    for last in (False, True):
        for keys, value, line in values:
            if keys[0] not in {"exports", "imports"} or ("types" in keys[1:]) is not last:
                continue
            entry = keys[1] if len(keys) > 1 else ""
            if keys[0] == "imports":
                yield from _route(RouteKind.INTERNAL, entry, value, path, line)
            else:
                yield from _route(RouteKind.EXPORT, name + _subpath(entry), value, path, line)
    for key in _MAINS:
        for keys, value, line in values:
            if keys == (key,):
                yield from _route(RouteKind.EXPORT, name, f"./{value}", path, line)


def _subpath(entry: str) -> str:
    """``./x`` is offered behind the name of the package; a condition says nothing about the name."""
    return entry[1:] if entry.startswith("./") else ""


def _route(kind: RouteKind, name: str, target: str, path: str, line: int) -> Iterator[Route]:
    """Lead a name to a file; what it leads to in another package is none."""
    found = place(path, target) if target.startswith(".") else None
    if found is not None:
        slash = "/" * target.endswith("/")
        if slash:  # ``./lib/`` offers all that the folder holds
            name, found = f"{name}*", f"{found}/*"
        yield Route(ecosystem=Ecosystem.NPM, kind=kind, name=name, target=found, path=path, line=line)


def _local(name: str, version: str, path: str, line: int) -> Iterator[Route]:
    prefix = next((each for each in _LOCAL if version.startswith(each)), "")
    target = place(path, version[len(prefix.rstrip(".")) :]) if prefix else None
    if target is not None:
        yield Route(
            ecosystem=Ecosystem.NPM, kind=RouteKind.LOCAL, name=name, target=target, path=path, line=line
        )


def _member(pattern: str, path: str, line: int) -> Iterator[Route]:
    target = None if pattern.startswith("!") else place(path, pattern)
    if target is not None:
        yield Route(ecosystem=Ecosystem.NPM, kind=RouteKind.MEMBER, target=target, path=path, line=line)


def read_lerna(path: str, text: str) -> Iterator[Fact]:
    for keys, value, line in iter_json(text):
        if keys == ("packages",):
            yield from _member(value, path, line)


def read_pnpm_workspace(path: str, text: str) -> Iterator[Fact]:
    """Read the list below ``packages:``; the rest of the file says nothing about places."""
    inside_list = False
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("-") and inside_list:
            yield from _member(stripped[1:].partition(" #")[0].strip(" \t'\""), path, number)
        elif stripped and not stripped.startswith("#"):
            inside_list = stripped.partition("#")[0].rstrip() == "packages:"
