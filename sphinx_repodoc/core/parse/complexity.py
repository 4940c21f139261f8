"""How many ways lead through a function: McCabe's cyclomatic complexity.

Source: McCabe, A Complexity Measure (1976), counted as the tools of a language
do: one more than the places at which the way forks.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.parse.source import Span


def measure(functions: Sequence[Span], forks: Sequence[int], *, with_inner: bool) -> list[int]:
    """Complexity of each function.

    :param functions: in source order; one that lies in another comes behind it.
    :param forks: offsets, ascending.
    :param with_inner: whether a function inside counts for the one around it, as a way more
        and with its own forks, or for itself alone.
    """
    totals = [bisect_left(forks, end) - bisect_left(forks, start) for start, end in functions]
    found = [1 + total for total in totals]
    around: list[int] = []
    for index, (start, _) in enumerate(functions):
        while around and functions[around[-1]][1] <= start:
            around.pop()
        if with_inner:
            for outer in around:
                found[outer] += 1
        elif around:
            found[around[-1]] -= totals[index]
        around.append(index)
    return found
