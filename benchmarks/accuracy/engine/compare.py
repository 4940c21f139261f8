"""One row over one corpus: the figures and the differences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.protocol import Difference, Reading, Unavailable, read_with_parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.accuracy.engine.protocol import Corpus, Fact, Row

REPORTED = "in a file that the parser reports an error in"
QUICK = 25
"""Files of the quick form."""


@dataclass(slots=True, kw_only=True)
class Count:
    """Facts of one type."""

    expected: int = 0
    found: int = 0
    missing: int = 0
    extra: int = 0

    @property
    def precision(self) -> float | None:
        return 1 - self.extra / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return 1 - self.missing / self.expected if self.expected else None


@dataclass(slots=True, kw_only=True)
class Result:
    """What a row came to on one corpus."""

    row: Row
    authority: str
    corpus: str
    root: Path
    files: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    unread: list[Reading] = field(default_factory=list)
    """Files that the authority cannot read."""
    apart: dict[str, Count] = field(default_factory=dict)
    """What counts neither as found nor as missing, by the reason."""

    def class_of(self, difference: Difference) -> str:
        names = (known.name for known in self.row.known if known.matches(difference))
        return next(names, REPORTED if difference.is_reported else "other")


def files_of(row: Row, corpus: Corpus | None, root: Path, *, quick: bool) -> list[Path]:
    """The files of a folder that a row reads, sorted; links are left out."""
    found = (path for path in sorted(root.rglob("*")) if path.name.endswith(row.suffixes))
    kept = [
        path
        for path in found
        if path.is_file()
        and not path.is_symlink()
        and (corpus is None or corpus.wants(path.relative_to(root).as_posix()))
    ]
    return kept[:QUICK] if quick else kept


def compare(row: Row, name: str, root: Path, files: Sequence[Path]) -> Result:
    """Let both sides read the files; raises :class:`Unavailable` where the authority is not there."""
    result = Result(row=row, authority=row.tool(), corpus=name, root=root)
    result.counts = {measure: Count() for measure in row.measures}
    expected = {reading.path: reading for reading in row.authority(files)}
    if absent := set(files) - set(expected):
        raise Unavailable(f"{result.authority} said nothing of {len(absent)} files: {min(absent)}")
    result.unread = [reading for reading in expected.values() if reading.error]
    readable = [path for path in files if not expected[path].error]
    result.files = len(readable)
    read = row.read or read_with_parser
    for ours in read(row, readable):
        _count(result, expected[ours.path], ours)
    return result


def _count(result: Result, expected: Reading, found: Reading) -> None:
    missing, extra = expected.facts - found.facts, found.facts - expected.facts
    aside = _set_apart(result, expected, extra)
    extra -= aside
    for attribute, facts in (
        ("expected", expected.facts),
        ("found", found.facts - aside),
        ("missing", missing),
        ("extra", extra),
    ):
        for measure, total in _totals(facts).items():
            count = result.counts[measure]
            setattr(count, attribute, getattr(count, attribute) + total)
    if missing or extra:
        result.differences += _differences(found, missing, extra)


def _set_apart(result: Result, expected: Reading, extra: Counter[Fact]) -> Counter[Fact]:
    """Those of the facts that are too much of which the authority cannot judge."""
    aside: Counter[Fact] = Counter()
    for part in expected.apart:
        count = result.apart.setdefault(part.reason, Count())
        count.expected += bool(part.kind)
        within = (
            fact
            for fact in sorted((extra - aside).elements())
            if part.first <= fact.line <= part.last and part.kind in {"", fact.kind}
        )
        taken = Counter(islice(within, 1) if part.kind else within)
        count.found += taken.total()
        aside += taken
    return aside


def _totals(facts: Counter[Fact]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for fact, number in facts.items():
        totals[fact.type] += number
    return totals


def _differences(ours: Reading, missing: Counter[Fact], extra: Counter[Fact]) -> Iterator[Difference]:
    lines = ours.path.read_text("utf-8", errors="replace").split("\n")
    both = [(fact, True) for fact in missing.elements()] + [(fact, False) for fact in extra.elements()]
    for fact, is_missing in sorted(both, key=lambda item: (item[0].line, not item[1], item[0])):
        text = lines[fact.line - 1].strip() if 0 < fact.line <= len(lines) else ""
        yield Difference(
            path=ours.path, is_missing=is_missing, fact=fact, text=text, is_reported=ours.has_problems
        )
