"""Packages and namespaces that files declare, and what they define in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx_repodoc.core.model import File

_SCOPES = frozenset({"namespace", "package", "package object"})
_MEMBERS = frozenset({"attribute", "constructor", "destructor", "field", "member", "method", "property"})


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Names by the namespace they are defined in."""

    members: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Namespace to the names in it and the files that define each."""
    files: Mapping[str, tuple[str, ...]]
    """Namespace to all of its files."""

    def define(self, folder: str, namespace: str, name: str) -> tuple[str, ...]:
        """Give the files nearest to a folder that define a name; several when they are as near."""
        return tuple(nearest(folder, self.members.get(namespace, {}).get(name, ())))

    def names_in(self, namespace: str, words: AbstractSet[str]) -> AbstractSet[str]:
        """Give those of some words that a namespace defines."""
        members = self.members.get(namespace, {})
        if len(words) < len(members):
            return {word for word in words if word in members}
        return members.keys() & words

    def mentioned(self, namespace: str, words: AbstractSet[str]) -> tuple[str, ...]:
        """Give the files of a namespace that define one of some words."""
        members = self.members.get(namespace, {})
        return tuple(sorted({path for name in self.names_in(namespace, words) for path in members[name]}))


def make_namespaces(files: Iterable[File], separator: str = ".") -> Namespaces:
    return join_namespaces((file.entry.path, _definitions(file, separator)) for file in files)


def join_namespaces(definitions: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> Namespaces:
    """Join what each file defines: its path, and the names by namespace."""
    members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    paths: dict[str, list[str]] = defaultdict(list)
    for path, found in definitions:
        for namespace, defined in found.items():
            paths[namespace].append(path)
            for name in defined:
                members[namespace][name].append(path)
    return Namespaces(
        members={
            namespace: {name: tuple(found) for name, found in each.items()}
            for namespace, each in members.items()
        },
        files={namespace: tuple(each) for namespace, each in paths.items()},
    )


def _definitions(file: File, separator: str) -> dict[str, set[str]]:
    """Map each namespace that a file declares to the names that it defines in it."""
    found: dict[str, set[str]] = {}
    leading = packages_of(file)
    home = leading[-1][0] if leading else ""
    scopes: list[str | None] = [name for name, _ in leading]
    """For each symbol the namespace that it opens, if it is one."""
    found.update({name: set() for name, _ in leading})
    for symbol in file.facts.symbols[len(leading) :]:
        if symbol.kind in _SCOPES:
            around = scopes[symbol.parent] if symbol.parent >= 0 else home
            scopes.append(_joined(around or "", symbol.name, separator))
            found.setdefault(scopes[-1] or "", set())
            continue
        scopes.append(None)
        above = scopes[symbol.parent] if symbol.parent >= 0 else home
        if above is not None and (symbol.kind not in _MEMBERS or symbol.parent >= 0):
            found.setdefault(above, set()).add(symbol.name)
        elif "(this " in symbol.signature:
            # Methods that C# adds to other types are called by their name alone.
            found.setdefault(_outermost(file, symbol.parent, scopes), set()).add(symbol.name)
    return found


def packages_of(file: File) -> list[tuple[str, int]]:
    """List the packages that a file says it belongs to, the outermost first, with their lines.

    Scala may name the parts of one in clauses of their own, and sees the names of all.
    """
    found: list[tuple[str, int]] = []
    symbols = file.facts.symbols
    for index, symbol in enumerate(symbols):
        if symbol.kind != "package" or symbol.parent >= 0:
            break
        if index + 1 < len(symbols) and symbols[index + 1].parent == index:
            break  # one between braces is that of what it holds
        found.append((_joined(found[-1][0] if found else "", symbol.qualname, "."), symbol.line))
    return found


def _joined(around: str, name: str, separator: str) -> str:
    return f"{around}{separator}{name}" if around else name


def _outermost(file: File, parent: int, scopes: list[str | None]) -> str:
    """Give the namespace around the types that a symbol lies in."""
    while parent >= 0 and scopes[parent] is None:
        parent = file.facts.symbols[parent].parent
    return (scopes[parent] or "") if parent >= 0 else ""


def prefixes(dotted: str, separator: str = ".") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each way to cut a name into a namespace and what is left, the longest namespace first."""
    parts = dotted.split(separator)
    for end in range(len(parts), 0, -1):
        yield separator.join(parts[:end]), tuple(parts[end:])
