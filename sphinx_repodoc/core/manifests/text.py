"""Readers of TOML, JSON and INI text that know the line of what they find.

They take what they can: text that is not well formed gives fewer values or none,
never an exception.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_TABLE = re.compile(r"\s*\[\[?([^\[\]#]+)\]\]?\s*(?:#.*)?$")
_JSON_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"?|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|[{}\[\],:\n]|[^\s"{}\[\],:/]+|/'
)
"""A string, also one that is not closed; a comment; a bracket or line end; a bare word."""
_JSON_ESCAPE = re.compile(r"\\(.)")
_INI_SECTION = re.compile(r"\[([^\]]+)\]\s*(?:[#;].*)?$")
_INI_KEY = re.compile(r"([^=:]+)[=:](.*)$")
_LONG_KEY = re.compile(r"[\w .\t-]{1000,}")
_MOST_DOTS = 250
"""In a key; the time that the parser needs for one grows with their square."""
_DEEPEST = 16
"""No manifest nests its values deeper; bounds the work on text made to nest without end."""


@dataclass(frozen=True, slots=True)
class Toml:
    """A parsed TOML document and its lines."""

    data: Mapping[str, Any]
    lines: tuple[str, ...]
    tables: Mapping[str, tuple[int, ...]]
    """Dotted name of a table, without quotes, to the lines of its headers (several for ``[[…]]``)."""

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Look up a table by its keys; an empty one when there is none."""
        found: Any = self.data
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def line(self, keys: tuple[str, ...], *texts: str, nth: int = 0) -> int:
        """Find the line of ``keys``, then of each text at or after the one before; never 0.

        What cannot be found (a key written in another style) has the line of what
        was found before it.

        :param nth: which of the tables of this name, for an array of tables.
        """
        depth = len(keys)
        while depth and ".".join(keys[:depth]) not in self.tables:
            depth -= 1
        headers = self.tables.get(".".join(keys[:depth]), (1,))
        line = headers[min(nth, len(headers) - 1)]
        for key in keys[depth:]:
            pattern = _toml_key(key)
            line = next((n for n in self._body(line) if pattern.search(self.lines[n - 1])), line)
        for text in texts:
            line = next((n for n in self._body(line) if text in self.lines[n - 1]), line)
        return line

    def _body(self, start: int) -> Iterator[int]:
        """Line numbers from ``start`` to the next table, comments left out."""
        for number in range(start, len(self.lines) + 1):
            text = self.lines[number - 1]
            if number > start and _TABLE.match(text):
                return
            if not text.lstrip().startswith("#"):
                yield number


def _toml_key(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s.,{{\[\"']){re.escape(key)}[\"']?\s*[.=\]]")


def read_toml(text: str) -> Toml:
    """Parse TOML; text that is none has no tables."""
    try:
        data = (
            {} if any(key.count(".") > _MOST_DOTS for key in _LONG_KEY.findall(text)) else tomllib.loads(text)
        )
    except (ValueError, RecursionError):
        data = {}
    lines = tuple(text.splitlines())
    tables: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        match = _TABLE.match(line)
        if match:
            tables.setdefault(re.sub(r"[\"'\s]", "", match[1]), []).append(number)
    return Toml(data, lines, {name: tuple(found) for name, found in tables.items()})


def strings(value: object) -> list[str]:
    """List the strings of an array; none of anything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


class JsonValue(NamedTuple):
    """A string or bare value of a JSON text."""

    keys: tuple[str, ...]
    """Keys down to it; items of arrays have the key of the array."""
    value: str
    line: int


def iter_json(text: str) -> Iterator[JsonValue]:
    """Yield every scalar in a JSON text, in order, with or without comments.

    Text that is no JSON yields what it has.
    """
    keys: list[str] = []
    stack: list[str] = []
    """Open brackets; each object has pushed the key it is the value of."""
    pending: tuple[str, int] | None = None
    for found, line in _iter_tokens(text):
        if found == ":":
            if pending is not None and stack and stack[-1] == "{":
                keys[-1] = pending[0]
            pending = None
        elif found in "{[":
            stack.append(found)
            if found == "{":
                keys.append("")
        elif found in "}],":
            if pending is not None and 0 < len(keys) <= _DEEPEST:
                yield JsonValue(tuple(keys), *pending)
            pending = None
            if found != "," and stack and stack.pop() == "{":
                keys.pop()
        else:
            bare = found[1:].removesuffix('"') if found[0] == '"' else found
            pending = _JSON_ESCAPE.sub(r"\1", bare), line


def _iter_tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield the tokens of a JSON text with their lines; comments are none."""
    line = 1
    for match in _JSON_TOKEN.finditer(text):
        found = match[0]
        if found == "\n" or found.startswith(("//", "/*")):
            line += found.count("\n")
        else:
            yield found, line


class IniValue(NamedTuple):
    """One line of a value in an INI file."""

    section: str
    key: str
    """In lower case; empty for the line of the section header itself."""
    value: str
    line: int


def iter_ini(text: str) -> Iterator[IniValue]:
    """Yield section headers and the non-empty lines of values, comments left out."""
    section = key = ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        header = _INI_SECTION.match(line)
        if header:
            section, key = header[1].strip(), ""
            yield IniValue(section, "", "", number)
        elif line[0].isspace() and key:
            yield IniValue(section, key, stripped, number)
        else:
            pair = _INI_KEY.match(stripped)
            key = pair[1].strip().lower() if pair else ""
            if pair and pair[2].strip():
                yield IniValue(section, key, pair[2].strip(), number)
