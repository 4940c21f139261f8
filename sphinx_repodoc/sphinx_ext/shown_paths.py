"""Lets what Sphinx prints of the path of a page name the page.

The path that Sphinx gets for a page of ours is that of one empty file, which exists for whoever opens it. Where
Sphinx itself shows the path, or computes from it, it gets the name of the document with our suffix instead.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.sphinx_ext.project import RepoProject

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_SHOWING = (
    "index_page",  # the search index keeps it
    "get_doc_context",  # cuts the name of the document off it
    "process_result",  # linkcheck prints it before each link
)
"""Methods of builders that show paths. No event is emitted while they run."""


def show_names(app: Sphinx, builder: Builder) -> None:
    project = app.project
    if isinstance(project, RepoProject):
        for name in _SHOWING:
            if hasattr(builder, name):
                setattr(builder, name, _named(getattr(builder, name), project))


def _named(method: Any, project: RepoProject) -> Any:
    @wraps(method)
    def call(*arguments: Any, **options: Any) -> Any:
        with project.naming():
            return method(*arguments, **options)

    return call
