"""Reader of Go's manifest."""

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
    TestEvidence,
    Tool,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODULE = re.compile(r'module\s+"?([^\s"]+)')
_REQUIRE = re.compile(r'(?:require\s+)?"?([\w.~/-]+)"?\s+v\d')
_REPLACE = re.compile(r'(?:replace\s+)?"?([\w.~/-]+)"?(?:\s+v\S+)?\s+=>\s+"?(\.\.?(?:/[^\s"]*)?)"?')


def read_go_mod(path: str, text: str) -> Iterator[Fact]:
    """Read the module, its requirements, and folders of this repository that replace some."""
    for number, line in enumerate(text.splitlines(), 1):
        code, _, comment = line.strip().partition("//")
        module = _MODULE.match(code)
        replaced = _REPLACE.match(code)
        required = _REQUIRE.match(code)
        if module:
            yield Package(ecosystem=Ecosystem.GO, name=module[1], path=path, line=number)
            yield TestEvidence(tool=Tool.GO, path=path, line=number)
        elif replaced:
            target = place(path, replaced[2])
            if target is not None:
                yield Route(
                    ecosystem=Ecosystem.GO,
                    kind=RouteKind.LOCAL,
                    name=replaced[1],
                    target=target,
                    path=path,
                    line=number,
                )
        elif required and "=>" not in code:
            group = "indirect" if comment.strip() == "indirect" else ""
            yield Requirement(ecosystem=Ecosystem.GO, name=required[1], path=path, line=number, group=group)
