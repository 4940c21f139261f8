"""What Sphinx itself sees of a page: prose, and modules of other projects."""

from __future__ import annotations

from docutils import nodes
from pages.facts import FakeData, make_file
from sphinx import addnodes

from sphinx_repodoc.analyze.model import External, FileRelations
from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.names import PageKey, PageKind
from sphinx_repodoc.pages.doctree import part_node

EXTERNALS = (
    External(module="click", lines=(2, 4), names=("command", "echo"), language="python", manifest="setup.cfg:7"),
    External(module="left-pad", lines=(9,), language="javascript"),
)  # fmt: skip
DATA = FakeData(
    files=(make_file("a.py", Facts(doc="Runs ``x`` as the `manual <https://a.org>`_ says.")),),
    relations=(FileRelations(path="a.py", third_party=EXTERNALS),),
)


def part(name: str) -> nodes.Element:
    return part_node(DATA, PageKey(PageKind.FILE, "a.py"), name, lambda _path: None)


def test_prose_is_real_text_without_its_markup() -> None:
    """So that the search finds it; a translator has no work with it."""
    (paragraph,) = part("purpose").children
    assert isinstance(paragraph, nodes.paragraph)
    assert paragraph["translatable"] is False
    assert paragraph.astext() == "Runs x as the manual says."
    assert [node.astext() for node in paragraph.findall(nodes.literal)] == ["x"]
    assert [node["refuri"] for node in paragraph.findall(nodes.reference)] == ["https://a.org"]


def test_external_modules_name_their_lines_and_their_manifest() -> None:
    """Lines lead to the source below; modules of Python may be known to another inventory."""
    node = part("dependencies")
    assert [item.astext() for item in node.findall(nodes.list_item)] == [
        "click: command, echo (lines 2, 4), required in setup.cfg:7",
        "left-pad (line 9)",
    ]
    assert [link["refid"] for link in node.findall(nodes.reference)] == ["L2", "L4", "L9"]
    assert [(xref["refdomain"], xref["reftarget"]) for xref in node.findall(addnodes.pending_xref)] == [
        ("py", "click")
    ]


def test_a_file_without_prose_has_no_empty_paragraph() -> None:
    """A part without facts and children is left out."""
    data = FakeData(files=(make_file("a.py"),))
    key = PageKey(PageKind.FILE, "a.py")
    assert part_node(data, key, "purpose", lambda _path: None).children == []
