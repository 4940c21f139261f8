"""What manifests say, as records: made by the readers, looked up by the linkers and the analyses."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from enum import StrEnum


class Ecosystem(StrEnum):
    """Where the names of requirements come from, and so which imports they explain."""

    PYTHON = "python"
    NPM = "npm"
    CARGO = "cargo"
    GO = "go"
    MAVEN = "maven"
    COMPOSER = "composer"
    CPAN = "cpan"
    CRAN = "cran"
    HACKAGE = "hackage"
    JULIA = "julia"
    ROCK = "rock"
    SWIFT = "swift"
    NUGET = "nuget"
    RUBY = "ruby"
    NATIVE = "native"
    """C and C++ libraries: CMake's ``find_package``, vcpkg, Conan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A dependency on something outside its own package."""

    ecosystem: Ecosystem
    name: str
    """As written, without version, extras and markers; ``group:artifact`` for Maven."""
    path: str
    line: int
    group: str = ""
    """The extra or group it belongs to (``tests``, ``dev``, ``build``); empty for plain dependencies."""

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that this repository itself is the home of."""

    ecosystem: Ecosystem
    name: str
    """Distribution, npm package, crate or Go module."""
    path: str
    """Of its manifest."""
    line: int
    main: str = ""
    """The file that stands for it, relative to the repository, where the manifest names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A command or plug-in that a manifest declares: a module or a file, one of them empty."""

    name: str
    path: str
    line: int
    module: str = ""
    """Dotted name."""
    attribute: str = ""
    """What is called in the module: ``main`` in ``pkg.cli:main``."""
    file: str = ""
    """Relative to the repository; it may not exist."""
    group: str = "console_scripts"
    """Kind of entry point: ``console_scripts``, ``gui_scripts``, a plug-in group, ``bin``, ``main``."""


class Tool(StrEnum):
    """A program that runs tests."""

    PYTEST = "pytest"
    TOX = "tox"
    NOX = "nox"
    NPM = "npm"
    GO = "go"
    CARGO = "cargo"
    CTEST = "ctest"
    MAKE = "make"
    MAVEN = "maven"
    COMPILER = "compiler"
    """No runner: it makes the extension modules that the tests import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestEvidence:
    """A line that says how the tests of a folder are run."""

    __test__ = False

    tool: Tool
    path: str
    """The folder of this file is where the tool is started."""
    line: int
    name: str = ""
    """tox environment, npm script, nox session or make target."""
    command: str = ""
    """The command as written in the manifest; empty where the tool itself is the command. Of a compiler, what names it."""


class RouteKind(StrEnum):
    """How a route is to be read."""

    SOURCE = "source"
    """Paths of modules begin in the folder ``target``; a route with a name holds for what begins with it."""
    EXPORT = "export"
    """A package offers the file ``target`` by this name; both may have one ``*`` for the same text."""
    INTERNAL = "internal"
    """The same for names that only the package itself may use: ``#config`` of npm."""
    ALIAS = "alias"
    """The same for a configuration of the compiler and the files below its folder."""
    EXTENDS = "extends"
    """The configuration is based on the file ``target``."""
    MEMBER = "member"
    """``target`` is a pattern of the folders whose packages belong together."""
    LOCAL = "local"
    """The package required by this name lies in the folder ``target``."""
    ROOT = "root"
    """The file ``target`` is compiled with all the modules that it declares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A line that says where what is imported by some name lies in this repository.

    Of several routes of a name, the first that leads to a file counts.
    """

    ecosystem: Ecosystem
    kind: RouteKind
    path: str
    """Of its manifest."""
    line: int
    name: str = ""
    target: str = ""
    """A file or folder relative to the repository; it may not exist."""


Fact = Requirement | Package | EntryPoint | TestEvidence | Route


def inside(path: str, file: str) -> str:
    """Make the name of a file in a manifest relative to the repository; empty if it leads out."""
    return place(path, file) or ""


def place(path: str, name: str) -> str | None:
    """Make the name of a folder in a manifest relative to the repository; ``None`` if it leads out."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    if joined == ".." or joined.startswith(("../", "/")):
        return None
    return "" if joined == "." else joined
