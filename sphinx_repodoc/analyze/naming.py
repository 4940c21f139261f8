"""How test files are named in each language, and which symbols are tests.

A name alone is weak evidence where tests can be counted: ``test_data.py`` without
a test is no test file. Where they cannot (C++ macros, calls of ``it()``), the name
is all there is, and the evidence says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.paths import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts, Symbol


@dataclass(frozen=True, slots=True)
class TestName:
    """A convention for the names of test files."""

    __test__ = False

    pattern: str
    """Glob on the name; what ``*`` stands for names the file that is tested."""
    suffixes: str
    """Suffixes it holds for, separated by spaces."""
    counted: bool = True
    """Tests of this language are symbols: without one the name proves nothing."""


TEST_NAMES = (
    TestName("test_*", "py pyx"),
    TestName("*_test", "py"),
    TestName("*_tests", "py"),
    TestName("tests_*", "py"),
    TestName("tests", "py"),
    TestName("test", "py"),
    TestName("*_test", "go"),
    TestName("*.test", "js jsx ts tsx mjs cjs mts cts", counted=False),
    TestName("*.spec", "js jsx ts tsx mjs cjs mts cts", counted=False),
    TestName("*-test", "js jsx ts tsx mjs cjs mts cts", counted=False),
    TestName("*Test", "java kt groovy scala php cs swift"),
    TestName("*Tests", "java kt groovy scala php cs swift"),
    TestName("Test*", "java kt"),
    TestName("*IT", "java kt"),
    TestName("*Spec", "scala groovy kt", counted=False),
    TestName("*Suite", "scala", counted=False),
    TestName("*_test", "c cc cpp cxx cu m mm", counted=False),
    TestName("*-test", "c cc cpp cxx cu", counted=False),
    TestName("*_tests", "c cc cpp cxx cu", counted=False),
    TestName("*_unittest", "c cc cpp cxx cu", counted=False),
    TestName("test_*", "c cc cpp cxx cu m mm", counted=False),
    TestName("*Test", "cc cpp cxx cu m mm", counted=False),
    TestName("*Tests", "cc cpp cxx cu m mm", counted=False),
    TestName("test_*", "rs"),
    TestName("*_test", "rs"),
    TestName("tests", "rs"),
    TestName("*_spec", "rb lua", counted=False),
    TestName("*_test", "rb lua dart exs", counted=False),
    TestName("test_*", "rb lua sh bash R r", counted=False),
    TestName("test-*", "R r", counted=False),
    TestName("*", "bats", counted=False),
)

_GO_TEST = re.compile(r"(?:Test|Benchmark|Fuzz|Example)(?![a-z])")
_TEST_ATTRIBUTE = re.compile(r"(?:\w+::)*(?:test|rstest|test_case|bench)\b(?!\s*::)")
_TEST_CLASS = re.compile(r"(?!\w*(?:Base|Mixin))(?:Test[A-Z]\w*(?<!Case)|\w+Tests?)")
_TEST_ANNOTATIONS = frozenset(
    {
        "Test",  # JUnit, TestNG, NUnit, PHPUnit
        "ParameterizedTest",
        "RepeatedTest",
        "TestFactory",
        "TestTemplate",
        "Fact",  # xUnit.net
        "Theory",
        "TestMethod",  # MSTest
        "DataTestMethod",
        "TestCase",
    }
)
_CALLABLES = frozenset({"function", "method"})


@cache
def _patterns_by_suffix() -> dict[str, list[tuple[re.Pattern[str], TestName, str]]]:
    table: dict[str, list[tuple[re.Pattern[str], TestName, str]]] = {}
    for rule in TEST_NAMES:
        stem = re.escape(rule.pattern).replace(r"\*", "(?P<stem>.+)")
        for suffix in rule.suffixes.split():
            row = (re.compile(rf"{stem}\.{suffix}"), rule, f"{rule.pattern}.{suffix}")
            table.setdefault(suffix, []).append(row)
    return table


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name that follows a convention."""

    pattern: str
    """Glob with suffix: ``test_*.py``."""
    stem: str
    """What the ``*`` stands for; empty for ``tests.py``."""
    counted: bool


def match_test_name(path: str) -> NameMatch | None:
    """First convention that the name of a file follows."""
    name = name_of(path)
    for pattern, rule, glob in _patterns_by_suffix().get(name.rpartition(".")[2], ()):
        match = pattern.fullmatch(name)
        if match:
            stem = match["stem"] if "stem" in pattern.groupindex else ""
            return NameMatch(glob, stem, rule.counted)
    return None


def count_tests(path: str, facts: Facts) -> int:
    """How many of the symbols of a file are tests by the conventions of its language."""
    rule = _COUNTERS.get(path.rpartition(".")[2])
    return sum(1 for symbol in facts.symbols if rule(symbol, facts.symbols)) if rule else 0


def inherits_tests(path: str, facts: Facts) -> str:
    """Name of the first class of a Python file that inherits tests by its name and its bases; empty without one.

    Base classes and mixins are left out: no runner takes them.
    """
    if not path.endswith(".py"):
        return ""
    for symbol in facts.symbols:
        bases = symbol.signature.partition("(")[2]
        is_test = symbol.kind == "class" and symbol.parent < 0 and "Test" in bases
        if is_test and _TEST_CLASS.fullmatch(symbol.name):
            return symbol.name
    return ""


def _is_python_test(symbol: Symbol, symbols: Sequence[Symbol]) -> bool:
    if not symbol.name.startswith("test") or symbol.kind not in _CALLABLES:
        return False
    if any("fixture" in decorator.partition("(")[0] for decorator in symbol.decorators):
        return False
    return symbol.parent < 0 or symbols[symbol.parent].kind == "class"


def _is_go_test(symbol: Symbol, _symbols: Sequence[Symbol]) -> bool:
    return symbol.kind == "function" and bool(_GO_TEST.match(symbol.name))


def _is_rust_test(symbol: Symbol, _symbols: Sequence[Symbol]) -> bool:
    return any(_TEST_ATTRIBUTE.match(decorator.removeprefix("#[")) for decorator in symbol.decorators)


def _is_annotated_test(symbol: Symbol, _symbols: Sequence[Symbol]) -> bool:
    names = {re.split(r"[(\s]", decorator.lstrip("@[#\\"), maxsplit=1)[0] for decorator in symbol.decorators}
    return bool(names & _TEST_ANNOTATIONS) or (
        symbol.kind in _CALLABLES and bool(re.match(r"test(?![a-z])", symbol.name))
    )


_COUNTERS = {
    "py": _is_python_test,
    "pyx": _is_python_test,
    "go": _is_go_test,
    "rs": _is_rust_test,
    **dict.fromkeys(("java", "kt", "groovy", "scala", "php", "cs", "swift"), _is_annotated_test),
}
