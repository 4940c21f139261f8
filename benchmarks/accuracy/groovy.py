"""Groovy against its own parser, which does not tell the place of a name: it is the first behind the annotations.

What only scripts of Gradle have is left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row
from benchmarks.accuracy.engine.tools import AUTHORITIES, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_GRADLE = frozenset({"dependency", "package", "plugin", "task"})


def _tool() -> str:
    return " ".join(output(["groovy", "--version"]).replace("Version: ", "").split()[:2])


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    printed = output(
        ["groovy", str(AUTHORITIES / "GroovyFacts.groovy")], text="".join(f"{path}\n" for path in files)
    )
    for line in filter(None, printed.split("\n")):
        found = json.loads(line)
        path = Path(found["path"])
        lines = path.read_text("utf-8", errors="replace").split("\n")
        facts = Counter(_fact(lines, fact) for fact in found.get("facts") or ())
        yield Reading(path=path, facts=facts, error=found.get("error", ""))


def _fact(lines: Sequence[str], found: Sequence[Any]) -> Fact:
    form, name, kind, first, column, last, own = found
    plain = re.escape(own)
    word = re.compile(rf"(?<![\w@$]){plain}(?![\w$])" if own[:1].isidentifier() else plain)
    for number in range(first, last + 1):
        if own and word.search(lines[number - 1], column - 1 if number == first else 0):
            return Fact(form, name, kind, number)
    return Fact(form, name, kind, first)


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind not in _GRADLE:
            yield Fact("definition", symbol.qualname, symbol.kind, symbol.line)
    for item in found.imports:
        if item.form.startswith("import"):
            names = ",".join(name.name + (f" as {name.alias}" if name.alias else "") for name in item.names)
            alias = f" as {item.alias}" if item.alias else ""
            yield Fact("import", f"{item.module}{alias}: {names}", item.form, item.line)


ROWS = (
    Row(
        language="groovy",
        suffixes=(".groovy",),
        tool=_tool,
        corpora=(
            GitHub(package="spockframework/spock", version="9cf773df1d6ac1a6d1c9e0686c2239b15d661c57"),
            GitHub(package="nextflow-io/nextflow", version="2aad02f65758dd5d0fb0b1c74786ad52f9d06f1a"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
