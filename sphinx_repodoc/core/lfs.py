"""Recognises the small texts that Git LFS leaves in place of files that were not fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 1024
"""Bytes: a pointer is smaller, by its specification."""
_POINTER = re.compile(
    rb"version https?://(?:git-lfs\.github\.com/spec/v1|hawser\.github\.com/spec/v1|git-media\.io/v/2)\r?\n"
    rb"(?:ext-\d-[!-~]+ sha256:[0-9a-f]{64}\r?\n)*"
    rb"oid (sha256:[0-9a-f]{64})\r?\n"
    rb"size (\d{1,19})(?:\r?\n)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What a pointer says of the file that it stands for."""

    object: str
    """Its digest, behind the name of the algorithm."""
    size: int
    """Its bytes."""


def read_pointer(data: bytes) -> Pointer | None:
    """The pointer that a file is; ``None`` when it is anything else, if only by one more line."""
    if len(data) >= _LONGEST:
        return None
    found = _POINTER.fullmatch(data)
    return Pointer(object=found[1].decode("ascii"), size=int(found[2])) if found else None
