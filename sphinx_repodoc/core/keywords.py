"""The order of keywords, and how their index is cut into pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WHOLE = 1_000
"""Up to this many keywords the index is one page."""
LARGEST_PART = 3_000
"""A part with more keywords is cut by its next letter: about 0.5 MB of HTML a page."""

_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One page of the keyword index: the sort keys from ``low`` up to, not including, ``high``."""

    letters: str
    low: str
    high: str
    count: int
    digest: str = ""
    """Of everything that its page shows."""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """All parts of the keyword index, in order."""

    parts: tuple[IndexPart, ...] = ()


def sort_key(name: str) -> str:
    """Key by which keywords are sorted: without case and leading underscores.

    Names that begin with no letter from a to z come first, under ``#``, so that
    every part of the index is one range of keys.
    """
    key = name.strip("_").casefold() or name
    return key if _LETTER.match(key) else f"#{key}"


def cut_index(keys: Sequence[tuple[str, int]]) -> IndexPlan:
    """Cut sorted (key, number) pairs into parts by first letters.

    A part holds at most :data:`LARGEST_PART` keywords unless one key alone has
    more. The whole index is one part, without letters, up to :data:`WHOLE`.
    """
    total = sum(count for _, count in keys)
    if total <= WHOLE:
        return IndexPlan((IndexPart("", "", "\U0010ffff", total),))
    return IndexPlan(tuple(_cut(keys)))


def _cut(keys: Sequence[tuple[str, int]]) -> Iterator[IndexPart]:
    pending = [(group, 1) for group in reversed(_by_prefix(keys, 1))]
    while pending:
        group, length = pending.pop()
        first, last = group[0][0], group[-1][0]
        prefix = first[:length]
        total = sum(count for _, count in group)
        if total <= LARGEST_PART or len(group) == 1:
            exact = len(group) == 1 and len(first) <= length
            high = f"{prefix}\0" if exact else f"{prefix}\U0010ffff"
            yield IndexPart(prefix, prefix, high, total)
        else:
            differing = (
                place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]
            )
            longer = next(differing, len(first)) + 1
            pending.extend((part, longer) for part in reversed(_by_prefix(group, longer)))


def _by_prefix(keys: Sequence[tuple[str, int]], length: int) -> list[list[tuple[str, int]]]:
    groups: list[list[tuple[str, int]]] = []
    for pair in keys:
        if groups and groups[-1][0][0][:length] == pair[0][:length]:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return groups
