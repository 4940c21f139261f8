"""Definitions and imports of Python are exactly those of the standard ``ast``."""

from __future__ import annotations

import ast
import random
import sysconfig
import warnings
from collections import Counter
from pathlib import Path

import pytest

from sphinx_repodoc.core.parse import parse_text

LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = Path(__file__).parent / "cases" / "python" / "definitions.py.case"
KINDS = {"class", "function", "method"}


def _by_ast(text: bytes) -> Counter[tuple[object, ...]]:
    facts: Counter[tuple[object, ...]] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        todo: list[tuple[ast.AST, str, bool]] = [(ast.parse(text), "", False)]
    while todo:
        node, scope, in_class = todo.pop()
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                is_class = isinstance(node, ast.ClassDef)
                scope = f"{scope}.{node.name}".lstrip(".")
                kind = "class" if is_class else "method" if in_class else "function"
                facts[kind, scope, node.lineno, node.end_lineno, len(node.decorator_list)] += 1
                in_class = is_class
            case ast.Import():
                facts.update(("import", name.name, name.asname or "", node.lineno) for name in node.names)
            case ast.ImportFrom():
                names = tuple((name.name, name.asname or "") for name in node.names)
                facts["from", node.module or "", node.level, names, node.lineno] += 1
        todo += [(child, scope, in_class) for child in ast.iter_child_nodes(node)]
    return facts


def _by_parser(text: bytes) -> Counter[tuple[object, ...]]:
    facts: Counter[tuple[object, ...]] = Counter()
    found = parse_text(text, "python")
    assert found.problems == ()
    for symbol in found.symbols:
        if symbol.kind in KINDS:
            facts[symbol.kind, symbol.qualname, symbol.line, symbol.end_line, len(symbol.decorators)] += 1
    for item in found.imports:
        if item.form == "import":
            facts["import", item.module, item.alias, item.line] += 1
        else:
            names = tuple((name.name, name.alias) for name in item.names)
            facts["from", item.module, item.level, names, item.line] += 1
    return facts


# The whole library is for ``benchmarks/accuracy``.
@pytest.mark.parametrize("name", ["ast", "dataclasses", "enum", "typing", "unittest/mock", "asyncio/events"])
def test_standard_library(name: str) -> None:
    text = (LIBRARY / f"{name}.py").read_bytes()
    assert _by_parser(text) == _by_ast(text)


def test_sample() -> None:
    text = SAMPLE.read_bytes().replace(b"type Pair[T] = tuple[T, T]", b"Pair = tuple")
    assert _by_parser(text) == _by_ast(text)


_BLOCKS = (
    "if x:", "elif", "else", "for i in x:", "while x:", "with x as y:", "try:", "match x:",
    "def f{n}(a, *, b=lambda: 0) -> 'def g(): pass':", "async def g{n}():", "class C{n}(B, m=M):",
    "@d\ndef h{n}(self):", "@d('class X:')\n@e\nclass D{n}:",
)  # fmt: skip
_LINES = (
    "import a{n}.b as c, d", "from . import x{n}", "from ..p import (q as r, s)", "from m{n} import *",
    "x = 'def fake(): import fake'", '"""class Fake: pass"""', "# def fake(): import fake",
    "y = f'{x!r:>{w}} class Fake'", "lambda: (yield)", "z: int = 1", "import a.b.c ; import e",
)  # fmt: skip


def _program(seed: int) -> str:
    """A random valid program of nested blocks."""
    choose = random.Random(seed)  # noqa: S311 -- the same programs each time
    lines: list[str] = []

    def block(depth: int) -> None:
        for _ in range(choose.randint(1, 4)):
            opener = choose.choice(_BLOCKS) if depth < 6 and choose.random() < 0.5 else ""
            if opener in {"", "elif", "else"}:
                line = choose.choice(_LINES)
                if "import *" in line and depth:
                    line = "pass"
                lines.append("    " * depth + line.replace("{n}", str(len(lines))))
                continue
            lines.extend("    " * depth + part for part in opener.replace("{n}", str(len(lines))).split("\n"))
            inner = depth + 1
            if opener == "match x:":
                lines.append("    " * inner + "case [1, *_] if x:")
                inner += 1
            block(inner)
            if choose.random() < 0.9:
                lines.append("    " * inner + "pass")
            else:
                lines.append("    " * inner + "...")
            if opener == "try:":
                lines.append("    " * depth + "except E as e:")
                block(inner)
                lines.append("    " * inner + "pass")

    block(0)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    x\n    # c\n\n    # d\n\ny = 1\n",
        "class A:\n    def f(self):\n        x  # b\n        # c\n    # d\n\ny = 1\n",
        "class A:\n    'Doc.'\n    # c\n\n\ny = 1\n",
        "def f():\n    return 1  # c",
        "async def f():\n    if x:\n        pass\n        # c\n    else:\n        y\n        # d\n# e\n",
        "def f():\n    # c\n    x = '# d'\n    # e",
    ],
)
def test_comments_after_the_last_statement_are_not_inside(text: str) -> None:
    """The last line of a definition is that of its last statement."""
    assert _by_parser(text.encode()) == _by_ast(text.encode())


@pytest.mark.parametrize("seed", range(60))
def test_random_programs(seed: int) -> None:
    """Any nesting of any blocks gives the same definitions and imports."""
    text = _program(seed).encode()
    assert _by_parser(text) == _by_ast(text)
