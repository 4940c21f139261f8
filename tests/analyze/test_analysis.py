"""Dependencies, architecture, relatives, owners, licences and purposes of files."""

from __future__ import annotations

import pytest
from analysis_repos import analyze_repo, file_of, folder_of, make_file, make_links

from sphinx_repodoc.analyze.architecture import MOST_MEMBERS
from sphinx_repodoc.analyze.model import (
    Book,
    Dependency,
    External,
    FileRelations,
    FolderRelations,
    History,
)
from sphinx_repodoc.analyze.purpose import purpose_of
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.linked import Origin


def test_empty_repository_has_a_root_and_an_empty_book() -> None:
    """Nothing to say is no error."""
    found = analyze_repo()
    assert (found.files, list(found.folders), found.book) == ({}, [""], Book())


def test_imports_are_shown_from_both_ends() -> None:
    """Lines are those of the importing file at either end."""
    found = analyze_repo("a.py", "b.py", links=make_links("a.py b.py 2 5")).files
    assert found["a.py"].imports == (Dependency(path="b.py", lines=(2, 5)),)
    assert found["b.py"].imported_by == (Dependency(path="a.py", lines=(2, 5)),)


def test_modules_from_elsewhere_are_grouped_by_where_they_live() -> None:
    """Each module once, with all its lines and names; relative ones keep their dots."""
    file = make_file("a.py", imports=["os: path", "click: echo", "os: sep", "..gone: x", "os: sep"])
    origins = [
        (Origin.STANDARD, ""),
        (Origin.THIRD_PARTY, "pyproject.toml:3"),
        (Origin.STANDARD, ""),
        (Origin.UNKNOWN, ""),
        (Origin.STANDARD, ""),
    ]
    found = file_of("a.py", file, links=make_links(imports={"a.py": origins}))
    assert found.standard == (
        External(module="os", lines=(1, 3, 5), names=("path", "sep"), language="python"),
    )
    assert found.third_party == (
        External(module="click", lines=(2,), names=("echo",), language="python", manifest="pyproject.toml:3"),
    )
    assert [external.module for external in found.unknown] == ["..gone"]


def test_uses_name_the_file_the_line_and_how_sure_it_is() -> None:
    """Sorted by name, then by the file that uses it."""
    links = make_links(uses=["c.py a.py g 2", "b.py a.py g 4", "c.py a.py f 2"])
    found = file_of("a.py", "a.py", "b.py", "c.py", links=links)
    assert [(use.name, use.path, use.line, use.confidence) for use in found.uses] == [
        ("f", "c.py", 2, "imported"),
        ("g", "b.py", 4, "imported"),
        ("g", "c.py", 2, "imported"),
    ]


def test_links_to_files_that_are_gone_are_left_out() -> None:
    """Edges and uses whose ends are not among the files say nothing."""
    links = make_links("a.py gone.py", "gone.py a.py", uses=["a.py gone.py f"])
    found = file_of("a.py", "a.py", links=links)
    assert (found.imports, found.imported_by, found.uses, found.dependants) == ((), (), (), 0)


def test_layer_cycle_and_dependants() -> None:
    """A cycle counts as one step; what reaches a file through others depends on it too."""
    links = make_links("top.py a.py", "a.py b.py", "b.py a.py", "b.py low.py")
    found = analyze_repo("top.py", "a.py", "b.py", "low.py", links=links).files
    assert {path: relations.layer for path, relations in found.items()} == {
        "a.py": 1, "b.py": 1, "low.py": 0, "top.py": 2,
    }  # fmt: skip
    assert (found["a.py"].cycle, found["a.py"].cycle_total) == (("b.py",), 1)
    assert (found["top.py"].cycle, found["top.py"].cycle_total) == ((), 0)
    assert found["low.py"].dependants == 3


def test_dependants_are_counted_by_folder_when_not_all_import_it() -> None:
    """The list of importers says the rest."""
    links = make_links("a/x.py low.py", "a/y.py a/x.py", "b/z.py a/y.py", "b/z.py low.py", "top.py a/y.py")
    found = analyze_repo("a/x.py", "a/y.py", "b/z.py", "low.py", "top.py", links=links).files
    assert found["low.py"].dependants == 4
    assert found["low.py"].dependants_in == (("", 1), ("a", 2), ("b", 1))
    assert found["a/y.py"].dependants_in == ()


def test_imports_that_are_not_loaded_make_no_architecture() -> None:
    """Imports for types and inside functions are shown with what they are, and are no steps."""
    links = make_links("a.py b.py", "b.py a.py 3 never", "b.py c.py 4 call", "b.py d.py 5 6 call never")
    found = analyze_repo("a.py", "b.py", "c.py", "d.py", links=links).files
    assert [(end.path, end.when) for end in found["b.py"].imports] == [
        ("a.py", "for types only"),
        ("c.py", "inside a function"),
        ("d.py", "inside a function and for types only"),
    ]
    assert [(end.path, end.when) for end in found["a.py"].imported_by] == [("b.py", "for types only")]
    assert (found["a.py"].cycle, found["a.py"].layer, found["b.py"].layer) == ((), 1, 0)
    assert (found["a.py"].dependants, found["b.py"].dependants, found["c.py"].dependants) == (0, 1, 0)
    assert found["a.py"].related == ()


def test_very_long_cycle_names_the_files_next_to_it() -> None:
    """The number stays true when the members are too many to be listed at each of them."""
    names = [f"m{number:03}.py" for number in range(MOST_MEMBERS + 2)]
    edges = [f"{one} {other}" for one, other in zip(names, [*names[1:], names[0]], strict=True)]
    found = file_of(names[5], *names, links=make_links(*edges))
    assert (found.cycle, found.cycle_total) == ((names[4], names[6]), MOST_MEMBERS + 1)


def related(path: str, *files: object, **rest: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(other.path, other.reasons) for other in file_of(path, *files, **rest).related]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "other", "reason"),
    [
        ("a.py", "a.pyi", "is its type stub"),
        ("a.pyi", "a.py", "is the module it declares the types of"),
        ("a.c", "a.h", "is its header"),
        ("a.h", "a.cpp", "is its source"),
        ("src/x/a.cc", "include/x/a.h", "is its header"),
        ("a.py", "a.sql", "has the same name with another suffix"),
    ],
)
def test_file_of_the_same_stem_is_related(path: str, other: str, reason: str) -> None:
    """What the other file is to it is said."""
    assert related(path, path, other) == [(other, (reason,))]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("one/a.c", "two/a.h"),
        ("one/a.py", "two/a.pyi"),
        ("utils.py", "utils.js"),
        ("Makefile", "Makefile.am"),
        (".gitignore", ".gitattributes"),
    ],
)
def test_other_folder_or_generic_stem_is_no_relation(path: str, other: str) -> None:
    """A stem that anything may have says nothing, and neither does one in another folder."""
    assert related(path, path, other) == []


def test_single_import_is_not_repeated_among_the_related() -> None:
    """What the dependencies show already needs a second reason."""
    assert related("a.py", "a.py", "b.py", links=make_links("a.py b.py")) == []
    assert related("a.py", "a.py", "b.py", links=make_links("a.py b.py", "b.py a.py call")) == []
    assert related("a.py", "a.py", "b.py", links=make_links("a.py b.py", "b.py a.py")) == [
        ("b.py", ("is imported by it", "imports it"))
    ]


def test_more_reasons_come_first() -> None:
    """A header that is included, too, stands before one reason alone."""
    links = make_links("m.c m.h")
    assert related("m.c", "m.c", "m.h", "m.asm", links=links) == [
        ("m.h", ("is its header", "is imported by it")),
        ("m.asm", ("has the same name with another suffix",)),
    ]


def test_test_is_related_to_the_conftest_that_serves_it() -> None:
    """The nearest above it, which no import shows."""
    files = ["conftest.py", "tests/conftest.py", make_file("tests/a/test_a.py", "function test_a")]
    assert related("tests/a/test_a.py", *files) == [("tests/conftest.py", ("is loaded by pytest before it",))]


def test_document_is_related_when_it_mentions_the_file_of_its_name() -> None:
    """The name alone may be chance; the mention is the evidence, with its line."""
    source = make_file("src/x/cli.py", "function main")
    texts = {"docs/cli.rst": "Commands\n\nSee ``x.cli.main``.\n", "src/x/__init__.py": ""}
    assert related("src/x/cli.py", source, texts=texts) == [
        ("docs/cli.rst", ("has its name and mentions x.cli in line 3",))
    ]
    assert related("docs/cli.rst", source, texts=texts) == [
        ("src/x/cli.py", ("is the file of its name that it mentions in line 3",))
    ]


@pytest.mark.parametrize("text", ["The cli is fine.", "See y.x.cli.", "See x.clients.", "See x.cli_main."])
def test_document_that_speaks_of_something_else_is_not_related(text: str) -> None:
    """A part of another dotted name is no mention."""
    texts = {"docs/cli.rst": text, "src/x/__init__.py": ""}
    assert related("src/x/cli.py", make_file("src/x/cli.py", "function main"), texts=texts) == []


def test_owners_come_with_the_rule() -> None:
    """The first place where forges look counts; the last rule that matches names the owners."""
    texts = {".github/CODEOWNERS": "* @all\n/docs/ @writers\n", "CODEOWNERS": "* @nobody\n"}
    found = analyze_repo("docs/a.md", "a.py", texts=texts)
    assert (found.files["docs/a.md"].owners, found.files["docs/a.md"].owners_at) == (
        ("@writers",),
        ".github/CODEOWNERS:2",
    )
    assert found.files["a.py"].owners == ("@all",)
    assert found.folders["docs"].owners == ("@writers",)
    assert (found.folders[""].owners, found.folders[""].owners_at) == (("@all",), ".github/CODEOWNERS:1")


def test_without_rules_nobody_is_named() -> None:
    """No owner and no place."""
    found = file_of("a.py", "a.py", texts={"CODEOWNERS": "docs/ @writers\n"})
    assert (found.owners, found.owners_at) == ((), "")


def test_licence_is_the_one_that_the_file_states_or_the_nearest() -> None:
    """The SPDX expression with its line, else the file above; a choice between licences is none."""
    free = "This is free and unencumbered software released into the public domain."
    found = analyze_repo(
        make_file("a.py", license_="MIT"),
        "b.py",
        "lib/deep/c.py",
        "own/d.py",
        texts={
            "LICENSE": free,
            "LICENSE-MIT": "",
            "lib/COPYING.txt": "Do as you like.",
            "own/license.py": free,
        },
    )
    assert {path: (each.license, each.license_at) for path, each in found.files.items()} == {
        "LICENSE": ("Unlicense", "LICENSE"),
        "LICENSE-MIT": ("Unlicense", "LICENSE"),
        "a.py": ("MIT", "a.py:1"),
        "b.py": ("Unlicense", "LICENSE"),
        "lib/COPYING.txt": ("", "lib/COPYING.txt"),
        "lib/deep/c.py": ("", "lib/COPYING.txt"),
        "own/d.py": ("Unlicense", "LICENSE"),
        "own/license.py": ("Unlicense", "LICENSE"),
    }
    assert found.folders[""].licenses == (
        ("Unlicense", "LICENSE", 5),
        ("", "lib/COPYING.txt", 2),
        ("MIT", "", 1),
    )
    assert found.folders["lib"].licenses == ()


def test_history_is_passed_on() -> None:
    """Files that git does not know have none."""
    history = {"a.py": History(created="2023-12-31", last_changed="2024-01-02", commits=3, authors=2)}
    found = analyze_repo("a.py", "b.py", history=history).files
    assert (found["a.py"].history, found["b.py"].history) == (history["a.py"], None)


def test_partners_in_history_are_related() -> None:
    """With how often, out of how many commits."""
    changed = History(created="", last_changed="", commits=3, authors=1, partners=(("b.md", 3),))
    related = analyze_repo("a.py", "b.md", history={"a.py": changed}).files["a.py"].related
    assert [(each.path, each.reasons) for each in related] == [
        ("b.md", ("changes with it, in 3 of its 3 commits",))
    ]


def test_purpose_is_what_the_author_says_and_nothing_else() -> None:
    """A file without a docstring has no purpose."""
    assert purpose_of(make_file("a.py", doc="Does it.")) == ("Does it.", 1)
    assert purpose_of(make_file("a.py")) == ("", 0)


def test_purpose_of_a_folder_is_its_readme_else_its_package() -> None:
    """With the place where it stands."""
    package = make_file("pkg/__init__.py", doc="A package.")
    found = folder_of("pkg", package)
    assert (found.purpose, found.purpose_at) == ("A package.", "pkg/__init__.py:1")
    readme = make_file("pkg/ReadMe.rst", doc="Read this.")
    found = folder_of("pkg", package, readme)
    assert (found.purpose, found.purpose_at) == ("Read this.", "pkg/ReadMe.rst:1")
    assert (found.readme, found.readme_sha256) == ("pkg/ReadMe.rst", "sha of pkg/ReadMe.rst")
    found = folder_of("pkg", package, make_file("pkg/README"))
    assert (found.purpose, found.readme) == ("A package.", "pkg/README")


def test_records_survive_the_store() -> None:
    """All kinds of relations come back equal from their text, and the text is the same every time."""
    links = make_links("tests/test_a.py a.py 2", "a.py b.py", "b.py a.py", uses=["tests/test_a.py a.py f 2"])
    files = [
        make_file("tests/test_a.py", "function test_a"),
        make_file("a.py", "function f -- Does."),
        "b.py",
    ]
    history = {"a.py": History(created="2023-12-31", last_changed="2024-01-02", commits=3, authors=2)}
    found = analyze_repo(*files, links=links, history=history, texts={"pytest.ini": "[pytest]\n"})
    kinds = (
        (FileRelations, found.files.values()),
        (FolderRelations, found.folders.values()),
        (Book, [found.book]),
    )
    for kind, records in kinds:
        for record in records:
            text = codec.dumps(record)
            assert codec.loads(kind, text) == record
            assert codec.dumps(codec.loads(kind, text)) == text
