"""Sums over the subtree of every folder, each file counted once on its way up."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.measures import Ranked
from sphinx_repodoc.analyze.model import LanguageShare
from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role

MOST_RANKED = 25


@dataclass(slots=True)
class Totals:
    """What the files of one subtree add up to."""

    files: int = 0
    lines: int = 0
    size: int = 0
    symbols: int = 0
    problems: int = 0
    notes: int = 0
    languages: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """Language to files, lines and bytes."""
    roles: Counter[str] = field(default_factory=Counter)


def sum_up(context: Context, roles: Mapping[str, tuple[Role, ...]]) -> dict[str, Totals]:
    """Folder to the sums of its subtree."""
    totals = {folder: Totals() for folder in context.folders}
    for path, file in context.files.items():
        entry, facts = file.entry, file.facts
        counts = (facts.lines.total, entry.size, file.keywords, len(file.problems), len(facts.notes))
        names = [role.name for role in roles[path]]
        for folder in ancestors(folder_of(path)):
            total = totals[folder]
            total.files += 1
            total.lines += counts[0]
            total.size += counts[1]
            total.symbols += counts[2]
            total.problems += counts[3]
            total.notes += counts[4]
            total.roles.update(names)
            if entry.language:
                share = total.languages[entry.language]
                share[0] += 1
                share[1] += counts[0]
                share[2] += counts[1]
    return totals


def language_shares(totals: Totals) -> tuple[LanguageShare, ...]:
    """Languages of a subtree, most lines first; those without lines by their size."""
    shares = (
        LanguageShare(language=language, files=files, lines=lines, size=size)
        for language, (files, lines, size) in totals.languages.items()
    )
    return tuple(sorted(shares, key=lambda share: (-share.lines, -share.size, share.language)))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first files of a folder by a number, and how many have one."""

    top: tuple[Ranked, ...] = ()
    total: int = 0


def rank_by_folder(numbers: Iterable[tuple[str, tuple[int, ...]]], context: Context) -> dict[str, Ranking]:
    """Folder to the files of its subtree with the greatest numbers; files with 0 have no rank.

    :param numbers: path and its number, then those that settle ties.
    """
    found: defaultdict[str, list[tuple[tuple[int, ...], str]]] = defaultdict(list)
    for path, rank in numbers:
        if rank[0] and path in context.files:
            for folder in ancestors(folder_of(path)):
                found[folder].append((tuple(-number for number in rank), path))
    return {
        folder: Ranking(
            tuple(
                Ranked(path=path, count=-rank[0], purpose=context.files[path].facts.doc)
                for rank, path in heapq.nsmallest(MOST_RANKED, items)
            ),
            len(items),
        )
        for folder, items in found.items()
    }
