"""Python imports to files: roots, packages, namespaces, stubs, relative imports.

A *root* is a folder that could stand on the module path. For an importing file
they are tried in this order, and the first that has the module wins:

1. its own folder when that is no package (a script imports its siblings), the
   folder above the packages it lies in, and going up the tree: folders with a
   manifest of a distribution or a ``conftest.py``, the root of the repository,
   and folders named ``src``, ``lib`` or ``python`` beside them;
2. roots of other distributions of this repository, the nearest first;
3. folders above it, and roots of packages elsewhere when one is the nearest,
   unless a manifest says that the module is a third party's.

A module of the standard library is only ever taken from the first two kinds of
folder, which really come first on the module path, and never one that is built
into the interpreter.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    ancestors,
    folder_of,
    nearest,
    python_modules,
    read_requirements,
    under,
)
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, normalize
from sphinx_repodoc.core.model import MarkerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

SUFFIXES = (".py", ".pyi", ".pyx", ".pyw")
_NAMED_ROOTS = ("src", "lib", "python")
_DISTRIBUTION_FILES = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
# Gone with 3.10, 3.12 and 3.13.
_GONE = """
    binhex formatter parser symbol
    asynchat asyncore distutils imp smtpd
    aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes
    sndhdr spwd sunau telnetlib uu xdrlib
"""
_NEW = frozenset({"annotationlib", "compression", "__main__", "_typeshed"})
STANDARD_MODULES = frozenset(sys.stdlib_module_names) | {*_GONE.split()} | _NEW
"""Of every supported version: what is standard must not depend on the interpreter that asks.

``_typeshed`` is where type checkers keep the types of the standard library.
"""
_BUILT_IN = frozenset(
    {"__future__", "__main__", "atexit", "builtins", "errno", "faulthandler", "gc", "itertools"}
    | {"marshal", "posix", "pwd", "signal", "sys", "time"}
)
"""Found before anything on the module path."""


@dataclass(frozen=True, slots=True)
class Modules:
    """Which modules there are, by path without suffix, and where they can be imported from."""

    files: dict[str, tuple[str, ...]]
    """``a/b`` to ``a/b.py`` and its stub, or to ``a/b/__init__.py`` where both exist."""
    packages: frozenset[str]
    """Folders with an ``__init__`` file or with relative imports."""
    folders: frozenset[str]
    """Folders with a module in them or below: regular and namespace packages."""

    def has(self, place: str) -> bool:
        return place in self.files or place in self.folders

    def chain_root(self, folder: str) -> str:
        """Climb out of the packages around a folder."""
        while folder and folder in self.packages:
            folder = folder_of(folder)
        return folder


def make_modules(files: Sequence[File]) -> Modules:
    """Sort Python files into modules and packages.

    A folder without ``__init__`` is a package too when a module in it imports
    relative to it.
    """
    plain: dict[str, list[str]] = {}
    initial: dict[str, list[str]] = {}
    folders: set[str] = set()
    for path in (file.entry.path for file in files):
        stem = path.rpartition(".")[0]
        folder, _, name = stem.rpartition("/")
        if name == "__init__":
            initial.setdefault(folder, []).append(path)
        else:
            plain.setdefault(stem, []).append(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder_of(folder)
    found = {place: tuple(sorted(paths)) for place, paths in chain(plain.items(), initial.items())}
    modules = Modules(found, frozenset(initial), frozenset(folders))
    return replace(modules, packages=modules.packages.union(_iter_relative(modules, files)))


def _iter_relative(modules: Modules, files: Sequence[File]) -> Iterator[str]:
    """Yield the folders that relative imports prove to be packages, by leading somewhere."""
    for file in files:
        for wanted in file.facts.imports:
            if wanted.level:
                inside = ancestors(folder_of(file.entry.path))[: wanted.level]
                place = under(inside[-1], wanted.module.replace(".", "/"))
                if len(inside) == wanted.level and modules.has(place):
                    yield from filter(None, inside)


@dataclass(slots=True)
class PythonLinker:
    """Resolves the imports of one file after another; what it caches holds for all of them."""

    modules: Modules
    distributions: frozenset[str]
    """Folders with a manifest of a distribution."""
    test_roots: frozenset[str]
    """Folders with a ``conftest.py``, which pytest puts on the module path."""
    elsewhere: dict[str, tuple[str, ...]]
    """Top-level name to the roots that have it."""
    requirements: Requirements
    _roots: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        folder = folder_of(file.entry.path)
        if wanted.level:
            return self._relative(folder, wanted)
        top = wanted.module.partition(".")[0]
        if not top:
            return UNKNOWN
        if top in STANDARD_MODULES:
            return self._standard(folder, top, wanted)
        strong, weak = self.roots(folder, top)
        found = self._search(strong, wanted)
        if found is None:
            manifest = self._manifest(folder, wanted)
            if manifest and not self._is_package(strong, top):
                return Found(origin=Origin.THIRD_PARTY, manifest=manifest)
            found = self._search(weak, wanted)
        if found is None and _is_script(file):
            found = self._search((folder,), wanted)
        if found is None and self._is_package((*strong, *weak), top):
            return HERE
        # CPython's own tests are standard where nothing else has their very common name.
        return found or (STANDARD if top == "test" else UNKNOWN)

    def _relative(self, folder: str, wanted: Import) -> Found:
        for _ in range(wanted.level - 1):
            if not folder:
                return UNKNOWN
            folder = folder_of(folder)
        place = under(folder, wanted.module.replace(".", "/"))
        return self._at(place, wanted) or HERE

    def _standard(self, folder: str, top: str, wanted: Import) -> Found:
        """Let a local module stand before the standard one only where it comes first on the path."""
        if top in _BUILT_IN:
            return STANDARD
        root = self.modules.chain_root(folder)
        if under(root, top) not in self.modules.files:
            return STANDARD
        return self._search((root,), wanted) or STANDARD

    def _manifest(self, folder: str, wanted: Import) -> str:
        """Find the requirement of the longest prefix: ``google.cloud.storage`` before ``google``."""
        parts = wanted.module.split(".")
        for end in range(len(parts), 0, -1):
            place = self.requirements.place(folder, normalize(".".join(parts[:end])))
            if place:
                return place
        return ""

    def _is_package(self, roots: Sequence[str], top: str) -> bool:
        return any(under(root, top) in self.modules.packages for root in roots)

    def _search(self, roots: Sequence[str], wanted: Import) -> Found | None:
        path = wanted.module.replace(".", "/")
        for root in roots:
            found = self._at(under(root, path), wanted)
            if found is not None:
                return found
        return None

    def _at(self, place: str, wanted: Import) -> Found | None:
        """Look for a module and, in it, for names that are modules themselves."""
        modules = self.modules
        base = modules.files.get(place, ())
        if not base and place not in modules.folders and place:
            return None
        if wanted.form == "import" or not wanted.names:
            return Found(origin=Origin.HERE, whole=base) if base else None
        whole: list[str] = []
        named: list[Named] = []
        inside: list[Named] = []
        for each in wanted.names:
            if each.name == "*":
                whole.extend(base)
                named.append(Named("*", "*", base))
                continue
            inner = modules.files.get(under(place, each.name))
            if inner is not None:
                whole.extend(inner)
                inside.append(Named(each.name, each.alias or each.name, inner))
            elif base:
                named.append(Named(each.name, each.alias or each.name, base))
        if not whole and not named:
            return None
        return Found(
            origin=Origin.HERE,
            whole=tuple(dict.fromkeys(whole)),
            named=tuple(named),
            modules=tuple(inside),
            base=base,
        )

    def roots(self, folder: str, top: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """List the roots that have a top-level name: those that count before a manifest, and after."""
        key = (folder, top)
        found = self._roots.get(key)
        if found is None:
            strong = self._having(self._strong(folder), top)
            others = [root for root in self.elsewhere.get(top, ()) if root not in strong]
            own = [root for root in others if self._distribution_of(root) is not None]
            strong += nearest_roots(folder, own)
            weak = self._having((up for up in ancestors(folder) if up not in self.modules.packages), top)
            rest = nearest_roots(folder, others)
            weak += rest if len(rest) == 1 else []
            found = self._roots[key] = tuple(strong), tuple(root for root in weak if root not in strong)
        return found

    def _having(self, roots: Iterable[str], top: str) -> list[str]:
        return list(dict.fromkeys(root for root in roots if self.modules.has(under(root, top))))

    def _strong(self, folder: str) -> Iterator[str]:
        yield self.modules.chain_root(folder)
        for up in ancestors(folder):
            if not up or up in self.distributions or up in self.test_roots:
                if up not in self.modules.packages:
                    yield up
            elif up.rpartition("/")[2] in _NAMED_ROOTS and up not in self.modules.packages:
                yield up
            for name in _NAMED_ROOTS:
                beside = under(up, name)
                if beside not in self.modules.packages:
                    yield beside

    def _distribution_of(self, root: str) -> str | None:
        """Give the folder of the distribution that a root belongs to: itself or the one above ``src``."""
        if root in self.distributions:
            return root
        above, _, name = root.rpartition("/")
        return above if name in _NAMED_ROOTS and above in self.distributions else None


def nearest_roots(folder: str, roots: Sequence[str]) -> list[str]:
    """List the roots nearest to a folder; all of them when they are equally near."""
    by_place = {under(root, "-"): root for root in roots}
    return [by_place[place] for place in nearest(folder, by_place)]


def _is_script(file: File) -> bool:
    return any(marker.kind in {MarkerKind.MAIN, MarkerKind.SHEBANG} for marker in file.facts.markers)


def make_python_linker(index: Index) -> Linker:
    """Index the modules, the roots and the requirements of a repository."""
    modules = make_modules([file for path, file in index.files.items() if path.endswith(SUFFIXES)])
    distributions = {folder_of(path) for name in _DISTRIBUTION_FILES for path in index.by_name.get(name, ())}
    elsewhere: dict[str, set[str]] = {}
    for root, name in _iter_tops(modules, distributions):
        elsewhere.setdefault(name, set()).add(root)
    return PythonLinker(
        modules=modules,
        distributions=frozenset(distributions),
        test_roots=frozenset(folder_of(path) for path in index.by_name.get("conftest.py", ())),
        elsewhere={name: tuple(sorted(roots)) for name, roots in elsewhere.items()},
        requirements=read_requirements(index.manifests, Ecosystem.PYTHON, python_modules),
    )


def _iter_tops(modules: Modules, distributions: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (root, top-level name) for packages anywhere, and for all that lies in roots by name or manifest."""
    roots = set(distributions)
    for folder in modules.folders:
        above, _, name = folder.rpartition("/")
        if folder in modules.packages and above not in modules.packages:
            yield above, name
        if name in _NAMED_ROOTS and folder not in modules.packages:
            roots.add(folder)
        if folder not in modules.packages and above in distributions:
            roots.add(above)
    for place in chain(modules.files, modules.folders):
        above, _, name = place.rpartition("/")
        if above in roots:
            yield above, name
