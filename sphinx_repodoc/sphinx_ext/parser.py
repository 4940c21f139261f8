"""Builds the doctree of a page of ours from facts; no markup is written or parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.parsers import Parser

from sphinx_repodoc.core.disk import read_entry
from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.core.scan import disk_path
from sphinx_repodoc.pages.doctree import page_section
from sphinx_repodoc.pages.nodes import repo_part
from sphinx_repodoc.sphinx_ext.mentions import mention_nodes, mention_token
from sphinx_repodoc.sphinx_ext.project import RepoProject, repository_of
from sphinx_repodoc.sphinx_ext.toctree import toctree_nodes

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

FILETYPE = "repodoc-page"


class RepoParser(Parser):
    """Builds the doctree of a page of ours; the text it is given is empty."""

    supported = (FILETYPE,)

    def parse(self, _inputstring: str, document: nodes.document) -> None:
        env = document.settings.env
        docname = env.docname
        repository = repository_of(env)
        if repository is None:  # a file of the user's that bears our suffix
            return
        page = repository.pages[docname]
        document["source"] = env.project.source_of(docname)
        env.metadata[docname]["repodoc"] = page.digest
        if page.key != PageKey(PageKind.FOLDER) and not env.config.repodoc_toctree:
            env.metadata[docname]["orphan"] = ""  # navigation is ours, see the module of that name

        def read(path: str) -> str | None:
            return _read_text(repository.root, path)

        section = page_section(repository, page.key, env.config.repodoc_sections, read)
        place = disk_path(repository.root, page.key.path) if page.key.path else repository.root
        section.source, section.line = str(place), 1  # where a warning points to
        if page.key.kind is PageKind.FILE:
            _add_mentions(section, env, docname, page.key.path)
        if env.config.repodoc_toctree:
            section += toctree_nodes(repository, docname, page.key)
        document += section


def _add_mentions(section: nodes.section, env: BuildEnvironment, docname: str, path: str) -> None:
    """Fill the section of cross-references with where the user's documents speak of the file."""
    project = env.project
    mentions = project.mentions.get(path) if isinstance(project, RepoProject) else None
    env.metadata[docname]["repodoc_mentions"] = mention_token(mentions)
    for node in section.findall(repo_part):
        if mentions and node["part"] == "cross-references":
            node.extend(mention_nodes(mentions))


def _read_text(root: Path, path: str) -> str | None:
    try:
        return read_entry(root, path).decode("utf-8", "replace")
    except OSError:
        return None  # it vanished since the scan: the next build sees that
