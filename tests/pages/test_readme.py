"""READMEs are shown as prose; nothing in them runs and nothing is fetched."""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_repodoc.pages.readme import readme_nodes


def outline(text: str, path: str) -> str:
    container = nodes.container("", *readme_nodes(text, path))
    assert not [*container.findall(nodes.raw)]
    assert not [*container.findall(nodes.image)]
    assert not [*container.findall(nodes.system_message)]
    return container.astext()


def test_markdown_keeps_prose_and_drops_html() -> None:
    """HTML and roles of MyST are not interpreted; tables and code are."""
    text = "# T\n\n<script>alert(1)</script>\n\nHi <b>you</b> {eval-rst}`x`\n\n|a|b|\n|-|-|\n|1|2|\n"
    shown = outline(text, "README.md")
    assert "alert" not in shown
    assert "Hi you" in shown
    assert [*nodes.container("", *readme_nodes(text, "README.md")).findall(nodes.table)]


def test_rst_runs_no_directive_of_an_extension() -> None:
    """No file is included, no module imported, no raw output passed on."""
    text = (
        "T\n=\n\n.. include:: /etc/passwd\n\n.. automodule:: antigravity\n   :members:\n\n"
        ".. raw:: html\n\n   <script>alert(1)</script>\n\n.. csv-table::\n   :file: /etc/passwd\n\n"
        ":class:`~a.b.C` and :ref:`text <label>`\n\n.. note:: kept\n"
    )
    shown = outline(text, "README.rst")
    assert "root:" not in shown
    assert "alert" not in shown
    assert "C and text" in shown
    assert "kept" in shown


def test_code_is_highlighted_only_in_languages_that_exist() -> None:
    """An unknown language would be a warning about text that is not the author's."""
    found = readme_nodes("```python\nx = 1\n```\n\n```no-such-language\ny\n```\n", "README.md")
    assert [node["language"] for node in found if isinstance(node, nodes.literal_block)] == ["python", "none"]


def test_relative_links_lead_to_pages_of_ours_from_where_the_readme_lies() -> None:
    """A link is read as the forge reads it; other schemes than the web's are no links."""
    text = "[a](x.py) [b](../top.md#part) [c](/root.md) [d](https://e.org/) [e](tel:1) [f](#here)"
    container = nodes.container("", *readme_nodes(text, "pkg/README.md"))
    assert [ref["reftarget"] for ref in container.findall(pending_xref)] == ["pkg/x.py", "top.md", "root.md"]
    assert [ref["refuri"] for ref in container.findall(nodes.reference)] == ["https://e.org/"]
    assert container.astext().split() == ["a", "b", "c", "d", "e", "f"]


def test_a_badge_becomes_its_text() -> None:
    """Images would have to be fetched: the reader gets what they stand for."""
    container = nodes.container(
        "", *readme_nodes("[![CI](https://e.org/ci.svg)](https://e.org/ci)", "README.md")
    )
    assert container.astext() == "CI"


def test_plain_text_stays_as_it_is() -> None:
    """A README without markup is shown literally."""
    (block,) = readme_nodes("a *b*\n  c", "README")
    assert isinstance(block, nodes.literal_block)
    assert block.astext() == "a *b*\n  c"
