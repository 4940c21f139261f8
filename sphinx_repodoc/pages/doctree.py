"""The doctree of a page: title, prose, cross-references, and a thin node a section.

Called for every page in Sphinx's main process, so it does as little as it can::

    section
      title
      paragraph          (purpose: searchable)
      repo_part …        (one a section; children are cross-references to other domains)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.core.problems import ProblemKind
from sphinx_repodoc.pages.blocks import Para
from sphinx_repodoc.pages.docutils_blocks import to_docutils
from sphinx_repodoc.pages.file import external_imports
from sphinx_repodoc.pages.nodes import repo_part
from sphinx_repodoc.pages.prose import prose
from sphinx_repodoc.pages.table import PARTS, page_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_repodoc.analyze.model import External
    from sphinx_repodoc.core.names import PageKey
    from sphinx_repodoc.pages.data import PageData

_LANGUAGE_DOMAINS = {"python": ("py", "mod"), "cython": ("py", "mod")}
"""Domain and role under which other projects' inventories hold the modules of a language."""
PAGE_ID = "repodoc-page"
"""Id of the section that is a page of ours."""
LINE_CLASS = "repodoc-line"
"""Class of links to lines of the page's own source, for the glue to remove where that has no addresses."""


def page_section(
    data: PageData, key: PageKey, sections: Sequence[str], read: Callable[[str], str | None]
) -> nodes.section:
    """The one section of a page.

    :param sections: ids of the parts of a file page to show, in order.
    :param read: text of a file of the repository, for READMEs.
    """
    title = page_title(key.kind, key.path)
    section = nodes.section(ids=[PAGE_ID], classes=[f"repodoc-{key.kind}"])
    section += nodes.title(title, title, translatable=False, support_smartquotes=False)
    parts = PARTS[key.kind]
    if key.kind is PageKind.FILE:
        by_id = {part.id: part for part in parts}
        parts = tuple(by_id[name] for name in sections if name in by_id)
    for part in parts:
        section += part_node(data, key, part.id, read)
    return section


def part_node(data: PageData, key: PageKey, part: str, read: Callable[[str], str | None]) -> repo_part:
    """One section, with those of its children that Sphinx must see while it reads."""
    node = repo_part(kind=key.kind.value, path=key.path, part=part)
    if key.kind is PageKind.FILE and part == "purpose":
        file = data.file(key.path)
        node += _prose(file.facts.doc, file.entry.language)
    elif key.kind is PageKind.FILE and part == "dependencies":
        node += _external_lists(data, key.path)
    elif key.kind is PageKind.FOLDER and part == "readme":
        folder = data.folder_relations(key.path)
        text = read(folder.readme) if folder.readme else None
        node += _readme(data, folder.readme, text) if text else []
    return node


def _readme(data: PageData, path: str, text: str) -> list[nodes.Node]:
    from sphinx_repodoc.pages.readme import readme_nodes  # noqa: PLC0415 (it loads the parser of Markdown)

    crashed = any(problem.kind is ProblemKind.PARSER_CRASH for problem in data.file(path).problems)
    return readme_nodes(text, path, rendered=not crashed)


def _prose(text: str, language: str) -> list[nodes.Node]:
    if not text:
        return []
    paragraph = nodes.paragraph(translatable=False)
    for node in to_docutils((Para(prose(text, language)),)):
        paragraph += node.children
    return [paragraph]


def _external_lists(data: PageData, path: str) -> list[nodes.Node]:
    """Modules outside the repository, as cross-references that another inventory may resolve."""
    out: list[nodes.Node] = []
    for title, externals in external_imports(data.file_relations(path)):
        rubric = nodes.rubric(title, title, translatable=False, classes=["repodoc-group", "no-search"])
        rubric["heading-level"] = 3  # as the groups that stand before it have
        out.append(rubric)
        items = [nodes.list_item("", _external(external)) for external in externals]
        out.append(nodes.bullet_list("", *items, classes=["repodoc-externals", "no-search"]))
    return out


def _external(external: External) -> nodes.paragraph:
    name: nodes.Element = nodes.literal(external.module, external.module)
    line = nodes.paragraph(translatable=False)
    domain, role = _LANGUAGE_DOMAINS.get(external.language, ("", ""))
    if domain:
        name = addnodes.pending_xref(
            "", name, refdomain=domain, reftype=role, reftarget=external.module, refexplicit=True,
            refwarn=False, repodoc_optional=True,
        )  # fmt: skip
    line += name
    for index, imported in enumerate(external.names):
        line += (nodes.Text(", " if index else ": "), nodes.literal(imported, imported))
    is_one = len(external.lines) == 1
    line += nodes.Text(" (" if is_one else " (lines ")
    for index, number in enumerate(external.lines):
        line += [nodes.Text(", ")] if index else []
        text = f"line {number}" if is_one else str(number)
        line += nodes.reference("", text, refid=f"L{number}", internal=True, classes=[LINE_CLASS])
    line += nodes.Text(f"), required in {external.manifest}" if external.manifest else ")")
    return line
