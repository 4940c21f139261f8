"""Whole builds: every page is there, only what changed is read, and the way there does not show."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from builds.sample import FILES, GUIDE, Build, Project

if TYPE_CHECKING:
    from pathlib import Path

STRICT = ("-W", "-n")


def good(build: Build) -> Build:
    assert build.status == 0, build.warnings
    assert build.warnings == ""
    return build


def test_every_file_and_folder_has_its_pages(project: Project) -> None:
    """Two pages a file, three a folder, and those of the whole repository, without a warning."""
    good(project.build("html", *STRICT, jobs=2))
    built = {name.removesuffix(".html") for name in project.outputs() if name.startswith("repo/")}
    files = [*FILES, "docs/conf.py", "docs/index.rst", "docs/guide.rst"]
    folders = ["", "pkg/", "tests/", "src/", "docs/"]
    expected = {f"repo/{path}{suffix}" for path in files for suffix in ("", ".kw")}
    expected |= {f"repo/{folder}{page}" for folder in folders for page in ("index", "doc", "sub")}
    expected |= {f"repo/{name}" for name in ("keywords", "book", "glossary", "files", "notes", "coverage")}
    assert expected <= built
    assert all(name.startswith("repo/book-") for name in built - expected)


def test_the_root_document_leads_to_the_repository(project: Project) -> None:
    """The front page is in the toctree, and the user's own pages are still there."""
    good(project.build("html", *STRICT))
    assert 'href="repo/index.html"' in project.page("index")
    assert 'href="../../guide.html"' in project.page("repo/pkg/core.py")


def test_facts_of_a_file_are_on_its_page(project: Project) -> None:
    """Purpose, structure, both directions of dependencies, tests, notes and source, each with its place."""
    good(project.build("html", *STRICT))
    page = project.page("repo/pkg/core.py")
    assert "The engine room." in page
    assert 'id="sym-Engine.start"' in page
    assert 'href="../tests/test_core.py.html' in page
    assert 'href="app.py.html' in page
    assert "oil it" in page
    assert "return Engine().start()" in page
    assert "python -m pytest tests/test_core.py" in page
    assert 'id="L16"' in page
    assert 'id="L17"' not in page
    assert 'href="util.h.html' in project.page("repo/src/main.c")


@pytest.mark.parametrize("builder", ["html", "text"])
def test_values_of_environments_are_on_no_page(project: Project, builder: str) -> None:
    """They may be secrets, whatever the output."""
    project.write(".env", "# For tests.\nTOKEN=hunter2\n")
    project.commit("settings")
    good(project.build(builder, *STRICT))
    written = [path.read_bytes() for path in project.out.rglob("*") if path.is_file()]
    assert any(b"TOKEN" in each for each in written)
    assert not any(b"hunter2" in each for each in written)


def test_nothing_changed_reads_nothing(project: Project) -> None:
    """Neither a second build nor a new time stamp makes a page be read again."""
    first = good(project.build("html", *STRICT))
    assert "repo/pkg/core.py" in first.read
    second = good(project.build("html", *STRICT))
    assert second.read == ()
    assert "configuration has changed" not in second.output
    before = project.outputs()
    os.utime(project.root / "pkg/core.py", (2_000_000_000, 2_000_000_000))
    assert good(project.build("html", *STRICT)).read == ()
    assert project.outputs() == before


def test_a_fresh_clone_with_the_old_doctrees_reads_nothing_of_ours(project: Project) -> None:
    """Every file has a new time stamp, as on a machine that restored a cache."""
    good(project.build("html", *STRICT))
    for path in project.root.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (2_000_000_000, 2_000_000_000))
    read = good(project.build("html", *STRICT)).read
    assert not [name for name in read if name.startswith("repo/")]


def test_a_changed_body_is_read_where_its_facts_are_shown(project: Project) -> None:
    """The file's pages and those of the folders that give its size; not its neighbours, not its users."""
    good(project.build("html", *STRICT))
    project.write("pkg/core.py", FILES["pkg/core.py"].replace("speed > 0", "speed > 10"))
    read = set(good(project.build("html", *STRICT)).read)
    assert {"repo/pkg/core.py", "repo/pkg/core.py.kw"} <= read
    allowed = {
        "repo/index",
        "repo/doc",
        "repo/pkg/index",
        "repo/pkg/doc",
        "repo/files",
        "repo/book-pkg",
        "repo/book-~root",
    }
    assert read - {"repo/pkg/core.py", "repo/pkg/core.py.kw"} <= allowed
    assert "speed" in project.page("repo/pkg/core.py")


def test_serial_and_parallel_builds_agree(project: Project) -> None:
    """Byte for byte, but for what names the run."""
    good(project.build("html", *STRICT, jobs=1))
    serial = project.outputs()
    shutil.rmtree(project.out)
    good(project.build("html", *STRICT, jobs=2))
    assert project.outputs() == serial


CHANGES = {
    "pkg/new.py": "from pkg.core import helper\n\n\ndef late():\n    return helper()\n",
    "pkg/core.py": FILES["pkg/core.py"] + "\n\ndef added():\n    return 1\n",
    "docs/guide.rst": GUIDE.replace("Guide", "Hints"),
    "deep/er/x.json": '{"a": {"b": 1}}\n',
}


def test_an_incremental_build_equals_a_clean_one(project: Project) -> None:
    """After edits, additions and removals the output is what a first build would have made."""
    good(project.build("html", *STRICT, jobs=2))
    for path, text in CHANGES.items():
        project.write(path, text)
    (project.root / "pkg/app.py").unlink()
    good(project.build("html", *STRICT, jobs=2))
    incremental = project.outputs()
    shutil.rmtree(project.out)
    good(project.build("html", *STRICT, jobs=2))
    clean = project.outputs()
    assert incremental.keys() == clean.keys()
    different = [name for name in clean if incremental[name] != clean[name]]
    assert different == []


def test_pages_of_removed_files_are_removed(project: Project) -> None:
    """Sphinx leaves stale outputs behind; ours go, and nothing links to them."""
    good(project.build("html", *STRICT))
    (project.root / "pkg/app.py").unlink()
    good(project.build("html", *STRICT))
    assert not (project.out / "html/repo/pkg/app.py.html").exists()
    assert not (project.out / "doctrees/repo/pkg/app.py.doctree").exists()
    assert "app.py" not in project.page("repo/pkg/core.py")


def test_outputs_are_made_good_for_every_builder_on_shared_doctrees(project: Project) -> None:
    """What one builder has read, the other one still has to write."""
    good(project.build("html", *STRICT))
    good(project.build("dirhtml", *STRICT))
    project.write("pkg/core.py", FILES["pkg/core.py"].replace("oil it", "grease it"))
    good(project.build("html", *STRICT))
    good(project.build("dirhtml", *STRICT))
    assert "grease it" in (project.out / "dirhtml/repo/pkg/core.py/index.html").read_text("utf-8")


def test_a_build_cut_short_is_made_good_by_the_next(project: Project) -> None:
    """Read but not written: Sphinx alone would take the old output for current."""
    good(project.build("html", *STRICT))
    project.write("pkg/core.py", FILES["pkg/core.py"].replace("oil it", "grease it"))
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text() + _CRASH)
    assert project.build("html").status != 0
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text().replace(_CRASH, ""))
    good(project.build("html", *STRICT))
    assert "grease it" in project.page("repo/pkg/core.py")


_CRASH = """
def setup(app):
    def crash(*args):
        raise SystemExit(3)
    app.connect("env-check-consistency", crash)
"""


def test_text_output_holds_the_facts(project: Project) -> None:
    """Formats without thin nodes of their own get ordinary ones."""
    good(project.build("text", *STRICT))
    page = (project.out / "text/repo/pkg/core.py.txt").read_text("utf-8")
    assert "The engine room." in page
    assert "def helper():" in page
    assert "tests/test_core.py" in page


def test_a_real_toctree_puts_every_page_into_the_pdf(project: Project) -> None:
    """With ``repodoc_toctree`` LaTeX holds all pages; without, only the front page."""
    good(project.build("latex", *STRICT))
    assert "getcwd" not in _tex(project)
    shutil.rmtree(project.out)
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text() + "repodoc_toctree = True\n")
    good(project.build("latex", *STRICT))
    assert "getcwd" in _tex(project)


def _tex(project: Project) -> str:
    return "".join(path.read_text("utf-8") for path in (project.out / "latex").glob("*.tex"))


def test_documentation_in_markdown(project: Project) -> None:
    """An index in MyST gets the entry as one in RST does."""
    (project.root / "docs/index.rst").unlink()
    project.write("docs/index.md", "# Sample\n\nSee {repo:file}`pkg/core.py`.\n\n```{toctree}\nguide\n```\n")
    conf = (
        (project.root / "docs/conf.py")
        .read_text()
        .replace('"sphinx_repodoc"', '"myst_parser", "sphinx_repodoc"')
    )
    project.write("docs/conf.py", conf)
    good(project.build("html", *STRICT))
    page = project.page("index")
    assert 'href="repo/index.html"' in page
    assert 'href="repo/pkg/core.py.html"' in page


def test_our_own_output_is_not_documented(project: Project) -> None:
    """A build folder inside the tree, known to git or not, is no part of the repository."""
    inside = Project(project.root, project.root / "docs" / "_build")
    good(inside.build("html", *STRICT))
    good(inside.build("text", *STRICT))
    good(inside.build("html", *STRICT))
    assert not [name for name in inside.outputs() if "_build" in name]


def test_a_document_of_the_user_wins_over_a_page_of_ours(project: Project) -> None:
    """A clash is said, with its remedy, and costs only the page of ours."""
    project.write("docs/repo/pkg/core.py.rst", ":orphan:\n\nMine\n====\n")
    build = project.build("html")
    assert build.status == 0
    assert "repodoc_prefix" in build.warnings
    assert "Mine" in project.page("repo/pkg/core.py")


def test_a_repository_without_git(project: Project) -> None:
    """An unpacked archive is found by its project file and documented all the same."""
    shutil.rmtree(project.root / ".git")
    good(project.build("html", *STRICT))
    assert "The engine room." in project.page("repo/pkg/core.py")


def test_an_archive_inside_an_ignored_folder_of_another_repository(project: Project, tmp_path: Path) -> None:
    """The repository around it is not what its documentation is about."""
    shutil.rmtree(project.root / ".git")
    outer = Project(tmp_path, tmp_path)
    outer.write(".gitignore", "sample/\n")
    outer.git("init", "-q")
    good(project.build("html", *STRICT))
    assert (project.out / "html/repo/pkg/core.py.html").exists()


def test_nothing_is_written_into_the_tree(project: Project) -> None:
    """The user's tree is read and left as it was."""
    good(project.build("html", *STRICT, jobs=2))
    assert project.git("status", "--porcelain", "--ignored") == ""


def test_read_the_docs_gives_links_at_the_commit(project: Project, tmp_path: Path) -> None:
    """In a shallow clone, with the environment of the service, links name its commit and nothing is made up."""
    commit = project.git("rev-parse", "HEAD").strip()
    clone = tmp_path / "clone"
    project.git("clone", "-q", "--depth", "1", f"file://{project.root}", str(clone))
    environ = {
        "READTHEDOCS": "True",
        "READTHEDOCS_GIT_CLONE_URL": "https://token:x@github.com/owner/sample.git",
        "READTHEDOCS_GIT_COMMIT_HASH": commit,
    }
    shallow = Project(clone, tmp_path / "rtd", environ)
    good(shallow.build("html", "-T", *STRICT))
    page = shallow.page("repo/pkg/core.py")
    assert f'href="https://github.com/owner/sample/blob/{commit}/pkg/core.py"' in page
    assert "token" not in page
    assert "Last change" not in page


def test_a_report_of_coverage_is_read_again_when_it_changes(project: Project) -> None:
    """Also one that git ignores; one that is missing is a warning with a type of its own."""
    asked = ("-D", "repodoc_coverage=build/lcov.info", "-D", "show_warning_types=1")
    project.write(".gitignore", "build/\n")
    first = project.build("html", *asked, "-n")
    assert "'build/lcov.info' was not read" in first.warnings
    assert "[repodoc.coverage]" in first.warnings
    project.write("build/lcov.info", "SF:/ci/pkg/core.py\nDA:11,1\nDA:15,0\n")
    second = good(project.build("html", *STRICT, *asked))
    assert {"repo/pkg/core.py", "repo/pkg/doc", "repo/coverage"} <= set(second.read)
    assert "repo/pkg/app.py" not in second.read
    assert "1 of 2 lines (50%)" in project.page("repo/pkg/core.py")
    project.write("build/lcov.info", "SF:/ci/pkg/core.py\nDA:11,1\nDA:15,1\n")
    good(project.build("html", *STRICT, *asked))
    assert "2 of 2 lines (100%)" in project.page("repo/pkg/core.py")
    assert "2 of 2 lines (100%)" in project.page("repo/coverage")


def test_no_folder_of_the_repository_takes_the_place_of_our_notes(project: Project) -> None:
    """Whatever the prefix: doctrees lie beside the facts, the lock and the stub."""
    for name in ("lock", "facts.sqlite", "stub.repodoc-page"):
        project.write(f"{name}/a.py", "x = 1\n")
    for _ in range(2):
        good(project.build("html", *STRICT, "-D", "repodoc_prefix=repodoc"))
    assert (project.out / "html/repodoc/lock/a.py.html").is_file()


def test_pages_that_are_removed_are_not_said_to_be_damaged(project: Project) -> None:
    """The log speaks of damage only where there is any."""
    good(project.build("html", *STRICT))
    (project.root / "pkg/app.py").rename(project.root / "pkg/apps.py")
    assert "as the last build left" not in good(project.build("html", *STRICT)).output
