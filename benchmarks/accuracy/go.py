"""Go against ``go/ast`` of its standard library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import Debian, Installed
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.model import Facts


def _version() -> str:
    return tools.output(["go", "env", "GOVERSION"]).strip().removeprefix("go")


def _library() -> Path:
    return Path(tools.output(["go", "env", "GOROOT"]).strip(), "src").resolve()


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    return tools.read_lines(["go", "run", str(tools.AUTHORITIES / "go_ast.go")], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        alias = "." if item.names else item.alias
        yield Fact("import", f"{item.module} as {alias}" if alias else item.module, item.form, item.line)


ROWS = (
    Row(
        language="go",
        suffixes=(".go",),
        tool=lambda: f"go/ast of Go {_version()}",
        corpora=(
            Installed(title=lambda: f"standard library of Go {_version()}", folder=_library),
            Debian(package="golang-golang-x-tools-dev", version="1:0.5.0+ds-1"),
            Debian(package="golang-google-grpc-dev", version="1.33.3-2"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
