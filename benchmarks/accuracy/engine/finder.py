"""Where Python's own import system finds what a file imports; nothing of it is run."""

from __future__ import annotations

import ast
import sys
import warnings
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    _Name = tuple[int, str]
    """Dots in front, and the module."""

_MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg")


class Finder:
    """The imports of a repository that may hold many distributions, each with a folder ``src``."""

    def __init__(self, root: Path, sources: Sequence[Path]) -> None:
        self._root = root
        self._sources = tuple(sources)

    def edges(self, path: Path) -> Iterator[str]:
        """Files that one file imports, by their paths from the root."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            return
        first, later = self._places(path)
        for node in ast.walk(tree):
            for choices in _names(node):
                found = (_find(path, level, module, first, later) for level, module in choices)
                file = next(filter(None, found), None)
                if file is not None and file.is_relative_to(self._root):
                    yield file.relative_to(self._root).as_posix()

    def _places(self, path: Path) -> tuple[list[str], list[str]]:
        """``sys.path`` for this file before and behind the standard library.

        A file of a source folder is imported, others are scripts or tests of their distribution: what is in no package
        finds its neighbours.
        """
        behind = [*map(str, self._sources), str(self._root)]
        if any(path.is_relative_to(source) for source in self._sources):
            return [], behind
        package = path.parent
        while (package / "__init__.py").exists():
            package = package.parent
        distributions = (
            folder for folder in path.parents if any((folder / name).exists() for name in _MANIFESTS)
        )
        distribution = next(distributions, self._root)
        first = dict.fromkeys(map(str, (package, distribution)))
        return [*first], [str(distribution / "src"), *behind]


def _names(node: ast.AST) -> Iterator[tuple[_Name, ...]]:
    """The modules that a statement loads, each with what it is if it is none."""
    if isinstance(node, ast.Import):
        yield from (((0, alias.name),) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = node.module or ""
        for alias in node.names:
            yield (node.level, f"{module}.{alias.name}".strip(".")), (node.level, module)


def _find(path: Path, level: int, module: str, first: list[str], later: list[str]) -> Path | None:
    parts = module.split(".") if module else []
    if level:
        places = [str(path.parents[level - 1])]
        if not parts:
            return path.parents[level - 1] / "__init__.py"
    else:
        places = first if parts[0] in sys.stdlib_module_names else [*first, *later]
    file = None
    for part in parts:
        spec = PathFinder.find_spec(part, places)
        if spec is None:
            return None
        file = Path(spec.origin) if spec.has_location and spec.origin else None
        places = list(spec.submodule_search_locations or ())
    return file
