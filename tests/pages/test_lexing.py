"""Lexers that look at a number of characters in proportion to the text, and find what they always found."""

from __future__ import annotations

import random
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hostile import CASES
from pygments.lexer import RegexLexer, default
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Text

from sphinx_repodoc.core.languages import language
from sphinx_repodoc.pages import lexing, source
from sphinx_repodoc.pages.lexing import BoundedLexer, BoundedRule
from sphinx_repodoc.pages.patterns import find_reach
from sphinx_repodoc.pages.source import highlight_source

if TYPE_CHECKING:
    from collections.abc import Callable

NEAR = (r"\w+", r"\s+", r"[^\n]*x", r"//.*?$", r"(?:a|b){1,60}\n", r"(?i:select)\b(?=\s*\()")
FAR = (
    r"/\*[\s\S]*?\*/",
    r"(?s)<!--.*?-->",
    r'"(\\.|[^"\\])*"',
    r"^(\s*)((?:[a-z]+\s+)+?)(\()",
    r"(?!(?:\w|\n)+;)\w",
    r"(a(?:.|\n)*b)?c",
    r"(x|\{[^}]*\})y",
)


@pytest.mark.parametrize("pattern", NEAR)
def test_pattern_that_stays_on_a_line_is_left_alone(pattern: str) -> None:
    """White space has no long stretches either: long ones are kept from the lexers."""
    assert find_reach(re.compile(pattern, re.MULTILINE)).probe is None


@pytest.mark.parametrize("pattern", FAR)
def test_pattern_that_can_cross_lines_has_a_probe(pattern: str) -> None:
    """The probe matches wherever the pattern does: what it rejects would have cost the pattern little."""
    compiled = re.compile(pattern, re.MULTILINE)
    probe = find_reach(compiled).probe
    assert probe is not None
    chance = random.Random(pattern)  # noqa: S311 (the same each time)
    for _ in range(300):
        text = "".join(chance.choices('ab xc;y(){}"\\/*<!->\n', k=40))
        for pos in range(len(text)):
            assert compiled.match(text, pos) is None or probe(text, pos) is not None


def _watched(pattern: str, text: str) -> int:
    """How many characters a pattern is shown that is tried at each place of a text."""
    compiled = re.compile(pattern, re.MULTILINE)
    seen = 0

    def match(text: str, pos: int, endpos: int = sys.maxsize) -> re.Match[str] | None:
        nonlocal seen
        seen += min(endpos, len(text)) - pos
        return None

    reach = find_reach(compiled)
    assert reach.probe is not None
    rule = BoundedRule(match, reach.probe, is_open=reach.is_open, is_deep=reach.is_deep)
    rule.start(len(text))
    for pos in range(len(text)):
        assert rule(text, pos) is None
    return seen


@pytest.mark.parametrize(
    ("pattern", "unit"), [(r"/\*[\s\S]*?\*/", "/*"), (r"((?:[a-z]+\s+)+?)(\()", "a\n"), (r"\{[^}]*\}", "{ ")]
)
def test_what_a_pattern_looks_at_is_proportional_to_the_text(pattern: str, unit: str) -> None:
    """Twice the text is less than three times the work, where an unbounded rule has four times."""
    sizes = (100_000, 200_000)
    once, twice = (_watched(pattern, unit * size) for size in sizes)
    assert 0 < twice < 3 * once
    assert twice < 20_000_000


def _tokens(lexer: Any, text: str) -> list[tuple[int, Any, str]]:
    return list(lexer(text))


@pytest.mark.parametrize("folder", sorted(path.name for path in CASES.iterdir()))
def test_ordinary_texts_have_the_tokens_they_always_had(folder: str) -> None:
    """A bounded lexer differs from an unbounded one in texts that would take it long, and in no others."""
    name = language(folder).lexer
    plain, bounded = get_lexer_by_name(name), BoundedLexer(get_lexer_by_name(name))
    for path in sorted((CASES / folder).rglob("*.case")):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert _tokens(bounded.iter_tokens, text) == _tokens(plain.get_tokens_unprocessed, text)


@pytest.mark.parametrize("name", ["java", "csharp"])
def test_letter_a_line_is_shown_whole(name: str) -> None:
    """Half a minute of work for unbounded lexers of these languages; nothing is asked of a clock."""
    text = "a\n" * 16_000
    assert re.sub("<[^>]*>", "", highlight_source(text, name, ids=False)) == text


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("html", "<script>"),
        ("html+django", "<script>"),
        ("php", "<?php function f() {"),
        ("csharp", "class A {"),
    ],
)
def test_lexers_inside_lexers_are_bounded(monkeypatch: pytest.MonkeyPatch, name: str, start: str) -> None:
    """Those that a lexer makes for itself, hands a part to, or calls again for one."""
    narrowed: set[str] = set()
    narrow = BoundedRule.start

    def watch(self: BoundedRule, size: int) -> None:
        narrow(self, size)
        narrowed.add(getattr(self._match, "__self__", re.compile("")).pattern)

    bounded = BoundedLexer(get_lexer_by_name(name))
    monkeypatch.setattr(BoundedRule, "start", watch)
    list(bounded.iter_tokens(f"{start}\n/* a */ \n"))
    assert any("/[*]" in one or r"/\*" in one for one in narrowed)


class _Circle(RegexLexer):
    name = "circle"
    tokens = {"root": [("a", Text), default("#push")]}  # noqa: RUF012


def test_lexer_that_goes_round_in_a_circle_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """It matches nothing, again and again, and yields no token that could be counted."""
    monkeypatch.setattr(source, "_find_lexer", lambda _: BoundedLexer(_Circle()))
    assert "ab" in highlight_source("ab\n", "any")


def test_parts_for_lexers_that_the_text_names_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markdown hands its examples to any lexer; where that could take long they are plain."""
    text = "```java\n/* a */\n```\n"
    lexer = BoundedLexer(get_lexer_by_name("markdown"))
    kinds: Callable[[], set[Any]] = lambda: {kind for _, kind, _ in lexer.iter_tokens(text)}  # noqa: E731
    assert Comment.Multiline in kinds()
    monkeypatch.setattr(lexing, "_MOST_SQUARED", 100)
    assert Comment.Multiline not in kinds()
