"""Lua against luaparse, a parser in JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import GitHub, Npm, cache_folder
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

PARSER = Npm(package="luaparse", version="0.3.1")


def _tool() -> str:
    tools.find("node")
    return f"luaparse {PARSER.version}"


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    parser = PARSER.fetch(cache_folder()) / "package" / "luaparse.js"
    return tools.read_lines(["node", str(tools.AUTHORITIES / "luaparse.js"), str(parser)], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        yield Fact("import", item.module, item.form, item.line)


ROWS = (
    Row(
        language="lua",
        suffixes=(".lua",),
        tool=_tool,
        corpora=(
            GitHub(package="Kong/kong", version="22246ef28c16842098369b494eef879222e30c7b"),
            GitHub(package="luarocks/luarocks", version="2d2cc8eff2f03c23d142f8059146fb241dcf56b5"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
