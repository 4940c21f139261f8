"""Facts as text that reads well in a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts, Import, Symbol


def render(facts: Facts) -> str:
    """Every fact on a line of its own, in its order; words sorted."""
    return "\n".join(_lines(facts)) + "\n"


def _lines(facts: Facts) -> Iterator[str]:
    if facts.doc:
        yield f"doc {facts.doc_line}: {facts.doc}"
    lines = facts.lines
    yield f"lines: {lines.code} code, {lines.comment} comment, {lines.blank} blank"
    for problem in facts.problems:
        yield f"problem {problem.line}: {problem.kind}: {problem.message}"
    for marker in facts.markers:
        yield f"marker {marker.line}: {marker.kind}: {marker.text}"
    for note in facts.notes:
        yield f"note {note.line}: {note.kind}: {note.text}"
    for item in facts.imports:
        yield _import(item)
    for symbol in facts.symbols:
        yield from _symbol(symbol, facts)
    yield "words: " + " ".join(sorted(facts.words))


def _import(item: Import) -> str:
    names = ", ".join(name.name + (f" as {name.alias}" if name.alias else "") for name in item.names)
    text = f"import {item.line}: {item.form} {'.' * item.level}{item.module}"
    text += f" as {item.alias}" if item.alias else ""
    text += " for types only" if item.type_only else ""
    text += " in a function" if item.deferred else ""
    return text + (f" ({names})" if names else "")


def _symbol(symbol: Symbol, facts: Facts) -> Iterator[str]:
    parent = f" in {facts.symbols[symbol.parent].qualname}" if symbol.parent >= 0 else ""
    yield (
        f"{symbol.kind} {symbol.line}-{symbol.end_line}: {symbol.qualname}{parent} [{symbol.visibility}]"
        f"{' local' if symbol.local else ''}"
        f" {symbol.signature}"
    )
    for decorator in symbol.decorators:
        yield f"    @ {decorator}"
    if symbol.doc:
        yield f"    {symbol.doc}"
