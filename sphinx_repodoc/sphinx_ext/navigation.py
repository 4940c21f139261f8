"""Breadcrumbs, neighbours and the sidebar of our pages.

Pages below the front page are in no toctree: themes resolve the global toctree
for every page, which is quadratic. What a page shows instead depends on its
own folder only, so that a new file touches its neighbours and no other page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import WHOLE_KINDS, PageKey, PageKind, way_down

if TYPE_CHECKING:
    from sphinx_repodoc.core.names import PageNames

WINDOW = 12
"""Neighbours shown on each side of the current entry of a folder."""

FOLDER_KINDS = frozenset({PageKind.FOLDER, PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS})
ABOUT_ALL = frozenset({*WHOLE_KINDS, PageKind.BOOK_PART})
"""Pages about the whole repository, and the parts of one."""
_FILE_KINDS = frozenset({PageKind.FILE, PageKind.FILE_KEYWORDS})


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation."""

    key: PageKey
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: all that its navigation shows."""

    parents: tuple[Link, ...]
    """From the front page down to the page above."""
    siblings: tuple[Link, ...]
    """Entries of the same folder around the page, itself included, in their order."""
    hidden: int
    """How many entries of the folder are not among them."""
    previous: Link | None
    next: Link | None
    """The first entry of a folder; else the neighbour here or of the nearest folder above that has one."""
    children: tuple[Link, ...] = ()
    """The first entries of a folder below the root."""
    more_children: int = 0


class Navigation:
    """Places of all pages of one repository."""

    def __init__(self, names: PageNames) -> None:
        self._names = names
        self._entries: dict[str, list[Link]] = {folder: [] for folder in names.folders}
        self._position: dict[PageKey, int] = {}
        for folder in names.folders:
            if folder:
                self._add(PageKey(PageKind.FOLDER, folder), f"{_name(folder)}/")
        for path in names.files:
            self._add(PageKey(PageKind.FILE, path), _name(path))

    def _add(self, key: PageKey, title: str) -> None:
        siblings = self._entries[_parent(key.path)]
        self._position[key] = len(siblings)
        siblings.append(Link(key, title))

    def parents(self, key: PageKey) -> tuple[Link, ...]:
        """Links from the front page down to the page above this one."""
        front = Link(PageKey(PageKind.FOLDER), "Repository")
        if key == front.key:
            return ()
        above = [front]
        if key.kind in FOLDER_KINDS | _FILE_KINDS:
            parts = key.path.split("/")[: None if _is_detail(key) else -1]
            folders = parts[:-1] if key.kind is PageKind.FILE_KEYWORDS else parts
            above += [
                Link(PageKey(PageKind.FOLDER, path), title)
                for path, title in way_down([*filter(None, folders)])
            ]
            if key.kind is PageKind.FILE_KEYWORDS:
                above.append(Link(PageKey(PageKind.FILE, key.path), _name(key.path)))
        elif key.path and key.kind is PageKind.KEYWORD_INDEX:
            above.append(Link(PageKey(PageKind.KEYWORD_INDEX), "Keyword index"))
        elif key.path and key.kind is PageKind.GLOSSARY:
            above.append(Link(PageKey(PageKind.GLOSSARY), "Glossary"))
        elif key.kind is PageKind.BOOK_PART:
            above.append(Link(PageKey(PageKind.BOOK), "Book"))
        return tuple(above)

    def place(self, key: PageKey) -> Place:
        """Where a page stands."""
        entry = _entry(key)
        parents = self.parents(key)
        siblings, low, high = self._window(entry)
        window, hidden = tuple(siblings[low:high]), len(siblings) - (high - low)
        if entry not in self._position:
            first = siblings[0] if siblings and key == PageKey(PageKind.FOLDER) else None
            return Place(parents, window, hidden, None, first)
        position = self._position[entry]
        before = siblings[position - 1] if position else self.parents(entry)[-1]
        children = self._entries[entry.path] if entry.kind is PageKind.FOLDER else []
        shown = tuple(children[: 2 * WINDOW])
        after = children[0] if children else self._after(entry)
        return Place(parents, window, hidden, before, after, shown, len(children) - len(shown))

    def _after(self, entry: PageKey) -> Link | None:
        """The next entry of the nearest folder that has one."""
        while entry in self._position:
            siblings = self._entries[_parent(entry.path)]
            position = self._position[entry] + 1
            if position < len(siblings):
                return siblings[position]
            entry = PageKey(PageKind.FOLDER, _parent(entry.path))
        return None

    def token(self, key: PageKey) -> str:
        """A text that changes with the place of a page; its parents follow from its path."""
        entry = _entry(key)
        siblings, low, high = self._window(entry)
        children = self._entries[entry.path] if entry.kind is PageKind.FOLDER else []
        after = self._after(entry)
        return "\n".join(
            [
                str(len(siblings)),
                *(link.key.path for link in siblings[low:high]),
                after.key.path if after else "",
                str(len(children)),
                *(link.key.path for link in children[: 2 * WINDOW]),
            ]
        )

    def _window(self, entry: PageKey) -> tuple[list[Link], int, int]:
        """All siblings, and the range of those shown: the first ones for pages of the whole repository."""
        position = self._position.get(entry, 0)
        siblings = self._entries[_parent(entry.path) if entry in self._position else ""]
        low = max(0, min(position - WINDOW, len(siblings) - 2 * WINDOW - 1))
        return siblings, low, min(len(siblings), low + 2 * WINDOW + 1)


def _entry(key: PageKey) -> PageKey:
    """The page of the file or folder that this page belongs to."""
    if key.kind in FOLDER_KINDS:
        return PageKey(PageKind.FOLDER, key.path)
    if key.kind is PageKind.FILE_KEYWORDS:
        return PageKey(PageKind.FILE, key.path)
    return key


def _is_detail(key: PageKey) -> bool:
    """Pages that lie below the page of their own file or folder."""
    return key.kind in {PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS, PageKind.FILE_KEYWORDS}


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
