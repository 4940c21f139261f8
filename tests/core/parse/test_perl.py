"""Perl that is made to cost time."""

from __future__ import annotations

import time

import pytest

from sphinx_repodoc.core.parse import parse_text


@pytest.mark.parametrize(
    ("piece", "count"), [("::", 60_000), ("$$", 200_000), ("format =\n", 60_000), ("q{ ", 20_000)]
)
def test_hostile_perl_takes_no_time(piece: str, count: int) -> None:
    """Looking at the rest of the text for each piece would take more than half a minute."""
    start = time.process_time()
    parse_text(piece.encode() * count, "perl")
    assert time.process_time() - start < 10
