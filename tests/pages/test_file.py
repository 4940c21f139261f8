"""The sections of a file page."""

from __future__ import annotations

import pytest
from pages.facts import FakeData, as_text, counted, make_file, make_symbol

from sphinx_repodoc.analyze.measures import CallSite, ExampleTest
from sphinx_repodoc.analyze.model import (
    Command,
    Dependency,
    Evidence,
    External,
    FileRelations,
    FolderRelations,
    History,
    NamedIn,
    NameUse,
    Related,
    Role,
    TestLink,
    Tests,
)
from sphinx_repodoc.analyze.naming import count_tests
from sphinx_repodoc.core.model import EntryKind, Example, Facts, Note, Visibility
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.core.problems import Problem, ProblemKind
from sphinx_repodoc.pages.blocks import Fold, Group, Items, Para, Source
from sphinx_repodoc.pages.dependencies import external_imports
from sphinx_repodoc.pages.file import FILE_PARTS
from sphinx_repodoc.pages.table import PARTS, page_title
from sphinx_repodoc.pages.testing import find_tests

PATH = "src/pkg/a.py"
A_TEST = Role(name="test", evidence=Evidence(text="its name matches test_*.py"))


def build(part: str, data: FakeData, path: str = PATH) -> str:
    builders = {found.id: found.build for found in FILE_PARTS}
    return as_text(builders[part](data, path))


def one(facts: Facts | None = None, relations: FileRelations | None = None, **entry: object) -> FakeData:
    """A repository of one file."""
    return FakeData(files=(make_file(PATH, facts, **entry),), relations=(relations,) if relations else ())


def related(**more: object) -> FileRelations:
    return FileRelations(path=PATH, **more)  # type: ignore[arg-type]


FULL = FakeData(
    files=(
        make_file(
            PATH,
            Facts(
                doc="Applications.",
                doc_line=1,
                encoding="latin-1",
                lines=counted(90, 1_020, 10),
                symbols=(
                    make_symbol("App", 10, "class", end_line=40, signature="App(Base)", doc="The app."),
                    make_symbol(
                        "run",
                        12,
                        "method",
                        qualname="App.run",
                        parent=0,
                        signature="run(self) -> None",
                        decorators=("setup", "cached(1)"),
                    ),
                    make_symbol(
                        "_go", 20, "method", qualname="App._go", parent=0, visibility=Visibility.PRIVATE
                    ),
                    make_symbol("main", 50, end_line=50),
                    make_symbol("main", 60, doc="Another."),
                ),
                notes=(Note(kind="TODO", line=13, text="stop too"), Note(kind="XXX", line=14, text="")),
            ),
            size=1_536,
            executable=True,
        ),
    ),
    relations=(
        related(
            roles=(
                Role(
                    name="entry point",
                    evidence=Evidence(text='line 70 is if __name__ == "__main__"', line=70),
                ),
                Role(name="script", evidence=Evidence(text="it is named", path="setup.cfg", line=3)),
            ),
            imports=(Dependency(path="src/pkg/b.py", lines=(3, 9), names=("B", "c")),),
            standard=(External(module="os", lines=(1,), language="python"),),
            third_party=(
                External(
                    module="click",
                    lines=(2, 4),
                    names=("command",),
                    manifest="pyproject.toml:7",
                    language="python",
                ),
            ),
            imported_by=(
                Dependency(path="tests/test_a.py", lines=(1,), names=("App", "gone")),
                Dependency(path="z.py", lines=(2,)),
            ),
            uses=(
                NameUse(name="App", path="tests/test_a.py", line=1, confidence="imported"),
                NameUse(name="App", path="z.py", line=2, confidence="mentioned"),
                NameUse(name="main", path="z.py", line=2, confidence="mentioned"),
            ),
            layer=2,
            cycle=("src/pkg/b.py",),
            dependants=5,
            dependants_in=(("lib", 3), ("tests", 2)),
            tests=Tests(
                direct=(
                    TestLink(
                        path="tests/test_a.py", reasons=("imports it (lines 1, 2 and 7 more)", "uses App")
                    ),
                ),
                indirect=(("", 1), ("tests/more", 3)),
                commands=(
                    Command(
                        text="pytest tests/test_a.py",
                        evidence=Evidence(text="tox.ini runs pytest", path="tox.ini", line=4),
                    ),
                ),
            ),
            related=(Related(path="src/pkg/a.pyi", reasons=("is its type stub", "imports it")),),
            history=History(
                created="2023-12-31",
                last_changed="2024-05-01",
                commits=12,
                authors=1,
                names=(("Ann", 9), ("Bob", 3)),
            ),
            owners=("@org/core", "@ann"),
            owners_at=".github/CODEOWNERS:2",
            license="MIT",
            license_at=f"{PATH}:1",
        ),
    ),
    forge="https://example.org/o/r/blob/main",
)


def test_header_states_every_fact_with_its_evidence() -> None:
    """The way down, counts, licence, history and owners stand on one line each."""
    assert build("header", FULL) == (
        "[Repository](folder ) / [src](folder src) / [pkg](folder src/pkg) / a.py\n"
        "Kind: executable\n"
        "Language: Python\n"
        "Size: 1,120 lines (90 code, 1,020 comments and docstrings, 10 blank), 1.5 KiB (1,536 bytes)\n"
        "Encoding: latin-1\n"
        f"Licence: MIT ([line 1](file {PATH}#L1))\n"
        "Last change: 2024-05-01; 12 commits by 1 author, the first on 2023-12-31\n"
        "Authors: Ann (9), Bob (3)\n"
        "Owners: `@org/core`, `@ann` ([.github/CODEOWNERS:2](file .github/CODEOWNERS#L2))\n"
        f"See also: [5 keywords](file-keywords {PATH}), "
        f"[View on example.org](https://example.org/o/r/blob/main/{PATH})\n"
    )


def test_header_leaves_out_what_is_not_known() -> None:
    """No row says that nothing is known: a file of no language in the root has one."""
    data = FakeData(files=(make_file("x", language="", size=0),))
    assert build("header", data, "x") == "[Repository](folder ) / x\nSize: empty\n"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "ascii"])
def test_header_names_no_encoding_that_is_utf8(encoding: str) -> None:
    """ASCII is UTF-8 too."""
    assert "Encoding" not in build("header", one(Facts(encoding=encoding)))


@pytest.mark.parametrize(
    ("kind", "more", "row"),
    [
        (EntryKind.BINARY, {}, "Kind: binary file\nLanguage: Python\nSize: 300 bytes\n"),
        (EntryKind.LARGE, {}, "Kind: text over the size limit, neither parsed nor shown\n"),
        (EntryKind.SUBMODULE, {"target": "ab12"}, "Kind: submodule pinned at commit `ab12`\n"),
        (EntryKind.SUBMODULE, {}, "Kind: submodule\n"),
        (EntryKind.SPECIAL, {}, "Kind: socket, pipe or device, never opened\n"),
        (EntryKind.UNREADABLE, {}, "Kind: could not be read\n"),
    ],
)
def test_header_says_what_is_no_text(kind: EntryKind, more: dict[str, object], row: str) -> None:
    """Entries without text say what they are; those without bytes have no size."""
    text = build("header", one(kind=kind, **more))
    assert row in text
    assert ("Size:" in text) == (kind in {EntryKind.BINARY, EntryKind.LARGE})


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("../b.py", "[../b.py](file src/b.py)"),
        ("..", "[..](folder src)"),
        ("../..", "[../..](folder )"),
        ("gone.py", "`gone.py`"),
        ("../../../etc/passwd", "`../../../etc/passwd`"),
        ("/src/b.py", "`/src/b.py`"),
        ("..x", "[..x](file src/pkg/..x)"),
        ("", "``"),
    ],
)
def test_header_links_the_target_of_a_symbolic_link(target: str, shown: str) -> None:
    """A target is linked when it is a file or folder here, never when it leads outside or nowhere."""
    data = FakeData(
        files=(
            make_file(PATH, kind=EntryKind.SYMLINK, target=target, size=0),
            make_file("src/b.py"),
            make_file("src/pkg/..x"),
        ),
        folders=tuple(FolderRelations(path=path) for path in ("", "src", "src/pkg")),
    )
    assert f"Kind: symbolic link to {shown}\n" in build("header", data)


def test_header_warns_of_every_problem() -> None:
    """Problems name their line, linked only where the page shows the text."""
    syntax = Problem(kind=ProblemKind.SYNTAX, message="A bracket is not closed.", line=4)
    whole = Problem(kind=ProblemKind.TOO_LARGE, message="It is too large.")
    assert build("header", one(Facts(problems=(syntax,)), problems=(whole,))).splitlines()[-2:] == [
        "! It is too large.",
        f"! A bracket is not closed. ([line 4](file {PATH}#L4))",
    ]
    binary = build("header", one(Facts(problems=(syntax,)), kind=EntryKind.BINARY))
    assert binary.endswith("! A bracket is not closed. (line 4)\n")


def test_purpose_links_the_line_inside_the_clause_that_names_it() -> None:
    """A line that the clause names is not said again behind it."""
    assert build("purpose", FULL) == (
        f'*Entry point*: [line 70](file {PATH}#L70) is if __name__ == "__main__".\n'
        "*Script*: it is named ([setup.cfg:3](file setup.cfg#L3)).\n"
    )


def test_purpose_does_not_take_another_line_for_its_own() -> None:
    """Line 7 is not line 70."""
    role = Role(name="test", evidence=Evidence(text="it follows line 70", line=7))
    text = build("purpose", one(relations=related(roles=(role,))))
    assert text == f"*Test*: it follows line 70 ([line 7](file {PATH}#L7)).\n"


def test_purpose_does_not_take_a_line_of_another_file_for_its_own() -> None:
    """The line of a manifest is linked to the manifest."""
    role = Role(name="test", evidence=Evidence(text="line 7 of it says so", path="tox.ini", line=7))
    text = build("purpose", one(relations=related(roles=(role,))))
    assert text == "*Test*: line 7 of it says so ([tox.ini:7](file tox.ini#L7)).\n"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("LICENSE", " ([LICENSE](file LICENSE))"),
        ("a:b", " ([a:b](file a:b))"),
        ("a:b:3", " ([a:b:3](file a:b#L3))"),
        (PATH, ""),
        ("", ""),
    ],
)
def test_places_need_no_line(at: str, shown: str) -> None:
    """A whole file may be the evidence; that the page's own file says it needs no link."""
    text = build("header", one(relations=related(license="MIT", license_at=at)))
    assert f"Licence: MIT{shown}\n" in text


def test_overview_is_one_row_a_subject() -> None:
    """Files are named where they are few; counts agree with the sections below, and lead there."""
    assert build("overview", FULL) == (
        "Imported by: [tests/test_a.py](file tests/test_a.py), [z.py](file z.py)\n"
        f"Imports: [1 file](file {PATH}#imports-here) of this repository, 1 module of the standard library, "
        "1 third-party module\n"
        "Used by tests: [tests/test_a.py](file tests/test_a.py); "
        f"[4 test files](file {PATH}#indirect-tests) through other files\n"
        "Defines: 2 functions, 2 methods and 1 class; 4 of these 5 are public\n"
        f"In use: [2 names](file-keywords {PATH}#users) in 2 other files\n"
        f"Open notes: [2](file {PATH}#notes)\n"
    )


def test_overview_says_what_is_public_where_not_all_is() -> None:
    """Where everything is, the number of symbols says it."""
    symbols = (make_symbol("f", 1), make_symbol("_g", 5, visibility=Visibility.PRIVATE))
    assert build("overview", one(Facts(symbols=symbols[:1]))) == "Defines: 1 function\n"
    assert build("overview", one(Facts(symbols=symbols))) == (
        "Defines: 2 functions; 1 of these 2 is public\n"
    )
    assert build("overview", one(Facts(symbols=symbols[1:]))) == "Defines: 1 function; not public\n"
    assert build("overview", one(Facts(symbols=symbols[1:] + symbols[1:]))) == (
        "Defines: 2 functions; none of them public\n"
    )


def test_overview_counts_what_c_declares_and_defines_once() -> None:
    """Elsewhere functions of one name may be several."""
    symbols = (make_symbol("f", 1), make_symbol("f", 5), make_symbol("g", 9))
    for language, number in (("c", 2), ("cpp", 3)):
        found = build("overview", one(Facts(symbols=symbols), language=language))
        assert found == f"Defines: {number} functions\n"


def test_overview_of_a_leaf_says_only_what_it_has() -> None:
    """A file that nobody imports and that imports two unknown modules."""
    unknown = (External(module="x", lines=(1,)), External(module="y", lines=(2,)))
    text = build("overview", one(relations=related(unknown=unknown)))
    assert text == "Imports: 2 modules not in this repository, the standard library or a manifest\n"


def test_overview_has_the_nouns_of_one_file() -> None:
    """One test file, one name, one other file."""
    uses = (NameUse(name="f", path="z.py", line=2, confidence="imported"),)
    text = build("overview", one(relations=related(uses=uses, tests=Tests(indirect=(("tests", 1),)))))
    assert text == (
        f"Used by tests: [1 test file](file {PATH}#indirect-tests) through other files\n"
        f"In use: [1 name](file-keywords {PATH}#users) in 1 other file\n"
    )


@pytest.mark.parametrize(("number", "rest"), [(4, ""), (5, f" and [2 more files](file {PATH}#imported-by)")])
def test_overview_names_the_first_files_and_counts_the_others(number: int, rest: str) -> None:
    """Where only one would be left to count, it is named too."""
    ends = tuple(Dependency(path=f"{letter}.py", lines=(1,)) for letter in "abcde"[:number])
    shown = ", ".join(f"[{end.path}](file {end.path})" for end in (ends if not rest else ends[:3]))
    text = build("overview", one(relations=related(imported_by=ends)))
    assert text == f"Imported by: {shown}{rest}\n"


def test_overview_of_a_test_says_what_it_tests() -> None:
    """The first question about a test: what its name says, apart from what it takes besides."""
    named = TestLink(path="b.py", reasons=("its name is test_ + b",), named=True)
    used = TestLink(path="c.py", reasons=("imports it (line 1)",))
    text = build("overview", one(relations=related(tests=Tests(subjects=(named, used)))))
    assert text == "Tests: [b.py](file b.py)\nUses: [c.py](file c.py)\n"


def test_overview_tells_tests_by_name_from_tests_that_use_the_file() -> None:
    """Half of all tests use the connection to the database, and few of them test it."""
    named = TestLink(path="tests/test_a.py", reasons=("its name is test_ + a",), named=True)
    used = TestLink(path="tests/test_b.py", reasons=("imports it (line 1)",))
    data = one(relations=related(tests=Tests(direct=(named, used))))
    assert build("overview", data) == (
        "Tested by: [tests/test_a.py](file tests/test_a.py)\n"
        "Used by tests: [tests/test_b.py](file tests/test_b.py)\n"
    )
    text = build("testing", data)
    assert (
        "== Tests of this file {#named-tests}\n- [tests/test_a.py](file tests/test_a.py) — its name" in text
    )
    assert (
        "== Tests that use this file {#direct-tests}\n- [tests/test_b.py](file tests/test_b.py) — imports"
        in text
    )


def test_long_decorators_are_shortened_and_equal_ones_shown_once() -> None:
    """One may hold a table of parameters, and another may stand in two branches of the preprocessor."""
    symbol = make_symbol("f", 1, decorators=("old", "old", f"cases({'x' * 200})"))
    shown = build("structure", one(Facts(symbols=(symbol,))))
    assert shown.count("@old") == 1
    assert f" @cases({'x' * 74}… " in shown


def test_structure_is_nested_as_in_the_file() -> None:
    """Each item has the id that links to it; equal names have ids of their own."""
    assert build("structure", FULL) == (
        f"- *class* `App(Base)` [lines 10-40](file {PATH}#L10) {{#sym-App}} -- The app.\n"
        f"  - *method* `run(self) -> None` @setup @cached(1) [lines 12-14](file {PATH}#L12) {{#sym-App.run}}\n"
        f"  - *private method* `_go` [lines 20-22](file {PATH}#L20) {{#sym-App._go}}\n"
        f"- *function* `main` [line 50](file {PATH}#L50) {{#sym-main}}\n"
        f"- *function* `main` [lines 60-62](file {PATH}#L60) {{#sym-main~2}} -- Another.\n"
    )


def test_structure_writes_headings_as_prose_and_attributes_without_an_at() -> None:
    """A heading is no code, and only some languages write ``@``."""
    heading = make_symbol("First steps", 1, "heading", end_line=1)
    rust = make_symbol("f", 3, end_line=3, decorators=("inline",))
    text = build("structure", one(Facts(symbols=(heading, rust)), language="rust"))
    assert text == (
        f"- *heading* First steps [line 1](file {PATH}#L1) {{#sym-First_steps}}\n"
        f"- *function* `f` inline [line 3](file {PATH}#L3) {{#sym-f}}\n"
    )


@pytest.mark.parametrize(("roots", "folds"), [(20, 0), (21, 1)])
def test_structure_folds_what_follows_the_twentieth(roots: int, folds: int) -> None:
    """Twenty symbols at top level are shown whole; the fold says how many are in it."""
    symbols = tuple(make_symbol(f"f{number}", number + 1) for number in range(roots))
    blocks = PARTS[PageKind.FILE][3].build(one(Facts(symbols=symbols)), PATH)
    assert [type(block) for block in blocks] == [Items, *[Fold] * folds]
    if folds:
        assert "> and 1 more\n" in as_text(blocks)


def test_structure_says_how_many_symbols_lie_inside_the_folded() -> None:
    """Symbols inside those shown are not counted, at any depth."""
    symbols = [make_symbol("A", 1, "class"), make_symbol("f", 2, "method", qualname="A.f", parent=0)]
    symbols += [make_symbol(f"g{number}", number + 10) for number in range(21)]
    last = len(symbols) - 1
    symbols += [make_symbol("inner", 90, parent=last), make_symbol("innermost", 91, parent=last + 1)]
    assert "> and 2 more, 2 symbols inside them\n" in build("structure", one(Facts(symbols=tuple(symbols))))


def test_structure_of_code_nested_deeper_than_the_stack() -> None:
    """Nesting is data: its depth raises nothing."""
    symbols = tuple(make_symbol("k", number + 1, "key", parent=number - 1) for number in range(5_000))
    roots = PARTS[PageKind.FILE][3].build(one(Facts(symbols=symbols)), PATH)[0]
    assert isinstance(roots, Items)
    assert len(roots.items) == 1


def test_architecture_says_layer_dependants_and_cycle() -> None:
    """The numbers come with what they count."""
    assert build("architecture", FULL) == (
        "Layer 2, by the longest chain of imports below it, with its import cycle counted as one file.\n"
        "Fan-in 2, fan-out 1: instability 0.33.\n"
        f"<graph: Files that import {PATH}, and files that it imports>\n"
        f"  [test_a.py](file tests/test_a.py) -1-> [a.py](file {PATH})\n"
        f"  [z.py](file z.py) -1-> [a.py](file {PATH})\n"
        f"  [a.py](file {PATH}) -1-> [b.py](file src/pkg/b.py)\n"
        "2 files import it; 3 others load it through these.\n"
        "== What depends on it, by folder {#dependants}\n"
        "- [lib/](folder lib) — 3 files\n"
        "- [tests/](folder tests) — 2 files\n"
        "== Import cycle {#cycle}\n"
        "It is part of an import cycle with 1 other file:\n"
        "- [src/pkg/b.py](file src/pkg/b.py)\n"
    )


def test_architecture_of_a_large_cycle_shows_the_neighbours_and_the_true_number() -> None:
    """Of a cycle of hundreds, each member lists those next to it."""
    relations = related(
        imports=(Dependency(path="b.py", lines=(1,)),), cycle=("b.py", "c.py"), cycle_total=700
    )
    assert (
        "It is part of an import cycle with 700 other files. The 2 that import it or that it imports are:\n"
        in build("architecture", one(relations=relations))
    )


def test_architecture_of_a_foundation() -> None:
    """A file that imports nothing here is layer 0."""
    by = (Dependency(path="z.py", lines=(2,)),)
    text = build("architecture", one(relations=related(imported_by=by, dependants=1)))
    assert text.startswith("Layer 0: it imports no file of this repository.\n")
    assert text.endswith("\n1 file imports it.\n")


def test_dependencies_hold_both_directions_inside_the_repository() -> None:
    """Lines lead to the importing file; names that the file defines lead into its outline, others nowhere."""
    lines = f"lines [3](file {PATH}#L3), [9](file {PATH}#L9)"
    assert build("dependencies", FULL) == (
        "== This repository {#imports-here}\n"
        f"- [src/pkg/b.py](file src/pkg/b.py): `B`, `c` ({lines})\n"
        "== Imported by {#imported-by}\n"
        f"- [tests/test_a.py](file tests/test_a.py): [App](file {PATH}#sym-App), `gone` "
        "([line 1](file tests/test_a.py#L1))\n"
        "- [z.py](file z.py) ([line 2](file z.py#L2))\n"
    )


def test_external_imports_are_apart_and_have_no_empty_group() -> None:
    """The glue makes cross-references of them."""
    groups = external_imports(FULL.file_relations(PATH))
    assert [title for title, _ in groups] == ["Standard library", "Third party"]
    assert [[external.module for external in found] for _, found in groups] == [["os"], ["click"]]


def test_testing_shows_tests_commands_and_use() -> None:
    """``and 7 more`` is a number of lines and no line; the most used name comes first."""
    test = "tests/test_a.py"
    assert build("testing", FULL) == (
        "== How to run {#commands}\n"
        "- `pytest tests/test_a.py` — [tox.ini](file tox.ini#L4) runs pytest\n"
        "== Tests that use this file {#direct-tests}\n"
        f"- [{test}](file {test}) — imports it (lines [1](file {test}#L1), [2](file {test}#L2) and 7 more), uses App\n"
        "== 4 test files reach it through other files {#indirect-tests}\n"
        "- [Repository](folder ) — 1 test file\n"
        "- [tests/more/](folder tests/more) — 3 test files\n"
        "== Names that other files use {#usage}\n"
        f"- [App](file-keywords {PATH}#use-App) — used by 2 files\n"
        f"- [main](file-keywords {PATH}#use-main) — used by [z.py](file z.py)\n"
    )


def test_testing_of_a_test_file_lists_its_subjects_and_tests() -> None:
    """Reasons have this file as their subject there, and their lines are its lines."""
    symbols = (make_symbol("test_a", 3, doc="It runs."), make_symbol("helper", 9))
    subject = TestLink(path="src/b.py", reasons=("imports it (line 1)",))
    data = one(Facts(symbols=symbols), related(roles=(A_TEST,), tests=Tests(subjects=(subject,))))
    assert build("testing", data) == (
        "== What it uses {#used}\n"
        f"- [src/b.py](file src/b.py) — imports it ([line 1](file {PATH}#L1))\n"
        "== 1 test in this file {#tests-inside}\n"
        "> by name and line\n"
        f"  - [test_a](file {PATH}#sym-test_a) [line 3](file {PATH}#L3) -- It runs.\n"
    )


PYTHON_SYMBOLS = (
    make_symbol("TestA", 1, "class"),
    make_symbol("test_b", 2, "method", qualname="TestA.test_b", parent=0),
    make_symbol("test_app", 5, decorators=("pytest.fixture(scope='module')",)),
    make_symbol("test_c", 8, decorators=("mark.parametrize('fixture', [1])",)),
    make_symbol("test_route", 9, parent=3),
    make_symbol("test_data", 20, "variable"),
    make_symbol("a_test", 22),
)
GO_SYMBOLS = (make_symbol("TestA", 1), make_symbol("Testable", 4), make_symbol("TestMain", 9, "struct"))
RUST_SYMBOLS = (
    make_symbol("works", 1, decorators=("tokio::test",)),
    make_symbol("test_not", 4),
    make_symbol("b", 6, decorators=("test_helper",)),
    make_symbol("c", 8, decorators=("test::setup",)),
)
JAVA_SYMBOLS = (
    make_symbol("adds", 1, "method", decorators=("Test(timeout = 1)",)),
    make_symbol("testing", 4, "method"),
    make_symbol("testAdd", 6, "method"),
    make_symbol("helper", 8, "method", decorators=("TestOnly",)),
)


@pytest.mark.parametrize(
    ("path", "symbols", "found"),
    [
        ("test_x.py", PYTHON_SYMBOLS, ["test_b", "test_c"]),
        ("test_y.py", (make_symbol("test_a", 1), make_symbol("test_inner", 2, parent=0)), ["test_a"]),
        ("x_test.go", GO_SYMBOLS, ["TestA"]),
        ("src/x.rs", RUST_SYMBOLS, ["works"]),
        ("XTest.java", JAVA_SYMBOLS, ["adds", "testAdd"]),
        ("x.test.js", (make_symbol("testA", 1),), []),
    ],
)
def test_tests_are_those_that_the_runner_finds(path: str, symbols: tuple, found: list[str]) -> None:
    """Fixtures, functions in functions and other names are none; the evidence of the role counts as many."""
    file = make_file(path, Facts(symbols=symbols))
    indexes = find_tests(file, FileRelations(path=path, roles=(A_TEST,)))
    assert [symbols[index].name for index in indexes] == found
    assert count_tests(path, file.facts) == len(found)


def test_names_make_no_tests_outside_a_test_file() -> None:
    """``test_client`` of a library is no test of it."""
    assert build("testing", one(Facts(symbols=(make_symbol("test_client", 3),)))) == ""


def test_related_files_come_with_their_reasons() -> None:
    """One line a file."""
    assert build("related", FULL) == "- [src/pkg/a.pyi](file src/pkg/a.pyi) — is its type stub, imports it\n"


def test_notes_link_their_lines() -> None:
    """A note without text is its word and its line."""
    assert build("notes", FULL) == (
        f"- *TODO* stop too [line 13](file {PATH}#L13)\n- *XXX* [line 14](file {PATH}#L14)\n"
    )


@pytest.mark.parametrize(("number", "kinds"), [(20, [Items]), (21, [Items, Fold])])
def test_lists_fold_what_follows_the_twentieth(number: int, kinds: list[type]) -> None:
    """No fold is empty, and every note is there."""
    notes = tuple(Note(kind="TODO", line=line + 1, text="x") for line in range(number))
    blocks = {part.id: part.build for part in FILE_PARTS}["notes"](one(Facts(notes=notes)), PATH)
    assert [type(block) for block in blocks] == kinds
    assert as_text(blocks).count("*TODO*") == number


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ({}, True),
        ({"size": 0}, False),
        ({"kind": EntryKind.BINARY}, False),
        ({"kind": EntryKind.LARGE}, False),
        ({"kind": EntryKind.SYMLINK}, False),
    ],
)
def test_source_is_shown_where_there_is_text(entry: dict[str, object], shown: bool) -> None:
    """An empty file has none."""
    blocks = PARTS[PageKind.FILE][-1].build(one(**entry), PATH)
    assert blocks == ((Source(PATH),) if shown else ())


def test_values_that_may_be_secret_are_said_to_be_hidden() -> None:
    """A reader knows why the source is not all there; an example has no secrets."""
    build_source = PARTS[PageKind.FILE][-1].build
    data = FakeData(files=tuple(make_file(path, language="dotenv") for path in (".env", ".env.example")))
    assert [type(block) for block in build_source(data, ".env")] == [Para, Source]
    assert build_source(data, ".env.example") == (Source(".env.example"),)


def test_sections_without_facts_are_left_out() -> None:
    """A file of which nothing is known has a header and its source."""
    data = one()
    assert [part.id for part in FILE_PARTS if part.build(data, PATH)] == ["header", "source"]


def test_markup_in_facts_stays_data() -> None:
    """Text of the repository is passed on as it is: the renderers escape it."""
    note = Note(kind="TODO", line=1, text="<script>`x`_ **y** |z|")
    assert "<script>`x`_ **y** |z|" in build("notes", one(Facts(notes=(note,))))


def test_no_group_is_empty() -> None:
    """Every group of the fullest page has content."""
    groups = [block for part in FILE_PARTS for block in part.build(FULL, PATH) if isinstance(block, Group)]
    assert groups
    assert all(group.blocks for group in groups)


def test_every_kind_of_page_has_sections_with_ids_of_their_own() -> None:
    """Options and links choose sections by id."""
    for kind in PageKind:
        ids = [part.id for part in PARTS[kind]]
        assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize(
    ("kind", "path", "title"),
    [
        (PageKind.FILE, "a/b.py", "a/b.py"),
        (PageKind.FILE_KEYWORDS, "a/b.py", "Keywords: a/b.py"),
        (PageKind.FOLDER, "a/b", "a/b/"),
        (PageKind.FOLDER, "", "Repository"),
        (PageKind.FOLDER_DOC, "a/b", "Documentation: a/b/"),
        (PageKind.FOLDER_KEYWORDS, "a/b", "All keywords: a/b/"),
        (PageKind.KEYWORD_INDEX, "", "Keyword index"),
        (PageKind.KEYWORD_INDEX, "se", "Keyword index: Se"),
        (PageKind.KEYWORD_INDEX, "#", "Keyword index: Other signs"),
        (PageKind.BOOK_PART, "src", "Book: src/"),
        (PageKind.BOOK_PART, "", "Book: top level"),
    ],
)
def test_titles_need_only_the_path(kind: PageKind, path: str, title: str) -> None:
    """Navigation shows titles of pages that it does not build."""
    assert page_title(kind, path) == title


def test_imports_that_are_not_run_on_loading_say_so() -> None:
    """They are listed with what they are, and neither a step nor a dependant."""
    relations = related(
        imports=(Dependency(path="b.py", lines=(3,), when="for types only"),),
        imported_by=(
            Dependency(path="y.py", lines=(1,)),
            Dependency(path="z.py", lines=(2,), when="inside a function"),
        ),
        dependants=1,
    )
    text = build("dependencies", one(relations=relations))
    assert f"- [b.py](file b.py) ([line 3](file {PATH}#L3)), for types only\n" in text
    assert "- [z.py](file z.py) ([line 2](file z.py#L2)), inside a function\n" in text
    text = build("architecture", one(relations=relations))
    assert text.startswith("Layer 0: loading it imports no file of this repository.\n")
    assert text.endswith("\n1 file imports it when loaded, 1 more only inside a function.\n")


def test_support_is_used_by_tests_and_not_tested() -> None:
    """What tests import of each other's helpers is no test of these."""
    link = TestLink(path="tests/test_a.py", reasons=("imports it (line 1)",))
    role = Role(name="test support", evidence=Evidence(text="it lies in tests/"))
    data = one(relations=related(roles=(role,), tests=Tests(direct=(link,))))
    assert "Used by tests: [tests/test_a.py](file tests/test_a.py)\n" in build("overview", data)
    assert "== Tests that use this file {#direct-tests}\n" in build("testing", data)


def test_use_is_shown_by_calls_and_examples() -> None:
    """The line of a call as code; examples as lines of the files they stand in, those after the third folded."""
    facts = Facts(
        symbols=(make_symbol("f", 3),),
        examples=tuple(
            Example(name=name, line=line, end_line=line + 1) for name, line in (("", 1), ("f", 4), ("f", 8))
        ),
    )
    relations = related(
        call_sites=(CallSite(name="f", path="src/b.py", line=7, text="x = f(1)"),),
        examples=(ExampleTest(name="f", path="src/t.go", line=2, end_line=5, sha256="x"),),
    )
    assert build("testing", one(facts, relations)) == (
        "== Used like this {#call-sites}\n"
        "- [f](file src/pkg/a.py#sym-f) in [src/b.py:7](file src/b.py#L7): `x = f(1)`\n"
        "== Examples {#examples}\n"
        "The file, [lines 1-2](file src/pkg/a.py#L1):\n"
        "<source of src/pkg/a.py 1-2 pycon>\n"
        "[f](file src/pkg/a.py#sym-f), [lines 4-5](file src/pkg/a.py#L4):\n"
        "<source of src/pkg/a.py 4-5 pycon>\n"
        "[f](file src/pkg/a.py#sym-f), [lines 8-9](file src/pkg/a.py#L8):\n"
        "<source of src/pkg/a.py 8-9 pycon>\n"
        "> and 1 more\n"
        "  [f](file src/pkg/a.py#sym-f), [src/t.go:2](file src/t.go#L2):\n"
        "  <source of src/t.go 2-5>\n"
    )


def test_a_single_folder_and_a_single_user_need_no_list() -> None:
    """The sentence names them; a number of one would say less."""
    relations = related(
        imported_by=(Dependency(path="z.py", lines=(2,), names=("App",)),),
        uses=(NameUse(name="App", path="z.py", line=2, confidence="imported"),),
        dependants=3,
        dependants_in=(("lib", 3),),
        tests=Tests(indirect=(("tests", 2),)),
    )
    data = FakeData(files=FULL.files, relations=(relations,))
    assert "1 file imports it; 2 others load it through these, all in [lib/](folder lib).\n" in build(
        "architecture", data
    )
    assert build("testing", data) == (
        "== 2 test files reach it through other files {#indirect-tests}\nAll of them lie in [tests/](folder tests).\n"
    )
    assert "In use" not in build("overview", data)


def test_command_says_what_has_to_be_built_first() -> None:
    """The proof of the command comes first."""
    command = Command(
        text="pytest",
        evidence=Evidence(text="pytest.ini configures pytest", path="pytest.ini", line=1),
        compiled=Evidence(text="setup.py has ext_modules", path="setup.py", line=9),
    )
    data = FakeData(files=FULL.files, relations=(related(tests=Tests(commands=(command,))),))
    assert build("testing", data).splitlines()[1] == (
        "- `pytest` — [pytest.ini](file pytest.ini#L1) configures pytest; extension modules have to be built in place first:"
        " [setup.py](file setup.py#L9) has ext_modules"
    )


def test_strings_that_name_the_file_are_listed_with_their_lines() -> None:
    """Whoever renames the file has to change them."""
    named = (NamedIn(path="tests/test_all.py", name="pkg.a", lines=(3, 9)),)
    data = FakeData(files=FULL.files, relations=(related(named_in=named),))
    assert build("testing", data) == (
        "== Named in strings of {#named-in}\n"
        "- [tests/test_all.py](file tests/test_all.py) — `pkg.a`"
        " (lines [3](file tests/test_all.py#L3), [9](file tests/test_all.py#L9))\n"
    )
