"""Blocks in, HTML text out; called by the visitors of the HTML builders.

The text is well-formed XML too, because EPUB asks for that. Everything that
comes from the repository is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

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
from sphinx_repodoc.pages.escape import (
    escape_text,
    escape_value,
    is_linkable,
    quote_address,
    quote_anchor,
)
from sphinx_repodoc.pages.svg import render_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_repodoc.pages.blocks import Block, Blocks, Inline, Inlines, Item

_DEEPEST_HEADING: Final = 6


def render_html(
    blocks: Blocks,
    resolve: Callable[[Ref], str | None],
    *,
    ids: bool = True,
    heading_level: int = 2,
    source: Callable[[Source], str],
) -> str:
    """Render blocks as HTML.

    :param resolve: a link to its whole address, anchor included and quoted as a URL;
        ``None`` where the page does not exist.
    :param ids: ``False`` where many pages share one document, so that their ids would clash.
    :param heading_level: of the outermost groups.
    :param source: the highlighted text of a file.
    """
    return "".join(_Renderer(resolve, source, ids=ids).blocks(blocks, heading_level))


class _Renderer:
    """The parameters of one rendering, so that methods need not pass them on."""

    __slots__ = ("ids", "resolve", "source")

    def __init__(
        self, resolve: Callable[[Ref], str | None], source: Callable[[Source], str], *, ids: bool
    ) -> None:
        self.resolve = resolve
        self.source = source
        self.ids = ids

    def blocks(self, blocks: Blocks, level: int) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block, level)
            yield "\n"

    def block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Para():
                yield f"<p>{self.inlines(block.inlines)}</p>"
            case Items():
                yield from self.items(block)
            case Table():
                yield from self.table(block)
            case Facts():
                yield from self.facts(block)
            case Trail():
                yield from self.trail(block)
            case Fold():
                yield f'<details class="repodoc-fold"><summary>{self.inlines(block.summary)}</summary>\n'
                yield from self.blocks(block.blocks, level)
                yield "</details>"
            case Group():
                yield from self.group(block, level)
            case Warn():
                yield (
                    '<div class="admonition warning"><p class="admonition-title">Warning</p>\n'
                    f"<p>{self.inlines(block.inlines)}</p></div>"
                )
            case Source() | Graph():
                yield from self.figure(block)
            case _:
                assert_never(block)

    def figure(self, block: Source | Graph) -> Iterator[str]:
        if isinstance(block, Source):
            yield self.source(block)
        else:
            yield from render_svg(block, self.resolve)

    def group(self, group: Group, level: int) -> Iterator[str]:
        tag = f"h{min(level, _DEEPEST_HEADING)}"
        title = escape_text(group.title)
        if self.ids and group.anchor:
            link = f'<a class="headerlink" href="#{escape_value(quote_anchor(group.anchor))}" title="Link to this heading">¶</a>'
            yield f"<{tag}{self.id(group.anchor)}>{title}{link}</{tag}>\n"
        else:
            yield f"<{tag}>{title}</{tag}>\n"
        yield from self.blocks(group.blocks, level + 1)

    def items(self, items: Items) -> Iterator[str]:
        """Without recursion: code may be nested deeper than Python's stack."""
        style = f" repodoc-{escape_value(items.style)}" if items.style else ""
        yield f'<ul class="simple repodoc-list{style}">'
        open_lists = [iter(items.items)]
        while open_lists:
            item = next(open_lists[-1], None)
            if item is None:
                open_lists.pop()
                yield "</ul></li>" if open_lists else "</ul>"
                continue
            yield self.item(item)
            if item.children:
                open_lists.append(iter(item.children))
                yield "<ul>"
            else:
                yield "</li>"

    def item(self, item: Item) -> str:
        note = f' <span class="repodoc-note">{self.inlines(item.note)}</span>' if item.note else ""
        return f"\n<li{self.id(item.anchor)}>{self.inlines(item.inlines)}{note}"

    def table(self, table: Table) -> Iterator[str]:
        right = frozenset(table.numeric)
        kinds = [' class="repodoc-number"' if column in right else "" for column in range(len(table.head))]
        yield '<div class="repodoc-scroll"><table class="docutils align-default repodoc-table">\n<thead><tr>'
        for kind, title in zip(kinds, table.head, strict=True):
            yield f'<th scope="col"{kind}>{escape_text(title)}</th>'
        yield "</tr></thead>\n<tbody>"
        for row in table.rows:
            cells = [f"<td{kind}>{self.inlines(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)]
            yield f"\n<tr>{''.join(cells)}</tr>"
        yield "\n</tbody></table></div>"

    def facts(self, facts: Facts) -> Iterator[str]:
        yield '<dl class="simple repodoc-facts">'
        for term, value in facts.rows:
            yield f"\n<dt>{escape_text(term)}</dt><dd>{self.inlines(value)}</dd>"
        yield "\n</dl>"

    def trail(self, trail: Trail) -> Iterator[str]:
        yield '<nav class="repodoc-breadcrumb" aria-label="Folders"><ol>'
        last = len(trail.steps) - 1
        for index, step in enumerate(trail.steps):
            current = ' aria-current="page"' if index == last else ""
            yield f"<li{current}>{self.inline(step)}</li>"
        yield "</ol></nav>"

    def id(self, anchor: str) -> str:
        return f' id="{escape_value(anchor)}"' if self.ids and anchor else ""

    def inlines(self, inlines: Inlines) -> str:
        if len(inlines) == 1:
            return self.inline(inlines[0])
        return "".join([self.inline(inline) for inline in inlines])

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, str):
            return escape_text(inline)
        if isinstance(inline, Ref):
            return self.ref(inline)
        if isinstance(inline, Code):
            return f'<code class="repodoc-code">{escape_text(inline.text)}</code>'
        if isinstance(inline, Strong):
            return f"<strong>{escape_text(inline.text)}</strong>"
        if isinstance(inline, Quiet):
            return f'<span class="repodoc-quiet">{escape_text(inline.text)}</span>'
        return _url(inline)

    def ref(self, ref: Ref) -> str:
        text = escape_text(ref.text)
        if ref.code:
            text = f'<code class="repodoc-code">{text}</code>'
        address = self.resolve(ref)
        if address is None:
            return text
        quiet = " repodoc-quiet" if ref.quiet else ""
        return f'<a class="reference internal{quiet}" href="{escape_value(address)}">{text}</a>'


def _url(url: Url) -> str:
    """Only addresses that open a page or a mail: ``javascript:`` and the like stay text."""
    text = escape_text(url.text)
    if not is_linkable(url.href):
        return text
    return f'<a class="reference external" href="{escape_value(quote_address(url.href))}">{text}</a>'
