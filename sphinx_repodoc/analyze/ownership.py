"""Who answers for a file, and under which licence it stands, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import MarkerKind
from sphinx_repodoc.core.owners import LOCATIONS, CodeOwners, parse_codeowners

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.context import Context


@dataclass(frozen=True, slots=True)
class Ownership:
    """The rules of one repository."""

    context: Context
    path: str
    rules: CodeOwners

    def of_file(self, path: str) -> tuple[tuple[str, ...], str]:
        """(owners, ``path:line`` of the rule that names them); both empty where no rule holds."""
        owners, line = self.rules.owners_of(path)
        return (owners, f"{self.path}:{line}") if owners else ((), "")

    def of_folder(self, folder: str) -> tuple[tuple[str, ...], str]:
        """Owners by the rule that holds for the folder itself, and so for what it holds."""
        return self.of_file(f"{folder}/" if folder else "")

    def license_of(self, path: str) -> tuple[str, str]:
        """(SPDX expression in the file, ``path:line``)."""
        for marker in self.context.files[path].facts.markers:
            if marker.kind is MarkerKind.LICENSE:
                return marker.text, f"{path}:{marker.line}"
        return "", ""


def find_ownership(context: Context) -> Ownership:
    """Read the first CODEOWNERS file there is."""
    path = next((path for path in LOCATIONS if path in context.files), "")
    text = (context.read(path) if path else None) or ""
    return Ownership(context, path, parse_codeowners(text))
