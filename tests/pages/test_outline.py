"""What the outline says of symbols that it does not list."""

from __future__ import annotations

import pytest
from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.core.model import Facts, LineCounts
from sphinx_repodoc.pages import file_header, keyword
from sphinx_repodoc.pages.complexity import build_complexity
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
    assert "`tool.coverage.run`" in as_text(build_structure(data, "pyproject.toml"))


def test_local_symbols_are_counted_apart() -> None:
    """They are neither keywords nor public."""
    symbols = (make_symbol("f", 1), make_symbol("g", 2, parent=0, local=True))
    data = FakeData(files=(make_file("a.py", Facts(symbols=symbols)),))
    assert "Defines: 1 function, 1 local one\n" in as_text(file_header.build_overview(data, "a.py"))
    assert "Defines: 1 function, 1 local one\n" in as_text(keyword.build_header(data, "a.py"))
    assert "[1 keyword]" in as_text(file_header.build_header(data, "a.py"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("python", "Size: 6 lines (3 code, 2 comments and docstrings, 1 blank), 300 bytes"),
        ("go", "Size: 6 lines (3 code, 2 comments, 1 blank), 300 bytes"),
        ("yaml", "Size: 6 lines (2 comments, 1 blank), 300 bytes"),
        ("text", "Size: 6 lines (2 comments, 1 blank), 300 bytes"),
        ("", "Size: 6 lines (2 comments, 1 blank), 300 bytes"),
    ],
)
def test_only_programs_have_lines_of_code(language: str, said: str) -> None:
    facts = Facts(lines=LineCounts(code=3, comment=2, blank=1))
    data = FakeData(files=(make_file("a", facts, language=language),))
    assert said in as_text(file_header.build_header(data, "a")).splitlines()


def test_minified_file_shows_its_own_names_before_those_of_the_minifier() -> None:
    """All of them are there, and nobody is told to simplify such functions."""
    symbols = (
        make_symbol("extend", 1, complexity=30),
        make_symbol("a", 1, complexity=50),
        make_symbol("fe", 1),
    )
    data = FakeData(files=(make_file("a.min.js", Facts(symbols=symbols), language="javascript"),))
    shown, fold = build_structure(data, "a.min.js")
    assert "extend" in as_text((shown,))
    assert as_text((fold,)).startswith("> and 2 names of one or two letters: the file is minified")
    assert build_complexity(data, "a.min.js") == ()
    plain = FakeData(files=(make_file("a.js", Facts(symbols=symbols), language="javascript"),))
    assert len(build_structure(plain, "a.js")) == 1
    assert build_complexity(plain, "a.js")
