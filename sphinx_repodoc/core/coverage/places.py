"""Which file of the repository a name in a report means.

Reports name files as the machine that made them had them: absolute, below
another folder, or by the path of a package. One rule is looked for that fits
most names of a report: so many folders are taken off, another is put before.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sphinx_repodoc.core.coverage.records import Measured, Report

_DEEPEST = 64
"""No name has more folders; longer ones are not looked for."""


def locate(report: Report, files: Collection[str]) -> tuple[dict[str, Measured], tuple[str, ...]]:
    """Path of each file of the repository that a report names to its lines, and the names of all others.

    :param files: the paths of the repository.
    """
    above = list(_folders_above(report.path))
    votes: Counter[tuple[str, str]] = Counter()
    for each in report.measured:
        votes.update({rule for name in each.names for rule in _rules(_normal(name), above, files)})
    if not votes:
        return {}, tuple(sorted(each.names[0] for each in report.measured))
    off, on = min(votes, key=lambda rule: (-votes[rule], len(rule[0]), len(rule[1])))
    found: dict[str, Measured] = {}
    unknown = []
    for each in report.measured:
        path = next(_applied(each.names, off, on, files), "")
        if path and path not in found:
            found[path] = each
        else:
            unknown.append(each.names[0])
    return found, tuple(sorted(unknown))


def _normal(name: str) -> str:
    """With slashes, without ``.`` and ``..``; still absolute when it was."""
    return posixpath.normpath(name.strip().replace("\\", "/")).removeprefix("./")


def _folders_above(path: str) -> Iterator[str]:
    """The root first, then each folder down to the one that holds the report; with a slash at the end."""
    yield ""
    for index, sign in enumerate(path):
        if sign == "/":
            yield path[: index + 1]


def _rules(name: str, above: Sequence[str], files: Collection[str]) -> Iterator[tuple[str, str]]:
    """(what to take off, what to put before) that make a name that of a file."""
    parts = name.split("/")
    if len(parts) > _DEEPEST:
        return
    start = 0
    for part in parts:
        rest = name[start:]
        for folder in above:
            if folder + rest in files:
                yield name[:start], folder
        start += len(part) + 1


def _applied(names: Sequence[str], off: str, on: str, files: Collection[str]) -> Iterator[str]:
    for name in map(_normal, names):
        if name.startswith(off) and on + name[len(off) :] in files:
            yield on + name[len(off) :]
