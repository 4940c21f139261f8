"""How a file is used: the best places that call its public names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_repos import analyze_repo, file_of, make_file, make_links

from sphinx_repodoc.analyze.measures import CallSite, ExampleTest
from sphinx_repodoc.core.model import File, Visibility


def caller(path: str, *calls: str, imports: tuple[str, ...] = (), symbols: tuple[str, ...] = ()) -> File:
    """Make a file that calls ``name line``."""
    file = make_file(path, *symbols, imports=imports)
    found = tuple((name, int(line)) for name, line in map(str.split, calls))
    return replace(file, facts=replace(file.facts, calls=found))


def sites(*files: File, texts: dict[str, str], uses: list[str]) -> list[tuple[str, str, int, str]]:
    lib = make_file("lib.py", "function f", "function g", "class C")
    links = make_links(uses=uses)
    found = file_of("lib.py", lib, *files, texts=texts, links=links)
    return [(site.name, site.path, site.line, site.text) for site in found.call_sites]


def test_modules_come_before_examples_and_these_before_tests() -> None:
    """Three at most, of as many names as there are."""
    files = [
        caller(path, "f 2", "g 3", imports=("lib: f, g",)) for path in ("app.py", "b.py", "examples/e.py")
    ]
    test = caller("tests/test_lib.py", "C 2", imports=("lib: C",), symbols=("function test_c",))
    texts = dict.fromkeys(("app.py", "b.py", "examples/e.py"), "import lib\n  x = f(1)  \ng(2)\n")
    uses = [f"{path} lib.py {name}" for path in texts for name in "fg"] + ["tests/test_lib.py lib.py C"]
    found = sites(*files, test, texts=texts | {"tests/test_lib.py": "\nC()\n"}, uses=uses)
    assert found == [
        ("f", "app.py", 2, "x = f(1)"), ("g", "app.py", 3, "g(2)"), ("f", "b.py", 2, "x = f(1)"),
    ]  # fmt: skip
    only = sites(files[2], test, texts=texts | {"tests/test_lib.py": "\nC()\n"}, uses=uses[4:])
    assert [site[:2] for site in only] == [
        ("f", "examples/e.py"), ("g", "examples/e.py"), ("C", "tests/test_lib.py"),
    ]  # fmt: skip


def test_names_are_called_as_they_are_imported() -> None:
    """By another name, behind the name of a module; calls of another module's name are none of ours."""
    aliased = make_file("a.py", imports=("lib: f",))
    statement = aliased.facts.imports[0]
    renamed = replace(statement, names=(replace(statement.names[0], alias="h"),))
    aliased = replace(aliased, facts=replace(aliased.facts, imports=(renamed,), calls=(("f", 1), ("h", 2))))
    module = caller("b.py", "other.f 1", "lib.C.make 2", imports=("lib", "other"))
    texts = {"a.py": "f(0)\nh(1)\n", "b.py": "other.f()\nlib.C.make(2)\n"}
    found = sites(aliased, module, texts=texts, uses=["a.py lib.py f", "b.py lib.py f", "b.py lib.py C"])
    assert found == [("f", "a.py", 2, "h(1)"), ("C", "b.py", 2, "lib.C.make(2)")]


def test_name_that_another_import_binds_is_that_of_the_other() -> None:
    """``from datetime import date`` beside ``from app import filters``: ``filters.date`` is meant by nobody else."""
    user = caller("a.py", "f 1", "lib.g 2", imports=("lib", "other: f"))
    texts = {"a.py": "f()\nlib.g()\n"}
    found = sites(user, texts=texts, uses=["a.py lib.py f 1", "a.py lib.py g 1"])
    assert found == [("g", "a.py", 2, "lib.g()")]


def test_what_shows_nothing_is_no_site() -> None:
    """A name that is only mentioned, a private one, a line that is gone or too long to read."""
    lib = make_file("lib.py", "function f", "function _g")
    symbols = (lib.facts.symbols[0], replace(lib.facts.symbols[1], visibility=Visibility.PRIVATE))
    lib = replace(lib, facts=replace(lib.facts, symbols=symbols))
    files = (
        caller("a.py", "_g 1", imports=("lib: _g",)),
        caller("b.py", "f 9", imports=("lib: f",)),
        caller("c.py", "f 1", imports=("lib: f",)),
        caller("d.py", imports=("lib: f",)),
    )
    texts = {"a.py": "_g()\n", "b.py": "f()\n", "c.py": f"f({'x' * 300})\n", "d.py": "f\n"}
    uses = ["a.py lib.py _g", "b.py lib.py f", "c.py lib.py f", "d.py lib.py f"]
    assert file_of("lib.py", lib, *files, texts=texts, links=make_links(uses=uses)).call_sites == ()


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("ExampleRun", "Run"),
        ("ExampleRun_second", "Run"),
        ("ExampleBox_Open", "Box.Open"),
        ("ExampleBox_Open_twice", "Box.Open"),
        ("Example", ""),
        ("ExampleGone", ""),
        ("TestRun", ""),
    ],
)
def test_examples_of_go(function: str, name: str) -> None:
    """By their names, which ``go vet`` holds to those of what they show; of the same folder alone."""
    lib = make_file("p/lib.go", "function Run", "struct Box", "  method Open")
    test = make_file("p/lib_test.go", f"function {function}")
    elsewhere = make_file("q/lib_test.go", "function ExampleRun")
    found = analyze_repo(lib, test, elsewhere).files["p/lib.go"].examples
    shown = ExampleTest(name=name, path="p/lib_test.go", line=1, end_line=1, sha256="sha of p/lib_test.go")
    assert found == ((shown,) if name else ())


def test_sites_are_records() -> None:
    """With the qualified name of what is called."""
    lib = make_file("ns.h", "namespace ns", "  function f")
    user = caller("a.c", "f 1")
    found = file_of("ns.h", lib, user, texts={"a.c": "f(1);\n"}, links=make_links(uses=["a.c ns.h f"]))
    assert found.call_sites == (CallSite(name="ns.f", path="a.c", line=1, text="f(1);"),)


def test_strings_name_modules_and_what_is_in_them() -> None:
    """Found from the folders above the file that names them; an attribute has to be there."""
    named = (
        ("pkg.sub.mod", 3),
        ("pkg.sub.mod", 9),
        ("pkg.sub.mod.Thing", 4),
        ("pkg.sub.mod.missing", 5),
        ("sub.mod", 6),
        ("pkg.Thing", 7),
        ("elsewhere.mod", 8),
        ("app.views", 2),
    )
    lists = make_file("tests/test_a.py")
    lists = replace(lists, facts=replace(lists.facts, named=named))
    files = [
        lists,
        make_file("pkg/sub/mod.py", "class Thing"),
        "pkg/__init__.py",
        "tests/app/views.py",
        "app/views.py",
    ]
    found = analyze_repo(*files).files
    assert [(each.path, each.name, each.lines) for each in found["pkg/sub/mod.py"].named_in] == [
        ("tests/test_a.py", "pkg.sub.mod", (3, 9)),
        ("tests/test_a.py", "pkg.sub.mod.Thing", (4,)),
    ]
    assert [each.lines for each in found["tests/app/views.py"].named_in] == [(2,)]
    assert not found["app/views.py"].named_in
    assert not found["pkg/__init__.py"].named_in
