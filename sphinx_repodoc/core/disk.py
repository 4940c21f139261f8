"""How the package touches the disk: names that survive any encoding, and reads that never block.

Used by the scanner and its two listings. Two forms of a path exist there: the
one the operating system takes (``os.fsdecode``, here called *raw*) and the one
that every record holds (*shown*): valid Unicode that HTML, XML and JSON accept.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\\\\\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(rb"\\(?=x[0-9a-f]{2})|[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def shown_path(raw: str) -> str:
    r"""Path for the records: bytes that no page can hold become ``\xNN``.

    These are bytes that are not UTF-8 and characters that XML forbids. A
    backslash that would read as such an escape is escaped itself, so
    :func:`raw_path` brings back the very same name.
    """
    if _ODD.search(raw) is None:
        return raw
    data = _HIDDEN.sub(_escape_bytes, os.fsencode(raw))
    return data.decode("utf-8", "backslashreplace")


def _escape_bytes(match: re.Match[bytes]) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in match[0])


def raw_path(shown: str) -> str:
    """Path as the operating system takes it: the inverse of :func:`shown_path`."""
    if "\\x" not in shown:
        return shown
    return os.fsdecode(path_bytes(shown))


def path_bytes(shown: str) -> bytes:
    """Bytes of a name on disk, as a forge or an archive has them too."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), shown.encode())


def is_decodable(raw: str) -> bool:
    """Whether a name on disk is valid UTF-8."""
    try:
        os.fsencode(raw).decode()
    except UnicodeDecodeError:
        return False
    return True


def open_regular(path: str) -> tuple[int, os.stat_result]:
    """Open a regular file for reading and return its descriptor and status.

    A link in the last place is refused, and a pipe that took the place of the
    file since it was listed neither blocks nor gets read.

    :raises OSError: for everything that is not a readable regular file.
    """
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            message = "it is no regular file any more"
            raise OSError(message)  # noqa: TRY301 - the descriptor must be closed first
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, status


def read_regular(path: str, limit: int) -> bytes:
    """First ``limit`` bytes of a regular file.

    :raises OSError: as :func:`open_regular` does.
    """
    descriptor, _status = open_regular(path)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(limit)


def read_entry(root: Path, shown: str, limit: int = -1) -> bytes:
    """Content of an entry that was a regular file when the repository was scanned.

    :raises OSError: when it is one no more: a link or a pipe put in its place is not followed.
    """
    return read_regular(f"{root}{os.sep}{raw_path(shown)}", limit)
