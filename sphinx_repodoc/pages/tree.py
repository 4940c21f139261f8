"""The tree of a folder, as nested lists of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Item, Items, Ref
from sphinx_repodoc.pages.prose import sentence

if TYPE_CHECKING:
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

_DEEPEST = 40
"""Levels of nested lists: writers walk them by recursion."""


def tree_blocks(data: PageData, path: str, depth: int) -> Blocks:
    """Folders, then files, of a folder.

    :param depth: levels to show, 0 for all that lists can be nested in; a folder below says how many files it holds.
    """
    items = _items(data, path, min(depth or _DEEPEST, _DEEPEST))
    return (Items(items, "outline"),) if items else ()


def _items(data: PageData, path: str, depth: int) -> tuple[Item, ...]:
    folder = data.folder_relations(path)
    folders = []
    for child in folder.folders:
        link = Ref(PageKind.FOLDER, child.path, f"{child.name}/")
        if depth == 1:
            folders.append(Item((link, f" ({child.files})"), note=sentence(child.purpose, child.language)))
        else:
            folders.append(
                Item(
                    (link,), _items(data, child.path, depth - 1), note=sentence(child.purpose, child.language)
                )
            )
    files = [
        Item((Ref(PageKind.FILE, child.path, child.name),), note=sentence(child.purpose, child.language))
        for child in folder.files
    ]
    return (*folders, *files)
