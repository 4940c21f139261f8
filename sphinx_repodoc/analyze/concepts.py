"""The symbols that other files use, counted for every folder and for the glossary."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Concept
from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.model import Symbol

MOST_CONCEPTS = 50


@dataclass(frozen=True, slots=True)
class UsedSymbol:
    """A symbol with the places its users have in common with it."""

    path: str
    symbol: Symbol
    shared: tuple[int, ...]
    """For each file that uses it, how many folders (from the root) lie above both."""


@dataclass(frozen=True, slots=True)
class FolderConcepts:
    """What a folder offers to the files outside of it."""

    top: tuple[Concept, ...]
    total: int


def find_used_symbols(context: Context) -> tuple[UsedSymbol, ...]:
    """Symbols that files other than their own use, by path and name."""
    found = []
    for path in context.files:
        uses = context.uses.get(path, ())
        if not uses:
            continue
        symbols = _top_level(context, path)
        above = ancestors(folder_of(path))
        for name, group_ in sorted(group(uses, lambda use: use.name).items()):
            users = sorted({use.source for use in group_} - {path})
            if name in symbols and users:
                shared = tuple(_shared_depth(above, folder_of(user)) for user in users)
                found.append(UsedSymbol(path, symbols[name], shared))
    return tuple(found)


def _top_level(context: Context, path: str) -> dict[str, Symbol]:
    """First symbol of each name, those at top level before the others."""
    symbols = context.files[path].facts.symbols
    ordered = sorted(symbols, key=lambda symbol: symbol.parent >= 0)
    found: dict[str, Symbol] = {}
    for symbol in ordered:
        found.setdefault(symbol.name, symbol)
        found.setdefault(symbol.qualname, symbol)
    return found


def _shared_depth(above: tuple[str, ...], folder: str) -> int:
    """How many of the folders above a path lie above another folder too."""
    depth = 0
    for one, other in zip(above, ancestors(folder), strict=False):
        if one != other:
            break
        depth += 1
    return depth


def folder_concepts(used: tuple[UsedSymbol, ...]) -> dict[str, FolderConcepts]:
    """Folder to its symbols that files outside use; for the root, that other files use."""
    offered: defaultdict[str, list[tuple[int, UsedSymbol]]] = defaultdict(list)
    for item in used:
        offered[""].append((len(item.shared), item))
        for depth, folder in enumerate(ancestors(folder_of(item.path))[1:], 1):
            users = sum(1 for shared in item.shared if shared <= depth)
            if users:
                offered[folder].append((users, item))
    return {folder: FolderConcepts(_best(items), len(items)) for folder, items in offered.items()}


def _best(items: list[tuple[int, UsedSymbol]]) -> tuple[Concept, ...]:
    best = heapq.nsmallest(
        MOST_CONCEPTS,
        items,
        key=lambda pair: (-pair[0], pair[1].symbol.qualname, pair[1].path, pair[1].symbol.line),
    )
    return tuple(make_concept(item, users) for users, item in best)


def make_concept(item: UsedSymbol, users: int) -> Concept:
    symbol = item.symbol
    return Concept(
        name=symbol.name,
        qualname=symbol.qualname,
        kind=symbol.kind,
        path=item.path,
        users=users,
        doc=symbol.doc,
    )


def make_glossary(used: tuple[UsedSymbol, ...]) -> tuple[Concept, ...]:
    """Symbols that other files use, sorted by name."""
    concepts = (make_concept(item, len(item.shared)) for item in used)
    return tuple(sorted(concepts, key=lambda c: (c.name.casefold(), c.name, c.path, c.qualname)))
