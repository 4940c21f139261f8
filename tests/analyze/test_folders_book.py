"""What folders add up to, and the order in which a repository is read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis_repos import analyze_repo, folder_of, make_file, make_links, roles_of

from sphinx_repodoc.analyze.concepts import MOST_CONCEPTS
from sphinx_repodoc.analyze.measures import Ranked
from sphinx_repodoc.analyze.model import Chapter, FileNote, Flow, History, LanguageShare
from sphinx_repodoc.analyze.totals import MOST_RANKED
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import File


def test_hot_spots_are_complex_and_change() -> None:
    """Ranked by commits times complexity; a file without functions or without history is none."""
    history = {
        path: History(created="", last_changed="", commits=commits, authors=1)
        for path, commits in (("p/a.py", 3), ("p/b.py", 9), ("p/text.md", 99), ("gone.py", 1))
    }
    files = [
        replace_complexity(make_file("p/a.py", "function f", "function g"), 4),
        replace_complexity(make_file("p/b.py", "function f"), 2),
        replace_complexity(make_file("p/new.py", "function f"), 50),
    ]
    found = folder_of("p", *files, "p/text.md", history=history)
    assert [(spot.path, spot.commits, spot.complexity) for spot in found.hot] == [
        ("p/a.py", 3, 8),
        ("p/b.py", 9, 2),
    ]
    assert found.hot_total == 2


def replace_complexity(file: File, complexity: int) -> File:
    symbols = tuple(replace(symbol, complexity=complexity) for symbol in file.facts.symbols)
    return replace(file, facts=replace(file.facts, symbols=symbols))


def test_folder_adds_up_its_subtree_once() -> None:
    """Each file counts in every folder above it."""
    files = [
        make_file("a/x.py", "function f", lines=10),
        make_file("a/b/y.py", "class C", "  method m", lines=5),
        make_file("a/b/z.md", lines=7),
        make_file("w.py", lines=1),
    ]
    found = analyze_repo(*files).folders
    assert list(found) == ["", "a", "a/b"]
    sums = {path: (f.total_files, f.total_lines, f.total_symbols) for path, f in found.items()}
    assert sums == {"": (4, 23, 3), "a": (3, 22, 3), "a/b": (2, 12, 2)}
    assert found["a"].languages == (
        LanguageShare(language="python", files=2, lines=15, size=150),
        LanguageShare(language="markdown", files=1, lines=7, size=70),
    )


def test_rows_hold_what_lies_directly_in_the_folder() -> None:
    """Folders with the sums of their subtrees, files with their own."""
    problem = Problem(kind=ProblemKind.SYNTAX, message="It does not parse.")
    files = [
        make_file("a/x.py", "function f", lines=4, doc="Does x.", problems=(problem,)),
        make_file("a/b/y.py", "function g", lines=6),
        make_file("a/b/__init__.py", doc="The b."),
    ]
    found = folder_of("a", *files)
    (row,) = found.folders
    assert (row.name, row.path, row.purpose, row.kind) == ("b", "a/b", "The b.", "folder")
    assert (row.files, row.lines, row.size, row.symbols, row.roles) == (2, 6, 60, 1, ("package",))
    (row,) = found.files
    assert (row.name, row.path, row.purpose, row.kind, row.language) == (
        "x.py",
        "a/x.py",
        "Does x.",
        "text",
        "python",
    )
    assert (row.files, row.lines, row.size, row.symbols, row.problems) == (0, 4, 40, 1, 1)


def test_concepts_are_what_files_outside_use() -> None:
    """Users inside the folder do not count; for the root, all other files do."""
    links = make_links(
        uses=[
            "a/y.py a/x.py f",
            "b/z.py a/x.py f",
            "a/y.py a/x.py g",
            "a/x.py a/x.py f",
            "a/x.py b/z.py gone",
        ]
    )
    files = [
        make_file("a/x.py", "function f -- Does f.", "function g"),
        "a/y.py",
        make_file("b/z.py", "class Z"),
    ]
    found = analyze_repo(*files, links=links).folders
    assert [(c.name, c.kind, c.path, c.users, c.doc) for c in found["a"].concepts] == [
        ("f", "function", "a/x.py", 1, "Does f.")
    ]
    assert [(c.name, c.users) for c in found[""].concepts] == [("f", 2), ("g", 1)]
    assert (found["a"].concepts_total, found["b"].concepts_total) == (1, 0)


def test_concepts_are_cut_and_counted() -> None:
    """The most used come first; the total tells what is left out."""
    names = [f"f{number:02}" for number in range(MOST_CONCEPTS + 3)]
    uses = [f"b.py a/x.py {name}" for name in names] + [f"c.py a/x.py {names[-1]}"]
    found = folder_of(
        "a",
        make_file("a/x.py", *(f"function {n}" for n in names)),
        "b.py",
        "c.py",
        links=make_links(uses=uses),
    )
    assert (found.concepts[0].name, found.concepts[1].name) == (names[-1], "f00")
    assert (len(found.concepts), found.concepts_total) == (MOST_CONCEPTS, MOST_CONCEPTS + 3)


def test_flows_are_added_up_at_the_level_where_they_part() -> None:
    """Inside a folder between its children; out of it to the outermost folder or file that does not hold it."""
    links = make_links(
        "p/a/x.py p/b/y.py",
        "p/a/w.py p/b/deep/z.py",
        "p/a/x.py p/top.py",
        "p/a/x.py q/o.py",
        "p/a/x.py p/a/w.py",
    )
    files = ["p/a/x.py", "p/a/w.py", "p/b/y.py", "p/b/deep/z.py", "p/top.py", "q/o.py"]
    found = analyze_repo(*files, links=links).folders
    assert found["p"].inner == (
        Flow(source="p/a", target="p/b", edges=2),
        Flow(source="p/a", target="p/top.py", edges=1),
    )
    assert found["p/a"].inner == (Flow(source="p/a/x.py", target="p/a/w.py", edges=1),)
    assert found["p/a"].outward == (
        Flow(source="p/a", target="p/b", edges=2),
        Flow(source="p/a", target="p/top.py", edges=1),
        Flow(source="p/a", target="q", edges=1),
    )
    assert found["p/b"].inward == (Flow(source="p/a", target="p/b", edges=2),)
    assert found["p/b/deep"].inward == (Flow(source="p/a", target="p/b/deep", edges=1),)
    assert (found[""].outward, found[""].inward) == ((), ())
    assert found[""].inner == (Flow(source="p", target="q", edges=1),)


def test_important_files_are_ranked_by_what_uses_them() -> None:
    """Users import a file or take its names from another; then the number of names counts, then reach."""
    links = make_links(
        "x.py p/__init__.py", "y.py p/__init__.py", "p/__init__.py p/app.py", "p/app.py p/one.py",
        "p/app.py p/two.py", "p/app.py p/three.py", "p/three.py p/two.py call",
        uses=["x.py p/app.py App", "y.py p/app.py App", "p/app.py p/one.py f"],
    )  # fmt: skip
    names = ("__init__", "app", "one", "two", "three", "four")
    found = folder_of("p", "x.py", "y.py", *(f"p/{name}.py" for name in names), links=links)
    assert [(ranked.path, ranked.count) for ranked in found.important] == [
        ("p/app.py", 3),
        ("p/two.py", 2),
        ("p/__init__.py", 2),
        ("p/one.py", 1),
        ("p/three.py", 1),
    ]


def test_important_files_are_cut_and_counted() -> None:
    """A file that nothing uses is not important; the true number is told."""
    names = [f"p/m{number:02}.py" for number in range(MOST_RANKED + 2)]
    edges = [f"{one} {other}" for one, other in pairwise(names)]
    found = folder_of("p", *[make_file(name, doc="A module.") for name in names], links=make_links(*edges))
    assert found.important[0] == Ranked(path=names[-1], count=1, purpose="A module.")
    assert (len(found.important), found.important_total) == (MOST_RANKED, MOST_RANKED + 1)


def test_changed_files_are_ranked_by_commits() -> None:
    """Without history there are none."""
    history = {
        "p/a.py": History(created="2023-12-31", last_changed="2024-01-02", commits=3, authors=1),
        "p/b.py": History(created="2023-12-31", last_changed="2024-01-02", commits=9, authors=1),
        "p/gone.py": History(created="2023-12-31", last_changed="2024-01-02", commits=99, authors=1),
    }
    found = folder_of("p", "p/a.py", "p/b.py", "p/c.py", history=history)
    assert [(ranked.path, ranked.count) for ranked in found.changed] == [("p/b.py", 9), ("p/a.py", 3)]
    assert found.changed_total == 2
    assert folder_of("p", "p/a.py").changed == ()


def test_notes_of_the_folder_and_numbers_below() -> None:
    """Notes of direct files are listed, those further down counted by subfolder."""
    files = [make_file("p/a.py", notes=["one"]), make_file("p/q/b.py", notes=["two", "three"]), "p/r/c.py"]
    found = folder_of("p", *files)
    assert found.notes == (FileNote(path="p/a.py", kind="TODO", line=1, text="one"),)
    assert found.notes_below == (("p/q", 2),)


def test_role_of_a_folder_is_that_of_most_of_its_files() -> None:
    """The numbers are the evidence."""
    tests = [make_file(f"tests/test_{n}.py", "function test_it") for n in range(3)]
    found = folder_of("tests", *tests, "tests/conftest.py", "tests/data.json")
    assert roles_of(found) == {"test": "3 of its 5 files are tests, and 2 support them"}
    assert roles_of(folder_of("docs", "docs/a.md", "docs/b.md")) == {
        "documentation": "all 2 of its files have the role documentation"
    }


def test_half_of_the_files_is_not_most_of_them() -> None:
    """Neither is a single file without tests."""
    assert roles_of(folder_of("p", make_file("p/test_a.py", "function test_it"), "p/a.py")) == {}
    assert roles_of(folder_of("p", "p/a.md")) == {}


def test_package_is_not_named_by_its_catalogues() -> None:
    """A package of code with more translations than modules is a package."""
    files = ["p/__init__.py", "p/locale/a.po", "p/locale/b.po"]
    assert roles_of(folder_of("p", *files)) == {"package": "it holds __init__.py"}
    assert roles_of(folder_of("p/locale", *files)) == {"translation": "all 2 of its files are translations"}


def test_book_begins_with_the_foundations() -> None:
    """Parts and chapters come after what they import, with the chapters they build on."""
    links = make_links("app/x.py lib/low/y.py", "app/x.py lib/top/z.py", "lib/top/z.py lib/low/y.py")
    book = analyze_repo("app/x.py", "lib/low/y.py", "lib/top/z.py", "setup.py", links=links).book
    assert [part.path for part in book.parts] == ["", "lib", "app"]
    assert book.parts[1].chapters == (
        Chapter(path="lib/low"),
        Chapter(path="lib/top", builds_on=("lib/low",)),
    )
    assert book.parts[2].chapters == (Chapter(path="app", builds_on=("lib/low", "lib/top")),)


def test_flows_and_book_follow_what_is_loaded() -> None:
    """Imports for types and inside functions neither flow nor order anything."""
    links = make_links("p/a/x.py p/b/y.py", "p/b/y.py p/a/x.py 3 9 call never")
    found = analyze_repo("p/a/x.py", "p/b/y.py", links=links)
    (part,) = found.book.parts
    assert part.chapters == (Chapter(path="p/b"), Chapter(path="p/a", builds_on=("p/b",)))
    assert found.folders["p"].inner == (Flow(source="p/a", target="p/b", edges=1),)


def test_chapters_in_a_cycle_are_marked() -> None:
    """Their order is by name, and only what was read before is built on."""
    links = make_links("p/a/x.py p/b/y.py", "p/b/y.py p/a/x.py")
    (part,) = analyze_repo("p/a/x.py", "p/b/y.py", links=links).book.parts
    assert part.chapters == (
        Chapter(path="p/a", after_cycle=True),
        Chapter(path="p/b", builds_on=("p/a",), after_cycle=True),
    )


def test_folder_without_anything_to_read_is_no_chapter() -> None:
    """Catalogues, images and folders of folders have no facts of their own to tell."""
    book = analyze_repo("p/q/a.py", "p/locale/a.po", "img/logo.png", "docs/a.md").book
    assert [(part.path, [c.path for c in part.chapters]) for part in book.parts] == [
        ("docs", ["docs"]),
        ("p", ["p/q"]),
    ]


def test_glossary_holds_what_others_use() -> None:
    """Sorted by name whatever its case, with what the author says of it."""
    file = make_file(
        "a.py", "function beta -- Second.", "class Alpha -- First.", "function mute", "function own -- Own."
    )
    links = make_links(uses=[f"b.py a.py {name}" for name in ("beta", "Alpha", "mute")])
    glossary = analyze_repo(file, "b.py", links=links).book.glossary
    assert [(concept.name, concept.users, concept.doc) for concept in glossary] == [
        ("Alpha", 1, "First."),
        ("beta", 1, "Second."),
        ("mute", 1, ""),
    ]
