"""Rust's ``use`` and ``mod`` to files, by the places where the modules of a crate must lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link_index import (
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
    from collections.abc import Mapping

    from sphinx_repodoc.core.link_index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_STANDARD_CRATES = frozenset({"std", "core", "alloc", "proc_macro", "test"})


@dataclass(slots=True)
class RustLinker:
    """The module tree of each crate, by the places where its files must lie."""

    index: Index
    requirements: Requirements
    crates: Mapping[str, str]
    """Name of a crate as in code to the file of its root."""
    roots: frozenset[str]
    """Files at the root of a crate: libraries, binaries, tests, examples."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        path = file.entry.path
        segments = [part for part in wanted.module.split("::") if part]
        home = folder_of(path) if self._stands_for_folder(path) else path.removesuffix(".rs")
        if wanted.form == "mod":
            found = self.module_at(under(home, segments[-1])) if segments else None
            return Found(origin=Origin.HERE, whole=(found,)) if found else HERE
        head = segments[0] if segments else ""
        if head in {"crate", "self", "super"}:
            start = self._start(file, segments, home, wanted.line)
            return HERE if start is None else self._walk(*start, wanted)
        return self._from_elsewhere(file, home, segments, wanted)

    def _from_elsewhere(self, file: File, home: str, segments: list[str], wanted: Import) -> Found:
        """Resolve a path that begins with a name: of a crate, a child module or something in the file."""
        head = segments[0] if segments else ""
        if head in self.crates:
            root = self.crates[head]
            return self._walk(root, folder_of(root), segments[1:], wanted)
        child = self.module_at(under(home, head)) if head else None
        if child:  # the 2018 edition allows a path to begin with one
            return self._walk(child, under(home, head), segments[1:], wanted)
        if any(symbol.name == head for symbol in file.facts.symbols):
            # ``use Kind::*`` takes names out of a type of the file itself.
            return Found(origin=Origin.HERE, whole=(file.entry.path,))
        if head in _STANDARD_CRATES:
            return STANDARD
        return self.requirements.explain(folder_of(file.entry.path), (head,))

    def _stands_for_folder(self, path: str) -> bool:
        return path in self.roots or path.endswith("/mod.rs") or path == "mod.rs"

    def _start(
        self, file: File, segments: list[str], home: str, line: int
    ) -> tuple[str, str, list[str]] | None:
        """Take the leading keywords: (module file, folder of its children, what is left)."""
        path, rest = file.entry.path, segments
        if segments[0] == "crate":
            for folder in ancestors(folder_of(path)):
                for name in ("lib.rs", "main.rs"):
                    root = under(folder, name)
                    if root in self.roots:
                        return root, folder, segments[1:]
            return None
        if segments[0] == "self":
            rest = segments[1:]
        inner = sum(
            each.kind in {"mod", "module"} and each.line <= line <= each.end_line
            for each in file.facts.symbols
        )
        while rest and rest[0] == "super":
            rest = rest[1:]
            if inner:
                inner -= 1
                continue
            home = folder_of(home)
            parent = self._file_of(home)
            if parent is None:
                return None
            path = parent
        return path, home, rest

    def _file_of(self, folder: str) -> str | None:
        """Find the file of the module whose children lie in a folder."""
        tries = (under(folder, "mod.rs"), f"{folder}.rs", under(folder, "lib.rs"), under(folder, "main.rs"))
        return next((path for path in tries if path in self.index.files), None)

    def module_at(self, place: str) -> str | None:
        return next((p for p in (f"{place}.rs", f"{place}/mod.rs") if p in self.index.files), None)

    def _walk(self, path: str, home: str, segments: list[str], wanted: Import) -> Found:
        """Go down the tree as far as there are files; what is left are names in the last of them."""
        while segments:
            deeper = self.module_at(under(home, segments[0]))
            if deeper is None:
                break
            path, home, segments = deeper, under(home, segments[0]), segments[1:]
        if segments:
            alias = wanted.alias or segments[0]
            return Found(origin=Origin.HERE, named=(Named(segments[0], alias, (path,)),))
        whole: list[str] = []
        named: list[Named] = []
        for each in wanted.names:
            head = each.name.partition("::")[0]
            inner = None if head in {"*", "self"} else self.module_at(under(home, head))
            if inner:
                whole.append(inner)
            elif head == "self":
                whole.append(path)
            else:
                named.append(Named(head, each.alias or head, (path,)))
        if not wanted.names or any(each.name == "*" for each in named):
            whole.append(path)
        return Found(origin=Origin.HERE, whole=tuple(dict.fromkeys(whole)), named=tuple(named))


def make_rust_linker(index: Index) -> Linker:
    crates: dict[str, str] = {}
    roots = {path for name in ("lib.rs", "main.rs", "build.rs") for path in index.by_name.get(name, ())}
    for each in index.manifests.packages:
        if each.ecosystem is Ecosystem.CARGO:
            crates[each.name.replace("-", "_")] = each.main
            roots.add(each.main)
    homes = {folder_of(path) for path in index.by_name.get("Cargo.toml", ())}
    extra = {under(home, name) for home in homes for name in ("tests", "examples", "benches", "src/bin")}
    roots.update(path for path in index.files if path.endswith(".rs") and folder_of(path) in extra)
    return RustLinker(
        index=index,
        requirements=read_requirements(
            index.manifests, Ecosystem.CARGO, lambda name: [name.replace("-", "_")]
        ),
        crates={name: root for name, root in crates.items() if root in index.files},
        roots=frozenset(roots),
    )
