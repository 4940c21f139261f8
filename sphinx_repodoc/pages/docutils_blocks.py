"""Blocks in, docutils nodes out: for every builder that does not write HTML.

The nodes are made by the visitors while a page is written and are thrown away
with it; they hold nothing that a writer would still have to resolve. Only what
the LaTeX, text, manual page and Texinfo writers all can write is used::

    Items   bullet_list          Facts   field_list
    Table   table                Fold    paragraph, then its content
    Warn    warning              Group   rubric, then its content
    Source  literal_block        Trail   paragraph
    Graph   nothing
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from docutils import nodes

from sphinx_repodoc.pages.blocks import (
    Code,
    Facts,
    Fold,
    Graph,
    Group,
    Items,
    Para,
    Quiet,
    Ref,
    Source,
    Strong,
    Table,
    Trail,
    Url,
    Warn,
)
from sphinx_repodoc.pages.escape import is_linkable, plain_anchor, plain_text, quote_address
from sphinx_repodoc.pages.source import can_highlight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_repodoc.pages.blocks import Block, Blocks, Inline, Inlines, Item

_DEEPEST_LIST: Final = 3
"""LaTeX nests four lists and no more; one is left for what stands around ours."""
_MOST_MARKS: Final = 5
_WIDEST_COLUMN: Final = 40
_NARROWEST_COLUMN: Final = 4


def to_docutils(
    blocks: Blocks,
    resolve: Callable[[Ref], str | None] | None = None,
    *,
    ids: bool = True,
    source: Callable[[Source], tuple[str, str]] | None = None,
) -> list[nodes.Node]:
    """Turn blocks into nodes.

    :param resolve: a link to the ``refuri`` that the builder understands, ``None`` where there is no page;
        without it no links are made.
    :param ids: whether items and groups can be linked to.
    :param source: text and name of the lexer of a file; without it sources are left out.
    """
    return list(_Converter(resolve, source, ids=ids).blocks(blocks))


class _Converter:
    """The parameters of one conversion, so that methods need not pass them on."""

    def __init__(
        self,
        resolve: Callable[[Ref], str | None] | None,
        source: Callable[[Source], tuple[str, str]] | None,
        *,
        ids: bool,
    ) -> None:
        self._resolve = resolve
        self._source = source
        self._ids = ids

    def blocks(self, blocks: Blocks) -> Iterator[nodes.Node]:
        for block in blocks:
            if not _is_empty(block):
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[nodes.Node]:
        match block:
            case Para():
                yield self._paragraph(block.inlines)
            case Items():
                yield self._list(block.items)
            case Table():
                yield self._table(block)
            case Facts():
                yield nodes.field_list("", *[self._field(term, value) for term, value in block.rows])
            case Trail():
                yield self._paragraph(_joined(block.steps))
            case Fold():
                yield self._paragraph(block.summary)
                yield from self.blocks(block.blocks)
            case Group():
                title = plain_text(block.title)
                yield nodes.rubric(title, "", *self._target(block.anchor), nodes.Text(title))
                yield from self.blocks(block.blocks)
            case Warn():
                yield nodes.warning("", self._paragraph(block.inlines))
            case Source() | Graph():
                yield from self._figure(block)
            case _:
                assert_never(block)

    def _figure(self, block: Source | Graph) -> Iterator[nodes.Node]:
        """Nothing of a graph: the lists beside it say the same."""
        if isinstance(block, Source) and self._source is not None:
            yield _literal_block(*self._source(block))

    def _paragraph(self, inlines: Inlines, anchor: str = "") -> nodes.paragraph:
        return nodes.paragraph("", "", *self._target(anchor), *[self._inline(inline) for inline in inlines])

    def _target(self, anchor: str) -> list[nodes.target]:
        return [nodes.target("", "", ids=[plain_anchor(anchor)])] if self._ids and anchor else []

    def _list(self, items: Sequence[Item], depth: int = 1) -> nodes.bullet_list:
        bullets = nodes.bullet_list("", bullet="*")
        for item in items:
            bullets += (bullet := self._list_item(item))
            if item.children and depth < _DEEPEST_LIST:
                bullet += self._list(item.children, depth + 1)
            else:
                bullets.extend(
                    self._list_item(child, "… " * min(extra, _MOST_MARKS))
                    for extra, child in _iter_below(item.children)
                )
        return bullets

    def _list_item(self, item: Item, marks: str = "") -> nodes.list_item:
        bullet = nodes.list_item(
            "", self._paragraph((marks, *item.inlines) if marks else item.inlines, item.anchor)
        )
        if item.note:
            bullet += (note := self._paragraph(item.note))
            note["classes"].append("repodoc-note")
        return bullet

    def _table(self, table: Table) -> nodes.table:
        head = [self._entry((title,)) for title in table.head]
        rows = [[self._entry(cell) for cell in row] for row in table.rows]
        widths = [_column_width(column) for column in zip(head, *rows, strict=True)]
        group = nodes.tgroup("", cols=len(widths))
        group += [nodes.colspec("", colwidth=width) for width in widths]
        group += nodes.thead("", nodes.row("", *head))
        group += nodes.tbody("", *[nodes.row("", *row) for row in rows])
        return nodes.table("", group, classes=["longtable", "colwidths-given"])

    def _entry(self, inlines: Inlines) -> nodes.entry:
        return nodes.entry("", self._paragraph(inlines))

    def _field(self, term: str, value: Inlines) -> nodes.field:
        name = nodes.field_name("", plain_text(term))
        return nodes.field("", name, nodes.field_body("", self._paragraph(value)))

    def _inline(self, inline: Inline) -> nodes.Node:
        if isinstance(inline, str):
            return nodes.Text(plain_text(inline))
        text = plain_text(inline.text)
        match inline:
            case Ref():
                label = nodes.literal(text, text) if inline.code else nodes.Text(text)
                address = self._resolve(inline) if self._resolve is not None else None
                return label if address is None else _reference(label, address, internal=True)
            case Code():
                return nodes.literal(text, text)
            case Strong():
                return nodes.strong(text, text)
            case Quiet():
                return nodes.Text(text)
            case Url():
                label = nodes.Text(text)
                return _reference(label, quote_address(inline.href)) if is_linkable(inline.href) else label
            case _:
                assert_never(inline)


def _joined(steps: Inlines) -> Inlines:
    return tuple(inline for step in steps for inline in (" / ", step))[1:]


def _is_empty(block: Block) -> bool:
    """Whether there is nothing in a list: LaTeX takes that for an error."""
    return (isinstance(block, Items) and not block.items) or (
        isinstance(block, Facts | Table) and not block.rows
    )


def _reference(label: nodes.Node, address: str, *, internal: bool = False) -> nodes.reference:
    return nodes.reference("", "", label, refuri=address, internal=internal)


def _iter_below(items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    """(levels below the parent, item) of everything below it, without recursion: code nests deeper than stacks."""
    waiting = [(1, item) for item in reversed(items)]
    while waiting:
        level, item = waiting.pop()
        yield level, item
        waiting.extend((level + 1, child) for child in reversed(item.children))


def _column_width(entries: Sequence[nodes.entry]) -> int:
    """Characters that the widest cell of a column asks for, within bounds. The text builder quotes literals."""
    asked = [len(entry.astext()) + 2 * len(list(entry.findall(nodes.literal))) for entry in entries]
    return min(max(_NARROWEST_COLUMN, *asked), _WIDEST_COLUMN)


def _literal_block(text: str, lexer: str) -> nodes.literal_block:
    """With line numbers that count the blank lines which Sphinx' highlighter strips from the start."""
    shown = "\n".join([plain_text(line) for line in text.replace("\r\n", "\n").split("\n")])
    stripped = len(shown) - len(shown.lstrip("\n"))
    return nodes.literal_block(
        shown,
        shown,
        language=lexer if can_highlight(text, lexer) else "none",
        force=True,
        linenos=True,
        highlight_args={"linenostart": stripped + 1},
    )
