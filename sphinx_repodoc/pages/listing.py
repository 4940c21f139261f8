"""Keywords of several files as a list from A to Z."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_repodoc.core.keywords import sort_key
from sphinx_repodoc.core.names import PageKind, keyword_slug
from sphinx_repodoc.pages.blocks import Code, Fold, Group, Item, Items, Para, Quiet, Ref, Strong
from sphinx_repodoc.pages.parts import SHOWN, join, scope_of, table
from sphinx_repodoc.pages.words import capitalised, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_repodoc.pages.blocks import Block, Blocks, Inlines
    from sphinx_repodoc.pages.data import Keyword


def letters_title(letters: str) -> str:
    """Heading of the keywords that begin with these letters; ``#`` are those that begin with none."""
    if letters == "#":
        return "Other signs"
    return capitalised(letters.removeprefix("#").strip() or letters)


def letters_table(kind: PageKind, counts: Sequence[tuple[str, int]], noun: str) -> Blocks:
    """Link the pages of a list that is cut by letters; none when it is one page.

    :param counts: (first letters, how many begin with them) of each page.
    """
    if len(counts) <= 1:
        return ()
    rows = [
        ((Ref(kind, letters, letters_title(letters), code=False),), (f"{number:,}",))
        for letters, number in counts
    ]
    return table(("Begin with", noun), rows, (1,))


def keyword_list(keywords: Sequence[Keyword], kind: PageKind, path: str, letters: int = 1) -> Blocks:
    """Keywords under their first letters, behind a line of links to these.

    :param keywords: in the order of :func:`~sphinx_repodoc.core.keywords.sort_key`.
    :param kind: of the page on which the list stands.
    :param letters: how many of the first letters make a heading.
    """
    groups = [
        Group(letters_title(prefix), name_blocks(found), _anchor(prefix))
        for prefix, found in groupby(keywords, key=lambda keyword: sort_key(keyword.name)[:letters])
    ]
    if len(groups) <= 1:
        return groups[0].blocks if groups else ()
    bar = join(((Ref(kind, path, group.title, group.anchor, code=False),) for group in groups), " · ")
    return (Para(bar), *groups)


def _anchor(prefix: str) -> str:
    return f"letters-{keyword_slug(prefix)}"


def name_blocks(keywords: Iterable[Keyword]) -> Blocks:
    """Keywords with the definitions of one name together; a name with many is folded."""
    names: dict[str, list[Keyword]] = {}
    for keyword in keywords:
        names.setdefault(keyword.name, []).append(keyword)
    blocks: list[Block] = []
    run: list[Item] = []
    for name, definitions in names.items():
        if len(definitions) <= SHOWN:
            run.append(_item(name, definitions))
            continue
        if run:
            blocks.append(Items(tuple(run), "columns"))
            run = []
        children = Items(tuple(Item(_definition(found)) for found in definitions))
        blocks.append(Fold(_head(name, definitions), (children,)))
    return (*blocks, Items(tuple(run), "columns")) if run else tuple(blocks)


def _item(name: str, definitions: Sequence[Keyword]) -> Item:
    if len(definitions) > 1:
        return Item(_head(name, definitions), tuple(Item(_definition(found)) for found in definitions))
    found = definitions[0]
    scope: Inlines = ()
    if found.qualname != name:
        outer = scope_of(name, found.qualname)
        scope = (" in ", Code(outer)) if outer else (" as ", Code(found.qualname))
    return Item(
        (Ref(PageKind.FILE, found.path, name, found.anchor), " ", Strong(found.kind), *scope, *_place(found))
    )


def _head(name: str, definitions: Sequence[Keyword]) -> Inlines:
    return (Code(name), f" — {count(len(definitions), 'definition')}")


def _definition(found: Keyword) -> Inlines:
    link = Ref(PageKind.FILE, found.path, found.qualname, found.anchor)
    return (link, " ", Strong(found.kind), *_place(found))


def _place(found: Keyword) -> Inlines:
    return (Quiet(f" {found.path}"),)
