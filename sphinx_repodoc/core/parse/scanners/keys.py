"""JSON, TOML and YAML: the keys of a data file as symbols, in the words of well-known formats.

The tree comes from tree-sitter and is walked with a stack of our own, never by
recursion. Keys are listed down to :data:`DEPTH` levels of nesting, those of a lock
file at the top level only: what lies deeper is data, not names that anybody looks
up. How many keys were left out is :attr:`~sphinx_repodoc.core.model.Facts.omitted`.

Arrays add no name: the keys of the objects in ``packages: [{name: …}]`` are
``packages.name``, listed once, where they stand first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tree_sitter import Query, QueryCursor

from sphinx_repodoc.core import rules
from sphinx_repodoc.core.parse.grammar import load_language
from sphinx_repodoc.core.parse.scanners.key_walk import Walk
from sphinx_repodoc.core.parse.scanners.known_formats import formats_of
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import (
    DEEPEST,
    TIME_LIMIT,
    Allowance,
    find_remarks,
    parse_tree,
    stopped_facts,
    syntax_problems,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Tree

    from sphinx_repodoc.core.model import Facts

DEPTH = 4
"""Levels of keys that are listed. A dotted key or header (``[a.b.c]``) is one level: so it is written."""

_LOCK_FILE = re.compile(
    r"(?:.*[.-])?lock(?:\.json|\.ya?ml)?|npm-shrinkwrap\.json|pylock(?:\..+)?\.toml|Package\.resolved"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """What differs between the grammars."""

    package: str
    pairs: frozenset[str]
    """Node types with a key and a value."""
    containers: frozenset[str]
    """Node types that may hold pairs; every other node is left alone."""
    arrays: frozenset[str]
    """Among them the lists."""
    long_array: str
    """The list that is often long and holds no pair unless its text ..."""
    signs: tuple[bytes, ...] = (b"{",)
    """... has one of these."""


FORMATS: Mapping[str, Notation] = MappingProxyType(
    {
        "json": Notation(
            package="tree-sitter-json",
            pairs=frozenset({"pair"}),
            containers=frozenset({"document", "object", "array", "ERROR"}),
            arrays=frozenset({"array"}),
            long_array="array",
        ),
        "toml": Notation(
            package="tree-sitter-toml",
            pairs=frozenset({"pair", "table", "table_array_element"}),
            containers=frozenset({"document", "inline_table", "array", "ERROR"}),
            arrays=frozenset({"array"}),
            long_array="array",
        ),
        "yaml": Notation(
            package="tree-sitter-yaml",
            pairs=frozenset({"block_mapping_pair", "flow_pair"}),
            containers=frozenset(
                f"{style}_{form}" for style in ("block", "flow") for form in ("node", "mapping", "sequence")
            )
            | {"stream", "document", "block_sequence_item", "ERROR"},
            arrays=frozenset({"block_sequence", "flow_sequence"}),
            long_array="flow_sequence",
            signs=(b":", b"?"),
        ),
    }
)
"""Name of a language -> how its keys are read."""


def is_lock_file(path: str) -> bool:
    """Whether a tool wrote this file to record the versions it chose."""
    return _LOCK_FILE.fullmatch(path.rpartition("/")[2]) is not None


def scan_keys(text: bytes, language: str, path: str = "", *, time_limit: float = TIME_LIMIT) -> Facts:
    """Keys are ``key``, headers of TOML ``table``, unless the format has a word for them.

    :param language: one of :data:`FORMATS`.
    :param path: tells well-known formats, and lock files, of which the keys at the top level are listed only.
    """
    form = FORMATS[language]
    tree = parse_tree(text, form.package, Allowance(len(text), time_limit))
    if tree is None:
        return stopped_facts(text)
    remarks, errors = find_remarks(tree, form.package)
    notes = Remarks(text, (node.byte_range for node in remarks))
    is_lock = is_lock_file(path)
    walk = Walk(form, notes, 1 if is_lock else DEPTH, () if is_lock else formats_of(path, language, text))
    walk.run(tree.root_node)
    facts = notes.facts(
        walk.symbols,
        lead=notes.lead(b"---"),
        problems=syntax_problems([node.start_byte for node in errors], notes.source),
        omitted=_count_pairs(tree, form) - walk.entered if walk.is_cut else 0,
    )
    found = tuple(rules.find_in_trees([tree], language, (form.package, "language"), notes.source, ()))
    return replace(facts, findings=found) if found else facts


def _count_pairs(tree: Tree, form: Notation) -> int:
    cursor = QueryCursor(_pairs_query(form))
    cursor.set_max_start_depth(DEEPEST)
    return len(cursor.captures(tree.root_node).get("pair", ()))


@cache
def _pairs_query(form: Notation) -> Query:
    kinds = " ".join(f"({kind})" for kind in sorted(form.pairs))
    return Query(load_language(form.package, "language"), f"[{kinds}] @pair")
