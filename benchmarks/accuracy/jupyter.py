"""Notebooks of Python against nbformat, IPython, ``ast`` and markdown-it."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import re
from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any, Self

from markdown_it import MarkdownIt

from benchmarks.accuracy import python
from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_PYTHON_BODIES = ("%%time\n", "%%timeit", "%%capture", "%%prun")


class _Placed(str):
    """A string of JSON that knows its line."""

    __slots__ = ("line",)

    def __new__(cls, text: str, line: int) -> Self:
        made = super().__new__(cls, text)
        made.line = line
        return made


class _Decoder(json.JSONDecoder):
    def __init__(self) -> None:
        super().__init__()
        self.parse_string = self._read  # type: ignore[assignment]
        self.scan_once = json.scanner.py_make_scanner(self)

    @staticmethod
    def _read(text: str, end: int, strict: bool) -> tuple[str, int]:
        value, after = json.decoder.scanstring(text, end, strict)
        return _Placed(value, text.count("\n", 0, end) + 1), after


def _tool() -> str:
    names = ("nbformat", "IPython", "markdown-it-py")
    try:
        return ", ".join(f"{name} {metadata.version(name)}" for name in names)
    except metadata.PackageNotFoundError as error:
        raise Unavailable(f"{error.name} is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    nbformat = import_module("nbformat")
    for path in files:
        try:
            nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
            yield Reading(path=path, facts=Counter(_read_notebook(path.read_text("utf-8"))))
        except (SyntaxError, ValueError, KeyError, nbformat.ValidationError) as error:
            yield Reading(path=path, error=f"{type(error).__name__}: {str(error)[:80]}")


def _read_notebook(text: str) -> Iterator[Fact]:
    book: dict[str, Any] = _Decoder().decode(text)
    kernel = book["metadata"].get("kernelspec", {}).get("language", "python")
    if book["metadata"].get("language_info", {}).get("name", kernel) != "python":
        raise ValueError("not Python")
    cells = book["cells"] if "cells" in book else book["worksheets"][0]["cells"]
    for cell in cells:
        source, lines = _source_of(cell.get("source", cell.get("input", "")))
        if cell["cell_type"] == "code":
            if cell["metadata"].get("vscode"):
                continue
            for fact in _read_code(source):
                yield fact._replace(line=lines[fact.line - 1])
        elif cell["cell_type"] == "markdown":
            for title, line in _read_prose(source):
                yield Fact("definition", title, "heading", lines[line - 1])
        elif cell["cell_type"] == "heading":
            yield Fact("definition", _plain(source), "heading", lines[0])


def _source_of(source: str | list[str]) -> tuple[str, list[int]]:
    """The text of a cell, and the line in the file of each of its lines."""
    pieces = [source] if isinstance(source, str) else source
    lines: list[int] = []
    text = ""
    for piece in pieces:
        for line in piece.splitlines(keepends=True):
            if not text or text.endswith("\n"):
                lines.append(piece.line)  # type: ignore[attr-defined]
            text += line
    return text, [*lines, *lines[-1:]]


def _read_code(source: str) -> Iterator[Fact]:
    """Definitions and imports of a cell, magics translated by IPython."""
    manager = import_module("IPython.core.inputtransformer2").TransformerManager
    blank = len(source) - len(source.lstrip())
    before = source.count("\n", 0, blank)
    body = source.lstrip("\n")
    if body.startswith(_PYTHON_BODIES):
        before += 1
        body = body.partition("\n")[2]
    code = manager().transform_cell(body)
    if code.count("\n") < body.rstrip().count("\n") and not body.startswith("%%"):
        raise ValueError("IPython joins lines")
    for fact in python.read_text(code.encode()):
        yield fact._replace(line=fact.line + before)


def _read_prose(source: str) -> Iterator[tuple[str, int]]:
    tokens = MarkdownIt().enable("table").parse(source)
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            inline = tokens[index + 1]
            if _plain(inline.content):
                yield _plain(inline.content), token.map[0] + 1


def _plain(title: str) -> str:
    """The letters and digits of a title: how markup inside it is read is another question."""
    bare = re.sub(r"<[^<>]*>|\]\([^()]*(?:\([^()]*\)[^()]*)*\)|!\[[^\[\]]*\]", "", title)
    return "".join(re.findall(r"\w+", bare.replace("_", "")))


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind == "heading":
            yield Fact("definition", _plain(symbol.name), "heading", symbol.line)
    yield from python.facts_of(found)


ROWS = (
    Row(
        language="jupyter",
        suffixes=(".ipynb",),
        tool=_tool,
        corpora=(
            PyPI(package="statsmodels", version="0.14.4"),
            PyPI(package="nbconvert", version="7.16.4"),
            PyPI(package="nbformat", version="5.10.4"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
