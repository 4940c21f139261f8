"""Kotlin against the parser of its compiler.

``KOTLIN_COMPILER`` names the folder that holds ``kotlin-compiler.jar`` and ``kotlin-stdlib.jar``: ``lib`` of a
distribution of the compiler, or of the package ``kotlin-compiler`` of npm.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts


def _command() -> list[str]:
    folder = Path(os.environ.get("KOTLIN_COMPILER", ""))
    jars = [folder / "kotlin-compiler.jar", folder / "kotlin-stdlib.jar"]
    if not all(jar.is_file() for jar in jars):
        raise Unavailable("KOTLIN_COMPILER does not name the folder of kotlin-compiler.jar.")
    return ["java", "-cp", os.pathsep.join(map(str, jars)), str(AUTHORITIES / "KotlinFacts.java")]


def _tool() -> str:
    return output([*_command(), "--version"]).strip()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines(_command(), files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        names = f".{item.names[0].name}" if item.names else ""
        alias = f" as {item.alias}" if item.alias else ""
        yield Fact("import", item.module + names + alias, item.form, item.line)


ROWS = (
    Row(
        language="kotlin",
        suffixes=(".kt", ".kts"),
        tool=_tool,
        corpora=(
            GitHub(package="square/okhttp", version="1682d9bac8c03dffde2969b0b74d47649d0dbb52"),
            GitHub(package="ktorio/ktor", version="ef92e5537d7465961f1b3f2b21e217fc35bcfa1f"),
            GitHub(package="Kotlin/kotlinx.coroutines", version="792ac67bdcd5592e5764753e623a9e8c6e4bcb29"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
