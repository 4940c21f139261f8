"""Uses that need no import: what files of one package or namespace take from each other.

Only names that begin with a capital letter count: by the conventions of these
languages types, and in Go all that is exported, while a name in lower case is as
often that of a variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.link.dotnet import csharp_namespaces
from sphinx_repodoc.core.link.go import go_packages
from sphinx_repodoc.core.link.index import folder_of, under
from sphinx_repodoc.core.link.jvm import LANGUAGES as JVM_LANGUAGES
from sphinx_repodoc.core.link.jvm import jvm_packages
from sphinx_repodoc.core.link.namespaces import packages_of, prefixes
from sphinx_repodoc.core.link.php import php_namespaces
from sphinx_repodoc.core.link.uses import bound_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File


class NeighbourUse(NamedTuple):
    """A name that a file takes from another of its package."""

    source: str
    target: str
    name: str
    line: int
    """Where ``source`` says which package it belongs to."""


@dataclass(frozen=True, slots=True)
class Family:
    """How neighbours find each other in some languages."""

    make: Callable[[Index], Namespaces]
    homes: Callable[[File], Iterable[tuple[str, int]]]
    """Gives the packages whose names a file sees, the innermost first, with the line that says so."""


def _packages(file: File) -> Iterable[tuple[str, int]]:
    return reversed(packages_of(file))


def _namespaces(file: File) -> Iterator[tuple[str, int]]:
    for symbol in file.facts.symbols:
        if symbol.kind == "namespace":
            yield symbol.qualname, symbol.line


def _and_outer(file: File) -> Iterator[tuple[str, int]]:
    for name, line in _namespaces(file):
        yield from ((namespace, line) for namespace, _ in prefixes(name))


def _in_folder(file: File) -> Iterator[tuple[str, int]]:
    for name, line in packages_of(file):
        yield under(folder_of(file.entry.path), f"-{name}"), line


FAMILIES: Mapping[str, Family] = {
    **dict.fromkeys(JVM_LANGUAGES, Family(jvm_packages, _packages)),
    "csharp": Family(csharp_namespaces, _and_outer),
    "go": Family(go_packages, _in_folder),
    "php": Family(php_namespaces, _namespaces),
}


def iter_neighbours(index: Index) -> Iterator[NeighbourUse]:
    """Yield the uses between neighbours, by source."""
    for file in index.files.values():
        family = FAMILIES.get(file.entry.language)
        if family is not None:
            yield from _uses_of(file, family, index.share(family.make))


def _uses_of(file: File, family: Family, namespaces: Namespaces) -> Iterator[NeighbourUse]:
    """Look up each name where the language would: what the file defines or imports comes first."""
    path, folder = file.entry.path, folder_of(file.entry.path)
    words = {word for word in file.facts.words if word[:1].isupper()}
    words -= bound_in(file)
    # ``import a.B`` and ``use A\\B`` bind the last name.
    words.difference_update(each.module.replace("\\", ".").rpartition(".")[2] for each in file.facts.imports)
    words.difference_update(symbol.name for symbol in file.facts.symbols)
    for namespace, line in family.homes(file):
        for name in sorted(namespaces.names_in(namespace, words)):
            words.discard(name)
            targets = namespaces.define(folder, namespace, name)
            if len(targets) == 1:
                yield NeighbourUse(path, targets[0], name, line)
