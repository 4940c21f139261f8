"""Symbols while a scanner finds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sphinx_repodoc.core.model import Symbol

DEEPEST = 32
"""Levels of names that qualified names are made of: deeper than this nests only what is made to do harm."""
LONGEST = 4_000
"""Letters of a qualified name, for the same reason."""


class Listing:
    """Symbols in the order they are found, each name once in its place."""

    def __init__(self, separator: str = ".") -> None:
        self.symbols: list[Symbol] = []
        self.omitted = 0
        """How many were nested too deeply, or have a name that is too long."""
        self._separator = separator
        self._places: dict[tuple[str, str, str], int] = {}
        self._depths: list[int] = []

    def add(
        self,
        name: str,
        kind: str,
        line: int,
        *,
        parent: int = -1,
        end_line: int = 0,
        variant: str = "",
        **more: Any,
    ) -> int:
        """Index of the symbol; of the first one, when there are more of the same kind and name.

        :param variant: tells it from others of the same name.
        :param more: further fields of :class:`~sphinx_repodoc.core.model.Symbol`.
        """
        depth = self._depths[parent] + 1 if parent >= 0 else 1
        around = self.symbols[parent].qualname + self._separator if parent >= 0 else ""
        qualname = more.setdefault("qualname", around + name)
        if depth > DEEPEST or len(qualname) > LONGEST:
            self.omitted += 1
            return parent
        index = self._places.setdefault((kind, qualname, variant), len(self.symbols))
        if index == len(self.symbols):
            self._depths.append(depth)
            self.symbols.append(
                Symbol(name=name, kind=kind, line=line, end_line=end_line or line, parent=parent, **more)
            )
        return index

    def extend(self, index: int, line: int) -> None:
        """Let a symbol end on a line, unless it ends further down already; nothing for what was left out."""
        if index >= 0 and line > self.symbols[index].end_line:
            self.symbols[index] = replace(self.symbols[index], end_line=line)
