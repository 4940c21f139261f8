"""The contents of our pages in the environment: only of those that a toctree shows.

Sphinx keeps a list of nodes for each document, with its title and its sections, for toctrees that
lead to it and for the sidebar of its own page. Our pages render their contents themselves, and next to
none of them stands in a toctree. These lists were half of the environment, which is loaded and stored as a whole.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.project import RepoProject


def pages_in_toctrees(env: BuildEnvironment, project: RepoProject) -> set[str]:
    """Those of our pages that any document lists."""
    return set(filter(project.is_page, chain.from_iterable(env.toctree_includes.values())))


def without_contents(env: BuildEnvironment, listed: Iterable[str]) -> set[str]:
    """Pages that no toctree listed when they were read, of those that one lists now."""
    return {docname for docname in listed if docname not in env.tocs or not env.tocs[docname].children}


def share_contents(env: BuildEnvironment, project: RepoProject) -> None:
    """Give one empty list to all pages that neither stand in a toctree nor have one."""
    kept = pages_in_toctrees(env, project) | env.toctree_includes.keys()
    none = nodes.bullet_list()
    for docname in env.all_docs.keys() & project.repository.pages.keys() - kept:
        if project.is_page(docname):
            env.tocs[docname] = none
