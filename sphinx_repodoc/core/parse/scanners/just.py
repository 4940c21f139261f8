"""Justfiles: recipes, variables and aliases, line by line, and the files they take in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts

_COMMENT = re.compile(rb"^[ \t]*(#[^\n]*)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\[([^\]\n]*)\]\s*$")
_DOC = re.compile(r"doc\(\s*['\"]([^'\"]*)['\"]\s*\)")
_ALIAS = re.compile(r"alias\s+([A-Za-z_][\w-]*)\s*:=")
_VARIABLE = re.compile(r"(?:export\s+)?([A-Za-z_][\w-]*)\s*:=")
_SETTING = re.compile(r"(?:set|unexport)\s+[A-Za-z_][\w-]*\s*(?::=|$)")
_IMPORT = re.compile(r"(import|mod)\??\s+(?:([A-Za-z_][\w-]*)\s*)?(?:['\"]([^'\"\n]+)['\"])?\s*(?:#.*)?$")
_RECIPE = re.compile(r"@?(([A-Za-z_][\w-]*)(?:[^:'\"`\n#]|'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`)*+):(?!=)")
_BLOCK = re.compile(r"'''|\"\"\"|```")
_LONGEST = 2_000
"""Characters of a line that are read."""


def scan_just(text: bytes) -> Facts:
    """Recipes are ``recipe``, their parameters part of the signature."""
    return _File(text).facts()


class _File:
    """One pass over the lines."""

    def __init__(self, text: bytes) -> None:
        self._remarks = Remarks(text, (match.span(1) for match in _COMMENT.finditer(text)))
        self._lines = text.decode("utf-8", "replace").split("\n")
        self._listing = Listing()
        self._imports: list[Import] = []

    def facts(self) -> Facts:
        row = 0
        attributes: list[str] = []
        while row < len(self._lines):
            line = self._lines[row][:_LONGEST]
            attribute = _ATTRIBUTE.match(line)
            if attribute:
                attributes.append(attribute[1].strip())
                row += 1
                continue
            row = self._read(row, line, attributes) if line[:1].strip(" \t#\r") else row + 1
            attributes = []
        return self._remarks.facts(
            self._listing.symbols, imports=self._imports, omitted=self._listing.omitted
        )

    def _read(self, row: int, line: str, attributes: Sequence[str]) -> int:
        """Read what begins in a row, and give the row behind it."""
        if _SETTING.match(line):
            return row + 1
        if taken := _IMPORT.match(line):
            self._take(row, taken)
            return row + 1
        named = _ALIAS.match(line) or _VARIABLE.match(line)
        if named is not None:
            kind = "alias" if line.startswith("alias") and named.re is _ALIAS else "variable"
            end = self._end_of_value(row)
            self._add(named[1], kind, (row, end), attributes)
            return end
        if recipe := _RECIPE.match(line):
            end = self._end_of_body(row + 1)
            self._add(recipe[2], "recipe", (row, end), attributes, " ".join(recipe[1].split()))
            return end
        return row + 1

    def _take(self, row: int, taken: re.Match[str]) -> None:
        form, name, path = taken[1], taken[2], taken[3]
        if path or (form == "mod" and name):
            self._imports.append(Import(module=path or name, line=row + 1, form=form))

    def _add(
        self, name: str, kind: str, rows: tuple[int, int], attributes: Sequence[str], signature: str = ""
    ) -> None:
        first, end = rows
        spoken = next((found[1] for each in attributes if (found := _DOC.search(each))), "")
        is_private = name.startswith("_") or "private" in attributes
        self._listing.add(
            name,
            kind,
            first + 1,
            end_line=end,
            signature=signature if signature != name else "",
            doc=spoken or self._remarks.doc_above(first + 1 - len(attributes)),
            decorators=tuple(attributes),
            visibility=Visibility.PRIVATE if is_private else Visibility.PUBLIC,
        )

    def _end_of_value(self, row: int) -> int:
        """The row behind a value, which may be a text over several lines."""
        quotes = _BLOCK.findall(self._lines[row])
        if len(quotes) % 2 == 0:
            return row + 1
        closing = (after for after in range(row + 1, len(self._lines)) if quotes[-1] in self._lines[after])
        return next(closing, row) + 1

    def _end_of_body(self, row: int) -> int:
        """The row behind the last line of a body."""
        end = row
        while row < len(self._lines) and (
            self._lines[row][:1] in {" ", "\t"} or not self._lines[row].strip()
        ):
            row += 1
            end = row if self._lines[row - 1].strip() else end
        return end
