"""The keyword index is cut into pages that hold every keyword exactly once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sphinx_repodoc.core.keywords import LARGEST_PART, WHOLE, cut_index, sort_key


def test_sort_key_ignores_case_and_underscores() -> None:
    """Private and public spellings of a name stand together; what is no letter comes first."""
    assert sort_key("__Init__") == "init__".strip("_")
    assert sort_key("Zeta") == "zeta"
    assert sort_key("3d") == "#3d"
    assert sort_key("Ärger") == "#ärger"
    assert sort_key("__") == "#__"


def test_a_small_index_is_one_page() -> None:
    """Up to a thousand keywords nobody needs letters."""
    (part,) = cut_index([("a", WHOLE - 1), ("z", 1)]).parts
    assert (part.letters, part.count) == ("", WHOLE)


def test_a_large_letter_is_cut_by_its_next_letter() -> None:
    """A page stays small however many names begin with the same letter."""
    keys = sorted([("a", 2), ("ab", LARGEST_PART), ("ac", 5), ("b", 7)])
    assert [(part.letters, part.count) for part in cut_index(keys).parts] == [
        ("a", 2),
        ("ab", LARGEST_PART),
        ("ac", 5),
        ("b", 7),
    ]


def test_keys_with_a_long_common_beginning_are_cut() -> None:
    """However many letters they share, and however many of them begin another."""
    shared = "a" * 3000
    parts = cut_index([(f"{shared}{letter}", LARGEST_PART) for letter in "bcd"]).parts
    assert [part.letters[len(shared) :] for part in parts] == ["b", "c", "d"]
    nested = cut_index([("a" * length, LARGEST_PART) for length in range(1, 1500)]).parts
    assert len(nested) == len({part.low for part in nested}) == 1499


@given(st.lists(st.text(alphabet="abAB_1é", min_size=1, max_size=4), max_size=60), st.integers(1, 900))
def test_every_key_is_in_exactly_one_part(names: list[str], weight: int) -> None:
    """The ranges of the parts do not overlap and leave nothing out."""
    counts = Counter(sort_key(name) for name in names)
    keys = sorted((key, number * weight) for key, number in counts.items())
    plan = cut_index(keys)
    for key, _ in keys:
        assert sum(part.low <= key < part.high for part in plan.parts) == 1
    for part in plan.parts:
        inside = [number for key, number in keys if part.low <= key < part.high]
        assert part.count == sum(inside)
        assert part.count <= LARGEST_PART or len(inside) == 1
    assert len({part.letters for part in plan.parts}) == len(plan.parts)
