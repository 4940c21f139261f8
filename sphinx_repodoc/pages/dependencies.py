"""Both directions of a file's imports, and its place among the files of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind, symbol_anchors
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Group, Item, Para, Ref
from sphinx_repodoc.pages.coupling import file_coupling
from sphinx_repodoc.pages.graphs import draw_neighbours
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.analyze.model import Dependency, External, FileRelations
    from sphinx_repodoc.pages.blocks import Block, Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData


def external_imports(relations: FileRelations) -> tuple[tuple[str, tuple[External, ...]], ...]:
    """Modules from outside the repository under the heading of their group; no empty group.

    They are apart from :func:`build_dependencies` because they may become
    cross-references to other projects, which only Sphinx can resolve.
    """
    groups = (
        ("Standard library", relations.standard),
        ("Third party", relations.third_party),
        ("Not in this repository, the standard library or a manifest", relations.unknown),
    )
    return tuple((title, externals) for title, externals in groups if externals)


def build_dependencies(data: PageData, path: str) -> Blocks:
    """Show the files of this repository that the file imports, and those that import it."""
    relations = data.file_relations(path)
    groups: list[Group] = []
    if relations.imports:
        imports = [
            Item((parts.file_ref(end.path), *names_of(end.names, path, {}), *_lines(path, end), *_when(end)))
            for end in relations.imports
        ]
        groups.append(Group("This repository", parts.folded(imports), "imports-here"))
    if relations.imported_by:
        anchors = _own_anchors(data, path)
        users = [
            Item(
                (
                    parts.file_ref(end.path),
                    *names_of(end.names, path, anchors),
                    *_lines(end.path, end),
                    *_when(end),
                )
            )
            for end in relations.imported_by
        ]
        groups.append(Group("Imported by", parts.folded(users), "imported-by"))
    return tuple(groups)


def _lines(importer: str, end: Dependency) -> Inlines:
    return parts.bracketed(parts.line_refs(importer, end.lines))


def _when(end: Dependency) -> Inlines:
    return (f", {end.when}",) if end.when else ()


def names_of(names: tuple[str, ...], path: str, anchors: Mapping[str, str]) -> Inlines:
    """Link imported names into the outline of the page's own file where it has them."""
    linked = (
        (Ref(PageKind.FILE, path, name, anchors[name]) if name in anchors else Code(name),) for name in names
    )
    return (": ", *parts.join(linked)) if names else ()


def _own_anchors(data: PageData, path: str) -> dict[str, str]:
    """Name of each symbol at the top level of the file to the id of its first definition."""
    symbols = data.file(path).facts.symbols
    anchors: dict[str, str] = {}
    for symbol, anchor in zip(symbols, symbol_anchors(symbols), strict=True):
        if symbol.parent < 0:
            anchors.setdefault(symbol.name, anchor)
    return anchors


def build_architecture(data: PageData, path: str) -> Blocks:
    """Where the file stands among imports that run on loading: layer, cycle, fan-in and fan-out, dependants."""
    relations = data.file_relations(path)
    if not (relations.imports or relations.imported_by):
        return ()
    blocks: list[Block] = [Para(_layer(relations)), *file_coupling(relations)]
    graph = draw_neighbours(relations)
    if graph is not None:
        blocks.append(graph)
    if relations.dependants:
        blocks.append(Para(_dependants(relations)))
    if len(relations.dependants_in) > 1:
        folders = [
            Item((parts.folder_ref(folder), f" — {count(number, 'file')}"))
            for folder, number in relations.dependants_in
        ]
        blocks.append(Group("What depends on it, by folder", parts.folded(folders), "dependants"))
    if relations.cycle:
        members = [Item((parts.file_ref(member),)) for member in relations.cycle]
        sentence = Para((_cycle(relations),))
        blocks.append(Group("Import cycle", (sentence, *parts.folded(members)), "cycle"))
    return tuple(blocks)


def _cycle(relations: FileRelations) -> str:
    shown = len(relations.cycle)
    total = max(relations.cycle_total, shown)
    which = f". The {shown:,} that import it or that it imports are" if total > shown else ""
    return f"It is part of an import cycle with {count(total, 'other file')}{which}:"


def _layer(relations: FileRelations) -> Inlines:
    if not relations.imports:
        return ("Layer 0: it imports no file of this repository.",)
    if all(end.when for end in relations.imports):
        return ("Layer 0: loading it imports no file of this repository.",)
    cycles = ", with its import cycle counted as one file" if relations.cycle else ""
    return (f"Layer {relations.layer}, by the longest chain of imports below it{cycles}.",)


def _dependants(relations: FileRelations) -> Inlines:
    """Direct imports are those that run on loading; the others load it only later, if ever."""
    direct = sum(not end.when for end in relations.imported_by)
    later = [end.when for end in relations.imported_by if end.when]
    verb = "imports" if direct == 1 else "import"
    text = f"{count(direct, 'file')} {verb} it"
    if later:
        text += f" when loaded, {len(later):,} more only {' or '.join(sorted(set(later)))}"
    through = relations.dependants - direct
    if through:
        text += f"; {count(through, 'other')} {'loads' if through == 1 else 'load'} it through these"
    if len(relations.dependants_in) == 1:
        (folder, number), *_ = relations.dependants_in
        return (f"{text}, {'all ' if number > 1 else ''}in ", parts.folder_ref(folder), ".")
    return (f"{text}.",)


def build_related(data: PageData, path: str) -> Blocks:
    """Files that belong with this one for a reason that no other section shows."""
    related = data.file_relations(path).related
    items = [Item((parts.file_ref(other.path), " — ", ", ".join(other.reasons))) for other in related]
    return parts.folded(items)
