"""What rules found, counted by folder."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.measures import FindingCount
from sphinx_repodoc.analyze.paths import ancestors, folder_of
from sphinx_repodoc.core.findings import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.analyze.model import FileRelations


@dataclass(slots=True)
class _Counts:
    places: Counter[Topic] = field(default_factory=Counter)
    files: Counter[Topic] = field(default_factory=Counter)

    def add(self, places: Counter[Topic]) -> None:
        self.places.update(places)
        self.files.update(dict.fromkeys(places, 1))

    def records(self) -> tuple[FindingCount, ...]:
        return tuple(
            FindingCount(topic=topic.value, places=self.places[topic], files=self.files[topic])
            for topic in Topic
            if self.places[topic]
        )


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How much was found in and below each folder."""

    _here: Mapping[str, _Counts]
    _below: Mapping[str, _Counts]

    def directly_in(self, folder: str) -> tuple[FindingCount, ...]:
        """In the files of a folder."""
        return self._here[folder].records() if folder in self._here else ()

    def below(self, folder: str) -> tuple[FindingCount, ...]:
        """In its whole subtree."""
        return self._below[folder].records() if folder in self._below else ()


def count_findings(files: Mapping[str, FileRelations]) -> FindingCounts:
    """Add up what the pages of files show."""
    here: defaultdict[str, _Counts] = defaultdict(_Counts)
    below: defaultdict[str, _Counts] = defaultdict(_Counts)
    for path, relations in files.items():
        places: Counter[Topic] = Counter()
        for found in relations.findings:
            places[found.rule.topic] += len(found.places)
        if places:
            here[folder_of(path)].add(places)
            for folder in ancestors(folder_of(path)):
                below[folder].add(places)
    return FindingCounts(here, below)
