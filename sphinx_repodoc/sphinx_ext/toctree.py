"""Toctrees: the entry below the root document, and those of small repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_repodoc.core.names import WHOLE_KINDS, PageKey, PageKind
from sphinx_repodoc.sphinx_ext.project import repository_of
from sphinx_repodoc.sphinx_ext.report import WarningKind, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.project import RepoProject
    from sphinx_repodoc.sphinx_ext.repository import Repository

MOST_IN_TOCTREES = 300
"""Of our pages in the toctrees of one document. With 1,000 documents in them a page takes ten times as long to write in
PyData and sixty times in furo, with 5,000 six times in alabaster, and that grows with their number."""


def toctree_nodes(repository: Repository, docname: str, key: PageKey) -> list[nodes.Node]:
    """A hidden toctree of the pages right below this one; empty when there are none."""
    below = [repository.names.docname(child) or "" for child in _children(repository, key)]
    found = [child for child in below if child in repository.pages and child != docname]
    return [new_toctree(docname, found, hidden=True)] if found else []


def add_toctree_entry(app: Sphinx, doctree: nodes.document) -> None:
    """Put the repository's front page into the last toctree of the root document, or into a new one."""
    env = app.env
    repository = repository_of(env)
    if repository is None or not app.config.repodoc_add_toctree_entry or env.docname != app.config.root_doc:
        return
    front = repository.docname(PageKind.FOLDER)
    toctrees = [*doctree.findall(addnodes.toctree)]
    if front is None or any(front in toctree["includefiles"] for toctree in toctrees):
        return
    if toctrees:
        toctrees[-1]["entries"].append((None, front))
        toctrees[-1]["includefiles"].append(front)
        return
    section = next(doctree.findall(nodes.section), None)
    (doctree if section is None else section).append(new_toctree(env.docname, [front], hidden=False))


def warn_of_large_toctrees(env: BuildEnvironment, project: RepoProject) -> None:
    """Tell the author whose toctrees hold more of our pages than themes can carry."""
    for docname, included in env.toctree_includes.items():
        ours = sum(map(project.is_page, included)) if len(included) > MOST_IN_TOCTREES else 0
        if ours > MOST_IN_TOCTREES and not project.is_page(docname):
            front = project.repository.docname(PageKind.FOLDER)
            warn(
                WarningKind.TOCTREE,
                f"the toctrees of this document hold {ours:,} pages of the repository, and themes render them anew "
                f"for every page; list {front!r} alone, which leads to all of them",
                location=docname,
            )


def new_toctree(docname: str, entries: Sequence[str], *, hidden: bool) -> nodes.compound:
    """A toctree as its directive makes it."""
    toctree = addnodes.toctree(
        "", parent=docname, entries=[(None, entry) for entry in entries], includefiles=list(entries),
        maxdepth=1, caption=None, glob=False, hidden=hidden, includehidden=False, numbered=0,
        titlesonly=True, rawentries=[], rawcaption="",
    )  # fmt: skip
    return nodes.compound("", toctree, classes=["toctree-wrapper"])


def _children(repository: Repository, key: PageKey) -> list[PageKey]:
    if key.kind is PageKind.FILE:
        return [PageKey(PageKind.FILE_KEYWORDS, key.path)]
    if key.kind in {PageKind.KEYWORD_INDEX, PageKind.GLOSSARY} and not key.path:
        plan = repository.plan if key.kind is PageKind.KEYWORD_INDEX else repository.glossary_plan()
        return [PageKey(key.kind, part.letters) for part in plan.parts if part.letters]
    if key.kind is PageKind.BOOK:
        return [PageKey(PageKind.BOOK_PART, part.path) for part in repository.book().parts]
    if key.kind is PageKind.FINDINGS and not key.path:
        return [PageKey(PageKind.FINDINGS, topic.value) for topic in repository.topics]
    if key.kind is not PageKind.FOLDER:
        return []
    folder = repository.folder_relations(key.path)
    return [
        *(PageKey(kind) for kind in WHOLE_KINDS if not key.path),
        PageKey(PageKind.FOLDER_DOC, key.path),
        PageKey(PageKind.FOLDER_KEYWORDS, key.path),
        *(PageKey(PageKind.FOLDER, child.path) for child in folder.folders),
        *(PageKey(PageKind.FILE, child.path) for child in folder.files),
    ]
