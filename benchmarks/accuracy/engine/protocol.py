"""What a module of a language is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

TIME_LIMIT = 60.0
"""Seconds for the parser: many, for a busy machine must not change what is found."""


class Unavailable(Exception):  # noqa: N818 -- it is no error: the row is skipped
    """A tool or a corpus that this machine does not have."""


class Fact(NamedTuple):
    """One thing that both sides have to agree on."""

    type: str
    """``definition``, ``import`` or another of the row's measures."""
    name: str
    """Qualified name; of an import everything that it says, in one string."""
    kind: str
    line: int


class Apart(NamedTuple):
    """Lines of which an authority cannot judge a fact: what is found there is counted apart."""

    reason: str
    first: int
    last: int
    kind: str = ""
    """Where it is given, one fact of this kind, which the authority has without its name standing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one side found in one file."""

    path: Path
    facts: Counter[Fact] = field(default_factory=Counter)
    error: str = ""
    """Why there are none: the file is left out of the comparison, and counted."""
    has_problems: bool = False
    """Whether the parser says itself that it did not understand all of the file."""
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that one side has and the other has not."""

    path: Path
    is_missing: bool
    """Whether the parser lacks it; else the authority does."""
    fact: Fact
    text: str
    """The line of source."""
    is_reported: bool = False
    """Whether the parser says itself that it did not understand all of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A class of differences with its reason."""

    name: str
    reason: str
    matches: Callable[[Difference], bool]


class Corpus(Protocol):
    """A folder of source code in a version that is always the same."""

    @property
    def name(self) -> str:
        """Name and version, as the table shows them."""

    @property
    def is_local(self) -> bool:
        """Whether nothing has to be fetched for it."""

    def fetch(self, cache: Path) -> Path:
        """The folder; raises :class:`Unavailable`."""

    def wants(self, path: str) -> bool:
        """Whether a file, by its path from the folder, is part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One language against one authority."""

    language: str
    """A name of :mod:`sphinx_repodoc.core.languages`."""
    suffixes: tuple[str, ...]
    tool: Callable[[], str]
    corpora: tuple[Corpus, ...]
    authority: Callable[[Sequence[Path]], Iterable[Reading]]
    facts: Callable[[Facts], Iterable[Fact]]
    known: tuple[Known, ...] = ()
    measures: tuple[str, ...] = ("definition", "import")
    read: Callable[[Row, Sequence[Path]], Iterable[Reading]] | None = None
    """Replaces :func:`read_with_parser` where a file cannot be read by itself."""
    is_peer: bool = False
    """Whether ``read`` asks another tool of the same purpose: it stands in the table beside the parser."""


def definitions(found: Facts, kinds: Collection[str] | None = None) -> Iterator[Fact]:
    """The symbols, or those of some kinds, in the words of the parser."""
    for symbol in found.symbols:
        if kinds is None or symbol.kind in kinds:
            yield Fact("definition", symbol.qualname, symbol.kind, symbol.line)


def read_with_parser(row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    """What the package finds in each file by itself, with ``facts`` of the row."""
    for path in files:
        text = decode(path.read_bytes(), row.language).text
        found = parse_text(text, row.language, path=path.as_posix(), time_limit=TIME_LIMIT)
        yield Reading(path=path, facts=Counter(row.facts(found)), has_problems=bool(found.problems))
