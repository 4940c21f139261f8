"""Which graphs pages draw: the neighbours of a file, and the parts of a folder."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.graph import layers
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Arrow, Box, Graph, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_repodoc.analyze.model import Dependency, FileRelations, Flow

MOST_NEIGHBOURS = 10
"""Files on each side of a file before the last box counts the rest."""
MOST_PARTS = 24
"""Parts of a folder that are drawn: more are a thicket."""
LONGEST_NAME = 40
"""Characters of a name in a box."""


def draw_neighbours(relations: FileRelations) -> Graph | None:
    """Draw the files that import a file on its left and those it imports on its right; no graph without any."""
    before = _side(relations.imported_by, relations.path, "imported-by", 0)
    after = _side(relations.imports, relations.path, "imports-here", 2)
    if not (before or after):
        return None
    own = Box(Ref(PageKind.FILE, relations.path, _short(relations.path)), 1, current=True)
    middle = len(before)
    arrows = [Arrow(index, middle) for index in range(middle)]
    arrows += [Arrow(middle, middle + 1 + index) for index in range(len(after))]
    label = f"Files that import {relations.path}, and files that it imports"
    return Graph(label, (*before, own, *after), tuple(arrows))


def _side(ends: Sequence[Dependency], path: str, anchor: str, column: int) -> list[Box]:
    """Boxes of the files at one side, those that share most names first."""
    ranked = sorted(ends, key=lambda end: (-len(end.names), end.path))
    shown = ranked[: MOST_NEIGHBOURS if len(ranked) <= MOST_NEIGHBOURS else MOST_NEIGHBOURS - 1]
    names = Counter(end.path.rpartition("/")[2] for end in shown)
    boxes = [
        Box(
            Ref(
                PageKind.FILE,
                end.path,
                _short(end.path, folder=names[end.path.rpartition("/")[2]] > 1),
            ),
            column,
        )
        for end in shown
    ]
    if len(ranked) > len(shown):
        rest = f"{len(ranked) - len(shown):,} more files"
        boxes.append(Box(Ref(PageKind.FILE, path, rest, anchor), column))
    return boxes


def _short(path: str, *, folder: bool = False) -> str:
    """The name of a file, with its folder where several have that name; the middle of a long one is left out."""
    name = "/".join(path.split("/")[-2 if folder else -1 :])
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME // 2]}…{name[-LONGEST_NAME // 2 + 1 :]}"


def draw_parts(flows: Sequence[Flow], link: Callable[[str, str], Ref]) -> tuple[Graph, int] | None:
    """(graph of the parts of a folder by their imports, how many parts there are); ``None`` for less than three.

    Parts that build on others stand left of them. Of many parts those with most imports are drawn, and an
    arrow only where no longer way says that already.

    :param link: (path of a part, text) to the link to it.
    """
    weights: Counter[str] = Counter()
    for flow in flows:
        weights[flow.source] += flow.edges
        weights[flow.target] += flow.edges
    ranked = sorted(weights, key=lambda path: (-weights[path], path))
    shown = frozenset(ranked[:MOST_PARTS])
    if len(shown) < 3:  # noqa: PLR2004 (a list says two as well)
        return None
    drawn = [flow for flow in flows if flow.source in shown and flow.target in shown]
    graph: defaultdict[str, list[str]] = defaultdict(list)
    for flow in drawn:
        graph[flow.source].append(flow.target)
    heights = layers(graph)
    drawn = [flow for flow in drawn if not _is_implied(flow, graph, heights)]
    top = max(heights.values(), default=0)
    order = sorted(shown, key=lambda path: (-heights.get(path, 0), path))
    place = {path: index for index, path in enumerate(order)}
    boxes = tuple(Box(link(path, _short(path)), top - heights.get(path, 0)) for path in order)
    arrows = tuple(Arrow(place[flow.source], place[flow.target], flow.edges) for flow in drawn)
    return Graph("Imports between the parts of the folder", boxes, arrows), len(weights)


def _is_implied(flow: Flow, graph: Mapping[str, Sequence[str]], heights: Mapping[str, int]) -> bool:
    """Whether a way over a layer between leads to the same part."""
    top, bottom = heights[flow.source], heights[flow.target]
    todo, seen = [flow.source], {flow.source}
    while todo:
        for target in graph.get(todo.pop(), ()):
            if target not in seen and bottom < heights[target] < top:
                if flow.target in graph.get(target, ()):
                    return True
                seen.add(target)
                todo.append(target)
    return False
