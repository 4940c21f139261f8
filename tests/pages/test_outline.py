"""What the outline says of symbols that it does not list."""

from __future__ import annotations

import pytest
from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.pages.outline import build_structure


@pytest.mark.parametrize(
    ("omitted", "said"),
    [
        (0, []),
        (1, ["1 key nested more deeply is not listed."]),
        (5906, ["5,906 keys nested more deeply are not listed."]),
    ],
)
def test_structure_says_how_many_keys_it_leaves_out(omitted: int, said: list[str]) -> None:
    facts = Facts(symbols=(make_symbol("package", 1, "table"),), omitted=omitted)
    data = FakeData(files=(make_file("uv.lock", facts, language="toml"),))
    assert as_text(build_structure(data, "uv.lock")).splitlines()[1:] == said


def test_structure_names_a_table_as_its_header_does() -> None:
    """Where no symbol stands for the tables around it, the name alone would say too little."""
    run = make_symbol("run", 1, "table", qualname="tool.coverage.run", signature="tool.coverage.run")
    data = FakeData(files=(make_file("pyproject.toml", Facts(symbols=(run,)), language="toml"),))
    assert "table `tool.coverage.run`" in as_text(build_structure(data, "pyproject.toml"))
