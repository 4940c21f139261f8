"""Roles and directives in the user's documents, and links between projects."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from builds.sample import Project
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from pathlib import Path


def with_guide(project: Project, text: str) -> Project:
    project.write("docs/guide.rst", f"Guide\n=====\n\n{text}\n")
    return project


LINKS = {
    ":repo:file:`pkg/core.py`": "repo/pkg/core.py.html",
    ":repo:file:`the engine <pkg/core.py>`": "repo/pkg/core.py.html",
    ":repo:file:`pkg/core.py#L7-L12`": "repo/pkg/core.py.html#L7",
    ":repo:file:`pkg/core.py#Engine.start`": "repo/pkg/core.py.html#sym-Engine.start",
    ":repo:keywords:`pkg/core.py`": "repo/pkg/core.py.kw.html",
    ":repo:folder:`pkg`": "repo/pkg/index.html",
    ":repo:folder:`pkg/`": "repo/pkg/index.html",
    ":repo:folder:`/`": "repo/index.html",
    ":repo:sym:`Engine.start`": "repo/pkg/core.py.html#sym-Engine.start",
    ":repo:sym:`pkg/core.py#helper`": "repo/pkg/core.py.html#sym-helper",
    ":repo:class:`Engine`": "repo/pkg/core.py.html#sym-Engine",
    ":repo:func:`helper`": "repo/pkg/core.py.html#sym-helper",
    ":any:`pkg/core.py`": "repo/pkg/core.py.html",
}


def test_roles_link_to_their_places(project: Project) -> None:
    """Files, lines, symbols and folders, without a warning under -n."""
    build = with_guide(project, "\n\n".join(LINKS)).build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    body = project.page("guide").partition("<h1>")[2].partition("</section>")[0]
    assert re.findall(r'<p><a class="[^"]*" href="([^"]*)"', body) == [*LINKS.values()]


def test_the_last_word_of_a_kind_decides_which_role_finds_it(project: Project) -> None:
    """In Kotlin an annotation is an ``annotation class``, and a singleton an ``object``."""
    project.write("app/Marks.kt", "annotation class Mark\n\nobject Registry\n")
    build = with_guide(project, ":repo:class:`Mark` :repo:class:`Registry`").build("html", "-W", "-n")
    assert build.status == 0, build.warnings


DANGLING = {
    ":repo:file:`pkg/cor.py`": "no file 'pkg/cor.py' in the repository; did you mean 'pkg/core.py'?",
    ":repo:file:`core.py`": "no file 'core.py' in the repository; did you mean 'pkg/core.py'?",
    ":repo:file:`pkg/core.py#L99`": "pkg/core.py has 16 lines, not L99",
    ":repo:file:`pkg/core.py#Engin`": "no symbol 'Engin' in pkg/core.py; did you mean pkg/core.py#Engine?",
    ":repo:folder:`pgk`": "no folder 'pgk' in the repository; did you mean 'pkg'?",
    ":repo:sym:`Nothing.start`": "no symbol 'Nothing.start' in the repository; "
    "did you mean pkg/core.py#Engine.start?",
    ":repo:class:`helper`": "no symbol 'helper' in the repository",
}


def test_a_reference_to_what_is_not_there_warns_with_a_suggestion(project: Project) -> None:
    """One typed warning each, at the line of the role, and the text stays."""
    conf = (project.root / "docs/conf.py").read_text()
    project.write("docs/conf.py", f"{conf}show_warning_types = True\n")
    build = with_guide(project, "\n\n".join(DANGLING)).build("html", "-n")
    assert build.status == 0
    found = re.findall(r"guide\.rst:(\d+): WARNING: repo:\w+: (.*) \[repodoc\.reference\]", build.warnings)
    assert found == [(str(4 + 2 * number), text) for number, text in enumerate(DANGLING.values())]
    assert len(build.warnings.splitlines()) == len(DANGLING)
    assert "pkg/cor.py" in project.page("guide")


def test_a_symbol_of_several_files_is_said_to_be_ambiguous(project: Project) -> None:
    """The link leads to the first by path, and the warning lists them all."""
    project.write("pkg/zoo.py", "class Engine:\n    pass\n")
    build = with_guide(project, ":repo:class:`Engine`").build("html")
    assert "defined in 2 files: pkg/core.py#Engine, pkg/zoo.py#Engine" in build.warnings
    assert 'href="repo/pkg/core.py.html#sym-Engine"' in project.page("guide")


def test_documentation_cannot_rot(project: Project) -> None:
    """When the file goes, the document that names it is read again and warns, though it did not change."""
    with_guide(project, ":repo:file:`pkg/app.py`").build("html")
    (project.root / "pkg/app.py").unlink()
    build = project.build("html")
    assert "guide" in build.read
    assert "no file 'pkg/app.py'" in build.warnings


DIRECTIVES = """\
.. repo:file:: pkg/core.py
   :sections: structure, dependencies

.. repo:keywords:: pkg/core.py

.. repo:folder:: pkg

.. repo:tree:: /
   :depth: 2
"""


@pytest.mark.parametrize("builder", ["html", "text"])
def test_directives_show_facts(project: Project, builder: str) -> None:
    """In a document of the user, in every format."""
    build = with_guide(project, DIRECTIVES).build(builder, "-W", "-n")
    assert build.status == 0, build.warnings
    suffix = {"html": "html", "text": "txt"}[builder]
    page = (project.out / builder / f"guide.{suffix}").read_text("utf-8")
    assert "start(self, speed: int = 1)" in page
    assert "requests" in page
    assert "test_core.py" in page
    assert "Uses the engine." in page


def test_directives_in_markdown(project: Project) -> None:
    """MyST spells them with braces; the facts are the same."""
    (project.root / "docs/guide.rst").unlink()
    project.write("docs/guide.md", "# Guide\n\n```{repo:file} pkg/core.py\n:sections: structure\n```\n")
    conf = (
        (project.root / "docs/conf.py")
        .read_text()
        .replace('"sphinx_repodoc"', '"myst_parser", "sphinx_repodoc"')
    )
    project.write("docs/conf.py", conf)
    build = project.build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    assert "start(self, speed: int = 1)" in project.page("guide")


def test_a_document_that_shows_a_file_follows_it(project: Project) -> None:
    """It is read again when the facts of the file change, and only then."""
    with_guide(project, ".. repo:file:: pkg/core.py").build("html")
    project.write("pkg/app.py", "x = 1\n")
    project.build("html")
    core = (project.root / "pkg/core.py").read_text()
    project.write("pkg/core.py", core.replace("def helper", "def assistant"))
    build = project.build("html")
    assert "guide" in build.read
    assert "assistant" in project.page("guide")


def test_a_directive_for_what_is_not_there_warns(project: Project) -> None:
    """It shows nothing and says what may have been meant."""
    build = with_guide(project, ".. repo:file:: pkg/cor.py").build("html")
    assert build.status == 0
    assert "did you mean 'pkg/core.py'?" in build.warnings


def test_objects_are_in_the_inventory(project: Project) -> None:
    """Other projects link to files, folders and symbols through intersphinx."""
    assert project.build("html").status == 0
    with (project.out / "html/objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda base, path: f"{base}{path}")
    data = getattr(inventory, "data", inventory)
    assert "pkg/core.py" in data["repo:file"]
    assert "pkg/" in data["repo:folder"]
    item = data["repo:symbol"]["pkg/core.py#Engine.start"]
    uri = item.uri if hasattr(item, "uri") else item[2]
    assert uri.endswith("repo/pkg/core.py.html#sym-Engine.start")


def test_imports_link_through_a_local_inventory(project: Project, tmp_path: Path) -> None:
    """A module that another project documents is linked; one that none does stays plain text."""
    other = Project(tmp_path / "other", tmp_path / "other-out")
    other.write("docs/conf.py", 'project = "Other"\nversion = "1"\n')
    other.write("docs/index.rst", "Other\n=====\n\n.. py:module:: requests\n")
    assert other.build("html").status == 0
    shutil.copy(other.out / "html/objects.inv", project.root / "docs/other.inv")
    conf = (
        (project.root / "docs/conf.py")
        .read_text()
        .replace('"sphinx_repodoc"', '"sphinx.ext.intersphinx", "sphinx_repodoc"')
    )
    mapping = json.dumps({"other": ["https://other.example/", "other.inv"]})
    project.write("docs/conf.py", f"{conf}intersphinx_mapping = {mapping}\n")
    build = project.build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    page = project.page("repo/pkg/core.py")
    assert 'href="https://other.example/index.html#module-requests"' in page
    assert '<span class="pre">os</span>' in page


def test_a_file_knows_the_documents_that_speak_of_it(project: Project) -> None:
    """Cross-references go both ways, for roles and directives, and follow when the prose changes."""
    with_guide(project, ":repo:sym:`Engine.start`")
    assert project.build("html", "-W", "-n").status == 0
    assert 'href="../../guide.html"' in _cross_references(project)
    with_guide(project, "Nothing of the kind.")
    build = project.build("html", "-W", "-n")
    assert "repo/pkg/core.py" in build.read
    assert 'id="cross-references"' not in project.page("repo/pkg/core.py")
    assert project.build("html", "-W", "-n").read == ()


def test_a_file_knows_the_api_pages_of_its_symbols(project: Project) -> None:
    """Only of those that it really defines, by their dotted name."""
    text = ".. py:class:: pkg.core.Engine\n\n   .. py:method:: start\n\n.. py:function:: pkg.core.missing\n"
    with_guide(project, text)
    build = project.build("html", "-W", "-n")
    assert build.status == 0, build.warnings
    shown = _cross_references(project)
    assert 'href="../../guide.html#pkg.core.Engine"' in shown
    assert 'href="../../guide.html#pkg.core.Engine.start"' in shown
    assert "missing" not in shown


def _cross_references(project: Project) -> str:
    page = project.page("repo/pkg/core.py")
    start = page.index('id="cross-references"')
    return page[start : page.index("</section>", start)]


def test_a_directive_shows_what_comes_back(project: Project) -> None:
    """A document whose file, folder or keywords were missing is read again when they are there."""
    directives = (
        ".. repo:folder:: new",
        ".. repo:file:: new/a.py",
        ".. repo:keywords:: new",
        ".. repo:tree:: new",
    )
    for number, directive in enumerate(directives):
        project.write(f"docs/shows{number}.rst", f":orphan:\n\nShows\n=====\n\n{directive}\n")
    assert project.build("html").warnings.count("WARNING") == len(directives)
    project.write("new/a.py", '"""It came."""\n\n\ndef late():\n    pass\n')
    build = project.build("html")
    assert build.warnings == ""
    for number in range(len(directives)):
        assert "a.py" in project.page(f"shows{number}"), directives[number]
