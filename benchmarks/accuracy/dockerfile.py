"""Dockerfiles against dockerfile-parse: stages, arguments, variables, labels, ports, and images."""

from __future__ import annotations

import io
import re
import shlex
from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_KINDS = frozenset({"stage", "argument", "variable", "label", "port", "entrypoint", "command"})


def _tool() -> str:
    try:
        return f"dockerfile-parse {metadata.version('dockerfile-parse')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("dockerfile-parse is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    parse = import_module("dockerfile_parse").DockerfileParser
    for path in files:
        text = path.read_bytes().replace(b"\r\n", b"\n")
        if b"<<" in text:
            yield Reading(path=path, error="the library does not read documents in a Dockerfile")
            continue
        parser = parse(fileobj=io.BytesIO(text))
        try:
            yield Reading(path=path, facts=Counter(_read(parser.structure)))
        except ValueError as error:
            yield Reading(path=path, error=str(error))


def _read(structure: list[dict[str, Any]]) -> Iterator[Fact]:  # noqa: C901 -- a case an instruction
    scope, stages, seen = "", set(), set()
    defaults: dict[str, str] = {}
    has_stage = False
    for each in structure:
        word, value, line = each["instruction"], each["value"], each["startline"] + 1
        found: list[tuple[str, str]] = []
        if word == "FROM":
            has_stage, scope = True, ""
            match = re.match(r"(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?", value, re.IGNORECASE)
            image = re.sub(r"\$\{?(\w+)\}?", lambda name: defaults.get(name[1], name[0]), match[1])
            if image.lower() not in stages | {"scratch"} and "$" not in image:
                yield Fact("import", image, "FROM", line)
            if match[2]:
                scope = match[2]
                stages.add(scope.lower())
                yield Fact("definition", scope, "stage", line)
        elif word == "ARG":
            for part in shlex.split(value):
                name, _, default = part.partition("=")
                found.append((name, "argument"))
                if not has_stage:
                    defaults[name] = default
        elif word in {"ENV", "LABEL"}:
            parts = shlex.split(value)
            kind = "variable" if word == "ENV" else "label"
            pairs = [part.partition("=")[0] for part in parts if "=" in part]
            found += [(name, kind) for name in (pairs if "=" in parts[0] else parts[:1])]
        elif word == "EXPOSE":
            found += [(part, "port") for part in value.split() if "$" not in part]
        for name, kind in found:
            qualname = f"{scope}.{name}" if scope else name
            if (qualname, kind) not in seen:
                seen.add((qualname, kind))
                yield Fact("definition", qualname, kind, line)


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found, _KINDS - {"entrypoint", "command"})
    for item in found.imports:
        if item.form == "FROM":
            yield Fact("import", item.module, "FROM", item.line)


ROWS = (
    Row(
        language="dockerfile",
        suffixes=("Dockerfile",),
        tool=_tool,
        corpora=(PyPI(package="jupyterhub", version="5.2.1"), PyPI(package="numpy", version="2.1.0")),
        authority=read_files,
        facts=facts_of,
    ),
)
