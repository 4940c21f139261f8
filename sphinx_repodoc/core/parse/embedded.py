"""Code inside files of another format: parsed on its own, told by the lines of the file."""

from __future__ import annotations

import heapq
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.treesitter import parse_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_repodoc.core.model import Facts, Symbol
    from sphinx_repodoc.core.parse.source import Span


def parse_embedded(
    code: bytes, language: str, *, time_limit: float, parts: Sequence[Span] = ()
) -> Facts | None:
    """Facts of the code that was taken out of a file; None when there is none or no grammar for it.

    :param parts: pieces of ``code`` that can be parsed alone; an error in one leaves the others whole.
    """
    if language not in GRAMMARS or not code.strip():
        return None
    return parse_source(code, language, time_limit=time_limit, parts=parts)


def relocate(facts: Facts, rows: Sequence[int]) -> Facts:
    """Facts with other lines.

    :param rows: for each line of the text that was parsed, its line in the file.
    """

    def row(line: int) -> int:
        return rows[min(line, len(rows)) - 1] if line and rows else 0

    return replace(
        facts,
        doc_line=row(facts.doc_line),
        symbols=relocate_symbols(facts.symbols, rows),
        imports=tuple(replace(each, line=row(each.line)) for each in facts.imports),
        notes=tuple(replace(each, line=row(each.line)) for each in facts.notes),
        markers=tuple(replace(each, line=row(each.line)) for each in facts.markers),
        problems=tuple(replace(each, line=row(each.line)) for each in facts.problems),
    )


def relocate_symbols(symbols: Iterable[Symbol], rows: Sequence[int]) -> tuple[Symbol, ...]:
    """The symbols with other lines, as in :func:`relocate`."""
    last = len(rows)
    return tuple(
        replace(each, line=rows[min(each.line, last) - 1], end_line=rows[min(each.end_line, last) - 1])
        for each in symbols
    )


def merge(*groups: Sequence[Symbol]) -> tuple[Symbol, ...]:
    """Symbols of several tuples as one, by their lines; each group keeps its order and nesting."""
    keyed = (
        [(symbol.line, number, index) for index, symbol in enumerate(group)]
        for number, group in enumerate(groups)
    )
    order = [(number, index) for _, number, index in heapq.merge(*keyed, key=lambda key: key[:2])]
    places = {place: position for position, place in enumerate(order)}
    return tuple(
        symbol if symbol.parent < 0 else replace(symbol, parent=places[number, symbol.parent])
        for number, index in order
        for symbol in (groups[number][index],)
    )
