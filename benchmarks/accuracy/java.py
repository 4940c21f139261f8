"""Java against the parser of javac."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import Debian, Npm
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_OPEN = [
    f"--add-exports=jdk.compiler/com.sun.tools.javac.{package}=ALL-UNNAMED" for package in ("code", "tree")
]


def _tool() -> str:
    tools.find("java")
    return tools.output(["javac", "--version"]).strip()


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    return tools.read_lines(["java", *_OPEN, str(tools.AUTHORITIES / "JavacTree.java")], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        yield Fact(
            "import", ".".join([item.module, *(name.name for name in item.names)]), item.form, item.line
        )


ROWS = (
    Row(
        language="java",
        suffixes=(".java",),
        tool=_tool,
        corpora=(
            Debian(
                package="openjdk-17-source",
                version="17.0.21.1+2-1~deb12u1",
                inner="usr/lib/jvm/openjdk-17/lib/src.zip",
                include=("java.base/*", "java.net.http/*", "jdk.compiler/*"),
            ),
            Npm(package="@capacitor/android", version="7.4.3"),
            Npm(package="react-native", version="0.81.4"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
