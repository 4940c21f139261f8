"""Which tests belong to a file, directly or through others, and what a test file tests."""

from __future__ import annotations

import pytest
from analysis_repos import analyze_repo, commands_of, file_of, make_file, make_links

from sphinx_repodoc.analyze.masks import MOST_FOLDERS


def make_test(path: str) -> object:
    return make_file(path, "function test_it")


def direct(path: str, *files: object, **rest: object) -> list[tuple[str, tuple[str, ...]]]:
    found = file_of(path, *files, **rest)  # type: ignore[arg-type]
    return [(link.path, link.reasons) for link in found.tests.direct]


def subjects(path: str, *files: object, **rest: object) -> list[str]:
    return [link.path for link in file_of(path, *files, **rest).tests.subjects]  # type: ignore[arg-type]


def test_import_and_use_are_reasons_with_their_lines() -> None:
    """The test is the subject of each clause, and lines are lines of the test."""
    links = make_links(
        "tests/test_x.py pkg/a.py 3 9", uses=["tests/test_x.py pkg/a.py f 3", "tests/test_x.py pkg/b.py g 3"]
    )
    files = [make_test("tests/test_x.py"), "pkg/a.py", "pkg/b.py"]
    assert direct("pkg/a.py", *files, links=links) == [
        ("tests/test_x.py", ("imports it (lines 3 and 9)", "uses f"))
    ]
    assert direct("pkg/b.py", *files, links=links) == [("tests/test_x.py", ("uses g (imported in line 3)",))]


def test_test_of_the_same_package_needs_no_import() -> None:
    """There is no line of an import to name."""
    links = make_links(uses=["ATest.java A.java A 1 shared", "ATest.java B.java B 3"])
    files = [make_test("ATest.java"), "A.java", "B.java"]
    assert direct("A.java", *files, links=links)[0][1][-1] == "uses A (of the same package)"
    assert direct("B.java", *files, links=links) == [("ATest.java", ("uses B (imported in line 3)",))]


def test_many_lines_and_names_are_counted_not_listed() -> None:
    """A clause stays one that can be read; what it leaves out it counts."""
    links = make_links("test_x.py a.py 1 2 3 4 5 6 7", uses=[f"test_x.py a.py {name} 1" for name in "abcdef"])
    assert direct("a.py", make_test("test_x.py"), "a.py", links=links) == [
        ("test_x.py", ("imports it (lines 1, 2, 3, 4, 5 and 2 more)", "uses a, b, c and 3 more"))
    ]


def test_strongest_test_comes_first() -> None:
    """A test that bears the name comes before those that only import, and of these the greatest users."""
    links = make_links(
        "tests/test_b.py pkg/a.py",
        "tests/test_c.py pkg/a.py",
        "tests/test_a.py pkg/a.py",
        uses=["tests/test_c.py pkg/a.py f"],
    )
    tests = [make_test(f"tests/test_{name}.py") for name in "abc"]
    found = direct("pkg/a.py", *tests, "pkg/a.py", links=links)
    assert [path for path, _ in found] == ["tests/test_a.py", "tests/test_c.py", "tests/test_b.py"]
    assert found[0][1][0] == "its name is test_ + a"


@pytest.mark.parametrize(
    ("test", "source"),
    [
        ("tests/test_parser.py", "src/pkg/parser.py"),
        ("tests/test_json_tag.py", "src/pkg/json/tag.py"),
        ("tests/test_json.py", "src/pkg/json/__init__.py"),
        ("tests/auth_tests/test_forms.py", "pkg/auth/forms.py"),
        ("tests/generic_views/test_dates.py", "pkg/views/generic/dates.py"),
        ("tests/sites_tests/tests.py", "pkg/sites/__init__.py"),
        ("web/button.test.tsx", "web/button.tsx"),
        ("web/__tests__/button.test.js", "web/button.ts"),
        ("src/test/java/a/b/FooTest.java", "src/main/java/a/b/Foo.java"),
        ("lib/trie_test.cc", "lib/trie.cc"),
        ("pkg/a_test.go", "pkg/a.go"),
        ("examples/shop/tests/test_a.py", "examples/shop/shop/a.py"),
    ],
)
def test_name_leads_to_the_file_that_is_tested(test: str, source: str) -> None:
    """The stem agrees, and the folders where there are any; no import is needed."""
    file = make_file(test, "function test_it", "method works @Test", "function TestIt")
    assert subjects(test, file, source) == [source]
    assert [path for path, _ in direct(source, file, source)] == [test]


@pytest.mark.parametrize(
    ("test", "sources"),
    [
        ("tests/test_utils.py", ["pkg/utils.py"]),
        ("tests/db/test_log.py", ["pkg/admin/log.py"]),
        ("tests/test_a.py", ["one/a.py", "two/a.py"]),
        ("tests/test_views.py", ["a/views.py", "b/c/views.py", "d/e/views.py", "f/g/views.py"]),
        ("tests/dates/tests.py", ["pkg/dates.py"]),
        ("tests/sqlite/test_functions.py", ["pkg/oracle/functions.py"]),
        ("tests/test_a.py", ["pkg/a.js"]),
        ("tests/test_a.py", ["benchmarks/a.py"]),
        ("tests/test_a.py", ["vendor/a.py"]),
        ("tests/test_a.py", ["examples/shop/a.py"]),
        ("tests/test_a.py", ["tests/a.py"]),
        ("tests/test_a.py", ["pkg/data_a.py"]),
        ("one/a_test.go", ["two/a.go"]),
    ],
)
def test_name_that_fits_too_loosely_proves_nothing(test: str, sources: list[str]) -> None:
    """Generic stems, other folders, several equal candidates, other languages, files that are no subjects."""
    file = make_file(test, "function test_it", "function TestIt")
    assert subjects(test, file, *sources) == []


def test_test_that_is_about_other_files_is_not_matched_by_its_name() -> None:
    """A test with imports from which the file of its name cannot be reached is about something else."""
    files = [make_test("tests/test_a.py"), "pkg/a.py", "pkg/other.py", "pkg/top.py"]
    links = make_links("tests/test_a.py pkg/other.py")
    assert subjects("tests/test_a.py", *files, links=links) == ["pkg/other.py"]
    links = make_links("tests/test_a.py pkg/top.py", "pkg/top.py pkg/a.py")
    assert subjects("tests/test_a.py", *files, links=links) == ["pkg/a.py", "pkg/top.py"]


def test_private_module_is_tested_by_its_name_without_the_mark() -> None:
    """The public module beside it may only pass names on; without an import either may be meant."""
    files = [make_test("pkg/tests/test_x.py"), "pkg/x.py", "pkg/_x.py"]
    links = make_links("pkg/tests/test_x.py pkg/_x.py 1")
    found = file_of("pkg/tests/test_x.py", *files, links=links).tests.subjects
    assert [(link.path, link.named) for link in found] == [("pkg/_x.py", True)]
    found = file_of("pkg/tests/test_x.py", *files).tests.subjects
    assert [(link.path, link.named) for link in found] == [("pkg/_x.py", True), ("pkg/x.py", True)]


def test_import_decides_between_files_of_one_name() -> None:
    """Where several files have the name, the one that the test imports is meant."""
    links = make_links("tests/test_a.py two/a.py 4")
    files = [make_test("tests/test_a.py"), "one/a.py", "two/a.py"]
    assert direct("two/a.py", *files, links=links) == [
        ("tests/test_a.py", ("its name is test_ + a", "imports it (line 4)"))
    ]
    assert direct("one/a.py", *files, links=links) == []


def test_generic_stem_counts_when_the_folders_agree() -> None:
    """``utils`` needs a folder in common."""
    files = [make_test("tests/auth_tests/test_utils.py"), "pkg/auth/utils.py", "pkg/forms/utils.py"]
    assert subjects("tests/auth_tests/test_utils.py", *files) == ["pkg/auth/utils.py"]


def test_support_is_neither_test_nor_subject() -> None:
    """A helper among tests is reached by them, but no test is said to test it."""
    links = make_links("tests/test_a.py tests/helper.py 2", "tests/test_a.py tests/test_b.py 3")
    files = [make_test("tests/test_a.py"), make_test("tests/test_b.py"), "tests/helper.py"]
    assert subjects("tests/test_a.py", *files, links=links) == []
    assert direct("tests/helper.py", *files, links=links) == [("tests/test_a.py", ("imports it (line 2)",))]
    assert direct("tests/test_b.py", *files, links=links) == []


def test_tests_through_other_files_are_counted_by_folder() -> None:
    """Direct tests are not counted again."""
    links = make_links(
        "tests/a/test_x.py pkg/top.py", "tests/b/test_y.py pkg/top.py", "pkg/top.py pkg/low.py",
        "tests/b/test_z.py pkg/low.py",
    )  # fmt: skip
    tests = [make_test(path) for path in ("tests/a/test_x.py", "tests/b/test_y.py", "tests/b/test_z.py")]
    found = file_of("pkg/low.py", *tests, "pkg/top.py", "pkg/low.py", links=links)
    assert [link.path for link in found.tests.direct] == ["tests/b/test_z.py"]
    assert found.tests.indirect == (("tests/a", 1), ("tests/b", 1))


def test_too_many_folders_are_added_up_and_none_is_lost() -> None:
    """Above the limit the folders above stand for all below them; the sum stays exact."""
    folders = [f"tests/f{number:02}" for number in range(MOST_FOLDERS + 1)]
    tests = [make_test(f"{folder}/test_x.py") for folder in folders]
    edges = [f"{folder}/test_x.py pkg/top.py" for folder in folders]
    links = make_links(*edges, "pkg/top.py pkg/low.py")
    found = file_of("pkg/low.py", *tests, "pkg/top.py", "pkg/low.py", links=links)
    assert found.tests.indirect == (("tests", len(folders)),)


def test_rust_file_with_tests_in_it_is_run_by_itself() -> None:
    """Its own tests are no other file's."""
    file = make_file("src/a.rs", "function f", "function works @test")
    found = file_of("src/a.rs", file, texts={"Cargo.toml": '[package]\nname = "x"\n'})
    assert (found.tests.direct, commands_of(found)) == ((), ["cargo test"])


def test_reasons_are_the_same_both_ways_round() -> None:
    """What a test is to a file, the file is to the test."""
    links = make_links("tests/test_a.py pkg/a.py 2", uses=["tests/test_a.py pkg/a.py f 2"])
    found = analyze_repo(make_test("tests/test_a.py"), "pkg/a.py", links=links).files
    assert found["pkg/a.py"].tests.direct[0].reasons == found["tests/test_a.py"].tests.subjects[0].reasons


@pytest.mark.parametrize(
    ("helper", "users", "is_told"),
    [
        ("pkg/test/cases.py", 8, False),
        ("pkg/test/cases.py", 3, True),
        ("pkg/cases.py", 8, True),
        ("pkg/_testutils.py", 8, False),
    ],
)
def test_what_tests_are_made_of_is_not_what_they_are_about(helper: str, users: int, is_told: bool) -> None:
    """What many tests take from the package's own helpers for tests says nothing of one of them."""
    names = [f"tests/test_{letter}.py" for letter in "abcdefgh"]
    edges = [f"{name} {helper}" for name in names[:users]] + [
        "tests/test_a.py pkg/a.py",
        "tests/test_a.py pkg/b.py",
    ]
    files = [make_test(name) for name in names]
    found = subjects(names[0], *files, helper, "pkg/a.py", "pkg/b.py", links=make_links(*edges))
    assert found == ["pkg/a.py", "pkg/b.py", *[helper] * is_told]
    assert len(direct(helper, *files, helper, "pkg/a.py", "pkg/b.py", links=make_links(*edges))) == users
