"""The functions of a file that are hard to test or to follow."""

from __future__ import annotations

from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.pages.complexity import build_complexity


def build(*measures: tuple[int, int, int, int]) -> str:
    """The section of a file with functions of such complexity, cognitive complexity, nesting and lines."""
    symbols = tuple(
        make_symbol(
            f"f{number}",
            1000 * number,
            complexity=ways,
            cognitive=cost,
            nesting=depth,
            end_line=1000 * number + lines - 1,
        )
        for number, (ways, cost, depth, lines) in enumerate(measures)
    )
    data = FakeData(files=(make_file("a.py", Facts(symbols=symbols)),))
    return as_text(build_complexity(data, "a.py"))


def test_functions_past_a_limit_are_listed_worst_first() -> None:
    """The worst is the one furthest past its limit, whichever that is; what is past one stands out."""
    assert build(
        (11, 15, 0, 5), (1, 0, 0, 1), (30, 3, 1, 5), (2, 3, 5, 5), (1, 16, 1, 202), (0, 0, 0, 900)
    ) == (
        "4 of 5 functions go past a limit: 2 by a cyclomatic complexity above 10, 1 by a cognitive complexity "
        "above 15, 1 by nesting deeper than 4 and 1 by more than 100 lines.\n"
        "Function | Cyclomatic | Cognitive | Nesting | Lines | Where\n"
        "[f2](file a.py#sym-f2) | *30* | 3 | 1 | 5 | [lines 2000-2004](file a.py#L2000)\n"
        "[f4](file a.py#sym-f4) | 1 | *16* | 1 | *202* | [lines 4000-4201](file a.py#L4000)\n"
        "[f3](file a.py#sym-f3) | 2 | 3 | *5* | 5 | [lines 3000-3004](file a.py#L3000)\n"
        "[f0](file a.py#sym-f0) | *11* | 15 | . | 5 | [lines 0-4](file a.py#L0)\n"
    )


def test_what_is_not_measured_has_no_column() -> None:
    """In C only the ways through a function are counted."""
    assert build((11, 0, 0, 5)) == (
        "1 of 1 function goes past a limit: 1 by a cyclomatic complexity above 10.\n"
        "Function | Cyclomatic | Lines | Where\n"
        "[f0](file a.py#sym-f0) | *11* | 5 | [lines 0-4](file a.py#L0)\n"
    )


def test_simple_files_have_no_section() -> None:
    """Whoever is at a limit is not past it."""
    assert build((10, 15, 4, 100), (1, 0, 0, 1)) == build() == ""
