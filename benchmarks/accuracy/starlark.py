"""Starlark against ``ast``: its syntax is a part of that of Python."""

from __future__ import annotations

import ast
import platform
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, GoModule
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_WHOLE = frozenset({"module", "workspace"})
_KINDS = frozenset({"function", "target", *_WHOLE})


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    for path in files:
        try:
            yield Reading(path=path, facts=Counter(_read(path.read_bytes())))
        except (SyntaxError, ValueError) as error:
            yield Reading(path=path, error=f"{type(error).__name__}: {error}")


def _read(text: bytes) -> Iterator[Fact]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        todo: list[tuple[ast.AST, str]] = [(ast.parse(text), "")]
    while todo:
        node, scope = todo.pop()
        if isinstance(node, ast.FunctionDef):
            scope = f"{scope}.{node.name}" if scope else node.name
            yield Fact("definition", scope, "function", node.lineno)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _read_call(node.value, scope)
        todo += [(child, scope) for child in ast.iter_child_nodes(node)]


def _read_call(call: ast.Call, scope: str) -> Iterator[Fact]:
    called = ast.unparse(call.func)
    texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
    keyed = {each.arg: each.value.value for each in call.keywords if isinstance(each.value, ast.Constant)}
    if called == "load":
        names = [str(each) for each in texts[1:]] + [f"{name} as {alias}" for alias, name in keyed.items()]
        yield Fact("import", f"{texts[0]}: {', '.join(names)}", "load", call.lineno)
    elif called == "bazel_dep":
        yield Fact("import", f"{keyed['name']}: ", "bazel_dep", call.lineno)
    elif isinstance(keyed.get("name"), str):
        name = f"{scope}.{keyed['name']}" if scope else keyed["name"]
        yield Fact("definition", name, called if called in _WHOLE else "target", call.lineno)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found, _KINDS)
    for item in found.imports:
        if item.form in {"load", "bazel_dep"}:
            names = [f"{each.name} as {each.alias}" if each.alias else each.name for each in item.names]
            yield Fact("import", f"{item.module}: {', '.join(names)}", item.form, item.line)


ROWS = (
    Row(
        language="starlark",
        suffixes=("BUILD", "BUILD.bazel", "WORKSPACE", "MODULE.bazel", ".bzl"),
        tool=lambda: f"ast of Python {platform.python_version()}",
        corpora=(
            GitHub(package="bazelbuild/rules_go", version="87e66bb70858570ac668f95662d6070417d5a416"),
            GoModule(package="github.com/bazelbuild/bazel-gazelle", version="v0.39.1"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
