"""Numbers and lists as English text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIBILANT = re.compile(r"(s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_UNCHANGED = frozenset({"data", "metadata", "series", "todo"})
_SENTENCE_END = re.compile(
    r"(?:(?<=[a-z0-9)`\"'\]][.!?])|(?<=[A-Z]{2}[.!?]))(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bcf\.)\s+(?=[A-Z`:*\"'(\[])"
)
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")
_STEP = 1024


@cache
def plural(noun: str) -> str:
    """Plural of a noun, or of the last word of several: ``enum class`` to ``enum classes``."""
    low = noun.lower()
    if low in _UNCHANGED:
        return noun
    if _CONSONANT_Y.search(low):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if _SIBILANT.search(low) else f"{noun}s"


def count(number: int, noun: str) -> str:
    """Give a number with its noun: ``1 class``, ``2,000 properties``."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence has them: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def counted_kinds(kinds: Iterable[str]) -> str:
    """How many there are of each kind, most first: ``5 methods and 2 classes``."""
    counts = Counter(kinds)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return listed([count(number, kind) for kind, number in ranked])


def local_ones(number: int) -> str:
    """What follows a count of symbols when there are more inside functions: ``, 2 local ones``."""
    return f", {number:,} local {'one' if number == 1 else 'ones'}" if number else ""


def capitalised(text: str) -> str:
    """With a capital first letter, the rest as it was."""
    return text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def human_size(size: int) -> str:
    """Bytes for people; from 1,024 on with the exact number behind: ``1.5 KiB (1,536 bytes)``."""
    value, unit = float(size), 0
    while value >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    exact = count(size, "byte")
    return f"{value:.1f} {_UNITS[unit]} ({exact})" if unit else exact


def short_size(size: int) -> str:
    """Bytes for people, as a table has room for: ``1.5 KiB``."""
    return human_size(size).partition(" (")[0]
