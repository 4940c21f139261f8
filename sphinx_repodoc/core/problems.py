"""Everything that can be wrong with an input, as data.

A problem never stops a build: the page of its file says what is wrong, and the
summary counts it. ``ProblemKind`` is the one list of them; the reference page
of the documentation is generated from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What is wrong with a file. The value is the subtype of the warning, if one is asked for."""

    NOT_UTF8 = "not-utf8"
    """The text is not UTF-8; it was decoded with the encoding that the problem names."""
    UNDECODABLE = "undecodable"
    """No encoding fits the bytes, or an escape names half of a character: what cannot be decoded is shown as U+FFFD."""
    NUL_BYTE = "nul-byte"
    """A file named as text holds a NUL byte; it is treated as binary."""
    SYNTAX = "syntax"
    """The parser met a syntax error. Facts before and after it are kept."""
    UNREADABLE = "unreadable"
    """The operating system refused to read the file."""
    VANISHED = "vanished"
    """The file was there when the repository was listed and gone when it was read."""
    DANGLING_LINK = "dangling-link"
    """A symbolic link whose target does not exist."""
    OUTWARD_LINK = "outward-link"
    """A symbolic link that leads out of the repository. It is not followed."""
    TOO_LARGE = "too-large"
    """The file is over the size cap (``repodoc_max_size``) and was not parsed."""
    TIMEOUT = "timeout"
    """The parser was stopped, for the steps or the memory it took, or at the time limit (``repodoc_time_limit``)."""
    PARSER_CRASH = "parser-crash"
    """The parser ended abnormally on this file; the file has no facts."""
    UNCHECKED = "unchecked"
    """An analyzer failed on this file, for example for its deep nesting. It has no findings of that analyzer."""
    MARKUP = "markup"
    """A README has more markup than is rendered, or is nested too deeply: the rest of it is not shown on the page
    of its folder, or parts of it are shown as plain text."""
    COVERAGE = "coverage"
    """A file named as a report of test coverage cannot be read as one."""
    SPECIAL_FILE = "special-file"
    """A socket, pipe or device: it is listed and never opened."""
    UNDECODABLE_NAME = "undecodable-name"
    """The name of the file is not UTF-8; it is shown with its undecodable bytes escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with one file."""

    kind: ProblemKind
    message: str
    """A full sentence for the reader of the page, without the name of the file."""
    line: int = 0
    """Where, counting from 1; 0 when it concerns the whole file."""


def no_problems(_path: str, _text: bytes) -> tuple[Problem, ...]:
    """Find nothing wrong with the text of a file: for callers that have nothing else to look for."""
    return ()


class RepodocError(Exception):
    """Misuse of the package by its caller. Bad input never raises it."""
