"""Perl against PPI, the parser of Perl's critics and editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, Installed
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import AUTHORITIES, output, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_COMMAND = ("perl", str(AUTHORITIES / "ppi.pl"))


def _tool() -> str:
    return output([*_COMMAND, "--version"]).strip()


def _version() -> str:
    return f"standard library of Perl {output(['perl', '-e', 'print substr $^V, 1'])}"


def _folder() -> Path:
    return Path(output(["perl", "-MConfig", "-e", "print $Config{privlibexp}"])).resolve()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    return read_lines(_COMMAND, files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        names = ",".join(name.name for name in item.names)
        kind = f"{item.form} deferred" if item.deferred else item.form
        yield Fact(
            "import",
            item.module if item.form.startswith("use ") else f"{item.module}: {names}",
            kind,
            item.line,
        )


ROWS = (
    Row(
        language="perl",
        suffixes=(".pl", ".pm", ".t"),
        tool=_tool,
        corpora=(
            GitHub(package="mojolicious/mojo", version="b4de430651b722f560b1577da9018e3f402d96ab"),
            Installed(title=_version, folder=_folder),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
