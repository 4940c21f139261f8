"""What one query captured in one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Captures:
    """Matches of one capture by its name, and those of several as they are, in source order."""

    single: Mapping[str, list[Node]]
    compound: Sequence[Mapping[str, list[Node]]]

    def having(self, name: str) -> Iterator[Mapping[str, list[Node]]]:
        """Matches of several captures of which one is ``name``."""
        return (nodes for nodes in self.compound if name in nodes)

    def spans(self, name: str) -> list[Span]:
        """Byte ranges of a single capture in source order, each once."""
        return sorted({node.byte_range for node in self.single.get(name, ())})
