"""Rust against the syntax tree of rustc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts


def _tool() -> str:
    return " ".join(tools.output(["rustc", "--version"]).split()[:2])


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    program = tools.built("rust_ast.rs", ["rustc", "--edition", "2021", "-O", "-o"])
    return tools.read_lines([str(program)], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    """An import of several names is one fact for each of them; ``r#`` is no part of a name."""
    for symbol in found.symbols:
        yield Fact("definition", symbol.qualname.replace("r#", ""), symbol.kind, symbol.line)
    for item in found.imports:
        taken = [(f"{item.module}::{name.name}", name.alias) for name in item.names]
        for path, alias in taken or [(item.module, item.alias)]:
            text = f"{path} as {alias}" if alias else path
            yield Fact("import", text.replace("r#", ""), item.form, item.line)


ROWS = (
    Row(
        language="rust",
        suffixes=(".rs",),
        tool=_tool,
        corpora=(
            PyPI(package="cryptography", version="46.0.2"),
            PyPI(package="pydantic-core", version="2.41.1"),
            PyPI(package="ruff", version="0.13.3", include=("*/crates/ruff_python*/*", "*/crates/ruff_db/*")),
            PyPI(package="uv", version="0.8.23", include=("*/crates/uv-resolver/*", "*/crates/uv-pep*/*")),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
