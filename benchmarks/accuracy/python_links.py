"""Where imports of Python lead, against ``ruff analyze graph`` and against Python's own import system.

Ruff looks for a module in all places where packages begin, for every file alike, so that it takes ``tests`` of another
distribution, or a folder of examples for a third party's package. Its edges that the import system does not confirm are
counted apart.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections import Counter
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import GitHub, PyPI
from benchmarks.accuracy.engine.edges import linked, readings, root_of
from benchmarks.accuracy.engine.finder import Finder
from benchmarks.accuracy.engine.protocol import Apart, Known, Reading, Row
from benchmarks.accuracy.engine.tools import output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.accuracy.engine.protocol import Difference

_LANGUAGES = frozenset({"python"})
_RUFF = (sys.executable, "-m", "ruff")
_UNCONFIRMED = "edges of Ruff that Python's import system does not confirm"


@cache
def _folders(root: Path) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder, _, _ in os.walk(root))


@cache
def _finder(root: Path) -> Finder:
    return Finder(root, [folder for folder in _folders(root) if folder.name == "src"])


def read_with_finder(ending: str, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    return readings(
        root,
        files,
        (
            (path.relative_to(root).as_posix(), target)
            for path in files
            for target in _finder(root).edges(path)
        ),
    )


def read_with_ruff(ending: str, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    graph = json.loads(
        output([*_RUFF, "analyze", "graph", "--isolated", "--preview", *_layout(root), str(root)], cwd=root)
    )
    edges = ((source, target) for source, targets in graph.items() for target in targets)
    named = ((_relative(root, source), _relative(root, target)) for source, target in edges)
    for reading in readings(root, files, named):
        confirmed = set(_finder(root).edges(reading.path)) if reading.facts else set()
        wrong = [fact for fact in reading.facts if fact.name.removesuffix("i") not in confirmed]
        apart = tuple(Apart(_UNCONFIRMED, 0, 0, "edge") for _ in wrong)
        yield replace(reading, facts=reading.facts - Counter(wrong), apart=apart)


def _layout(root: Path) -> Iterator[str]:
    """Ruff wants to be told where packages begin, and which of them have no file of their own."""
    folders = [folder.relative_to(root) for folder in _folders(root)]
    sources = [folder.as_posix() for folder in folders if folder.name == "src"] or [".", "src"]
    spaces = [
        folder.as_posix()
        for folder in folders
        if "src" in folder.parent.parts and not (root / folder / "__init__.py").exists()
    ]
    for name, value in (("src", sources), ("namespace-packages", spaces)):
        yield from ("--config", f"{name}={json.dumps(value)}")


def _relative(root: Path, path: str) -> str:
    return os.path.relpath(root / path, root)


def read_with_linker(ending: str, _row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    root = root_of(files, ending)
    return readings(root, files, linked(root, _LANGUAGES).edges())


def _is_found(ending: str, difference: Difference) -> bool:
    """Whether Python itself finds what Ruff does not."""
    root = root_of([difference.path], ending)
    return not difference.is_missing and difference.fact.name in set(_finder(root).edges(difference.path))


def _rows(ending: str, corpus: GitHub | PyPI) -> Iterator[Row]:
    found = Known(
        name="found by Python's import system",
        reason="Python itself finds the module there, beside the file or in its own distribution.",
        matches=partial(_is_found, ending),
    )
    row = Row(
        language="python",
        suffixes=(".py", ".pyi"),
        tool=lambda: output([*_RUFF, "--version"]).strip(),
        corpora=(corpus,),
        authority=partial(read_with_ruff, ending),
        facts=lambda _found: (),
        known=(found,),
        measures=("link",),
        read=partial(read_with_linker, ending),
    )
    yield row
    yield replace(
        row,
        suffixes=(".py",),
        tool=lambda: f"importlib of Python {platform.python_version()}",
        authority=partial(read_with_finder, ending),
        known=(),
    )


_MONOREPO = "0a5d76b65094a4bad414e0c0ab68981fc266f0a9"
ROWS = (
    *_rows("/django-5.2.7", PyPI(package="Django", version="5.2.7")),
    *_rows(
        f"opentelemetry-python-{_MONOREPO}",
        GitHub(package="open-telemetry/opentelemetry-python", version=_MONOREPO),
    ),
)
