"""Readers of the manifests of Ruby, line by line: nothing in them is run."""

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

_GEM = re.compile(r"\s*gem[\s(]+['\"]([\w./-]+)['\"]")
_DEPENDENCY = re.compile(r"\s*\w+\.add_(?:(development|runtime)_)?dependency[\s(]+['\"]([\w./-]+)['\"]")
_NAME = re.compile(r"\s*\w+\.name\s*=\s*['\"]([\w./-]+)['\"]")
_PATHS = re.compile(r"\s*\w+\.require_paths?\s*=\s*([^#]*)")
_WORD = re.compile(r"[\w./-]+")
_GROUP = re.compile(r"\s*group[\s(]+:(\w+)")


def read_gemfile(path: str, text: str) -> Iterator[Fact]:
    """Read the gems of a Gemfile with the group that they stand in."""
    group = ""
    for number, line in enumerate(text.splitlines(), 1):
        opened, gem = _GROUP.match(line), _GEM.match(line)
        if opened:
            group = opened[1]
        elif line.startswith("end"):
            group = ""
        elif gem:
            yield Requirement(ecosystem=Ecosystem.RUBY, name=gem[1], path=path, line=number, group=group)


def read_gemspec(path: str, text: str) -> Iterator[Fact]:
    """Read the name of a gem, what it requires, and the folders that its files are required from."""
    for number, line in enumerate(text.splitlines(), 1):
        name, required, paths = _NAME.match(line), _DEPENDENCY.match(line), _PATHS.match(line)
        if name:
            yield Package(ecosystem=Ecosystem.RUBY, name=name[1], path=path, line=number)
        elif required:
            group = "dev" if required[1] == "development" else ""
            yield Requirement(ecosystem=Ecosystem.RUBY, name=required[2], path=path, line=number, group=group)
        elif paths:
            words = paths[1].removeprefix("%w")
            for folder in _WORD.findall(words):
                target = place(path, folder)
                if target is not None:
                    yield Route(
                        ecosystem=Ecosystem.RUBY,
                        kind=RouteKind.SOURCE,
                        target=target,
                        path=path,
                        line=number,
                    )
