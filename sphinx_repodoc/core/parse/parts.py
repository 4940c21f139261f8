"""The parts of a text that can be parsed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.source import Cover

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from tree_sitter import Tree

    from sphinx_repodoc.core.parse.source import Span

_REACHES = (1, 2, 4, 8)
"""Over how many beginnings a string or a bracket may go on that one of them cuts."""


def parse_parts(
    text: bytes,
    restart: re.Pattern[bytes],
    opaque: Iterable[Span],
    parse: Callable[[Span], Tree | None],
) -> Iterator[Tree | None]:
    """Trees of consecutive spans of ``text``, each but the first begun by a match of ``restart``.

    :param restart: matches the first word of a top-level definition. A decorator
        (``@``) and the definition after it stay together.
    :param opaque: comments and strings, in which nothing begins; but behind an error, code may
        have been taken for strings and strings for code.
    """
    bounds = _bounds(text, restart, Cover(opaque))
    index = 0
    while index < len(bounds) - 1:
        ends = [index + reach for reach in _REACHES if index + reach < len(bounds)]
        if not bounds[index][1]:
            ends.insert(0, next(end for end in range(index + 1, len(bounds)) if not bounds[end][1]))
        nearest: Tree | None = None
        for end in ends:
            tree = parse((bounds[index][0], bounds[end][0]))
            if tree is None or not tree.root_node.has_error:
                yield tree
                index = end
                break
            nearest = tree if end == index + 1 else nearest
        else:
            yield nearest
            index += 1


def _bounds(text: bytes, restart: re.Pattern[bytes], opaque: Cover) -> list[tuple[int, bool]]:
    """Where a part may begin, and whether that seems to be in a string; the last is the end of the text."""
    bounds = [(0, False)]
    decorated = False
    for match in restart.finditer(text):
        at = match.start()
        if at in opaque:
            bounds.append((at, True))
            continue
        if not decorated and at > 0:
            bounds.append((at, False))
        decorated = match[0] == b"@"
    return [*bounds, (len(text), False)]
