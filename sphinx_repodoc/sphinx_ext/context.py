"""What themes show around a page of ours: breadcrumbs, sidebar, neighbours, contents.

Themes ask Sphinx for the global toctree, once for every page. Ours gives them
the same markup, made of the documents below the root document and of the
page's own surroundings, for a cost that does not grow with the repository.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.pages.escape import quote_anchor
from sphinx_repodoc.pages.nodes import repo_part
from sphinx_repodoc.pages.table import page_title
from sphinx_repodoc.sphinx_ext.navigation import ABOUT_ALL, Link
from sphinx_repodoc.sphinx_ext.project import RepoProject
from sphinx_repodoc.sphinx_ext.sidebar import render_entries, sidebar_entries

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_repodoc.sphinx_ext.navigation import Place
    from sphinx_repodoc.sphinx_ext.repository import Repository

_FRONT = PageKey(PageKind.FOLDER)


def fill_context(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Set what the templates of a page of ours read. Runs before the themes' own handlers."""
    project = app.project
    if not isinstance(project, RepoProject) or doctree is None or not project.is_page(pagename):
        return
    _hide_source_links(context)
    _set_contents(context, doctree)
    if app.config.repodoc_toctree:
        return
    repository = project.repository
    key = repository.pages[pagename].key
    place = repository.navigation.place(key)

    def uri(docname: str) -> str:
        return str(app.builder.get_relative_uri(pagename, docname))

    def link(target: Link | None) -> dict[str, str] | None:
        docname = repository.names.docname(target.key) if target else None
        return {"link": uri(docname), "title": escape(target.title)} if target and docname else None

    previous, following = _neighbours(repository, key, place)
    context["parents"] = [link(parent) for parent in place.parents]
    if key != _FRONT:  # before the front page stands a document of the user's
        context["prev"] = link(previous)
    context["next"] = link(following) or (context.get("next") if key == _FRONT else None)
    entries = sidebar_entries(app.env, repository, key, place, uri)
    context["toctree"] = lambda **_options: render_entries(entries)

    def generate_toctree_html(*_kind: str, startdepth: int = 1, **_options: Any) -> str:
        """As the PyData theme and its descendants ask for it: from the front page's entries on, or all."""
        shown = entries
        for _ in range(startdepth):
            shown = [child for entry in shown if entry.leads_here for child in entry.below]
        return render_entries(shown, classes="nav bd-sidenav")

    context["repodoc_toctree_html"] = generate_toctree_html


def fill_context_late(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Replace what themes find out by asking Sphinx, which knows neither our toctree nor our sections."""
    project = app.project
    if not isinstance(project, RepoProject) or not project.is_page(pagename):
        return
    if "furo_hide_toc" in context:
        context["furo_hide_toc"] = not context["display_toc"]
    if "generate_toctree_html" in context and "repodoc_toctree_html" in context:
        context["generate_toctree_html"] = context["repodoc_toctree_html"]
        context["suppress_sidebar_toctree"] = lambda **_options: False


def _neighbours(repository: Repository, key: PageKey, place: Place) -> tuple[Link | None, Link | None]:
    """The pages before and after this one: of the book and the index, the order of their parts."""
    for sequence in repository.sequences if key.kind in ABOUT_ALL else ():
        if key in sequence:
            position = sequence.index(key)
            links = [Link(found, page_title(found.kind, found.path)) for found in sequence]
            return (links[position - 1] if position else None), next(iter(links[position + 1 :]), None)
    return place.previous, place.next


def _hide_source_links(context: dict[str, Any]) -> None:
    """The stub is not the source of the page: the page itself links to that."""
    context.update(sourcename="", show_source=False, has_source=False, page_source_suffix="")
    for forge in ("github", "gitlab", "bitbucket", "gitea"):
        context[f"display_{forge}"] = False


def _set_contents(context: dict[str, Any], doctree: nodes.document) -> None:
    """List the sections that the page really has: Sphinx does not see into thin nodes."""
    shown = [node for node in doctree.findall(repo_part) if node.get("shown")]
    items = "".join(_contents_item(node["part"], node["shown"], node["groups"]) for node in shown)
    inner = f"<ul>{items}</ul>" if items else ""
    title = context.get("title", "")
    context["toc"] = f'<ul><li><a class="reference internal" href="#">{title}</a>{inner}</li></ul>'
    context["display_toc"] = bool(items)


def _contents_item(anchor: str, title: str, below: list[tuple[str, str]]) -> str:
    inner = "".join(_contents_item(*group, []) for group in below)
    nested = f"<ul>{inner}</ul>" if inner else ""
    address = escape(quote_anchor(anchor))
    return f'<li><a class="reference internal" href="#{address}">{escape(title)}</a>{nested}</li>'
