"""The navigation beside a page, as themes are given it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from builds.sample import CONF

from sphinx_repodoc.sphinx_ext.sidebar import Entry, render_entries

if TYPE_CHECKING:
    from builds.sample import Project

INDEX = (
    "Sample\n======\n\nWelcome.\n\n.. toctree::\n   :caption: For users\n\n   The <guide> <guide>\n"
    "   Elsewhere <https://example.org/>\n\n.. toctree::\n   :caption: Code\n   :hidden:\n\n   repo/index\n"
)


def indented(*lines: str) -> tuple[str, ...]:
    return tuple(f"  {line}" for line in lines)


def outline(html: str) -> list[str]:
    """Titles, indented, those on the way marked by ``>`` and the page itself by ``*``."""
    out = []

    def walk(element: ET.Element, depth: int) -> None:
        for child in element:
            if child.tag == "p":
                out.append(f"# {''.join(child.itertext())}")
            elif child.tag == "a":
                here = (
                    "*" if child.get("aria-current") else ">" if "current" in child.get("class", "") else ""
                )
                out.append(f"{'  ' * (depth - 1)}{here}{child.text}")
            else:
                walk(child, depth + (child.tag == "ul"))

    walk(ET.fromstring(f"<div>{html}</div>"), 0)  # noqa: S314 (our own)
    return out


def test_captions_begin_lists_of_their_own() -> None:
    """As Sphinx renders several toctrees one after the other."""
    entries = [
        Entry(address="a", title="A", caption="One & two"),
        Entry(address="b", title="B<", leads_here=True, below=(Entry(address="c", title="C", is_here=True),)),
        Entry(address="d", title="D", caption="Three"),
    ]
    html = render_entries(entries, classes="nav")
    assert outline(html) == ["# One & two", "A", ">B<", "  *C", "# Three", "D"]
    assert re.findall(r'<ul class="([^"]*)"|toctree-l(\d)', html) == [
        ("current nav", ""), ("", "1"), ("", "1"), ("", "2"), ("nav", ""), ("", "1"),
    ]  # fmt: skip


FILES_OF_ROOT = ("README.md", "pyproject.toml")
WHOLE = ("Keyword index", "Book", "Glossary", "File reference", "Notes", "Coverage")
FOLDERS = ("docs/", "pkg/", "src/", "tests/")
CODE = ("__init__.py", "app.py", "core.py")
WAYS = {
    "index": ("*Repository", *indented(*WHOLE, *FOLDERS, *FILES_OF_ROOT)),
    "book": (">Repository", *indented("Keyword index", "*Book", *WHOLE[2:], *FOLDERS, *FILES_OF_ROOT)),
    "pkg/core.py": (">Repository", *indented(">pkg/", *indented(*CODE[:2], "*core.py"))),
    "pkg/core.py.kw": (">Repository", *indented(">pkg/", *indented(*CODE[:2], ">core.py"))),
    "pkg/index": (
        ">Repository",
        *indented("docs/", "*pkg/", *indented(*CODE), "src/", "tests/", *FILES_OF_ROOT),
    ),
    "pkg/doc": (
        ">Repository",
        *indented("docs/", ">pkg/", *indented(*CODE), "src/", "tests/", *FILES_OF_ROOT),
    ),
}


def test_the_sidebar_holds_the_users_documents_and_the_way_to_the_page(project: Project) -> None:
    """Captions, titles and links elsewhere are the user's; a detail page is marked at what it details."""
    project.write("docs/index.rst", INDEX)
    assert project.build().status == 0
    for page, way in WAYS.items():
        found = re.search(
            r"<h3>Navigation</h3>(.*?)<(?:div|hr|/div)", project.page(f"repo/{page}"), re.DOTALL
        )
        assert found is not None
        assert outline(found[1]) == ["# For users", "The <guide>", "Elsewhere", "# Code", *way]


def test_neighbours_are_the_reading_order(project: Project) -> None:
    """The front page follows the document before it, and the book its own order."""
    assert project.build().status == 0
    neighbours = {
        "index": ("../guide.html", "docs/index.html"),
        "pkg/index": ("../docs/index.html", "__init__.py.html"),
        "pkg/core.py": ("app.py.html", "../src/index.html"),
        "glossary": ("book-tests.html", "files.html"),
    }
    for page, expected in neighbours.items():
        html = project.page(f"repo/{page}")
        links = [re.search(rf'<link rel="{way}"[^>]* href="([^"]*)"', html) for way in ("prev", "next")]
        assert tuple(link and link[1] for link in links) == expected, page


LIKE_A_THEME = """
templates_path = ["_templates"]

def setup(app):
    app.connect("html-page-context", like_a_theme)

def like_a_theme(app, pagename, templatename, context, doctree):
    context["generate_toctree_html"] = lambda kind, startdepth=1, **options: "theirs"
    context["furo_hide_toc"] = True
"""
LAYOUT = """{% extends "!layout.html" %}{% block footer %}
<aside class="all">{{ generate_toctree_html(kind="sidebar", startdepth=0, show_nav_level=1) }}</aside>
<aside class="section">{{ generate_toctree_html("sidebar", startdepth=1) }}</aside>
<p>contents {{ "hidden" if furo_hide_toc else "shown" }}</p>
{% endblock %}"""


def test_themes_that_ask_in_ways_of_their_own_get_the_same(project: Project) -> None:
    """PyData and its descendants replace the toctree, Furo hides contents that Sphinx does not know."""
    project.write("docs/conf.py", CONF + LIKE_A_THEME)
    project.write("docs/_templates/layout.html", LAYOUT)
    assert project.build().status == 0
    html = project.page("repo/pkg/core.py")
    way = [">pkg/", *indented(*CODE[:2], "*core.py")]
    shown = re.findall(r"<aside class=\"(\w+)\">(.*?)</aside>", html, re.DOTALL)
    assert {name: outline(found) for name, found in shown} == {
        "all": ["Guide", ">Repository", *indented(*way)],
        "section": way,
    }
    assert "<p>contents shown</p>" in html
    assert "theirs" in project.page("guide")


def test_a_title_may_break_where_its_path_does(project: Project) -> None:
    """Behind slashes and underscores; what searches and links show of it stays as it is."""
    assert project.build().status == 0
    html = project.page("repo/tests/test_core.py")
    assert "<h1>tests/<wbr />test_<wbr />core.py<a" in html
    assert "<title>tests/test_core.py " in html
    search = (project.out / "html/searchindex.js").read_text("utf-8")
    assert '"tests/test_core.py"' in search
    assert "wbr" not in search


def test_a_first_finding_appears_in_the_sidebars_of_pages_about_the_whole(project: Project) -> None:
    """Its page is new: those that offer it are written again, and no page of a file."""
    assert project.build().status == 0
    assert "findings.html" not in project.page("repo/book")
    project.write("pkg/app.py", "def run(found=[]):\n    return found\n")
    build = project.build()
    assert build.status == 0, build.warnings
    assert 'href="findings.html"' in project.page("repo/book")
    assert 'href="findings-mistake.html"' in project.page("repo/findings")
    assert "repo/README.md" not in build.read


def test_the_front_page_counts_what_rules_find_now(project: Project) -> None:
    """Its numbers come from lists of the whole repository, which change when its folders do not."""
    for place, found in (("()", "(1 place)"), ("[]", "(2 places)")):
        project.write("pkg/app.py", f"def run(one=[], two={place}):\n    return one, two\n")
        assert project.build().status == 0
        assert found in project.page("repo/index")
