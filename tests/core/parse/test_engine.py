"""The engine on inputs that no language expects."""

from __future__ import annotations

import math
import re
import sys
import tracemalloc
from importlib import metadata

import pytest
from hostile import samples

from sphinx_repodoc.core.model import Facts, LineCounts
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.grammars import GRAMMARS, load_query
from sphinx_repodoc.core.parse.trees import Allowance, parse_tree
from sphinx_repodoc.core.parser_versions import parser_versions
from sphinx_repodoc.core.problems import ProblemKind

LANGUAGES = sorted(GRAMMARS)


def _kinds(facts: Facts) -> list[ProblemKind]:
    return [problem.kind for problem in facts.problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_query_compiles(language: str) -> None:
    """Each query fits its grammar: a node or field that is gone would raise here."""
    assert load_query(language).pattern_count > 5
    assert load_query(language) is load_query(language)


def test_grammars_are_dependencies() -> None:
    """What a row names is installed with the package, and no grammar beside those is."""
    required = {re.split(r"[\s<>=;(]", each)[0] for each in metadata.requires("sphinx-repodoc") or ()}
    named = set(re.findall(r"tree-sitter-[\w-]+(?==)", parser_versions()))
    assert {each for each in required if each.startswith("tree-sitter-")} == named


@pytest.mark.parametrize("language", [*LANGUAGES, "unknown", "json", "c"])
def test_empty(language: str) -> None:
    """An empty file has no lines and no problems."""
    assert parse_text(b"", language) == Facts()


def test_unknown_language_has_lines_only() -> None:
    """Without a parser there are line counts: what is filled and what is blank."""
    facts = parse_text(b"one\n\n  \n# two", "no-such-language")
    assert facts == Facts(lines=LineCounts(code=2, blank=2))
    assert facts.lines.total == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_blank_lines(language: str) -> None:
    assert parse_text(b"\n \n\t\n", language).lines == LineCounts(blank=3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("opening", [b"(", b"[", b"{", b"((((1", b"<", b"-", b"a(", b"'"])
def test_deep_nesting(language: str, opening: bytes) -> None:
    """Ten thousand levels of nesting neither crash nor hang; the lines are counted."""
    assert parse_text(opening * 10_000, language, time_limit=2).lines.total == 1


def test_deep_nesting_that_is_valid() -> None:
    """Facts after a deeply nested expression are found."""
    text = b"x = " + b"(" * 10_000 + b"1" + b")" * 10_000 + b"\ndef after(): pass\n"
    facts = parse_text(text, "python")
    assert facts.problems == ()
    assert [symbol.name for symbol in facts.symbols] == ["x", "after"]


def test_loose_tokens() -> None:
    """A text of brackets alone is given up before the query would take minutes over it."""
    facts = parse_text(b"[" * 1_000_000, "python")
    assert _kinds(facts) == [ProblemKind.SYNTAX]
    assert facts.symbols == ()


def test_deeper_than_the_cursor_counts() -> None:
    """More levels than a 16-bit counter holds."""
    facts = parse_text(b"def before(): pass\nx = " + b"-" * 70_000 + b"1\n", "python")
    assert [symbol.name for symbol in facts.symbols] == ["before", "x"]


@pytest.mark.parametrize("level", [b"- ", b"? ", b" ? - "])
def test_deep_yaml(level: bytes) -> None:
    """The grammar of YAML would crash the process; the file is left alone and says so."""
    facts = parse_text(b"a: 1\n" + level * 5_000 + b"b\n", "yaml")
    assert [(problem.kind, problem.line) for problem in facts.problems] == [(ProblemKind.SYNTAX, 2)]
    deep_keys = b"\n".join(b" " * depth + b"a:" for depth in range(1_000))
    assert _kinds(parse_text(deep_keys, "yaml")) == [ProblemKind.SYNTAX]


@pytest.mark.parametrize("language", ["json", "yaml", "c", "cpp"])
def test_loose_tokens_of_other_readers(language: str) -> None:
    assert _kinds(parse_text(b"{" * 100_000, language)) == [ProblemKind.SYNTAX]


def test_time_limit() -> None:
    """A parse that is out of time leaves the line counts and says why."""
    facts = parse_text(b"def f(x): return [x, x, x]\n" * 20_000, "python", time_limit=0)
    assert _kinds(facts) == [ProblemKind.TIMEOUT]
    assert facts.problems[0].message == (
        "The parser was stopped: it took far more steps, memory or time than usual."
    )
    assert facts.lines == LineCounts(code=20_000)
    assert facts.symbols == ()


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "python",
            b"def a(): pass\nx = [1,\ndef b():\n    return (1\nclass C:\n    def m(self): pass\n",
            "abCm",
        ),
        ("go", b"package p\nfunc a() {\nif x {\n}\nfunc b() {}\ntype C struct{}\n", "pabC"),
        ("rust", b"fn a() {}\nconst T: = [\nfn b() {}\nstruct C;\n", "abC"),
        ("javascript", b"function a() {}\nconst t = [\nfunction b() {}\nclass C { m() {} }\n", "abCm"),
        ("typescript", b"function a() {}\nfoo((\nexport class C { m(): void {} }\n", "aCm"),
        ("julia", b"a(x) = 1\nx(y = = 1\n\nfunction b() end\nstruct C end\n", "abC"),
        ("lua", b"function a() end\nlocal x = = 1\nlocal function b() end\nC = 1\n", "axbC"),
        ("php", b"<?php\nfunction a() {}\nfunction x() { if ( }\nclass C { function b() {} }\n", "axCb"),
        ("ruby", b"def a; end\ndef x(y =>\n\nclass C\n  def b; end\nend\n", "aCb"),
        ("bash", b"a() { :; }\nb() { case x in ?*' '?*) ;; esac; }\nfunction C { :; }\n", "abC"),
        ("java", b"class C {\n void a() { foo(( }\n void b() {}\n}\n", "Cab"),
    ],
)
def test_syntax_error_in_the_middle(language: str, text: bytes, names: str) -> None:
    """One problem says where it begins; the definitions before and after it are kept."""
    facts = parse_text(text, language)
    assert _kinds(facts) == [ProblemKind.SYNTAX]
    assert 1 < facts.problems[0].line < text.count(b"\n")
    assert "".join(symbol.name for symbol in facts.symbols) == names


def test_no_restart_in_strings() -> None:
    """After an error, definitions in strings and comments are still none."""
    text = b'x = (\n\ndef a():\n    """\nclass Fake: pass\n    """\n\ndef b(): pass\n'
    facts = parse_text(text, "python")
    assert _kinds(facts) == [ProblemKind.SYNTAX]
    assert [symbol.name for symbol in facts.symbols] == ["a", "b"]


def test_a_string_over_a_restart_is_no_definition() -> None:
    """Behind an error nobody knows what is a string; a part that makes no sense alone is read on."""
    text = b'x = \'\nif (\nclass A:\n    """\nclass Fake: pass\n    """\n\ndef b(): pass\n'
    assert [symbol.name for symbol in parse_text(text, "python").symbols] == ["A", "b"]


def test_number_of_errors() -> None:
    facts = parse_text(b"x = = 1\ny = 2\nz = = 3\n", "python")
    assert facts.problems[0].line == 1
    assert facts.problems[0].message == (
        "The parser did not understand 2 places; facts from there may be missing."
    )


def test_offsets_are_bytes() -> None:
    """Names, lines and signatures behind wide characters are right."""
    text = 'π = "ßß"  # ö\n\nclass Größe:  # TODO prüfen\n    def ändern(self, ñ="→"): ...\n'
    facts = parse_text(text.encode(), "python")
    assert [(symbol.qualname, symbol.line, symbol.signature) for symbol in facts.symbols] == [
        ("π", 1, 'π = "ßß"'),
        ("Größe", 3, "Größe"),
        ("Größe.ändern", 4, 'ändern(self, ñ="→")'),
    ]
    assert facts.notes[0].text == "prüfen"
    assert facts.words == {"π", "Größe", "ändern", "self", "ñ"}


def test_text_longer_than_a_chunk_of_the_reader() -> None:
    """Characters that the reader's chunks cut in two are still one character."""
    text = ("é" * 40_001).encode()
    facts = parse_text(b"x" + b" = '" + text + b"'\ndef " + text + b"(): pass\n", "python")
    assert facts.problems == ()
    assert facts.symbols[-1].name == "é" * 40_001


def test_parser_versions() -> None:
    """The key of the cache names every grammar, and is the same each time."""
    versions = parser_versions()
    assert versions == parser_versions()
    for grammar in GRAMMARS.values():
        assert f"{grammar.package}=" in versions


@pytest.mark.parametrize(("language", "unit"), [("java", b"<!--"), ("go", b"[a]:"), ("bash", b"case\n")])
def test_parser_is_stopped_by_its_steps(language: str, unit: bytes) -> None:
    """Without a clock: it mends errors in ever new ways, or its scanner looks through the rest again and again."""
    assert _kinds(parse_text(unit * 10_000, language, time_limit=math.inf)) == [ProblemKind.TIMEOUT]


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_ordinary_texts_keep_far_from_the_limits(language: str) -> None:
    """What a quarter of the text may cost is enough for all of it."""
    text = b"\n".join(samples(language))
    allowance = Allowance(len(text) // 4, math.inf)
    grammar = GRAMMARS[language]
    readable = grammar.prepare(text)
    assert parse_tree(readable.text, grammar.package, allowance, loader=grammar.loader) is not None


def test_memory_is_given_back() -> None:
    """Parsing many texts keeps none of them: each is another, and longer than the parser reads at once."""
    tracemalloc.start()
    try:
        for number in range(3):
            assert (
                parse_tree(b"x = %d\n" % number * 20_000, "tree-sitter-python", Allowance(500_000))
                is not None
            )
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()


def test_parts_are_read_within_the_time_limit() -> None:
    """Ten thousand definitions that are all wrong are read once each, not once for each of the others."""
    facts = parse_text(b"class A\n" * 10_000, "python", time_limit=0.5)
    assert _kinds(facts) == [ProblemKind.SYNTAX]


def test_missing_names() -> None:
    """What the parser only supposes to be there is no symbol."""
    facts = parse_text(b"def (): pass\nclass : pass\ndef f(): pass\n", "python")
    assert [symbol.name for symbol in facts.symbols] == ["f"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not limited elsewhere")
def test_memory_limit() -> None:
    """A text of which a parser would make a gigabyte is given up."""
    facts = parse_text(b"a<" * 8_000, "java")
    assert _kinds(facts) in ([ProblemKind.SYNTAX], [ProblemKind.TIMEOUT])
