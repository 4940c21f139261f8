"""Keys of data files: which are listed, what they are called, what the file is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.scanners.key_rules import read_rules, requirement_name
from sphinx_repodoc.core.parse.scanners.known_formats import KNOWN_FORMATS, formats_of

CASES = Path(__file__).parent / "cases"

UV_LOCK = b"""version = 1
requires-python = ">=3.11"

[manifest]
members = ["a"]

[[package]]
name = "a"
source = { registry = "x" }

[package.metadata]
requires-dist = []

[[package]]
name = "b"
"""


def _names(text: bytes, language: str, path: str = "") -> list[tuple[str, int]]:
    return [(symbol.qualname, symbol.line) for symbol in parse_text(text, language, path=path).symbols]


def test_keys_of_tables_in_an_array_are_listed_once() -> None:
    """What repeats is data; where a key first stands is the schema."""
    text = b"[[p]]\na = 1\n[[p]]\na = 2\nb = 3\n[[p.q]]\nc = 1\n[[p.q]]\nc = 2\n"
    assert _names(text, "toml") == [("p", 1), ("p.a", 2), ("p.b", 5), ("p.q", 6), ("p.q.c", 7)]
    parents = [symbol.parent for symbol in parse_text(text, "toml").symbols]
    assert parents == [-1, 0, 0, 0, 3]


def test_keys_of_objects_in_an_array_are_listed_once() -> None:
    assert _names(b'{"p": [\n{"a": 1},\n{"a": 2, "b": {"a": 3}}\n]}', "json") == [
        ("p", 1),
        ("p.a", 2),
        ("p.b", 3),
        ("p.b.a", 3),
    ]


@pytest.mark.parametrize(
    ("path", "is_lock"),
    [
        ("uv.lock", True),
        ("a/poetry.lock", True),
        ("package-lock.json", True),
        ("pnpm-lock.yaml", True),
        ("npm-shrinkwrap.json", True),
        ("pylock.toml", True),
        ("pylock.dev.toml", True),
        ("Package.resolved", True),
        ("block.json", False),
        ("locks.toml", False),
        ("lock.py.toml", False),
    ],
)
def test_lock_files_have_top_level_keys_only(path: str, is_lock: bool) -> None:
    """The rest is counted, so that a page can say that it is not listed."""
    facts = parse_text(UV_LOCK, "toml", path=path)
    names = [symbol.qualname for symbol in facts.symbols]
    if is_lock:
        assert names == ["version", "requires-python", "manifest", "package"]
        assert facts.omitted == 7  # five keys in tables, one in an inline table, one table in a table
    else:
        assert "package.source.registry" in names
        assert facts.omitted == 0


def test_a_header_is_one_level() -> None:
    """The cap is on nesting as written; what lies deeper is counted."""
    text = b"[a.b.c.d]\ne.f = { g = { h = { i = { j = 1 } } } }\n"
    facts = parse_text(text, "toml")
    assert [symbol.qualname for symbol in facts.symbols] == [
        "a.b.c.d",
        "a.b.c.d.e.f",
        "a.b.c.d.e.f.g",
        "a.b.c.d.e.f.g.h",
    ]
    assert facts.omitted == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [("json", b'{"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}'), ("yaml", b"a: {b: {c: {d: {e: {f: 1}}}}}\n")],
)
def test_deep_keys_are_counted(language: str, text: bytes) -> None:
    facts = parse_text(text, language)
    assert facts.symbols[-1].qualname == "a.b.c.d"
    assert facts.omitted == 2


def test_signature_shows_the_header_that_nothing_else_shows() -> None:
    """A table whose parents are no symbols says where it belongs."""
    text = b"[tool.coverage.run]\nx.y = 1\n[tool.mypy]\n[a]\n[a.b]\n"
    symbols = parse_text(text, "toml").symbols
    assert [(symbol.name, symbol.signature) for symbol in symbols] == [
        ("run", "tool.coverage.run"),
        ("y", "x.y"),
        ("mypy", "tool.mypy"),
        ("a", ""),
        ("b", ""),
    ]


@pytest.mark.parametrize(
    ("language", "text", "doc"),
    [
        ("toml", "select = [\n  'B',  # flake8-bugbear\n]\n", ""),
        ("toml", "# Rules.\nselect = [\n  'B',  # flake8-bugbear\n]\n", "Rules."),
        ("yaml", "a: 1\n\n# Late.\n\nb: 2\n", ""),
        ("yaml", "# About this.\n\n---\na: 1\n", "About this."),
        ("yaml", "---\n# About this.\n\na: 1\n", "About this."),
    ],
)
def test_only_a_comment_before_the_first_key_describes_the_file(language: str, text: str, doc: str) -> None:
    assert parse_text(text.encode(), language).doc == doc


def test_every_known_format_has_a_case() -> None:
    """A row of the table is held to a file of its format."""
    shown = set()
    for language in ("ini", "json", "toml", "yaml"):
        for case in (CASES / language).rglob("*.case"):
            path = case.relative_to(CASES / language).with_suffix("").as_posix()
            shown |= {row.kinds for row in formats_of(path, language, case.read_bytes())}
    assert [row.title for row in KNOWN_FORMATS if row.kinds not in shown] == []


def test_an_operation_is_named_by_its_id() -> None:
    """The name is what code calls it; the qualified name is where it stands."""
    text = b"openapi: 3.1.0\npaths: {/a: {get: {operationId: listAll}, put: {}}}\n"
    found = [(one.name, one.qualname) for one in parse_text(text, "yaml").symbols if one.kind == "operation"]
    assert found == [("listAll", "paths./a.get"), ("put", "paths./a.put")]


def test_items_below_the_deepest_keys_are_found() -> None:
    """What a format names lies deeper than keys are listed; the keys on the way are counted."""
    text = b"apiVersion: 1\nkind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: b}]}}}}}\n"
    facts = parse_text(text, "yaml")
    assert [(one.kind, one.name) for one in facts.symbols if one.kind != "key"] == [
        ("cronjob", "a"),
        ("container", "b"),
    ]
    assert facts.omitted == 3  # spec, containers and name


def test_a_header_of_more_names_than_anybody_writes_is_counted() -> None:
    """Each of its names would be looked up with all before it."""
    facts = parse_text(b"[a" + b".a" * 50_000 + b"]\nb = 1\n[c]\n", "toml", path="pyproject.toml")
    assert [one.name for one in facts.symbols] == ["c"]
    assert facts.omitted == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("requests", "requests"),
        (" a.b_c-d >=1", "a.b_c-d"),
        ("a[x]==1", "a"),
        ("a;python_version<'3'", "a"),
        ("a @ https://example.org", "a"),
        ("conda-forge::numpy=1", "numpy"),
        ("git+https://example.org/a", ""),
        ("https://example.org/a", ""),
        ("-r other.txt", ""),
        ("./a", ""),
        ("", ""),
    ],
)
def test_name_of_a_requirement(text: str, name: str) -> None:
    """An address has no name that could be trusted."""
    assert requirement_name(text) == name


def test_a_rule_with_more_letters_counts() -> None:
    """``*`` stands for what no other rule names."""
    rules = read_rules("a.* = any\na.b = one\na.b*c = other\na.*[] = item")
    inner = rules.below("a")[0]
    assert inner is not None
    assert [inner.below(name)[0].kind for name in ("b", "bxc", "bc", "x")] == ["one", "other", "any", "any"]  # type: ignore[union-attr]
    assert inner.below("bxc")[1] == "x"
