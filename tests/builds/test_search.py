"""The search index says what the documents say now, and nothing of what they said before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from builds.sample import CONF, FILES, GUIDE, INDEX, Project

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = "\n.. index:: Cog, cog\n   see: wheel; cog\n\nIt turns.\n\n.. index:: Axle\n\nLonger.\n\nAxle\n----\n\nShort.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Documentation beside two files of code."""
    place = Project(tmp_path / "place", tmp_path / "out")
    place.write("code/pkg/core.py", FILES["pkg/core.py"])
    place.write("code/app.py", FILES["pkg/app.py"])
    place.write("docs/conf.py", CONF + 'repodoc_root = "../code"\n')
    place.write("docs/index.rst", INDEX)
    place.write("docs/guide.rst", GUIDE)
    return place


def index(project: Project) -> bytes:
    done = project.build("html", "-W", "-n", jobs=2)
    assert done.status == 0, done.output + done.warnings
    return (project.out / "html/searchindex.js").read_bytes()


def test_an_output_after_edits_is_that_of_a_first_build(project: Project) -> None:
    """Byte for byte: words, titles and entries of what went are gone, those of what stayed are kept."""
    project.write("docs/guide.rst", GUIDE + ENTRIES)
    project.write("docs/other.rst", ":orphan:\n\nOther\n=====\n\n.. index:: cog\n\nxyzzyword here.\n")
    project.write("docs/gone.rst", ":orphan:\n\nPlughtitle\n==========\n\n.. index:: cog\n\nPlughword.\n")
    project.write(
        "code/pkg/core.py", FILES["pkg/core.py"].replace("engine room", "engine room of frobnicators")
    )
    before = index(project)
    for word in (b"xyzzyword", b"plughtitl", b"plughword", b"frobnic"):
        assert word in before
    project.write("code/pkg/core.py", FILES["pkg/core.py"])
    project.write("docs/other.rst", ":orphan:\n\nOther\n=====\n\n.. index:: cog\n\nNothing.\n")
    (project.root / "docs/gone.rst").unlink()
    after = index(project)
    for word in (b"xyzzyword", b"plugh", b"frobnic"):
        assert word not in after
    assert b"axl" in after
    outputs, options = project.outputs(), (project.out / "html/.buildinfo").read_bytes()
    shutil.rmtree(project.out)
    index(project)
    assert outputs == project.outputs()
    assert options == (project.out / "html/.buildinfo").read_bytes()


def test_a_document_that_is_removed_leaves_the_output(project: Project) -> None:
    """Its page, its source and its words go, even where nothing else has to be written."""
    project.write("docs/index.rst", INDEX.replace("   guide\n", "   guide.d\n"))
    project.write("docs/guide.d.rst", GUIDE)
    project.write("docs/guide.rst", ":orphan:\n\nOther\n=====\n\nhunter2\n")
    assert b"hunter2" in index(project)
    (project.root / "docs/guide.rst").unlink()
    index(project)
    after = project.outputs()
    assert not [name for name, content in after.items() if b"hunter2" in content]
    assert not {"guide.html", "_sources/guide.rst.txt"} & after.keys()
    assert {"guide.d.html", "_sources/guide.d.rst.txt"} <= after.keys()
