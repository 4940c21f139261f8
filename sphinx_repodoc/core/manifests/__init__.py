"""Manifests of a repository: what it depends on, what it offers, how its tests are run.

:func:`read_manifests` takes the paths of a repository and a reader of text and
gives one :class:`Manifests`. The linkers ask it which requirement explains an
import; the analyses read its entry points and test evidence. A manifest that is
malformed or cannot be read gives nothing, and an import is then unknown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sphinx_repodoc.core.manifests import (
    cargo,
    dotnet,
    go,
    haskell,
    julia,
    jvm,
    lua,
    native,
    npm,
    perl,
    php,
    python,
    r,
    ruby,
    swift,
    tsconfig,
)
from sphinx_repodoc.core.manifests.distributions import import_names, normalize
from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    Route,
    RouteKind,
    TestEvidence,
    Tool,
)

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T", Requirement, Package, EntryPoint, TestEvidence)

__all__ = [
    "KNOWN",
    "Ecosystem",
    "EntryPoint",
    "Manifests",
    "Package",
    "Requirement",
    "Route",
    "RouteKind",
    "TestEvidence",
    "Tool",
    "import_names",
    "is_manifest",
    "normalize",
    "read_manifests",
]

Reader = Callable[[str, str], Iterator[Fact]]

_READERS: Mapping[str, Reader] = {
    "pyproject.toml": python.read_pyproject,
    "setup.cfg": python.read_setup_cfg,
    "setup.py": python.read_setup_py,
    "Pipfile": python.read_pipfile,
    "tox.ini": python.read_tox,
    "tox.toml": python.read_tox_toml,
    "pytest.ini": python.read_pytest_ini,
    ".pytest.ini": python.read_pytest_ini,
    "noxfile.py": python.read_noxfile,
    "package.json": npm.read_package_json,
    "pnpm-workspace.yaml": npm.read_pnpm_workspace,
    "lerna.json": npm.read_lerna,
    "deno.json": tsconfig.read_deno,
    "deno.jsonc": tsconfig.read_deno,
    "import_map.json": tsconfig.read_deno,
    "Cargo.toml": cargo.read_cargo,
    "go.mod": go.read_go_mod,
    "go.work": go.read_go_mod,
    "pom.xml": jvm.read_pom,
    "build.gradle": jvm.read_gradle,
    "build.gradle.kts": jvm.read_gradle,
    "build.sbt": jvm.read_sbt,
    "cpanfile": perl.read_cpanfile,
    "dist.ini": perl.read_dist_ini,
    "DESCRIPTION": r.read_description,
    "Package.swift": swift.read_package,
    "Project.toml": julia.read_project,
    "JuliaProject.toml": julia.read_project,
    "composer.json": php.read_composer,
    "Gemfile": ruby.read_gemfile,
    "gems.rb": ruby.read_gemfile,
    "Directory.Build.props": dotnet.read_project,
    "Directory.Packages.props": dotnet.read_project,
    "packages.config": dotnet.read_project,
    "CMakeLists.txt": native.read_cmake,
    "vcpkg.json": native.read_vcpkg,
    "Makefile": native.read_makefile,
    "makefile": native.read_makefile,
    "GNUmakefile": native.read_makefile,
}
"""Name of a file to its reader."""
_PATTERNS: tuple[tuple[str, Reader], ...] = (
    ("*requirements*.txt", python.read_requirements),
    ("*requirements*.in", python.read_requirements),
    ("*.cabal", haskell.read_cabal),
    ("*.rockspec", lua.read_rockspec),
    ("*.gemspec", ruby.read_gemspec),
    ("*.csproj", dotnet.read_project),
    ("*.fsproj", dotnet.read_project),
    ("*.vbproj", dotnet.read_project),
    ("*.versions.toml", jvm.read_catalog),
    ("tsconfig*.json", tsconfig.read_tsconfig),
    ("jsconfig*.json", tsconfig.read_tsconfig),
)
"""Pattern of names to the reader of those that are in no row above; the first that matches is taken."""

KNOWN = frozenset({*_READERS, *(pattern.replace("*", "x") for pattern, _ in _PATTERNS)})
"""One name for each manifest that is read."""
_LARGEST = 1 << 19
"""Characters of the longest manifest that is read: one written by hand is far shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifests:
    """What all manifests of a repository say, each but the routes sorted by path and line."""

    paths: tuple[str, ...] = ()
    """The manifests that said something, sorted."""
    requirements: tuple[Requirement, ...] = ()
    packages: tuple[Package, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    tests: tuple[TestEvidence, ...] = ()
    routes: tuple[Route, ...] = ()
    """Those of each manifest in its order."""

    def routes_of(self, ecosystem: Ecosystem, *kinds: RouteKind) -> list[Route]:
        """List the routes of these kinds, in their order."""
        return [each for each in self.routes if each.ecosystem is ecosystem and each.kind in kinds]


def is_manifest(path: str) -> bool:
    """Say whether :func:`read_manifests` would read the file at this path."""
    return _reader(path) is not None


def read_manifests(paths: Iterable[str], read: Callable[[str], str | None]) -> Manifests:
    """Read every manifest among the paths.

    :param paths: all files of the repository, relative to its root.
    :param read: gives the text of a file, or ``None`` when it has none.
    """
    known = set(paths)
    facts: list[Fact] = []
    todo = [(path, reader) for path in sorted(known) if (reader := _reader(path))]
    for path, reader in todo:
        text = read(path)
        if text is None or len(text) > _LARGEST:
            continue
        found = list(reader(path, text))
        facts += found
        for each in found:
            # A configuration may be based on one whose name does not tell what it is.
            if isinstance(each, Route) and each.kind is RouteKind.EXTENDS and each.target in known:
                known.discard(each.target)
                todo += [(each.target, reader)] * (_reader(each.target) is None)
    return Manifests(
        paths=tuple(sorted({fact.path for fact in facts})),
        requirements=_of_kind(facts, Requirement),
        packages=_of_kind(facts, Package),
        entry_points=_of_kind(facts, EntryPoint),
        tests=_of_kind(facts, TestEvidence),
        routes=tuple(dict.fromkeys(fact for fact in facts if isinstance(fact, Route))),
    )


def _of_kind(facts: list[Fact], kind: type[T]) -> tuple[T, ...]:
    found = (fact for fact in facts if isinstance(fact, kind))
    return tuple(sorted(dict.fromkeys(found), key=lambda fact: (fact.path, fact.line, fact.name)))


def _reader(path: str) -> Reader | None:
    name = posixpath.basename(path)
    in_folder = posixpath.basename(posixpath.dirname(path)) == "requirements"
    if in_folder and name.endswith((".txt", ".in")):
        return python.read_requirements
    found = _READERS.get(name)
    return found or next((reader for pattern, reader in _PATTERNS if fnmatchcase(name, pattern)), None)
