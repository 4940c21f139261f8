"""What shell scripts source, and makefiles include."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import UNKNOWN, folder_of
from sphinx_repodoc.core.link.paths import PathFinder, PathRule

if TYPE_CHECKING:
    from sphinx_repodoc.core.link.index import Found, Index, Linker
    from sphinx_repodoc.core.model import File

RULE = PathRule(above=True, anywhere=True)
_CLOSING = {"{": "}", "(": ")"}


def make_shell_linker(index: Index) -> Linker:
    finder = PathFinder(index, RULE)

    def link(file: File) -> tuple[Found, ...]:
        folder = folder_of(file.entry.path)
        return tuple([_link(finder, folder, each.module) for each in file.facts.imports])

    return link


def _link(finder: PathFinder, folder: str, written: str) -> Found:
    path = behind_variable(written)
    if path is None or path.startswith(("/", "~")):
        return UNKNOWN
    return finder.found(folder, path)


def behind_variable(written: str) -> str | None:
    """Cut off the folder that a path begins with, where a variable or a command says it.

    ``$HERE/x.sh``, ``${BASH_SOURCE%/*}/x.sh`` and ``$(dirname "$0")/../x.sh`` count from a folder
    that only a run knows; it is most often that of the script. What is put together in another
    way leads nowhere.
    """
    rest = written
    if rest.startswith("`"):
        rest = rest[1:].partition("`")[2]
    elif rest.startswith("$"):
        rest = rest[_end_of_expansion(rest) :]
    if rest != written:
        if not rest.startswith("/"):
            return None
        rest = rest.lstrip("/")
    return None if "$" in rest or "`" in rest else rest


def _end_of_expansion(text: str) -> int:
    """Give where the expansion ends that a text begins with."""
    closing = _CLOSING.get(text[1:2])
    if closing is None:
        end = 1
        while end < len(text) and (text[end].isalnum() or text[end] in "_@*#?"):
            end += 1
        return end
    opening, depth = text[1], 0
    for position in range(1, len(text)):
        depth += (text[position] == opening) - (text[position] == closing)
        if depth == 0:
            return position + 1
    return len(text)
