"""Paths of a repository as text: folders, stems, ancestors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


def folder_of(path: str) -> str:
    """Path of the folder a file or folder lies in; the root is the empty string."""
    return path.rpartition("/")[0]


def name_of(path: str) -> str:
    return path.rpartition("/")[2]


def stem_of(path: str) -> str:
    """Name up to its last dot; all of it when there is none but at its start."""
    name = name_of(path)
    return name.rpartition(".")[0] or name


def suffix_of(path: str) -> str:
    """Last suffix in lower case with its dot, or the empty string."""
    name = name_of(path)
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def join_path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


_STEP = 100
"""Folders that are looked at by nested calls, which share the texts of those above."""


@cache
def ancestors(folder: str) -> tuple[str, ...]:
    """The folder and every folder above it, the root first."""
    names = folder.split("/")
    for depth in range(
        _STEP, len(names), _STEP
    ):  # from the outside to the inside, so that no call nests deeply
        _ancestors("/".join(names[:depth]))
    return _ancestors(folder)


@cache
def _ancestors(folder: str) -> tuple[str, ...]:
    if not folder:
        return ("",)
    return (*_ancestors(folder_of(folder)), folder)


def iter_upward(folder: str) -> Iterator[str]:
    """The folder, then those above it up to the root."""
    return reversed(ancestors(folder))


def is_below(path: str, folder: str) -> bool:
    """Whether a path lies in the folder or deeper; everything lies below the root."""
    return not folder or path.startswith(f"{folder}/")


def components(path: str) -> tuple[str, ...]:
    """Names of the folders above a path, the outermost first."""
    return tuple(path.split("/")[:-1])


def dotted_name(path: str, files: Container[str]) -> str:
    """Dotted name of a Python module by the chain of ``__init__`` files above it."""
    parts = [] if name_of(path).startswith("__") else [stem_of(path)]
    folder = folder_of(path)
    is_package = not parts
    while folder and (is_package or _has_initialiser(folder, files)):
        parts.insert(0, name_of(folder))
        folder = folder_of(folder)
        is_package = False
    return ".".join(parts)


def _has_initialiser(folder: str, files: Container[str]) -> bool:
    return any(join_path(folder, f"__init__{end}") in files for end in (".py", ".pyi"))
