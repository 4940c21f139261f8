"""Turns our thin nodes into output, in the process that writes the page.

HTML is written as text, straight from the facts. For every other format the
thin nodes are replaced by docutils nodes before the writer sees them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_repodoc.core.disk import read_entry
from sphinx_repodoc.core.dotenv import hide_values, may_be_secret
from sphinx_repodoc.core.languages import language
from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.core.text import decode
from sphinx_repodoc.pages.blocks import Group
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.doctree import LINE_CLASS, PAGE_ID
from sphinx_repodoc.pages.docutils_blocks import to_docutils
from sphinx_repodoc.pages.escape import quote_anchor
from sphinx_repodoc.pages.html import render_html
from sphinx_repodoc.pages.nodes import repo_break, repo_part
from sphinx_repodoc.pages.source import excerpt, highlight_source
from sphinx_repodoc.pages.table import PARTS
from sphinx_repodoc.pages.tree import tree_blocks
from sphinx_repodoc.sphinx_ext import one_page
from sphinx_repodoc.sphinx_ext.project import repository_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_repodoc.pages.blocks import Blocks, Ref, Source
    from sphinx_repodoc.sphinx_ext.repository import Repository


_BREAKABLE = re.compile(r"(?<=[/_])(?=[^/_])")
_MOST_GROUPS = 40
"""Sub-headings of a section that the table of contents of its page lists."""


def find_part(node: repo_part) -> PagePart:
    """The section that a thin node stands for."""
    if node["part"] == "tree":
        return PagePart("tree", "", partial(tree_blocks, depth=node["depth"]))
    return next(part for part in PARTS[PageKind(node["kind"])] if part.id == node["part"])


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of our pages, as seen from one page."""

    repository: Repository
    builder: Builder
    docname: str
    included: AbstractSet[str] | None
    """Documents on the one HTML page, where ids of lines would not be unique; none when each has its own."""
    _known: dict[tuple[PageKind, str], str | None] = field(default_factory=dict)

    def resolve(self, ref: Ref) -> str | None:
        """Relative address of a page of ours; ``None`` when there is no such page."""
        key = ref.kind, ref.path
        if key not in self._known:
            docname = self.repository.names.docname(PageKey(*key))
            found = docname in (self.repository.pages if self.included is None else self.included)
            self._known[key] = self.builder.get_relative_uri(self.docname, docname or "") if found else None
        uri = self._known[key]
        if uri is None or not ref.anchor or self.included is not None:
            return uri
        return f"{uri}#{quote_anchor(ref.anchor)}"


def source_text(repository: Repository, block: Source) -> tuple[str, str]:
    """Text of a file or of some of its lines, and the Pygments name of its language; empty when it is gone."""
    entry = repository.store.entry(block.path)
    try:
        data = read_entry(repository.root, block.path)
    except OSError:
        return "", "text"  # it vanished since it was parsed: the next build says so
    text = decode(data, entry.language).text.decode("utf-8", "replace")
    if may_be_secret(block.path, entry.language):
        text = hide_values(text)
    lexer = block.language or language(entry.language).lexer
    return (excerpt(text, block.line, block.end_line) if block.line else text), lexer


def visit_part_html(self: HTML5Translator, node: repo_part) -> None:
    """Open a section with what the facts say; leave it out when that is nothing."""
    repository = repository_of(self.builder.env)
    if repository is None:
        raise nodes.SkipNode
    part = find_part(node)
    blocks = part.build(repository, node["path"])
    if not blocks and not node.children:
        raise nodes.SkipNode
    included = node.get("included")
    links = Links(repository, self.builder, self.builder.current_docname, included)
    ids = not (included or node.get("embedded"))

    def source(block: Source) -> str:
        text, lexer = source_text(repository, block)
        return highlight_source(text, lexer, ids=ids and not block.line, first_line=block.line or 1)

    content = render_html(
        blocks, links.resolve, ids=ids, heading_level=min(self.section_level + 2, 6), source=source
    )
    self.body.append(_opening(self, node, part, blocks, ids=ids))
    if part.id == "purpose":
        node["after"] = content
    else:
        self.body.append(content)


def _opening(self: HTML5Translator, node: repo_part, part: PagePart, blocks: Blocks, *, ids: bool) -> str:
    if not part.title:
        return '<div class="repodoc-part">'
    title = escape(part.title)
    if not ids:
        return f'<div class="repodoc-part"><p class="rubric">{title}</p>'
    node["shown"] = part.title
    groups = [(block.anchor, block.title) for block in blocks if isinstance(block, Group) and block.anchor]
    node["groups"] = groups if len(groups) <= _MOST_GROUPS else []
    level = min(self.section_level + 1, 6)
    link = f'<a class="headerlink" href="#{part.id}" title="Link to this heading">¶</a>'
    return f'<section class="repodoc-part" id="{part.id}"><h{level}>{title}{link}</h{level}>'


def depart_part_html(self: HTML5Translator, node: repo_part) -> None:
    self.body.append(node.attributes.pop("after", ""))
    self.body.append("</section>" if node.get("shown") else "</div>")


def expand_parts(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Replace our thin nodes by docutils nodes, for every format but HTML; links to lines, where there are none."""
    if app.builder.format == "html":
        _soften_title(doctree)
        if app.builder.name != one_page.NAME:
            return
        one_page.mend_links(app, doctree)
    for link in [*doctree.findall(nodes.reference)]:
        if LINE_CLASS in link["classes"]:
            link["classes"] = []
            link.replace_self(link.children)
    if app.builder.format == "html":
        return
    repository = repository_of(app.env)
    for node in [*doctree.findall(repo_part)]:
        node.replace_self(_expanded(repository, node) if repository else [])


def _soften_title(doctree: nodes.document) -> None:
    """Let the title of a page of ours, which is a path, break behind its slashes and underscores."""
    section = next(iter(doctree.children), None)
    if not isinstance(section, nodes.section) or PAGE_ID not in section["ids"]:
        return
    title = section[0]
    if isinstance(title, nodes.title):
        pieces = [nodes.Text(piece) for piece in _BREAKABLE.split(title.astext())]
        title.children = []
        title.extend([part for piece in pieces for part in (repo_break(), piece)][1:])


def visit_break_html(self: HTML5Translator, _node: repo_break) -> None:
    """Allow a break."""
    self.body.append("<wbr />")


def depart_break_html(_self: HTML5Translator, _node: repo_break) -> None:
    """It has no end."""


VISITORS: dict[type[nodes.Element], tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]] = {
    repo_part: (visit_part_html, depart_part_html),
    repo_break: (visit_break_html, depart_break_html),
}
"""What writes our nodes in HTML."""


def serve_builder(app: Sphinx) -> None:
    """Write our nodes with builders that others have nodes for by name: Sphinx then takes none that are for HTML."""
    by_name = app.registry.translation_handlers.get(app.builder.name)
    if by_name is not None and app.builder.format == "html":
        for node, visitors in VISITORS.items():
            by_name.setdefault(node.__name__, visitors)


def _expanded(repository: Repository, node: repo_part) -> list[nodes.Node]:
    part = find_part(node)
    blocks = part.build(repository, node["path"])
    if not blocks and not node.children:
        return []
    for rubric in node.findall(nodes.rubric):
        rubric.attributes.pop("heading-level", None)  # the level of sections is another in each format
    content: list[Any] = to_docutils(blocks, source=partial(source_text, repository))
    content = [*node.children, *content] if part.id == "purpose" else [*content, *node.children]
    if not part.title:
        return content
    if node.get("embedded"):
        return [nodes.rubric(part.title, part.title), *content]
    section = nodes.section(ids=[f"{node['path']}-{part.id}"])
    section += nodes.title(part.title, part.title)
    section += content
    return [section]
