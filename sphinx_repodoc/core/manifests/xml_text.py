"""Reader of XML text that knows the line of what it finds."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 32
"""No manifest nests its elements deeper; bounds the work on text made to nest without end."""


class XmlElement(NamedTuple):
    """One element of an XML text."""

    keys: tuple[str, ...]
    """Names down to it, without prefixes."""
    attributes: Mapping[str, str]
    text: str
    """What stands directly in it and before its last child, without white space around it."""
    line: int


class _DoctypeFound(Exception):  # noqa: N818
    """The document declares a type, and may so define entities: it is not read."""


class _Reader:
    def __init__(self) -> None:
        self.found: list[XmlElement] = []
        self._open: list[tuple[str, dict[str, str], list[str], int]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, text: str) -> None:
        self._parser.Parse(text.encode("utf-8", "replace"), True)

    def _refuse(self, *_: object) -> None:
        raise _DoctypeFound

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        self._open.append((name.rpartition(":")[2], attributes, [], line))

    def _add_text(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def _end(self, _name: str) -> None:
        keys = tuple(name for name, *_ in self._open[: _DEEPEST + 1])
        _, attributes, texts, line = self._open.pop()
        if len(keys) <= _DEEPEST:
            self.found.append(XmlElement(keys, attributes, "".join(texts).strip(), line))


def read_xml(text: str) -> list[XmlElement]:
    """Give every element, in the order in which they end, up to where the text stops being well formed.

    A document that declares a type has none.
    """
    reader = _Reader()
    try:
        with suppress(expat.ExpatError, ValueError):
            reader.read(text)
    except _DoctypeFound:
        return []
    return reader.found
