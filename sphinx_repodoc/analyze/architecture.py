"""Where each file stands in the import graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.graph import layers, reaching, strongly_connected
from sphinx_repodoc.analyze.masks import count_by_folder, mask_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.masks import Level

MOST_MEMBERS = 200
"""Other files of a cycle up to which each of them names all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """Numbers and cycles by path."""

    layers: Mapping[str, int]
    dependants: Mapping[str, int]
    cycles: Mapping[str, tuple[str, ...]]
    """A file in an import cycle to all members of it, itself too, sorted."""
    reach: Mapping[str, int]
    """Path to the files that depend on it, as bits in the order of all files."""
    levels: Sequence[Level]
    """Folders with the files in them, as :func:`~sphinx_repodoc.analyze.masks.mask_levels` makes them."""

    def dependants_in(self, path: str, context: Context) -> tuple[tuple[str, int], ...]:
        """(folder, files in it that depend on a file); none when all of them import it themselves."""
        direct = sum(edge.at_load for edge in context.incoming.get(path, ()))
        if self.dependants[path] == direct:
            return ()
        return count_by_folder(self.reach[path], self.levels)

    def cycle_of(self, path: str, context: Context) -> tuple[str, ...]:
        """The other files of the cycle of a file; of a very long one, those next to it.

        All members of all of them would be as many as the square of its length.
        """
        cycle = self.cycles.get(path, ())
        if len(cycle) <= MOST_MEMBERS + 1:
            return tuple([other for other in cycle if other != path])
        beside = {edge.target for edge in context.outgoing.get(path, ()) if edge.at_load}
        beside.update(edge.source for edge in context.incoming.get(path, ()) if edge.at_load)
        return tuple(sorted(other for other in beside if self.cycles.get(other) is cycle))

    def cycle_total(self, path: str) -> int:
        """How many other files the cycle of a file has."""
        return max(len(self.cycles.get(path, ())) - 1, 0)


def find_architecture(context: Context) -> Architecture:
    """Measure the import graph once."""
    reach = reaching(context.graph, context.files)
    components = (nodes for nodes in strongly_connected(context.graph) if len(nodes) > 1)
    return Architecture(
        layers=layers(context.graph),
        dependants={path: mask.bit_count() for path, mask in reach.items()},
        cycles={path: nodes for nodes in components for path in nodes},
        reach=reach,
        levels=mask_levels({path: 1 << bit for bit, path in enumerate(context.files)}),
    )
