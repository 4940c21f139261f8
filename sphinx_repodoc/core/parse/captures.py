"""What one query captured in one file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from tree_sitter import QueryCursor

from sphinx_repodoc.core.parse.grammars import GRAMMARS, load_query
from sphinx_repodoc.core.parse.trees import DEEPEST, find_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.parse.source import Span

_IS = "is."
"""Begins the names of captures that are conditions."""
_SIGNS = {"is.two-ampersands": "&&", "is.two-bars": "||"}
"""What cannot stand in the name of a capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captures:
    """Matches of one capture by its name, and those of several as they are, in source order."""

    trees: Sequence[Tree]
    root: int
    """Identity of the node for the whole file."""
    single: dict[str, list[Node]]
    compound: Sequence[Mapping[str, list[Node]]]

    def having(self, name: str) -> Iterator[Mapping[str, list[Node]]]:
        """Matches of several captures of which one is ``name``."""
        return (nodes for nodes in self.compound if name in nodes)

    def spans(self, name: str) -> list[Span]:
        """Byte ranges of a single capture in source order, each once."""
        return sorted({node.byte_range for node in self.single.get(name, ())})


def role(nodes: Mapping[str, list[Node]], beginnings: str | tuple[str, ...]) -> str:
    """The first capture of a match whose name begins so, or nothing."""
    for name in nodes:
        if name.startswith(beginnings):
            return name
    return ""


def capture(trees: Sequence[Tree], language: str, text: bytes) -> Captures:
    """Run the query over the trees of a text and keep the matches whose conditions hold.

    There is no time limit here, for a progress callback crashes the cursor of
    the binding (0.26.1). Its work is bounded instead: by depth, and by not
    looking into the :func:`rubble <sphinx_repodoc.core.parse.trees.is_rubble>` of what is no program.
    """
    single: dict[str, list[Node]] = defaultdict(list)
    compound: list[tuple[int, dict[str, list[Node]]]] = []
    cursor = QueryCursor(load_query(language))
    cursor.set_max_start_depth(DEEPEST)
    conditions = _conditions(language)
    for pattern, nodes in chain.from_iterable(cursor.matches(tree.root_node) for tree in trees):
        if not conditions.isdisjoint(nodes):
            if not all(
                _reads(node, name, text) for name in conditions & nodes.keys() for node in nodes[name]
            ):
                continue
            nodes = {name: found for name, found in nodes.items() if name not in conditions}  # noqa: PLW2901
        if len(nodes) == 1:
            for name, found in nodes.items():
                single[name] += found
        else:
            compound.append((pattern, nodes))
    grammar = GRAMMARS[language]
    for tree in trees:
        single["error"] += find_errors(tree, grammar.package, grammar.loader)
    compound.sort(key=itemgetter(0))
    return Captures(
        trees=trees, single=single, compound=[nodes for _, nodes in compound], root=trees[0].root_node.id
    )


@cache
def _conditions(language: str) -> frozenset[str]:
    query = load_query(language)
    names = map(query.capture_name, range(query.capture_count))
    return frozenset(name for name in names if name.startswith(_IS))


def _reads(node: Node, name: str, text: bytes) -> bool:
    """Whether the condition holds that a capture is named for."""
    start, end = node.byte_range
    return text[start:end] == (_SIGNS.get(name) or name.removeprefix(_IS)).encode()
