"""Sets of files as bits of a number, and how many of them lie in which folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sphinx_repodoc.analyze.paths import ancestors, folder_of

MOST_FOLDERS = 25
"""Files that reach another are counted by folders no deeper than keeps to this number."""


Level = Mapping[str, Sequence[tuple[str, int]]]
"""A folder of the level above to the folders in it, with the bits of the files in them."""


def mask_levels(bits: Mapping[str, int]) -> tuple[Level, ...]:
    """For each depth the folders cut to it; the first level has the root alone, as a folder of itself.

    A folder of that very depth stands for all below it, one less deep for its own files.
    """
    above = {path: ancestors(folder_of(path)) for path in bits}
    levels = []
    for depth in range(max(map(len, above.values()), default=0)):
        masks: defaultdict[str, int] = defaultdict(int)
        parents: dict[str, str] = {}
        for path, folders in above.items():
            folder = folders[min(depth, len(folders) - 1)]
            masks[folder] |= bits[path]
            parents[folder] = folders[min(max(depth - 1, 0), len(folders) - 1)]
        level: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for folder, mask in masks.items():
            level[parents[folder]].append((folder, mask))
        levels.append(dict(level))
    return tuple(levels)


def count_by_folder(mask: int, levels: Sequence[Level]) -> tuple[tuple[str, int], ...]:
    """Count the files of a mask by folders of the greatest depth that has no more than ``MOST_FOLDERS``, sorted.

    Only folders in which there are any are looked into: a repository has thousands.
    """
    counts: list[tuple[str, int]] = []
    for depth, level in enumerate(levels):
        deeper: list[tuple[str, int]] = []
        for parent in [folder for folder, _ in counts] if depth else [""]:
            deeper += [
                (folder, common.bit_count())
                for folder, own in level.get(parent, ())
                if (common := own & mask)
            ]
            if len(deeper) > MOST_FOLDERS:
                return tuple(sorted(counts))
        counts = deeper
    return tuple(sorted(counts))
