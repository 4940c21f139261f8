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
from sphinx_repodoc.core.link.namespaces import prefixes
from sphinx_repodoc.core.link.php import php_namespaces
from sphinx_repodoc.core.link.uses import bound_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Symbol


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
    kind: str
    """Of the symbols that say which package a file belongs to."""
    homes: Callable[[File, Symbol], Iterator[str]]
    """Gives the packages whose names are seen below such a symbol, the innermost first."""


def _itself(_file: File, symbol: Symbol) -> Iterator[str]:
    yield symbol.qualname


def _and_outer(_file: File, symbol: Symbol) -> Iterator[str]:
    yield from (namespace for namespace, _ in prefixes(symbol.qualname))


def _in_folder(file: File, symbol: Symbol) -> Iterator[str]:
    yield under(folder_of(file.entry.path), f"-{symbol.name}")


FAMILIES: Mapping[str, Family] = {
    **dict.fromkeys(JVM_LANGUAGES, Family(jvm_packages, "package", _itself)),
    "csharp": Family(csharp_namespaces, "namespace", _and_outer),
    "go": Family(go_packages, "package", _in_folder),
    "php": Family(php_namespaces, "namespace", _itself),
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
    for symbol in file.facts.symbols:
        for namespace in family.homes(file, symbol) if symbol.kind == family.kind else ():
            for name in sorted(namespaces.names_in(namespace, words)):
                words.discard(name)
                targets = namespaces.define(folder, namespace, name)
                if len(targets) == 1:
                    yield NeighbourUse(path, targets[0], name, symbol.line)
