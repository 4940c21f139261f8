"""A reading order for the whole repository: foundations first, by the imports between folders."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.concepts import make_glossary
from sphinx_repodoc.analyze.graph import reading_order, strongly_connected
from sphinx_repodoc.analyze.model import Book, Chapter, Part
from sphinx_repodoc.analyze.paths import folder_of
from sphinx_repodoc.core.languages import language
from sphinx_repodoc.core.model import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_repodoc.analyze.concepts import UsedSymbol
    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role


def make_book(context: Context, roles: Mapping[str, tuple[Role, ...]], used: tuple[UsedSymbol, ...]) -> Book:
    """Parts are the top folders and the files of the root; chapters the folders with something to read.

    That is a program or a document directly in them: folders of catalogues, images
    or data are no chapters.
    """
    chapters = _folder_graph(context, roles)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for folder, targets in chapters.items():
        parts[part_of(folder)].update(part_of(target) for target in targets)
    order = {part: number for number, part in enumerate(reading_order(_as_graph(parts)))}
    read: set[str] = set()
    made = []
    for part in sorted(order, key=order.__getitem__):
        inside = {folder: targets for folder, targets in chapters.items() if part_of(folder) == part}
        made.append(Part(path=part, chapters=_order_chapters(inside, read)))
    return Book(parts=tuple(made), glossary=make_glossary(used))


def part_of(folder: str) -> str:
    """Top folder above a folder; the root is its own part."""
    return folder.partition("/")[0]


def _folder_graph(context: Context, roles: Mapping[str, tuple[Role, ...]]) -> dict[str, set[str]]:
    """Every folder with something to read to those that its files import from."""
    graph: dict[str, set[str]] = {
        folder: set()
        for folder, paths in sorted(context.names.items())
        if any(_is_readable(path, context, roles) for path in paths)
    }
    for path, targets in context.graph.items():
        folder = folder_of(path)
        if folder in graph:
            graph[folder].update({folder_of(target) for target in targets} & graph.keys() - {folder})
    return graph


def _is_readable(path: str, context: Context, roles: Mapping[str, tuple[Role, ...]]) -> bool:
    entry = context.files[path].entry
    return entry.kind in {EntryKind.TEXT, EntryKind.LARGE} and (
        language(entry.language).is_code or any(role.name == "documentation" for role in roles[path])
    )


def _order_chapters(graph: Mapping[str, set[str]], read: set[str]) -> tuple[Chapter, ...]:
    """Chapters of one part.

    :param read: folders of the chapters before; these are added to it.
    """
    inner = _as_graph({folder: targets & graph.keys() for folder, targets in graph.items()})
    cycles = {folder for nodes in strongly_connected(inner) if len(nodes) > 1 for folder in nodes}
    chapters = []
    for folder in reading_order(inner):
        builds_on = tuple(sorted(graph[folder] & read))
        chapters.append(Chapter(path=folder, builds_on=builds_on, after_cycle=folder in cycles))
        read.add(folder)
    return tuple(chapters)


def _as_graph(edges: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {node: tuple(sorted(set(targets) - {node})) for node, targets in edges.items()}
