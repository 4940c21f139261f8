"""A text without its long gaps, and the way back to the offsets of the whole.

Most of a C file is blank when bodies, comments and directives are taken out. A
grammar takes as long for a space as for a letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_GAP = re.compile(rb"\s{6,}")


class Compact:
    """``text`` with every gap cut down to one character, a line feed if there was one."""

    __slots__ = ("_offsets", "_starts", "text")

    def __init__(self, whole: bytes) -> None:
        self._starts = [0]
        self._offsets = [0]
        pieces: list[bytes] = []
        position = length = 0
        for match in _GAP.finditer(whole):
            start, end = match.span()
            pieces.append(whole[position:start])
            pieces.append(b"\n" if b"\n" in match[0] else b" ")
            length += start + 1 - position
            position = end
            self._starts.append(length)
            self._offsets.append(end - length)
        pieces.append(whole[position:])
        self.text = b"".join(pieces)

    def original(self, offset: int) -> int:
        """Where the byte at this offset stands in the whole text."""
        return offset + self._offsets[bisect_right(self._starts, offset) - 1]

    def original_end(self, offset: int) -> int:
        """Likewise for an offset behind the last byte of something."""
        return self.original(offset - 1) + 1 if offset else 0
