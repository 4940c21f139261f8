"""Where strings of Python files name a module or something in it: settings, lists of what is to be imported.

No import says so, and whoever changes the file wants to know. A name is looked
for from each folder above the file that has it, as it would be on a path there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import NamedIn
from sphinx_repodoc.analyze.paths import folder_of, iter_upward, join_path
from sphinx_repodoc.core.model import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.model import File

_ENDINGS = ("/__init__.py", ".py", ".pyx")


def find_named(context: Context) -> Mapping[str, tuple[NamedIn, ...]]:
    """File to the others that name it or something in it, by path and name."""
    modules = {
        path.removesuffix(end): path for path in context.files for end in _ENDINGS if path.endswith(end)
    }
    offered: dict[str, frozenset[str]] = {}

    def module_at(place: str, folders: Iterable[str]) -> str:
        return next((modules[at] for folder in folders if (at := join_path(folder, place)) in modules), "")

    def offers(path: str, name: str) -> bool:
        if path not in offered:
            offered[path] = frozenset(_names_of(context.files[path]))
        return name in offered[path]

    found: defaultdict[str, defaultdict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for path, file in context.files.items():
        if not file.facts.named:
            continue
        folders = tuple(iter_upward(folder_of(path)))
        for name, line in file.facts.named:
            place = name.replace(".", "/")
            module, _, attribute = place.rpartition("/")
            target = module_at(place, folders)
            if not target and "/" in module:
                target = module_at(module, folders)
                target = target if target and offers(target, attribute) else ""
            if target and target != path:
                found[target][path, name].append(line)
    return {
        target: tuple(
            NamedIn(path=path, name=name, lines=tuple(lines)) for (path, name), lines in sorted(names.items())
        )
        for target, names in found.items()
    }


def _names_of(file: File) -> Iterator[str]:
    yield from (symbol.name for symbol in file.facts.symbols if symbol.parent < 0)
    for statement in file.facts.imports:
        yield from bound_names(statement)
