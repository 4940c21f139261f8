"""The navigation that themes show beside a page of ours, in the markup of a toctree.

It holds the user's documents as the root document lists them, and below the
front page the way down to this page with what lies around it: as much for a
page of a large repository as for one of a small.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import WHOLE_KINDS, PageKey, PageKind
from sphinx_repodoc.pages.table import page_title
from sphinx_repodoc.sphinx_ext.navigation import ABOUT_ALL, FOLDER_KINDS
from sphinx_repodoc.sphinx_ext.written import root_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.navigation import Link, Place
    from sphinx_repodoc.sphinx_ext.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the navigation."""

    address: str
    title: str
    leads_here: bool = False
    """It is this page or one above it."""
    is_here: bool = False
    below: tuple[Entry, ...] = ()
    caption: str = ""
    """Heading of the toctree that begins with it."""
    is_external: bool = False


def sidebar_entries(
    env: BuildEnvironment, repository: Repository, key: PageKey, place: Place, uri: Callable[[str], str]
) -> list[Entry]:
    """The documents of the user, and the way to this page below the front page."""
    front = repository.docname(PageKind.FOLDER) or ""
    below = _Way(repository, key, place, uri).entries()
    entries = [
        Entry(
            address=found.target if found.is_external else uri(found.target),
            title=found.title,
            leads_here=found.target == front,
            is_here=found.target == front and key == PageKey(PageKind.FOLDER),
            below=below if found.target == front else (),
            caption=found.caption,
            is_external=found.is_external,
        )
        for found in root_entries(env)
    ]
    if not any(entry.leads_here for entry in entries):
        is_here = key == PageKey(PageKind.FOLDER)
        title = page_title(PageKind.FOLDER, "")
        entries.append(Entry(address=uri(front), title=title, leads_here=True, is_here=is_here, below=below))
    return entries


@dataclass(frozen=True, slots=True)
class _Way:
    """The part of the navigation that lies below the front page."""

    repository: Repository
    key: PageKey
    place: Place
    uri: Callable[[str], str]

    def entries(self) -> tuple[Entry, ...]:
        """From the outside to the inside."""
        own = self._own_folder()
        entries = self._around(own)
        folders = [link for link in self.place.parents if link.key.kind is PageKind.FOLDER][1:]
        if own is not None and folders and folders[-1].key == own:
            folders.pop()  # it stands among its siblings
        for folder in reversed(folders):
            entries = (self._entry(folder, leads_here=True, below=entries),)
        return entries

    def _own_folder(self) -> PageKey | None:
        is_folder = self.key.kind in FOLDER_KINDS and self.key.path
        return PageKey(PageKind.FOLDER, self.key.path) if is_folder else None

    def _around(self, own: PageKey | None) -> tuple[Entry, ...]:
        """Entries of the folder that the page lies in; of the root for pages of the whole repository."""
        place = self.place
        is_whole = self.key.kind in ABOUT_ALL or not self.key.path
        children = (*map(self._entry, place.children), *self._rest(place.children, place.more_children))
        return (
            *(self._whole_pages() if is_whole else ()),
            *(self._entry(link, below=children if link.key == own else ()) for link in place.siblings),
            *self._rest(place.siblings, place.hidden),
        )

    def _whole_pages(self) -> Iterable[Entry]:
        for kind in WHOLE_KINDS:
            docname = self.repository.docname(kind)
            if docname in self.repository.pages:
                part = kind is PageKind.BOOK and self.key.kind is PageKind.BOOK_PART
                yield Entry(
                    address=self.uri(docname or ""),
                    title=page_title(kind, ""),
                    leads_here=part or kind is self.key.kind,
                    is_here=PageKey(kind) == self.key,
                )

    def _entry(self, link: Link, *, leads_here: bool = False, below: tuple[Entry, ...] = ()) -> Entry:
        """One file or folder; its details (keywords, documentation) have no entries of their own."""
        is_own = link.key.path == self.key.path and self.key.kind not in ABOUT_ALL
        return Entry(
            address=self.uri(self.repository.names.docname(link.key) or ""),
            title=link.title,
            leads_here=leads_here or is_own,
            is_here=link.key == self.key,
            below=below,
        )

    def _rest(self, shown: Sequence[Link], hidden: int) -> Iterable[Entry]:
        """Lead to the folder for what is not shown of it."""
        if hidden:
            folder = PageKey(PageKind.FOLDER, shown[0].key.path.rpartition("/")[0])
            docname = self.repository.names.docname(folder) or ""
            yield Entry(address=self.uri(docname), title=f"… and {hidden:,} more")


def render_entries(entries: Sequence[Entry], *, level: int = 1, classes: str = "") -> str:
    """Nested lists as Sphinx renders a toctree.

    :param level: of the outermost list, in the classes of its items.
    :param classes: more classes of the outermost lists.
    """
    out = []
    start = 0
    for end in range(1, len(entries) + 1):
        if end < len(entries) and not entries[end].caption:
            continue
        run = entries[start:end]
        if run[0].caption:
            caption = escape(run[0].caption)
            out.append(f'<p class="caption" role="heading"><span class="caption-text">{caption}</span></p>')
        out.append(_list(run, level, classes))
        start = end
    return "\n".join(out)


def _list(entries: Sequence[Entry], level: int, classes: str) -> str:
    here = "current" if any(entry.leads_here for entry in entries) else ""
    names = " ".join(filter(None, (here, classes)))
    items = "".join(_item(entry, level) for entry in entries)
    return f'<ul class="{names}">{items}</ul>' if names else f"<ul>{items}</ul>"


def _item(entry: Entry, level: int) -> str:
    # "active" is how themes made with Bootstrap mark what "current" marks in others
    current = " current active" if entry.leads_here else ""
    kind = "external" if entry.is_external else "internal"
    link = f"{'current ' if entry.leads_here else ''}reference {kind}"
    here = ' aria-current="page"' if entry.is_here else ""
    below = _list(entry.below, level + 1, "") if entry.below else ""
    return (
        f'<li class="toctree-l{level}{current}">'
        f'<a class="{link}" href="{escape(entry.address)}"{here}>{escape(entry.title)}</a>{below}</li>'
    )
