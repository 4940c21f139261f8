"""Rust's ``use`` and ``mod`` to files, by the places where the modules of a crate must lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    Found,
    Named,
    ancestors,
    folder_of,
    read_requirements,
    under,
)
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_FOLDER_FILES = frozenset({"mod.rs", "lib.rs", "main.rs", "build.rs"})
"""Files whose child modules lie beside them, not in a folder of their name."""
_STANDARD_CRATES = frozenset({"std", "core", "alloc", "proc_macro", "test"})


@dataclass(slots=True)
class RustLinker:
    """The module tree of each crate, as its ``mod`` declarations and its files tell it."""

    index: Index
    requirements: Requirements
    crates: Mapping[str, str]
    """Name of a crate as in code to the file of its root."""
    roots: frozenset[str]
    """Files that Cargo takes for the root of a crate: libraries, binaries, tests, examples."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """File of a module to the file that declares it."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        path = file.entry.path
        segments = [part for part in wanted.module.split("::") if part]
        if wanted.form == "mod":
            found = self.child(path, segments[-1]) if segments else None
            return Found(origin=Origin.HERE, whole=(found,)) if found else HERE
        head = segments[0] if segments else ""
        if head == "crate":
            root = self._root_of(path)
            return self._walk(root, segments[1:], wanted) if root else HERE
        if head in {"self", "super"}:
            return self._upwards(file, segments, wanted)
        return self._from_elsewhere(file, segments, wanted)

    def _upwards(self, file: File, segments: list[str], wanted: Import) -> Found:
        """Climb a module for each ``super``; modules written inside the file come first."""
        path: str | None = file.entry.path
        inner = sum(
            each.kind in {"mod", "module"} and each.line <= wanted.line <= each.end_line
            for each in file.facts.symbols
        )
        rest = segments[1:] if segments[0] == "self" else segments
        while path and rest and rest[0] == "super":
            rest = rest[1:]
            if inner:
                inner -= 1
            else:
                path = self.parents.get(path) or self._file_above(path)
        return self._walk(path, rest, wanted) if path else HERE

    def _from_elsewhere(self, file: File, segments: list[str], wanted: Import) -> Found:
        """Resolve a path that begins with a name: of a crate, a child module or something in the file."""
        path, head = file.entry.path, segments[0] if segments else ""
        if head in self.crates:
            return self._walk(self.crates[head], segments[1:], wanted)
        child = self.child(path, head) if head else None
        if child:  # the 2018 edition allows a path to begin with one
            return self._walk(child, segments[1:], wanted)
        if any(symbol.name == head for symbol in file.facts.symbols):
            # ``use Kind::*`` takes names out of a type of the file itself.
            return Found(origin=Origin.HERE, whole=(path,))
        if head in _STANDARD_CRATES:
            return STANDARD
        return self.requirements.explain(folder_of(path), (head,))

    def child(self, path: str, name: str) -> str | None:
        """Find the file of a module that a file declares or could declare."""
        homes = [path.removesuffix(".rs")]
        if path.rpartition("/")[2] in _FOLDER_FILES:
            homes = [folder_of(path)]
        elif path in self.roots:
            homes.append(folder_of(path))
        for home in homes:
            place = under(home, name)
            for found in (f"{place}.rs", f"{place}/mod.rs"):
                if found in self.index.files and found != path:
                    return found
        return None

    def _root_of(self, path: str) -> str | None:
        """Climb to the root of a crate by declarations, or where there are none by the folders above."""
        seen = {path}
        while path in self.parents and self.parents[path] not in seen:
            path = self.parents[path]
            seen.add(path)
        if path in self.roots:
            return path
        above = (under(up, name) for up in ancestors(folder_of(path)) for name in ("lib.rs", "main.rs"))
        return next((root for root in above if root in self.roots), None)

    def _file_above(self, path: str) -> str | None:
        """Find the file of the module around one that no file declares."""
        folder = folder_of(path)
        if path.rpartition("/")[2] in _FOLDER_FILES:
            folder = folder_of(folder)
        tries = (under(folder, "mod.rs"), f"{folder}.rs", under(folder, "lib.rs"), under(folder, "main.rs"))
        return next((each for each in tries if each in self.index.files and each != path), None)

    def _walk(self, path: str, segments: list[str], wanted: Import) -> Found:
        """Go down the tree as far as there are files; what is left are names in the last of them."""
        while segments:
            deeper = self.child(path, segments[0])
            if deeper is None:
                alias = wanted.alias or segments[0]
                return Found(origin=Origin.HERE, named=(Named(segments[0], alias, (path,)),))
            path, segments = deeper, segments[1:]
        whole: list[str] = []
        named: list[Named] = []
        for each in wanted.names:
            head = each.name.partition("::")[0]
            inner = path if head == "self" else self.child(path, head)
            if inner:
                whole.append(inner)
            else:
                named.append(Named(head, each.alias or head, (path,)))
        if not wanted.names or any(each.name == "*" for each in named):
            whole.append(path)
        return Found(origin=Origin.HERE, whole=tuple(dict.fromkeys(whole)), named=tuple(named))


def make_rust_linker(index: Index) -> Linker:
    """Find the crates and their roots, then who declares which module."""
    crates: dict[str, str] = {}
    roots = {path for name in ("lib.rs", "main.rs", "build.rs") for path in index.by_name.get(name, ())}
    for each in index.manifests.packages:
        if each.ecosystem is Ecosystem.CARGO:
            crates[each.name.replace("-", "_")] = each.main
            roots.add(each.main)
    roots.update(each.file for each in index.manifests.entry_points if each.file.endswith(".rs"))
    homes = {folder_of(path) for path in index.by_name.get("Cargo.toml", ())}
    extra = {under(home, name) for home in homes for name in ("tests", "examples", "benches", "src/bin")}
    rust = index.of_language("rust")
    roots.update(file.entry.path for file in rust if folder_of(file.entry.path) in extra)
    linker = RustLinker(
        index=index,
        requirements=read_requirements(
            index.manifests, Ecosystem.CARGO, lambda name: [name.replace("-", "_")]
        ),
        crates={name: root for name, root in crates.items() if root in index.files},
        roots=frozenset(roots),
    )
    linker.parents = dict(_iter_declared(linker, rust))
    return linker


def _iter_declared(linker: RustLinker, files: list[File]) -> Iterator[tuple[str, str]]:
    """Yield the file of each declared module with the file that declares it."""
    for file in files:
        for wanted in file.facts.imports:
            found = linker.child(file.entry.path, wanted.module) if wanted.form == "mod" else None
            if found is not None:
                yield found, file.entry.path
