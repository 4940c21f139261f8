"""INI files: sections and their keys, line by line, as ``configparser`` and git read them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse.plain import scan_plain
from sphinx_repodoc.core.parse.scanners.key_rules import item_name
from sphinx_repodoc.core.parse.scanners.known_formats import formats_of

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.scanners.key_rules import Rule

_COMMENT = re.compile(r"\s*(?:[#;].*)?$")
_SECTION = re.compile(r"\[([^\]]+)\]")
_KEY = re.compile(r"\s*([^\s=:\[\"@][^=:]*?)\s*[=:]")

_LONGEST = 500
"""Characters of a line in which a name must end."""


def scan_ini(text: bytes, path: str = "") -> Facts:
    """Sections are ``section``, their keys ``key``, unless the format has a word for them.

    Each name is listed once in its section.

    :param path: tells well-known formats.
    """
    known = formats_of(path, "ini", text)
    lines = _Lines(known[0].rules if known else None)
    for number, line in enumerate(text.decode("utf-8", "replace").split("\n"), 1):
        if not _COMMENT.match(line):
            lines.read(number, line)
    return replace(scan_plain(text, "ini"), symbols=tuple(lines.symbols))


class _Lines:
    """The symbols up to a line, which further lines may make longer."""

    def __init__(self, rules: Rule | None) -> None:
        self.symbols: list[Symbol] = []
        self._places: dict[str, int] = {}
        self._section = -1
        self._open: tuple[int, ...] = ()
        """Section and key that the next lines may make longer: not one that stood further up already."""
        self._indent: int | None = None
        """White space before the keys of the section: a line with more continues a value."""
        self._rules = rules
        self._section_rule: Rule | None = None
        self._item_rule: Rule | None = None
        """Says what the lines of the value are."""
        self._key = -1

    def read(self, number: int, line: str) -> None:
        """A line that is neither empty nor a comment."""
        indent = len(line) - len(line.lstrip())
        section = _SECTION.match(line)
        if section:
            self._enter_section(number, " ".join(section[1].split()))
        elif self._indent is not None and indent > self._indent:
            self._extend(number)
            self._read_item(number, line)
        elif key := _KEY.match(line[:_LONGEST]):
            self._enter_key(number, key[1])
            self._indent = indent
            self._extend(number)
            self._read_item(number, line[key.end() :])

    def _enter_section(self, number: int, title: str) -> None:
        name, kind, rule = title, "", self._rules
        for part in (title,) if rule is None or rule.knows(title) else title.split("."):
            rule, name = rule.below(part) if rule is not None else (None, name)
        kind = rule.kind if rule is not None else ""
        self._section, is_new = self._place(
            name if kind else title, title, kind or "section", number, parent=-1
        )
        self._section_rule = rule
        self._open = (self._section,) if is_new else ()
        self._indent = None

    def _enter_key(self, number: int, name: str) -> None:
        rule = self._section_rule.below(name)[0] if self._section_rule is not None else None
        around = self.symbols[self._section].qualname + "." if self._section >= 0 else ""
        kind = (rule.kind if rule is not None else "") or "key"
        self._key, is_new = self._place(name, around + name, kind, number, parent=self._section)
        self._item_rule = rule.items if rule is not None else None
        self._open = (*(i for i in self._open if i == self._section), *([self._key] if is_new else ()))

    def _read_item(self, number: int, text: str) -> None:
        """A line of a value, if the format has a word for it."""
        if self._item_rule is not None and (text := text.strip()):
            kind, around = self._item_rule.kind, self.symbols[self._key].qualname
            if name := item_name(kind, text):
                signature = text if text != name else ""
                self._place(name, f"{around}.{name}", kind, number, parent=self._key, signature=signature)

    def _place(
        self, name: str, qualname: str, kind: str, number: int, *, parent: int, signature: str = ""
    ) -> tuple[int, bool]:
        """(index of the symbol of this name, whether it is new)."""
        index = self._places.setdefault(f"{kind} {qualname}", len(self.symbols))
        is_new = index == len(self.symbols)
        if is_new:
            self.symbols.append(
                Symbol(
                    name=name,
                    qualname=qualname,
                    kind=kind,
                    line=number,
                    end_line=number,
                    parent=parent,
                    signature=signature,
                )
            )
        return index, is_new

    def _extend(self, number: int) -> None:
        for index in self._open:
            self.symbols[index] = replace(self.symbols[index], end_line=number)
