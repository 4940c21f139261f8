"""Reader of Julia's manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Package, Requirement, inside
from sphinx_repodoc.core.manifests.text import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = {"deps": "", "weakdeps": "weak", "extras": "extras"}


def read_project(path: str, text: str) -> Iterator[Fact]:
    """Read the packages that a project depends on, and its own name."""
    toml = read_toml(text)
    for table, group in _GROUPS.items():
        for name in toml.table(table):
            line = toml.line((table, name))
            yield Requirement(ecosystem=Ecosystem.JULIA, name=name, path=path, line=line, group=group)
    own = toml.data.get("name")
    if isinstance(own, str):
        main = inside(path, f"src/{own}.jl")
        yield Package(ecosystem=Ecosystem.JULIA, name=own, path=path, line=toml.line(("name",)), main=main)
