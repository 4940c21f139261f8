"""Who owns a file, by the rules of a ``CODEOWNERS`` file of GitHub, GitLab, Gitea or Bitbucket."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.patterns import compile_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Matcher = Callable[[str], object]

LOCATIONS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the file may lie; the first that exists counts."""

_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?:\s+(?P<owners>.*))?")
_WORD = re.compile(r"(?:\\.|\S)+")
_GLOB = re.compile(r"[*?\[\\]")
_SUFFIX = re.compile(r"\*\.[^*?\[\\/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRule:
    """One line of the file."""

    pattern: str
    owners: tuple[str, ...]
    """As written: ``@user``, ``@org/team``, an address. Empty: the files it matches have none."""
    line: int


@dataclass(slots=True)
class _Section:
    """Rules of one section.

    Most rules name a file, a folder or a suffix: they are looked up by the path
    and the folders above it, and the greatest index wins. Only those with other
    wildcards are tried one after another, and of these only the ones that begin
    with the path's top folder or with a wildcard.
    """

    default: tuple[str, ...] = ()
    rules: list[OwnerRule] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Paths of files or folders; a slash at the end for folders only."""
    names: dict[str, int] = field(default_factory=dict)
    """Names at any depth, likewise."""
    suffixes: dict[str, int] = field(default_factory=dict)
    """``.ext`` of ``*.ext``, at any depth."""
    globs: dict[str, list[tuple[int, _Matcher]]] = field(default_factory=dict)
    """Top folder, or nothing when it is a wildcard, to patterns in the order of their lines."""
    everything: int = -1

    def add(self, rule: OwnerRule) -> None:
        index = len(self.rules)
        pattern = rule.pattern
        body = pattern.strip("/").replace("\\ ", " ")
        anchored = "/" in pattern.rstrip("/")
        if pattern in {"*", "**", "/**", "/"}:
            self.everything = index
        elif not _GLOB.search(body):
            table = self.places if anchored else self.names
            table[f"{body}/" if pattern.endswith("/") else body] = index
        elif not anchored and _SUFFIX.fullmatch(pattern):
            self.suffixes[pattern[1:]] = index
        else:
            matcher = _glob_matcher(pattern)
            if matcher is None:
                return
            top = body.partition("/")[0] if anchored else ""
            self.globs.setdefault("" if _GLOB.search(top) else top, []).append((index, matcher))
        self.rules.append(rule)

    def find(self, path: str) -> OwnerRule | None:
        """Find the last rule that matches a file."""
        folders = path.split("/")
        name = folders.pop()
        best = max(self.everything, self.places.get(path, -1), self._find_name(name, ""))
        place = ""
        for folder in folders:
            place += folder
            best = max(best, self.places.get(place, -1), self._find_name(folder, "/"))
            place += "/"
            best = max(best, self.places.get(place, -1))
        for top in ("", folders[0] if folders else name):
            for index, matches in reversed(self.globs.get(top, ())):
                if index <= best:
                    break
                if matches(path):
                    best = index
                    break
        return self.rules[best] if best >= 0 else None

    def _find_name(self, name: str, slash: str) -> int:
        best = self.names.get(name, -1)
        if slash:
            best = max(best, self.names.get(name + slash, -1))
        if self.suffixes:
            dot = name.find(".")
            while dot >= 0:
                best = max(best, self.suffixes.get(name[dot:], -1))
                dot = name.find(".", dot + 1)
        return best


def _glob_matcher(pattern: str) -> _Matcher | None:
    """Make a function that says whether a path matches a pattern; ``None`` for what is no pattern.

    As in ``.gitignore``, but ``docs/*`` takes the files of ``docs`` only, not those of its folders.
    """
    regex = compile_line(pattern)
    if regex is None:
        return None
    if pattern.endswith("/*") and "**" not in pattern:
        depth = pattern.strip("/").count("/")
        return lambda path: path.count("/") == depth and regex.match(path)
    return regex.match


class CodeOwners:
    """The rules of one file."""

    def __init__(self, sections: dict[str, _Section]) -> None:
        self._sections = tuple(sections.values())

    @property
    def rules(self) -> tuple[OwnerRule, ...]:
        """All rules in the order of their lines."""
        rules = (rule for section in self._sections for rule in section.rules)
        return tuple(sorted(rules, key=lambda rule: rule.line))

    def owners_of(self, path: str) -> tuple[tuple[str, ...], int]:
        """Owners of a file and the line that says so; ``((), 0)`` when no line matches.

        The last line that matches decides. With sections, as GitLab has them,
        each of them decides for itself, the owners add up, and the line is that
        of the last section that names any.
        """
        owners: dict[str, None] = {}
        line = 0
        for section in self._sections:
            rule = section.find(path)
            if rule is not None and (rule.owners or not owners):
                owners.update(dict.fromkeys(rule.owners))
                line = rule.line
        return tuple(owners), line


def parse_codeowners(text: str) -> CodeOwners:
    """Rules of a file; lines that are none are passed over."""
    sections: dict[str, _Section] = {"": _Section()}
    section = sections[""]
    for number, line in _iter_lines(text):
        heading = _SECTION.fullmatch(line)
        if heading is not None:
            default = tuple(_WORD.findall(heading["owners"] or ""))
            section = sections.setdefault(heading["name"].strip().lower(), _Section())
            section.default = default or section.default
            continue
        pattern, *owners = _WORD.findall(line)
        if pattern.startswith("!"):  # an exception: no forge but GitLab has it, and it names nobody
            continue
        section.add(OwnerRule(pattern=pattern, owners=tuple(owners) or section.default, line=number))
    return CodeOwners(sections)


def _iter_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with content and their numbers, comments cut off."""
    for number, line in enumerate(text.split("\n"), start=1):
        content = re.split(r"(?:^|(?<=\s))#", line, maxsplit=1)[0].strip()
        if content:
            yield number, content
