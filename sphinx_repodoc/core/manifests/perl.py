"""Readers of the manifests of CPAN."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

_CPAN = re.compile(
    r"\s*(?:test_|build_|author_|configure_)?(requires|recommends|suggests)[\s(]*[\"']([\w:]+)[\"']"
)
_CPAN_PHASE = re.compile(r"\s*on[\s(]*[\"']?(\w+)[\"']?\s*=>")
_DIST = re.compile(r"\s*([A-Z]\w*(?:::\w+)*)\s*=")


def read_cpanfile(path: str, text: str) -> Iterator[Fact]:
    group = ""
    for number, line in enumerate(text.splitlines(), 1):
        phase, required = _CPAN_PHASE.match(line), _CPAN.match(line)
        if phase:
            group = phase[1]
        elif line.startswith("}"):
            group = ""
        elif required:
            yield Requirement(ecosystem=Ecosystem.CPAN, name=required[2], path=path, line=number, group=group)


def read_dist_ini(path: str, text: str) -> Iterator[Fact]:
    """Read the sections of Dist::Zilla that list modules."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            inside = line.startswith("[Prereqs")
        match = _DIST.match(line) if inside else None
        if match:
            yield Requirement(ecosystem=Ecosystem.CPAN, name=match[1], path=path, line=number)
