"""HTML against ``html.parser``: identifiers, titles, headings, and what pages load. Templates are left out."""

from __future__ import annotations

import platform
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_COMPUTED = re.compile(r"[\s{}<>]")


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    for path in files:
        text = path.read_text("utf-8", errors="replace")
        if "{%" in text or "{{" in text:
            yield Reading(path=path, error="a template")
            continue
        parser = _Parser()
        parser.feed(text)
        parser.close()
        yield Reading(path=path, facts=Counter(parser.found))


def letters(title: str) -> str:
    """A title without its white space, which browsers fold."""
    return "".join(title.split())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Fact] = []
        self._title: tuple[str, int] | None = None
        self._text = ""
        self._ids: set[str] = set()
        self._foreign = 0
        self._is_link = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, attrs)
        self._foreign += tag in {"svg", "math"}
        self._is_link = tag == "a"
        if re.fullmatch(r"h[1-6]", tag) or (tag == "title" and not self._foreign):
            self._title, self._text = (tag, self.getpos()[0]), ""

    def handle_endtag(self, tag: str) -> None:
        self._foreign -= tag in {"svg", "math"} and self._foreign > 0
        if self._title and tag == self._title[0]:
            if letters(self._text):
                kind = "title" if tag == "title" else "heading"
                self.found.append(Fact("definition", letters(self._text), kind, self._title[1]))
            self._title = None
        elif re.fullmatch(r"h[1-6]", tag):
            self._title = None

    def handle_data(self, data: str) -> None:
        # Such a link leads to the heading itself.
        self._text += "" if self._is_link and data.strip() in {"#", "¶", "§"} else data

    def _read(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(reversed(attrs))
        line = self.getpos()[0]
        key = "id" if "id" in values else "name" if tag == "a" else ""
        name = values.get(key)
        if name and name not in self._ids and not _COMPUTED.search(name):
            self._ids.add(name)
            raw = self.get_starttag_text() or ""
            at = re.search(rf"\b{key}\s*=\s*", raw, re.IGNORECASE)
            self.found.append(
                Fact("definition", name, "id", line + raw.count("\n", 0, at.end() if at else 0))
            )
        wanted = values.get("src") if tag == "script" else None
        if tag == "link" and "stylesheet" in (values.get("rel") or "").lower().split():
            wanted = values.get("href")
        if wanted and wanted.strip() and not _COMPUTED.search(wanted.strip()):
            self.found.append(Fact("import", wanted.strip(), tag, line))


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind in {"heading", "title"}:
            yield Fact("definition", letters(symbol.name), symbol.kind, symbol.line)
        elif symbol.kind == "id":
            yield Fact("definition", symbol.name, "id", symbol.line)
    for item in found.imports:
        if item.form in {"link", "script"}:
            yield Fact("import", item.module, item.form, item.line)


ROWS = (
    Row(
        language="html",
        suffixes=(".html", ".htm", ".xhtml"),
        tool=lambda: f"html.parser of Python {platform.python_version()}",
        corpora=(
            PyPI(package="scipy", version="1.14.1"),
            PyPI(package="Django", version="5.2.7"),
            PyPI(package="pandas", version="2.2.3"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
