"""Code in comments, and descriptions that look like it."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.disabled import is_code, is_signature, without_code


@pytest.mark.parametrize(
    "line",
    [
        "x = f(y);",
        "return result;",
        "if (x) {",
        "}",
        "};",
        "} else {",
        "#include <stdio.h>",
        "# define SIZE 3",
        "template <class T, class U>",
        "std::sort(begin, end);",
        "p->next = q;",
        "int f(int a, char *b);",
        "RealType standard_deviation(const beta_distribution<RealType, Policy>& dist)",
        "static inline int f(void)",
        "double *make(const char *name) const",
        "a[i] += b;",
    ],
)
def test_code_in_a_comment_is_told(line: str) -> None:
    """A line that only code can be is none of a description."""
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Computes the sum of a and b.",
        "see f(x) and g(x)",
        "Returns f(x)",
        "First this is done, then that;",
        "the value (if any);",
        "# of iterations",
        "a = b",
        "Returns the sum of both (const included)",
        "Sum over all i (see the paper)",
        "x -> y",
        "both. For example: module M {",
        "the set {a, b}",
        "int",
        "Calls " + "f(x); " * 100,
    ],
)
def test_prose_in_a_comment_is_none(line: str) -> None:
    """Prose that speaks of code stays a description."""
    assert not is_code(line)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["Computes it."], ["Computes it."]),
        (["Computes it.", "x = f(y);"], ["Computes it."]),
        (["T f(T a,", "T b) {", "}"], []),
        (["Adds both.", "", "T f(T a,", "T b) {"], ["Adds both.", ""]),
        (["Splits it.", "", "Does the following:"], ["Splits it.", "", "Does the following:"]),
        (["", "These are just disabled for now:", ""], []),
        (["Disabled for now:", "void f(int);"], []),
        (["Computes it. Usage:", "f(x);"], ["Computes it. Usage:"]),
        (["Prints it:"], ["Prints it:"]),
        (["Takes both", "x = f(a, b);"], ["Takes both"]),
        (["Computes it, where:", "a is the first."], ["Computes it, where:", "a is the first."]),
    ],
)
def test_description_ends_before_code(lines: list[str], kept: list[str]) -> None:
    """What announces code or other things than one definition describes none."""
    assert without_code(lines) == kept


@pytest.mark.parametrize(
    ("language", "text", "docs"),
    [
        ("cpp", "// void old(int a);\nvoid f(int a) {}\n", [""]),
        ("cpp", "int a;\n// These are helpers:\nvoid f() {}\n// Helps.\nvoid g() {}\n", ["", "", "Helps."]),
        ("c", "int a;\n/* Adds.\n   x = y; */\nvoid f() {}\n", ["", "Adds."]),
        ("cpp", "int a;\n/// x = f(y);\nvoid f() {}\n", ["", "x = f(y);"]),
        ("c", "int a; /* a = b(c); */\n", ["a = b(c);"]),
        (
            "go",
            "package p\n\n// func old() {\n// }\nfunc f() {}\n\n// g does it.\nfunc g() {}\n",
            ["", "", "g does it."],
        ),
    ],
)
def test_disabled_code_describes_nothing(language: str, text: str, docs: list[str]) -> None:
    """Disabled code above a definition is not its description, nor that of the file."""
    facts = parse_text(text.encode(), language)
    assert [symbol.doc for symbol in facts.symbols] == docs
    assert "void old" not in facts.doc


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("f(x, *, y=(1, 2))", True),
        ("a.f() -> int", True),
        ("f(x) returns (a, b)", False),
        ("f(x", False),
        ("Returns f(x)", False),
        ("f (x)", False),
    ],
)
def test_signatures_are_told(text: str, is_one: bool) -> None:
    """Prose that begins with a call is none."""
    assert is_signature(text) is is_one


def test_docstring_begins_below_its_signature() -> None:
    """Where there is nothing below, the signature is better than nothing."""
    text = b'def f(x):\n    """\n    f(x, y=1)\n\n    Adds one.\n    """\ndef g(x):\n    """g(x)"""\n'
    assert [symbol.doc for symbol in parse_text(text, "python").symbols] == ["Adds one.", "g(x)"]
