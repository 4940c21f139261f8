"""Which symbols of other files a file uses, once its imports are resolved.

A name that is imported is followed to the file that defines it, through any
number of modules that only pass it on. A module or header that is imported as
a whole counts for those of its top-level symbols that the file mentions; in
Python behind the name of the module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.linked import Confidence, Timing
from sphinx_repodoc.core.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Found
    from sphinx_repodoc.core.model import File, Import, Symbol

Definition = tuple[str, str]
"""A file and the name of one of its top-level symbols."""

_DEEPEST = 32
"""Modules that a name is followed through; longer chains are cycles or jokes."""
_CONTAINERS = frozenset({"namespace", "package", "extern"})
"""Kinds whose members are reached like top-level symbols."""
_CLOSED = frozenset({"go"})
"""Languages whose private names no file that must import them can use."""
_QUALIFIED = frozenset({"python", "cython", "jupyter"})
"""Languages in which the names of an imported module stand behind its own."""
_MEMBERS = frozenset({"attribute", "constructor", "destructor", "field", "member", "method", "property"})
"""Kinds that need an object or a type before their name, also where they stand outside it."""


def top_level(file: File) -> dict[str, Symbol]:
    """Map names to the symbols that other files can reach by their name alone, the first of each name."""
    found: dict[str, Symbol] = {}
    reachable: list[bool] = []
    symbols = file.facts.symbols
    for symbol in symbols:
        parent = symbols[symbol.parent] if symbol.parent >= 0 else None
        open_parent = parent is None or (
            reachable[symbol.parent]
            and (parent.kind in _CONTAINERS or (parent.kind, symbol.kind) == ("enum", "enumerator"))
        )
        reachable.append(open_parent and symbol.kind not in _MEMBERS)
        if reachable[-1]:
            found.setdefault(symbol.name, symbol)
    return found


@dataclass(slots=True)
class Exports:
    """What the names of each module stand for; what it has found it keeps."""

    files: Mapping[str, File]
    found: Mapping[str, tuple[Found, ...]]
    _symbols: dict[str, dict[str, Symbol]] = field(default_factory=dict)
    _mentionable: dict[str, frozenset[str]] = field(default_factory=dict)
    _bindings: dict[str, dict[str, list[Definition]]] = field(default_factory=dict)
    _definitions: dict[Definition, Definition | None] = field(default_factory=dict)
    _passed_on: dict[str, dict[str, Definition]] = field(default_factory=dict)

    def symbols(self, path: str) -> dict[str, Symbol]:
        found = self._symbols.get(path)
        if found is None:
            found = self._symbols[path] = top_level(self.files[path])
        return found

    def mentionable(self, path: str) -> frozenset[str]:
        """Give the names of a file that say something when they occur elsewhere, in C++ behind their scopes too."""
        found = self._mentionable.get(path)
        if found is None:
            language = self.files[path].entry.language
            closed = language in _CLOSED
            named = {
                name: symbol
                for name, symbol in self.symbols(path).items()
                if symbol.kind not in _CONTAINERS
                and not (name.startswith("__") and name.endswith("__"))
                and not (closed and symbol.visibility is Visibility.PRIVATE)
            }
            scoped = (_scoped(symbol) for symbol in named.values()) if language in C_FAMILY else ()
            found = self._mentionable[path] = frozenset(named).union(*scoped)
        return found

    def define(self, path: str, name: str) -> Definition | None:
        """Follow a name to the file that defines it; ``None`` when no file is known to."""
        key = (path, name)
        if key not in self._definitions:
            self._definitions[key] = self._follow(key)
        return self._definitions[key]

    def _follow(self, start: Definition) -> Definition | None:
        """Look breadth first, so that the nearest definition counts and cycles end."""
        seen = {start}
        level = [start]
        for _ in range(_DEEPEST):
            for path, name in level:
                if name in self.symbols(path):
                    return path, name
            further = [each for path, name in level for each in self._passed(path, name)]
            level = [each for each in dict.fromkeys(further) if each not in seen]
            seen.update(level)
            if not level:
                break
        return None

    def _passed(self, path: str, name: str) -> Iterator[Definition]:
        bindings = self.bindings(path)
        yield from bindings.get(name, ())
        if name not in bindings:
            yield from ((source, name) for source, _ in bindings.get("*", ()))

    def bindings(self, path: str) -> dict[str, list[Definition]]:
        """Map what a file binds by importing it to where that comes from; ``*`` to modules taken whole."""
        bound = self._bindings.get(path)
        if bound is None:
            bound = self._bindings[path] = {}
            for found in self.found.get(path, ()):
                for each in found.named:
                    bound.setdefault(each.bound, []).extend((file, each.name) for file in each.files)
        return bound

    def taken(self, path: str, names: frozenset[str]) -> dict[str, Definition]:
        """Map those of some names that a module imports itself, from wherever, to their definitions."""
        found = {}
        for name in self.bindings(path).keys() & names:
            definition = self.define(path, name)
            if definition is not None and definition[0] != path:
                found[name] = definition
        return found

    def passed_on(self, path: str) -> dict[str, Definition]:
        """Map names that a package imports from its own modules, and so offers itself, to their definitions."""
        found = self._passed_on.get(path)
        if found is None:
            found = self._passed_on[path] = {}
            folder, slash, name = path.rpartition("/")
            if name.startswith("__init__."):
                for bound, sources in self.bindings(path).items():
                    inside = all(source.startswith(folder + slash) for source, _ in sources)
                    definition = self.define(path, bound) if inside and bound != "*" else None
                    if definition is not None and definition[0] != path:
                        found[bound] = definition
        return found


@dataclass(slots=True)
class SourceUses:
    """What one file imports and uses."""

    path: str
    lines: dict[str, set[int]] = field(default_factory=dict)
    """Imported file to the lines of the imports."""
    timings: dict[str, set[Timing]] = field(default_factory=dict)
    """Imported file to when these are run."""
    names: dict[str, set[str]] = field(default_factory=dict)
    """Imported file to the names it is imported for or mentioned by."""
    uses: dict[Definition, tuple[int, Confidence]] = field(default_factory=dict)
    """Each once, by its surest import and the first line of that."""

    def add_edge(self, target: str, wanted: Import) -> None:
        self.lines.setdefault(target, set()).add(wanted.line)
        self.timings.setdefault(target, set()).add(timing_of(wanted))

    def add_use(self, definition: Definition, line: int, confidence: Confidence) -> None:
        """Keep the first of each: imports come before mentions, and both by line."""
        if definition[0] != self.path:
            self.uses.setdefault(definition, (line, confidence))


def _scoped(symbol: Symbol) -> Iterator[str]:
    """How a name of C++ is written behind one of its scopes; behind any, when none of them is known."""
    *scopes, name = symbol.qualname.split("::")
    return (f"{scope}::{name}" for scope in scopes or ("",))


def timing_of(wanted: Import) -> Timing:
    """Say when an import is run."""
    if wanted.type_only:
        return Timing.NEVER
    return Timing.CALL if wanted.deferred else Timing.LOAD


def collect_uses(file: File, found: tuple[Found, ...], exports: Exports) -> SourceUses:
    """Collect the edges and the uses of one file."""
    uses = SourceUses(file.entry.path)
    whole: dict[tuple[str, str], int] = {}
    for wanted, each in zip(file.facts.imports, found, strict=True):
        for target, prefix in _iter_whole(file, wanted, each):
            if target != uses.path:
                uses.add_edge(target, wanted)
                whole[target, prefix] = min(wanted.line, whole.get((target, prefix), wanted.line))
        for name, _, targets in each.named:
            for target in targets:
                if target != uses.path:
                    uses.add_edge(target, wanted)
                    _add_name(uses, target, name, wanted.line, exports)
    words = _words_by_prefix(file, {prefix for _, prefix in whole}, exports)
    for (target, prefix), line in sorted(whole.items(), key=lambda item: item[1]):
        _add_mentions(uses, words[prefix], target, line, exports, is_qualified=prefix != "")
    return uses


def _iter_whole(file: File, wanted: Import, found: Found) -> Iterator[tuple[str, str]]:
    """Yield the files imported as modules with what stands before their names: nothing, or ``m.``."""
    if file.entry.language not in _QUALIFIED or any(name.name == "*" for name in wanted.names):
        yield from ((target, "") for target in found.whole)
    elif found.modules:
        yield from ((target, f"{each.bound}.") for each in found.modules for target in each.files)
    else:
        yield from ((target, f"{wanted.alias or wanted.module}.") for target in found.whole)


def _words_by_prefix(file: File, prefixes: set[str], exports: Exports) -> dict[str, frozenset[str]]:
    """Map each prefix to the names that the file has behind it.

    Without a prefix a name counts only when nothing else explains it: neither
    another import nor a definition in the file itself.
    """
    found: dict[str, set[str]] = {prefix: set() for prefix in prefixes}
    for word in file.facts.words if prefixes - {""} else ():
        head, dot, name = word.rpartition(".")
        if dot and head + dot in found:
            found[head + dot].add(name)
    if "" in prefixes:
        own = exports.symbols(file.entry.path)
        found[""] = set(file.facts.words).difference(bound_in(file), own)
        if file.entry.language in C_FAMILY:
            found[""] -= {word for word in found[""] if "::" in word and word.rpartition("::")[2] in own}
    return {prefix: frozenset(names) for prefix, names in found.items()}


def bound_in(file: File) -> set[str]:
    """Collect the names that the file's own imports explain: they mention nothing else."""
    bound = {each.alias for each in file.facts.imports}
    bound.update(name.alias or name.name for each in file.facts.imports for name in each.names)
    return bound


def _add_name(uses: SourceUses, target: str, name: str, line: int, exports: Exports) -> None:
    if name == "*":
        return
    uses.names.setdefault(target, set()).add(name)
    definition = exports.define(target, name)
    if definition is not None:
        uses.add_use(definition, line, Confidence.IMPORTED)


def _add_mentions(
    uses: SourceUses,
    words: frozenset[str],
    target: str,
    line: int,
    exports: Exports,
    *,
    is_qualified: bool,
) -> None:
    """Add the names of a module that a file mentions.

    :param is_qualified: whether they stand behind the name of the module: it may have them from any other.
    """
    mentioned = {name.rpartition("::")[2] for name in exports.mentionable(target) & words}
    use = line, Confidence.MENTIONED
    for name in mentioned:
        uses.uses.setdefault((target, name), use)
    offered = exports.taken(target, words) if is_qualified else exports.passed_on(target)
    passed = offered.keys() & words
    for name in passed:
        uses.add_use(offered[name], line, Confidence.MENTIONED)
    if mentioned or passed:
        uses.names.setdefault(target, set()).update(mentioned, passed)
