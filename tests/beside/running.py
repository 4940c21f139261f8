"""Runs sphinx-build, and tells what two builds have in common."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from beside.sample import Repository

TIME_LIMIT = 600
"""Seconds after which a build counts as hanging."""
_OURS = re.compile(r"<link\b[^>]*\brepodoc\b[^>]*>|<script\b[^>]*\brepodoc\b[^>]*></script>")
_NOISE = re.compile(r"\x1b\[[0-9;]*m|\?v=[0-9a-f]{8}|\bSNCB-[0-9a-f]{8}")
"""Colours, digests of assets, and what sphinx-needs draws at random."""
_SECOND = re.compile(
    r"(?<=\b\d\d:\d\d):\d\d(?:\.\d+)?|\b0x[0-9a-f]{6,}|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|sphinx-err-\w+"
)
_NOT_THE_USERS = re.compile(r"(?:genindex|search|py-modindex)(?:-\w+)?\.x?html")


@dataclass(frozen=True, slots=True)
class Build:
    """What one run of sphinx-build said."""

    status: int
    said: str
    """Its output for people, without colours and the paths of this run."""
    warned: tuple[str, ...]
    """The lines of its warnings, and of what it ended with."""

    @property
    def crashed(self) -> bool:
        """Whether it ended otherwise than by warnings."""
        return self.status not in {0, 1} or any(line.lstrip().startswith("Traceback") for line in self.warned)


def build(
    python: str,
    repository: Repository,
    out: Path,
    builder: str,
    *arguments: str,
    last: bool = False,
    docs: str = "docs",
) -> Build:
    """Build the documentation of a repository."""
    command = [python, "-m", "sphinx", "-W", "--keep-going", "-n", "-T", "-b", builder, "-d", str(out / "doctrees"),
               *arguments, str(repository.root / docs), str(out / builder)]  # fmt: skip
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("READTHEDOCS", "PYTHON", "SPHINX"))}
    environ |= {"NO_COLOR": "1", "PYTHONHASHSEED": "0"} | ({"LISTED_LAST": "1"} if last else {})
    try:
        done = subprocess.run(
            command,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIME_LIMIT,
            cwd=out.parent,
        )
    except subprocess.TimeoutExpired:
        return Build(2, "", (f"no end after {TIME_LIMIT} seconds",))
    # Sphinx puts the working folder before the place of a docstring without a file
    paths = {str(out): "OUT", str(repository.root): "ROOT", str(out.parent): "HERE"}
    said, warned = (_plain(text, paths) for text in (done.stdout, done.stderr))
    return Build(done.returncode, said, tuple(line for line in warned.splitlines() if line.strip()))


def _plain(text: str, paths: dict[str, str]) -> str:
    for path, name in paths.items():
        text = text.replace(path, name)
    return _SECOND.sub("", _NOISE.sub("", text))


def new_warnings(ours: Build, theirs: Iterable[Build]) -> list[str]:
    """What a build says that its twins do not; Sphinx repeats some of it whenever it has read something."""
    known = {line for build in theirs for line in build.warned}
    return [line for line in dict.fromkeys(ours.warned) if line not in known]


def other_pages(ours: Path, theirs: Path, prefix: str, roots: dict[str, str]) -> Iterator[str]:
    """Pages of the user that are not the same beside our extension, with their first line that differs."""
    for path in sorted(theirs.rglob("*.*html")):
        name = path.relative_to(theirs).as_posix()
        if name.startswith((f"{prefix}/", "_static/")) or _NOT_THE_USERS.fullmatch(name):
            continue
        mine = ours / name
        if not mine.is_file():
            if not _is_left_over(theirs, name.rpartition(".")[0]):
                yield f"{name} is missing"
        elif differing := _difference(_lines(mine, roots), _lines(path, roots)):
            yield f"{name} has {differing}"


def _is_left_over(out: Path, docname: str) -> bool:
    """Whether Sphinx alone has left the page of a document that is no more, which this extension deletes."""
    index = out / "searchindex.js"
    was_read = (out.parent / "doctrees" / f"{docname}.doctree").is_file()
    return was_read and index.is_file() and f'"{docname}"' not in index.read_text("utf-8")


def _lines(path: Path, roots: dict[str, str]) -> list[str]:
    text = _plain(_OURS.sub("", path.read_text("utf-8")), roots)
    return [line.strip() for line in text.splitlines() if line.strip()]


def _difference(ours: list[str], theirs: list[str]) -> str:
    if ours == theirs:
        return ""
    pairs = zip([*ours, ""], [*theirs, ""], strict=False)
    mine, other = next((mine, other) for mine, other in pairs if mine != other)
    return f"{mine[:300]!r} instead of {other[:300]!r}"
