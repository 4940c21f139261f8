"""JavaScript and TypeScript against the TypeScript compiler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.engine import tools
from benchmarks.accuracy.engine.corpora import Npm, PyPI, cache_folder
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

COMPILER = Npm(package="typescript", version="5.9.3")


def _tool() -> str:
    tools.find("node")
    return f"TypeScript {COMPILER.version}"


def read_files(files: Sequence[Path]) -> Iterable[Reading]:
    compiler = COMPILER.fetch(cache_folder()) / "package" / "lib" / "typescript.js"
    return tools.read_lines(["node", str(tools.AUTHORITIES / "typescript_ast.js"), str(compiler)], files)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        names = [(name.name, name.alias) for name in item.names] + [("*", item.alias)] * bool(item.alias)
        taken = sorted(f"{name} as {alias}" if alias and alias != name else name for name, alias in names)
        kind = f"{item.form} for types" if item.type_only else item.form
        yield Fact("import", f"{item.module}: {', '.join(taken)}", kind, item.line)


def _row(language: str, suffixes: tuple[str, ...], corpora: tuple[Npm | PyPI, ...]) -> Row:
    return Row(
        language=language,
        suffixes=suffixes,
        tool=_tool,
        corpora=corpora,
        authority=read_files,
        facts=facts_of,
    )


JUPYTERLAB = PyPI(package="jupyterlab", version="4.4.9", exclude=("*/staging/*", "*/static/*"))
AIRFLOW = PyPI(package="apache-airflow-core", version="3.1.0", exclude=("*/dist/*",))
REDUX = Npm(package="@reduxjs/toolkit", version="2.9.0", include=("package/src/*",))

ROWS = (
    _row(
        "javascript",
        (".js", ".mjs", ".cjs", ".jsx"),
        (
            Npm(package="eslint", version="9.36.0"),
            Npm(package="express", version="5.1.0"),
            Npm(package="jquery", version="3.7.1"),
            Npm(package="lodash", version="4.17.21"),
            Npm(package="three", version="0.180.0", include=("package/src/*", "package/examples/*")),
            Npm(package="webpack", version="5.102.0"),
        ),
    ),
    _row(
        "typescript",
        (".ts", ".mts", ".cts"),
        (
            AIRFLOW,
            Npm(package="@angular/core", version="20.3.2"),
            Npm(package="effect", version="3.18.1", include=("package/src/*",)),
            Npm(package="fp-ts", version="2.16.11", include=("package/lib/*",)),
            JUPYTERLAB,
            REDUX,
            Npm(package="rxjs", version="7.8.2", include=("package/src/*",)),
            Npm(package="@types/node", version="24.6.2"),
            Npm(package="typescript", version="5.9.3"),
            Npm(package="zod", version="4.1.11", include=("package/src/*",)),
        ),
    ),
    _row("tsx", (".tsx",), (AIRFLOW, JUPYTERLAB, REDUX)),
)
