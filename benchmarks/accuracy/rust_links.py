"""Which files the modules of a crate lead to, against the compiler.

``cargo metadata`` names the crates of a workspace, ``rustc --emit=dep-info`` the files that it reads for each. A fact
stands with the file that a crate begins with.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.edges import linked, root_of
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row
from benchmarks.accuracy.engine.tools import find, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE = re.compile(r"^(\S.*\.rs):$", re.MULTILINE)


def _tool() -> str:
    find("cargo")
    return output(["rustc", "--version"]).partition("(")[0].strip()


def _crates(root: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """First file of each target -> its package and the target."""
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--offline"]
    packages = json.loads(output(command, cwd=root))["packages"]
    targets = ((package, target) for package in packages for target in package["targets"])
    return {os.path.relpath(target["src_path"], root): (package, target) for package, target in targets}


def _compiled(root: Path, package: dict[str, Any], target: dict[str, Any]) -> set[str]:
    """The files that rustc reads, with all features and as for tests; it need not get further than that."""
    features = [word for name in package["features"] for word in ("--cfg", f'feature="{name}"')]
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch, "files.d")
        command = [find("rustc"), "--edition", target["edition"], f"--emit=dep-info={listed}"]
        command += [
            "--crate-type",
            "lib",
            "--crate-name",
            "x",
            "--cfg",
            "test",
            *features,
            target["src_path"],
        ]
        subprocess.run(command, cwd=root, capture_output=True, check=False)
        text = listed.read_text("utf-8") if listed.exists() else ""
    return {os.path.relpath(root / name.replace("\\ ", " "), root) for name in _FILE.findall(text)}


def read_with_rustc(ending: str, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    crates = _crates(root)
    names = {path.relative_to(root).as_posix() for path in files}
    for path in files:
        name = path.relative_to(root).as_posix()
        found = _compiled(root, *crates[name]) & names - {name} if name in crates else set()
        yield Reading(path=path, facts=Counter(Fact("link", each, "module", 0) for each in found))


def read_with_linker(ending: str, _row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    """The files that declarations of modules lead to, directly and through others."""
    root = root_of(files, ending)
    found = linked(root, frozenset({"rust"}))
    inner: dict[str, set[str]] = {}
    for source, resolved in found.links.imports.items():
        declared = (each for each in resolved if found.facts[source].imports[each.index].form == "mod")
        inner[source] = {target for each in declared for target in each.targets}
    crates = _crates(root)
    for path in files:
        name = path.relative_to(root).as_posix()
        seen, todo = {name}, [name] if name in crates else []
        while todo:
            new = inner.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        yield Reading(path=path, facts=Counter(Fact("link", each, "module", 0) for each in seen - {name}))


_VERSIONS = {
    "rust-lang/rust-analyzer": "d2e55da49132fa70a13dfbdc99122432b02cf464",
    "BurntSushi/ripgrep": "3fce3b5bb0236da2df6d99672afb8a719642eca7",
}
ROWS = tuple(
    Row(
        language="rust",
        suffixes=(".rs",),
        tool=_tool,
        corpora=(GitHub(package=package, version=version),),
        authority=partial(read_with_rustc, ending),
        facts=lambda _found: (),
        measures=("link",),
        read=partial(read_with_linker, ending),
    )
    for package, version in _VERSIONS.items()
    for ending in (f"{package.replace('/', '+')}-{version}",)
)
