"""An analyzer that finds lines of more than a hundred characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.analyzers import AnalyzerError
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.model import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Entry

LONGEST = 100


class LongLines:
    """Looks at every text file."""

    name = "long-lines"

    def version(self) -> str:
        """Change when the same file gives other findings."""
        return f"1 {LONGEST}"

    def accepts(self, entry: Entry) -> bool:
        """Say which files it looks at, by their language, name or size."""
        return entry.kind is EntryKind.TEXT

    def find(self, root: Path, paths: Sequence[str]) -> Mapping[str, Sequence[Finding] | AnalyzerError]:
        """Give the findings of each file, or why there are none."""
        return {path: self._look(root / path) for path in paths}

    def _look(self, place: Path) -> Sequence[Finding] | AnalyzerError:
        try:
            lines = place.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            return AnalyzerError(str(error))
        return [
            Finding(rule="L1", line=number, text=f"{len(line)} characters")
            for number, line in enumerate(lines, 1)
            if len(line) > LONGEST
        ]

    def rules(self, ids: Iterable[str]) -> Mapping[str, Rule]:
        """Describe the rules that were found."""
        rule = Rule(
            id="L1",
            topic=Topic.MISTAKE,
            title="long line",
            tool=self.name,
            why="Readers lose their place in a line that does not fit into a window.",
        )
        return {name: rule for name in ids if name == rule.id}
