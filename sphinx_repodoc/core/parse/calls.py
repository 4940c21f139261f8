"""Where a file calls what it takes from others: the first line of each name.

Names are told by the text without comments and strings, whatever the language:
an identifier, or several with dots between them, before an opening parenthesis.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_CALL = re.compile(
    rb"(?<![\w.$\x80-\xff])(?<!->)(?<!::)(?<!\bdef )(?<!\bclass )(?<!\bfunction )(?<!\bfunc )[A-Za-z_\x80-\xff][\w\x80-\xff]*+"
    rb"(?:(?:\.|::)[\w\x80-\xff]++)*+(?=!? ?\()"
)
_DEEPEST = 8
"""Names with dots between them; longer chains are cut there, for what stands in front is what is looked for."""


def find_calls(
    bare: bytes, line: Callable[[int], int], *, bound: Container[str] | None, own: Container[str] = ()
) -> tuple[tuple[str, int], ...]:
    """(name, line of its first call), by line.

    :param bare: the text without its comments and strings.
    :param line: offset to line.
    :param bound: what imports bind: only names that begin with one of these; ``None`` where imports bind nothing,
        and any name that the file does not define may come from elsewhere.
    :param own: what the file defines.
    """
    found: dict[str, int] = {}
    for match in _CALL.finditer(bare):
        chain = match[0].decode("utf-8", "replace")
        for name in _unbound(chain, own) if bound is None else _bound(chain, bound):
            found.setdefault(name, match.start())
    return tuple((name, line(offset)) for name, offset in found.items())


def _bound(chain: str, bound: Container[str]) -> Iterator[str]:
    parts = chain.replace("::", ".").split(".", _DEEPEST)[:_DEEPEST]
    if parts[0] in bound:
        yield ".".join(parts)


def _unbound(chain: str, own: Container[str]) -> Iterator[str]:
    """Before a dot stands a type, or some object whose name says nothing."""
    root, dot, _ = chain.partition(".")
    for name in root.split("::"):
        if name not in own and not (dot and not name[:1].isupper()):
            yield name
