"""The records that travel between the stages: what was found, never how.

Entered by :mod:`~sphinx_repodoc.core.scan` (entries) and
:mod:`~sphinx_repodoc.core.parse` (facts); read by every later stage.

Conventions that hold for every record: lines count from 1 and ends are
inclusive, paths are POSIX and relative to the root of the repository, sizes are
bytes, tuples are in source order unless their docstring says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sphinx_repodoc.core.findings import Finding
from sphinx_repodoc.core.problems import Problem

SAMPLED = "sampled:"
"""Begins the digest of a file of which not all was read."""


class EntryKind(StrEnum):
    """What an entry of the repository is on disk."""

    TEXT = "text"
    """A regular file that is read as text."""
    BINARY = "binary"
    """A regular file whose content is not text."""
    POINTER = "pointer"
    """A pointer of Git LFS: the file that it stands for has not been fetched."""
    LARGE = "large"
    """A text file over the size cap: listed with its size, not parsed or shown."""
    SYMLINK = "symlink"
    """A symbolic link. Its target is recorded and never followed."""
    SUBMODULE = "submodule"
    """A nested repository: its pinned commit is recorded and it is never entered."""
    SPECIAL = "special"
    """A socket, pipe or device. Never opened."""
    UNREADABLE = "unreadable"
    """An entry that could not be read; its problem says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the file list, before anything is parsed."""

    path: str
    kind: EntryKind
    size: int = 0
    """Bytes on disk; 0 for links, submodules and special files."""
    mtime_ns: int = 0
    ctime_ns: int = 0
    """Nobody can set it: it tells of a change that kept size and ``mtime_ns``."""
    sha256: str = ""
    """Hexadecimal digest of the bytes; empty when there are none to read. Begins with :data:`SAMPLED` when
    it is the digest of some of them."""
    language: str = ""
    """Name in :mod:`~sphinx_repodoc.core.languages`; empty when unknown."""
    executable: bool = False
    target: str = ""
    """Text of a link, commit of a submodule, or object of a pointer (``sha256:…``)."""
    target_size: int = 0
    """Bytes of the object of a pointer."""
    problems: tuple[Problem, ...] = ()


class Visibility(StrEnum):
    """Who may use a symbol, by the rules or the conventions of its language."""

    PUBLIC = "public"
    PROTECTED = "protected"
    INTERNAL = "internal"
    """Seen in its package, module, crate or assembly, as the language has it."""
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A named definition, or a key or heading of a file that is not code."""

    name: str
    qualname: str
    """The name with those of the symbols around it (``A.f``, ``ns::A::f``)."""
    kind: str
    """The language's own word in lower case: ``class``, ``method``, ``struct``, ``trait``."""
    line: int
    """Line of the definition itself: decorators and comments lie before it."""
    end_line: int
    parent: int = -1
    """Index of the enclosing symbol in the same tuple, always smaller; -1 at top level."""
    signature: str = ""
    """One line of source up to the body, white space folded: ``f(x, *, y=1) -> int``."""
    doc: str = ""
    """First paragraph of the docstring or doc comment, on one line, without markers."""
    visibility: Visibility = Visibility.PUBLIC
    decorators: tuple[str, ...] = ()
    """Decorators, annotations or attributes as written, without their marker."""
    local: bool = False
    """Whether it lies in a function, at any depth: nothing outside can name it."""
    complexity: int = 0
    """Cyclomatic complexity of a function; 0 where it is not measured."""
    cognitive: int = 0
    """Its cognitive complexity; measured in the same languages."""
    nesting: int = 0
    """Branches, loops, handlers and choices around its innermost statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedName:
    """One name that an import statement takes out of a module."""

    name: str
    """As in the module; ``*`` for all of them."""
    alias: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One imported module of one import, include or use statement.

    ``import a, b`` is two of them on the same line.
    """

    module: str
    """As written, without quotes, brackets and leading dots; may be empty (``from . import x``)."""
    line: int
    names: tuple[ImportedName, ...] = ()
    alias: str = ""
    """``c`` in ``import a.b as c``."""
    level: int = 0
    """Leading dots of a relative Python import."""
    form: str = "import"
    """How it is written: ``import``, ``from``, ``include "…"``, ``include <…>``, ``use``, ``mod``, ``require``."""
    deferred: bool = False
    """In the body of a Python function: not run when the file is loaded."""
    type_only: bool = False
    """Never run: below ``if TYPE_CHECKING:``, or ``import type`` of TypeScript."""


def bound_names(statement: Import) -> tuple[str, ...]:
    """The names that stand for what an import takes, in the file that has it."""
    if statement.names:
        return tuple(name.alias or name.name for name in statement.names)
    if statement.alias or "/" not in statement.module:
        return (statement.alias or statement.module.partition(".")[0],)
    return _package_names(statement.module)


def _package_names(path: str) -> tuple[str, ...]:
    """What a package of Go may be called that is imported by its path: the path alone does not say it."""
    parts = path.split("/")
    last = parts[-2] if parts[-1][:1] == "v" and parts[-1][1:].isdigit() else parts[-1]
    last = last.partition(".")[0]
    bare = last.removeprefix("go-").removesuffix("-go")
    return tuple(dict.fromkeys((last, bare, bare.replace("-", "_"), bare.replace("-", ""))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Code in documentation that shows how something is used."""

    name: str
    """Qualified name of the symbol that is documented; empty for the file."""
    line: int
    end_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A ``TODO``, ``FIXME`` or ``XXX`` in a comment."""

    kind: str
    line: int
    text: str
    """What follows the word, with the lines of the comment that go on; cut with ``…`` when long."""


class MarkerKind(StrEnum):
    """A line that is evidence for the role of its file."""

    SHEBANG = "shebang"
    """The text is the interpreter line without ``#!``."""
    MAIN = "main"
    """An entry point: ``if __name__ == "__main__"``, ``int main``, ``func main``, ``fn main``."""
    GENERATED = "generated"
    """A comment that says a tool wrote the file (``@generated``, ``Code generated by … DO NOT EDIT``)."""
    LICENSE = "license"
    """The text is the expression behind ``SPDX-License-Identifier:``, or that of the licence whose header it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Evidence with its line."""

    kind: MarkerKind
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCounts:
    """Lines by what stands on them; ``total`` is their sum.

    A line with code and a comment is code. A docstring counts as comment.
    """

    code: int = 0
    comment: int = 0
    blank: int = 0

    @property
    def total(self) -> int:
        return self.code + self.comment + self.blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the text of one file says by itself, with no other file looked at."""

    doc: str = ""
    """First paragraph of the module docstring or of the leading comment (licence headers are skipped)."""
    doc_line: int = 0
    """Where that paragraph starts; 0 without one."""
    encoding: str = "utf-8"
    lines: LineCounts = field(default_factory=LineCounts)
    symbols: tuple[Symbol, ...] = ()
    imports: tuple[Import, ...] = ()
    notes: tuple[Note, ...] = ()
    markers: tuple[Marker, ...] = ()
    problems: tuple[Problem, ...] = ()
    words: frozenset[str] = frozenset()
    """Every identifier in the code, comments and strings left out: for *who mentions this name*.

    For Go and Python also the dotted names that begin with an imported one, and the starts
    of these: ``m.C`` and ``m.C.f`` after ``import m``.
    """
    findings: tuple[Finding, ...] = ()
    """What our own rules found, by line."""
    calls: tuple[tuple[str, int], ...] = ()
    """(name, line of its first call) of what may be defined elsewhere: imported names, with those behind
    their dots; where imports bind no names, every name that the file does not define."""
    examples: tuple[Example, ...] = ()
    """In docstrings and doc comments."""
    named: tuple[tuple[str, int], ...] = ()
    """(name with dots, line) of strings in Python that are spelt like a module or something in one."""
    omitted: int = 0
    """Keys of a data file that are nested too deeply to be among the symbols, as often as they occur."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An entry with the facts of its text: the unit the store keeps."""

    entry: Entry
    facts: Facts
    unchecked: tuple[Problem, ...] = ()
    """What is said of analyzers that failed on it; only while a repository is analyzed."""

    @property
    def keywords(self) -> int:
        """How many of the symbols are in keyword lists: all that are not local to a function."""
        return sum(not symbol.local for symbol in self.facts.symbols)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.entry.problems + self.facts.problems + self.unchecked
