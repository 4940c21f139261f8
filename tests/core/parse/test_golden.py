"""The facts of small files in each language, near misses included.

``REPODOC_UPDATE=1 pytest tests/core/parse/test_golden.py`` writes the expected
texts anew; their diff is for review.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from facts_text import render

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.grammars import GRAMMARS

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.case"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_facts(path: Path) -> None:
    """The facts of a file are those of its golden text."""
    found = render(parse_text(path.read_bytes(), path.parent.name, path=path.stem))
    golden = path.with_suffix(".txt")
    if os.environ.get("REPODOC_UPDATE"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_every_grammar_has_a_case() -> None:
    """Adding a language takes a row, a query and a folder of cases."""
    assert {path.parent.name for path in FILES} >= set(GRAMMARS)
