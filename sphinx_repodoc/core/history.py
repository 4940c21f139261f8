"""What the commits say of each file: how old it is, how often it changes, and what changes with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from sphinx_repodoc.core.git import iter_commits
from sphinx_repodoc.core.process import ProcessError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

_MOST_FILES = 15
"""A commit that touches more says nothing about two of them."""
_FEWEST_TIMES = 3
"""Commits that two files share before that is more than chance ..."""
_SMALLEST_SHARE = 1 / 3
"""... and the part of all commits of a file that they must be."""
_MOST_PARTNERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHistory:
    """What the commits say of one file."""

    created: str
    """ISO date of the oldest commit that touched it."""
    last_changed: str
    """ISO date of the youngest."""
    commits: int
    authors: tuple[tuple[str, int], ...]
    """(name, commits) of each author, told apart by e-mail address, most commits first."""
    partners: tuple[tuple[str, int], ...] = ()
    """(path, commits that touched both) of the files that change with it, most commits first; 10 at most."""


@dataclass(slots=True)
class _Tally:
    """The commits of one file, counted."""

    oldest: str = ""
    youngest: str = ""
    commits: int = 0
    authors: Counter[bytes] = field(default_factory=Counter)


def read_history(root: Path, paths: Container[str]) -> Mapping[str, FileHistory]:
    """Path to history of the files of a repository; empty when git cannot tell, or its log breaks off.

    :param paths: the files there are; the others are history.
    """
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    names: dict[bytes, str] = {}
    together: Counter[tuple[str, str]] = Counter()
    try:
        for commit in iter_commits(root):
            names.setdefault(commit.email, commit.name)
            touched = sorted({path for path in commit.paths if path in paths})
            for path in touched:
                _count(tallies[path], commit.date, commit.email)
            if len(commit.paths) <= _MOST_FILES:
                together.update(combinations(touched, 2))
    except (ValueError, ProcessError):
        return {}
    partners = _find_partners(together, tallies)
    return {
        path: FileHistory(
            created=tally.oldest,
            last_changed=tally.youngest,
            commits=tally.commits,
            authors=tuple((names[email], commits) for email, commits in tally.authors.most_common()),
            partners=partners.get(path, ()),
        )
        for path, tally in tallies.items()
    }


def _count(tally: _Tally, date: str, email: bytes) -> None:
    tally.oldest = min(tally.oldest or date, date)
    tally.youngest = max(tally.youngest, date)
    tally.commits += 1
    tally.authors[email] += 1


def _find_partners(
    together: Mapping[tuple[str, str], int], tallies: Mapping[str, _Tally]
) -> dict[str, tuple[tuple[str, int], ...]]:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for pair, times in together.items():
        if times >= _FEWEST_TIMES:
            for path, other in (pair, pair[::-1]):
                if times >= _SMALLEST_SHARE * tallies[path].commits:
                    found[path].append((other, times))
    return {
        path: tuple(sorted(others, key=lambda each: (-each[1], each[0]))[:_MOST_PARTNERS])
        for path, others in found.items()
    }
