"""How complex the functions of a file are, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind, symbol_anchors
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Para, Ref
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

MANY = 10
"""Ways through a function above which it is listed: the limit that McCabe gave."""


def build_complexity(data: PageData, path: str) -> Blocks:
    """Show the functions that more than ten ways lead through (cyclomatic complexity), the worst first."""
    symbols = data.file(path).facts.symbols
    measured = [symbol for symbol in symbols if symbol.complexity]
    anchors = symbol_anchors(symbols)
    worst = [
        (symbol, anchor) for symbol, anchor in zip(symbols, anchors, strict=True) if symbol.complexity > MANY
    ]
    if not worst:
        return ()
    worst.sort(key=lambda each: (-each[0].complexity, each[0].line))
    rows = [
        (
            (Ref(PageKind.FILE, path, symbol.qualname, anchor),),
            (f"{symbol.complexity:,}",),
            (f"{symbol.end_line - symbol.line + 1:,}",),
            (parts.line_ref(path, symbol.line, symbol.end_line),),
        )
        for symbol, anchor in worst
    ]
    verb = "has" if len(worst) == 1 else "have"
    share = (
        f"{len(worst):,} of {count(len(measured), 'function')} {verb} a cyclomatic complexity above {MANY}."
    )
    return (Para((share,)), *parts.folded_table(("Function", "Complexity", "Lines", "Where"), rows, (1, 2)))
