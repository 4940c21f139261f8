"""Blocks as HTML: exact output, escaping, and text that is well-formed for EPUB too."""

from __future__ import annotations

import re
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import (
    Blocks,
    Code,
    Facts,
    Fold,
    Group,
    Inline,
    Item,
    Items,
    Para,
    Quiet,
    Ref,
    Source,
    Strong,
    Table,
    Trail,
    Url,
    Warn,
)
from sphinx_repodoc.pages.html import render_html


def resolve(ref: Ref) -> str | None:
    """Pages whose path starts with ``gone`` do not exist."""
    if ref.path.startswith("gone"):
        return None
    return f"{ref.path}.html" + (f"#{ref.anchor}" if ref.anchor else "")


def render(*blocks: Blocks | object, ids: bool = True, level: int = 2) -> str:
    return render_html(
        blocks,  # type: ignore[arg-type]
        resolve,
        ids=ids,
        heading_level=level,
        source=lambda block: f"<pre>{block.path}</pre>",
    )


def para(inline: Inline) -> str:
    return render(Para((inline,))).removeprefix("<p>").removesuffix("</p>\n")


EVIL = "<script>\"'&\u202e\x00"

GOLDEN: dict[str, tuple[object, str]] = {
    "paragraph": (
        Para(
            ("Imported by ", Ref(PageKind.FILE, "b.py", "b.py"), ", ", Code("x"), " and ", Strong("y"), ".")
        ),
        (
            '<p>Imported by <a class="reference internal" href="b.py.html"><code class="repodoc-code">b.py</code></a>'
            ', <code class="repodoc-code">x</code> and <strong>y</strong>.</p>\n'
        ),
    ),
    "nested items": (
        Items(
            (
                Item(("A",), children=(Item(("f",), anchor="sym-A.f"),), note=("Says A.",), anchor="sym-A"),
                Item(("B",)),
            ),
            style="outline",
        ),
        (
            '<ul class="simple repodoc-list repodoc-outline">\n'
            '<li id="sym-A">A <span class="repodoc-note">Says A.</span><ul>\n'
            '<li id="sym-A.f">f</li></ul></li>\n'
            "<li>B</li></ul>\n"
        ),
    ),
    "table": (
        Table(("Name", "Lines"), ((("a.py",), ("12",)), (("b.py",), ("3",))), numeric=(1,)),
        (
            '<div class="repodoc-scroll"><table class="docutils align-default repodoc-table">\n'
            '<thead><tr><th scope="col">Name</th><th scope="col" class="repodoc-number">Lines</th></tr></thead>\n'
            "<tbody>\n"
            '<tr><td>a.py</td><td class="repodoc-number">12</td></tr>\n'
            '<tr><td>b.py</td><td class="repodoc-number">3</td></tr>\n'
            "</tbody></table></div>\n"
        ),
    ),
    "facts": (
        Facts((("Size", ("3 KB",)), ("Owner", (Strong("@a"),)))),
        (
            '<dl class="simple repodoc-facts">\n'
            "<dt>Size</dt><dd>3 KB</dd>\n"
            "<dt>Owner</dt><dd><strong>@a</strong></dd>\n</dl>\n"
        ),
    ),
    "trail": (
        Trail((Ref(PageKind.FOLDER, "a", "a", code=False), "b.py")),
        (
            '<nav class="repodoc-breadcrumb" aria-label="Folders"><ol>'
            '<li><a class="reference internal" href="a.html">a</a></li>'
            '<li aria-current="page">b.py</li></ol></nav>\n'
        ),
    ),
    "what stands back": (
        Para((Quiet("in "), Ref(PageKind.FILE, "b.py", "line 3", "L3", code=False, quiet=True))),
        (
            '<p><span class="repodoc-quiet">in </span>'
            '<a class="reference internal repodoc-quiet" href="b.py.html#L3">line 3</a></p>\n'
        ),
    ),
    "fold": (
        Fold(("12 files",), (Para(("inside",)),)),
        '<details class="repodoc-fold"><summary>12 files</summary>\n<p>inside</p>\n</details>\n',
    ),
    "group": (
        Group("Tests & use", (Para(("x",)), Group("Inner", ())), anchor="tests"),
        (
            '<h2 id="tests">Tests &amp; use'
            '<a class="headerlink" href="#tests" title="Link to this heading">¶</a></h2>\n'
            "<p>x</p>\n<h3>Inner</h3>\n\n\n"
        ),
    ),
    "warning": (
        Warn(("Decoded with ", Code("latin-1"), ".")),
        (
            '<div class="admonition warning"><p class="admonition-title">Warning</p>\n'
            '<p>Decoded with <code class="repodoc-code">latin-1</code>.</p></div>\n'
        ),
    ),
    "source": (Source("a.py"), "<pre>a.py</pre>\n"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_block_is_rendered_exactly(name: str) -> None:
    """Each kind of block has one HTML form."""
    block, expected = GOLDEN[name]
    assert render(block) == expected


def test_without_ids_nothing_in_the_output_can_clash() -> None:
    """Many pages share one document in singlehtml: no ids, and no links to them from headings."""
    html = render(Group("T", (Items((Item(("a",), anchor="x"),)),), anchor="t"), ids=False)
    assert html == '<h2>T</h2>\n<ul class="simple repodoc-list">\n<li>a</li></ul>\n\n'


def test_headings_end_at_the_sixth_level() -> None:
    """HTML has six headings; deeper groups stay on the last."""
    assert render(Group("A", (Group("B", ()),)), level=6) == "<h6>A</h6>\n<h6>B</h6>\n\n\n"


def test_reference_to_a_page_that_does_not_exist_is_text() -> None:
    """A link is never broken."""
    assert para(Ref(PageKind.FILE, "gone.py", "gone.py", code=False)) == "gone.py"
    assert para(Ref(PageKind.FILE, "gone.py", "gone.py")) == '<code class="repodoc-code">gone.py</code>'


def test_reference_goes_to_its_anchor() -> None:
    """The resolver's address is used whole."""
    ref = Ref(PageKind.FILE, "a.py", "line 3", anchor="L3", code=False)
    assert para(ref) == '<a class="reference internal" href="a.py.html#L3">line 3</a>'


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "",
        "file:///x",
    ],
)
def test_only_web_and_mail_addresses_become_links(href: str) -> None:
    """Whatever else a repository writes as an address is shown as text."""
    assert para(Url(href, "text")) == "text"


def test_address_is_quoted_once() -> None:
    """What a URL may not hold is encoded; what is encoded already stays."""
    assert para(Url('HTTPS://h/a b?x=1&y="2"%20', "t")) == (
        '<a class="reference external" href="HTTPS://h/a%20b?x=1&amp;y=%222%22%20">t</a>'
    )


@pytest.mark.parametrize(
    "inline",
    [
        EVIL,
        Code(EVIL),
        Strong(EVIL),
        Ref(PageKind.FILE, EVIL, EVIL, anchor=EVIL),
        Url(f"https://{EVIL}", EVIL),
    ],
    ids=["text", "code", "strong", "ref", "url"],
)
def test_inline_text_is_escaped_and_shows_what_is_hidden(inline: Inline) -> None:
    """Markup in a name is text, and characters that reorder or hide text are named."""
    html = para(inline)
    assert "<script" not in html
    assert "\u202e" not in html
    assert "\x00" not in html
    assert (
        '&lt;script&gt;"\'&amp;<span class="repodoc-bidi" title="U+202E">U+202E</span>'
        '<span class="repodoc-hidden" title="U+0000">^@</span>' in html
    )


def test_ids_and_titles_are_escaped() -> None:
    """An anchor is made of the name of a symbol, and operators hold any character."""
    html = render(Group("<b>", (Items((Item(("x",), anchor='sym-operator<"'),)),), anchor="a<b"))
    assert '<li id="sym-operator&lt;&quot;">' in html
    assert '<h2 id="a&lt;b">&lt;b&gt;<a class="headerlink" href="#a%3Cb"' in html


def test_lists_deeper_than_the_stack_of_python_are_rendered() -> None:
    """Nesting in a file has no bound, so rendering may not recurse."""
    item = Item(("leaf",))
    for _ in range(5000):
        item = Item(("x",), children=(item,))
    html = render(Items((item,)))
    assert html.count("<ul") == html.count("</ul>") == 5001
    assert html.count("<li>") == html.count("</li>") == 5001


_texts = st.text(st.characters(codec=None), max_size=20)
_inlines = st.lists(
    st.one_of(
        _texts,
        st.builds(Code, _texts),
        st.builds(Strong, _texts),
        st.builds(Quiet, _texts),
        st.builds(Url, st.one_of(_texts, _texts.map("https://".__add__)), _texts),
        st.builds(Ref, st.just(PageKind.FILE), _texts, _texts, _texts, st.booleans()),
    ),
    max_size=3,
).map(tuple)


@given(_inlines, _texts)
def test_output_is_well_formed_and_can_be_encoded_for_any_text(
    inlines: tuple[Inline, ...], text: str
) -> None:
    """EPUB holds XHTML: any text, lone surrogates too, gives a well-formed fragment."""
    html = render(
        Group(text, (Para(inlines), Facts(((text, inlines),)), Table((text,), ((inlines,),))), anchor=text),
        Items((Item(inlines, children=(Item(inlines, anchor=text),), note=inlines),), style="columns"),
        Fold(inlines, (Warn(inlines), Trail(inlines))),
    )
    ET.fromstring(b"<div>" + html.encode() + b"</div>")  # noqa: S314


def test_style_sheet_knows_every_class_of_ours() -> None:
    """A class without a rule is a typing mistake or dead weight."""
    html = render(*[block for block, _ in GOLDEN.values()], Items((), style="columns"), Para((EVIL,)))
    written = set(re.findall(r"repodoc-[a-z]+", html))
    styled = set(
        re.findall(r"\.(repodoc-[a-z]+)", files("sphinx_repodoc").joinpath("static/repodoc.css").read_text())
    )
    assert len(written) > 10
    assert written <= styled
