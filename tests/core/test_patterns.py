from __future__ import annotations

import pytest

from sphinx_repodoc.core.patterns import Patterns, compile_line, is_tame


def test_last_line_that_matches_decides() -> None:
    """An exception takes back what a line above it says."""
    patterns = Patterns(["*.log", "!keep.log", "/top"])
    assert patterns.verdict("a/x.log") is True
    assert patterns.verdict("a/keep.log") is False
    assert patterns.verdict("a/x.py") is None
    assert patterns.match("top")
    assert not patterns.match("a/top")
    assert patterns.has_exceptions


@pytest.mark.parametrize("line", ["!", "[", "[z-a]", "\\", "a\\", "***", "", "# comment", " ", "/"])
def test_lines_that_are_no_patterns_disable_themselves_only(line: str) -> None:
    """The other lines hold."""
    patterns = Patterns([line, "*.log"])
    assert patterns.match("x.log")


@pytest.mark.parametrize("line", ["[[a]", "[+--]", "[a&&b]", "[a||b]", "[~~a]"])
def test_sets_that_python_warns_about_are_read_in_silence(line: str) -> None:
    """The warning would name a line of a library, and nobody could act on it; in tests it is an error."""
    assert compile_line(line) is not None
    assert Patterns([line, "*.log"]).match("x.log")


def test_no_lines_match_nothing() -> None:
    """An option that is not set is false."""
    assert not Patterns([])
    assert not Patterns(["# comment", ""])
    assert not Patterns([]).match("a")


def test_a_folder_is_not_its_content() -> None:
    """``inner/**`` leaves the folder itself alone, so that exceptions below it are reached."""
    assert Patterns(["inner/**"]).verdict("inner/") is None
    assert Patterns(["inner/**"]).match("inner/x/y")
    assert Patterns(["inner/"]).match("inner/")


def test_patterns_that_would_take_for_ever_are_refused() -> None:
    """Stars multiply the ways to match; people use few."""
    assert is_tame("**/docs/**/*_test*.py")
    assert not is_tame("*a*a*a*a*a*a*b")
    assert not is_tame("**/a" * 10)
    assert not Patterns(["*a" * 30]).match("a" * 250)


def test_single_lines_compile() -> None:
    """Comments and broken lines give nothing."""
    regex = compile_line("*.py")
    assert regex is not None
    assert regex.match("a/b.py")
    assert not regex.match("a/b.pyc")
    assert compile_line("# x") is None
    assert compile_line("!") is None
