"""What keys mean in a well-known format: how the rows of :mod:`.known_formats` are read and followed.

A rule is a line ``PATH = KIND``. The names of a path are joined by dots; ``*`` in one stands
for anything, ``[]`` for the items of an array. A symbol is named as its key is, where the path
says only how keys begin (``testenv:*``) by what stands for the ``*``, and after ``by`` by the
first of these fields that its value has, ``.`` being the value itself. Without fields items are
texts. ``{kind}`` is the text of the field ``kind``. After ``if`` stand fields of which the value must have one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_ITEMS = "[]"
_SEGMENT = re.compile(r"\[\]|[^.\[\]]+")
_LINE = re.compile(r"(?P<kind>.+?)(?: by (?P<fields>[\w. -]+?))?(?: if (?P<having>[\w. -]+))?")
_REQUIREMENT = re.compile(r"\s*+(?:[\w.-]++::)?+([^\W_](?:[\w.-]*\w)?)(?=[\s<>=!~;@(\[,#]|$)")
_LONGEST = 1_000
"""Letters of a name; what is longer is a text."""


@dataclass(slots=True, kw_only=True)
class Rule:
    """What a place in a format means."""

    kind: str = ""
    """Empty where the place only leads to others."""
    fields: tuple[str, ...] = ()
    """What names it, the first that there is."""
    having: frozenset[str] = frozenset()
    """Of these its value has one, if there are any."""
    items: Rule | None = None
    inner: dict[str, Rule] = field(default_factory=dict)
    globs: list[tuple[str, str, Rule]] = field(default_factory=list)
    """Beginning and end of a name, for those with ``*`` between."""

    def below(self, name: str) -> tuple[Rule | None, str]:
        """(rule of a key, what the key names); the rule with most letters counts."""
        if name in self.inner:
            return self.inner[name], name
        for start, end, rule in self.globs:
            if name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end):
                return rule, name[len(start) : len(name) - len(end)]
        return None, name

    def knows(self, name: str) -> bool:
        return self.below(name)[0] is not None

    @property
    def leads_on(self) -> bool:
        return bool(self.inner or self.globs or self.items)

    @property
    def kind_field(self) -> str:
        """The field that says the kind, where one does."""
        return self.kind.strip("{}") if self.kind.startswith("{") else ""

    def _child(self, segment: str) -> Rule:
        if segment == _ITEMS:
            self.items = self.items or Rule()
            return self.items
        if "*" not in segment:
            return self.inner.setdefault(segment, Rule())
        start, _, end = segment.partition("*")
        for known in self.globs:
            if known[:2] == (start, end):
                return known[2]
        self.globs.append((start, end, Rule()))
        self.globs.sort(key=lambda glob: -len(glob[0]) - len(glob[1]))
        return next(rule for one, other, rule in self.globs if (one, other) == (start, end))


def read_rules(lines: str) -> Rule:
    """The rule of a whole document, from one line for each kind; ``.`` is the document itself."""
    root = Rule()
    for line in filter(None, map(str.strip, lines.splitlines())):
        path, _, meaning = line.partition(" = ")
        parts = _LINE.fullmatch(meaning)
        if parts is None:
            message = f"no rule: {line}"
            raise ValueError(message)
        rule = root
        for segment in _SEGMENT.findall(path):
            rule = rule._child(segment)  # noqa: SLF001 (of the same class)
        rule.kind = parts["kind"]
        rule.fields = tuple((parts["fields"] or "").split())
        rule.having = frozenset((parts["having"] or "").split())
    return root


@dataclass(frozen=True, kw_only=True)
class KnownFormat:
    """A row of the table."""

    title: str
    languages: str
    path: str
    """Matches the paths that a file of the format may have."""
    shape: str = ""
    """Keys that its document must have at the top, or in its first item: of those joined by ``|`` one."""
    kinds: str
    """Lines of rules."""

    @cached_property
    def rules(self) -> Rule:
        return read_rules(self.kinds)

    @property
    def words(self) -> tuple[str, ...]:
        """Its kinds; ``{kind}`` where a field says it."""
        return tuple(sorted({rule.kind for rule in _iter_rules(self.rules) if rule.kind not in {"", "key"}}))

    @cached_property
    def wanted(self) -> Sequence[Sequence[str]]:
        return tuple(tuple(word.split("|")) for word in self.shape.split())

    @cached_property
    def _path(self) -> re.Pattern[str]:
        return re.compile(rf"(?:.*/)?(?:{self.path})", re.DOTALL)

    def may_be(self, path: str, language: str, text: bytes) -> bool:
        """Whether a file can be of the format, by what is cheap to know."""
        return (
            language in self.languages.split()
            and self._path.fullmatch(path) is not None
            and all(any(key.encode() in text for key in keys) for keys in self.wanted)
        )

    def fits(self, names: Collection[str]) -> bool:
        """Whether a document is of the format that has these names at the top."""
        return all(any(key in names for key in keys) for keys in self.wanted)


def _iter_rules(rule: Rule) -> Iterator[Rule]:
    yield rule
    inner = (*rule.inner.values(), *(glob[2] for glob in rule.globs), *filter(None, (rule.items,)))
    for each in inner:
        yield from _iter_rules(each)


def item_name(kind: str, text: str) -> str:
    """The name of an item that is a text; empty when it has none."""
    if kind.endswith("dependency"):
        return requirement_name(text)
    if kind == "entry point":
        return text.partition("=")[0].strip()
    return short_name(text)


def requirement_name(text: str) -> str:
    """The name in a requirement of Python or Conda; one that is an address has none."""
    found = _REQUIREMENT.match(text[:_LONGEST])
    return found[1] if found else ""


def short_name(text: str) -> str:
    """A text on one line, unless that is too long for a name."""
    name = " ".join(text[: _LONGEST + 1].split())
    return name if len(name) <= _LONGEST else ""
