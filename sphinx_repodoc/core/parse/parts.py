"""The parts of a text that can be parsed alone."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from sphinx_repodoc.core.parse.source import Span


def split(text: bytes, restart: re.Pattern[bytes], opaque: Sequence[Span]) -> list[Span]:
    """Consecutive spans of ``text``, each but the first begun by a match of ``restart``.

    :param restart: matches the first word of a top-level definition. A decorator
        (``@``) and the definition after it stay together.
    :param opaque: comments and strings, in which nothing begins.
    """
    spans = sorted(opaque)
    starts = [start for start, _ in spans]
    bounds = [0]
    decorated = False
    for match in restart.finditer(text):
        at = match.start()
        position = bisect_right(starts, at) - 1
        if position >= 0 and at < spans[position][1]:
            continue
        if not decorated and at > 0:
            bounds.append(at)
        decorated = match[0] == b"@"
    return list(zip(bounds, [*bounds[1:], len(text)], strict=True))
