"""JavaScript, TypeScript, Go and Java imports to files, as far as paths alone tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link_index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    folder_of,
    nearest,
    read_requirements,
    resolve,
    under,
)
from sphinx_repodoc.core.link_uses import top_level
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
_JAVA_STANDARD = ("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.")
_JAVAX = """
    accessibility annotation.processing crypto imageio lang.model management naming net print rmi script
    security.auth security.cert security.sasl sound sql swing tools transaction.xa xml.catalog xml.crypto
    xml.datatype xml.namespace xml.parsers xml.stream xml.transform xml.validation xml.xpath
"""
_JAVA_MODULES = (*_JAVA_STANDARD, *(f"javax.{name}." for name in _JAVAX.split()))
_JAVA_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "com.fasterxml.jackson.core": ("com.fasterxml.jackson",),
    "com.google.guava": ("com.google.common",),
    "com.google.truth": ("com.google.common.truth",),
    "commons-io": ("org.apache.commons.io",),
    "commons-lang": ("org.apache.commons.lang",),
    "junit": ("junit", "org.junit"),
    "org.projectlombok": ("lombok",),
    "org.springframework.boot": ("org.springframework",),
}
"""Maven group to the packages of its artifacts, where its name does not say so."""
_JAVA_SUFFIXES = (".java", ".kt", ".scala", ".groovy")


def _take(wanted: Import, files: tuple[str, ...]) -> Found:
    """Say that an import takes its names, or everything, out of files.

    A default export has a name of its own in its file: it counts when it is mentioned.
    """
    named = [Named(each.name, each.alias or each.name, files) for each in wanted.names]
    whole = not named or any(each.name in {"*", "default"} for each in named)
    return Found(origin=Origin.HERE, whole=files if whole else (), named=tuple(named))


def _by_folder(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(folder_of(path), []).append(path)
    return {folder: tuple(files) for folder, files in found.items()}


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
        return self.requirements.explain(folder, (package, f"@types/{package}"))

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
    """Packages below the modules of this repository.

    A package is a folder: an import leads to those of its files that define what
    the importing file mentions, or to all of them when there are none.
    """

    requirements: Requirements
    modules: Mapping[str, str]
    """Module path to the folder of its go.mod."""
    packages: Mapping[str, tuple[str, ...]]
    """Folder to its files, tests left out."""
    exported: Mapping[str, frozenset[str]]
    """File to the names that other packages can use."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each.module) for each in file.facts.imports])

    def _link(self, file: File, module: str) -> Found:
        parts = module.split("/")
        prefixes = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for prefix in prefixes:
            home = self.modules.get(prefix)
            if home is not None:
                files = self.packages.get(under(home, module[len(prefix) :].strip("/")), ())
                used = tuple(path for path in files if self.exported[path] & file.facts.words)
                return Found(origin=Origin.HERE, whole=used or files)
        if "." not in parts[0]:
            return STANDARD
        return self.requirements.explain(folder_of(file.entry.path), prefixes)


def make_go_linker(index: Index) -> Linker:
    """Index the packages, and what each of their files exports: names with a capital letter."""
    paths = [path for path in index.files if path.endswith(".go") and not path.endswith("_test.go")]
    return GoLinker(
        requirements=read_requirements(index.manifests, Ecosystem.GO, lambda name: [name]),
        modules={
            each.name: folder_of(each.path)
            for each in index.manifests.packages
            if each.ecosystem is Ecosystem.GO
        },
        packages=_by_folder(paths),
        exported={
            path: frozenset(name for name in top_level(index.files[path]) if name[:1].isupper())
            for path in paths
        },
    )


@dataclass(slots=True)
class JavaLinker:
    """Classes by the package path that ends in their file; of several, the nearest."""

    index: Index
    requirements: Requirements
    packages: Mapping[str, tuple[str, ...]]
    """Folder to the classes directly in it."""
    _cache: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        dotted = wanted.module.removesuffix(".*")
        starred = dotted != wanted.module or any(each.name == "*" for each in wanted.names)
        parts = dotted.split(".")
        # ``a.b.C.Inner`` and static members lie in the file of the class around them.
        for end in range(len(parts), 1, -1):
            files = self.files_of(folder, ".".join(parts[:end]))
            if files:
                name = parts[end - 1]
                return Found(origin=Origin.HERE, named=(Named(name, name, files),))
        whole = self.package_of(folder, dotted) if starred else ()
        if whole:
            return Found(origin=Origin.HERE, whole=whole)
        if f"{dotted}.".startswith(_JAVA_MODULES):
            return STANDARD
        return self.requirements.explain(folder, (".".join(parts[:end]) for end in range(len(parts), 1, -1)))

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

    def package_of(self, folder: str, dotted: str) -> tuple[str, ...]:
        """List the classes of the nearest folder that ends in a package path."""
        ending = "/" + dotted.replace(".", "/")
        homes = [home for home in self.packages if f"/{home}".endswith(ending)]
        near = nearest(folder, [under(home, "-") for home in homes])
        return self.packages[folder_of(near[0])] if len(near) == 1 else ()


def java_packages(artifact: str) -> tuple[str, ...]:
    """Name the packages of an artifact: those below its group, unless it is known to differ."""
    group = artifact.partition(":")[0]
    return _JAVA_PACKAGES.get(group, (group,))


def make_java_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.MAVEN, java_packages)
    packages = _by_folder(path for path in index.files if path.endswith(_JAVA_SUFFIXES))
    return JavaLinker(index, requirements, packages)
