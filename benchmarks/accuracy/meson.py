"""Meson against its own parser."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_LIBRARIES = ("both_libraries", "library", "shared_library", "static_library")
_KINDS = {
    **dict.fromkeys(_LIBRARIES, "library"),
    "executable": "executable",
    "jar": "executable",
    "shared_module": "module",
    "extension_module": "module",
    "alias_target": "target",
    "custom_target": "target",
    "run_target": "target",
    "test": "test",
    "benchmark": "test",
    "project": "project",
    "option": "option",
}
_METHODS = frozenset({"extension_module", "find_library"})
_IMPORTS = frozenset({"dependency", "find_library", "import", "subdir", "subproject"})


def _tool() -> str:
    try:
        return f"Meson {metadata.version('meson')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("Meson is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    parser = import_module("mesonbuild.mparser")
    for path in files:
        try:
            tree = parser.Parser(path.read_text("utf-8"), str(path)).parse()
            yield Reading(path=path, facts=Counter(_read(tree)))
        except parser.MesonException as error:
            yield Reading(path=path, error=str(error)[:80])


def _read(tree: Any) -> Iterator[Fact]:
    seen: set[tuple[str, str]] = set()
    todo = [tree]
    while todo:
        node = todo.pop(0)
        kind = type(node).__name__
        if kind in {"FunctionNode", "MethodNode"}:
            name = (node.func_name if kind == "FunctionNode" else node.name).value
            first = node.args.arguments[0] if node.args.arguments else None
            plain = type(first).__name__ in {"StringNode", "MultilineStringNode"}
            if (
                plain
                and (kind == "MethodNode") == (name in _METHODS)
                and first.value
                and not re.search(r"@\w+@", first.value)
            ):
                line = node.lineno
                if name in _IMPORTS:
                    yield Fact("import", first.value, name, line)
                elif name in _KINDS and (first.value, _KINDS[name]) not in seen:
                    seen.add((first.value, _KINDS[name]))
                    yield Fact("definition", first.value, _KINDS[name], line)
        children = [
            value for key, value in vars(node).items() if key not in {"whitespaces", "pre_whitespaces"}
        ]
        inner: list[Any] = []
        for value in children:
            for each in (
                value
                if isinstance(value, list)
                else [*value, *value.values()]
                if isinstance(value, dict)
                else [value]
            ):
                inner += [each] if hasattr(each, "lineno") and hasattr(each, "accept") else []
        todo = inner + todo


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind != "variable":
            yield Fact("definition", symbol.name, symbol.kind, symbol.line)
    for item in found.imports:
        yield Fact("import", item.module, item.form, item.line)


ROWS = (
    Row(
        language="meson",
        suffixes=("meson.build", "meson_options.txt", "meson.options"),
        tool=_tool,
        corpora=(PyPI(package="scipy", version="1.14.1"), PyPI(package="numpy", version="2.1.0")),
        authority=read_files,
        facts=facts_of,
    ),
)
