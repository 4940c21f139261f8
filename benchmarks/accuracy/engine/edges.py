"""What the linker finds: from which file an import leads to which."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.protocol import TIME_LIMIT, Fact, Reading
from sphinx_repodoc.core.link import link
from sphinx_repodoc.core.manifests import read_manifests
from sphinx_repodoc.core.model import Facts, File
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.scan import ScanOptions, scan
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.core.linked import Links


def root_of(files: Sequence[Path], ending: str) -> Path:
    """The folder around the files whose path ends like that, which is that of a project in its archive.

    Without one, they are files of another folder that was asked for.
    """
    named = (each for each in files[0].parents if each.as_posix().endswith(ending))
    return next(named, None) or Path(os.path.commonpath([path.parent for path in files]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A repository, as far as files of some languages go."""

    links: Links
    facts: Mapping[str, Facts]
    """By the paths of the files."""

    def edges(self) -> Iterator[tuple[str, str]]:
        return ((edge.source, edge.target) for edge in self.links.edges)


@cache
def linked(root: Path, languages: frozenset[str]) -> Linked:
    files = []
    for entry in scan(root, ScanOptions(), {}).entries:
        facts = Facts()
        if entry.language in languages and entry.sha256:
            text = decode((root / entry.path).read_bytes(), entry.language).text
            facts = parse_text(text, entry.language, path=entry.path, time_limit=TIME_LIMIT)
        files.append(File(entry=entry, facts=facts))
    readable = {file.entry.path for file in files if file.entry.sha256}

    def read(path: str) -> str | None:
        return (root / path).read_text("utf-8", errors="replace") if path in readable else None

    links = link(files, read_manifests(sorted(readable), read))
    return Linked(links=links, facts={file.entry.path: file.facts for file in files})


def readings(root: Path, files: Iterable[Path], edges: Iterable[tuple[str, str]]) -> Iterator[Reading]:
    """A fact for each edge between two of the files, given by their paths from the root."""
    names = {path.relative_to(root).as_posix(): path for path in files}
    targets: dict[str, set[str]] = {name: set() for name in names}
    for source, target in edges:
        if source in names and target in names and source != target:
            targets[source].add(target)
    for name, path in names.items():
        yield Reading(
            path=path, facts=Counter(Fact("link", target, "", 0) for target in sorted(targets[name]))
        )
