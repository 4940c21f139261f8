"""Authorities that are programs of their own."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import cache_folder
from benchmarks.accuracy.engine.protocol import Fact, Reading, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AUTHORITIES = Path(__file__).resolve().parent.parent / "authorities"


def find(program: str) -> str:
    """Path of a program, or :class:`Unavailable`."""
    path = shutil.which(program)
    if path is None:
        raise Unavailable(f"{program} is not installed.")
    return path


def output(
    command: Sequence[str], *, text: str = "", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """What a program prints; its failure is :class:`Unavailable` with what it said last."""
    done = subprocess.run(
        [find(command[0]), *command[1:]],
        input=text,
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise Unavailable(f"{' '.join(command)} failed: {said}")
    return done.stdout


def built(source: str, command: Sequence[str]) -> Path:
    """The program that a compiler makes of an authority, whose path is put behind ``command``: made once."""
    path = AUTHORITIES / source
    version = output([command[0], "--version"]).encode()
    digest = hashlib.sha256(path.read_bytes() + version).hexdigest()[:16]
    program = cache_folder() / "built" / f"{path.stem}-{digest}"
    if not program.exists():
        program.parent.mkdir(parents=True, exist_ok=True)
        output([*command, str(program), str(path)])
    return program


def read_lines(
    command: Sequence[str],
    files: Sequence[Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[Reading]:
    """Run an authority once over all files.

    It reads their paths from standard input, a line each, and prints an object a line:
    ``{"path": "…", "facts": [["definition", "A.f", "method", 3], …]}``, or ``{"path": "…", "error": "…"}``
    for a file that it cannot read.
    """
    printed = output(command, text="".join(f"{path}\n" for path in files), cwd=cwd, env=env)
    for line in filter(None, printed.split("\n")):
        found = json.loads(line)
        yield Reading(
            path=Path(found["path"]),
            facts=Counter(Fact(*fact) for fact in found.get("facts") or ()),
            error=found.get("error", ""),
        )
