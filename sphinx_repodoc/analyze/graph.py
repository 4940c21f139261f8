"""Pure functions over directed graphs: cycles, layers, reach and reading order.

A graph maps a node to the nodes it points to; for imports, a file to the files
it imports, so that what a node points to are its *dependencies*. Nodes that
occur only as targets count as nodes without targets of their own, and an edge
from a node to itself says nothing. Every result is the same for the same graph,
whatever the order of its mapping. Nothing here recurses: a chain of imports may
be as long as it likes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Graph = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condensation:
    """A graph with each cycle made one node; dependencies come before dependants."""

    components: tuple[tuple[str, ...], ...]
    """The nodes of each component, sorted; a component points to earlier ones only."""
    member: Mapping[str, int]
    """Node to the index of its component."""
    targets: tuple[tuple[int, ...], ...]
    """Indexes of the components that each component points to, ascending."""


def strongly_connected(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Split the nodes into sorted sets that all reach each other, dependencies first.

    A node in no cycle is a set of its own.
    Source: Tarjan, Depth-first search and linear graph algorithms (1972), with a
    stack of its own in place of recursion.
    """
    low: dict[str, int] = {}
    """Entry number of a node, lowered to that of the earliest open node it is known to reach."""
    opened: list[str] = []
    closed: set[str] = set()
    components: list[tuple[str, ...]] = []
    for root in _nodes(graph):
        work = [] if root in low else [_enter(graph, root, low, opened)]
        while work:
            node, number, depth, targets = work[-1]
            fresh = _next_fresh(node, targets, low, closed)
            if fresh is not None:
                work.append(_enter(graph, fresh, low, opened))
                continue
            work.pop()
            if low[node] == number:
                components.append(tuple(sorted(opened[depth:])))
                closed.update(opened[depth:])
                del opened[depth:]
            elif work:
                # Only an open node can lower its parent, and a root is never open here.
                parent = work[-1][0]
                low[parent] = min(low[parent], low[node])
    return tuple(components)


def condense(graph: Graph) -> Condensation:
    """Make each strongly connected component one node: the result has no cycles."""
    components = strongly_connected(graph)
    member = {node: index for index, nodes in enumerate(components) for node in nodes}
    targets = []
    for index, nodes in enumerate(components):
        reached = {member[target] for node in nodes for target in graph.get(node, ())}
        targets.append(tuple(sorted(reached - {index})))
    return Condensation(components=components, member=member, targets=tuple(targets))


def layers(graph: Graph) -> dict[str, int]:
    """Measure the longest way down from each node, a cycle counted as one node.

    0 points to nothing outside its own cycle.
    """
    condensed = condense(graph)
    heights: list[int] = []
    for targets in condensed.targets:
        heights.append(1 + max((heights[target] for target in targets), default=-1))
    return {node: heights[condensed.member[node]] for node in _nodes(graph)}


def reaching(graph: Graph, marked: Iterable[str]) -> dict[str, int]:
    """Mask each node: bit *i* is set when the *i*-th of ``sorted(set(marked))`` reaches it.

    A node's own bit is never set, and marked names that are no nodes have no effect
    but to take up a bit.
    """
    order = sorted(set(marked))
    condensed = condense(graph)
    masks = _arrivals(condensed, order)
    bits = {node: 1 << index for index, node in enumerate(order)}
    return {node: masks[condensed.member[node]] & ~bits.get(node, 0) for node in _nodes(graph)}


def reading_order(graph: Graph) -> tuple[str, ...]:
    """Order all nodes, each after everything it points to; ties are settled by name.

    The nodes of a cycle stand together, by name.
    """
    condensed = condense(graph)
    waiting = [len(targets) for targets in condensed.targets]
    dependants: list[list[int]] = [[] for _ in condensed.components]
    for index, targets in enumerate(condensed.targets):
        for target in targets:
            dependants[target].append(index)
    ready = [(nodes, index) for index, nodes in enumerate(condensed.components) if not waiting[index]]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        nodes, index = heapq.heappop(ready)
        order.extend(nodes)
        for dependant in dependants[index]:
            waiting[dependant] -= 1
            if not waiting[dependant]:
                heapq.heappush(ready, (condensed.components[dependant], dependant))
    return tuple(order)


def _nodes(graph: Graph) -> list[str]:
    """List every node once, sorted, those that occur only as targets too."""
    return sorted(set(graph).union(*graph.values()))


def _enter(
    graph: Graph, node: str, low: dict[str, int], opened: list[str]
) -> tuple[str, int, int, Iterator[str]]:
    """Enter a node, open from now on: (node, its number, its place in the stack, its targets)."""
    number = low[node] = len(low)
    opened.append(node)
    return node, number, len(opened) - 1, iter(sorted(graph.get(node, ())))


def _next_fresh(node: str, targets: Iterator[str], low: dict[str, int], closed: set[str]) -> str | None:
    """Take targets up to one that has no number yet; open ones lower the node on the way."""
    for target in targets:
        if target not in low:
            return target
        if target not in closed:
            low[node] = min(low[node], low[target])
    return None


def _arrivals(condensed: Condensation, marked: Sequence[str]) -> list[int]:
    """Make a mask for each component: bit *i* is set when ``marked[i]`` is in it or reaches it."""
    masks = [0] * len(condensed.components)
    for bit, node in enumerate(marked):
        index = condensed.member.get(node)
        if index is not None:
            masks[index] |= 1 << bit
    # Dependants come last, so that going backwards each mask is complete when it is passed on.
    for index in range(len(masks) - 1, -1, -1):
        mask = masks[index]
        if mask:
            for target in condensed.targets[index]:
                masks[target] |= mask
    return masks
