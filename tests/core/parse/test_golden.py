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
FILES = sorted(path.relative_to(CASES) for path in CASES.rglob("*.case"))
"""Name of a language, then the path of a file: formats are told by their folders, too."""


@pytest.mark.parametrize("case", FILES, ids=str)
def test_facts(case: Path) -> None:
    """The facts of a file are those of its golden text."""
    language, *inner = case.with_suffix("").parts
    path = CASES / case
    found = render(parse_text(path.read_bytes(), language, path="/".join(inner)))
    golden = path.with_suffix(".txt")
    if os.environ.get("REPODOC_UPDATE"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_every_grammar_has_a_case() -> None:
    """Adding a language takes a row, a query and a folder of cases."""
    assert {case.parts[0] for case in FILES} >= set(GRAMMARS)
