"""Looks whether links from the pages of one shard into another lead somewhere."""

from __future__ import annotations

import posixpath
import re
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_CHUNK = 50
_SILENT = re.compile(r'</?(?!script|style|textarea|title)[a-z][a-z0-9]*(?: class="[^"<>]*")?>')
"""Tags without id and address, which are most of a page: the parser need not take its time for them. Those
named here stay, for what stands between them is read differently."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page."""

    page: str
    """Path of the page that it is on."""
    address: str
    """As it is written."""
    target: str
    """Path of the page that it leads to."""
    fragment: str

    def problem(self, what: str) -> str:
        return f"{self.page} links to {self.address!r}: {what}"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of all shards in one folder."""

    folder: Path
    owners: Mapping[str, str]
    """Path of each page to its shard."""
    folders: frozenset[str]
    """Folders that hold pages, at any depth, below that of the site."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What has to be known of a page; small, for there may be many."""

    path: str
    links: tuple[Link, ...]
    """Those into another shard, and those to pages that are not there."""
    ids: bytes
    """Places that can be linked to, compressed: mostly one for each line of a source."""

    def lacks(self, fragments: Iterable[str]) -> set[str]:
        return set(fragments).difference(zlib.decompress(self.ids).decode().split("\n"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.ids.add(value or "")
            elif name == "href" and tag == "a":
                self.addresses.add(value or "")


def dead_links(folder: Path, owners: Mapping[str, str], jobs: int) -> list[str]:
    """A sentence for each link into another shard that leads to no page, or to no place of its page.

    :param folder: with the pages of all shards.
    :param owners: path of each page in it to its shard.
    """
    outlines = {outline.path: outline for outline in _read_all(Site(folder, owners, _folders(owners)), jobs)}
    links = [link for outline in outlines.values() for link in outline.links]
    dead = [link.problem("there is no such page") for link in links if link.target not in owners]
    wanted: dict[str, set[str]] = {}
    for link in links:
        if link.target in owners and link.fragment:
            wanted.setdefault(link.target, set()).add(link.fragment)
    lacking = {target: outlines[target].lacks(fragments) for target, fragments in wanted.items()}
    dead += [
        link.problem("the page has no such place")
        for link in links
        if link.fragment in lacking.get(link.target, ())
    ]
    return sorted(dead)


def _folders(paths: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        above = posixpath.dirname(path)
        while above and above not in found:
            found.add(above)
            above = posixpath.dirname(above)
    return frozenset(found)


def _read_all(site: Site, jobs: int) -> Iterator[Outline]:
    paths = sorted(site.owners)
    if jobs == 1 or len(paths) <= _CHUNK:
        yield from (_read_page(site, path) for path in paths)
        return
    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    with ProcessPoolExecutor(jobs, initializer=_sites.append, initargs=(site,)) as pool:
        for outlines in pool.map(_read_chunk, chunks):
            yield from outlines


_sites: list[Site] = []
"""In a worker, the site: sent once, and not with each chunk."""


def _read_chunk(paths: Sequence[str]) -> list[Outline]:
    (site,) = _sites
    return [_read_page(site, path) for path in paths]


def _read_page(site: Site, path: str) -> Outline:
    reader = _Reader()
    reader.feed(_SILENT.sub("", (site.folder / path).read_text("utf-8", "replace")))
    reader.close()
    links = (_link(path, address) for address in sorted(reader.addresses))
    kept = tuple(link for link in links if link is not None and _concerns(site, link))
    return Outline(path, kept, zlib.compress("\n".join(sorted(reader.ids)).encode()))


def _concerns(site: Site, link: Link) -> bool:
    """Whether the link leads into another shard, or to where a page could be and none is."""
    owner = site.owners.get(link.target)
    if owner is not None:
        return owner != site.owners[link.page]
    if not link.target.endswith(".html"):
        return False
    above = posixpath.dirname(link.target)
    near = above in site.folders or posixpath.dirname(above) in site.folders
    return near and not (site.folder / link.target).exists()


def _link(page: str, address: str) -> Link | None:
    """The link, if it leads to another page of the site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None  # not an address of anything
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if parts.path.rpartition("/")[2] in {"", ".", ".."}:
        target = posixpath.normpath(f"{target}/index.html")
    return Link(page, address, target, unquote(parts.fragment))
