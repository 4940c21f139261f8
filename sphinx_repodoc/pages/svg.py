"""Graphs in, SVG text out: boxes in columns, arrows from left to right.

It needs no program beside Python and takes microseconds, where Graphviz takes a
process for each of thousands of pages. Colours are the theme's: text colour for
everything, so that light and dark both fit.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sphinx_repodoc.pages.escape import escape_text, escape_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_repodoc.pages.blocks import Arrow, Box, Graph, Ref

_CHARACTER: Final = 7.3
"""Width of a character of the fixed-width font, whose size the style sheet sets."""
_PADDING: Final = 8
_HEIGHT: Final = 24
_GAP: Final = 8
"""Between boxes of a column."""
_LANE: Final = 56
"""Between columns, for the arrows."""
_THICKEST: Final = 4.0

_Place = tuple[float, float, float]
"""Left, top and width of a box."""


def render_svg(graph: Graph, resolve: Callable[[Ref], str | None]) -> Iterator[str]:
    """Draw a graph; :func:`~sphinx_repodoc.pages.html.render_html` says what ``resolve`` does."""
    places, width, height = _lay_out(graph.boxes)
    yield (
        '<div class="repodoc-scroll repodoc-graph"><svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape_value(graph.label)}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">\n'
    )
    for arrow in graph.arrows:
        yield _path(arrow, places)
    for box, place in zip(graph.boxes, places, strict=True):
        yield _box(box, place, resolve(box.ref))
    yield "</svg></div>"


def _lay_out(boxes: Sequence[Box]) -> tuple[list[_Place], float, float]:
    """(places of the boxes, width and height of the whole); every column is centred."""
    widths: defaultdict[int, float] = defaultdict(float)
    rows: defaultdict[int, int] = defaultdict(int)
    for box in boxes:
        widths[box.column] = max(widths[box.column], len(box.ref.text) * _CHARACTER + 2 * _PADDING)
        rows[box.column] += 1
    height = max(rows.values(), default=0) * (_HEIGHT + _GAP) + _GAP
    lefts: dict[int, float] = {}
    left = 1.0
    for column in sorted(widths):
        lefts[column] = left
        left += widths[column] + _LANE
    tops = {column: (height - count * (_HEIGHT + _GAP) + _GAP) / 2 for column, count in rows.items()}
    places = []
    for box in boxes:
        places.append((lefts[box.column], tops[box.column], widths[box.column]))
        tops[box.column] += _HEIGHT + _GAP
    return places, left - _LANE + 1, height


def _path(arrow: Arrow, places: Sequence[_Place]) -> str:
    """Draw a curve from the right side of one box to the left side of another, or round the outside backwards."""
    from_left, from_top, from_width = places[arrow.source]
    to_left, to_top, _ = places[arrow.target]
    start, end = from_left + from_width, to_left - 3
    high, low = from_top + _HEIGHT / 2, to_top + _HEIGHT / 2
    bend = _LANE / 2 if end > start else _LANE * 0.8
    thick = min(_THICKEST, 1 + arrow.weight.bit_length() / 3)
    return (
        f'<path class="repodoc-arrow" stroke-width="{thick:.2g}" '
        f'd="M{start:g} {high:g}C{start + bend:g} {high:g} {end - bend:g} {low:g} {end:g} {low:g}"/>'
        f'<path class="repodoc-head" d="M{end + 3:g} {low:g}l-6 -3v6z"/>\n'
    )


def _box(box: Box, place: _Place, address: str | None) -> str:
    left, top, width = place
    kind = "repodoc-box repodoc-current" if box.current else "repodoc-box"
    shown = (
        f'<rect class="{kind}" x="{left:g}" y="{top:g}" width="{width:g}" height="{_HEIGHT}" rx="4"/>'
        f'<text x="{left + _PADDING:g}" y="{top + _HEIGHT / 2 + 4:g}">{escape_text(box.ref.text)}</text>'
    )
    title = f"<title>{escape_text(box.ref.path)}</title>" if box.ref.path else ""
    if address is None:
        return f"<g>{title}{shown}</g>\n"
    return f'<a href="{escape_value(address)}">{title}{shown}</a>\n'
