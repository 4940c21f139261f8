"""JavaScript, TypeScript, Go, Rust and Java imports to files, as far as paths alone tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link_index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    ancestors,
    folder_of,
    nearest,
    read_requirements,
    resolve,
    under,
)
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_repodoc.core.link_index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_SCRIPT_SUFFIXES = (
    *(".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs"),
    *(".json", ".vue", ".svelte"),
)
_COMPILED = {".js": (".ts", ".tsx", ".d.ts"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
"""TypeScript imports a module by the name of what it is compiled to."""
_NODE = """
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns
    domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring
    readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads
    zlib
"""
NODE_MODULES = frozenset(_NODE.split())
_RUST_STANDARD = frozenset({"std", "core", "alloc", "proc_macro", "test"})
_JAVA_STANDARD = ("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.")
_JAVAX = """
    accessibility annotation.processing crypto imageio lang.model management naming net print rmi script
    security.auth security.cert security.sasl sound sql swing tools transaction.xa xml.catalog xml.crypto
    xml.datatype xml.namespace xml.parsers xml.stream xml.transform xml.validation xml.xpath
"""
_JAVA_MODULES = (*_JAVA_STANDARD, *(f"javax.{name}." for name in _JAVAX.split()))
_JAVA_SUFFIXES = (".java", ".kt", ".scala", ".groovy")


def _take(wanted: Import, files: tuple[str, ...]) -> Found:
    """Say that an import takes its names, or everything, out of files."""
    named = [Named(each.name, each.alias or each.name, files) for each in wanted.names]
    if not named or any(each.name == "*" for each in named):
        return Found(origin=Origin.HERE, whole=files, named=tuple(named))
    return Found(origin=Origin.HERE, named=tuple(named))


def _third_party(requirements: Requirements, folder: str, names: Iterable[str]) -> Found:
    """Give the first name that a manifest has."""
    for name in names:
        manifest = requirements.place(folder, name)
        if manifest:
            return Found(origin=Origin.THIRD_PARTY, manifest=manifest)
    return UNKNOWN


@dataclass(slots=True)
class ScriptLinker:
    """Relative paths, packages of this repository, Node's own modules."""

    index: Index
    requirements: Requirements
    packages: Mapping[str, tuple[str, str]]
    """Name of a package to its folder and main file."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        module = wanted.module.partition("?")[0]
        if module.startswith("."):
            place = resolve(folder, module)
            path = None if place is None else self.module_at(place)
            return UNKNOWN if place is None else _take(wanted, (path,)) if path else HERE
        name = module.removeprefix("node:")
        if name != module or name.partition("/")[0] in NODE_MODULES:
            return STANDARD
        parts = module.split("/")
        package = "/".join(parts[: 2 if module.startswith("@") else 1])
        if package in self.packages:
            path = self._in_package(package, module[len(package) :].strip("/"))
            return _take(wanted, (path,)) if path else HERE
        return _third_party(self.requirements, folder, (package, f"@types/{package}"))

    def module_at(self, place: str) -> str | None:
        """Find the file that a module path means: itself, with a suffix, or the index of a folder."""
        stem, dot, suffix = place.rpartition(".")
        tries = [place, *(place + each for each in _SCRIPT_SUFFIXES)]
        tries += [stem + each for each in _COMPILED.get(dot + suffix, ())]
        tries += [under(place, f"index{each}") for each in _SCRIPT_SUFFIXES]
        return next((path for path in tries if path in self.index.files), None)

    def _in_package(self, package: str, rest: str) -> str | None:
        folder, main = self.packages[package]
        if rest:
            return self.module_at(under(folder, rest)) or self.module_at(under(folder, f"src/{rest}"))
        tries = [main] if main else []
        tries += [under(folder, "src/index"), under(folder, "index")]
        return next((path for path in map(self.module_at, tries) if path), None)


def make_script_linker(index: Index) -> Linker:
    packages = {
        each.name: (folder_of(each.path), each.main)
        for each in index.manifests.packages
        if each.ecosystem is Ecosystem.NPM
    }
    requirements = read_requirements(index.manifests, Ecosystem.NPM, lambda name: [name])
    return ScriptLinker(index, requirements, packages)


@dataclass(slots=True)
class GoLinker:
    """Packages below the modules of this repository. A package is a folder: all its files."""

    requirements: Requirements
    modules: Mapping[str, str]
    """Module path to the folder of its go.mod."""
    packages: Mapping[str, tuple[str, ...]]
    """Folder to its files, tests left out."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each.module) for each in file.facts.imports])

    def _link(self, folder: str, module: str) -> Found:
        parts = module.split("/")
        for end in range(len(parts), 0, -1):
            home = self.modules.get("/".join(parts[:end]))
            if home is not None:
                files = self.packages.get(under(home, "/".join(parts[end:])))
                return Found(origin=Origin.HERE, whole=files) if files else HERE
        if "." not in parts[0]:
            return STANDARD
        prefixes = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
        return _third_party(self.requirements, folder, prefixes)


def make_go_linker(index: Index) -> Linker:
    packages: dict[str, list[str]] = {}
    for path in index.files:
        if path.endswith(".go") and not path.endswith("_test.go"):
            packages.setdefault(folder_of(path), []).append(path)
    return GoLinker(
        requirements=read_requirements(index.manifests, Ecosystem.GO, lambda name: [name]),
        modules={
            each.name: folder_of(each.path)
            for each in index.manifests.packages
            if each.ecosystem is Ecosystem.GO
        },
        packages={folder: tuple(paths) for folder, paths in packages.items()},
    )


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
        if head in self.crates:
            root = self.crates[head]
            return self._walk(root, folder_of(root), segments[1:], wanted)
        found = self.module_at(under(home, head)) if head else None
        if found:  # the 2018 edition allows a path to begin with a child module
            return self._walk(found, under(home, head), segments[1:], wanted)
        if head in _RUST_STANDARD:
            return STANDARD
        return _third_party(self.requirements, folder_of(path), (head,))

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


@dataclass(slots=True)
class JavaLinker:
    """Classes by the package path that ends in their file; of several, the nearest."""

    index: Index
    requirements: Requirements
    _cache: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        names = [each.name for each in wanted.names]
        dotted = wanted.module.removesuffix(".*")
        starred = dotted != wanted.module or names == ["*"]
        whole = [path for name in names if name != "*" for path in self.files_of(folder, f"{dotted}.{name}")]
        if not whole:
            parts = dotted.split(".")
            # ``a.b.C.Inner`` and static members lie in the file of the class around them.
            for end in range(len(parts), 1, -1):
                whole = list(self.files_of(folder, ".".join(parts[:end])))
                if whole:
                    break
        if not whole and starred:
            whole = self.package_of(folder, dotted)
        if whole:
            return Found(origin=Origin.HERE, whole=tuple(sorted(set(whole))))
        if f"{dotted}.".startswith(_JAVA_MODULES):
            return STANDARD
        parts = dotted.split(".")
        return _third_party(
            self.requirements, folder, (".".join(parts[:end]) for end in range(len(parts), 1, -1))
        )

    def files_of(self, folder: str, dotted: str) -> tuple[str, ...]:
        """Find the file of a class; none when several are equally near."""
        key = (folder, dotted)
        found = self._cache.get(key)
        if found is None:
            ending = dotted.replace(".", "/")
            name = ending.rpartition("/")[2]
            paths = [
                path
                for suffix in _JAVA_SUFFIXES
                for path in self.index.by_name.get(name + suffix, ())
                if f"/{path}".endswith(f"/{ending}{suffix}")
            ]
            near = nearest(folder, paths)
            found = self._cache[key] = tuple(near) if len(near) == 1 else ()
        return found

    def package_of(self, folder: str, dotted: str) -> list[str]:
        """List the classes of the nearest folder that ends in a package path."""
        ending = "/" + dotted.replace(".", "/")
        folders = [each for each in self.index.folders if f"/{each}".endswith(ending)]
        near = nearest(folder, [under(each, "-") for each in folders])
        if len(near) != 1:
            return []
        home = folder_of(near[0])
        return [p for p in self.index.files if folder_of(p) == home and p.endswith(_JAVA_SUFFIXES)]


def make_java_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.MAVEN, lambda name: [name.partition(":")[0]])
    return JavaLinker(index, requirements)
