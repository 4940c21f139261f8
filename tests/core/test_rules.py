"""Each of our own rules finds its hits and none of its near misses, which stand in its file."""

from __future__ import annotations

import re
import re._constants as sre
from re._parser import parse  # type: ignore[import-not-found]

import pytest

from sphinx_repodoc.core.languages import LANGUAGES
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.rules import ANY, SourceRule, rules_for, source_rules

RULES = [*source_rules().values()]


def examples(texts: str) -> list[object]:
    """Give (rule, language, text) for each example in each language of its rule."""
    return [
        pytest.param(each, language, text, id=f"{each.rule.id}-{language}-{number}")
        for each in RULES
        for language in (
            each.languages if each.languages != (ANY,) else ("python", "yaml", "markdown", "text")
        )
        for number, text in enumerate(getattr(each, texts))
    ]


def found_in(rule: SourceRule, language: str, text: str) -> list[int]:
    return [
        found.line for found in parse_text(text.encode(), language).findings if found.rule == rule.rule.id
    ]


@pytest.mark.parametrize(("rule", "language", "text"), examples("hits"))
def test_hit(rule: SourceRule, language: str, text: str) -> None:
    """An example of what the rule is about is found in exactly one place."""
    assert len(found_in(rule, language, text)) == 1


@pytest.mark.parametrize(("rule", "language", "text"), examples("misses"))
def test_near_miss(rule: SourceRule, language: str, text: str) -> None:
    """What only looks like it is not found: comments, strings, other names, harmless forms."""
    assert found_in(rule, language, text) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_rule_is_complete(rule: SourceRule) -> None:
    """It has a reason, examples and near misses, languages that there are, and one way to look."""
    assert rule.rule.why.endswith(".")
    assert rule.hits
    assert len(rule.misses) >= 2
    assert (rule.query == "") != (rule.pattern is None)
    assert all(language in {*LANGUAGES, ANY} for language in rule.languages)
    assert rule.rule.title == rule.rule.title.strip(".")


def test_place_is_that_of_the_finding() -> None:
    """Line and name are those of the shape, not of what stands around it."""
    text = b"import enum\n\n\nclass Color(enum.Enum):\n    RED = 1\n\n\nasync def run():\n    pass\n"
    found = parse_text(text, "python").findings
    assert [(each.rule, each.line, each.text) for each in found] == [
        ("py-enum", 4, "Color"),
        ("py-async", 8, "run"),
    ]


def test_syntax_error_elsewhere_hides_nothing() -> None:
    """Parts of a file are looked at one by one when it does not parse as a whole."""
    text = b"async def before():\n    pass\n\n\ndef broken(:\n\n\nasync def after():\n    pass\n"
    assert [each.line for each in parse_text(text, "python").findings] == [1, 8]


def test_rules_for_every_text_are_for_unknown_languages_too() -> None:
    """A secret is one wherever it stands."""
    assert {each.rule.id for each in rules_for("unknown")} == {
        each.rule.id for each in RULES if each.languages == (ANY,)
    }


def _expand(items: list[tuple[object, object]]) -> set[str]:
    """The texts that a parsed regular expression matches; an ``x`` stands for what cannot be named."""
    texts = {""}
    for operator, argument in items:
        texts = {text + more for text in texts for more in _alternatives(operator, argument)}
    return texts


def _alternatives(operator: object, argument: object) -> set[str]:
    match operator:
        case sre.LITERAL:
            return {chr(argument)}
        case sre.BRANCH:
            return set().union(*map(_expand, argument[1]))
        case sre.SUBPATTERN:
            return _expand(argument[3])
        case sre.MAX_REPEAT if tuple(argument[:2]) == (0, 1):
            return {"", *_expand(argument[2])}
    return {"x"}


@pytest.mark.parametrize("rule", [each for each in RULES if each.where], ids=lambda each: each.rule.id)
def test_words_are_complete(rule: SourceRule) -> None:
    """For some capture, each text that may stand there has one of the words or parts of the rule."""

    def has_word(text: str) -> bool:
        words = rule.words & set(re.findall(r"\w+", text))
        return bool(words) or any(part.decode() in text for part in rule.parts)

    assert any(
        all(map(has_word, _expand(list(parse(pattern.pattern.decode()))))) for _, pattern in rule.where
    )


def test_rules_of_one_text_are_looked_for_together() -> None:
    """Each finding is of its own rule, in the order of the lines."""
    text = b"package a\n\nvar m sync.Mutex\n\nfunc f() {\n\tgo g()\n\tc := make(chan int)\n\tgo g()\n}\n"
    assert [(each.rule, each.line, each.text) for each in parse_text(text, "go").findings] == [
        ("go-lock", 3, "Mutex"),
        ("go-goroutine", 6, "g"),
        ("go-channel", 7, "chan int"),
        ("go-goroutine", 8, "g"),
    ]


def test_place_in_a_text_is_not_that_of_what_stands_before() -> None:
    """A pattern may have to look at the end of the statement before."""
    text = b"void f(char *a) {\n  int b;\n\n  sprintf(a, a);\n  fprintf(stderr, a);\n}\n"
    assert [(each.rule, each.line) for each in parse_text(text, "c").findings] == [
        ("c-unbounded-copy", 4),
        ("c-format-string", 5),
    ]


def test_rules_for_data_look_at_its_tree() -> None:
    """Beside those for every text."""
    text = b"a:\n  - uses: b/c@main\n  - key: AKIAQWERTYUIOPASDFGH\n"
    assert [(each.rule, each.line, each.text) for each in parse_text(text, "yaml").findings] == [
        ("workflow-action-branch", 2, "b/c@main"),
        ("secret-aws-key", 3, ""),
    ]
