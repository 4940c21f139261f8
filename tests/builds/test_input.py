"""Bad input: its page says what is wrong, the summary counts it, and the rest is right."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest
import sphinx

if TYPE_CHECKING:
    from pathlib import Path

    from builds.sample import Project


@pytest.fixture
def bad(project: Project) -> Project:
    """The sample with one file of every kind that goes wrong."""
    project.write("bad/latin.py", "").write_bytes('name = "é"\n'.encode("latin-1"))
    project.write("bad/nul.py", "").write_bytes(b"x = 1\0\n")
    project.write("bad/syntax.py", "def before():\n    pass\n\ndef broken(:\n\nclass After:\n    pass\n")
    project.write("bad/empty.py", "")
    oid = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    project.write(
        "bad/README.md",
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 90405214\n",
    )
    project.write("bad/big.txt", "x" * 1_500_000)
    project.write("bad/logo.png", "").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    project.write("bad/<script>&.py", "x = '<b>'\n")
    (project.root / "bad/dangling").symlink_to("nowhere")
    (project.root / "bad/outward").symlink_to("/etc/passwd")
    (project.root / "bad/inward.py").symlink_to("../pkg/core.py")
    os.mkfifo(project.root / "bad/pipe")
    return project


def test_bad_files_cost_no_build_and_no_warning(bad: Project) -> None:
    """Real repositories hold such files on purpose: -W does not fail on them."""
    build = bad.build("html", "-W", "-n", jobs=2)
    assert build.status == 0, build.warnings
    assert build.warnings == ""
    assert "files with problems" in build.output
    for kind in ("not-utf8", "nul-byte", "syntax", "too-large", "dangling-link", "outward-link"):
        assert f"{kind} 1" in build.output, kind


def test_the_page_of_a_bad_file_says_what_is_wrong(bad: Project) -> None:
    """In words, with the line where there is one; what is right is shown."""
    assert bad.build("html").status == 0
    syntax = bad.page("repo/bad/syntax.py")
    assert 'id="sym-before"' in syntax
    assert 'id="sym-After"' in syntax
    assert "syntax" in syntax.lower()
    assert "cp1252" in bad.page("repo/bad/latin.py") or "latin" in bad.page("repo/bad/latin.py").lower()
    assert "nowhere" in bad.page("repo/bad/dangling")
    pointer = bad.page("repo/bad/README.md")
    assert "Git LFS pointer, 90,405,214 bytes" in pointer
    assert "spec/v1" not in pointer + bad.page("repo/bad/index")
    assert "root:" not in bad.page("repo/bad/outward")
    assert 'href="../pkg/core.py.html"' in bad.page("repo/bad/inward.py")


def test_names_are_escaped_everywhere(bad: Project) -> None:
    """The name of a file is data on every page that shows it."""
    assert bad.build("html").status == 0
    for name, content in bad.outputs().items():
        if name.endswith(".html"):
            assert b"<script>&" not in content, name


def test_titles_in_the_search_index_are_what_the_search_page_takes_them_for(bad: Project) -> None:
    """Its script shows them as text since Sphinx 9, and as HTML before: then a name must not be an element.

    So is the title of a page that is fed to the index again; those of others are not escaped twice.
    """
    shown = "bad/<script>&.py" if sphinx.version_info >= (9,) else "bad/&lt;script&gt;&amp;.py"
    for text in ("", "import os\n"):
        bad.write("pkg/app.py", text)
        assert bad.build("html").status == 0
        index = (bad.out / "html" / "searchindex.js").read_text("utf-8")
        titles = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["alltitles"]
        assert shown in titles
        assert [title for title in titles if "script" in title and shown not in title] == []


def test_missing_analyzer_is_one_typed_warning(bad: Project) -> None:
    """Its sections are left out; the rest is there."""
    conf = (bad.root / "docs/conf.py").read_text("utf-8")
    bad.write("pkg/mistake.py", "def f(found=[]):\n    return found\n")
    conf += 'show_warning_types = True\nrepodoc_analyzers = ["ruff", "nobody"]\n'
    bad.write("docs/conf.py", conf)
    build = bad.build("html", "-E")
    assert build.status == 0
    assert build.warnings.count("WARNING") == 1
    assert "no analyzer named 'nobody' is installed" in build.warnings
    assert "[repodoc.analyzer]" in build.warnings
    assert "B006" in bad.page("repo/pkg/mistake.py")


def test_problems_become_typed_warnings_on_request(bad: Project) -> None:
    """With file, line and a subtype that ``suppress_warnings`` takes."""
    conf = (
        bad.root / "docs/conf.py"
    ).read_text() + "repodoc_warn_problems = True\nshow_warning_types = True\n"
    bad.write("docs/conf.py", conf)
    build = bad.build("html")
    assert build.status == 0
    assert f"{bad.root}/bad/syntax.py:4: WARNING: " in build.warnings
    assert "[repodoc.syntax]" in build.warnings
    bad.write("docs/conf.py", conf + 'suppress_warnings = ["repodoc.*"]\n')
    assert bad.build("html", "-E").warnings == ""


def test_an_option_with_a_wrong_value_gives_one_warning(project: Project) -> None:
    """It names the option and the default that is used instead."""
    conf = (project.root / "docs/conf.py").read_text()
    project.write("docs/conf.py", f"{conf}repodoc_max_size = 'big'\nrepodoc_sections = ['structur']\n")
    build = project.build("html")
    assert build.status == 0
    lines = build.warnings.splitlines()
    assert len(lines) == 2
    assert (
        "repodoc_max_size must be a number of bytes above 0, not 'big'; the default, 1000000, is used"
        in lines[0]
    )
    assert "repodoc_sections" in lines[1]


def test_a_root_that_does_not_exist_is_said(project: Project) -> None:
    """The user's own documents are built."""
    conf = (project.root / "docs/conf.py").read_text()
    project.write("docs/conf.py", f"{conf}repodoc_root = '../nowhere'\n")
    build = project.build("html")
    assert build.status == 0
    assert "nowhere" in build.warnings
    assert "Welcome" in project.page("index")


@pytest.mark.parametrize("files", [{}, {"one.py": "x = 1\n"}])
def test_small_repositories(project: Project, files: dict[str, str]) -> None:
    """A repository of nothing but its documentation, or of one file more."""
    for path in ("pkg", "tests", "src"):
        for file in (project.root / path).iterdir():
            file.unlink()
    for path in ("README.md", "pyproject.toml"):
        (project.root / path).unlink()
    for path, text in files.items():
        project.write(path, text)
    build = project.build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    assert (project.out / "html/repo/book.html").exists()


def test_lines_across_a_readme(project: Project) -> None:
    """They stand where docutils allows no transition: first, last, together, in lists and quotes."""
    project.write(
        "README.md", "***\n\n# T\n\nA.\n\n---\n\n***\n\n## S\n\n- b\n\n  ---\n\n> ---\n\nC.\n\n---\n"
    )
    project.write("pkg/README.rst", "T\n=\n\nA.\n\n----\n\nB.\n\nS\n-\n\nC.\n\n----\n\nD.\n")
    for builder in ("html", "text", "latex"):
        build = project.build(builder, "-W", "-n", "--keep-going")
        assert build.status == 0, build.warnings
    assert project.page("repo/index").count("<hr ") >= 6
    assert project.page("repo/pkg/index").count("<hr ") >= 2


def test_an_empty_root(project: Project) -> None:
    """Nothing to document is no error."""
    (project.root / "empty").mkdir()
    conf = (project.root / "docs/conf.py").read_text()
    project.write("docs/conf.py", f"{conf}repodoc_root = '../empty'\n")
    build = project.build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    assert (project.out / "html/repo/index.html").exists()


def test_file_that_ruff_dies_of_is_no_warning(project: Project) -> None:
    """Its page and the summary say so; other files keep their findings, under ``-W`` too."""
    project.write("pkg/deep.py", f"x = {'-' * 200_000}1\n")
    project.write("pkg/bad.py", "def run(text):\n    return eval(text)\n")
    build = project.build("html", "-W")
    assert build.status == 0, build.warnings
    assert re.search(r"files with problems, listed on '\S+': .*\bunchecked 1\b", build.output)
    assert "The analyzer ruff failed on this file" in project.page("repo/pkg/deep.py")
    assert "S307" in project.page("repo/pkg/bad.py")


def test_analyzers_that_raise_are_one_typed_warning_each(project: Project) -> None:
    """One that cannot be imported, and one that fails on its way; Ruff goes on."""
    project.write("pkg/bad.py", "def run(text):\n    return eval(text)\n")
    installed = project.out / "installed"
    (installed / "mine-1.dist-info").mkdir(parents=True)
    (installed / "mine-1.dist-info/METADATA").write_text("Name: mine\nVersion: 1\n")
    (installed / "mine-1.dist-info/entry_points.txt").write_text(
        "[sphinx_repodoc.analyzers]\nabsent = mine_absent:Mine\nmine = mine:Mine\n"
    )
    (installed / "mine_absent.py").write_text("raise OSError('no licence')\n")
    (installed / "mine.py").write_text(
        "class Mine:\n    name = 'mine'\n    def version(self): return '1'\n"
        "    def accepts(self, entry): return True\n    def find(self, root, paths): return paths[0] / 2\n"
    )
    project.environ["PYTHONPATH"] = str(installed)
    build = project.build("html", "-D", "show_warning_types=1")
    assert build.status == 0
    first, second = sorted(build.warnings.splitlines())
    assert "the analyzer 'absent' cannot be loaded: OSError: no licence" in first
    assert "the analyzer 'mine' found nothing: TypeError: " in second
    assert all(line.endswith("[repodoc.analyzer]") for line in (first, second))
    assert "S307" in project.page("repo/pkg/bad.py")


def test_git_file_of_another_repository_gives_no_dates(project: Project, tmp_path: Path) -> None:
    """One line says so, no warning does; the files are listed all the same, without those that are ignored."""
    (project.root / ".git").rename(tmp_path / "private")
    project.write(".git", f"gitdir: {tmp_path}/private\n")
    project.write(".gitignore", "*.log\n")
    project.write("x.log", "")
    build = project.build("html", "-W")
    assert build.status == 0, build.warnings
    (line,) = [line for line in build.output.splitlines() if "git is not used" in line]
    assert line.endswith("private, which does not belong to this folder")
    assert "Last change" not in project.page("repo/pkg/core.py")
    assert not (project.out / "html/repo/x.log.html").exists()


def test_a_readme_that_is_too_deep_is_shown_as_text_and_counted(project: Project) -> None:
    """The build goes on; the page of the folder and that of the file say what is left out, and the summary counts it."""
    project.write("pkg/README.rst", "* " * 100 + "x\n")
    build = project.build()
    assert (build.status, build.warnings) == (0, "")
    assert "markup 1" in build.output
    said = "The README is shown as plain text: what follows is nested too deeply."
    for page in ("repo/pkg/index", "repo/pkg/README.rst"):
        assert said in project.page(page)


HALF = {
    "half/x.json": '{"\\ud800": 1}\n',
    "half/package.json": '{"name": "half", "scripts": {"\\udfff": "node x"}, "exports": {"./\\ud800": "./x.js"}}\n',
    "half/tsconfig.json": '{"compilerOptions": {"paths": {"\\ud800/*": ["./*"]}}}\n',
    "half/coverage.json": '{"files": {"\\ud800.py": {"executed_lines": [1], "missing_lines": []}}}\n',
    "half/.github/workflows/ci.yml": 'name: "\\ud800"\njobs:\n  "\\ud801": {runs-on: x, steps: []}\n',
    "half/a.properties": "\\ud800=1\n",
}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("repodoc_root", "'a\\0b'"),
        ("repodoc_coverage", "['a\\0b']"),
        ("repodoc_max_size", "10**30"),
        ("repodoc_time_limit", "10**400"),
        ("repodoc_time_limit", "float('nan')"),
        ("repodoc_hide_from", "['sphinx']"),
        ("repodoc_hide_from", "['sphinx.environment.collectors']"),
        ("repodoc_hide_from", "['sphinx_repodoc']"),
    ],
)
def test_values_that_nothing_can_work_with_are_refused(project: Project, option: str, value: str) -> None:
    """One warning says what is expected, and the build goes on with the default."""
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    project.write("docs/conf.py", f"{conf}{option} = {value}\n")
    build = project.build("dummy", "-n")
    assert build.status == 0, build.warnings
    assert build.warnings.count("WARNING") == 1
    assert f"{option} must be " in build.warnings


def test_half_of_a_character_ends_no_build(project: Project) -> None:
    """An escape may name a surrogate alone, which no text that is stored or shown can hold."""
    for path, text in HALF.items():
        project.write(path, text)
    for _ in range(2):
        build = project.build("html", "-W", "-n", jobs=2)
        assert build.status == 0, build.warnings
        assert f"undecodable {len(HALF)}" in build.output
    assert "\N{REPLACEMENT CHARACTER}" in project.page("repo/half/x.json")
    assert "half of a character" in project.page("repo/half/x.json")
    assert "half of a character" not in project.page("repo/pyproject.toml")
