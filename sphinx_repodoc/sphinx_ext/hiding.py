"""Hides our pages from extensions that cannot live with many documents, or with documents without a source.

An extension that compares every page with every other takes minutes for a thousand pages; one that links to the
source of each document finds none. The handlers of those that ``repodoc_hide_from`` names see the documents of
the user alone: they are not called for a page of ours, and the tables of the environment lack them.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.sphinx_ext.project import RepoProject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    _Handler = Callable[..., Any]

_DOCNAME: dict[str, Callable[..., str]] = {
    "source-read": lambda _app, docname, _source: docname,
    "env-purge-doc": lambda _app, _env, docname: docname,
    "doctree-read": lambda app, _doctree: app.env.docname,
    "doctree-resolved": lambda _app, _doctree, docname: docname,
    "html-page-context": lambda _app, pagename, *_rest: pagename,
}
"""Events of a single document: how their arguments name it."""
_TABLES = ("all_docs", "titles", "longtitles", "tocs", "metadata", "toctree_includes")
"""Dictionaries of the environment by docname that are walked through."""


def hide_pages(app: Sphinx) -> None:
    """Wrap the handlers of the extensions that the option names, those that are connected later too."""
    names = tuple(app.config.repodoc_hide_from)
    if not names:
        return
    events = app.events
    for event, listeners in events.listeners.items():
        for index, listener in enumerate(listeners):
            if _is_of(listener.handler, names):
                listeners[index] = listener._replace(handler=_without_pages(event, listener.handler))
    connect = events.connect

    def connect_wrapped(name: str, callback: _Handler, priority: int) -> int:
        return connect(
            name, _without_pages(name, callback) if _is_of(callback, names) else callback, priority
        )

    events.connect = connect_wrapped  # type: ignore[method-assign]


def _is_of(handler: _Handler, names: tuple[str, ...]) -> bool:
    """Whether a function, a method or a partial of either is defined in one of these modules or below it."""
    while isinstance(handler, partial):
        handler = handler.func
    module = getattr(handler, "__module__", None) or type(handler).__module__
    return any(module == name or module.startswith(f"{name}.") for name in names)


def _without_pages(event: str, handler: _Handler) -> _Handler:
    name_of = _DOCNAME.get(event)

    @wraps(handler)
    def call(app: Sphinx, *arguments: Any) -> Any:
        project = app.project
        if not isinstance(project, RepoProject):
            return handler(app, *arguments)
        if name_of is not None and project.is_page(name_of(app, *arguments)):
            return None
        with _hidden(app.env, project):
            return handler(app, *arguments)

    return call


@contextmanager
def _hidden(env: BuildEnvironment, project: RepoProject) -> Iterator[None]:
    """Take our pages out of what an extension walks through, and put them back; what it changes itself stays."""
    held = [(table, _take(table, project)) for table in (getattr(env, name) for name in _TABLES)]
    docnames = {docname for docname in project.docnames if project.is_page(docname)}
    project.docnames -= docnames
    included = env.toctree_includes
    whole = {name: entries for name, entries in included.items() if any(map(project.is_page, entries))}
    without = {
        name: [entry for entry in entries if not project.is_page(entry)] for name, entries in whole.items()
    }
    included.update(without)
    try:
        yield
    finally:
        project.docnames |= docnames
        included.update(
            (name, whole[name]) for name, entries in without.items() if included.get(name) is entries
        )
        for table, pages in held:
            table.update(pages)


def _take(table: dict[str, Any], project: RepoProject) -> dict[str, Any]:
    pages = project.repository.pages
    return {
        docname: table.pop(docname) for docname in pages.keys() & table.keys() if project.is_page(docname)
    }
