"""Small pieces of English that the analyses build their evidence from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINES = 5


def count(number: int, singular: str, plural: str = "") -> str:
    """Give ``1 test``, ``2 tests``, ``1,200 tests``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def join(words: Sequence[str]) -> str:
    """Give ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:  # noqa: PLR2004 (one word needs no joint)
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def lines(numbers: Sequence[int]) -> str:
    """Give ``line 3``, ``lines 3 and 9``, or the first few and the number of the others."""
    more = len(numbers) - _MOST_LINES
    shown = [str(number) for number in numbers]
    words = [*shown[:_MOST_LINES], f"{more} more"] if more > 1 else shown
    return f"line{'s' if len(numbers) > 1 else ''} {join(words)}"
