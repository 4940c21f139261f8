"""Python imports to files: roots, packages, namespaces, stubs, relative imports.

A *root* is a folder that could stand on the module path. For an importing file
they are tried in this order, and the first that has the module wins:

1. its own folder when that is no package (a script imports its siblings), the
   folder above the packages it lies in, and going up the tree: folders with a
   manifest of a distribution or a ``conftest.py``, the root of the repository,
   folders named ``src``, ``lib`` or ``python`` beside them, and those that
   manifests name;
2. roots of other distributions of this repository: those that its own requires,
   then the nearest;
3. folders above it, and roots of packages elsewhere, the nearest first, unless a
   manifest says that the module is a third party's.

All of them may hold parts of a namespace package, so each is asked for the whole
path of a module. Roots that are equally near stand side by side: a module that
several of them have stays unresolved.

A module of the standard library is only ever taken from the first two kinds of
folder, which really come first on the module path, and never one that is built
into the interpreter.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    ancestors,
    folder_of,
    python_modules,
    read_requirements,
    under,
)
from sphinx_repodoc.core.link.python_roots import (
    NAMED_ROOTS,
    SUFFIXES,
    iter_tops,
    make_modules,
    make_sources,
    ranked_roots,
)
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, normalize
from sphinx_repodoc.core.model import MarkerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_repodoc.core.link.index import Index, Requirements
    from sphinx_repodoc.core.link.python_roots import Modules, Ranks, Sources
    from sphinx_repodoc.core.model import File, Import

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


@dataclass(slots=True)
class PythonLinker:
    """Resolves the imports of one file after another; what it caches holds for all of them."""

    modules: Modules
    elsewhere: dict[str, tuple[str, ...]]
    """Top-level name to the roots that have it."""
    requirements: Requirements
    sources: Sources
    _roots: dict[tuple[str, str], tuple[Ranks, Ranks]] = field(default_factory=dict)
    _firsts: dict[str, str] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self.link(file, each) for each in file.facts.imports])

    def link(self, file: File, wanted: Import) -> Found:
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
        if found is None and self.sources.renamed:
            found = self._renamed(wanted)
        if found is None:
            manifest = self._manifest(folder, wanted)
            if manifest and not self._is_package(strong, top):
                return Found(origin=Origin.THIRD_PARTY, manifest=manifest)
            found = self._search(weak, wanted)
        if found is None and _is_script(file):
            found = self._search(((folder,),), wanted)
        if found is None and self._is_package((*strong, *(roots for roots in weak if len(roots) == 1)), top):
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
        root = self.first_root(folder)
        if under(root, top) not in self.modules.files:
            return STANDARD
        return self._search(((root,),), wanted) or STANDARD

    def _manifest(self, folder: str, wanted: Import) -> str:
        """Find the requirement of the longest prefix: ``google.cloud.storage`` before ``google``."""
        parts = wanted.module.split(".")
        for end in range(len(parts), 0, -1):
            place = self.requirements.place(folder, normalize(".".join(parts[:end])))
            if place:
                return place
        return ""

    def _is_package(self, ranks: Ranks, top: str) -> bool:
        return any(under(root, top) in self.modules.packages for roots in ranks for root in roots)

    def _search(self, ranks: Ranks, wanted: Import) -> Found | None:
        path = wanted.module.replace(".", "/")
        for roots in ranks:
            found = [each for root in roots if (each := self._at(under(root, path), wanted))]
            if any(each.modules and not each.base for each in found):
                return self._from_namespace(ranks, path, wanted)
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _from_namespace(self, ranks: Ranks, path: str, wanted: Import) -> Found:
        """Look for each name on its own: every part of a namespace package may lie elsewhere."""
        inside: list[Named] = []
        for each in wanted.names:
            places = ([under(under(root, path), each.name) for root in roots] for roots in ranks)
            hits = (
                [self.modules.files[place] for place in rank if place in self.modules.files]
                for rank in places
            )
            nearest = next(filter(None, hits), [])
            if len(nearest) == 1:
                inside.append(Named(each.name, each.alias or each.name, nearest[0]))
        whole = dict.fromkeys(path for each in inside for path in each.files)
        return Found(origin=Origin.HERE, whole=tuple(whole), modules=tuple(inside))

    def _at(self, place: str, wanted: Import) -> Found | None:
        """Look for a module and, in it, for names that are modules themselves."""
        modules = self.modules
        base = modules.files.get(place, ())
        if not base and place not in modules.folders and place:
            return None
        if wanted.form == "import" or not wanted.names:
            return Found(origin=Origin.HERE, whole=base, base=base) if base else None
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

    def _renamed(self, wanted: Import) -> Found | None:
        """Look in the folders that manifests say hold a package of another name."""
        parts = wanted.module.split(".")
        for end in range(len(parts), 0, -1):
            target = self.sources.renamed.get(".".join(parts[:end]))
            found = None if target is None else self._at(under(target, "/".join(parts[end:])), wanted)
            if found is not None:
                return found
        return None

    def roots(self, folder: str, top: str) -> tuple[Ranks, Ranks]:
        """Rank the roots that have a top-level name: those that count before a manifest, and after."""
        key = (folder, top)
        found = self._roots.get(key)
        if found is None:
            mine = self._having(self._strong(folder), top)
            others = [root for root in self.elsewhere.get(top, ()) if root not in mine]
            own = [root for root in others if self.sources.distribution_of(root) is not None]
            needed = [root for root in own if self.sources.is_required(folder, root)]
            rest = [root for root in own if root not in needed]
            strong = [*((root,) for root in mine), *ranked_roots(folder, needed), *ranked_roots(folder, rest)]
            above = self._having((up for up in ancestors(folder) if up not in self.modules.packages), top)
            above = [root for root in above if root not in mine and root not in own]
            far = [root for root in others if root not in own and root not in above]
            weak = [*((root,) for root in above), *ranked_roots(folder, far)]
            found = self._roots[key] = tuple(strong), tuple(weak)
        return found

    def _having(self, roots: Iterable[str], top: str) -> list[str]:
        return list(dict.fromkeys(root for root in roots if self.modules.has(under(root, top))))

    def first_root(self, folder: str) -> str:
        """Give the folder that comes first on the module path of the files in a folder.

        That is the one above the packages around it, or the root of a distribution above
        them: between the two lie parts of namespace packages.
        """
        found = self._firsts.get(folder)
        if found is None:
            found = self.modules.chain_root(folder)
            above = (up for up in ancestors(found) if up not in self.modules.packages)
            sources = self.sources
            root = next((up for up in above if up and sources.distribution_of(up) not in {None, up}), found)
            found = self._firsts[folder] = root
        return found

    def _strong(self, folder: str) -> Iterator[str]:
        yield self.first_root(folder)
        packages, sources = self.modules.packages, self.sources
        for up in ancestors(folder):
            if up not in packages and (
                not up
                or up in sources.distributions
                or up in sources.test_roots
                or up.rpartition("/")[2] in NAMED_ROOTS
            ):
                yield up
            yield from sources.declared.get(up, ())
            for name in NAMED_ROOTS:
                beside = under(up, name)
                if beside not in packages:
                    yield beside


def _is_script(file: File) -> bool:
    return any(marker.kind in {MarkerKind.MAIN, MarkerKind.SHEBANG} for marker in file.facts.markers)


def make_python_linker(index: Index) -> PythonLinker:
    """Index the modules, the roots and the requirements of a repository."""
    modules = make_modules([file for path, file in index.files.items() if path.endswith(SUFFIXES)])
    sources = make_sources(index)
    elsewhere: dict[str, set[str]] = {}
    for root, name in iter_tops(modules, sources):
        elsewhere.setdefault(name, set()).add(root)
    return PythonLinker(
        modules=modules,
        elsewhere={name: tuple(sorted(roots)) for name, roots in elsewhere.items()},
        requirements=read_requirements(index.manifests, Ecosystem.PYTHON, python_modules),
        sources=sources,
    )
