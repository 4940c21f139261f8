"""Nothing of a repository runs in a page, adds an element to it or makes it ask for anything.

The default run gives each place some of the payloads, each payload to some places; with the environment variable
``REPODOC_INJECTION`` each place gets all of them, and every page is opened.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from builds.sample import Project
from injection.browser import missing, open_browser
from injection.payloads import PAYLOADS
from injection.places import PLACES, word
from injection.repository import NAMED, as_path, write_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from injection.browser import Browser, Seen

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not on this machine: {missing()}")

_ALL = "REPODOC_INJECTION" in os.environ
_SHARE = 1 if _ALL else 8
"""Every so many payloads are in one place ..."""
_NAMES = 1 if _ALL else 46
"""... and in names, each of which makes several pages."""
_OPENED = 1 if _ALL else 12
"""Every so many pages are opened; the others are parsed."""
_CONF = """
project = "Sample"
extensions = [{extensions}]
html_theme = "{theme}"
html_use_opensearch = "https://docs.example.org"
repodoc_show_authors = True
repodoc_coverage = ["reports/lcov.info", "reports/coverage.xml", "reports/coverage-final.json"]
"""
_OURS = """
    a aria-current, a id, a rel, a title, blockquote, code, code class, dd, details, details class, div aria-label,
    div id, dl, dl class, dt, em, h2, h3, h3 class, h3 id, hr, hr class, i, input aria-label, input class, li, li aria-current,
    li class, li id, link title, nav, nav aria-label, nav class, ol, p class, path, path class, path d,
    path stroke-width, pre, pre style, rect, rect class, rect height, rect rx, rect width, rect x, rect y,
    section class, span title, strong, summary, svg, svg aria-label, svg height, svg role, svg viewbox, svg width,
    svg xmlns, table, table class, tbody, td, td class, text, text x, text y, th, th class, th scope, thead,
    title, tr, tr class, ul class, wbr
"""
"""Elements, and elements with attributes, of our pages that Sphinx's own may not have."""
_HIDE_MATCHES = ": a href javascript:SphinxHighlight.hideSearchWords()"
"""A link that Sphinx's script makes after a search."""
_OWN_STYLE = re.compile(r"style-src-attr inline counter-reset:repodoc-line \d+")
"""The number of the first line of an excerpt."""


@dataclass(frozen=True)
class Site:
    """The pages of the hostile repository, and those of Sphinx alone."""

    project: Project
    browser: Browser
    pages: list[str]
    plain: Seen


def _pages(project: Project, builder: str) -> list[str]:
    out = project.out / builder
    paths = sorted(path.relative_to(project.out).as_posix() for path in out.rglob("*.html"))
    return [f"/{quote(path)}" for path in paths]


@pytest.fixture(scope="module", params=["alabaster", *(["furo"] if _ALL else [])])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    project = Project(folder / "sample", folder / "out")
    project.write("docs/index.rst", "Sample\n======\n\nWelcome.\n\n>>> 1\n1\n")
    project.write("docs/conf.py", _CONF.format(theme=request.param, extensions=""))
    plain = project.build("plain", "-b", "html")
    assert plain.status == 0, plain.warnings
    project.write("docs/conf.py", _CONF.format(theme=request.param, extensions='"sphinx_repodoc"'))
    write_repository(project, PAYLOADS, _SHARE, PAYLOADS[::_NAMES])
    build = project.build("html", "-W", "--keep-going")
    assert (build.status, build.warnings) == (0, "")
    with open_browser(project.out, folder / "profile") as browser:
        plain = browser.visit(
            [*_pages(project, "plain"), "/plain/search.html?q=welcome"], "#search-results a"
        )
        yield Site(project, browser, _pages(project, "html"), plain)


def _assert_harmless(seen: Seen, plain: Seen) -> None:
    """Nothing ran, loaded, or became an element or an attribute that is not Sphinx's or ours."""
    reported = {detail for kind, detail in seen.events - plain.events if kind == "policy"}
    assert [detail for kind, detail in seen.events if kind == "ran"] == []
    assert {detail for detail in reported if not _OWN_STYLE.fullmatch(detail)} == set()
    ours = {shape.strip() for shape in _OURS.split(",")}
    assert {k: v for k, v in seen.shapes.items() if k not in ours | plain.shapes.keys()} == {}
    assert [address for address in seen.addresses if not address.endswith(_HIDE_MATCHES)] == []
    assert seen.requests == set()


def test_payloads_are_many_and_each_is_another() -> None:
    """The figures of the documentation are these."""
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS) >= 300
    assert len({place.name for place in PLACES} | {*NAMED}) == len(PLACES) + len(NAMED) >= 100


def test_the_probe_sees_what_runs(site: Site) -> None:
    """A page that passes payloads on is found out, by each of the witnesses."""
    bad = (
        "<!DOCTYPE html><img src=x onerror=pwned(1)><script>pwned(2)</script><x-pwned></x-pwned>"
        "<img src=//evil.example/x.png><a href=' java\tscript:x'>x</a>"
    )
    (site.project.out / "bad.html").write_text(bad, "utf-8")
    seen = site.browser.visit(["/bad.html"])
    assert {("ran", "1"), ("ran", "2")} <= seen.events
    assert any("evil.example" in detail for kind, detail in seen.events if kind == "policy")
    assert "x-pwned" in seen.shapes
    assert len(seen.addresses) == 2
    assert seen.requests == {"http://evil.example/x.png"}


def test_parsed_pages_hold_no_foreign_element(site: Site) -> None:
    """Each page of the repository is as if its texts were words."""
    seen = site.browser.read(site.pages)
    assert seen.pages == len(site.pages) > 500
    _assert_harmless(seen, site.plain)
    expected = {place.name for place in PLACES if not place.only_listed} | {*NAMED}
    found = {each.rpartition("q")[0] for each in seen.words}
    assert {name for name in expected if f"w{re.sub('[^a-z]', '', name)}" not in found} == set()


def test_nothing_runs_in_an_opened_page(site: Site) -> None:
    """A reader's browser runs Sphinx's scripts and ours, and asks for nothing from elsewhere."""
    seen = site.browser.visit(site.pages[::_OPENED])
    assert seen.pages >= 30
    _assert_harmless(seen, site.plain)


def test_search_results_show_titles_and_summaries_as_text(site: Site) -> None:
    """The script of the search page puts titles, objects and excerpts of pages into it.

    It shows a title as such when the question is at least half of it; Sphinx before 9 as HTML.
    """
    names = [f"names/{as_path(word('file name', each) + each.text)}" for each in PAYLOADS[::_NAMES]]
    queries = ["img src onerror", "script", "x-pwned", "svg onload", "javascript", *names]
    pages = [f"/html/search.html?q={quote(query)}" for query in queries]
    seen = site.browser.visit(pages, ".search-summary:not(:empty)")
    assert {word("file name", each) for each in PAYLOADS[::_NAMES]} <= seen.words
    _assert_harmless(seen, site.plain)
