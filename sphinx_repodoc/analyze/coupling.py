"""How folders hang together: layers of the import graph, and what couples a folder with the rest.

Fan-in and fan-out are counted in files outside of a folder. Source: Martin, OO
Design Quality Metrics (1994), where they are the afferent and efferent coupling
of a package, and instability is the share of the latter.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.graph import layers, strongly_connected
from sphinx_repodoc.analyze.measures import Coupling, Layer, Ranked
from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.analyze.architecture import Architecture
    from sphinx_repodoc.analyze.context import Context

MOST_SHOWN = 3
"""Files of a layer that are named: those that most others depend on."""


def find_layers(context: Context, architecture: Architecture) -> tuple[Layer, ...]:
    """The files that import or are imported, by how long the chains of imports below them are."""
    linked = {path for path, targets in context.graph.items() if targets}
    linked.update(target for targets in context.graph.values() for target in targets)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for path in linked:
        found[architecture.layers[path]].append(path)
    return tuple(
        Layer(
            number=number,
            files=len(paths),
            in_cycles=sum(path in architecture.cycles for path in paths),
            top=tuple(
                Ranked(path=path, count=architecture.dependants[path])
                for path in sorted(paths, key=lambda path: (-architecture.dependants[path], path))[
                    :MOST_SHOWN
                ]
                if architecture.dependants[path]
            ),
        )
        for number, paths in sorted(found.items())
    )


def find_coupling(context: Context, architecture: Architecture) -> dict[str, Coupling]:
    """Folder to what couples it with the files outside; the root has none."""
    fan_in: defaultdict[str, set[str]] = defaultdict(set)
    fan_out: defaultdict[str, set[str]] = defaultdict(set)
    graph: dict[str, set[str]] = defaultdict(set)
    for source, targets in context.graph.items():
        above = ancestors(folder_of(source))
        for target in targets:
            graph[above[-1]].add(folder_of(target))
            others = ancestors(folder_of(target))
            shared = sum(one == other for one, other in zip(above, others, strict=False))
            for folder in above[shared:]:
                fan_out[folder].add(target)
            for folder in others[shared:]:
                fan_in[folder].add(source)
    between = {folder: tuple(sorted(targets - {folder})) for folder, targets in graph.items()}
    levels = layers(between)
    cycles = {folder: len(nodes) for nodes in strongly_connected(between) for folder in nodes}
    dependants = _dependants(context, architecture)
    return {
        folder: Coupling(
            fan_in=len(fan_in[folder]),
            fan_out=len(fan_out[folder]),
            dependants=dependants[folder],
            layer=levels.get(folder, -1),
            in_cycle=cycles.get(folder, 1) - 1,
        )
        for folder in sorted({*fan_in, *fan_out} - {""})
    }


def _dependants(context: Context, architecture: Architecture) -> Mapping[str, int]:
    """Folder to how many files outside reach one of its files through imports."""
    reach: defaultdict[str, int] = defaultdict(int)
    inside: defaultdict[str, int] = defaultdict(int)
    for bit, path in enumerate(context.files):
        for folder in ancestors(folder_of(path)):
            inside[folder] |= 1 << bit
            reach[folder] |= architecture.reach[path]
    return {folder: (mask & ~inside[folder]).bit_count() for folder, mask in reach.items()}
