"""Names to definitions across files: which import leads where, and who uses what.

:func:`link` takes every file of the repository with its facts and gives
:class:`~sphinx_repodoc.core.linked.Links`. The linker of a language says what
an import leads to; from there on all languages are treated alike.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import UNKNOWN, make_index
from sphinx_repodoc.core.link.neighbours import iter_neighbours
from sphinx_repodoc.core.link.table import LINKERS
from sphinx_repodoc.core.link.uses import Exports, collect_uses
from sphinx_repodoc.core.linked import Confidence, Edge, Links, ResolvedImport, Timing, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.link.index import Found, Index
    from sphinx_repodoc.core.link.uses import SourceUses
    from sphinx_repodoc.core.manifests import Manifests
    from sphinx_repodoc.core.model import File, Import


def link(files: Sequence[File], manifests: Manifests) -> Links:
    """Resolve every import of a repository.

    :param files: all of its files, in any order; what is not among them does not exist.
    """
    index = make_index(files, manifests)
    found = dict(_iter_found(index))
    exports = Exports(index.files, found)
    sources = [collect_uses(index.files[path], found[path], exports) for path in found]
    return Links(
        imports={path: _resolved(index.files[path], each) for path, each in found.items()},
        edges=tuple(edge for source in sources for edge in _iter_edges(source)),
        uses=tuple(_iter_uses([*_iter_source_uses(sources), *_iter_shared(index, sources)])),
    )


def _iter_found(index: Index) -> Iterator[tuple[str, tuple[Found, ...]]]:
    """Yield what each file's imports lead to, by path; every kind of linker is made once."""
    for path, file in index.files.items():
        if file.facts.imports:
            make = LINKERS.get(file.entry.language)
            yield path, index.share(make)(file) if make else (UNKNOWN,) * len(file.facts.imports)


def _resolved(file: File, found: Sequence[Found]) -> tuple[ResolvedImport, ...]:
    return tuple(
        [
            ResolvedImport(
                index=index,
                origin=each.origin,
                targets=each.targets,
                module=_first(each.base or (() if each.modules else each.targets)),
                names=_files_of_names(wanted, each) if each.targets else (),
                manifest=each.manifest,
            )
            for index, (wanted, each) in enumerate(zip(file.facts.imports, found, strict=True))
        ]
    )


def _files_of_names(wanted: Import, found: Found) -> tuple[str, ...]:
    places = {each.name: _first(each.files) for each in (*found.named, *found.modules)}
    return tuple([places.get(name.name, "") for name in wanted.names])


def _first(paths: Sequence[str]) -> str:
    """Take a module, not the stub that is sorted behind it."""
    return paths[0] if paths else ""


def _iter_edges(source: SourceUses) -> Iterator[Edge]:
    for target in sorted(source.lines):
        yield Edge(
            source=source.path,
            target=target,
            lines=tuple(sorted(source.lines[target])),
            names=tuple(sorted(source.names.get(target, ()))),
            timings=tuple([timing for timing in Timing if timing in source.timings[target]]),
        )


def _iter_source_uses(sources: Sequence[SourceUses]) -> Iterator[Use]:
    for source in sources:
        for (target, name), (line, confidence) in source.uses.items():
            yield Use(source=source.path, target=target, name=name, line=line, confidence=confidence)


def _iter_shared(index: Index, sources: Sequence[SourceUses]) -> Iterator[Use]:
    """Yield uses between files of a package, where no import says the same."""
    imported = {source.path: source.uses for source in sources}
    for source, target, name, line in iter_neighbours(index):
        if target != source and (target, name) not in imported.get(source, ()):
            yield Use(source=source, target=target, name=name, line=line, confidence=Confidence.SHARED)


def _iter_uses(uses: Iterable[Use]) -> Iterator[Use]:
    """Yield uses by target, name and source; those of a target and a name come sorted by source."""
    by_target: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_target[use.target][use.name].append(use)
    for target in sorted(by_target):
        names = by_target[target]
        for name in sorted(names):
            found = names[name]
            yield from sorted(found, key=_source) if found[-1].confidence is Confidence.SHARED else found


_source = attrgetter("source")
