"""Who answers for a file, and under which licence it stands, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.paths import folder_of, iter_upward, name_of
from sphinx_repodoc.core.licences import identify_licence
from sphinx_repodoc.core.model import MarkerKind
from sphinx_repodoc.core.owners import LOCATIONS, CodeOwners, parse_codeowners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.analyze.context import Context

_LICENCE = re.compile(r"(?:(?:un)?licen[cs]e|copying)(?:\.(?:txt|md|rst))?", re.IGNORECASE)
"""Not ``LICENSE.apache``, which holds for a part or as a choice."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The rules of one repository."""

    context: Context
    path: str
    rules: CodeOwners
    licences: Mapping[str, tuple[str, str]]
    """Folder with a licence to (its SPDX identifier if it is known, path of the file that holds it)."""

    def of_file(self, path: str) -> tuple[tuple[str, ...], str]:
        """(owners, ``path:line`` of the rule that names them); both empty where no rule holds."""
        owners, line = self.rules.owners_of(path)
        return (owners, f"{self.path}:{line}") if owners else ((), "")

    def of_folder(self, folder: str) -> tuple[tuple[str, ...], str]:
        """Owners by the rule that holds for the folder itself, and so for what it holds."""
        return self.of_file(f"{folder}/" if folder else "")

    def license_of(self, path: str) -> tuple[str, str]:
        """(SPDX expression, where it is said): in the file itself, else in the nearest file with a licence.

        The expression is empty where that file holds a licence that is not known.
        """
        for marker in self.context.files[path].facts.markers:
            if marker.kind is MarkerKind.LICENSE:
                return marker.text, f"{path}:{marker.line}"
        nearest = next((folder for folder in iter_upward(folder_of(path)) if folder in self.licences), None)
        return ("", "") if nearest is None else self.licences[nearest]


def find_ownership(context: Context) -> Ownership:
    """Read the first CODEOWNERS file there is."""
    path = next((path for path in LOCATIONS if path in context.files), "")
    text = (context.read(path) if path else None) or ""
    return Ownership(context, path, parse_codeowners(text), dict(_iter_licences(context)))


def _iter_licences(context: Context) -> Iterator[tuple[str, tuple[str, str]]]:
    """Folders that hold a licence; of several files the first by name."""
    for folder, paths in context.names.items():
        path = next((path for path in paths if _LICENCE.fullmatch(name_of(path))), "")
        if path:
            yield folder, (identify_licence(context.read(path) or ""), path)
