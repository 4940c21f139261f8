"""What a file is for, and the near misses that it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_repos import analyze_repo, file_of, make_file, roles_of

from sphinx_repodoc.analyze.model import Evidence
from sphinx_repodoc.analyze.role_tables import NAMED_FILES
from sphinx_repodoc.analyze.roles import ALL_ROLES
from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.problems import Problem, ProblemKind

TEST_FILE = make_file("tests/test_it.py", "function test_it")
"""Makes ``tests`` a folder of tests."""


@pytest.mark.parametrize(
    ("path", "symbols", "evidence"),
    [
        (
            "tests/test_a.py",
            ["function test_x", "function test_y"],
            "its name matches test_*.py and it defines 2 tests",
        ),
        ("a_test.py", ["function test_x"], "its name matches *_test.py and it defines 1 test"),
        ("app/tests.py", ["class A", "  method test_x"], "its name is tests.py and it defines 1 test"),
        (
            "test_a.py",
            ["class FieldTests(Base,TestCase)"],
            "its name matches test_*.py and it defines the class FieldTests",
        ),
        (
            "a_test.go",
            ["function TestA", "function helper"],
            "its name matches *_test.go and it defines 1 test",
        ),
        (
            "src/ATest.java",
            ["class ATest", "  method works @Test"],
            "its name matches *Test.java and it defines 1 test",
        ),
        ("a.test.ts", [], "its name matches *.test.ts"),
        ("test/args-test.cc", [], "its name matches *-test.cc"),
        ("test/a_test.cc", [], "its name matches *_test.cc"),
        ("tests/all.rs", ["function works @test"], "it lies below tests/ and defines 1 test"),
    ],
)
def test_test_file_has_its_name_and_its_tests_as_evidence(
    path: str, symbols: list[str], evidence: str
) -> None:
    """The convention that the name follows is named, and tests are counted where they are symbols."""
    assert roles_of(file_of(path, make_file(path, *symbols)))["test"] == evidence


@pytest.mark.parametrize(
    ("path", "symbols"),
    [
        ("pkg/testing.py", ["function test_x"]),
        ("pkg/test_data.py", ["function make"]),
        ("pkg/contest.py", ["function test_x"]),
        ("pkg/latest_results.py", ["function latest"]),
        ("pkg/test/client.py", ["class Client", "  method testify"]),
        ("test_base.py", ["class TestBase(TestCase)"]),
        ("test_mixin.py", ["class StorageTestsMixin(TestCase)"]),
        ("test_case.py", ["class MyTestCase(TestCase)"]),
        ("tests_of.py", ["class TestMap"]),
        ("test_client.py", ["function test_client @pytest.fixture"]),
        ("test_local.py", ["function outer", "  function test_inner"]),
        ("Testament.java", ["class Testament"]),
        ("src/a.rs", ["function works @test"]),
        ("tests/common.rs", ["function set_up @cfg(test)"]),
    ],
)
def test_near_miss_is_no_test_file(path: str, symbols: list[str]) -> None:
    """A part of a word, a name without tests, a base class, a fixture or a nested function make no test file."""
    assert "test" not in roles_of(file_of(path, make_file(path, *symbols)))


def test_unparsed_test_file_says_that_its_tests_were_not_counted() -> None:
    """A file whose name says test and that could not be parsed is a test by its name alone."""
    problem = Problem(kind=ProblemKind.TOO_LARGE, message="It is too large.")
    found = file_of("test_a.py", make_file("test_a.py", kind=EntryKind.LARGE, problems=(problem,)))
    assert roles_of(found)["test"] == "its name matches test_*.py; its tests could not be counted"


def test_file_among_tests_supports_them() -> None:
    """What lies below a folder of tests and is none supports them; the number of tests is given."""
    found = file_of("tests/data/a.json", TEST_FILE, "tests/data/a.json")
    assert roles_of(found) == {"test support": "it lies below tests/, where 1 file is a test"}


def test_folder_named_test_without_tests_is_not_for_tests() -> None:
    """A package named test that offers test tools is no folder of tests."""
    found = file_of("pkg/test/client.py", make_file("pkg/test/client.py", "class Client"), TEST_FILE)
    assert roles_of(found) == {}


def test_conftest_supports_tests_wherever_it_lies() -> None:
    """Its name is enough: pytest loads it."""
    assert roles_of(file_of("conftest.py", "conftest.py")) == {
        "test support": "its name is conftest.py, which pytest loads"
    }
    found = file_of("tests/conftest.py", "tests/conftest.py", TEST_FILE)
    assert roles_of(found) == {"test support": "its name is conftest.py, which pytest loads for 1 test file"}


@pytest.mark.parametrize(
    ("path", "role", "evidence"),
    [
        ("examples/a/run.py", "example", "it lies below examples/"),
        ("example/run.py", "example", "it lies below example/"),
        ("pkg/examples/run.py", "example", "it lies below pkg/examples/"),
        ("benchmarks/speed.py", "benchmark", "it lies below benchmarks/"),
        ("pkg/bench_io.py", "benchmark", "its name matches bench_*.py"),
        ("third_party/zlib/zlib.c", "vendored", "it lies below third_party/"),
        ("web/node_modules/x/i.js", "vendored", "it lies below web/node_modules/"),
        ("pkg/a.pyi", "type stub", "its name ends in .pyi"),
        ("types/a.d.ts", "type stub", "its name ends in .d.ts"),
        ("LICENSE", "licence", "its name is LICENSE"),
        ("LICENSE-MIT", "licence", "its name is LICENSE-MIT"),
        ("LICENSES/MIT.txt", "licence", "its path matches LICENSES/*, where REUSE keeps licence texts"),
        ("README.md", "documentation", "its name is README.md"),
        ("guide.md", "documentation", "it is written in Markdown"),
        ("docs/logo.png", "documentation", "it lies below docs/ and is not code"),
        ("docs/a.rst", "documentation", "it lies below docs/ and is written in reStructuredText"),
        ("tox.ini", "configuration", "its name is tox.ini, which tox reads"),
        (
            "sub/tsconfig.build.json",
            "configuration",
            "its name matches tsconfig.*.json, which the TypeScript compiler reads",
        ),
        ("CMakeLists.txt", "build", "its name is CMakeLists.txt, which CMake reads"),
        ("cmake/FindX.cmake", "build", "its name matches *.cmake, which CMake reads"),
        (
            ".github/workflows/ci.yml",
            "CI",
            "its path matches .github/workflows/*.yml, which GitHub Actions runs",
        ),
        (".circleci/config.yml", "CI", "it is .circleci/config.yml, which CircleCI runs"),
        ("uv.lock", "generated", "its name is uv.lock, which uv writes"),
        ("static/a.min.js", "generated", "its name matches *.min.js, the custom for minified scripts"),
        ("x.egg-info/SOURCES.txt", "generated", "it lies in x.egg-info/, which Python build tools write"),
        ("locale/de/a.po", "translation", "its name ends in .po, as gettext catalogues do"),
        ("app/templates/a.html", "template", "it lies below app/templates/"),
        ("data/a.csv", "data", "its name ends in .csv (comma-separated values)"),
        ("pkg/__main__.py", "entry point", "its name is __main__.py: python -m pkg runs it"),
        ("crate/mod.rs", "package", "its name is mod.rs: it stands for the module crate"),
    ],
)
def test_name_or_folder_gives_the_role(path: str, role: str, evidence: str) -> None:
    """Names that tools and customs give a meaning to, and whole components of the path."""
    assert roles_of(file_of(path, path))[role] == evidence


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("pkg/example/record.proto", "example"),
        ("pkg/counterexamples/a.py", "example"),
        ("tests/examples/a.py", "example"),
        ("pkg/utils/benchmark/timer.py", "benchmark"),
        ("pkg/workbench_view.py", "benchmark"),
        ("pkg/vendor.py", "vendored"),
        ("pkg/vendors/models.py", "vendored"),
        ("pkg/documentation.py", "documentation"),
        ("docs/_ext/tables.py", "documentation"),
        ("history.py", "documentation"),
        ("HISTORY.py", "documentation"),
        (".github/notes.md", "documentation"),
        ("license.py", "licence"),
        ("NOTICE.js", "licence"),
        ("pkg/ci.yml", "CI"),
        ("deep/.github/workflows/ci.yml", "CI"),
        (".github/workflows/sub/ci.yml", "CI"),
        ("pkg/makefile.py", "build"),
        ("pkg/templates/tags.py", "template"),
        ("pkg/main.py", "entry point"),
        ("docs/ref/constraints.txt", "build"),
        ("conf.py", "configuration"),
        ("package.json", "data"),
    ],
)
def test_near_miss_has_no_such_role(path: str, role: str) -> None:
    """A part of a word, another kind of file, or the right name in the wrong place prove nothing."""
    assert role not in roles_of(file_of(path, path, TEST_FILE))


CRATE = '[package]\nname = "x"\n'


def test_cargo_finds_tests_by_their_place_and_by_its_manifest() -> None:
    """Whatever is directly in ``tests/`` is built as a test, and so is what a table names."""
    declared = f'{CRATE}\n[[test]]\nname = "all"\npath = "checks/all.rs"\n'
    files = ["tests/it.rs", "tests/deep/main.rs", "tests/deep/help.rs", "checks/all.rs", "checks/other.rs"]
    found = analyze_repo(*files, texts={"Cargo.toml": declared}).files
    place = "it lies directly in tests/, where Cargo finds the tests of this crate"
    assert {path: roles_of(found[path]).get("test") for path in files} == {
        "tests/it.rs": place,
        "tests/deep/main.rs": place,
        "tests/deep/help.rs": None,
        "checks/all.rs": "Cargo.toml declares it as the test all",
        "checks/other.rs": None,
    }
    assert found["checks/all.rs"].roles[0].evidence.line == 5


def mocha_tests(script: str) -> list[str]:
    files = ["test/a.js", "test/a.json", "test/support/b.js", "checks/c.js", "test.js"]
    found = analyze_repo(*files, texts={"package.json": f'{{"scripts": {{"test": "{script}"}}}}'}).files
    return [path for path in files if "test" in roles_of(found[path])]


def test_mocha_runs_the_folders_that_its_command_names() -> None:
    """Those directly in them, all below with ``--recursive``, and ``test`` when it is told nothing."""
    assert mocha_tests("mocha") == ["test/a.js"]
    assert mocha_tests("mocha --require x ./checks/") == ["checks/c.js"]
    assert mocha_tests("nyc mocha --recursive test") == ["test/a.js", "test/support/b.js"]


def test_other_commands_say_nothing_about_folders() -> None:
    """A command without Mocha, one that names files only, or one that no shell would run."""
    assert mocha_tests("node test/a.js") == []
    assert mocha_tests("mocha test.js") == []
    assert mocha_tests("mocha 'test") == []


def test_crate_may_turn_the_search_for_tests_off() -> None:
    """Then the place proves nothing; neither does it without a package."""
    off = f"{CRATE}autotests = false\n"
    assert "test" not in roles_of(file_of("tests/it.rs", "tests/it.rs", texts={"Cargo.toml": off}))
    assert "test" not in roles_of(
        file_of("tests/it.rs", "tests/it.rs", texts={"Cargo.toml": "[workspace]\n"})
    )


def test_build_script_of_a_crate_lies_beside_its_manifest() -> None:
    """Elsewhere the name means nothing."""
    found = analyze_repo("build.rs", "src/build.rs", texts={"Cargo.toml": CRATE}).files
    assert roles_of(found["build.rs"]) == {
        "build": "its name is build.rs, which Cargo runs before it builds this crate"
    }
    assert roles_of(found["src/build.rs"]) == {}


def test_examples_with_tests_of_their_own_are_examples() -> None:
    """A folder of tests inside an example does not hide that it is one."""
    test = make_file("examples/shop/tests/test_a.py", "function test_a")
    assert set(roles_of(file_of(test.entry.path, test))) == {"test", "example"}


def test_sphinx_configuration_lies_beside_its_index() -> None:
    """``conf.py`` is Sphinx's only where there is something to build."""
    found = file_of("doc/conf.py", "doc/conf.py", "doc/index.rst")
    assert roles_of(found) == {
        "configuration": "its name is conf.py and it lies beside index.rst, as Sphinx wants it"
    }


def test_line_of_the_file_is_evidence() -> None:
    """Shebang, main guard and generator's mark are shown with their lines."""
    file = make_file("run", shebang="/bin/sh", main=9, generated="Code generated by x. DO NOT EDIT.")
    found = {role.name: (role.evidence.text, role.evidence.line) for role in file_of("run", file).roles}
    assert found == {
        "entry point": ('line 9 is if __name__ == "__main__":', 9),
        "script": ("it starts with #!/bin/sh", 1),
        "generated": ("line 2 says: Code generated by x. DO NOT EDIT.", 2),
    }


def test_manifest_makes_an_entry_point_with_its_line() -> None:
    """The module that a script names is found below ``src``, and the line of the manifest proves it."""
    pyproject = '[project]\nname = "x"\n\n[project.scripts]\nx = "x.cli:main"\n'
    found = file_of("src/x/cli.py", "src/x/cli.py", "other/x/cli.py", texts={"pyproject.toml": pyproject})
    (role,) = found.roles
    assert role.name == "entry point"
    assert role.evidence.text == "pyproject.toml declares it as the command x, which calls main in it"
    assert (role.evidence.path, role.evidence.line) == ("pyproject.toml", 5)


def test_several_commands_of_one_file_are_one_role() -> None:
    """All commands that a manifest has for a file are named together."""
    pyproject = '[project.scripts]\nb = "x:b"\na = "x:a"\n'
    found = file_of("x.py", "x.py", texts={"pyproject.toml": pyproject})
    assert roles_of(found) == {"entry point": "pyproject.toml declares it as the commands a and b"}


def test_main_file_of_a_package_without_a_name() -> None:
    """The sentence stays one."""
    found = file_of("lib/x.js", "lib/x.js", texts={"package.json": '{"main": "lib/x.js"}'})
    assert roles_of(found) == {"entry point": "package.json declares it as the main file of its package"}


def test_entry_point_of_a_module_that_is_not_here_says_nothing() -> None:
    """A manifest that names what does not exist proves nothing about another file."""
    pyproject = '[project.scripts]\nx = "elsewhere.cli:main"\n'
    assert roles_of(file_of("cli.py", "cli.py", texts={"pyproject.toml": pyproject})) == {}


def test_package_is_named_by_the_chain_of_initialisers() -> None:
    """The dotted name ends where a folder has no ``__init__.py``."""
    found = file_of("src/a/b/__init__.py", "src/a/b/__init__.py", "src/a/__init__.py")
    assert roles_of(found)["package"] == "its name is __init__.py: it stands for the package a.b"


def test_submodule_is_vendored_with_its_commit() -> None:
    """A nested repository comes from elsewhere, and git says which commit."""
    found = file_of("zlib", make_file("zlib", kind=EntryKind.SUBMODULE, target="abc123"))
    assert roles_of(found) == {"vendored": "it is a Git submodule at commit abc123"}


def test_migration_needs_the_class() -> None:
    """The folder alone is not enough: tools lie there too."""
    names = roles_of(
        file_of("app/migrations/0001_a.py", make_file("app/migrations/0001_a.py", "class Migration"))
    )
    assert names == {"migration": "it lies in migrations/ and defines the class Migration in line 1"}
    assert (
        roles_of(file_of("app/migrations/tool.py", make_file("app/migrations/tool.py", "class Tool"))) == {}
    )


def test_binary_without_any_other_role_is_data() -> None:
    """Content that is not text is said to be that, unless something better is known."""
    assert roles_of(file_of("a.bin", make_file("a.bin", kind=EntryKind.BINARY))) == {
        "data": "its content is not text"
    }


def test_ordinary_module_has_no_role() -> None:
    """Nothing is said where nothing is known."""
    assert roles_of(file_of("pkg/a.py", make_file("pkg/a.py", "function f"))) == {}


def test_every_role_is_declared_once_and_explained() -> None:
    """The table is what the documentation shows."""
    names = [rule.name for rule in ALL_ROLES]
    assert len(names) == len(set(names))
    assert all(rule.about.endswith(".") for rule in ALL_ROLES)


def test_named_files_have_known_roles_and_no_duplicates() -> None:
    """A row of the table for a role that does not exist would never be found."""
    assert {row.role for row in NAMED_FILES} <= {rule.name for rule in ALL_ROLES}
    pairs = [(row.role, row.pattern) for row in NAMED_FILES]
    assert len(pairs) == len(set(pairs))


def test_roles_do_not_depend_on_the_order_of_files() -> None:
    """The same files in another order give the same analysis."""
    files = [TEST_FILE, make_file("tests/a.json"), make_file("src/b.py"), make_file("README.md")]
    assert analyze_repo(*files) == analyze_repo(*reversed(files))


def test_attributes_stand_above_names_and_folders() -> None:
    """What the repository says of a file gives it a role, or takes one; the line is the evidence."""
    text = "*.pb.go linguist-generated\nvendor/** -linguist-vendored\ntables/* linguist-documentation\n"
    files = ("a.pb.go", "vendor/ours.c", "tables/t.csv", "lib.c")
    found = analyze_repo(*files, texts={".gitattributes": text}).files
    (role,) = found["a.pb.go"].roles
    assert (role.name, role.evidence) == (
        "generated",
        Evidence(text=".gitattributes says linguist-generated of *.pb.go", path=".gitattributes", line=1),
    )
    assert found["vendor/ours.c"].roles == ()
    assert [role.name for role in found["tables/t.csv"].roles] == ["documentation"]
    assert found["lib.c"].roles == ()
    assert [role.name for role in analyze_repo("vendor/ours.c").files["vendor/ours.c"].roles] == ["vendored"]


@pytest.mark.parametrize(
    ("size", "lines", "found"), [(90_000, 2, True), (9_000, 100, False), (900, 1, False)]
)
def test_minified_files_are_told_by_their_lines(size: int, lines: int, found: bool) -> None:
    """No person writes lines of hundreds of bytes, one beside the other."""
    file = make_file("static/bundle.js", lines=lines)
    file = replace(file, entry=replace(file.entry, size=size))
    roles = roles_of(file_of("static/bundle.js", file))
    assert ("generated" in roles) is found
    assert (
        not found
        or roles["generated"] == "its lines have 45,000 bytes on average, as those of minified files do"
    )
