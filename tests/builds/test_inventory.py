"""The inventory is written when something in it changed, and only then."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builds.sample import Project


def inventory(project: Project) -> str:
    """The lines that other projects read."""
    data = (project.out / "html/objects.inv").read_bytes()
    return zlib.decompress(data.split(b"\n", 4)[4]).decode()


def written(project: Project) -> int:
    return (project.out / "html/objects.inv").stat().st_mtime_ns


def test_inventory_follows_what_it_holds(project: Project) -> None:
    """An edited body leaves it alone; a new symbol, file, label or version does not; nor does its loss."""
    project.build()
    first = written(project)
    project.write("src/main.c", '#include "util.h"\n\nint main(void) { return util(1) + 1; }\n')
    project.build()
    assert written(project) == first

    project.write("src/main.c", '#include "util.h"\n\nint start(void) { return util(1); }\n')
    project.write("pkg/more.py", "")
    project.write("docs/guide.rst", ".. _there:\n\nGuide\n=====\n\nHow to.\n")
    project.build()
    lines = inventory(project)
    assert "src/main.c#start repo:symbol" in lines
    assert "src/main.c#main " not in lines
    assert "pkg/more.py repo:file" in lines
    assert "there std:label" in lines

    whole = (project.out / "html/objects.inv").read_bytes()
    (project.out / "html/objects.inv").unlink()
    # something to write, without which Sphinx 7.4 ends before the inventory
    project.write("src/main.c", '#include "util.h"\n\nint start(void) { return util(2); }\n')
    project.build()
    assert (project.out / "html/objects.inv").read_bytes() == whole
    project.build("html", "-D", "version=2")
    assert b"# Version: 2" in (project.out / "html/objects.inv").read_bytes()


def test_search_holds_what_can_be_searched_for(project: Project) -> None:
    """Files and symbols are objects of Sphinx's search; keyword pages are in the inventory alone."""
    project.build()
    found = (project.out / "html/searchindex.js").read_text("utf-8")
    assert '"repo:file"' in found
    assert '"repo:symbol"' in found
    assert '"repo:keywords"' not in found
    assert "pkg/core.py repo:keywords" in inventory(project)
