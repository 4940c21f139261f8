"""The commands that run tests, each with the line that proves it."""

from __future__ import annotations

import pytest
from analysis_repos import commands_of, file_of, folder_of, make_file, make_links

PYTEST = "[tool.pytest.ini_options]\n"
TEST = make_file("tests/test_a.py", "function test_a")


def test_pytest_configuration_is_the_proof() -> None:
    """The line of the section is the evidence."""
    found = file_of("tests/test_a.py", TEST, texts={"pyproject.toml": f"[project]\n\n{PYTEST}"})
    (command,) = found.tests.commands
    assert command.text == "python -m pytest tests/test_a.py"
    assert command.evidence.text == "pyproject.toml configures pytest"
    assert (command.evidence.path, command.evidence.line) == ("pyproject.toml", 3)


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        ({"pytest.ini": "[pytest]\n"}, "pytest.ini configures pytest"),
        ({"setup.cfg": "[tool:pytest]\n"}, "setup.cfg configures pytest"),
        ({"conftest.py": ""}, "it has a conftest.py, which pytest loads"),
        ({"tox.ini": "[testenv]\ncommands = pytest {posargs}\n"}, "tox.ini runs pytest {posargs}"),
        ({"noxfile.py": "", "tests/conftest.py": ""}, "it has a conftest.py, which pytest loads"),
    ],
)
def test_pytest_is_known_by_any_of_its_marks(texts: dict[str, str], line: str) -> None:
    """Each way of using pytest leads to the same command."""
    (command,) = file_of("tests/test_a.py", TEST, texts=texts).tests.commands
    assert (command.text, command.evidence.text) == ("python -m pytest tests/test_a.py", line)


def test_import_in_the_test_itself_is_a_proof() -> None:
    """Without any configuration, the test says what it needs."""
    test = make_file("tests/test_a.py", "function test_a", imports=["os", "pytest"])
    (command,) = file_of("tests/test_a.py", test).tests.commands
    assert command.text == "python -m pytest tests/test_a.py"
    assert (command.evidence.text, command.evidence.line) == ("test_a.py imports pytest", 2)


def test_without_proof_there_is_no_command() -> None:
    """A test file alone does not say what runs it."""
    assert commands_of(file_of("tests/test_a.py", TEST)) == []
    assert commands_of(file_of("pkg/pytest_plugin.py", "pkg/pytest_plugin.py", texts={"a.ini": PYTEST})) == []


def test_nearest_configuration_counts_and_is_entered() -> None:
    """A project inside the repository runs its tests itself."""
    test = make_file("sub/tests/test_a.py", "function test_a")
    found = file_of(
        "sub/tests/test_a.py", test, texts={"pyproject.toml": PYTEST, "sub/pytest.ini": "[pytest]\n"}
    )
    assert commands_of(found) == ["cd sub && python -m pytest tests/test_a.py"]


def test_words_of_the_shell_are_quoted() -> None:
    """A path is one argument, whatever it holds, and never an option."""
    test = make_file("a b/test_$x.py", "function test_a")
    assert commands_of(file_of("a b/test_$x.py", test, texts={"pytest.ini": "[pytest]\n"})) == [
        "python -m pytest 'a b/test_$x.py'"
    ]
    test = make_file("-p/test_a.py", "function test_a")
    assert commands_of(file_of("-p/test_a.py", test, texts={"pytest.ini": "[pytest]\n"})) == [
        "python -m pytest ./-p/test_a.py"
    ]


TOX = "[tox]\nenvlist = py3, lint\n\n[testenv]\nchangedir = tests\ncommands =\n    {envpython} run.py {posargs}\n"
LINT = "[testenv:lint]\ncommands = lint-tests\n"


def test_tox_command_is_run_as_written_where_tox_changes_to() -> None:
    """Django's way: a script of its own in another folder. Environments for other ends say nothing."""
    tox = TOX.replace("run.py", "runtests.py") + LINT
    (command,) = file_of(
        "tests/a/test_a.py", make_file("tests/a/test_a.py", "function test_a"), texts={"tox.ini": tox}
    ).tests.commands
    assert command.text == "cd tests && python runtests.py"
    assert command.evidence.text == "tox.ini runs {envpython} runtests.py {posargs} in tests/"
    assert command.evidence.line == 7


def test_script_that_knows_test_labels_takes_the_dotted_name() -> None:
    """A script that speaks of ``test_labels`` is given the name of the module, or the package of a folder."""
    script = make_file("tests/runtests.py", words=["test_labels"])
    test = make_file("tests/a/test_a.py", "function test_a")
    texts = {"tox.ini": TOX.replace("run.py", "runtests.py")}
    assert commands_of(file_of("tests/a/test_a.py", test, script, texts=texts)) == [
        "cd tests && python runtests.py a.test_a"
    ]
    assert commands_of(folder_of("tests/a", test, script, texts=texts)) == [
        "cd tests && python runtests.py a"
    ]
    assert commands_of(folder_of("", test, script, texts=texts)) == ["cd tests && python runtests.py"]


@pytest.mark.parametrize(
    "commands",
    ["python run_tests.py {env:WHERE}", "python run_tests.py \\\n    --all"],
)
def test_tox_command_that_only_tox_can_run_is_left_to_tox(commands: str) -> None:
    """A substitution or a continued line has no plain form."""
    tox = f"[testenv]\ncommands =\n    {commands}\n"
    assert commands_of(file_of("tests/test_a.py", TEST, texts={"tox.ini": tox})) == ["tox"]


def test_tox_that_only_lints_is_no_proof() -> None:
    """An environment whose name is no test environment is not taken."""
    assert commands_of(file_of("tests/test_a.py", TEST, texts={"tox.ini": LINT})) == []


def test_unittest_is_run_by_dotted_name() -> None:
    """The import is the proof; a name that is no module is given as a path."""
    test = make_file("tests/test_a.py", "function test_a", imports=["unittest"])
    assert commands_of(file_of("tests/test_a.py", test)) == ["python -m unittest tests.test_a"]
    assert commands_of(folder_of("tests", test)) == ["python -m unittest discover -s tests -t ."]
    test = make_file("my-tests/test_a.py", "function test_a", imports=["unittest"])
    assert commands_of(file_of("my-tests/test_a.py", test)) == ["python -m unittest my-tests/test_a.py"]


def test_django_project_is_run_by_its_manage_script() -> None:
    """``manage.py`` above the test, with the import that makes it Django's."""
    manage = make_file("site/manage.py", imports=["os", "django.core.management: execute_from_command_line"])
    test = make_file("site/shop/tests.py", "class A", "  method test_a", imports=["django.test: TestCase"])
    (command,) = file_of("site/shop/tests.py", test, manage).tests.commands
    assert command.text == "cd site && python manage.py test shop.tests"
    assert (command.evidence.path, command.evidence.line) == ("site/manage.py", 2)


@pytest.mark.parametrize(
    ("path", "texts", "command"),
    [
        ("tests/it.rs", {"Cargo.toml": '[package]\nname = "x"\n'}, "cargo test --test it"),
        ("sub/tests/it.rs", {"sub/Cargo.toml": '[package]\nname = "x"\n'}, "cd sub && cargo test --test it"),
        ("tests/deep/it.rs", {"Cargo.toml": '[package]\nname = "x"\n'}, "cargo test"),
        ("pkg/a_test.go", {"go.mod": "module x\n"}, "go test ./pkg"),
        ("a_test.go", {"go.mod": "module x\n"}, "go test ."),
        ("web/a.test.js", {"package.json": '{"scripts": {"test": "grunt test"}}'}, "npm test"),
        ("web/a.test.js", {"package.json": '{"scripts": {"test": "jest"}}'}, "npm test -- web/a.test.js"),
        ("a/b_test.cc", {"CMakeLists.txt": "project(x)\nenable_testing()\n"}, "ctest"),
        ("a/b_test.cc", {"Makefile": "all:\n\ncheck: all\n"}, "make check"),
        ("src/test/java/ATest.java", {"pom.xml": "<project/>"}, "mvn test -Dtest=ATest"),
        ("src/test/java/ATest.java", {"gradlew": ""}, "./gradlew test --tests ATest"),
    ],
)
def test_other_languages_are_run_by_their_own_tools(path: str, texts: dict[str, str], command: str) -> None:
    """One file of tests where the tool can name it, else all of them."""
    file = make_file(path, "function TestA", "function works @test", "method works @Test")
    assert commands_of(file_of(path, file, texts=texts)) == [command]


def test_cargo_is_given_the_name_that_the_manifest_has_for_a_test() -> None:
    """Files without a name of their own are run with all others, and so are tests inside the sources."""
    manifest = '[package]\nname = "x"\nautotests = false\n[[test]]\nname = "all"\npath = "tests/tests.rs"\n'
    part = make_file("tests/part.rs", "function works @test")
    source = make_file("src/a.rs", "function works @test")
    found = {
        path: commands_of(file_of(path, "tests/tests.rs", part, source, texts={"Cargo.toml": manifest}))
        for path in ("tests/tests.rs", "tests/part.rs", "src/a.rs")
    }
    assert found == {
        "tests/tests.rs": ["cargo test --test all"],
        "tests/part.rs": ["cargo test"],
        "src/a.rs": ["cargo test"],
    }
    assert commands_of(folder_of("src", source, texts={"Cargo.toml": manifest})) == ["cargo test"]


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("web/a.test.js", {"package.json": '{"scripts": {"test": "echo no test specified && exit 1"}}'}),
        ("web/a.test.js", {"sub/package.json": '{"scripts": {"test": "jest"}}'}),
        ("a/b_test.cc", {"CMakeLists.txt": "project(x)\n"}),
        ("a/b_test.cc", {"Makefile": "testing:\n"}),
        ("pkg/a_test.go", {"Cargo.toml": '[package]\nname = "x"\n'}),
    ],
)
def test_manifest_that_does_not_run_these_tests_is_no_proof(path: str, texts: dict[str, str]) -> None:
    """No script, another folder, no testing turned on, another language."""
    assert commands_of(file_of(path, make_file(path, "function TestA"), texts=texts)) == []


def test_source_file_is_tested_by_its_direct_tests_in_one_command() -> None:
    """The strongest first."""
    tests = [make_file(f"tests/test_{name}.py", "function test_it") for name in "ab"]
    links = make_links("tests/test_a.py pkg/b.py", "tests/test_b.py pkg/b.py")
    found = file_of("pkg/b.py", *tests, "pkg/b.py", links=links, texts={"pytest.ini": "[pytest]\n"})
    assert commands_of(found) == ["python -m pytest tests/test_b.py tests/test_a.py"]


def test_too_many_tests_are_run_by_their_folders_after_the_one_of_the_name() -> None:
    """A command of fifty names helps nobody; the test that bears the name is worth one of its own."""
    tests = [make_file(f"tests/{part}/test_m{n}.py", "function test_it") for n in range(9) for part in "xy"]
    named = make_file("tests/test_core_api.py", "function test_it")
    links = make_links(*(f"{test.entry.path} pkg/core_api.py" for test in [*tests, named]))
    found = file_of(
        "pkg/core_api.py", *tests, named, "pkg/core_api.py", links=links, texts={"pytest.ini": "[pytest]\n"}
    )
    assert commands_of(found) == [
        "python -m pytest tests/test_core_api.py",
        "python -m pytest tests tests/x tests/y",
    ]


def test_folder_runs_the_tests_below_it() -> None:
    """The root runs everything, a folder of tests itself, a folder of sources its direct tests."""
    texts = {"pyproject.toml": PYTEST}
    links = make_links("tests/test_a.py pkg/m.py")
    assert commands_of(folder_of("", TEST, "pkg/m.py", links=links, texts=texts)) == ["python -m pytest"]
    assert commands_of(folder_of("tests", TEST, texts=texts)) == ["python -m pytest tests"]
    assert commands_of(folder_of("pkg", TEST, "pkg/m.py", links=links, texts=texts)) == [
        "python -m pytest tests/test_a.py"
    ]
    assert commands_of(folder_of("docs", TEST, "docs/a.md", texts=texts)) == []


def test_command_of_most_tests_comes_first() -> None:
    """Also where it belongs to a project further down."""
    tests = [make_file(f"sub/test_{n}.py", "function test_it") for n in range(3)]
    texts = {"pytest.ini": "[pytest]\n", "sub/pytest.ini": "[pytest]\n"}
    assert commands_of(folder_of("", TEST, *tests, texts=texts)) == [
        "cd sub && python -m pytest",
        "python -m pytest",
    ]


def test_tests_of_examples_are_run_for_the_example_only() -> None:
    """An example imports what it shows; its tests are about itself."""
    files = [
        "src/pkg/a.py", make_file("tests/test_x.py", "function test_x"), "examples/shop/app.py",
        make_file("examples/shop/tests/test_app.py", "function test_app"),
    ]  # fmt: skip
    links = make_links(
        "tests/test_x.py src/pkg/a.py", "examples/shop/tests/test_app.py src/pkg/a.py",
        "examples/shop/tests/test_app.py examples/shop/app.py",
    )  # fmt: skip
    rest = {"links": links, "texts": {"pytest.ini": "[pytest]\n"}}
    assert commands_of(folder_of("src/pkg", *files, **rest)) == ["python -m pytest tests/test_x.py"]
    assert commands_of(file_of("src/pkg/a.py", *files, **rest)) == ["python -m pytest tests/test_x.py"]
    assert commands_of(file_of("examples/shop/app.py", *files, **rest)) == [
        "python -m pytest examples/shop/tests/test_app.py"
    ]


def test_nearest_tests_are_run_first() -> None:
    """Those of another project come after those of the own one, however many they are."""
    tests = [
        make_file(f"{name}.py", "function test_x") for name in ("one/test_a", "two/test_b", "two/test_c")
    ]
    links = make_links(*(f"{test.entry.path} one/src/a.py" for test in tests))
    texts = {"one/pytest.ini": "[pytest]\n", "two/pytest.ini": "[pytest]\n"}
    assert commands_of(folder_of("one/src", *tests, "one/src/a.py", links=links, texts=texts)) == [
        "cd one && python -m pytest test_a.py",
        "cd two && python -m pytest test_b.py test_c.py",
    ]


COMPILING = {
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "maturin"\n',
    "setup.py": "from setuptools import setup\nmodules = [1]\nsetup(\n    name='a',\n    ext_modules=modules,\n)\n",
}


@pytest.mark.parametrize(
    ("texts", "evidence"),
    [
        ({"pyproject.toml": COMPILING["pyproject.toml"]}, ("pyproject.toml builds with maturin", 3)),
        ({"pyproject.toml": '[build-system]\nbuild-backend = "hatchling.build"\n'}, None),
        (
            {"pyproject.toml": "[[tool.setuptools.ext-modules]]\nname = 'a'\n"},
            ("pyproject.toml builds with setuptools", 1),
        ),
        ({"setup.py": COMPILING["setup.py"]}, ("setup.py has ext_modules", 2)),
        ({"setup.py": "from setuptools import setup\nsetup(ext_modules=[])\n"}, None),
        (
            {"setup.py": "from setuptools import setup\nsetup(ext_modules=find())\n"},
            ("setup.py has ext_modules", 2),
        ),
        ({"other/pyproject.toml": COMPILING["pyproject.toml"]}, None),
    ],
)
def test_modules_that_have_to_be_built_first_are_told(
    texts: dict[str, str], evidence: tuple[str, int] | None
) -> None:
    """The line of the manifest that compiles modules stands beside the command."""
    links = make_links("tests/test_a.py pkg/a.py")
    found = file_of("tests/test_a.py", TEST, "pkg/a.py", links=links, texts={**texts, "conftest.py": ""})
    (command,) = found.tests.commands
    told = command.compiled
    assert (told and (told.text, told.line)) == evidence


def test_meson_may_build_nothing() -> None:
    """Its backend alone compiles no module: a build file has to."""
    texts = {"pyproject.toml": '[build-system]\nbuild-backend = "mesonpy"\n', "conftest.py": ""}
    links = make_links("tests/test_a.py pkg/a.py")
    for build, is_told in (("pkg/meson.build", True), ("lib/other.txt", False)):
        made = make_file(build, "module _speedups")
        found = file_of("tests/test_a.py", TEST, "pkg/a.py", made, links=links, texts=texts)
        assert (found.tests.commands[0].compiled is not None) is is_told


def test_test_without_imports_needs_no_build() -> None:
    """Neither does the runner of another language."""
    found = file_of("tests/test_a.py", TEST, texts={**COMPILING, "conftest.py": ""})
    assert found.tests.commands[0].compiled is None
