"""Import edges between files added up to edges between folders."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Flow
from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_repodoc.core.linked import Edge


@dataclass(slots=True)
class _Counts:
    inner: Counter[tuple[str, str]] = field(default_factory=Counter)
    outward: Counter[str] = field(default_factory=Counter)
    inward: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Flows:
    """The edges of one folder."""

    inner: tuple[Flow, ...] = ()
    outward: tuple[Flow, ...] = ()
    inward: tuple[Flow, ...] = ()


def find_flows(edges: Iterable[Edge]) -> dict[str, Flows]:
    """Folder to the edges inside it, out of it and into it, sorted.

    The other end of an edge out of a folder is the outermost folder (or the file)
    that does not hold the folder itself.
    """
    counts: defaultdict[str, _Counts] = defaultdict(_Counts)
    for edge in edges:
        _count_edge(edge, counts)
    return {folder: _make_flows(folder, found) for folder, found in counts.items()}


def _count_edge(edge: Edge, counts: Mapping[str, _Counts]) -> None:
    source = (*ancestors(folder_of(edge.source)), edge.source)
    target = (*ancestors(folder_of(edge.target)), edge.target)
    depth = 1
    while source[depth] == target[depth]:
        depth += 1
    counts[source[depth - 1]].inner[source[depth], target[depth]] += 1
    for folder in source[depth:-1]:
        counts[folder].outward[target[depth]] += 1
    for folder in target[depth:-1]:
        counts[folder].inward[source[depth]] += 1


def _make_flows(folder: str, found: _Counts) -> Flows:
    return Flows(
        inner=tuple(Flow(source=a, target=b, edges=n) for (a, b), n in sorted(found.inner.items())),
        outward=tuple(Flow(source=folder, target=b, edges=n) for b, n in sorted(found.outward.items())),
        inward=tuple(Flow(source=a, target=folder, edges=n) for a, n in sorted(found.inward.items())),
    )
