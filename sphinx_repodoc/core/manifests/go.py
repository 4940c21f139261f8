"""Reader of Go's manifest."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator

_GO_MODULE = re.compile(r"module\s+(\S+)")
_GO_REQUIRE = re.compile(r"(?:require\s+)?([\w.~/-]+)\s+v\d")


def read_go_mod(path: str, text: str) -> Iterator[Fact]:
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        module = _GO_MODULE.match(stripped)
        if module:
            name = module[1].strip('"')
            yield Package(ecosystem=Ecosystem.GO, name=name, path=path, line=number)
            yield TestEvidence(tool=Tool.GO, path=path, line=number)
            continue
        match = _GO_REQUIRE.match(stripped)
        if match:
            group = "indirect" if "// indirect" in stripped else ""
            yield Requirement(ecosystem=Ecosystem.GO, name=match[1], path=path, line=number, group=group)
