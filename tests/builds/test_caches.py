"""What CI keeps between runs: the doctrees and the output, beside a checkout that is new each time."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from builds.sample import FILES, Build, Project

if TYPE_CHECKING:
    from pathlib import Path


def good(build: Build) -> Build:
    assert build.status == 0, build.output + build.warnings
    assert build.warnings == ""
    return build


def cloned(project: Project, place: Path) -> Project:
    """The repository cloned to this place, beside the outputs of the former runs as a cache restores them."""
    origin = project.root.with_name("origin")
    if not origin.exists():
        shutil.move(project.root, origin)
    shutil.rmtree(place, ignore_errors=True)
    Project(origin, project.out).git("clone", "-q", str(origin), str(place))
    for path in place.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (2_000_000_000, 2_000_000_000))  # checked out after the outputs were made
    return Project(place, project.out)


def our_outputs(project: Project) -> dict[str, int]:
    """Page of ours to when it was written."""
    folder = project.out / "html/repo"
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*.html")}


def clean_outputs(project: Project) -> dict[str, bytes]:
    first = Project(project.root, project.out.with_name("clean"))
    good(first.build("html", jobs=2))
    return first.outputs()


def test_a_fresh_clone_beside_the_folders_of_the_last_run_costs_nothing(project: Project) -> None:
    """No page of ours is read or written; the output is the same."""
    good(project.build("html", jobs=2))
    before, written = project.outputs(), our_outputs(project)
    clone = cloned(project, project.root)
    build = good(clone.build("html", jobs=2))
    assert [name for name in build.read if name.startswith("repo/")] == []
    assert "0 parsed" in build.output
    assert our_outputs(clone) == written
    assert clone.outputs() == before


def test_a_clone_of_a_newer_commit_is_read_where_it_differs(project: Project) -> None:
    """With the folders of an older run the result is that of a clean build."""
    good(project.build("html", jobs=2))
    project.write("pkg/core.py", FILES["pkg/core.py"].replace("oil it", "grease it"))
    project.commit("grease")
    clone = cloned(project, project.root)
    build = good(clone.build("html", jobs=2))
    assert "1 parsed" in build.output
    assert "repo/src/main.c" not in build.read
    assert clone.outputs() == clean_outputs(clone)


@pytest.mark.parametrize("kept", ["doctrees", "html"])
def test_half_of_a_cache_is_no_trap(project: Project, kept: str) -> None:
    """Only one of the folders was kept, or the clone lies elsewhere: the result is that of a clean build."""
    good(project.build("html", jobs=2))
    shutil.rmtree(project.out / ({"doctrees", "html"} - {kept}).pop())
    clone = cloned(project, project.root.with_name("elsewhere") if kept == "doctrees" else project.root)
    build = good(clone.build("html", jobs=2))
    assert ("0 parsed" in build.output) == (kept == "doctrees")
    assert clone.outputs() == clean_outputs(clone)
