"""Readers of the formats: text -> lines by file.

What is not in a format is a :class:`ReportError`. A line counts as run when any
record of it says so.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from sphinx_repodoc.core.coverage.records import LARGEST_LINE, Measured, ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_GO_BLOCK = re.compile(r"(.+):(\d{1,9})\.\d{1,9},(\d{1,9})\.\d{1,9} \d{1,9} (\d{1,18})", re.ASCII)
_GO_MODE = re.compile(r"mode: (?:set|count|atomic)\s*")
_LCOV_LINE = re.compile(r"(\d{1,9}),(-?\d{1,18})(?:,.*)?", re.ASCII | re.DOTALL)
_FRACTION = re.compile(r"(\d{1,18})(?:\.0*)?", re.ASCII)


class _Lines:
    """Hits by file and line, as they come in."""

    def __init__(self) -> None:
        self._hits: defaultdict[tuple[str, ...], dict[int, int]] = defaultdict(dict)

    def begin(self, *names: str) -> dict[int, int]:
        """Hits of a file by line, also when nothing in it was measured."""
        return self._hits[names]

    def measured(self) -> tuple[Measured, ...]:
        return tuple(
            Measured(
                names=names,
                hit=frozenset(line for line, hits in lines.items() if hits > 0),
                missed=frozenset(line for line, hits in lines.items() if hits <= 0),
            )
            for names, lines in self._hits.items()
        )


def _add(lines: dict[int, int], line: int, hits: int) -> None:
    if not 0 < line <= LARGEST_LINE:
        message = f"it has a line {line}"
        raise ReportError(message)
    lines[line] = max(hits, lines.get(line, 0))


def read_json(text: str) -> tuple[Measured, ...]:
    """``coverage json`` of coverage.py, or what Istanbul writes for JavaScript."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"it is no JSON ({type(error).__name__})"
        raise ReportError(message) from error
    if not isinstance(table, dict):
        message = "it holds no table"
        raise ReportError(message)
    lines = _Lines()
    if isinstance(files := table.get("files"), dict):
        for name, found in files.items():
            _add_python(lines.begin(name), name, found)
    else:
        for name, found in table.items():
            _add_istanbul(lines.begin(name), name, found)
    return lines.measured()


def _add_python(lines: dict[int, int], name: str, found: Any) -> None:
    for key, hits in (("missing_lines", 0), ("executed_lines", 1)):
        numbers = found.get(key) if isinstance(found, dict) else None
        if not isinstance(numbers, list):
            message = f"{name!r} has no {key}"
            raise ReportError(message)
        for number in numbers:
            _add(lines, _integer(number, name), hits)


def _add_istanbul(lines: dict[int, int], name: str, found: Any) -> None:
    """A line has the hits of the statement in it that was run most, as in Istanbul's own sums."""
    places = found.get("statementMap") if isinstance(found, dict) else None
    hits = found.get("s") if isinstance(found, dict) else None
    if not isinstance(places, dict) or not isinstance(hits, dict):
        message = f"{name!r} has no lines"
        raise ReportError(message)
    for key, place in places.items():
        start = place.get("start") if isinstance(place, dict) else None
        line = start.get("line") if isinstance(start, dict) else None
        _add(lines, _integer(line, name), _integer(hits.get(key), name))


def _integer(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"{name!r} has a number that is none"
        raise ReportError(message)
    return value


def read_lcov(text: str) -> tuple[Measured, ...]:
    """What lcov, grcov, Vitest, c8, ``cargo llvm-cov`` and others write: lines of ``KEY:value``."""
    lines = _Lines()
    current: dict[int, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.strip().partition(":")
        if key == "SF":
            current = lines.begin(value)
        elif key == "DA":
            match = _LCOV_LINE.fullmatch(value)
            if current is None or match is None:
                message = f"line {number} is not understood"
                raise ReportError(message)
            _add(current, int(match[1]), int(match[2]))
    if current is None:
        message = "no line of it names a file (SF:)"
        raise ReportError(message)
    return lines.measured()


def read_go(text: str) -> tuple[Measured, ...]:
    """``go test -coverprofile``: blocks of statements with how often they were run."""
    first, *rest = text.splitlines() or [""]
    if not _GO_MODE.fullmatch(first):
        message = "its first line is not 'mode: …'"
        raise ReportError(message)
    blocks: defaultdict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for number, line in enumerate(rest, 2):
        match = _GO_BLOCK.fullmatch(line.strip())
        if match:
            blocks[match[1]].append((int(match[2]), int(match[3]), int(match[4]) > 0))
        elif line.strip() and not _GO_MODE.fullmatch(line.strip()):
            message = f"line {number} is not understood"
            raise ReportError(message)
    lines = _Lines()
    for name, found in blocks.items():
        current = lines.begin(name)
        for hits in (0, 1):
            spans = [(start, end) for start, end, is_hit in found if is_hit == hits]
            for place in _union(spans):
                _add(current, place, hits)
    return lines.measured()


def _union(spans: Iterable[tuple[int, int]]) -> Iterable[int]:
    """Every line in any of the spans, once."""
    last = 0
    for start, end in sorted(spans):
        if end > LARGEST_LINE:
            message = f"it has a line {end}"
            raise ReportError(message)
        yield from range(max(start, last + 1), end + 1)
        last = max(last, end)


def read_xml(text: str) -> tuple[Measured, ...]:
    """Cobertura (coverage.py, gcovr, coverlet, …) or Clover (PHPUnit, …)."""
    reader = _XmlReader()
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        message = f"it is no XML ({error})"
        raise ReportError(message) from error
    return reader.measured()


class _XmlReader:
    """``<class filename>`` or ``<file name>``, and the ``<line>`` elements in them."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self._lines = _Lines()
        self._sources: list[str] = []
        self._in_source = False
        self._current: dict[int, int] | None = None
        self._owner = ""
        """The element that names the file of the lines."""
        self._is_report = False

    def measured(self) -> tuple[Measured, ...]:
        if not self._is_report:
            message = "its outermost element is not <coverage>"
            raise ReportError(message)
        folders = [folder for source in self._sources if (folder := source.strip().rstrip("/\\"))]
        return tuple(
            Measured(
                names=(*each.names, *(f"{folder}/{each.names[0]}" for folder in folders)),
                hit=each.hit,
                missed=each.missed,
            )
            for each in self._lines.measured()
        )

    @staticmethod
    def _refuse(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            message = "it declares entities"
            raise ReportError(message)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "coverage":
            self._is_report = True
        elif name == "source":
            self._in_source = True
            self._sources.append("")
        elif name == "class" and "filename" in attributes:
            self._current, self._owner = self._lines.begin(attributes["filename"]), name
        elif name == "file" and (file := attributes.get("path") or attributes.get("name")):
            self._current, self._owner = self._lines.begin(file), name
        elif name == "line" and self._current is not None and attributes.get("type") != "method":
            self._add_line(self._current, attributes)

    def _add_line(self, lines: dict[int, int], attributes: Mapping[str, str]) -> None:
        line = _FRACTION.fullmatch(attributes.get("number") or attributes.get("num") or "")
        hits = _FRACTION.fullmatch(attributes.get("hits") or attributes.get("count") or "")
        if line is None or hits is None:
            message = f"line {self.parser.CurrentLineNumber} is not understood"
            raise ReportError(message)
        _add(lines, int(line[1]), int(hits[1]))

    def _end(self, name: str) -> None:
        if name == "source":
            self._in_source = False
        elif name == self._owner:
            self._current, self._owner = None, ""

    def _add_text(self, text: str) -> None:
        if self._in_source:
            self._sources[-1] += text
