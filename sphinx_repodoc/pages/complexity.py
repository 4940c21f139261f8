"""The functions of a file that are hard to test or to follow, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.analyze.minified import is_minified
from sphinx_repodoc.core.names import PageKind, symbol_anchors
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Para, Ref, Strong
from sphinx_repodoc.pages.words import count, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_repodoc.core.model import Symbol
    from sphinx_repodoc.pages.blocks import Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData


class Measure(NamedTuple):
    """One number of a function, and above which it is worth a look."""

    title: str
    limit: int
    over: str
    """What is true of a function above the limit, which has a place in it."""
    of: Callable[[Symbol], int]


MEASURES = (
    # What McCabe proposed.
    Measure("Cyclomatic", 10, "a cyclomatic complexity above {}", lambda symbol: symbol.complexity),
    # From where the tools of those who defined it warn.
    Measure("Cognitive", 15, "a cognitive complexity above {}", lambda symbol: symbol.cognitive),
    # What ESLint allows (max-depth).
    Measure("Nesting", 4, "nesting deeper than {}", lambda symbol: symbol.nesting),
    # What Clippy allows (too_many_lines).
    Measure("Lines", 100, "more than {} lines", lambda symbol: symbol.end_line - symbol.line + 1),
)


def build_complexity(data: PageData, path: str) -> Blocks:
    """Show the functions above a cyclomatic complexity of 10, a cognitive one of 15, 4 levels or 100 lines."""
    file = data.file(path)
    if is_minified(file):
        return ()  # nobody reads it, let alone simplifies it
    symbols = file.facts.symbols
    measured = [symbol for symbol in symbols if symbol.complexity]
    worst = [
        (symbol, anchor)
        for symbol, anchor in zip(symbols, symbol_anchors(symbols), strict=True)
        if symbol.complexity and _badness(symbol) > 1
    ]
    if not worst:
        return ()
    worst.sort(key=lambda each: (-_badness(each[0]), each[0].line))
    rows = [
        (
            (Ref(PageKind.FILE, path, symbol.qualname, anchor),),
            *(_cell(symbol, measure) for measure in MEASURES),
            (parts.line_ref(path, symbol.line, symbol.end_line),),
        )
        for symbol, anchor in worst
    ]
    titles = [measure.title for measure in MEASURES]
    table = parts.folded_table(("Function", *titles, "Where"), rows, (1, 2, 3, 4))
    return (Para((_summary([symbol for symbol, _ in worst], len(measured)),)), *table)


def _badness(symbol: Symbol) -> float:
    """How many times it has what the limit allows of which it has most."""
    return max(measure.of(symbol) / measure.limit for measure in MEASURES)


def _cell(symbol: Symbol, measure: Measure) -> Inlines:
    number = measure.of(symbol)
    return (Strong(f"{number:,}"),) if number > measure.limit else parts.number(number)


def _summary(worst: list[Symbol], total: int) -> str:
    clauses = [
        f"{number:,} by {measure.over.format(measure.limit)}"
        for measure in MEASURES
        if (number := sum(measure.of(symbol) > measure.limit for symbol in worst))
    ]
    verb = "goes" if len(worst) == 1 else "go"
    return f"{len(worst):,} of {count(total, 'function')} {verb} past a limit: {listed(clauses)}."
