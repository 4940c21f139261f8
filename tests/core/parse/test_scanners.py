"""Headings and labels of prose, keys of data: the rules that golden files do not show."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.dotenv import hide_values, may_be_secret
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.problems import ProblemKind


def _found(text: str, language: str) -> list[tuple[str, int, int]]:
    symbols = parse_text(text.encode(), language).symbols
    return [(symbol.qualname, symbol.line, symbol.end_line) for symbol in symbols]


# reStructuredText.


def test_levels_follow_the_first_use_of_a_style() -> None:
    """An overline makes a style of its own, with the same character."""
    text = "===\nTop\n===\n\nA\n===\n\nB\n---\n\nC\n===\n"
    assert _found(text, "rst") == [
        ("Top", 2, 12),
        ("Top / A", 5, 9),
        ("Top / A / B", 8, 9),
        ("Top / C", 11, 12),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Two lines\nof text\n=======\n",
        "  Indented\n  ========\n",
        "A longer title\n==\n",
        "text\n\n-----\n\ntext\n",
        "=====  =====\na      b\n=====  =====\n",
        "::\n\n  Literal\n  =======\n",
        ".. note::\n   Text\n   ====\n",
    ],
)
def test_not_every_underline_makes_a_title(text: str) -> None:
    assert _found(text, "rst") == []


def test_wide_characters_count_twice() -> None:
    """A short underline is one when it is as wide as its title."""
    assert _found("中\n==\n", "rst") == [("中", 1, 2)]
    assert _found("中a\n==\n", "rst") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (".. _a b:\n", ["a b"]),
        (".. _`a: b`:\n", ["a: b"]),
        ("   .. _inner:\n", ["inner"]),
        (".. _a: https://example.org\n", []),
        (".. _a: b_\n", []),
        (".. __: anonymous\n", []),
        ("Code::\n\n   .. _no:\n", []),
        (".. code-block:: rst\n\n   .. _no:\n", []),
    ],
)
def test_internal_targets_are_labels(text: str, names: list[str]) -> None:
    symbols = parse_text(text.encode(), "rst").symbols
    assert [symbol.name for symbol in symbols] == names
    assert {symbol.kind for symbol in symbols} <= {"label"}


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("A\n=\n\n.. note:: no\n\n:field: no\n\n- no\n\nThe *text*\nof it.\n\nMore.\n", "The text of it."),
        ("|badge| |other|\n\nText.\n", "Text."),
        (".. comment\n   more\n\nText::\n\n  x\n", "Text:"),
        ("A\n=\n", ""),
    ],
)
def test_the_first_paragraph_of_rst_is_prose(text: str, doc: str) -> None:
    assert parse_text(text.encode(), "rst").doc == doc


# Markdown.


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# A #\n## B\n", ["A", "A / B"]),
        ("A\n===\n\nB\n---\n", ["A", "A / B"]),
        ("### C\n# A\n", ["C", "A"]),
        ("#no\n\\# no\n####### no\n", []),
        ("    # no\n", []),
        ("```\n# no\n~~~\n# no\n```\n# A\n", ["A"]),
        ("````\n```\n# no\n````\n", []),
        ("<!--\n# no\n-->\n# A\n", ["A"]),
        ("<pre>\n# no\n\n# no\n</pre>\n", []),
        ("<div>\n# no\n\n# A\n</div>\n", ["A"]),
        ("---\ntitle: x\n---\n# A\n", ["A"]),
        ("- item\n---\n# A\n", ["A"]),
        ("> # no\n\n- # no\n\n  # no\n", []),
        ("text\n\n---\n\ntext\n", []),
        ("| a |\n|---|\n| b |\n", []),
        ("# [A](b) `c` **d** ![e](f)\n", ["A c d"]),
        ("# ![logo](x.png)\n", ["logo"]),
        ('<h1 align="center">A <b>B</b></h1>\n', ["A B"]),
    ],
)
def test_headings_are_those_of_the_file(text: str, names: list[str]) -> None:
    """Code, comments, HTML, front matter, lists, quotes and tables hold none."""
    assert [name for name, _, _ in _found(text, "markdown")] == names


def test_sections_end_before_the_next_of_their_level() -> None:
    assert _found("# A\n\ntext\n\n## B\n\n# C\nend\n", "markdown") == [
        ("A", 1, 5),
        ("A / B", 5, 5),
        ("C", 7, 8),
    ]


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("# A\n\n[![b](c)](d)\n\nText *here*\nand there.\n", "Text here and there."),
        ("> quote\n\n1. item\n\n| a |\n|---|\n\nText.\n", "Text."),
        ("![image](a.png)\n", ""),
    ],
)
def test_the_first_paragraph_of_markdown_is_prose(text: str, doc: str) -> None:
    assert parse_text(text.encode(), "markdown").doc == doc


@pytest.mark.parametrize("text", ["# A\n```\n# no\n", "# A\n<!-- never\n# no\n"])
def test_what_is_never_closed_is_a_problem(text: str) -> None:
    facts = parse_text(text.encode(), "markdown")
    assert [symbol.name for symbol in facts.symbols] == ["A"]
    assert [(problem.kind, problem.line) for problem in facts.problems] == [(ProblemKind.SYNTAX, 2)]


# Data.


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("json", '{"a": 1, "b" 2, "c": 3}', ["a", "c"]),
        ("toml", "a = 1\nb = = 2\nc = 3\n", ["a", "c"]),
        ("yaml", "a: 1\nb: [1\nc: 3\n", ["a"]),
    ],
)
def test_keys_around_an_error_are_kept(language: str, text: str, names: list[str]) -> None:
    facts = parse_text(text.encode(), language)
    assert {symbol.name for symbol in facts.symbols} >= set(names)
    assert [problem.kind for problem in facts.problems] == [ProblemKind.SYNTAX]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("json", '{"a\\u0062\\"": 1}', 'ab"'),
        ("toml", "'a b' = 1", "a b"),
        ("toml", '"a\\tb" = 1', "a b"),
        ("yaml", "'it''s': 1", "it's"),
        ("yaml", "? a\n: 1", "a"),
    ],
)
def test_keys_are_read_as_their_language_reads_them(language: str, text: str, name: str) -> None:
    assert [symbol.name for symbol in parse_text(text.encode(), language).symbols] == [name]


def test_keys_end_with_their_values() -> None:
    assert _found("a:\n  b: |\n    text\n\n    more\n\n\nc: 1\n", "yaml") == [
        ("a", 1, 5),
        ("a.b", 2, 5),
        ("c", 8, 8),
    ]


def test_a_long_array_of_numbers_has_no_keys() -> None:
    assert _found('{"a": [' + "1, " * 5_000 + '{"b": 2}]}', "json") == [("a", 1, 1), ("a.b", 1, 1)]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("proto", "message {0} {{ int32 a = 1; }}", ["a"]),
        ("thrift", "struct {0} {{ 1: i32 a }}", ["a"]),
        ("cmake", "function({0})\nendfunction()\n", []),
        ("xml", "<{0}><a>b</a></{0}>", []),
    ],
)
def test_names_that_are_too_long_are_left_out_and_counted(language: str, text: str, names: list[str]) -> None:
    """Each name in it would repeat such a name."""
    facts = parse_text(text.format("a" * 5_000).encode(), language)
    assert ([symbol.name for symbol in facts.symbols], facts.omitted) == (names, 1)


def test_comments_are_read_once_for_all_symbols_below() -> None:
    text = "// A boat.\n" + "message A {} message B {}\n"
    assert [symbol.doc for symbol in parse_text(text.encode(), "proto").symbols] == ["A boat.", "A boat."]


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        (".env", "dotenv", True),
        ("a/prod.env", "dotenv", True),
        (".env.local", "dotenv", True),
        (".env.example", "dotenv", False),
        ("env.sample/.env", "dotenv", True),
        ("sample.env", "dotenv", False),
        ("examples.env", "dotenv", True),
        ("a.properties", "properties", False),
    ],
)
def test_examples_of_environments_have_no_secrets(path: str, language: str, expected: bool) -> None:
    """What is written to be copied and filled in may be shown."""
    assert may_be_secret(path, language) is expected


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (
            "# A remark.\nA=secret\nEMPTY=\n\nexport B = 'x' # y\n",
            "# A remark.\nA=…\nEMPTY=\n\nexport B =…\n",
        ),
        ("# OLD=secret\nnot a variable\n", "# OLD=…\n…\n"),
        ('A="MIIE\nsec=ret\nabc=="\nB=1\n', "A=…\n…\n…\nB=…\n"),
        ("A='never closed\nsecret==\nB=1\n", "A=…\n…\n…\n"),
        ("A=é\nB=\udcff\n", "A=…\nB=…\n"),
        ("", ""),
    ],
)
def test_values_of_environments_are_hidden(text: str, hidden: str) -> None:
    """Lines stay where they are; what may be the rest of a value is hidden as well."""
    assert hide_values(text) == hidden
