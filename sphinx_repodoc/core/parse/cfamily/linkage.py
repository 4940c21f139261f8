"""Who can name a function or variable of a file: what ``static`` means where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Symbol

_STATIC = re.compile(r"(?:template <.*> )?(?:(?:inline|constexpr|extern|const) )*static\b")
_INCLUDED = re.compile(r"\.(?:h|hh|hpp|hxx|h\+\+|cuh|inl|ipp|tpp|txx|tcc|inc)$", re.IGNORECASE)
_KINDS = frozenset({"function", "variable"})


def tell_visibility(symbols: Sequence[Symbol], path: str) -> tuple[Symbol, ...]:
    """The symbols; ``static`` hides nothing in a file that others include, and holds for all declarations of a name."""
    static = {
        symbol.qualname for symbol in symbols if symbol.kind in _KINDS and _STATIC.match(symbol.signature)
    }
    if not static:
        return tuple(symbols)
    visibility = Visibility.PUBLIC if _INCLUDED.search(path) else Visibility.PRIVATE
    return tuple(
        replace(symbol, visibility=visibility)
        if symbol.kind in _KINDS and symbol.qualname in static
        else symbol
        for symbol in symbols
    )
