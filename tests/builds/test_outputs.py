"""Outputs are never documented, neither those of other builds nor those of builds that were cut off."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.core.scan import ScanOptions, scan

if TYPE_CHECKING:
    from builds.sample import Project

_CUT_OFF = """
import os

def setup(app):
    app.connect(os.environ["EVENT"], lambda *_: os._exit(9), priority=500)
"""


@pytest.mark.parametrize(
    ("builder", "event"),
    [
        ("html", "builder-inited"),
        ("html", "env-before-read-docs"),
        ("dirhtml", "doctree-resolved"),
        ("epub", "html-page-context"),
        ("text", "doctree-resolved"),
        ("xml", "doctree-read"),
    ],
)
def test_output_of_a_build_that_was_cut_off(
    project: Project, monkeypatch: pytest.MonkeyPatch, builder: str, event: str
) -> None:
    """Wherever it ended, the next scan finds nothing of it, with git and without."""
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    project.write("docs/conf.py", conf + _CUT_OFF)
    project.out = project.root / "docs/_build"
    project.environ["EVENT"] = event
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent))
    assert project.build(builder).status == 9
    assert any(path.is_file() for path in project.out.rglob("*"))
    for uses_git in (True, False):
        if not uses_git:
            shutil.rmtree(project.root / ".git")
        found = scan(project.root, ScanOptions(), {})
        assert found.uses_git is uses_git
        assert [entry.path for entry in found.entries if entry.path.startswith("docs/_build/")] == []


def test_the_mark_is_in_no_book(project: Project) -> None:
    """Files of an epub that it does not know are warnings of Sphinx."""
    build = project.build("epub")
    assert build.status == 0, build.warnings
    assert ".repodoc-output" not in build.warnings
    assert (project.out / "epub/.repodoc-output").is_file()


@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_notes_of_builds_are_no_documents(project: Project, suffix: str) -> None:
    """With the output below the sources, and sources of any suffix, each build knows the same documents."""
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    settings = f'source_suffix = [".rst", "{suffix}"]\nexclude_patterns = ["_build/html", "conf.py"]\n'
    project.write("docs/conf.py", conf + settings)
    project.out = project.root / "docs/_build"
    for _ in range(2):
        build = project.build("html", "-W")
        assert build.status == 0, build.warnings
        assert not [name for name in build.read if "_build" in name]
