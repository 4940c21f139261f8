"""Sets of files as bits of a number, and how many of them lie in which folder."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_FOLDERS = 25
"""Files that reach another are counted by folders no deeper than keeps to this number."""


def mask_levels(bits: Mapping[str, int]) -> tuple[Mapping[str, int], ...]:
    """For each depth the folders cut to it, sorted, with the bits of the files in them.

    A folder of that very depth stands for all below it, one less deep for its own files.
    """
    above = {path: ancestors(folder_of(path)) for path in bits}
    levels = []
    for depth in range(max(map(len, above.values()), default=0)):
        masks: defaultdict[str, int] = defaultdict(int)
        for path, folders in above.items():
            masks[folders[min(depth, len(folders) - 1)]] |= bits[path]
        levels.append(dict(sorted(masks.items())))
    return tuple(levels)


def count_by_folder(mask: int, levels: Sequence[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    """Count the files of a mask by folders of the greatest depth that has no more than ``MOST_FOLDERS``."""
    counts: tuple[tuple[str, int], ...] = ()
    for masks in levels:
        hit = islice(((folder, own) for folder, own in masks.items() if own & mask), MOST_FOLDERS + 1)
        deeper = tuple((folder, (own & mask).bit_count()) for folder, own in hit)
        if len(deeper) > MOST_FOLDERS:
            break
        counts = deeper
    return counts
