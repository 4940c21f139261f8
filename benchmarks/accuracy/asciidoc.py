"""AsciiDoc against Asciidoctor: titles and sections, compared by their letters."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, Npm, cache_folder
from benchmarks.accuracy.engine.protocol import Fact, Row
from benchmarks.accuracy.engine.tools import AUTHORITIES, find, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.accuracy.engine.protocol import Reading
    from sphinx_repodoc.core.model import Facts


ASCIIDOCTOR = Npm(package="@asciidoctor/core", version="3.0.4")


def _tool() -> str:
    find("node")
    return f"Asciidoctor.js {ASCIIDOCTOR.version}"


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    library = ASCIIDOCTOR.fetch(cache_folder()) / "package" / "dist" / "browser" / "asciidoctor.js"
    for reading in read_lines(["node", str(AUTHORITIES / "asciidoc.cjs"), str(library)], files):
        facts = Counter(fact._replace(name=letters(fact.name)) for fact in reading.facts.elements())
        yield replace(reading, facts=Counter({fact: number for fact, number in facts.items() if fact.name}))


def letters(title: str) -> str:
    """The letters of a title: its markup, and what attributes stand for, is another question."""
    return "".join(re.findall(r"[^\W_]+", html.unescape(re.sub(r"<[^<>]*>|\{[\w-]+\}", "", title))))


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind in {"heading", "title"} and letters(symbol.name):
            yield Fact("definition", letters(symbol.name), symbol.kind, symbol.line)


ROWS = (
    Row(
        language="asciidoc",
        suffixes=(".adoc", ".asciidoc", ".asc"),
        tool=_tool,
        corpora=(GitHub(package="rubocop/rubocop", version="3a42c622171794510e03999c8d55129b73c5dc8f"),),
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    ),
)
