"""Protocol Buffers against protoc, by the descriptors that it writes."""

from __future__ import annotations

import tempfile
from collections import Counter
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import Installed, PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_KINDS = frozenset({"message", "field", "enum", "value", "oneof", "service", "rpc", "package"})
# Numbers of the fields of descriptors, by which the places of what they describe are given.
_PARTS = {
    "": {
        4: ("message_type", "message"),
        5: ("enum_type", "enum"),
        6: ("service", "service"),
        7: ("extension", "field"),
    },
    "message": {
        2: ("field", "field"),
        3: ("nested_type", "message"),
        4: ("enum_type", "enum"),
        6: ("extension", "field"),
        8: ("oneof_decl", "oneof"),
    },
    "enum": {2: ("value", "value")},
    "service": {2: ("method", "rpc")},
}


def _tool() -> str:
    try:
        return f"protoc of grpcio-tools {metadata.version('grpcio-tools')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("grpcio-tools is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    protoc = import_module("grpc_tools.protoc")
    descriptor = import_module("google.protobuf.descriptor_pb2")
    own = Path(protoc.__file__).parent / "_proto"
    for path in files:
        with tempfile.NamedTemporaryFile() as out:
            roots = [f"-I{parent}" for parent in (*path.parents[:6],)]
            command = [
                "protoc",
                *roots,
                f"-I{own}",
                "--include_source_info",
                f"--descriptor_set_out={out.name}",
            ]
            if protoc.main([*command, str(path)]):
                yield Reading(path=path, error="protoc does not read it")
                continue
            found = descriptor.FileDescriptorSet.FromString(Path(out.name).read_bytes()).file[0]
        yield Reading(path=path, facts=Counter(_read(found)))


def _read(file: Any) -> Iterator[Fact]:
    for place in file.source_code_info.location:
        line = place.span[0] + 1
        path = list(place.path)
        if path == [2]:
            yield Fact("definition", file.package, "package", line)
        elif path[:1] == [3] and len(path) == 2:  # noqa: PLR2004 -- the list of imports, an index
            yield Fact("import", file.dependency[path[1]], "import", line)
        elif path and len(path) % 2 == 0:
            yield from _read_place(file, path, line)


def _read_place(file: Any, path: list[int], line: int) -> Iterator[Fact]:
    node, kind, names = file, "", []
    for number, index in zip(path[::2], path[1::2], strict=True):
        if number not in _PARTS.get(kind, {}):
            return
        attribute, kind = _PARTS[kind][number]
        node = getattr(node, attribute)[index]
        names.append(node.name)
    yield Fact("definition", ".".join(names), kind, line)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found, _KINDS)
    for item in found.imports:
        yield Fact("import", item.module, "import", item.line)


def _own() -> Path:
    _tool()
    return Path(import_module("grpc_tools").__file__ or "").parent / "_proto"


ROWS = (
    Row(
        language="proto",
        suffixes=(".proto",),
        tool=_tool,
        corpora=(
            PyPI(package="googleapis-common-protos", version="1.65.0"),
            Installed(title=lambda: "what comes with protoc", folder=_own),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
