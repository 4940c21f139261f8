"""C# against Roslyn, the compiler's own parser.

``authorities/Roslyn.cs`` has to be compiled against ``Microsoft.CodeAnalysis.CSharp.dll``, which is in every SDK of .NET;
``ROSLYN_FACTS`` says which command runs it (``dotnet /path/to/Roslyn.dll``).
"""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, PyPI
from benchmarks.accuracy.engine.protocol import Fact, Known, Reading, Row, Unavailable, definitions
from benchmarks.accuracy.engine.tools import output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts


def _command() -> list[str]:
    command = shlex.split(os.environ.get("ROSLYN_FACTS", ""))
    if not command:
        raise Unavailable("ROSLYN_FACTS does not say how to run authorities/Roslyn.cs.")
    return command


def _tool() -> str:
    return output([*_command(), "--version"]).strip()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines(_command(), files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        alias = f" as {item.alias}" if item.alias else ""
        yield Fact("import", "".join(item.module.split()) + alias, item.form, item.line)


ROWS = (
    Row(
        language="csharp",
        suffixes=(".cs",),
        tool=_tool,
        corpora=(
            PyPI(package="pythonnet", version="3.0.5"),
            GitHub(package="JamesNK/Newtonsoft.Json", version="09bb545d72969ad7fb4ea07db0d5c34f4fc07877"),
            GitHub(package="jellyfin/jellyfin", version="c3ed1407ca698b0905de99da87b67415e6a62dbd"),
        ),
        authority=read_files,
        facts=facts_of,
        known=(
            Known(
                name="dead branch",
                reason="Code in a branch that no set of symbols makes live.",
                matches=lambda each: not each.is_missing and each.fact.type == "import",
            ),
        ),
    ),
)
