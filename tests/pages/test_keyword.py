"""The keyword page of a file."""

from __future__ import annotations

import pytest
from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.analyze.model import Dependency, Evidence, External, FileRelations, NameUse, Role
from sphinx_repodoc.core.model import EntryKind, Facts, Import, ImportedName, Note, Symbol
from sphinx_repodoc.pages.blocks import Fold, Items
from sphinx_repodoc.pages.keyword import FILE_KEYWORDS_PARTS
from sphinx_repodoc.pages.words import count, counted_kinds, human_size, listed, plural

PATH = "src/a.py"


def build(part: str, data: FakeData) -> str:
    builders = {found.id: found.build for found in FILE_KEYWORDS_PARTS}
    return as_text(builders[part](data, PATH))


def one(facts: Facts, **relations: object) -> FakeData:
    return FakeData(files=(make_file(PATH, facts),), relations=(FileRelations(path=PATH, **relations),))  # type: ignore[arg-type]


SYMBOLS = (
    make_symbol("App", 10, "class", signature="App(Base)", doc="Runs plugins."),
    make_symbol("run", 12, "method", qualname="App.run", parent=0, signature="run(self)"),
    make_symbol("alias", 20, "type alias"),
    make_symbol("run", 30, signature="run"),
)
IMPORTS = (
    Import(module="os", line=1),
    Import(module="numpy", line=2, alias="np"),
    Import(module="b", line=3, level=1, names=(ImportedName(name="B", alias="C"), ImportedName(name="*"))),
    Import(module="", line=4, level=2, names=(ImportedName(name="plugins"),)),
    Import(module="os", line=9),
)
FULL = one(
    Facts(
        doc="Apps and plugins, no runner.",
        symbols=SYMBOLS,
        imports=IMPORTS,
        notes=(Note(kind="TODO", line=13, text="make App.run stop"),),
    ),
    roles=(Role(name="package", evidence=Evidence(text="it stands for os")),),
    imports=(
        Dependency(path="src/b.py", lines=(3,), names=("B",)),
        Dependency(path="src/c.py", lines=(4,), names=("plugins",)),
    ),
    standard=(External(module="os", lines=(1, 9)),),
    imported_by=(Dependency(path="z.py", lines=(1,), names=("run",)),),
    uses=(
        NameUse(name="App", path="y.py", line=4, confidence="imported"),
        NameUse(name="App", path="z.py", line=1, confidence="mentioned"),
        NameUse(name="run", path="z.py", line=1, confidence="imported"),
    ),
)


def test_header_leads_back_and_counts() -> None:
    """Modules count once however often they are imported; ``*`` is a name that is imported."""
    assert build("header", FULL) == (
        f"[Repository](folder ) / [src](folder src) / [a.py](file {PATH}) / Keywords\n"
        "Defines: 1 class, 1 function, 1 method and 1 type alias\n"
        "Imports: 4 modules and 3 imported names\n"
    )


def test_page_without_keywords_says_so() -> None:
    """The page exists for every file, and an empty one would look broken."""
    assert build("header", one(Facts())).endswith(
        f"No definitions or imports were found in [a.py](file {PATH}).\n"
    )


def test_page_with_imports_alone_is_not_without_keywords() -> None:
    """Names it imports are keywords."""
    assert "No definitions" not in build("header", one(Facts(imports=IMPORTS)))


def test_definitions_are_grouped_by_kind_and_linked_to_their_lines() -> None:
    """The name that several symbols share stands once for each of them, with where it lies."""
    assert build("definitions", FULL) == (
        "== Classes (1) {#kind-class}\n"
        f"- [App](file {PATH}#L10)`(Base)`, line 10\n"
        "== Functions (1) {#kind-function}\n"
        f"- [run](file {PATH}#L30), line 30\n"
        "== Methods (1) {#kind-method}\n"
        f"- [run](file {PATH}#L12)`(self)` in `App`, line 12\n"
        "== Type aliases (1) {#kind-type-alias}\n"
        f"- [alias](file {PATH}#L20), line 20\n"
    )


def test_definitions_are_complete() -> None:
    """An index folds nothing away."""
    symbols = tuple(make_symbol(f"f{number}", number + 1) for number in range(300))
    assert build("definitions", one(Facts(symbols=symbols))).count("\n- ") == 300


@pytest.mark.parametrize(
    ("qualname", "shown"),
    [
        ("ns::A::f", " in `ns::A`"),
        ("f", ""),
        ("A.f<int>", " as `A.f<int>`"),
        ("(anonymous)/f", " in `(anonymous)`"),
    ],
)
def test_definition_says_what_it_lies_in(qualname: str, shown: str) -> None:
    """The scope is what stands before the name; other qualified names are shown whole."""
    data = one(Facts(symbols=(make_symbol("f", 1, qualname=qualname),)))
    assert f"[f](file {PATH}#L1){shown}, line 1" in build("definitions", data)


def test_modules_stand_once_with_all_their_lines() -> None:
    """Relative modules keep their dots; a module under an alias is another row."""
    assert build("modules", FULL) == (
        f"- `..` ([line 4](file {PATH}#L4))\n"
        f"- `.b` ([line 3](file {PATH}#L3))\n"
        f"- `numpy` as `np` ([line 2](file {PATH}#L2))\n"
        f"- `os` (lines [1](file {PATH}#L1), [9](file {PATH}#L9))\n"
    )


def test_imported_names_are_apart_from_modules() -> None:
    """Each with the module it comes from."""
    assert build("names", FULL) == (
        f"- `*` from `.b` ([line 3](file {PATH}#L3))\n"
        f"- `B` as `C` from `.b` ([line 3](file {PATH}#L3))\n"
        f"- `plugins` from `..` ([line 4](file {PATH}#L4))\n"
    )


def row_of(keyword: str, data: FakeData = FULL) -> str:
    rows = [line for line in build("map", data).splitlines() if line.startswith(f"`{keyword}` |")]
    assert len(rows) == 1
    return rows[0]


def test_map_names_the_sections_that_contain_a_keyword() -> None:
    """A class that a note names, others import, and the outline shows."""
    assert row_of("App") == (
        f"`App` | [Structure](file {PATH}#structure), [Testing & usage](file {PATH}#testing), "
        f"[Notes](file {PATH}#notes) | [line 10](file {PATH}#L10) | [2](file-keywords {PATH}#use-App)"
    )


@pytest.mark.parametrize(
    ("keyword", "sections"),
    [
        ("run", ["Structure", "Dependencies", "Testing & usage", "Notes"]),
        ("alias", ["Structure"]),
        ("plugins", ["Purpose", "Structure", "Dependencies"]),
        ("os", ["Purpose", "Dependencies"]),
        (".b", ["Dependencies"]),
        ("..", []),
        ("numpy", []),
    ],
)
def test_map_holds_what_is_true_of_the_sections(keyword: str, sections: list[str]) -> None:
    """``runner`` is not ``run``; a module that no group of the dependencies shows is in none."""
    if not sections and keyword == "..":
        assert "`..` |" not in build("map", FULL)
        return
    cell = row_of(keyword).split(" | ")[1]
    assert [
        name for name in ("Purpose", "Structure", "Dependencies", "Testing & usage", "Notes") if name in cell
    ] == (sections)


def test_map_shows_every_line_of_a_name_once() -> None:
    """Two definitions of one name share a row; the star of an import is no keyword."""
    assert f"lines [12](file {PATH}#L12), [30](file {PATH}#L30)" in row_of("run")
    assert "`*`" not in build("map", FULL)


@pytest.mark.parametrize(
    ("text", "found"),
    [("see First steps.", True), ("First steps", True), ("First stepson", False), ("xFirst steps", False)],
)
def test_map_finds_headings_as_whole_phrases(text: str, found: bool) -> None:
    """A heading is more than one word."""
    facts = Facts(
        symbols=(make_symbol("First steps", 4, "heading"),), notes=(Note(kind="TODO", line=1, text=text),)
    )
    assert ("#notes" in row_of("First steps", one(facts))) == found


def test_map_has_no_lines_where_the_page_shows_no_text() -> None:
    """A link to a line of a text that is not there would be broken."""
    facts = Facts(symbols=(make_symbol("f", 4),))
    data = FakeData(files=(make_file(PATH, facts, kind=EntryKind.LARGE),))
    assert build("map", data) == f"Keyword | Sections\n`f` | [Structure](file {PATH}#structure)\n"


def test_users_say_how_sure_they_are() -> None:
    """Each use links the file and the line of its import."""
    assert build("users", FULL) == (
        "A file that mentions a name imports this file and has the name in its code.\n"
        "- `App` — used by 2 files: 1 imports it and 1 mentions it {#use-App}\n"
        "  - [y.py](file y.py) imports it ([line 4](file y.py#L4))\n"
        "  - [z.py](file z.py) mentions it (through the import in [line 1](file z.py#L1))\n"
        "- `run` — 1 file imports it {#use-run}\n"
        "  - [z.py](file z.py) imports it ([line 1](file z.py#L1))\n"
    )


def test_users_of_the_same_package_need_no_import() -> None:
    """The line is that which names the package."""
    uses = [NameUse(name="f", path=path, line=2, confidence="shared") for path in ("y.go", "z.go")]
    assert build("users", one(Facts(), uses=tuple(uses))) == (
        "A file that shares a name is of the same package, which needs no import, and has the name in its code.\n"
        "- `f` — 2 files share it {#use-f}\n"
        "  - [y.go](file y.go) shares it (through the package named in [line 2](file y.go#L2))\n"
        "  - [z.go](file z.go) shares it (through the package named in [line 2](file z.go#L2))\n"
    )


def test_users_explain_mentions_only_where_there_are_some() -> None:
    """What is not on the page needs no explanation."""
    use = NameUse(name="f", path="z.py", line=1, confidence="imported")
    assert "mentions" not in build("users", one(Facts(), uses=(use,)))


def test_users_beyond_twenty_are_folded_behind_their_name() -> None:
    """Names before and after a folded one keep their place."""
    uses = [NameUse(name="b", path=f"u{number:02}.py", line=1, confidence="imported") for number in range(23)]
    uses.append(NameUse(name="c", path="v.py", line=1, confidence="imported"))
    lines = build("users", one(Facts(), uses=tuple(uses))).splitlines()
    assert lines[0] == "- `b` — 23 files import it {#use-b}"
    assert lines[21:26] == [
        "> and 3 more of `b`",
        *(f"  - [u{n}.py](file u{n}.py) imports it ([line 1](file u{n}.py#L1))" for n in (20, 21, 22)),
        "- `c` — 1 file imports it {#use-c}",
    ]


def test_users_end_with_a_fold_when_the_last_name_has_many() -> None:
    """No empty list follows it."""
    uses = [NameUse(name="b", path=f"u{number:02}.py", line=1, confidence="imported") for number in range(21)]
    parts = {part.id: part.build for part in FILE_KEYWORDS_PARTS}
    blocks = parts["users"](one(Facts(), uses=tuple(uses)), PATH)
    assert [type(block) for block in blocks] == [Items, Fold]


def test_sections_without_facts_are_left_out() -> None:
    """A file without keywords has the header alone."""
    assert [part.id for part in FILE_KEYWORDS_PARTS if part.build(one(Facts()), PATH)] == ["header"]


def test_map_is_complete() -> None:
    """Every keyword of a large file has its row."""
    symbols: tuple[Symbol, ...] = tuple(
        make_symbol(f"a-{number}", number + 1, "key") for number in range(2_000)
    )
    assert build("map", one(Facts(symbols=symbols))).count("\n") == 2_001


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("class", "classes"),
        ("property", "properties"),
        ("alias", "aliases"),
        ("index", "indexes"),
        ("key", "keys"),
        ("branch", "branches"),
        ("enum class", "enum classes"),
        ("function", "functions"),
        ("data", "data"),
        ("entry", "entries"),
        ("macro", "macros"),
        ("TODO", "TODO"),
    ],
)
def test_plurals(noun: str, many: str) -> None:
    """Never ``classs`` or ``propertys``."""
    assert plural(noun) == many
    assert count(1, noun) == f"1 {noun}"
    assert count(2_000, noun) == f"2,000 {many}"
    assert count(0, noun) == f"0 {many}"


def test_lists_of_words() -> None:
    """Commas, then *and*; kinds by number, then by name."""
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert counted_kinds(["key", "class", "class"]) == "2 classes and 1 key"
    assert counted_kinds(["method", "class"]) == "1 class and 1 method"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1_023, "1,023 bytes"),
        (1_024, "1.0 KiB (1,024 bytes)"),
        (5 * 2**20, "5.0 MiB (5,242,880 bytes)"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    """The exact number stands where the short one leaves something out."""
    assert human_size(size) == text


def test_map_leads_to_no_section_that_is_left_out() -> None:
    """Of a file with one user, whose import names what it uses, the users are in the dependencies alone."""
    alone = one(
        Facts(symbols=SYMBOLS),
        imported_by=(Dependency(path="z.py", lines=(1,), names=("run",)),),
        uses=(NameUse(name="run", path="z.py", line=1, confidence="imported"),),
    )
    assert "Testing & usage" not in row_of("run", alone)
    assert "Dependencies" in row_of("run", alone)
