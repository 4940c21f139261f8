"""A parse that can be stopped, and what is said when it was or when it met errors."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser, Point, Query, QueryCursor, Range

from sphinx_repodoc.core.parse.grammar import load_language
from sphinx_repodoc.core.parse.source import generic_facts
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Source, Span

TIME_LIMIT = 10.0
"""Seconds of CPU for the parser, unless the caller says otherwise: the last guard, behind steps and memory."""

DEEPEST = 2_500
"""The cursor is quadratic over nested operators, for it waits at each for the second operand: these take a second."""
_MOST_TOKENS = 20_000
"""The cursor becomes quadratic over mere tokens in one node: 20,000 take half a second."""
_CHUNK = 1 << 10
"""Bytes that the parser is given at once. Scanners of its own look ahead and come back, and then ask again."""
_STEPS, _STEPS_PER_BYTE = 2_000, 0.2
"""Calls of the progress callback, one for each hundred operations. Ordinary text needs 0.02 a byte, text that
another language was expected in 0.1; where the parser tries one way after the other to mend an error it is 1 to 5."""
_LOOKS, _LOOKS_PER_BYTE = 10_000_000, 500
"""Bytes that the parser may look at. Ordinary text is looked at up to five times, ``case`` by the thousand as shell
thousands of times."""
_MEMORY, _MEMORY_PER_BYTE = 250_000_000, 250
"""Bytes for the tree, and bytes of it for each of the text. Ordinary text needs 100 a byte; some that
make a grammar see two meanings in every word (``a=>a=>a=>`` as Java) would need gigabytes for a page."""
_STEPS_BETWEEN_CHECKS = 16
"""A step takes some twenty microseconds, and a look at the memory one."""
_COMMENTS = "(comment) @found"
_ERRORS = "(ERROR) @found (MISSING) @found"


class Allowance:
    """What the parser may spend on one text, and on all parts of it that are parsed again."""

    def __init__(self, size: int, time_limit: float = TIME_LIMIT) -> None:
        self._steps = _STEPS + int(_STEPS_PER_BYTE * size)
        self._looks = _LOOKS + _LOOKS_PER_BYTE * size
        self._memory = _peak_memory() + _MEMORY + _MEMORY_PER_BYTE * size
        self._deadline = time.thread_time() + time_limit
        self.is_spent = time_limit <= 0
        """Whether it is used up. It stays so."""

    def look(self, size: int) -> bool:
        """Count bytes that are looked at."""
        self._looks -= size
        self.is_spent |= self._looks < 0
        return self.is_spent

    def step(self) -> bool:
        """Count a call of the progress callback."""
        self._steps -= 1
        self.is_spent |= self._steps < 0
        if self._steps % _STEPS_BETWEEN_CHECKS == 0:
            self.is_spent |= time.thread_time() > self._deadline or _peak_memory() > self._memory
        return self.is_spent


def parse_tree(
    text: bytes, package: str, allowance: Allowance, *, loader: str = "language", part: Span | None = None
) -> Tree | None:
    """The syntax tree of a text or of a part of it, or None when the allowance is spent.

    The text comes from a callable, the only input that the parser lets itself be
    interrupted in; nodes therefore know no text.
    """
    _, end = part or (0, len(text))
    chunk = bytearray()

    def read(offset: int, _point: Point) -> bytearray:
        is_over = allowance.look(_CHUNK)
        chunk[:] = b"" if is_over else text[offset : min(offset + _CHUNK, end)]
        return chunk

    def is_too_much(_offset: int, _has_error: bool) -> bool:
        return allowance.step()

    if allowance.is_spent:
        return None
    parser = Parser(load_language(package, loader))
    if part is not None:
        # The parser wants points too; nobody reads them.
        parser.included_ranges = [Range(Point(part[0], 0), Point(part[1], 0), *part)]
    try:
        tree = parser.parse(read, progress_callback=is_too_much)
    except ValueError:
        # The binding's word for a parse that its progress callback ended.
        return None
    finally:
        # The binding (0.26.1) never lets go of what ``read`` returned.
        chunk.clear()
    return None if allowance.is_spent else tree


if sys.platform == "win32":

    def _peak_memory() -> int:
        """Not known here."""
        return 0

else:
    import resource

    _UNIT = 1 if sys.platform == "darwin" else 1024

    def _peak_memory() -> int:
        """The most bytes that the process has had so far."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def is_rubble(tree: Tree) -> bool:
    """Whether the parser only found tokens: brackets by the thousand."""
    errors = [node for node in (tree.root_node, *tree.root_node.children) if node.is_error]
    return any(node.child_count - node.named_child_count > _MOST_TOKENS for node in errors)


def find_remarks(tree: Tree, package: str) -> tuple[list[Node], list[Node]]:
    """(comments, places of errors) of a tree."""
    if is_rubble(tree):
        return [], [tree.root_node]
    return _find(tree, _query(package, "language", _COMMENTS)), find_errors(tree, package)


def find_errors(tree: Tree, package: str, loader: str = "language") -> list[Node]:
    """Places of errors. Most files have none, and looking for them in the query of a language is slow."""
    return _find(tree, _query(package, loader, _ERRORS)) if tree.root_node.has_error else []


def _find(tree: Tree, query: Query) -> list[Node]:
    cursor = QueryCursor(query)
    cursor.set_max_start_depth(DEEPEST)
    return cursor.captures(tree.root_node).get("found", [])


@cache
def _query(package: str, loader: str, patterns: str) -> Query:
    return Query(load_language(package, loader), patterns)


def stopped_facts(text: bytes) -> Facts:
    message = "The parser was stopped: it took far more steps, memory or time than usual."
    return replace(generic_facts(text), problems=(Problem(kind=ProblemKind.TIMEOUT, message=message),))


def deep_facts(text: bytes, line: int = 0) -> Facts:
    """Facts of a file that its parser would crash over.

    :param line: where it is nested so deeply, when that is known.
    """
    message = "The file is nested too deeply to be parsed."
    problem = Problem(kind=ProblemKind.SYNTAX, message=message, line=line)
    return replace(generic_facts(text), problems=(problem,))


def syntax_problems(places: Sequence[int], source: Source) -> tuple[Problem, ...]:
    """One problem for all errors of a file, at the first of them."""
    if not places:
        return ()
    number = "1 place" if len(places) == 1 else f"{len(places)} places"
    message = f"The parser did not understand {number}; facts from there may be missing."
    # What is missing at the end is missing behind the last newline.
    place = min(*places, max(len(source.text) - 1, 0))
    return (Problem(kind=ProblemKind.SYNTAX, message=message, line=source.line(place)),)
