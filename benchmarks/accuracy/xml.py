"""XML against Expat: elements with a name or an identifier, in documents that are well formed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.parsers import expat

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_COMPUTED = re.compile(r"\$\{|\$\(|\{\{|\{%|\s{2}|\n")


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    for path in files:
        document = _Document()
        try:
            document.parser.Parse(path.read_bytes().replace(b"\r\n", b"\n"), True)
            yield Reading(path=path, facts=Counter(document.found))
        except expat.ExpatError as error:
            yield Reading(path=path, error=str(error))


class _Document:
    def __init__(self) -> None:
        self.found: list[Fact] = []
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._names: list[str] = []
        self._seen: set[tuple[str, str]] = set()

    def _start(self, tag: str, attributes: list[str]) -> None:
        line = self.parser.CurrentLineNumber
        if not self._names:
            self._add(tag, "root", line)
        pairs = [
            (key.rpartition(":")[2].lower(), value)
            for key, value in zip(attributes[::2], attributes[1::2], strict=True)
        ]
        around = self._names[-1] if self._names else ""
        for wanted in (("id", "uid"), ("name", "key")):
            for key, value in pairs:
                if key in wanted and value.strip() and not _COMPUTED.search(value):
                    name = re.sub(r"@\+?id/", "", value) if wanted[0] == "id" else value
                    kind = (
                        "id"
                        if wanted[0] == "id"
                        else "target"
                        if tag.rpartition(":")[2].lower() == "target"
                        else "element"
                    )
                    qualname = f"{around}.{name}" if around and kind != "id" else name
                    self._add(qualname, kind, line)
                    self._names.append(qualname)
                    return
        self._names.append(around)

    def _add(self, name: str, kind: str, line: int) -> None:
        if (name, kind) not in self._seen:
            self._seen.add((name, kind))
            self.found.append(Fact("definition", name, kind, line))

    def _end(self, _tag: str) -> None:
        self._names.pop()


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found, {"root", "id", "element", "target"})


ROWS = (
    Row(
        language="xml",
        suffixes=(".xml", ".svg", ".xsd", ".xsl", ".ui", ".vcxproj"),
        tool=lambda: expat.EXPAT_VERSION,
        corpora=(
            PyPI(package="scipy", version="1.14.1"),
            PyPI(package="lxml", version="5.3.0"),
            PyPI(package="pandas", version="2.2.3"),
        ),
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    ),
)
