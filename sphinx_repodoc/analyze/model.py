"""What the analyses say about a file or a folder: facts that need more than one file.

Made once a build by :func:`sphinx_repodoc.analyze.analyze`, kept in the store
as one JSON text for each file and folder, read by the pages. Everything here is
shown on a page, and nothing else is here: its digest decides whether the page
is out of date.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinx_repodoc.analyze.measures import (
    CallSite,
    Coupling,
    CoverageSum,
    ExampleTest,
    FindingCount,
    Layer,
    LineCoverage,
    Ranked,
)
from sphinx_repodoc.core.findings import Rule
from sphinx_repodoc.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place that proves a statement."""

    text: str
    """A clause that completes the statement: ``its name matches test_*.py``."""
    path: str = ""
    """The file to link to; empty when it is the page's own."""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a file or a folder is for, and why we say so."""

    name: str
    """One of ``analyze.roles.ROLES``: ``test``, ``example``, ``entry point``, ``package`` …"""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """The other end of an import edge."""

    path: str
    lines: tuple[int, ...]
    """Lines in the importing file."""
    names: tuple[str, ...] = ()
    when: str = ""
    """When it is not imported as the importing file is loaded, when it is: ``for types only``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class External:
    """A module outside the repository that this file imports."""

    module: str
    lines: tuple[int, ...]
    names: tuple[str, ...] = ()
    language: str = ""
    manifest: str = ""
    """``path:line`` of the requirement that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """A file that uses a symbol, and how sure that is."""

    name: str
    path: str
    line: int
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A shell command, with the line of the repository that proves it."""

    text: str
    evidence: Evidence
    compiled: Evidence | None = None
    """Why extension modules have to be built before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """A file whose strings name another one, or something in it."""

    path: str
    name: str
    """As it is written: ``a.b.C``."""
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestLink:
    """A test file that belongs to a source file, or the other way round."""

    __test__ = False

    path: str
    reasons: tuple[str, ...]
    """``imports it (line 3)``, ``has its name``."""
    named: bool = False
    """Whether the name of the test, or of its folder, says that it tests that file; else it uses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Testing & usage of one file."""

    __test__ = False

    direct: tuple[TestLink, ...] = ()
    """Test files that import it or carry its name, the strongest first."""
    indirect: tuple[tuple[str, int], ...] = ()
    """(folder, number of test files in it) that reach it through other files, sorted.

    Where there are many folders, the deepest stand for all below them; each test
    file is counted once.
    """
    subjects: tuple[TestLink, ...] = ()
    """For a test file: the files it tests."""
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A file that belongs with this one for reasons no other section shows."""

    path: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What git says of a file; absent in a shallow clone."""

    created: str
    """ISO date of the first commit that touched it."""
    last_changed: str
    """ISO date of the last one."""
    commits: int
    authors: int
    names: tuple[tuple[str, int], ...] = ()
    """(name, commits) of its authors, most commits first, when people may be named."""
    partners: tuple[tuple[str, int], ...] = ()
    """(path, commits that touched both) of the files that change with it, most commits first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFindings:
    """What one rule found in one file."""

    rule: Rule
    places: tuple[tuple[int, str], ...]
    """(line, what is said of this very place), by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRelations:
    """Everything a file's pages show beyond the facts of its own text."""

    path: str
    roles: tuple[Role, ...] = ()
    imports: tuple[Dependency, ...] = ()
    standard: tuple[External, ...] = ()
    third_party: tuple[External, ...] = ()
    unknown: tuple[External, ...] = ()
    imported_by: tuple[Dependency, ...] = ()
    """Lines are those in the importing file."""
    named_in: tuple[NamedIn, ...] = ()
    """By path and name."""
    uses: tuple[NameUse, ...] = ()
    """Who uses the symbols of this file, sorted by name and path."""
    layer: int = 0
    """Longest way down the import graph, cycles counted as one; 0 imports nothing here.

    This, cycles and dependants look only at what is imported as a file is loaded.
    """
    cycle: tuple[str, ...] = ()
    """The other files of its import cycle, sorted; of more than 200 those that import it or that it imports."""
    cycle_total: int = 0
    """How many other files the cycle has."""
    dependants: int = 0
    """How many files reach this one through imports."""
    dependants_in: tuple[tuple[str, int], ...] = ()
    """(folder, number of them in it), sorted; empty when all import it directly."""
    tests: Tests = field(default_factory=Tests)
    related: tuple[Related, ...] = ()
    history: History | None = None
    owners: tuple[str, ...] = ()
    owners_at: str = ""
    """``path:line`` of the CODEOWNERS rule."""
    license: str = ""
    license_at: str = ""
    """``path:line`` of the statement, or the path of the nearest file with a licence, which may be unknown."""
    findings: tuple[RuleFindings, ...] = ()
    """By topic in the order of its members, then by rule."""
    checked_by: tuple[str, ...] = ()
    """The analyzers that looked at it, sorted."""
    unchecked: tuple[Problem, ...] = ()
    """What is said of analyzers that failed on it."""
    call_sites: tuple[CallSite, ...] = ()
    """The three that show best how its public names are used."""
    examples: tuple[ExampleTest, ...] = ()
    coverage: LineCoverage | None = None
    """``None`` when no report has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One row of a folder's tables."""

    name: str
    path: str
    purpose: str = ""
    language: str = ""
    kind: str = ""
    """An ``EntryKind``, or ``folder``."""
    size: int = 0
    lines: int = 0
    files: int = 0
    """Files below it, for a folder."""
    symbols: int = 0
    roles: tuple[str, ...] = ()
    problems: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A symbol that other files use."""

    name: str
    qualname: str
    kind: str
    path: str
    users: int
    """Files outside the folder (outside its own file, for the repository) that use it."""
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Import edges between two folders (or files) added up."""

    source: str
    target: str
    edges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpot:
    """A file that is complex and changes often."""

    path: str
    commits: int
    complexity: int
    """Of all its functions together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShare:
    """How much of a folder is written in one language."""

    language: str
    files: int
    lines: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """A note with the file it stands in."""

    path: str
    kind: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRelations:
    """Everything a folder's pages show. The root's path is the empty string."""

    path: str
    purpose: str = ""
    purpose_at: str = ""
    """``path:line`` of the purpose: README, package docstring."""
    readme: str = ""
    readme_sha256: str = ""
    roles: tuple[Role, ...] = ()
    folders: tuple[Child, ...] = ()
    files: tuple[Child, ...] = ()
    """Directly in it, sorted by name."""
    total_files: int = 0
    total_lines: int = 0
    total_symbols: int = 0
    languages: tuple[LanguageShare, ...] = ()
    """Of the whole subtree, most lines first."""
    concepts: tuple[Concept, ...] = ()
    """The 50 symbols of the subtree that most files outside the folder use, most users first."""
    concepts_total: int = 0
    """How many symbols files outside use; the subtree keyword page holds them all."""
    inner: tuple[Flow, ...] = ()
    """Between its direct children (files and folders), by name."""
    outward: tuple[Flow, ...] = ()
    """From it to the outermost folders, or the files, that do not hold it: ``source`` is the folder itself."""
    inward: tuple[Flow, ...] = ()
    coupling: Coupling | None = None
    """``None`` for the root, and where no import leads out or in."""
    findings: tuple[FindingCount, ...] = ()
    """In the whole subtree, by topic in the order of its members."""
    findings_here: tuple[FindingCount, ...] = ()
    """In the files directly in it."""
    important: tuple[Ranked, ...] = ()
    """The 25 files of the subtree that most other files import or take names from; never one that none does."""
    important_total: int = 0
    changed: tuple[Ranked, ...] = ()
    """The 25 files of the subtree with most commits; empty without history."""
    changed_total: int = 0
    hot: tuple[HotSpot, ...] = ()
    """The 25 files of the subtree with most commits times complexity; empty without history."""
    hot_total: int = 0
    commands: tuple[Command, ...] = ()
    coverage: tuple[CoverageSum, ...] = ()
    """Of the files and folders directly in it that have measured lines, by path."""
    owners: tuple[str, ...] = ()
    owners_at: str = ""
    licenses: tuple[tuple[str, str, int], ...] = ()
    """For the root: (SPDX expression, path of the licence, files), most files first.

    The expression is empty for a licence that is not known, the path where files state the licence themselves.
    """
    notes: tuple[FileNote, ...] = ()
    """Of the files directly in it."""
    notes_below: tuple[tuple[str, int], ...] = ()
    """(direct subfolder, notes in its subtree), those without left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One folder of the book, in reading order."""

    path: str
    builds_on: tuple[str, ...] = ()
    """Folders read before it that it imports from."""
    after_cycle: bool = False
    """It shares an import cycle with a neighbour, so their order is by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A top-level area of the book; its path is a top folder or the empty string."""

    path: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The reading order of a repository: foundations first."""

    parts: tuple[Part, ...] = ()
    glossary: tuple[Concept, ...] = ()
    """Symbols that files other than their own use, sorted by name."""
    layers: tuple[Layer, ...] = ()
    """Of the import graph of all files, foundations first."""
