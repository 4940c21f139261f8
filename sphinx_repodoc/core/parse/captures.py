"""What one query captured in one file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from tree_sitter import QueryCursor

from sphinx_repodoc.core.parse.grammars import load_query
from sphinx_repodoc.core.parse.trees import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.parse.source import Span

_IS = "is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Captures:
    """Matches of one capture by its name, and those of several as they are, in source order."""

    root: int
    """Identity of the node for the whole file."""
    single: Mapping[str, list[Node]]
    compound: Sequence[Mapping[str, list[Node]]]

    def having(self, name: str) -> Iterator[Mapping[str, list[Node]]]:
        """Matches of several captures of which one is ``name``."""
        return (nodes for nodes in self.compound if name in nodes)

    def spans(self, name: str) -> list[Span]:
        """Byte ranges of a single capture in source order, each once."""
        return sorted({node.byte_range for node in self.single.get(name, ())})


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
    for pattern, nodes in chain.from_iterable(cursor.matches(tree.root_node) for tree in trees):
        if len(nodes) > 1 and any(name.startswith(_IS) for name in nodes):
            if not all(_reads(node, name, text) for name, found in nodes.items() for node in found):
                continue
            nodes = {name: found for name, found in nodes.items() if not name.startswith(_IS)}  # noqa: PLW2901
        if len(nodes) == 1:
            for name, found in nodes.items():
                single[name] += found
        else:
            compound.append((pattern, nodes))
    compound.sort(key=itemgetter(0))
    return Captures(single=single, compound=[nodes for _, nodes in compound], root=trees[0].root_node.id)


def _reads(node: Node, name: str, text: bytes) -> bool:
    """Whether a condition holds; a capture without one always does."""
    start, end = node.byte_range
    return not name.startswith(_IS) or text[start:end] == name.removeprefix(_IS).encode()
