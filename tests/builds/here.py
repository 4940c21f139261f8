"""Builds without a process of their own, for tests that build hundreds of times."""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

if TYPE_CHECKING:
    from pathlib import Path

    from builds.sample import Build, Project

THEME = {
    "theme.toml": '[theme]\ninherit = "none"\nstylesheets = ["plain.css"]\n',
    "layout.html": "<title>{{ title }}</title>{% block body %}{% endblock %}\n"
    "{% if pagename.startswith('repo/') %}<nav>{{ toctree() }}</nav>{% endif %}\n",
    "page.html": '{% extends "layout.html" %}{% block body %}{{ body }}{% endblock %}\n',
    "search.html": '{% extends "layout.html" %}',
    "domainindex.html": '{% extends "layout.html" %}',
    "genindex.html": '{% extends "layout.html" %}',
    "static/plain.css": "",
}
"""A theme that shows what a page says and costs next to nothing.

Documents of the user lack the toctree: Sphinx does not write them again when it changes.
"""
CONF = """project = "Sample"
extensions = ["sphinx_repodoc"]
html_theme = "plain"
html_theme_path = [{folder!r}]
html_copy_source = False
"""


def plain_conf(folder: Path) -> str:
    """Write the theme to a folder; gives a configuration that uses it."""
    for name, text in THEME.items():
        place = folder / "plain" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return CONF.format(folder=str(folder))


def build_here(project: Project, *arguments: str, out: Path | None = None) -> Build:
    """Do what ``sphinx-build`` does, its last words included, in this process."""
    out = out or project.out
    stdout, stderr = io.StringIO(), io.StringIO()
    level = logging.getLogger("sphinx").level
    with redirect_stdout(stdout), redirect_stderr(stderr):
        status = build_main(
            [
                "-b",
                "html",
                "-d",
                str(out / "doctrees"),
                "--no-color",
                *arguments,
                str(project.root / "docs"),
                str(out / "html"),
            ]
        )
    logging.getLogger("sphinx").setLevel(level)
    return project.finished(status, stdout.getvalue(), stderr.getvalue())
