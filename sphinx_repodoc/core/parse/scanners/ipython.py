"""Cells of IPython as Python: what only IPython understands is blanked, line by line.

A magic stands where a statement may begin: behind an open bracket or in a string
``%`` and ``!`` are Python's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_PYTHON_BODIES = frozenset({"capture", "memit", "mprun", "prun", "px", "time", "timeit"})
"""Cell magics that run the lines below them as Python in the same session."""
_MAGIC = re.compile(r"[%!?]|[,;/](?=\w)")
_ASSIGNED = re.compile(r"([^=#'\"\n]*)=[ \t]*(?=!(?!=)|%\w)")
_HELP = re.compile(r"[ \t]*%{0,2}[\w.*]+\?{1,2}[ \t]*")
_PROMPT = re.compile(r"(?:>>> ?|\.\.\. ?|In \[\d+\]: ?| {2,}\.{3,}: ?)")
_TOKEN = re.compile(
    r"#[^\n]*|(?:\"{3}|'{3})|\"(?:[^\"\\\n]|\\[^\n])*\"?|'(?:[^'\\\n]|\\[^\n])*'?|\\\n|[\n()\[\]{}]"
)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


def to_python(cell: str) -> str:
    """The cell with as many lines, of which those for IPython are empty."""
    magic = _CELL_MAGIC.match(cell)
    if magic and magic[1] not in _PYTHON_BODIES:
        return "\n" * cell.count("\n")
    lines = _without_indent(_without_prompts(cell.split("\n")))
    return "\n".join(_iter_python("\n".join(lines)))


def _without_prompts(lines: list[str]) -> list[str]:
    """Cells that were copied out of a terminal have its prompts, which IPython takes away."""
    first = next((line for line in lines if line.strip()), "")
    return [_PROMPT.sub("", line, count=1) for line in lines] if _PROMPT.match(first) else lines


def _without_indent(lines: list[str]) -> list[str]:
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines] if indent else lines


def _iter_python(text: str) -> Iterator[str]:
    """Yield the text piece by piece, each one or more whole lines."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        indent = line[: len(line) - len(line.lstrip())]
        if _MAGIC.match(line, len(indent)) or _HELP.fullmatch(line):
            end = _magic_end(text, start, end)
            # A block must not be left without a statement.
            yield (f"{indent}pass" if indent else "") + "\n" * text.count("\n", start, end)
        elif assigned := _ASSIGNED.match(line):
            end = _magic_end(text, start, end)
            yield f"{assigned[0]}..." + "\n" * text.count("\n", start, end)
        else:
            end = _statement_end(text, start)
            yield text[start:end]
        start = end + 1


def _magic_end(text: str, start: int, end: int) -> int:
    """Where the line, or the last of those that a backslash joins to it, ends."""
    while text.endswith("\\", start, end) and end < len(text):
        start = end + 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
    return end


def _statement_end(text: str, start: int) -> int:
    """Where the line ends on which a statement ends that begins at ``start``."""
    depth = 0
    while token := _TOKEN.search(text, start):
        found = token[0]
        start = token.end()
        if found in {'"""', "'''"}:
            start = _string_end(text, start, found)
        elif found in _OPENING:
            depth += 1
        elif found in _CLOSING:
            depth = max(depth - 1, 0)
        elif found == "\n" and not depth:
            return start - 1
    return len(text)


def _string_end(text: str, start: int, quotes: str) -> int:
    """Where a string ends that is closed by ``quotes``."""
    while (end := text.find(quotes, start)) > 0:
        before = text[start:end]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return end + len(quotes)
        start = end + 1
    return len(text)
