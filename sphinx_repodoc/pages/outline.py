"""The outline of a file: its symbols, nested as in the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.minified import is_minified
from sphinx_repodoc.core.model import Visibility
from sphinx_repodoc.core.names import symbol_anchors
from sphinx_repodoc.pages.blocks import Code, Fold, Item, Items, Para, Quiet, Strong
from sphinx_repodoc.pages.parts import SHOWN, folded, line_ref
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Symbol
    from sphinx_repodoc.pages.blocks import Blocks, Inline
    from sphinx_repodoc.pages.data import PageData

_DECORATOR_MARK = frozenset(
    {"python", "cython", "pyi", "java", "kotlin", "javascript", "typescript", "tsx", "jsx"}
)
"""Languages that write ``@`` before a decorator or annotation."""
_MADE = 2
"""Letters of the longest names that minifiers make."""
_LONGEST_NOTE = 300
_LONGEST_DECORATOR = 80
"""Characters of the first sentence of a docstring."""
_PROSE_KINDS = frozenset({"heading", "section", "title"})
"""Symbols whose name is prose and no code."""


def build_structure(data: PageData, path: str) -> Blocks:
    """Every symbol under the one that contains it, with an id to link to."""
    file = data.file(path)
    symbols = file.facts.symbols
    roots = nest(symbols, path, file.entry.language)
    deeper = _deeper(file.facts.omitted)
    if not roots:
        return deeper
    if is_minified(file):
        return (*_readable_first(symbols, roots), *deeper)
    shown = (Items(tuple(roots[:SHOWN]), "outline"),)
    rest = roots[SHOWN:]
    if not rest:
        return (*shown, *deeper)
    inside = _count_inside(symbols, len(rest))
    below = f", {count(inside, 'symbol')} inside them" if inside else ""
    return (*shown, Fold((f"and {len(rest):,} more{below}",), (Items(tuple(rest), "outline"),)), *deeper)


def _readable_first(symbols: Sequence[Symbol], roots: Sequence[Item]) -> Blocks:
    """Of a minified file the names that a reader may look for, then all that its minifier made, in a fold."""
    tops = [symbol for symbol in symbols if symbol.parent < 0]
    kept = [item for symbol, item in zip(tops, roots, strict=True) if len(symbol.name) > _MADE]
    made = [item for symbol, item in zip(tops, roots, strict=True) if len(symbol.name) <= _MADE]
    shown = folded(kept, "outline")
    if not made:
        return shown
    names = count(len(made), "name")
    return (
        *shown,
        Fold((f"and {names} of one or two letters: the file is minified",), (Items(tuple(made), "outline"),)),
    )


def _deeper(omitted: int) -> Blocks:
    """Say how many keys the outline leaves out."""
    verb = "is" if omitted == 1 else "are"
    return (Para((f"{count(omitted, 'key')} nested more deeply {verb} not listed.",)),) if omitted else ()


def _count_inside(symbols: Sequence[Symbol], last: int) -> int:
    """How many symbols lie in the last ones of the top level, at any depth."""
    place: list[int] = []
    roots = 0
    for symbol in symbols:
        roots += symbol.parent < 0
        place.append(place[symbol.parent] if symbol.parent >= 0 else roots)
    return sum(1 for number in place if number > roots - last) - last


def nest(symbols: Sequence[Symbol], path: str, language: str) -> list[Item]:
    """Items of the symbols at top level, each with its children."""
    anchors = symbol_anchors(symbols)
    children: list[list[Item]] = [[] for _ in symbols]
    roots: list[Item] = []
    for index in range(len(symbols) - 1, -1, -1):  # a parent stands before its children
        symbol = symbols[index]
        item = Item(
            _line(symbol, path, "@" if language in _DECORATOR_MARK else ""),
            tuple(reversed(children[index])),
            sentence(symbol.doc, language, _LONGEST_NOTE),
            anchors[index],
        )
        (children[symbol.parent] if symbol.parent >= 0 else roots).append(item)
    roots.reverse()
    return roots


def _shortened(decorator: str) -> str:
    """A decorator may hold a whole table of parameters, which the source shows."""
    return decorator if len(decorator) <= _LONGEST_DECORATOR else f"{decorator[:_LONGEST_DECORATOR]}…"


def _line(symbol: Symbol, path: str, mark: str) -> tuple[Inline, ...]:
    hidden = "" if symbol.visibility is Visibility.PUBLIC else f"{symbol.visibility} "
    line: list[Inline] = [Strong(f"{hidden}{symbol.kind}"), " "]
    name = (symbol.signature or symbol.name).removeprefix(f"{symbol.kind} ")
    line.append(name if symbol.kind in _PROSE_KINDS else Code(name))
    line += [Quiet(f" {mark}{_shortened(each)}") for each in dict.fromkeys(symbol.decorators)]
    lines = line_ref(path, symbol.line, symbol.end_line)
    return (*line, " ", replace(lines, quiet=True))
