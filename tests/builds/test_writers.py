"""Pages are written by as many processes as ``-j`` says; what goes wrong in one of them is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builds.sample import CONF

if TYPE_CHECKING:
    from builds.sample import Build, Project

HANDLER = """
import os
import signal
from sphinx.util import logging

MAIN = os.getpid()

def on_page(app, page, template, context, doctree):
    {body}

def setup(app):
    app.connect("html-page-context", on_page)
"""


def build_with(project: Project, body: str, *arguments: str) -> Build:
    """Build with two jobs and a handler that runs where a page is written."""
    project.write("docs/conf.py", CONF + HANDLER.format(body=body))
    return project.build("html", *arguments, jobs=2)


def test_writers_live_as_long_as_the_phase(project: Project) -> None:
    """Two of them write our pages: no process is begun for each few."""
    body = "open(app.outdir + f'/{os.getpid()}.pid', 'a').write(page + chr(10))"
    build = build_with(project, body, "-W", "-n")
    assert build.status == 0, build.warnings
    by_process = [path.read_text().split() for path in project.out.glob("html/*.pid")]
    ours = [pages for pages in by_process if any(page.startswith("repo/") for page in pages)]
    assert len(ours) == 3  # the first page is written before they are forked
    assert sum(page.startswith("repo/") for pages in ours for page in pages) > 25
    assert "writing repository pages" in build.output


def test_a_warning_of_a_writer_is_told_once(project: Project) -> None:
    """With its place, and counted by ``-W``."""
    body = "page == 'repo/pkg/core.py' and logging.getLogger('x').warning('odd page', location=page)"
    build = build_with(project, body, "-W", "--keep-going")
    assert build.status == 1
    assert re.findall(r"core\.py.*odd page|odd page", build.warnings) == ["odd page"]


def test_an_error_of_a_writer_ends_the_build(project: Project) -> None:
    """As an error does that comes up in the main process."""
    build = build_with(project, "page == 'repo/tests/test_core.py' and 1 / 0")
    assert build.status == 2
    assert "ZeroDivisionError" in build.warnings + build.output


def test_a_writer_that_is_ended_is_told(project: Project) -> None:
    """A build that would wait for it would never end."""
    build = build_with(
        project, "page[:5] == 'repo/' and os.getpid() != MAIN and os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert build.status == 2
    assert "a process that writes pages was ended" in build.warnings + build.output
