"""The documentation of a folder: what it is made of, how it is wired, how to work in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Group, Item, Para, Ref
from sphinx_repodoc.pages.coupling import finding_items, folder_coupling
from sphinx_repodoc.pages.coverage import build_folder_coverage
from sphinx_repodoc.pages.folder_index import folder_header
from sphinx_repodoc.pages.graphs import draw_parts
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import count, listed, short_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_repodoc.analyze.measures import Ranked
    from sphinx_repodoc.analyze.model import Flow, FolderRelations
    from sphinx_repodoc.pages.blocks import Block, Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData


def build_header(data: PageData, path: str) -> Blocks:
    """Open the documentation of a folder."""
    return folder_header(data, path, PageKind.FOLDER_DOC)


def build_contents(data: PageData, path: str) -> Blocks:
    """How many files and folders there are, then their languages."""
    folder = data.folder_relations(path)
    if not folder.total_files:
        return ()
    return (Para((_contents(folder),)), *language_table(folder))


def _contents(folder: FolderRelations) -> str:
    direct = [
        count(number, noun)
        for number, noun in ((len(folder.files), "file"), (len(folder.folders), "folder"))
        if number
    ]
    below = f"; {count(folder.total_files, 'file')} with those below" if folder.folders else ""
    return f"It holds {listed(direct)}{below}."


def language_table(folder: FolderRelations) -> Blocks:
    """Languages of the whole subtree, most lines first."""
    rows: list[tuple[Inlines, ...]] = [
        (
            (parts.language_title(share.language),),
            (f"{share.files:,}",),
            parts.number(share.lines),
            (short_size(share.size),),
        )
        for share in folder.languages
    ]
    rest = folder.total_files - sum(share.files for share in folder.languages)
    if rows and rest > 0:
        lines = folder.total_lines - sum(share.lines for share in folder.languages)
        rows.append((("no language known",), (f"{rest:,}",), parts.number(lines), ()))
    return parts.folded_table(("Language", "Files", "Lines", "Size"), rows, (1, 2, 3))


def build_concepts(data: PageData, path: str) -> Blocks:
    """Show the names that files outside use most."""
    folder = data.folder_relations(path)
    return concept_blocks(folder)


def concept_blocks(folder: FolderRelations) -> Blocks:
    """List the most used names of a folder; with a link to all keywords when there are more than are listed."""
    concepts = folder.concepts
    if not concepts:
        return ()
    total = max(folder.concepts_total, len(concepts))
    where = "outside it" if folder.path else f"other than {'its' if total == 1 else 'their'} own"
    verb = "is" if total == 1 else "are"
    first = Para((f"{count(total, 'name')} defined here {verb} used by files {where}.",))
    blocks: list[Block] = [first, *parts.folded([parts.concept_item(concept) for concept in concepts])]
    if total > len(concepts):
        link = Ref(PageKind.FOLDER_KEYWORDS, folder.path, "all keywords", code=False)
        blocks.append(Para((f"These are the {len(concepts):,} most used; the others are among ", link, ".")))
    return tuple(blocks)


def build_architecture(data: PageData, path: str) -> Blocks:
    """Show what binds the folder to the rest, and the imports inside it, out of it and into it."""
    folder = data.folder_relations(path)
    folders = frozenset(child.path for child in folder.folders)
    groups = (
        _inner(folder.inner, folders),
        _outside(
            "What it imports from",
            "It imports from",
            _ends(data, {flow.target: flow.edges for flow in folder.outward}),
            "outward",
        ),
        _outside(
            "Who imports from it",
            "It is imported from",
            _ends(data, {flow.source: flow.edges for flow in folder.inward}),
            "inward",
        ),
    )
    return (*folder_coupling(folder.coupling), *(group for group in groups if group))


def _inner(flows: Sequence[Flow], folders: frozenset[str]) -> Group | None:
    if not flows:
        return None
    rows = [
        ((_end(flow.source, folders),), (_end(flow.target, folders),), (f"{flow.edges:,}",))
        for flow in sorted(flows, key=lambda flow: (-flow.edges, flow.source, flow.target))
    ]
    head = ("From", "To", "Imports")
    total = count(sum(flow.edges for flow in flows), "import")
    sentence = Para((f"{total} between what lies directly in it:",))
    table = parts.folded_table(head, rows, (2,))
    return Group("Inside", (sentence, *_drawn(flows, folders), *table), "inside")


def _drawn(flows: Sequence[Flow], folders: frozenset[str]) -> Blocks:
    def link(path: str, text: str) -> Ref:
        is_folder = path in folders
        return Ref(
            PageKind.FOLDER_DOC if is_folder else PageKind.FILE, path, f"{text}/" if is_folder else text
        )

    found = draw_parts(flows, link)
    if found is None:
        return ()
    graph, total = found
    few = (
        f"the {len(graph.boxes)} of {total:,} parts with most imports, and "
        if total > len(graph.boxes)
        else ""
    )
    return (graph, Para((f"Drawn are {few}the imports that no longer way implies; the table has them all.",)))


def _end(path: str, folders: frozenset[str]) -> Ref:
    return parts.folder_ref(path) if path in folders else parts.file_ref(path)


def _ends(data: PageData, edges: Mapping[str, int]) -> list[tuple[Ref, int]]:
    """Link the other ends of flows, which are folders or files; those with most imports first."""
    if not edges:
        return []
    files = data.all_files()
    ranked = sorted(edges.items(), key=lambda end: (-end[1], end[0]))
    return [(_place(path, files), number) for path, number in ranked]


def _place(path: str, files: Sequence[str]) -> Ref:
    index = bisect_left(files, path)
    is_file = index < len(files) and files[index] == path
    return parts.file_ref(path) if is_file else parts.folder_ref(path)


def _outside(title: str, verb: str, ends: Sequence[tuple[Ref, int]], anchor: str) -> Group | None:
    if not ends:
        return None
    kinds = Counter("file" if ref.kind is PageKind.FILE else "folder" for ref, _ in ends)
    places = listed([count(kinds[kind], kind) for kind in ("folder", "file") if kinds[kind]])
    total = count(sum(edges for _, edges in ends), "import")
    sentence = Para((f"{verb} {places} outside: {total}.",))
    items = [Item((ref, f" — {edges:,}")) for ref, edges in ends]
    return Group(title, (sentence, *parts.folded(items)), anchor)


def build_important(data: PageData, path: str) -> Blocks:
    """Rank files by how many others import them or take names from them."""
    folder = data.folder_relations(path)
    return _ranked(folder.important, "Files that use it", folder.important_total, "others use")


def _ranked(files: Sequence[Ranked], head: str, total: int, what: str) -> Blocks:
    """Make a table of files with their number; says of how many they are the first."""
    rows = [((parts.file_ref(file.path),), (f"{file.count:,}",), sentence(file.purpose)) for file in files]
    blocks = parts.folded_table(("File", head, "Purpose"), rows, (1,))
    if total <= len(files):
        return blocks
    return (*blocks, Para((f"These are the first {len(files):,} of {count(total, 'file')} that {what}.",)))


def build_working(data: PageData, path: str) -> Blocks:
    """Show owners, commands, the share of lines that tests run, the files that change most, what is left to do."""
    folder = data.folder_relations(path)
    owners = parts.owner_inlines(folder.owners, folder.owners_at)
    groups = (
        ("Owners", (Para(owners),) if owners else (), "owners"),
        ("Commands", parts.folded(parts.command_items(folder.commands)), "commands"),
        ("Test coverage", build_folder_coverage(folder.coverage), "coverage"),
        ("What rules found", parts.folded(finding_items(folder.findings)), "findings"),
        ("Most changed files", _changed(folder), "changed"),
        ("Hot spots", _hot(folder), "hot"),
        ("Open notes", _notes(folder), "notes"),
    )
    return tuple(Group(title, blocks, anchor) for title, blocks, anchor in groups if blocks)


def _changed(folder: FolderRelations) -> Blocks:
    return _ranked(folder.changed, "Commits", folder.changed_total, "have a history")


def _hot(folder: FolderRelations) -> Blocks:
    """Files that are complex and change often: where work is hardest."""
    rows = [
        ((parts.file_ref(spot.path),), (f"{spot.commits:,}",), (f"{spot.complexity:,}",))
        for spot in folder.hot
    ]
    blocks = parts.folded_table(("File", "Commits", "Complexity"), rows, (1, 2))
    if not rows:
        return ()
    what = "By commits times the cyclomatic complexity of all functions"
    total = (
        f"the first {len(rows):,} of {count(folder.hot_total, 'file')}"
        if folder.hot_total > len(rows)
        else ""
    )
    return (Para((f"{what}{f': {total}' if total else ''}.",)), *blocks)


def _notes(folder: FolderRelations) -> Blocks:
    own = [parts.note_item(note, parts.place_ref(note.path, note.line, "")) for note in folder.notes]
    below = [
        Item((Ref(PageKind.FOLDER_DOC, path, f"{path}/", "working"), f" — {count(number, 'note')}"))
        for path, number in folder.notes_below
    ]
    if not below:
        return parts.folded(own)
    total = sum(number for _, number in folder.notes_below)
    return (*parts.folded(own), Para((f"{count(total, 'note')} in folders below:",)), *parts.folded(below))


def build_licenses(data: PageData, path: str) -> Blocks:
    """Show the licences of the repository's files, and where they are stated."""
    rows = [
        (
            parts.text_cell(name or "not known"),
            (parts.file_ref(at),) if at else ("the files themselves",),
            parts.number(files),
        )
        for name, at, files in data.folder_relations(path).licenses
    ]
    return parts.folded_table(("Licence", "Stated in", "Files"), rows, (2,))
