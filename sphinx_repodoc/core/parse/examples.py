"""Examples in documentation: sessions of Python (``>>>``) and fenced code of Rust, as lines of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROMPT = re.compile(r"\s*>>>(?: |$)")
_FENCE = re.compile(r"\s*(`{3,}+|~{3,}+)\s*(.*)")
_RUST = frozenset(
    {"rust", "should_panic", "no_run", "ignore", "edition2015", "edition2018", "edition2021", "edition2024"}
)
"""Words behind a fence that do not make its text anything but Rust to run."""


def find_sessions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, last) index of the lines of each session; sessions with nothing but empty lines between are one.

    :param lines: of a docstring. An empty line ends what a prompt has printed.
    """
    first, last, is_open = -1, -1, False
    for index, line in enumerate(lines):
        if _PROMPT.match(line):
            if first < 0:
                first = index
            is_open = True
        elif not line.strip():
            is_open = False
            continue
        if is_open:
            last = index
        elif first >= 0:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def find_fences(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """(first, last) index of the lines inside each fence that holds Rust; nothing of one that is not closed."""
    fence, start, is_rust = "", 0, False
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if match is None:
            continue
        if not fence:
            words = re.split(r"[\s,]+", match[2].strip())
            fence, start, is_rust = match[1], index + 1, {*words} - {""} <= _RUST
        elif match[1].startswith(fence) and not match[2]:
            if is_rust and index > start:
                yield start, index - 1
            fence = ""
