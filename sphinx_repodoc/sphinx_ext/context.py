"""What themes show around a page of ours: breadcrumbs, sidebar, neighbours, contents.

Themes ask Sphinx for the global toctree, once for every page. Ours gives them
the same markup, made of the documents below the root document and of the
page's own surroundings, for a cost that does not grow with the repository.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.pages.nodes import repo_part
from sphinx_repodoc.sphinx_ext.project import RepoProject
from sphinx_repodoc.sphinx_ext.written import root_entries

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_repodoc.sphinx_ext.navigation import Link, Place


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
    place = repository.navigation.place(repository.pages[pagename].key)

    def uri(docname: str) -> str:
        return str(app.builder.get_relative_uri(pagename, docname))

    def link(target: Link) -> dict[str, str]:
        return {"link": uri(repository.names.docname(target.key) or ""), "title": escape(target.title)}

    context["parents"] = [link(parent) for parent in place.parents]
    context["prev"] = link(place.previous) if place.previous else None
    context["next"] = link(place.next) if place.next else None
    sidebar = _sidebar(app, project, pagename, place, uri)
    context["toctree"] = lambda **_options: sidebar


def fill_context_late(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Replace the toctree that the PyData theme and its descendants make for themselves."""
    project = app.project
    if (
        isinstance(project, RepoProject)
        and project.is_page(pagename)
        and not app.config.repodoc_toctree
        and "generate_toctree_html" in context
    ):
        sidebar = context["toctree"]()
        context["generate_toctree_html"] = lambda *_args, **_options: sidebar
        context["suppress_sidebar_toctree"] = lambda **_options: False


def _hide_source_links(context: dict[str, Any]) -> None:
    """The stub is not the source of the page: the page itself links to that."""
    context.update(sourcename="", show_source=False, has_source=False, page_source_suffix="")
    for forge in ("github", "gitlab", "bitbucket", "gitea"):
        context[f"display_{forge}"] = False


def _set_contents(context: dict[str, Any], doctree: nodes.document) -> None:
    """List the sections that the page really has: Sphinx does not see into thin nodes."""
    shown = [(node["part"], node["shown"]) for node in doctree.findall(repo_part) if node.get("shown")]
    items = "".join(
        f'<li><a class="reference internal" href="#{part}">{escape(title)}</a></li>' for part, title in shown
    )
    inner = f"<ul>{items}</ul>" if items else ""
    title = context.get("title", "")
    context["toc"] = f'<ul><li><a class="reference internal" href="#">{title}</a>{inner}</li></ul>'
    context["display_toc"] = bool(items)


def _sidebar(
    app: Sphinx, project: RepoProject, pagename: str, place: Place, uri: Callable[[str], str]
) -> str:
    """Nested lists, as Sphinx renders a toctree: the user's documents, and the way down to this page."""
    names = project.repository.names
    front = PageKey(PageKind.FOLDER)
    entries = []
    for target in place.siblings:
        docname = names.docname(target.key) or ""
        current = pagename == docname or (target.key.path == project.repository.pages[pagename].key.path)
        entries.append((uri(docname), escape(target.title), current, ""))
    if place.hidden:
        folder = place.siblings[0].key.path.rpartition("/")[0]
        docname = names.docname(PageKey(PageKind.FOLDER, folder)) or ""
        entries.append((uri(docname), f"… and {place.hidden} more", False, ""))
    folders = [parent for parent in place.parents if parent.key.kind is PageKind.FOLDER]
    own = project.repository.pages[pagename].key
    if own.kind in {PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS} and folders and folders[-1].key.path:
        folders = folders[:-1]  # the folder itself stands among its siblings
    level = len(folders) or 1
    html = _list(entries, level + 1)
    for depth in range(len(folders) - 1, 0, -1):
        folder_link = folders[depth]
        address = uri(names.docname(folder_link.key) or "")
        html = _list([(address, escape(folder_link.title), True, html)], depth + 1)
    front_name = names.docname(front) or ""
    top = []
    for docname in root_entries(app.env):
        is_front = docname == front_name
        title = escape(str(app.env.titles[docname].astext()))
        top.append((uri(docname), title, is_front, html if is_front else ""))
    if front_name not in root_entries(app.env):
        top.append((uri(front_name), "Repository", True, html))
    return _list(top, 1)


def _list(entries: list[tuple[str, str, bool, str]], level: int) -> str:
    """One level of a toctree, of (address, title, whether it leads here, nested list)."""
    items = "".join(
        f'<li class="toctree-l{level}{" current" if current else ""}">'
        f'<a class="{"current " if current else ""}reference internal" href="{escape(address)}">{title}</a>'
        f"{nested}</li>"
        for address, title, current, nested in entries
    )
    here = ' class="current"' if any(entry[2] for entry in entries) else ""
    return f"<ul{here}>{items}</ul>"
