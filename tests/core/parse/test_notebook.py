"""Jupyter notebooks: lines of the JSON text, kernels, magics, and what is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.scanners.ipython import to_python
from sphinx_repodoc.core.problems import ProblemKind

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts


def _parse(book: Any, **options: Any) -> Facts:
    return parse_text(json.dumps(book, **options).encode(), "jupyter", path="a.ipynb")


def _book(*sources: str | list[str], **metadata: Any) -> dict[str, Any]:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return {"cells": cells, "metadata": metadata}


def _names(facts: Facts) -> list[str]:
    return [symbol.qualname for symbol in facts.symbols]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (b'"cells"', 1),
        (b'{"cells": {}}', 1),
        (b'\n{"cells": [}', 2),
        (b"{" * 50_000, 1),
        (b"[" * 1_000_000, 1),
    ],
)
def test_what_is_no_notebook_is_a_problem(text: bytes, line: int) -> None:
    problems = parse_text(text, "jupyter").problems
    assert [(problem.kind, problem.line) for problem in problems] == [(ProblemKind.SYNTAX, line)]


def test_a_notebook_that_ends_too_early_keeps_its_cells() -> None:
    """What stands before an error of the JSON is read."""
    text = json.dumps(_book("def a(): pass\n", "def b(): pass\n"), indent=1)[:-40]
    facts = parse_text(text.encode(), "jupyter")
    assert _names(facts)[:1] == ["a"]
    assert [problem.kind for problem in facts.problems] == [ProblemKind.SYNTAX]


def test_an_empty_notebook_is_one() -> None:
    assert _parse({"cells": [], "metadata": {}}).problems == ()


def test_a_compact_notebook_has_one_line() -> None:
    facts = _parse(_book("import a\n\ndef f():\n    pass\n", ["x = 1"]))
    assert [(symbol.line, symbol.end_line) for symbol in facts.symbols] == [(1, 1), (1, 1)]
    assert [item.line for item in facts.imports] == [1]


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        ({}, ["f"]),
        ({"kernelspec": {"language": "python"}}, ["f"]),
        ({"language_info": {"name": "ipython"}}, ["f"]),
        ({"kernelspec": {"language": "python"}, "language_info": {"name": "no-such"}}, []),
        ({"language_info": {"name": "rust"}}, []),
        ("none", ["f"]),
    ],
)
def test_the_kernel_says_the_language(metadata: Any, names: list[str]) -> None:
    assert _names(_parse({**_book("def f(): pass\n"), "metadata": metadata})) == names


def test_other_languages_have_their_own_parser() -> None:
    """Magics are IPython's: in another language such a line is code."""
    facts = _parse(_book("const x = 1;\nfunction f() { return !x }\n", language_info={"name": "JavaScript"}))
    assert _names(facts) == ["x", "f"]


def test_the_third_version_of_the_format() -> None:
    """Cells lie in a sheet, titles have cells of their own, code is called input."""
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Title"]},
        {"cell_type": "code", "input": ["def f():\n", "    pass"], "language": "python"},
    ]
    facts = _parse({"worksheets": [{"cells": cells}], "nbformat": 3}, indent=1)
    assert [(symbol.kind, symbol.name) for symbol in facts.symbols] == [
        ("heading", "Title"),
        ("function", "f"),
    ]
    assert facts.symbols[1].end_line == facts.symbols[1].line + 1


def test_escapes_and_wide_characters() -> None:
    """A name that is written with escapes is the name; halves of a pair do not stop the reading."""
    facts = _parse(_book("größe = '\U0001f600'\r\nπ = 1\r\n"))
    assert _names(facts) == ["größe", "π"]
    broken = b'{"cells": [{"cell_type": "code", "source": "a = \'\\ud83d\'\\nb = 1"}]}'
    assert _names(parse_text(broken, "jupyter")) == ["a", "b"]


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%magic x\ny", "\ny"),
        ("!ls \\\n  -l\ny", "\n\ny"),
        ("if x:\n    !ls\n", "if x:\n    pass\n"),
        ("a.b?", ""),
        ("?a", ""),
        ("a = %magic b", "a = ..."),
        ("a, b = !ls", "a, b = ..."),
        ("a = b %c", "a = b %c"),
        ("a != b", "a != b"),
        ("f(a\n% b)", "f(a\n% b)"),
        ("a = '''\n%b\n!c'''\n%d", "a = '''\n%b\n!c'''\n"),
        ('a = """\\"""\n%b"""\n%d', 'a = """\\"""\n%b"""\n'),
        ("a = b \\\n% c", "a = b \\\n% c"),
        ("# it's\n%d", "# it's\n"),
        ("'a\n%d", "'a\n"),
        ("%%time\na", "\na"),
        ("\n%%html\n<p>\n", "\n\n\n"),
        ("  a\n  b", "a\nb"),
        (">>> if a:\n...     b\n1", "if a:\n    b\n1"),
        ("In [1]: if a:\n   ...:     b", "if a:\n    b"),
        (";f a\n/g b\n,h", "\n\n"),
        ("a\n\n", "a\n\n"),
    ],
)
def test_magics_are_blanked(cell: str, python: str) -> None:
    assert to_python(cell) == python


@pytest.mark.parametrize(
    "cell", ["'" * 100_000, "(" * 100_000, "%a\\\n" * 50_000, '"""\\' * 50_000, "a=" * 99_999]
)
def test_hostile_cells_take_no_time(cell: str) -> None:
    """Lines stay, and each step goes forward."""
    assert to_python(cell).count("\n") == cell.count("\n")
