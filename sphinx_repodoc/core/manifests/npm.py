"""Reader of npm's manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    TestEvidence,
    Tool,
    inside,
)
from sphinx_repodoc.core.manifests.text import iter_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_NPM_GROUPS = {
    "dependencies": "",
    "devDependencies": "dev",
    "peerDependencies": "peer",
    "optionalDependencies": "optional",
}


def read_package_json(path: str, text: str) -> Iterator[Fact]:
    """Read npm's manifest; the test script that ``npm init`` writes is none."""
    name, name_line, main, main_line = "", 1, "", 0
    for keys, value, line in iter_json(text):
        group = _NPM_GROUPS.get(keys[0])
        if keys == ("name",):
            name, name_line = value, line
        elif keys == ("main",):
            main, main_line = inside(path, value), line
        elif group is not None and len(keys) > 1:
            yield Requirement(ecosystem=Ecosystem.NPM, name=keys[1], path=path, line=line, group=group)
        elif keys == ("scripts", "test") and "no test specified" not in value:
            yield TestEvidence(tool=Tool.NPM, path=path, line=line, name="test", command=value)
        elif keys[0] == "bin":
            command = keys[1] if len(keys) > 1 else name.rpartition("/")[2]
            yield EntryPoint(name=command, file=inside(path, value), path=path, line=line, group="bin")
    if main:
        yield EntryPoint(name=name, file=main, path=path, line=main_line, group="main")
    if name:
        yield Package(ecosystem=Ecosystem.NPM, name=name, path=path, line=name_line, main=main)
