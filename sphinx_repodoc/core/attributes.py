"""What ``.gitattributes`` files say of files, as far as forges show it: generated, vendored, documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.patterns import compile_line

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

NAME = ".gitattributes"
LINGUIST = ("linguist-generated", "linguist-vendored", "linguist-documentation")
_VALUES = {"": True, "true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What one line says of one attribute."""

    path: str
    """Of the file that has the line."""
    line: int
    pattern: str
    value: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    regex: re.Pattern[str]
    name: str
    value: bool | None
    """``None`` when the line takes back what lines before it say."""
    said: Attribute


class GitAttributes:
    """The attributes of a repository; of several files the nearest decides, and in one the last line."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Read the files.

        :param texts: path of each ``.gitattributes`` file to its text.
        """
        self._rules = {path.removesuffix(NAME): [*_iter_rules(path, text)] for path, text in texts.items()}

    def find(self, path: str) -> dict[str, Attribute]:
        """Name of each attribute that is set or unset for a file to the line that decides."""
        found: dict[str, Attribute | None] = {}
        folder = path
        while folder:
            folder = folder.rstrip("/").rpartition("/")[0]
            folder += "/" if folder else ""
            for rule in reversed(self._rules.get(folder, ())):
                if rule.name not in found and _matches(rule.regex, path[len(folder) :]):
                    found[rule.name] = None if rule.value is None else rule.said
        return {name: said for name, said in found.items() if said is not None}


def _matches(regex: re.Pattern[str], path: str) -> bool:
    """Whether a pattern is for a file itself: those for a folder say nothing of what it holds."""
    match = regex.match(path)
    return match is not None and not match.groupdict().get("ps_d")


def _iter_rules(path: str, text: str) -> Iterator[_Rule]:
    for number, line in enumerate(text.split("\n"), 1):
        pattern, *words = line.split() or ["#"]
        if pattern.startswith(("#", "!", "[attr]", '"')) or not any("linguist-" in word for word in words):
            continue
        regex = compile_line(pattern)
        for word in words if regex else ():
            name, _, value = word.lstrip("-!").partition("=")
            if regex is None or name not in LINGUIST or value.lower() not in _VALUES:
                continue
            set_to = None if word.startswith("!") else _VALUES[value.lower()] and not word.startswith("-")
            said = Attribute(path=path, line=number, pattern=pattern, value=bool(set_to))
            yield _Rule(regex, name, set_to, said)
