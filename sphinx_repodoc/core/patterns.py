"""Patterns in the style of ``.gitignore``, safe to take from a hostile repository.

Used for ignore files without git, for the include and exclude options and for
CODEOWNERS.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

_STARS = re.compile(r"\*+")
_CONTENT = re.compile(r"(?<=[^/])/\*\*[ \t]*$")
"""``inner/**`` is what ``inner`` holds, but pathspec takes it for the folder too."""
_MOST_STARS = 6
_MOST_STARS_A_NAME = 3


def is_tame(pattern: str) -> bool:
    """Whether matching a pattern cannot take for ever.

    A regular expression made of a pattern tries every way to share a name out
    between its stars: the cost grows with the length to the power of the stars.
    Patterns that people write have two or three.
    """
    return len(_STARS.findall(pattern)) <= _MOST_STARS and all(
        len(_STARS.findall(name)) <= _MOST_STARS_A_NAME for name in pattern.split("/")
    )


def compile_line(line: str) -> re.Pattern[str] | None:
    """Regular expression of one pattern; ``None`` for comments, blank lines and what is no pattern.

    It matches at the start of a path relative to the folder of the pattern.
    Folders are given with a slash at the end.
    """
    spec = _spec([line])
    if spec is None:
        return None
    regex = next((pattern.regex for pattern in spec.patterns), None)
    return regex if isinstance(regex, re.Pattern) else None


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    tame = [_CONTENT.sub("/**/*", line) for line in lines if is_tame(line)]
    with _quiet_expressions():
        try:
            return GitIgnoreSpec.from_lines(tame)
        except (
            ValueError,
            re.error,
        ):  # a line such as "!" or "[z-a]"; one of them must not disable the others
            return None if len(lines) == 1 else GitIgnoreSpec.from_lines(filter(_is_pattern, tame))


def _quiet_expressions() -> warnings.catch_warnings[None]:
    """Python warns about a set such as ``[[a]``; only the author of the pattern could change it."""
    return warnings.catch_warnings(action="ignore", category=FutureWarning)


def _is_pattern(line: str) -> bool:
    return _spec([line]) is not None


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


def _union(spec: GitIgnoreSpec) -> re.Pattern[str]:
    """What any of the patterns matches. Most paths are matched by none, and are done with in one search."""
    found = [pattern.regex.pattern for pattern in spec.patterns if isinstance(pattern.regex, re.Pattern)]
    # groups are named alike in all of them, and nobody asks for what they matched
    with _quiet_expressions():
        return re.compile("|".join(_NAMED_GROUP.sub("(?:", f"(?:{each})") for each in found) or r"(?!)")


class Patterns:
    """Lines of one ignore file or one option; the last that matches decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._spec = _spec(list(lines)) or GitIgnoreSpec.from_lines([])
        self._any = _union(self._spec)
        self.has_exceptions = any(pattern.include is False for pattern in self._spec.patterns)

    def __bool__(self) -> bool:
        return any(pattern.include is not None for pattern in self._spec.patterns)

    def verdict(self, path: str) -> bool | None:
        """Say ``True`` when a pattern matches, ``False`` for an exception (``!``), ``None`` when none does.

        :param path: relative to the folder of the patterns, folders with a slash at the end.
        """
        return self._spec.check_file(path).include if self._any.match(path) else None

    def match(self, path: str) -> bool:
        return bool(self.verdict(path))
