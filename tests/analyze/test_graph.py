"""Graph functions, checked against brute force on random graphs and by hand."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.analyze import graph as graphs

if TYPE_CHECKING:
    from collections.abc import Mapping

Small = dict[str, tuple[str, ...]]


def random_graph(seed: int, nodes: int = 12, edges: int = 20) -> Small:
    chooser = random.Random(seed)  # noqa: S311
    names = [f"n{number:02}" for number in range(nodes)]
    found: dict[str, list[str]] = {name: [] for name in names[: nodes - 2]}
    for _ in range(edges):
        found[chooser.choice(list(found))].append(chooser.choice(names))
    return {name: tuple(targets) for name, targets in found.items()}


def closure(graph: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Node to everything it reaches in one step or more, by exhaustion."""
    nodes = set(graph) | {target for targets in graph.values() for target in targets}
    reached = {node: set(graph.get(node, ())) for node in nodes}
    for _ in nodes:
        for seen in reached.values():
            seen |= {further for node in seen for further in reached[node]}
    return reached


SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_components_are_the_sets_that_reach_each_other(seed: int) -> None:
    """Two nodes share a component exactly when each reaches the other, and dependencies come first."""
    graph = random_graph(seed)
    reached = closure(graph)
    components = graphs.strongly_connected(graph)
    assert sorted(node for nodes in components for node in nodes) == sorted(reached)
    for nodes in components:
        expected = {n for n in reached if n in reached[nodes[0]] and nodes[0] in reached[n]} | {nodes[0]}
        assert set(nodes) == expected
        assert list(nodes) == sorted(nodes)
    place = {node: index for index, nodes in enumerate(components) for node in nodes}
    assert all(place[node] >= place[target] for node, targets in graph.items() for target in targets)


@pytest.mark.parametrize("seed", SEEDS)
def test_reach_is_exact_and_leaves_the_node_itself_out(seed: int) -> None:
    """Masks agree with the transitive closure."""
    graph = random_graph(seed)
    reached = closure(graph)
    arriving = {node: {n for n in reached if node in reached[n]} - {node} for node in reached}
    marked = ["n07", "n01", "n04", "n01"]
    bits = {"n01": 1, "n04": 2, "n07": 4}
    assert graphs.reaching(graph, marked) == {
        node: sum(bits[n] for n in found & set(bits)) for node, found in sorted(arriving.items())
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_layers_and_reading_order_follow_the_edges(seed: int) -> None:
    """An edge between components leads to a lower layer and to what is read before."""
    graph = random_graph(seed)
    reached = closure(graph)
    layers = graphs.layers(graph)
    order = graphs.reading_order(graph)
    assert sorted(order) == sorted(reached)
    for node, targets in graph.items():
        for target in targets:
            if node in reached[target]:
                assert layers[node] == layers[target]
            else:
                assert layers[node] > layers[target]
                assert order.index(node) > order.index(target)


def test_layer_is_the_longest_way_down() -> None:
    """A node with a short and a long way to the leaves stands above the long one."""
    graph: Small = {"top": ("leaf", "a"), "a": ("b",), "b": ("leaf",), "leaf": ()}
    assert graphs.layers(graph) == {"a": 2, "b": 1, "leaf": 0, "top": 3}


def test_cycle_counts_as_one_layer_and_is_read_together() -> None:
    """The nodes of a cycle share their layer and stand side by side, by name."""
    graph: Small = {"x": ("y",), "y": ("x", "base"), "base": (), "m": ("x",), "self": ("self",)}
    assert graphs.layers(graph) == {"base": 0, "m": 2, "self": 0, "x": 1, "y": 1}
    assert graphs.reading_order(graph) == ("base", "self", "x", "y", "m")
    condensed = graphs.condense(graph)
    assert condensed.components[condensed.member["x"]] == ("x", "y")
    assert condensed.targets[condensed.member["x"]] == (condensed.member["base"],)


def test_reading_order_settles_ties_by_name() -> None:
    """What depends on nothing unread comes by name, and a node waits for its dependencies only."""
    graph: Small = {"c": (), "a": ("c",), "b": (), "d": ("b",)}
    assert graphs.reading_order(graph) == ("b", "c", "a", "d")


def test_order_of_the_mapping_does_not_matter() -> None:
    """The same edges in another order give the same results."""
    graph = random_graph(7)
    turned = {node: tuple(reversed(graph[node])) for node in reversed(graph)}
    assert graphs.strongly_connected(turned) == graphs.strongly_connected(graph)
    assert graphs.reading_order(turned) == graphs.reading_order(graph)


def test_long_chain_needs_no_recursion() -> None:
    """A chain far longer than the interpreter's stack is measured like any other."""
    length = 20_000
    graph: Small = {f"{n:05}": (f"{n + 1:05}",) for n in range(length)}
    assert graphs.layers(graph)["00000"] == length
    assert graphs.reaching(graph, graph)[f"{length:05}"].bit_count() == length
    assert graphs.reading_order(graph)[0] == f"{length:05}"


def test_empty_graph_has_empty_results() -> None:
    """Nothing comes of nothing."""
    assert graphs.strongly_connected({}) == ()
    assert graphs.layers({}) == graphs.reaching({}, ["a"]) == {}
    assert graphs.reading_order({}) == ()
