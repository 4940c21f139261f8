"""Which package of Go imports which, against ``go list``: of the files that this machine compiles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import Installed
from benchmarks.accuracy.engine.edges import linked
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row
from benchmarks.accuracy.engine.tools import output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def _version() -> str:
    return output(["go", "env", "GOVERSION"]).strip().removeprefix("go")


def _root() -> Path:
    return Path(output(["go", "env", "GOROOT"]).strip(), "src").resolve()


def _packages() -> list[dict[str, Any]]:
    """Every package of the standard library and its commands, as ``go list`` describes it."""
    text = output(["go", "list", "-json", "-e", "std", "cmd"], cwd=_root())
    decoder = json.JSONDecoder()
    found = []
    while text := text.lstrip():
        package, end = decoder.raw_decode(text)
        found.append(package)
        text = text[end:]
    return found


def _sources(package: Mapping[str, Any]) -> list[Path]:
    folder = Path(package["Dir"]).resolve()
    return [folder / name for name in (*package.get("GoFiles", ()), *package.get("CgoFiles", ()))]


def _readings(files: Sequence[Path], edges: Iterable[tuple[Path, Path]]) -> Iterator[Reading]:
    """The edges between folders, each listed with the first file of its folder."""
    targets: dict[Path, set[Path]] = {}
    for source, target in edges:
        if source != target:
            targets.setdefault(source, set()).add(target)
    root = _root()
    for path in files:
        found = targets.pop(path.parent, ())
        yield Reading(
            path=path,
            facts=Counter(Fact("link", target.relative_to(root).as_posix(), "", 0) for target in found),
        )


def read_with_go(files: Sequence[Path]) -> Iterator[Reading]:
    packages = [package for package in _packages() if package.get("Dir")]
    folders = {package["ImportPath"]: Path(package["Dir"]).resolve() for package in packages}
    edges = (
        (folders[package["ImportPath"]], folders[renamed])
        for package in packages
        for name in package.get("Imports", ())
        if (renamed := package.get("ImportMap", {}).get(name, name)) in folders
    )
    return _readings(files, edges)


def read_with_linker(_row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    root = _root()
    compiled = {source for package in _packages() if package.get("Dir") for source in _sources(package)}
    edges = (
        ((root / source).parent, (root / target).parent)
        for source, target in linked(root, frozenset({"go"})).edges()
        if root / source in compiled
    )
    return _readings(files, edges)


ROWS = (
    Row(
        language="go",
        suffixes=(".go",),
        tool=lambda: f"go list of Go {_version()}",
        corpora=(Installed(title=lambda: f"packages of Go {_version()}", folder=_root),),
        authority=read_with_go,
        facts=lambda _found: (),
        measures=("link",),
        read=read_with_linker,
    ),
)
