"""How the glossary is cut into pages: as the keyword index is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.keywords import IndexPlan, cut_index, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_repodoc.analyze.model import Concept


def cut_glossary(concepts: Iterable[Concept]) -> IndexPlan:
    """The pages of the glossary, each with the digest of what it shows."""
    ordered = _sorted(concepts)
    keys = [key for key, _ in ordered]
    plan = cut_index([(key, len([*same])) for key, same in groupby(keys)])
    cuts = ((part, bisect_left(keys, part.low), bisect_left(keys, part.high)) for part in plan.parts)
    return IndexPlan(
        tuple(
            replace(
                part, digest=codec.digest("".join([codec.dumps(concept) for _, concept in ordered[low:high]]))
            )
            for part, low, high in cuts
        )
    )


def concepts_between(concepts: Iterable[Concept], low: str, high: str) -> list[Concept]:
    """Those with a sort key in this half-open range, by that key and their path."""
    return [concept for _, concept in _sorted(each for each in concepts if low <= sort_key(each.name) < high)]


def _sorted(concepts: Iterable[Concept]) -> list[tuple[str, Concept]]:
    """Each with its sort key."""
    keyed = [(sort_key(concept.name), concept) for concept in concepts]
    return sorted(keyed, key=lambda each: (each[0], each[1].path))
