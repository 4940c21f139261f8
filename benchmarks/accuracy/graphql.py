"""GraphQL against graphql-core."""

from __future__ import annotations

from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import Npm
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_KINDS = {
    "object_type": "type",
    "interface_type": "interface",
    "enum_type": "enum",
    "input_object_type": "input",
    "union_type": "union",
    "scalar_type": "scalar",
    "directive": "directive",
    "fragment": "fragment",
    "operation": "operation",
}


def _tool() -> str:
    try:
        return f"graphql-core {metadata.version('graphql-core')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("graphql-core is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    graphql = import_module("graphql")
    for path in files:
        try:
            text = path.read_bytes().replace(b"\r\n", b"\n").decode()
            yield Reading(path=path, facts=Counter(_read(graphql.parse(text))))
        except (graphql.GraphQLError, ValueError, RecursionError) as error:
            yield Reading(path=path, error=str(error).partition("\n")[0])


def _read(document: Any) -> Iterator[Fact]:
    for node in document.definitions:
        if getattr(node, "name", None) is None:
            continue
        stem, _, word = node.kind.rpartition("_")
        kind = "extension" if word == "extension" else _KINDS[stem]
        kind = node.operation.value if kind == "operation" else kind
        line = node.name.loc.start_token.line
        yield Fact("definition", node.name.value, kind, line)
        for inner, own in (("fields", "field"), ("values", "value")):
            for each in getattr(node, inner, None) or ():
                name = f"{node.name.value}.{each.name.value}"
                yield Fact("definition", name, own, each.name.loc.start_token.line)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)


ROWS = (
    Row(
        language="graphql",
        suffixes=(".graphql", ".gql", ".graphqls"),
        tool=_tool,
        corpora=(
            Npm(package="@octokit/graphql-schema", version="15.25.0"),
            Npm(package="graphql-config", version="5.1.3"),
        ),
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    ),
)
