"""Where each file stands in the import graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.graph import layers, reach_counts, strongly_connected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.analyze.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """Numbers and cycles by path."""

    layers: Mapping[str, int]
    dependants: Mapping[str, int]
    cycles: Mapping[str, tuple[str, ...]]
    """A file in an import cycle to all members of it, itself too, sorted."""

    def cycle_of(self, path: str) -> tuple[str, ...]:
        """The other files of the cycle of a file."""
        return tuple(other for other in self.cycles.get(path, ()) if other != path)


def find_architecture(context: Context) -> Architecture:
    """Measure the import graph once."""
    components = (nodes for nodes in strongly_connected(context.graph) if len(nodes) > 1)
    return Architecture(
        layers=layers(context.graph),
        dependants=reach_counts(context.graph),
        cycles={path: nodes for nodes in components for path in nodes},
    )
