"""Texts that say behind each line what it costs (``//= 1 2``), and what is measured in them."""

from __future__ import annotations

import re

from sphinx_repodoc.core.parse import parse_text

_COSTS = re.compile(r"(?://|#)=([ \d]+)")


def costs(text: str) -> int:
    """Sum of the numbers that are written in a text: the cognitive complexity of its only function."""
    return sum(int(number) for numbers in _COSTS.findall(text) for number in numbers.split())


def measured(text: str, language: str) -> dict[str, tuple[int, int]]:
    """Name of each function to its cognitive complexity and its nesting."""
    found = parse_text(text.encode(), language).symbols
    return {symbol.name: (symbol.cognitive, symbol.nesting) for symbol in found if symbol.complexity}
