"""Reader of the description of packages of R."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import Ecosystem, Fact, Package, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = re.compile(r"([A-Z][\w@/]*):\s*(.*)")
_NAME = re.compile(r"[A-Za-z][\w.]*")

_GROUPS = {"depends": "", "imports": "", "suggests": "suggests", "enhances": "enhances", "linkingto": ""}


def read_description(path: str, text: str) -> Iterator[Fact]:
    """Read the packages that one of R depends on; other files of this name have no such lines."""
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _KEY.match(line)
        key = match[1].lower() if match else key if line[:1].isspace() else ""
        code = match[2] if match else line
        if key in _GROUPS:
            for part in code.split(","):
                name = _NAME.match(part.strip())
                if name and name[0] != "R":
                    yield Requirement(
                        ecosystem=Ecosystem.CRAN, name=name[0], path=path, line=number, group=_GROUPS[key]
                    )
        elif key == "package" and match:
            yield Package(ecosystem=Ecosystem.CRAN, name=code.strip(), path=path, line=number)
