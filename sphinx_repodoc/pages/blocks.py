"""The content of a page, apart from any output format.

A page builder turns facts into these blocks while a page is *written*; the
renderers (:mod:`~sphinx_repodoc.pages.html`, :mod:`~sphinx_repodoc.pages.docutils_blocks`)
turn blocks into HTML text or docutils nodes. They are kept so small
because thousands of links a page must cost microseconds each: as docutils nodes
they would be pickled, copied and walked several times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_repodoc.core.names import PageKind


@dataclass(frozen=True, slots=True)
class Code:
    """Text in a fixed-width font."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that names what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Text that stands back behind what it follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a page of ours; plain text where the page does not exist."""

    kind: PageKind
    path: str
    text: str
    anchor: str = ""
    """HTML id on that page: ``L12``, or one of :func:`~sphinx_repodoc.core.names.symbol_anchors`."""
    code: bool = True
    quiet: bool = False
    """Whether it stands back behind what it follows."""


@dataclass(frozen=True, slots=True)
class Url:
    """A link out of the documentation."""

    href: str
    text: str


Inline = str | Code | Strong | Quiet | Ref | Url
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    inlines: Inlines
    children: tuple[Item, ...] = ()
    note: Inlines = ()
    """A quieter second line: the first sentence of a docstring."""
    anchor: str = ""
    """HTML id of the item."""


@dataclass(frozen=True, slots=True)
class Items:
    """A bullet list."""

    items: tuple[Item, ...]
    style: str = ""
    """``outline``, ``columns`` or empty: how the style sheet lays it out."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row. Cells of numbers are right-aligned by ``numeric``."""

    head: tuple[str, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    numeric: tuple[int, ...] = ()
    """Indexes of the columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Term and value pairs: the header of a page."""

    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """The way down to a page: the folders above it, outermost first, and the page itself."""

    steps: Inlines


@dataclass(frozen=True, slots=True)
class Fold:
    """Content that opens on request. The summary says how much is inside."""

    summary: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A sub-heading and what belongs to it."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Warn:
    """What is wrong with a file, said on its page."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, highlighted: the whole with an id on every line, or some lines of it."""

    path: str
    line: int = 0
    """First line of what is shown; 0 for the whole."""
    end_line: int = 0
    language: str = ""
    """Pygments name of the lexer for some lines, where it is not that of the file."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node of a graph: a link in a column, below the nodes before it in that column."""

    ref: Ref
    column: int
    """From the left, where 0 is what points to others."""
    current: bool = False
    """Whether it stands for what the page is about."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge of a graph, between indexes of its boxes."""

    source: int
    target: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of what lists beside it say in words: formats that cannot draw leave it out."""

    label: str
    """What it shows, for those who do not see it."""
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Block = Para | Items | Table | Facts | Trail | Fold | Group | Warn | Source | Graph
Blocks = tuple[Block, ...]
