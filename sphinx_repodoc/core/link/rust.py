"""Rust's ``use`` and ``mod`` to files, by the places where the modules of a crate must lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    ancestors,
    folder_of,
    read_requirements,
    resolve,
    under,
)
from sphinx_repodoc.core.link.rust_crates import in_code, make_crates
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.rust_crates import Crates
    from sphinx_repodoc.core.model import File, Import

_FOLDER_FILES = frozenset({"mod.rs", "lib.rs", "main.rs", "build.rs"})
"""Files whose child modules lie beside them, not in a folder of their name."""
_STANDARD_CRATES = frozenset({"std", "core", "alloc", "proc_macro", "test"})
_DEEPEST = 8
"""Names that stand for each other; longer chains are circles."""


class Module(NamedTuple):
    """A module: a file, or what is written between braces in one."""

    path: str
    scope: str = ""
    """Qualified name of a module between braces; empty for the file itself."""


@dataclass(slots=True)
class RustLinker:
    """The module tree of each crate, as its ``mod`` declarations and its files tell it."""

    index: Index
    requirements: Requirements
    crates: Crates
    declared: Mapping[tuple[Module, str], str] = field(default_factory=dict)
    """(module, name of a child) to the file that a declaration means."""
    parents: Mapping[str, Module] = field(default_factory=dict)
    """File of a module to the module that declares it."""
    _spans: dict[str, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each, each.module) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import, dotted: str, depth: int = 0) -> Found:
        if wanted.form == "mod":
            found = self.declared.get(
                (self.module_at(file.entry.path, wanted.line), wanted.alias or wanted.module)
            )
            return Found(origin=Origin.HERE, whole=(found,)) if found else HERE
        segments = [part for part in dotted.split("::") if part]
        head = segments[0] if segments else ""
        if head == "crate":
            root = self._root_of(file.entry.path)
            return self._walk(Module(root), segments[1:], wanted) if root else HERE
        if head in {"self", "super"}:
            return self._upwards(file, segments, wanted)
        return self._from_elsewhere(file, segments, wanted, depth)

    def _upwards(self, file: File, segments: list[str], wanted: Import) -> Found:
        """Climb a module for each ``super``; modules between braces come first."""
        module: Module | None = self.module_at(file.entry.path, wanted.line)
        rest = segments[1:] if segments[0] == "self" else segments
        while module and rest and rest[0] == "super":
            rest = rest[1:]
            if module.scope:
                module = Module(module.path, module.scope.rpartition("::")[0])
            else:
                module = self.parents.get(module.path) or self._file_above(module.path)
        return self._walk(module, rest, wanted) if module else HERE

    def _from_elsewhere(self, file: File, segments: list[str], wanted: Import, depth: int) -> Found:
        """Resolve a path that begins with a name: of a crate, a child module or something in the file."""
        path, head = file.entry.path, segments[0] if segments else ""
        folder = folder_of(path)
        root = self.crates.required(folder, head)
        if root:
            return self._walk(Module(root), segments[1:], wanted)
        child = self.child(self.module_at(file.entry.path, wanted.line), head) if head else None
        if child:  # the 2018 edition allows a path to begin with one
            return self._walk(child, segments[1:], wanted)
        if head in self.names(path):
            # ``use Kind::*`` takes names out of a type of the file itself.
            return Found(origin=Origin.HERE, whole=(path,))
        if head in _STANDARD_CRATES:
            return STANDARD
        found = self.requirements.explain(folder, (head,))
        if found is UNKNOWN:
            root = self.crates.any(folder, head)
            found = self._walk(Module(root), segments[1:], wanted) if root else UNKNOWN
        if found is UNKNOWN and depth < _DEEPEST:
            found = self._behind_name(file, segments, wanted, depth)
        return found

    def _behind_name(self, file: File, segments: list[str], wanted: Import, depth: int) -> Found:
        """Resolve a path that begins with what another ``use`` of the file names, or in a module of the root.

        The 2015 edition counts every path from the root of the crate.
        """
        head = segments[0] if segments else ""
        for each in file.facts.imports:
            for name in each.names if each is not wanted and each.form != "mod" else ():
                if head == (name.alias or name.name):
                    return self._link(
                        file, wanted, "::".join([each.module, name.name, *segments[1:]]), depth + 1
                    )
        root = self._root_of(file.entry.path)
        child = self.child(Module(root), head) if root and head else None
        return self._walk(child, segments[1:], wanted) if child else UNKNOWN

    def child(self, module: Module, name: str) -> Module | None:
        """Find a module that another declares or could declare."""
        found = self.declared.get((module, name))
        if found:
            return Module(found)
        inner = f"{module.scope}::{name}" if module.scope else name
        if any(inner == name for _, _, name in self.spans(module.path)):
            return Module(module.path, inner)
        found = self.file_of(module, name)
        return Module(found) if found else None

    def spans(self, path: str) -> tuple[tuple[int, int, str], ...]:
        """List the modules between braces in a file: first and last line, and qualified name."""
        found = self._spans.get(path)
        if found is None:
            symbols = self.index.files[path].facts.symbols
            found = tuple(
                (each.line, each.end_line, each.qualname) for each in symbols if each.kind == "module"
            )
            self._spans[path] = found
        return found

    def module_at(self, path: str, line: int) -> Module:
        """Give the innermost module around a line of a file."""
        around = [name for first, last, name in self.spans(path) if first <= line <= last]
        return Module(path, max(around, key=len, default=""))

    def names(self, path: str) -> frozenset[str]:
        """Give the names of all that a file defines."""
        found = self._names.get(path)
        if found is None:
            found = frozenset(each.name for each in self.index.files[path].facts.symbols)
            self._names[path] = found
        return found

    def file_of(self, module: Module, name: str) -> str | None:
        """Look where the file of a child module must lie."""
        for home in self._homes(module):
            place = under(home, name.removeprefix("r#"))
            for found in (f"{place}.rs", f"{place}/mod.rs"):
                if found in self.index.files and found != module.path:
                    return found
        return None

    def _homes(self, module: Module) -> list[str]:
        """List the folders in which the children of a module may lie."""
        path, folder = module.path, folder_of(module.path)
        homes = [path.removesuffix(".rs")]
        if path.rpartition("/")[2] in _FOLDER_FILES:
            homes = [folder]
        elif path in self.crates.roots:
            homes.append(folder)
        inner = module.scope.replace("::", "/")
        return [under(home, inner) for home in homes]

    def declared_file(self, module: Module, wanted: Import) -> str | None:
        """Find the file that a declaration means, by its name or the path that it gives."""
        if not wanted.alias:
            return self.file_of(module, wanted.module)
        homes = self._homes(module) if module.scope else [folder_of(module.path)]
        tries = (resolve(home, wanted.module) for home in homes)
        return next((path for path in tries if path in self.index.files), None)

    def _root_of(self, path: str) -> str | None:
        """Climb to the root of a crate by declarations, or where there are none by the folders above."""
        seen = {path}
        while path in self.parents and self.parents[path].path not in seen:
            path = self.parents[path].path
            seen.add(path)
        roots = self.crates.roots
        if path in roots:
            return path
        above = (under(up, name) for up in ancestors(folder_of(path)) for name in ("lib.rs", "main.rs"))
        return next((root for root in above if root in roots), None)

    def _file_above(self, path: str) -> Module | None:
        """Find the file of the module around one that no file declares."""
        folder = folder_of(path)
        if path.rpartition("/")[2] in _FOLDER_FILES:
            folder = folder_of(folder)
        tries = (under(folder, "mod.rs"), f"{folder}.rs", under(folder, "lib.rs"), under(folder, "main.rs"))
        return next((Module(each) for each in tries if each in self.index.files and each != path), None)

    def _walk(self, module: Module, segments: list[str], wanted: Import) -> Found:
        """Go down the tree as far as there are modules; what is left are names in the last of them."""
        while segments:
            deeper = self.child(module, segments[0])
            if deeper is None:
                alias = wanted.alias or segments[0]
                return Found(origin=Origin.HERE, named=(Named(segments[0], alias, (module.path,)),))
            module, segments = deeper, segments[1:]
        whole: list[str] = []
        named: list[Named] = []
        for each in wanted.names:
            head = each.name.partition("::")[0]
            inner = module if head == "self" else self.child(module, head)
            if inner:
                whole.append(inner.path)
            else:
                named.append(Named(head, each.alias or head, (module.path,)))
        if not wanted.names or any(each.name == "*" for each in named):
            whole.append(module.path)
        return Found(origin=Origin.HERE, whole=tuple(dict.fromkeys(whole)), named=tuple(named))


def make_rust_linker(index: Index) -> Linker:
    """Find the crates and their roots, then who declares which module."""
    requirements = read_requirements(
        index.manifests, Ecosystem.CARGO, lambda name: [in_code(name)], own=False
    )
    linker = RustLinker(index, requirements, make_crates(index))
    linker.declared = dict(_iter_declared(linker, index.of_language("rust")))
    linker.parents = {path: module for (module, _), path in linker.declared.items()}
    return linker


def _iter_declared(linker: RustLinker, files: list[File]) -> Iterator[tuple[tuple[Module, str], str]]:
    """Yield each module that declares another, and the name and the file of that."""
    for file in files:
        for wanted in file.facts.imports:
            if wanted.form == "mod":
                module = linker.module_at(file.entry.path, wanted.line)
                found = linker.declared_file(module, wanted)
                if found is not None:
                    yield (module, wanted.alias or wanted.module), found
