"""Files that a program has made as short as it could: their names are mostly its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Evidence

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import File

_LANGUAGES = frozenset({"css", "javascript"})
_NAME = re.compile(r"[.-]min\.(?:js|mjs|cjs|css)$")
_SMALLEST = 2_000
_LONGEST_LINE = 400
"""Bytes that lines have on average in nothing that people write."""


def find_minified(file: File) -> Evidence | None:
    """Say why a file is taken for a minified one, where it is."""
    if file.entry.language not in _LANGUAGES:
        return None
    lines = file.facts.lines
    filled = lines.code + lines.comment
    if file.entry.size >= _SMALLEST and filled and file.entry.size > filled * _LONGEST_LINE:
        each = file.entry.size // filled
        return Evidence(text=f"its lines have {each:,} bytes on average, as those of minified files do")
    return None


def is_minified(file: File) -> bool:
    """Whether the name of a file or its lines say that it is minified."""
    is_named = file.entry.language in _LANGUAGES and _NAME.search(file.entry.path) is not None
    return is_named or find_minified(file) is not None
