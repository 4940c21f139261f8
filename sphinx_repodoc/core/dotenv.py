"""Files of environment variables: what they set, and their text without the values.

What a ``.env`` holds may be a secret, so no value leaves this module.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1_000
"""Bytes of a line in which a name must end."""
_EXAMPLE = re.compile(
    r"(?:^|[._-])(?:default|defaults|dist|example|sample|template|tmpl|tpl)(?=[._-]|$)", re.IGNORECASE
)
HIDDEN = "…"
"""Stands for a value."""
_VARIABLE = re.compile(rb"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*([\"'`]?)")


def may_be_secret(path: str, language: str) -> bool:
    """Whether a file has values that no page should show; an example has none."""
    return language == "dotenv" and not _EXAMPLE.search(path.rpartition("/")[2])


def hide_values(text: str) -> str:
    """The text of a ``.env`` without its values; what may be a part of one is hidden, too."""
    data = text.encode("utf-8", "replace")
    read = read_variables(data)
    ends = {start: last for _, start, last in read.variables}
    shown: list[str] = []
    end = -1
    for start, line in iter_lines(data):
        is_inside = start <= end or start > read.lost
        end = max(end, ends.get(start, -1))
        shown.append(HIDDEN if is_inside and line.strip() else _without_value(line, is_set=start in ends))
    return "\n".join(shown)


def _without_value(line: bytes, *, is_set: bool) -> str:
    name, _, value = line.decode("utf-8", "replace").partition("=")
    if is_set or name.lstrip().startswith("#"):
        return f"{name}={HIDDEN}" if value.strip() else line.decode("utf-8", "replace")
    return HIDDEN if line.strip() else name


class Variables(NamedTuple):
    """What a file of environment variables sets."""

    variables: list[tuple[str, int, int]]
    """Name, start of the line, place in the last line."""
    comments: list[tuple[int, int]]
    """Start and end of each."""
    lost: int
    """Start of the first line with a value that nothing closes; what follows may belong to it."""


def read_variables(text: bytes) -> Variables:
    read = Variables([], [], len(text))
    end = 0
    """Where the value ends that the lines belong to."""
    unclosed: dict[bytes, int] = {}
    for start, line in iter_lines(text):
        if start < end:
            continue
        variable = _VARIABLE.match(line[:LONGEST])
        if variable is not None:
            last, quote = start, variable[2]
            after = start + variable.end()
            if quote and quote not in unclosed and quote not in line[variable.end() :]:
                closing = text.find(quote, after)
                if closing < 0:
                    unclosed[quote] = start
                else:
                    end = last = closing
            read.variables.append((variable[1].decode(), start, last))
        elif line.lstrip().startswith(b"#"):
            read.comments.append((start + len(line) - len(line.lstrip()), start + len(line)))
    return read._replace(lost=min([len(text), *unclosed.values()]))


def iter_lines(text: bytes) -> Iterator[tuple[int, bytes]]:
    """(start, line) of each line."""
    start = 0
    for line in text.split(b"\n"):
        yield start, line
        start += len(line) + 1
