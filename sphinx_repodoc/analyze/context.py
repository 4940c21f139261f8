"""Everything the analyses look at, indexed once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from sphinx_repodoc.analyze.paths import ancestors, folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_repodoc.analyze.model import History
    from sphinx_repodoc.core.linked import Edge, Links, Use
    from sphinx_repodoc.core.manifests import Manifests
    from sphinx_repodoc.core.model import File


K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A repository with the indexes that more than one analysis needs."""

    files: Mapping[str, File]
    """By path, sorted."""
    folders: tuple[str, ...]
    """Every folder above a file, sorted, the root (the empty string) first."""
    names: Mapping[str, tuple[str, ...]]
    """Folder to the paths of the files directly in it, sorted."""
    subfolders: Mapping[str, tuple[str, ...]]
    """Folder to the folders directly in it, sorted; those without are absent."""
    links: Links
    manifests: Manifests
    history: Mapping[str, History]
    read: Callable[[str], str | None]
    """Text of a file of the repository; ``None`` when it has none."""
    outgoing: Mapping[str, tuple[Edge, ...]]
    """Import edges by source, sorted by target."""
    incoming: Mapping[str, tuple[Edge, ...]]
    """Import edges by target, sorted by source."""
    uses: Mapping[str, tuple[Use, ...]]
    """Uses by target, sorted by name and source."""
    graph: Mapping[str, tuple[str, ...]]
    """Every file to the files that are imported when it is loaded."""


def make_context(
    files: Sequence[File],
    links: Links,
    manifests: Manifests,
    history: Mapping[str, History],
    read: Callable[[str], str | None],
) -> Context:
    """Index the facts of a repository; edges to files that are not there are left out."""
    by_path = {file.entry.path: file for file in sorted(files, key=lambda file: file.entry.path)}
    edges = [e for e in links.edges if e.source != e.target and e.source in by_path and e.target in by_path]
    outgoing = group(edges, attrgetter("source"))
    names = group(by_path, folder_of)
    folders = tuple(sorted({above for folder in {"", *names} for above in ancestors(folder)}))
    return Context(
        files=by_path,
        folders=folders,
        names=names,
        subfolders=group(folders[1:], folder_of),
        links=links,
        manifests=manifests,
        history=history,
        read=read,
        outgoing=outgoing,
        incoming=group(edges, attrgetter("target")),
        uses=group((use for use in links.uses if use.target in by_path), attrgetter("target")),
        graph={
            path: tuple(edge.target for edge in outgoing.get(path, ()) if edge.at_load) for path in by_path
        },
    )


def group(values: Iterable[V], key: Callable[[V], K]) -> dict[K, tuple[V, ...]]:
    """Values by key, each group in the order they came in."""
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return {name: tuple(found) for name, found in groups.items()}
