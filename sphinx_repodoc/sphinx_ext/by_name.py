"""Pages that another shard writes, as far as this build has to know them: by name and title.

Nothing else of a page of ours is in the environment, and reading costs a third of
what writing does. So they are entered there as if they had been read, for references
and the inventory to find.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_repodoc.pages.table import page_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.sphinx_ext.project import RepoProject


def forget_pages(app: Sphinx, project: RepoProject) -> frozenset[str]:
    """Take them out of what an earlier build has read, so that Sphinx finds them neither changed nor removed.

    Gives those that were known by name only.
    """
    env = app.env
    pages = project.repository.pages
    forgotten, current = set(), set()
    for docname in project.by_name & env.all_docs.keys():
        digest = env.metadata.get(docname, {}).get("repodoc")
        if digest == pages[docname].digest:  # read by a build of another shard or of the whole
            current.add(docname)
        elif digest:
            app.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
            Path(app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
        elif digest is not None:  # else it is a document of the user's at the place of a page
            del env.all_docs[docname]
            forgotten.add(docname)
    project.by_name -= current
    return frozenset(forgotten)


def enter_pages(env: BuildEnvironment, project: RepoProject) -> None:
    """Enter them with what Sphinx would have collected from them."""
    for docname in project.by_name:
        if not project.is_page(docname):
            continue
        key = project.repository.pages[docname].key
        title = page_title(key.kind, key.path)
        env.all_docs[docname] = 0
        env.metadata[docname] = {"repodoc": "", "orphan": ""}
        env.titles[docname] = env.longtitles[docname] = nodes.title("", "", nodes.Text(title))
        env.toc_num_entries[docname] = 1
