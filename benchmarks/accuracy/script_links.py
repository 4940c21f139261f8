"""Where imports of TypeScript and JavaScript lead, against dependency-cruiser.

It takes the aliases of ``tsconfig.json``. Nothing is installed, so a package of a workspace is found by both sides only
where an alias or the workspace itself leads to it.
"""

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.edges import linked, readings, root_of
from benchmarks.accuracy.engine.protocol import Reading, Row
from benchmarks.accuracy.engine.tools import output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LANGUAGES = frozenset({"javascript", "typescript", "tsx"})
_SUFFIXES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")


def _tool() -> str:
    return f"dependency-cruiser {output(['depcruise', '--version']).strip()}"


def read_with_cruiser(ending: str, folder: str, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    command = ["depcruise", "--no-config", "--ts-pre-compilation-deps", "--output-type", "json"]
    command += ["--ts-config", "tsconfig.json"] if (root / "tsconfig.json").exists() else []
    found = json.loads(
        output([*command, folder], cwd=root, env=os.environ | {"NODE_OPTIONS": "--max-old-space-size=3000"})
    )
    seen = {os.path.normpath(module["source"]) for module in found["modules"]}
    edges = (
        (os.path.normpath(module["source"]), os.path.normpath(each["resolved"]))
        for module in found["modules"]
        for each in module["dependencies"]
        if not each.get("couldNotResolve")
    )
    for reading in readings(root, files, edges):
        is_seen = reading.path.relative_to(root).as_posix() in seen
        yield reading if is_seen else Reading(path=reading.path, error="dependency-cruiser does not enter it")


def read_with_linker(ending: str, _row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    return readings(root, files, linked(root, _LANGUAGES).edges())


def _row(folder: str, package: str, version: str) -> Row:
    ending = f"{package.replace('/', '+')}-{version}"
    return Row(
        language="typescript",
        suffixes=_SUFFIXES,
        tool=_tool,
        corpora=(GitHub(package=package, version=version, include=(f"{folder}/*",), exclude=("*.d.ts",)),),
        authority=partial(read_with_cruiser, ending, folder),
        facts=lambda _found: (),
        measures=("link",),
        read=partial(read_with_linker, ending),
    )


ROWS = (
    _row("packages", "vuejs/core", "e2bede96134f757aad5c5b33ac9be055022dbfc8"),
    _row("packages", "excalidraw/excalidraw", "4872083c044491b6d5c96ae134a75464f96d6831"),
)
