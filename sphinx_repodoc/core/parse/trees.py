"""A parse that can be stopped, and what is said when it was or when it met errors."""

from __future__ import annotations

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
"""Seconds of wall time for the parser, unless the caller says otherwise."""

DEEPEST = 10_000
"""The cursor becomes quadratic where its counters of depth overflow (65,536)."""
_MOST_TOKENS = 20_000
"""The cursor becomes quadratic over mere tokens in one node: 20,000 take half a second."""
_CHUNK = 1 << 16
_COMMENTS = "(comment) @found"
_ERRORS = "(ERROR) @found (MISSING) @found"


def parse_tree(
    text: bytes,
    package: str,
    time_limit: float = TIME_LIMIT,
    *,
    loader: str = "language",
    part: Span | None = None,
) -> Tree | None:
    """The syntax tree of a text or of a part of it, or None when time ran out.

    The text comes from a callable, the only input that the parser lets itself be
    interrupted in; nodes therefore know no text.
    """
    deadline = time.monotonic() + time_limit

    def read(offset: int, _point: Point) -> bytes:
        return text[offset : offset + _CHUNK]

    def is_late(_offset: int, _has_error: bool) -> bool:
        return time.monotonic() > deadline

    parser = Parser(load_language(package, loader))
    if part is not None:
        # The parser wants points too; nobody reads them.
        parser.included_ranges = [Range(Point(part[0], 0), Point(part[1], 0), *part)]
    try:
        return parser.parse(read, progress_callback=is_late)
    except ValueError:
        # The binding's word for a parse that its progress callback ended.
        return None


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


def stopped_facts(text: bytes, time_limit: float) -> Facts:
    message = f"The parser was stopped after {time_limit:g} seconds."
    return replace(generic_facts(text), problems=(Problem(kind=ProblemKind.TIMEOUT, message=message),))


def syntax_problems(places: Sequence[int], source: Source) -> tuple[Problem, ...]:
    """One problem for all errors of a file, at the first of them."""
    if not places:
        return ()
    number = "1 place" if len(places) == 1 else f"{len(places)} places"
    message = f"The parser did not understand {number}; facts from there may be missing."
    return (Problem(kind=ProblemKind.SYNTAX, message=message, line=source.line(min(places))),)
