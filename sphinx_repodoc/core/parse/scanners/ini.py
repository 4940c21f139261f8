"""INI files: sections and their keys, line by line, as ``configparser`` and git read them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse.plain import scan_plain

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts

_COMMENT = re.compile(r"\s*(?:[#;].*)?$")
_SECTION = re.compile(r"\[([^\]]+)\]")
_KEY = re.compile(r"\s*([^\s=:\[\"@][^=:]*?)\s*[=:]")

_LONGEST = 500
"""Characters of a line in which a name must end."""


def scan_ini(text: bytes) -> Facts:
    """Sections are ``section``, their keys ``key``; each name once in its section."""
    lines = _Lines()
    for number, line in enumerate(text.decode("utf-8", "replace").split("\n"), 1):
        if not _COMMENT.match(line):
            lines.read(number, line)
    return replace(scan_plain(text, "ini"), symbols=tuple(lines.symbols))


class _Lines:
    """The symbols up to a line, which further lines may make longer."""

    def __init__(self) -> None:
        self.symbols: list[Symbol] = []
        self._places: dict[str, int] = {}
        self._section = -1
        self._open: tuple[int, ...] = ()
        """Section and key that the next lines may make longer: not one that stood further up already."""
        self._indent: int | None = None
        """White space before the keys of the section: a line with more continues a value."""

    def read(self, number: int, line: str) -> None:
        """A line that is neither empty nor a comment."""
        indent = len(line) - len(line.lstrip())
        section = _SECTION.match(line)
        if section:
            name = " ".join(section[1].split())
            self._section, is_new = self._place(name, name, "section", number, -1)
            self._open = (self._section,) if is_new else ()
            self._indent = None
        elif self._indent is not None and indent > self._indent:
            self._extend(number)
        elif key := _KEY.match(line[:_LONGEST]):
            around = self.symbols[self._section].qualname + "." if self._section >= 0 else ""
            index, is_new = self._place(key[1], around + key[1], "key", number, self._section)
            self._open = (*(i for i in self._open if i == self._section), *([index] if is_new else ()))
            self._indent = indent
            self._extend(number)

    def _place(self, name: str, qualname: str, kind: str, number: int, parent: int) -> tuple[int, bool]:
        """(index of the symbol of this name, whether it is new)."""
        index = self._places.setdefault(f"{kind} {qualname}", len(self.symbols))
        is_new = index == len(self.symbols)
        if is_new:
            self.symbols.append(
                Symbol(name=name, qualname=qualname, kind=kind, line=number, end_line=number, parent=parent)
            )
        return index, is_new

    def _extend(self, number: int) -> None:
        for index in self._open:
            self.symbols[index] = replace(self.symbols[index], end_line=number)
