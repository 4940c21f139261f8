"""Haskell against the parser of GHC.

An instance is compared by the name of its class, and so is what it defines. What extensions a package turns on by its
manifest is not known: many are always on, except those that give other code another meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts


def _tool() -> str:
    return f"GHC {tools.output(['ghc', '--numeric-version']).strip()}"


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    folder = tools.cache_folder() / "built" / "haskell"
    folder.mkdir(parents=True, exist_ok=True)
    program = tools.built(
        "HaskellFacts.hs", ["ghc", "-v0", "-package", "ghc", "-outputdir", str(folder), "-o"]
    )
    return tools.read_lines([str(program), tools.output(["ghc", "--print-libdir"]).strip()], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        name = symbol.qualname
        above = found.symbols[symbol.parent] if symbol.parent >= 0 else None
        if above is not None and above.kind == "instance":
            name = f"{_class(above.name)}.{symbol.name}"
        elif symbol.kind == "instance":
            name = _class(name)
        yield Fact("definition", name, symbol.kind, symbol.line)
    for item in found.imports:
        alias = f" as {item.alias}" if item.alias else ""
        names = ",".join(name.name for name in item.names)
        yield Fact("import", f"{item.module}{alias}: {names}", item.form, item.line)


def _class(instance: str) -> str:
    """``Category`` of ``Cat.Category (State s)``."""
    return instance.split(" ", maxsplit=1)[0].rpartition(".")[2]


ROWS = (
    Row(
        language="haskell",
        suffixes=(".hs",),
        tool=_tool,
        corpora=(
            GitHub(package="koalaman/shellcheck", version="764802b7c023e9fdc191c12f57c418f186ad76ae"),
            GitHub(package="jgm/pandoc", version="0a9a2f261510322ee5a33a2a7facce54b8a718ec"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
