"""Julia against the grammar of Lezer that the notebooks of Pluto are edited with.

``npm install @plutojl/lezer-julia@1.2.0`` somewhere, and let ``NODE_PATH`` name the ``node_modules`` there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts


def _tool() -> str:
    script = """
        const path = require("path"), main = require.resolve("@plutojl/lezer-julia");
        console.log(require(path.join(path.dirname(main), "..", "package.json")).version);
    """
    return f"lezer-julia {output(['node', '-e', script]).strip()}"


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    return read_lines(["node", str(AUTHORITIES / "lezer_julia.js")], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        names = ",".join(name.name + (f" as {name.alias}" if name.alias else "") for name in item.names)
        text = "." * item.level + item.module + (f" as {item.alias}" if item.alias else "")
        yield Fact("import", f"{text}:{names}" if names else text, item.form, item.line)


ROWS = (
    Row(
        language="julia",
        suffixes=(".jl",),
        tool=_tool,
        corpora=(
            GitHub(package="FluxML/Flux.jl", version="3f2f828b523d7ea202cc9295ab4f174f2f45e3f2"),
            GitHub(package="JuliaData/DataFrames.jl", version="3924697ea6c02ac186a95b298a4e06b52e881b53"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
