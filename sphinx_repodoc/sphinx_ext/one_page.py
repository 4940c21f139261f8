"""Links within the one page that the builder ``singlehtml`` makes of all documents.

Sphinx addresses a document as ``#document-NAME`` whether or not a toctree brings it
onto the page, a place in it by an address with two fragments, and gives the root
document no id at all. Most of our pages are in no toctree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_repodoc.pages.doctree import PAGE_ID
from sphinx_repodoc.pages.nodes import repo_part
from sphinx_repodoc.sphinx_ext.project import repository_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

NAME = "singlehtml"
"""The builder's."""
_ADDRESS = "#document-"


def mend_links(app: Sphinx, doctree: nodes.document) -> None:
    """Let every link lead to a place on the page; what is not there is named without a link."""
    root = app.config.root_doc
    included = {root, *(start["docname"] for start in doctree.findall(addnodes.start_of_file))}
    repository = repository_of(app.env)
    ours: AbstractSet[str] = repository.pages.keys() if repository else set()
    for part in doctree.findall(repo_part):
        part["included"] = included
    for section in doctree.findall(nodes.section):
        if PAGE_ID in section["ids"]:  # each page has a section of this id
            section["ids"] = [f"{PAGE_ID}-{section['docname']}"]
    for link in [*doctree.findall(nodes.reference)]:
        address = str(link.get("refuri", ""))
        if address.startswith(_ADDRESS):
            _mend(link, address, included, ours)
    doctree.insert(0, nodes.target("", "", ids=[f"{_ADDRESS[1:]}{root}"]))


def _mend(link: nodes.reference, address: str, included: AbstractSet[str], ours: AbstractSet[str]) -> None:
    document, _, place = address.removeprefix(_ADDRESS).partition("#")
    if document not in included:
        link.replace_self(link.children)
    elif place and document in ours:
        link["refuri"] = _ADDRESS + document  # symbols have no ids here: those of two pages may be the same
    elif place:
        link["refuri"] = f"#{place}"
