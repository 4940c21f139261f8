"""Keeps Sphinx's own search index affordable beside many pages, and the same however it came about.

Sphinx loads the index of the last build and feeds it the documents that it writes again.
What it then holds depends on the builds before: words that no document contains any more
stay, entries of the general index are lost, and the order is that of the writing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx

from sphinx_repodoc.merge.search import empty_index
from sphinx_repodoc.pages.escape import escape_value
from sphinx_repodoc.sphinx_ext.domain import RepoDomain
from sphinx_repodoc.sphinx_ext.project import RepoProject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.search import IndexBuilder


class _Remembering:
    """A format of the index that keeps what it loaded; Sphinx ignores some of it."""

    def __init__(self, inner: Any) -> None:
        self._load = inner.load
        self.loaded: dict[str, Any] = {}

    def load(self, stream: Any) -> Any:
        frozen = self._load(stream)
        if isinstance(frozen, dict):
            self.loaded = frozen
        return frozen


def load_own_index(app: Sphinx, builder: Builder) -> None:
    """Load everything that the last index holds; of a shard, without the documents of others.

    Sphinx would miss the latter, and forgets entries of the general index.
    """
    project = app.project
    if isinstance(project, RepoProject) and hasattr(builder, "load_indexer"):
        _load_everything(app, project, builder)


def _load_everything(app: Sphinx, project: RepoProject, builder: Any) -> None:
    load = builder.load_indexer

    def load_indexer(docnames: Iterable[str]) -> None:
        others = {docname for docname in app.env.all_docs if not project.is_written(docname)}
        form = builder.indexer_format
        builder.indexer_format = remembering = _Remembering(form)
        try:
            load(others | set(docnames))
        finally:
            builder.indexer_format = form
        _restore_entries(builder.indexer, remembering.loaded)
        if not _script_escapes():
            _escape_titles(builder.indexer)

    builder.load_indexer = load_indexer


def _restore_entries(indexer: IndexBuilder, frozen: dict[str, Any]) -> None:
    """Take the entries of the general index of those documents that are still in the index."""
    indexer._index_entries.clear()  # noqa: SLF001
    for entry, places in frozen.get("indexentries", {}).items():
        for number, target, is_main in places:
            docname = frozen["docnames"][number]
            if docname in indexer._titles:  # noqa: SLF001
                kept = indexer._index_entries.setdefault(docname, [])  # noqa: SLF001
                kept.append((entry, target, "main" if is_main else ""))


@cache
def _script_escapes() -> bool:
    """Whether the script of the search page shows titles as text; before Sphinx 9 it takes them for HTML."""
    script = Path(sphinx.package_dir) / "themes" / "basic" / "static" / "searchtools.js"
    return "_escapeHTML" in script.read_text("utf-8")


def _escape_titles(indexer: IndexBuilder) -> None:
    """Put titles into the index as HTML: ours are names of files, which could be elements."""
    feed = indexer.feed

    def feed_escaped(docname: str, *arguments: Any, **options: Any) -> None:
        feed(docname, *arguments, **options)
        titles = indexer._all_titles[docname]  # noqa: SLF001
        indexer._all_titles[docname] = [(escape_value(title), anchor) for title, anchor in titles]  # noqa: SLF001

    indexer.feed = feed_escaped  # type: ignore[method-assign]


def spare_the_index(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Have the index pruned with a set of docnames, and made from the objects that it holds.

    Sphinx hands over a dictionary, which ``set.intersection_update`` walks
    through once for every word: 41 s at 45,000 pages, in each build, against 0.08 s.
    And it sorts the objects of a domain before it drops those that are not searched for.
    """
    indexer = getattr(app.builder, "indexer", None)
    domain = app.env.domains["repo"]
    if indexer is not None and isinstance(domain, RepoDomain):
        prune, freeze = indexer.prune, indexer.freeze

        def prune_index(docnames: Iterable[str]) -> None:
            prune({name for name in docnames if _is_written(app, name)})
            _tidy(indexer)

        indexer.prune = prune_index
        # of no documents, which a shard may have, Sphinx cannot make one
        indexer.freeze = lambda: _freeze(domain, freeze) if indexer._titles else empty_index(app.env.version)  # noqa: SLF001
    return ()


def _is_written(app: Sphinx, docname: str) -> bool:
    """Whether a document is among the outputs of this build; a folder may hold the index of another shard."""
    project = app.project
    return not isinstance(project, RepoProject) or project.is_written(docname)


def _tidy(indexer: IndexBuilder) -> None:
    """Leave nothing in a pruned index that tells how it came about: no word without documents, one order."""
    for name in ("_mapping", "_title_mapping"):
        words = getattr(indexer, name)
        setattr(indexer, name, {word: words[word] for word in sorted(words) if words[word]})
    entries = indexer._index_entries  # noqa: SLF001
    indexer._index_entries = {name: entries[name] for name in sorted(indexer._titles) if name in entries}  # noqa: SLF001


def _freeze(domain: RepoDomain, freeze: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Freeze the index while our domain lists only what goes into it."""
    domain.searchable_only = True
    try:
        frozen = freeze()
    finally:
        domain.searchable_only = False
    # by title and by entry, as the formats that do not sort would keep the order of the writing
    return {**frozen, **{key: dict(sorted(frozen[key].items())) for key in ("alltitles", "indexentries")}}
