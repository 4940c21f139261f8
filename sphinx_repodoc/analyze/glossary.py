"""How the glossary is cut into pages: as the keyword index is."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.keywords import IndexPlan, cut_index, sort_key
from sphinx_repodoc.core.pool import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_repodoc.analyze.model import Concept


def cut_glossary(concepts: Iterable[Concept]) -> IndexPlan:
    """The pages of the glossary, each with the digest of what it shows."""
    keys = sorted(sort_key(concept.name) for concept in concepts)
    plan = cut_index([(key, len([*same])) for key, same in groupby(keys)])
    found = ((part, concepts_between(concepts, part.low, part.high)) for part in plan.parts)
    return IndexPlan(
        tuple(replace(part, digest=digest("".join(map(codec.dumps, shown)))) for part, shown in found)
    )


def concepts_between(concepts: Iterable[Concept], low: str, high: str) -> list[Concept]:
    """Those with a sort key in this half-open range, by that key and their path."""
    found = [concept for concept in concepts if low <= sort_key(concept.name) < high]
    return sorted(found, key=lambda concept: (sort_key(concept.name), concept.path))
