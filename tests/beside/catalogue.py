"""Which extensions and themes are tried, and how each is used; the rows are in ``catalogue.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

CATALOGUE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An extension or a theme that others publish."""

    name: str
    """How ``extensions`` or ``html_theme`` names it."""
    package: str
    """What is installed; Sphinx for what is part of it."""
    group: str = "newest"
    """Which virtual environment it is installed into."""
    theme: bool = False
    also: tuple[str, ...] = ()
    """Extensions that it needs beside it."""
    conf: str = ""
    """What its user writes into ``conf.py``."""
    page: str = ""
    """What its user writes into a page."""
    files: dict[str, str] = field(default_factory=dict)
    """Path to text of what else its user has in the repository."""
    setting: str = ""
    """What its user has to set for the pages of the repository."""
    note: str = ""
    """What its user has to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Packages that can be installed together."""

    name: str
    constraints: tuple[str, ...] = ()
    """Requirements on Sphinx and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that is tried."""

    groups: dict[str, Group]
    rows: tuple[Published, ...]

    def packages(self, group: str) -> list[str]:
        """What is installed into one environment."""
        return sorted({row.package for row in self.rows if row.group == group})

    def named(self, names: list[str]) -> list[Published]:
        """The rows of these names, in the order of the catalogue; all of them when none is named."""
        if unknown := set(names) - {row.name for row in self.rows}:
            message = f"not in the catalogue: {', '.join(sorted(unknown))}"
            raise SystemExit(message)
        return [row for row in self.rows if not names or row.name in names]


def load_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Read the catalogue."""
    text = tomllib.loads(path.read_text("utf-8"))
    groups = {
        name: Group(name=name, constraints=tuple(group.get("constraints", ())))
        for name, group in text["groups"].items()
    }
    rows = [*(_row(row) for row in text["extension"]), *(_row(row, theme=True) for row in text["theme"])]
    return Catalogue(groups=groups, rows=tuple(rows))


def _row(row: dict[str, object], *, theme: bool = False) -> Published:
    fields = {"package": row["name"], **row, "theme": theme}
    return Published(**(fields | {"also": tuple(row.get("also", ()))}))
