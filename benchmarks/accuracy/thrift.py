"""Thrift against thriftpy2."""

from __future__ import annotations

from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts


def _tool() -> str:
    try:
        return f"thriftpy2 {metadata.version('thriftpy2')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("thriftpy2 is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    parser = import_module("thriftpy2.parser")
    errors = import_module("thriftpy2.parser.exc")
    for path in files:
        try:
            module = parser.parse(str(path), enable_cache=False)
            yield Reading(path=path, facts=Counter(_read(getattr(module, "__thrift_meta__", {}))))
        except (errors.ThriftParserError, OSError, KeyError, AssertionError) as error:
            yield Reading(path=path, error=f"{type(error).__name__}: {str(error)[:60]}")


def _read(meta: dict[str, Any]) -> Iterator[Fact]:
    """The library gives no lines: they are left out of the comparison."""
    for word, kind in (("structs", "struct"), ("unions", "union"), ("exceptions", "exception")):
        for each in meta.get(word, ()):
            yield Fact("definition", each.__name__, kind, 0)
            for field in each.thrift_spec.values():
                yield Fact("definition", f"{each.__name__}.{field[1]}", "field", 0)
    for each in meta.get("enums", ()):
        yield Fact("definition", each.__name__, "enum", 0)
        for name in each._NAMES_TO_VALUES:  # noqa: SLF001 -- the only list of them
            yield Fact("definition", f"{each.__name__}.{name}", "value", 0)
    for each in meta.get("services", ()):
        yield Fact("definition", each.__name__, "service", 0)
        own = set(each.thrift_services) - {
            name for base in each.__mro__[1:] for name in getattr(base, "thrift_services", ())
        }
        for name in own:
            yield Fact("definition", f"{each.__name__}.{name}", "function", 0)


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind not in {"namespace", "constant", "typedef", "senum"}:
            yield Fact("definition", symbol.qualname, symbol.kind, 0)


ROWS = (
    Row(
        language="thrift",
        suffixes=(".thrift",),
        tool=_tool,
        corpora=(PyPI(package="thriftpy2", version="0.5.2"),),
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    ),
)
