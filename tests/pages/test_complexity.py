"""The functions of a file that are hard to follow."""

from __future__ import annotations

from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.pages.complexity import MANY, build_complexity


def build(*complexities: int) -> str:
    symbols = tuple(
        make_symbol(f"f{number}", 10 * number, complexity=complexity, end_line=10 * number + 4)
        for number, complexity in enumerate(complexities)
    )
    data = FakeData(files=(make_file("a.py", Facts(symbols=symbols)),))
    return as_text(build_complexity(data, "a.py"))


def test_complex_functions_are_listed_worst_first() -> None:
    """With how many there are of all that are measured; what is simple is left out."""
    assert build(MANY + 1, 1, 30, 0) == (
        "2 of 3 functions have a cyclomatic complexity above 10.\n"
        "Function | Complexity | Lines | Where\n"
        "[f2](file a.py#sym-f2) | 30 | 5 | [lines 20-24](file a.py#L20)\n"
        "[f0](file a.py#sym-f0) | 11 | 5 | [lines 0-4](file a.py#L0)\n"
    )


def test_simple_files_have_no_section() -> None:
    """Ten ways are not many."""
    assert build(MANY, 1) == build() == ""
