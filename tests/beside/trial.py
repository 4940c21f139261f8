"""Tries one published extension: each step with ours and without, and what differs."""

from __future__ import annotations

import re
import shutil
from dataclasses import asdict, dataclass
from enum import Enum
from typing import TYPE_CHECKING

from beside.running import Build, build, new_warnings, other_pages
from beside.sample import PREFIX, STEPS, Repository, Step, make_repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from beside.catalogue import Published

_SUFFIX = {"html": ".html", "epub": ".xhtml"}
_INSTALLED = re.compile(r"(?<=\").*site-packages/")
"""Where packages lie on the machine that wrote the page."""
_ERROR = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit)\b(?!.*WARNING)")
"""The line of a traceback that says what was raised."""
_SERIAL = "is not safe for parallel"


class Outcome(Enum):
    """How a trial ended."""

    WORKS = "works"
    """Every step is as without our extension, and our pages are there."""
    FAILS = "fails"
    """A step is not."""
    UNTESTABLE = "cannot be tested"
    """It does not build without our extension either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was found for one extension."""

    name: str
    package: str
    version: str
    sphinx: str
    theme: bool
    outcome: str
    jobs: int
    """Processes of its builds: it may not be made for more than one."""
    faults: tuple[str, ...]
    """Step and what is wrong there."""
    setting: str
    note: str

    def row(self) -> dict[str, object]:
        """Give it as JSON has it."""
        return asdict(self)


class _Untestable(Exception):  # noqa: N818 (it says something of the other extension)
    """The build without our extension ends."""


def try_beside(
    python: str,
    published: Published,
    folder: Path,
    versions: dict[str, str],
    *,
    steps: Sequence[Step] = STEPS,
    jobs: int = 0,
) -> Trial:
    """Build the steps with an extension, with ours beside it and without.

    :param jobs: processes of a build; as many as the extension can be used with when it is 0.
    """
    shutil.rmtree(folder, ignore_errors=True)
    ours = make_repository(folder / "with" / "shop", published, ours=True)
    theirs = make_repository(folder / "without" / "shop", published, ours=False)
    faults: list[str] = []
    said: list[Build] = []
    try:
        jobs = jobs or _jobs(python, theirs)
        for step in steps:
            faults += [
                f"{step.name}: {fault}" for fault in _faults(python, step, ours, theirs, jobs=jobs, said=said)
            ]
        outcome = Outcome.FAILS if faults else Outcome.WORKS
    except _Untestable as error:
        outcome = Outcome.UNTESTABLE
        faults.append(str(error))
    return Trial(
        name=published.name,
        package=published.package,
        version=versions.get(published.package, ""),
        sphinx=versions.get("sphinx", ""),
        theme=published.theme,
        outcome=outcome.value,
        jobs=jobs,
        faults=tuple(faults),
        setting=published.setting,
        note=published.note,
    )


def _out(repository: Repository) -> Path:
    return repository.root.parent / "out"


def _jobs(python: str, theirs: Repository) -> int:
    """How many processes the extension can be used with."""
    first = build(python, theirs, _out(theirs), "html", "-j2")
    shutil.rmtree(_out(theirs), ignore_errors=True)
    return 1 if any(_SERIAL in line for line in first.warned) else 2


def _faults(
    python: str, step: Step, ours: Repository, theirs: Repository, *, jobs: int, said: list[Build]
) -> list[str]:
    builds: dict[bool, Build] = {}
    for repository in (theirs, ours):
        step.change(repository)
        builds[repository.ours] = build(
            python, repository, _out(repository), step.builder, f"-j{jobs}", last=step.last
        )
    if builds[False].crashed:
        message = f"{step.name}: {cause(builds[False])}"
        raise _Untestable(message)
    said.append(builds[False])
    if builds[True].crashed:
        return [cause(builds[True])]
    return [
        *new_warnings(builds[True], said),
        *_missing(_out(ours) / step.builder, step),
        *_others(step, ours, theirs),
    ]


def cause(build: Build) -> str:
    """What a build ended with: the error raised first, and where."""
    lines = [line.strip() for line in build.warned]
    error = next((index for index, line in enumerate(lines) if _ERROR.match(line)), None)
    if error is None:
        return " / ".join(lines[-3:])
    frame = next((line for line in reversed(lines[:error]) if line.startswith("File ")), "")
    return f"{lines[error]} ({_INSTALLED.sub('', frame)})"


def _missing(out: Path, step: Step) -> list[str]:
    suffix = _SUFFIX.get(step.builder)
    if suffix is None:
        return []
    found = {
        path.relative_to(out / PREFIX).as_posix().removesuffix(suffix)
        for path in (out / PREFIX).rglob(f"*{suffix}")
    }
    return [
        *(f"our page {name} is missing" for name in sorted(step.there - found)),
        *(f"our page {name} is still there" for name in sorted(step.gone & found)),
    ]


def _others(step: Step, ours: Repository, theirs: Repository) -> list[str]:
    if step.builder not in _SUFFIX:
        return []
    roots = {str(each.root): "ROOT" for each in (ours, theirs)}
    return [*other_pages(_out(ours) / step.builder, _out(theirs) / step.builder, PREFIX, roots)]
