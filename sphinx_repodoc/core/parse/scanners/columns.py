"""CSV and TSV: the columns of a table, when its first row names them.

Only the head of a file is read, however large it is.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.source import generic_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts

_HEAD = 32_768
"""Bytes that are read."""
_ROWS = 30
"""Rows below the first that are compared with it."""
_MOST_COLUMNS = 2_000
_LONGEST_NAME = 100
_SIGNS = ",;\t|"
_DATUM = re.compile(
    r"[-+]?(?:\d[\d_ ,']*)?(?:\.\d*)?(?:[eE][-+]?\d+)?\s?%?|\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[ T]\S*)?|\d\d?:\d\d\S*"
    r"|(?i:true|false|yes|no|nan|na|n/a|null|none|inf)|\w+://\S*|[^\s@]+@[^\s@]+\.\w+|(?:sha256=|0x)\S+"
)
"""Numbers, dates, times and the like: what is said in a column, not what a column is called."""
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def scan_table(text: bytes, language: str) -> Facts:
    """Each column that the first row names is a ``column``."""
    facts = generic_facts(text)
    head = text[: _HEAD + 1]
    if len(head) > _HEAD:
        head = head[: head.rfind(b"\n") + 1]
    lines = head.decode("utf-8", "replace").replace("\0", " ").split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if first is None:
        return facts
    rows = _rows(lines[first:], "\t" if language == "tsv" else _sign(lines[first]))
    if not _is_header(rows):
        return facts
    listing = Listing()
    for name in rows[0]:
        listing.add(" ".join(name.split()), "column", first + 1)
    return replace(facts, symbols=tuple(listing.symbols))


def _sign(line: str) -> str:
    """What parts the cells."""
    return max(_SIGNS, key=line.count)


def _rows(lines: Sequence[str], sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=True)
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > _ROWS:
                break
    except csv.Error:
        # A field longer than the reader takes: the rows before it say enough.
        return rows
    return rows


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row has names, and the others data."""
    if not rows or not 1 < len(rows[0]) <= _MOST_COLUMNS:
        return False
    names = [" ".join(cell.split()) for cell in rows[0]]
    if len(set(names)) < len(names) or not all(map(_is_name, names)):
        return False
    below = [row for row in rows[1:] if len(row) == len(names)]
    if not below:
        # An empty table: only words would stand there alone.
        return len(rows) == 1 and all(map(_WORD.fullmatch, names))
    columns = list(zip(*below, strict=True))
    if any(all(_DATUM.fullmatch(cell.strip()) for cell in column) and any(column) for column in columns):
        return True
    is_data = any(not _WORD.fullmatch(cell.strip()) for column in columns for cell in column)
    return is_data and all(map(_WORD.fullmatch, names))


def _is_name(cell: str) -> bool:
    return bool(cell) and len(cell) <= _LONGEST_NAME and not _DATUM.fullmatch(cell)
