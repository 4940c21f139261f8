"""What each file is for, each role with the fact that proves it.

A role rests on the name of a file, on a whole component of its path, on a line
of its text or on a line of a manifest: never on a part of a word in its path.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze import role_tables as tables
from sphinx_repodoc.analyze.entry_points import find_entry_points
from sphinx_repodoc.analyze.minified import find_minified
from sphinx_repodoc.analyze.model import Evidence, Role
from sphinx_repodoc.analyze.naming import count_tests, inherits_tests, match_test_name
from sphinx_repodoc.analyze.paths import (
    ancestors,
    components,
    dotted_name,
    folder_of,
    join_path,
    name_of,
    stem_of,
    suffix_of,
)
from sphinx_repodoc.analyze.words import count
from sphinx_repodoc.core.languages import language
from sphinx_repodoc.core.model import EntryKind, MarkerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.model import File, Marker

TEST = "test"
SUPPORT = "test support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A file with what is known of its surroundings when its roles are found."""

    path: str
    file: File
    context: Context
    folders: tuple[str, ...]
    """Names of the folders above it, the outermost first."""
    test: Evidence | None = None
    test_folder: str = ""
    """The outermost folder of tests it lies below."""
    tests_below: int = 0
    """How many test files that folder has."""
    tests_beside: int = 0
    """How many test files lie in its own folder and below."""
    entry_point: Evidence | None = None

    @property
    def name(self) -> str:
        return name_of(self.path)

    @property
    def is_program(self) -> bool:
        return language(self.file.entry.language).is_code

    def below(self, names: frozenset[str]) -> str:
        """Path of the innermost folder above the file that has one of these names."""
        for depth in range(len(self.folders), 0, -1):
            if self.folders[depth - 1] in names:
                return "/".join(self.folders[:depth])
        return ""

    def marker(self, kind: MarkerKind) -> Marker | None:
        return next((marker for marker in self.file.facts.markers if marker.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """A role and how its proof is found."""

    name: str
    about: str
    find: Callable[[Subject], Evidence | None]
    unless: frozenset[str] = frozenset()
    """Roles, found before it, that make it say nothing new."""


def _named(role: str) -> Callable[[Subject], Evidence | None]:
    def find(subject: Subject) -> Evidence | None:
        row = tables.match_named_file(subject.path, role)
        if row is None or (not row.clause and _is_other_file(subject)):
            return None
        return Evidence(text=", ".join(filter(None, (_name_clause(row.pattern, subject), row.clause))))

    return find


def _is_other_file(subject: Subject) -> bool:
    """``HISTORY.py`` and ``license.js`` are programs, whatever their stem says."""
    return suffix_of(subject.path) not in tables.PROSE_NAMED_SUFFIXES and subject.is_program


def _name_clause(pattern: str, subject: Subject) -> str:
    if pattern.endswith((".*", "-*")) and "/" not in pattern:
        return f"its name is {subject.name}"
    if "*" in pattern:
        whole = "path" if "/" in pattern else "name"
        return f"its {whole} matches {pattern}"
    return f"it is {subject.path}" if "/" in pattern else f"its name is {pattern}"


def _below(
    folders: frozenset[str], top_only: frozenset[str] = frozenset()
) -> Callable[[Subject], Evidence | None]:
    def find(subject: Subject) -> Evidence | None:
        folder = subject.below(folders)
        if not folder and subject.folders and subject.folders[0] in top_only:
            folder = subject.folders[0]
        return Evidence(text=f"it lies below {folder}/") if folder else None

    return find


def _find_support(subject: Subject) -> Evidence | None:
    if subject.name == "conftest.py":
        served = f" for {count(subject.tests_beside, 'test file')}" if subject.tests_beside else ""
        return Evidence(text=f"its name is conftest.py, which pytest loads{served}")
    if not subject.test_folder:
        name = match_test_name(subject.path)
        if name and name.counted and subject.path.endswith(".go"):
            return Evidence(text=f"its name matches {name.pattern}, and it defines no tests")
        return None
    return Evidence(
        text=f"it lies below {subject.test_folder}/, where {count(subject.tests_below, 'file is', 'files are')} "
        f"{'a test' if subject.tests_below == 1 else 'tests'}"
    )


def _find_example(subject: Subject) -> Evidence | None:
    """Below a folder of examples, unless that lies among tests: such a sample is there for the tests."""
    tests = subject.test_folder
    if tests and not any(name in tables.EXAMPLE_FOLDERS for name in components(f"{tests}/")):
        return None
    return _below(tables.EXAMPLE_FOLDERS, tables.TOP_EXAMPLE_FOLDERS)(subject)


def _find_benchmark(subject: Subject) -> Evidence | None:
    stem = stem_of(subject.path)
    if subject.is_program:
        for affix in ("bench_", "benchmark_"):
            if stem.startswith(affix):
                return Evidence(text=f"its name matches {affix}*{suffix_of(subject.path)}")
        for affix in ("_bench", "_benchmark"):
            if stem.endswith(affix):
                return Evidence(text=f"its name matches *{affix}{suffix_of(subject.path)}")
    return _below(tables.BENCHMARK_FOLDERS, tables.TOP_BENCHMARK_FOLDERS)(subject)


def _find_script(subject: Subject) -> Evidence | None:
    marker = subject.marker(MarkerKind.SHEBANG)
    return Evidence(text=f"it starts with #!{marker.text}", line=marker.line) if marker else None


def _find_entry_point(subject: Subject) -> Evidence | None:
    if subject.entry_point:
        return subject.entry_point
    if subject.name == "__main__.py":
        return Evidence(
            text=f"its name is __main__.py: python -m {dotted_name(subject.path, subject.context.files)} runs it"
        )
    marker = subject.marker(MarkerKind.MAIN)
    if marker:
        return Evidence(text=f"line {marker.line} is {marker.text}", line=marker.line)
    return None


def _find_package(subject: Subject) -> Evidence | None:
    if subject.name in {"__init__.py", "__init__.pyi"}:
        return Evidence(
            text=f"its name is {subject.name}: it stands for the package {dotted_name(subject.path, subject.context.files)}"
        )
    siblings = subject.context.names.get(folder_of(subject.path), ())
    if subject.name == "mod.rs":
        return Evidence(
            text=f"its name is mod.rs: it stands for the module {name_of(folder_of(subject.path))}"
        )
    if subject.name == "package-info.java":
        return Evidence(text="its name is package-info.java")
    if subject.name == "doc.go" and any(path.endswith(".go") for path in siblings):
        return Evidence(text="its name is doc.go")
    crate = join_path(folder_of(folder_of(subject.path)), "Cargo.toml")
    if (
        subject.name == "lib.rs"
        and name_of(folder_of(subject.path)) == "src"
        and crate in subject.context.files
    ):
        return Evidence(text="it is src/lib.rs of the crate of this Cargo.toml", path=crate)
    return None


def _find_configuration(subject: Subject) -> Evidence | None:
    if subject.name == "conf.py":
        for index in ("index.rst", "index.md", "index.txt", "contents.rst"):
            beside = join_path(folder_of(subject.path), index)
            if beside in subject.context.files:
                return Evidence(text=f"its name is conf.py and it lies beside {index}, as Sphinx wants it")
    return _named("configuration")(subject)


def _find_build(subject: Subject) -> Evidence | None:
    manifest = join_path(folder_of(subject.path), "Cargo.toml")
    if subject.name == "build.rs" and manifest in subject.context.files:
        return Evidence(
            text="its name is build.rs, which Cargo runs before it builds this crate", path=manifest
        )
    return _named("build")(subject)


def _find_documentation(subject: Subject) -> Evidence | None:
    found = _named("documentation")(subject)
    if found or subject.test_folder or subject.is_program:
        return found
    folder = subject.below(tables.DOC_FOLDERS)
    prose = language(subject.file.entry.language)
    written = f"is written in {prose.title}" if prose.name in tables.PROSE else ""
    if folder:
        return Evidence(text=f"it lies below {folder}/ and {written or 'is not code'}")
    if written and not any(name.startswith(".") for name in subject.folders):
        return Evidence(text=f"it {written}")
    return None


def _find_generated(subject: Subject) -> Evidence | None:
    marker = subject.marker(MarkerKind.GENERATED)
    if marker:
        return Evidence(text=f"line {marker.line} says: {marker.text}", line=marker.line)
    folder = next((name for name in subject.folders if name.endswith((".egg-info", ".dist-info"))), "")
    if folder:
        return Evidence(text=f"it lies in {folder}/, which Python build tools write")
    return _named("generated")(subject) or find_minified(subject.file)


def _find_vendored(subject: Subject) -> Evidence | None:
    if subject.file.entry.kind is EntryKind.SUBMODULE:
        return Evidence(text=f"it is a Git submodule at commit {subject.file.entry.target}")
    return _below(tables.VENDOR_FOLDERS)(subject)


def _find_stub(subject: Subject) -> Evidence | None:
    suffix = next((end for end in (".pyi", ".d.ts", ".d.mts", ".d.cts") if subject.name.endswith(end)), "")
    return Evidence(text=f"its name ends in {suffix}") if suffix else None


def _find_migration(subject: Subject) -> Evidence | None:
    if not subject.folders or subject.folders[-1] != "migrations":
        return None
    for symbol in subject.file.facts.symbols:
        if symbol.kind == "class" and symbol.name == "Migration":
            text = f"it lies in migrations/ and defines the class Migration in line {symbol.line}"
            return Evidence(text=text, line=symbol.line)
    return None


def _find_translation(subject: Subject) -> Evidence | None:
    suffix = suffix_of(subject.path)
    if suffix not in {".po", ".pot", ".mo"}:
        return None
    return Evidence(text=f"its name ends in {suffix}, as gettext catalogues do")


def _find_template(subject: Subject) -> Evidence | None:
    return None if subject.is_program else _below(tables.TEMPLATE_FOLDERS)(subject)


def _find_data(subject: Subject) -> Evidence | None:
    if subject.file.entry.kind is EntryKind.BINARY:
        return Evidence(text="its content is not text")
    suffix = suffix_of(subject.path)
    held = tables.DATA.get(suffix)
    return Evidence(text=f"its name ends in {suffix} ({held})") if held else None


ROLES = (
    RoleRule(name=TEST, about="Tests are defined in it.", find=lambda subject: subject.test),
    RoleRule(
        name=SUPPORT,
        about="It lies among tests and is none: fixtures, helpers, data.",
        find=_find_support,
        unless=frozenset({TEST}),
    ),
    RoleRule(name="example", about="It shows how something is used.", find=_find_example),
    RoleRule(name="benchmark", about="It measures speed.", find=_find_benchmark),
    RoleRule(name="entry point", about="Execution starts in it.", find=_find_entry_point),
    RoleRule(name="script", about="The system runs it with the interpreter it names.", find=_find_script),
    RoleRule(name="package", about="It stands for its folder.", find=_find_package),
    RoleRule(name="configuration", about="A tool reads its settings.", find=_find_configuration),
    RoleRule(name="build", about="It is read to build, install or package.", find=_find_build),
    RoleRule(name="CI", about="A service runs it.", find=_named("CI")),
    RoleRule(name="licence", about="It holds the terms of use.", find=_named("licence")),
    RoleRule(
        name="documentation",
        about="It is written for people.",
        find=_find_documentation,
        unless=frozenset({"licence", "configuration", "build", "CI"}),
    ),
    RoleRule(name="generated", about="A tool wrote it.", find=_find_generated),
    RoleRule(name="vendored", about="It came from another project.", find=_find_vendored),
    RoleRule(name="type stub", about="It declares types without code.", find=_find_stub),
    RoleRule(name="migration", about="It changes the schema of a database.", find=_find_migration),
    RoleRule(name="translation", about="It holds messages in other languages.", find=_find_translation),
    RoleRule(
        name="template",
        about="Text is filled into it.",
        find=_find_template,
        unless=frozenset({SUPPORT, "documentation"}),
    ),
)
"""Every role, in the order in which a file shows them."""

DATA_ROLE = RoleRule(
    name="data",
    about="It holds values and no program.",
    find=_find_data,
    unless=frozenset(rule.name for rule in ROLES),
)

ALL_ROLES = (*ROLES, DATA_ROLE)


def find_roles(context: Context, declared: Mapping[str, Evidence]) -> dict[str, tuple[Role, ...]]:
    """Path of every file to its roles, in the order of :data:`ALL_ROLES`.

    :param declared: test files by manifest: it proves what neither name nor tests do.
    """
    tests = {
        path: proof
        for path, file in context.files.items()
        if (proof := _find_test(path, file) or declared.get(path))
    }
    below = Counter(above for path in tests for above in ancestors(folder_of(path)))
    entry_points = find_entry_points(context)
    found = {}
    for path, file in context.files.items():
        test_folder = _test_folder(path, below)
        subject = Subject(
            path=path,
            file=file,
            context=context,
            folders=components(path),
            test=tests.get(path),
            test_folder=test_folder,
            tests_below=below[test_folder] if test_folder else 0,
            tests_beside=below[folder_of(path)],
            entry_point=entry_points.get(path),
        )
        found[path] = _roles_of(subject)
    return found


def _roles_of(subject: Subject) -> tuple[Role, ...]:
    roles: list[Role] = []
    for rule in ALL_ROLES:
        if rule.unless.isdisjoint(role.name for role in roles):
            evidence = rule.find(subject)
            if evidence:
                roles.append(Role(name=rule.name, evidence=evidence))
    return tuple(roles)


def _test_folder(path: str, tests_below: Mapping[str, int]) -> str:
    """Outermost folder above a path that is named for tests and has some."""
    above = (folder for folder in ancestors(folder_of(path))[1:] if folder in tests_below)
    return next((folder for folder in above if name_of(folder) in tables.TEST_FOLDERS), "")


def _find_test(path: str, file: File) -> Evidence | None:
    name = match_test_name(path)
    tests = count_tests(path, file.facts)
    if name is None or file.entry.kind not in {EntryKind.TEXT, EntryKind.LARGE}:
        return _find_rust_test(path, tests)
    clause = f"its name matches {name.pattern}" if "*" in name.pattern else f"its name is {name.pattern}"
    if tests:
        return Evidence(text=f"{clause} and it defines {count(tests, 'test')}")
    if not name.counted:
        return Evidence(text=clause)
    class_name = inherits_tests(path, file.facts)
    if class_name:
        return Evidence(text=f"{clause} and it defines the class {class_name}")
    if (file.entry.problems or file.facts.problems) and not file.facts.symbols:
        return Evidence(text=f"{clause}; its tests could not be counted")
    return None


def _find_rust_test(path: str, tests: int) -> Evidence | None:
    """A module of an integration test, or one of a crate whose manifest is not here."""
    if not tests or not path.endswith(".rs") or "tests" not in components(path):
        return None
    return Evidence(text=f"it lies below tests/ and defines {count(tests, 'test')}")
