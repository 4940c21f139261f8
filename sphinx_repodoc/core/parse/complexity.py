"""How hard a function is to test and to follow: three measures by the same marks in its text.

*Cyclomatic complexity* is how many ways lead through. Source: McCabe, A Complexity Measure (1976), counted as the
tools of a language do: one more than the places at which the way forks.

*Cognitive complexity* is how hard it is to follow. Source: Campbell, Cognitive Complexity (SonarSource, 2018): one for
each break in the flow, and one more for each that is around it. Recursion does not count, for a text does not say
what is called.

*Nesting* is how many branches, loops, handlers and choices are around the innermost statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sphinx_repodoc.core.parse.source import Span


class Effect(NamedTuple):
    """What a mark says of the function around it."""

    ways: int = 0
    """Added to the cyclomatic complexity."""
    cost: int = 0
    """Added to the cognitive complexity ..."""
    grows: bool = False
    """... with one more for each level around it."""
    level: bool = False
    """What lies in it is one level deeper ..."""
    nests: bool = False
    """... in nesting too."""


EFFECTS: Mapping[str, Effect] = {
    "fork": Effect(ways=1),
    "branch": Effect(ways=1, cost=1, grows=True, level=True, nests=True),
    "elif": Effect(ways=1, cost=1, level=True, nests=True),
    "else": Effect(cost=1, level=True, nests=True),
    "choice": Effect(cost=1, grows=True, level=True, nests=True),
    "ternary": Effect(cost=1, grows=True, level=True),
    "logic": Effect(cost=1),
    "jump": Effect(cost=1),
    "lambda": Effect(level=True),
    "inner": Effect(level=True),
}
"""Kind of a mark to its effect; the engine says which capture of a query stands for what."""
REPLACED: Mapping[str, tuple[str, ...]] = {
    "join": ("fork", "else"), "elif": ("branch",), "else": ("branch", "elif"), "same": ("logic",),
}  # fmt: skip
"""Capture to the kinds of marks that do not count where it begins."""


class Mark(NamedTuple):
    """A piece of text with an effect."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Complexity:
    """Of one function."""

    cyclomatic: int = 1
    cognitive: int = 0
    nesting: int = 0


UNKNOWN = Complexity(cyclomatic=0)


class _Open(NamedTuple):
    """A mark that the sweep is in, or a function."""

    end: int
    levels: int
    """How many levels are around it ..."""
    nesting: int
    """... and how many of these nest."""
    function: _Function | None


@dataclass(slots=True)
class _Function:
    """A function that the sweep is in."""

    found: Complexity
    levels: int
    """How many levels are around what lies in it."""
    growing: int = 0
    """How many of its marks cost more the more levels are around them."""


def measure(
    functions: Sequence[Span],
    marks: Iterable[Mark],
    *,
    with_inner: bool,
    unwrapped: Collection[int] = (),
) -> list[Complexity]:
    """Complexity of each function, in linear time however deep the text is.

    :param with_inner: whether a function inside counts for the one around it, as a way more
        and with its own marks one level deeper, or for itself alone.
    :param unwrapped: starts of the functions that are all that the function around them has: they are no deeper.
    """
    sweep = _Sweep(with_inner=with_inner, unwrapped=unwrapped)
    found = [Complexity() for _ in functions]
    heads = [(start, -end, number, "") for number, (start, end) in enumerate(functions)]
    inside = [(start, -end, -1, kind) for start, end, kind in _without_own(marks, functions)]
    for start, end, number, kind in sorted(heads + inside):
        sweep.close(start)
        if kind:
            sweep.mark(-end, EFFECTS[kind])
        else:
            sweep.enter(start, -end, found[number])
    sweep.close(None)
    return found


def _without_own(marks: Iterable[Mark], functions: Sequence[Span]) -> Iterable[Mark]:
    """Leave out the bodies that are those of the functions themselves: both end at the same place."""
    ends = {end: start for start, end in reversed(functions)}
    return (mark for mark in marks if mark.kind != "inner" or mark.start < ends.get(mark.end, mark.end))


class _Sweep:
    """Goes over functions and marks by their starts, what is around first."""

    def __init__(self, *, with_inner: bool, unwrapped: Collection[int]) -> None:
        self._with_inner = with_inner
        self._unwrapped = unwrapped
        self._open: list[_Open] = []
        self._functions: list[_Function] = []
        self._levels = 0
        self._nesting = 0

    def close(self, place: int | None) -> None:
        """Leave what ends before a place; at the end of the text, everything."""
        while self._open and (place is None or self._open[-1].end <= place):
            over = self._open.pop()
            self._levels, self._nesting = over.levels, over.nesting
            if over.function is not None:
                self._functions.pop()
                if self._with_inner and self._functions:
                    self._add(over.function, self._functions[-1])

    @staticmethod
    def _add(inner: _Function, outer: _Function) -> None:
        deeper = inner.levels - outer.levels
        outer.found.cyclomatic += inner.found.cyclomatic
        outer.found.cognitive += inner.found.cognitive + inner.growing * deeper
        outer.growing += inner.growing

    def enter(self, start: int, end: int, found: Complexity) -> None:
        before = self._levels
        if self._functions and start not in self._unwrapped:
            self._levels += 1
        function = _Function(found, self._levels)
        self._open.append(_Open(end, before, self._nesting, function))
        self._functions.append(function)
        self._nesting = 0

    def mark(self, end: int, effect: Effect) -> None:
        if not self._functions:
            return
        function = self._functions[-1]
        found = function.found
        found.cyclomatic += effect.ways
        found.cognitive += effect.cost
        if effect.grows:
            found.cognitive += self._levels - function.levels
            function.growing += 1
        if effect.level:
            end = min(end, self._open[-1].end)  # braces that are not paired may lead out of what is around
            self._open.append(_Open(end, self._levels, self._nesting, None))
            self._levels += 1
        if effect.nests:
            self._nesting += 1
            found.nesting = max(found.nesting, self._nesting)
