"""Programs that look for something in files: one small protocol, found by entry point.

A distribution adds one by an entry point of the group :data:`GROUP` that names
a class without arguments to its constructor::

    [project.entry-points."sphinx_repodoc.analyzers"]
    mine = "my_package:MyAnalyzer"
"""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from importlib import metadata
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.findings import Finding, Rule
    from sphinx_repodoc.core.model import Entry

GROUP = "sphinx_repodoc.analyzers"


class AnalyzerError(Exception):
    """The analyzer did not do its work; the message says why, in a sentence.

    Raised, it concerns the analyzer as a whole; among the findings, the file in whose place it stands.
    """


class Analyzer(Protocol):
    """Looks at files one by one: what it finds in a file depends on nothing but that file."""

    name: str

    def version(self) -> str:
        """Text that changes whenever the same file may give other findings.

        :raises AnalyzerError: when the analyzer cannot be used at all.
        """
        ...

    def accepts(self, entry: Entry) -> bool:
        """Whether the analyzer has anything to say of such a file."""
        ...

    def find(self, root: Path, paths: Sequence[str]) -> Mapping[str, Sequence[Finding] | AnalyzerError]:
        """Findings by path, or why there are none; a path without findings may be absent.

        :param root: the folder that ``paths`` are relative to.
        :raises AnalyzerError: when it failed, hung or printed what cannot be read.
        """
        ...

    def rules(self, ids: Iterable[str]) -> Mapping[str, Rule]:
        """The rules behind these findings, by id.

        :raises AnalyzerError: as above.
        """
        ...


def load_analyzers(names: Sequence[str] | None = None) -> tuple[list[Analyzer], list[str]]:
    """(analyzers by name, what is wrong with those that are missing or cannot be loaded).

    :param names: the analyzers to use; ``None`` for all that are installed.
    """
    installed = {each.name: each for each in metadata.entry_points(group=GROUP)}
    analyzers: list[Analyzer] = []
    wrong: list[str] = []
    for name in sorted(installed) if names is None else names:
        if name not in installed:
            wrong.append(
                f"no analyzer named {name!r} is installed; there are: {', '.join(sorted(installed))}"
            )
            continue
        try:
            with foreign_code():
                analyzers.append(_named(installed[name].load()()))
        except AnalyzerError as error:
            wrong.append(f"the analyzer {name!r} cannot be loaded: {error}")
    return analyzers, wrong


def _named(analyzer: Any) -> Analyzer:
    """The analyzer, which is told apart by its name.

    :raises AnalyzerError: when it has none.
    """
    if not isinstance(getattr(analyzer, "name", None), str):
        message = "its attribute 'name' is no text"
        raise AnalyzerError(message)
    named: Analyzer = analyzer
    return named


@contextmanager
def foreign_code() -> Iterator[None]:
    """Turn whatever the code of an analyzer raises into an error of the analyzer.

    :raises AnalyzerError: with the place in that code, for its author.
    """
    try:
        yield
    except AnalyzerError:
        raise
    except (Exception, SystemExit) as error:  # the boundary to code of third parties, which may do anything
        last = traceback.extract_tb(error.__traceback__)[-1]
        said = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(": ")
        message = f"{said} ({last.filename}, line {last.lineno})"
        raise AnalyzerError(message) from error


def usable_versions(analyzers: Iterable[Analyzer], failed: dict[str, str]) -> dict[str, str]:
    """Name to version of the analyzers that can be used; why the others cannot is put into ``failed``."""
    found: dict[str, str] = {}
    for analyzer in analyzers:
        try:
            with foreign_code():
                found[analyzer.name] = str(analyzer.version())
        except AnalyzerError as error:
            failed[analyzer.name] = str(error)
    return found
