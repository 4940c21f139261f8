"""Scala against the parser of Scalameta, which is a package of npm (``scalameta-parsers``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines
from sphinx_repodoc.core.model import ImportedName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_COMMAND = ("node", str(AUTHORITIES / "scalameta.js"))


def _tool() -> str:
    return output([*_COMMAND, "--version"]).strip()


def read_files(version: str, files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines([*_COMMAND, version], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    """An import of several names is one fact for each."""
    yield from definitions(found)
    for item in found.imports:
        for each in item.names or (ImportedName(name="", alias=item.alias),):
            path = ".".join(filter(None, (item.module, each.name)))
            yield Fact("import", f"{path} as {each.alias}" if each.alias else path, item.form, item.line)


ROWS = (
    Row(
        language="scala",
        suffixes=(".scala",),
        tool=_tool,
        corpora=(
            GitHub(
                package="scala/scala3",
                version="e47290a7637f6b5833085db0423339734b59f0fc",
                include=("compiler/src/*", "library/src/*"),
            ),
        ),
        authority=partial(read_files, "3"),
        facts=facts_of,
    ),
    Row(
        language="scala",
        suffixes=(".scala",),
        tool=_tool,
        corpora=(GitHub(package="apache/kafka", version="1eb7644349cb07139d6a3c1ad1986979647cac99"),),
        authority=partial(read_files, "2"),
        facts=facts_of,
    ),
)
