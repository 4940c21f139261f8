"""Highlighted source: exact output, and text that is always that of the file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers
from pygments.token import Comment, Keyword, Token

import sphinx_repodoc.pages
from sphinx_repodoc.pages import source
from sphinx_repodoc.pages.lexing import BoundedLexer
from sphinx_repodoc.pages.source import can_highlight, excerpt, highlight_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = [
    *(
        "python",
        "c",
        "cpp",
        "cuda",
        "java",
        "javascript",
        "typescript",
        "go",
        "rust",
        "ruby",
        "php",
        "csharp",
    ),
    *(
        "bash",
        "json",
        "yaml",
        "toml",
        "markdown",
        "html",
        "css",
        "kotlin",
        "swift",
        "scala",
        "lua",
        "cmake",
        "make",
    ),
    *("docker", "protobuf", "rst", "ini", "perl", "sql", "xml", "tex", "haskell", "pycon", "console", "diff"),
    *("html+django", "http", "text", "nothing-of-this-name"),
]
ODD = {
    "empty": "",
    "one newline": "\n",
    "blank lines around": "\n\n\nx = 1\n\n\n",
    "no final newline": "x = 1",
    "tabs and trailing space": "\tif x:\n\t\ty  \n \n",
    "markup": "<a href='x'>&amp;</a> </pre></div>\n",
    "open string": '"""never closed\n\n  more\n',
    "open comment": "/* never closed\n * more\n",
    "form feed and vertical tab": "a\x0c\nb\x0b\n",
    "lone carriage return": "a\rb\n",
    "nul and escape": "\x00\x1b[31m red \x7f\x85\n",
    "byte order mark": "\ufeffimport x\n",
    "bidirectional": "if access == 'user\u202e \u2066// admin\u2069 \u2066':\n",
    "lone surrogate": "name = '\udcff'\n",
    "not characters": "\ufffe\uffff\U0001ffff\n",
    "separators": "a\u2028b\u2029c\n",
    "astral": "\U0001d518 = '\U0001f468\u200d\U0001f469'\n",
    "long line": "x = '" + "a" * 9000 + "'\ny = 2\n",
    "many blank lines": "def f():\n" + "\n" * 300 + "    return 1\n",
}


class _Shown(HTMLParser):
    """What a reader of the page could type off it, with shown characters turned back."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._in_shown = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "span" and (values.get("class") or "").startswith("repodoc-"):
            self._in_shown = True
            self.pieces.append(chr(int((values["title"] or "").replace("U+", "0x"), 0)))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._in_shown = False

    def handle_data(self, data: str) -> None:
        if not self._in_shown:
            self.pieces.append(data)


def shown(html: str) -> str:
    return "".join(_Shown(html).pieces)


def body(html: str) -> str:
    start = '<div class="highlight repodoc-source notranslate"><pre>'
    assert html.startswith(start)
    assert html.endswith("</pre></div>")
    return html[len(start) : -len("</pre></div>")]


def check_whole(text: str, lexer: str) -> None:
    html = highlight_source(text, lexer)
    assert shown(html) == text.replace("\r\n", "\n")
    ET.fromstring(html.encode())  # noqa: S314
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    assert re.findall(r'<a id="L(\d+)" href="#L\1"></a>', html) == [str(n + 1) for n in range(len(lines))]


def test_source_is_rendered_exactly() -> None:
    """Classes are those of Pygments; text, white space and punctuation have no span; every line has an address."""
    assert body(highlight_source('def f(x):\n    """A\n\n    B"""\n    return not  x\n', "python")) == (
        '<a id="L1" href="#L1"></a><span class="k">def</span> <span class="nf">f</span>(x):\n'
        '<a id="L2" href="#L2"></a>    <span class="sd">&quot;&quot;&quot;A</span>\n'.replace("&quot;", '"')
        + '<a id="L3" href="#L3"></a>\n'
        '<a id="L4" href="#L4"></a><span class="sd">    B"""</span>\n'
        '<a id="L5" href="#L5"></a>    <span class="k">return</span> <span class="ow">not</span>  x\n'
    )


def test_neighbours_of_one_class_share_a_span() -> None:
    """White space between them does not part them."""
    assert body(highlight_source("x is  not y\n", "python")) == (
        '<a id="L1" href="#L1"></a>x <span class="ow">is  not</span> y\n'
    )


def test_without_ids_lines_have_numbers_but_no_addresses() -> None:
    """Many files share one page in singlehtml."""
    assert body(highlight_source("a\nb\n", "text", ids=False)) == "<i></i>a\n<i></i>b\n"


def test_excerpt_counts_from_its_first_line() -> None:
    """Addresses and the counter of the style sheet agree."""
    html = highlight_source("a\nb", "text", first_line=10)
    assert html == (
        '<div class="highlight repodoc-source notranslate"><pre style="counter-reset:repodoc-line 9">'
        '<a id="L10" href="#L10"></a>a\n<a id="L11" href="#L11"></a>b</pre></div>'
    )


def test_unknown_lexer_gives_plain_text() -> None:
    """A language without a lexer is no reason to leave a file out."""
    assert (
        body(highlight_source("if <x>", "nothing-of-this-name")) == '<a id="L1" href="#L1"></a>if &lt;x&gt;'
    )


def test_hidden_characters_are_shown() -> None:
    """A reader sees what a compiler sees (Trojan Source, CVE-2021-42574)."""
    assert body(highlight_source("a\u202eb\x0c\x00\u200b\n", "text")) == (
        '<a id="L1" href="#L1"></a>a<span class="repodoc-bidi" title="U+202E">U+202E</span>b'
        '<span class="repodoc-hidden" title="U+000C">^L</span><span class="repodoc-hidden" title="U+0000">^@</span>'
        '<span class="repodoc-hidden" title="U+200B">U+200B</span>\n'
    )


def test_windows_line_ends_are_line_ends() -> None:
    """A carriage return is shown only where it does not end a line."""
    assert body(highlight_source("a\r\nb\rc\r\n", "text")) == (
        '<a id="L1" href="#L1"></a>a\n<a id="L2" href="#L2"></a>b'
        '<span class="repodoc-hidden" title="U+000D">^M</span>c\n'
    )


@pytest.mark.parametrize("lexer", LANGUAGES)
@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_shown_whole(name: str, lexer: str) -> None:
    """Whatever a lexer strips, expands or adds, the page shows the text of the file."""
    check_whole(ODD[name], lexer)


@pytest.mark.parametrize(
    "path", sorted(Path(sphinx_repodoc.pages.__file__).parent.glob("*.py")), ids=lambda p: p.name
)
def test_real_code_is_shown_whole_and_small(path: Path) -> None:
    """Output is at most five times the source."""
    text = path.read_text(encoding="utf-8")
    check_whole(text, "python")
    assert len(highlight_source(text, "python")) < 5 * len(text)


_ALIASES = sorted(aliases[0] for _, aliases, _, _ in get_all_lexers(plugins=False) if aliases)


@settings(deadline=None, max_examples=300)
@given(
    st.text(
        st.one_of(st.characters(codec=None), st.sampled_from("\n\r\t \"'`#/*<>{}()$%\\:=-")), max_size=60
    ),
    st.sampled_from(_ALIASES),
)
@example("\n\n a\t\r\nb\r", "python")
def test_any_text_is_shown_whole_by_any_lexer(text: str, lexer: str) -> None:
    """Every lexer of Pygments, and any text there is."""
    check_whole(text, lexer)


@pytest.mark.parametrize("lexer", _ALIASES)
def test_every_lexer_shows_an_ordinary_text_whole(lexer: str) -> None:
    """No lexer is an exception, whatever its language is."""
    check_whole("# a\n\nif (x < 1) { \"b\tc\" }\n  <d e='f'> /* g */\n$ h\n>>> i\n", lexer)


class _FakeLexer(Lexer):
    """Yields what it is given, then raises if it is given an error."""

    def __init__(self, tokens: Iterable[tuple[object, str]], error: Exception | None = None) -> None:
        super().__init__()
        self._tokens = tuple(tokens)
        self._error = error

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, object, str]]:  # type: ignore[override]  # noqa: ARG002
        for kind, value in self._tokens:
            yield 0, kind, value
        if self._error is not None:
            raise self._error


def use(monkeypatch: pytest.MonkeyPatch, lexer: Lexer) -> None:
    monkeypatch.setattr(source, "_find_lexer", lambda _: BoundedLexer(lexer))


@pytest.mark.parametrize(
    "tokens", [[(Keyword, "if")], [(Keyword, "IF"), (Token.Text, " x\n")], [(Keyword, "xx if")]]
)
def test_lexer_that_changes_the_text_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tokens: list[tuple[object, str]]
) -> None:
    """Text that is dropped, altered or added by a lexer never reaches the page."""
    use(monkeypatch, _FakeLexer(tokens))
    assert shown(highlight_source("if x\n", "any")) == "if x\n"


def test_what_a_lexer_found_before_it_failed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is plain."""
    use(monkeypatch, _FakeLexer([(Keyword, "if")], error=IndexError("list index out of range")))
    assert (
        body(highlight_source("if x\n", "any")) == '<a id="L1" href="#L1"></a><span class="k">if</span> x\n'
    )


def test_token_type_of_a_lexers_own_has_the_class_of_the_nearest_standard_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Styles know the standard classes only."""
    use(monkeypatch, _FakeLexer([(Comment.Special.OfOurs, "x")]))
    assert body(highlight_source("x\n", "any")) == '<a id="L1" href="#L1"></a><span class="cs">x</span>\n'


def test_lines_around_a_very_long_line_keep_their_colours() -> None:
    """Only the long line itself is plain."""
    html = body(highlight_source("if x:\n" + "y" * 9000 + "\nif z:\n", "python"))
    assert html.count('<span class="k">if</span>') == 2
    assert '<a id="L2" href="#L2"></a>' + "y" * 9000 + "\n" in html


def test_lines_after_many_blank_lines_keep_their_colours() -> None:
    """Blank lines that are kept from the lexer keep their number and their white space."""
    html = body(highlight_source("if x:\n" + " \n" * 100 + "if z:\n", "python"))
    assert '<a id="L102" href="#L102"></a><span class="k">if</span>' in html
    assert '<a id="L60" href="#L60"></a> \n' in html


@pytest.mark.parametrize(
    ("text", "lexer", "expected"),
    [
        ("x = 1\n", "python", True),
        ("x = 1\n", "nothing-of-this-name", False),
        ("x" * 9000, "python", False),
        ("\n" * 900, "python", False),
    ],
)
def test_texts_that_make_lexers_slow_are_told_apart(text: str, lexer: str, *, expected: bool) -> None:
    """Highlighters without our guards are given harmless texts only."""
    assert can_highlight(text, lexer) is expected


@pytest.mark.parametrize(
    ("text", "line", "end_line", "shown"),
    [
        ("a\n  >>> f(\n  ...   1)\n  2\nb\n", 2, 4, ">>> f(\n...   1)\n2\n"),
        ("/// a\n///   b;\n///\n/// c\n", 2, 4, "  b;\n\nc\n"),
        ("a\r\nb\r\n", 2, 2, "b\n"),
        ("a\n", 5, 9, "\n"),
    ],
)
def test_excerpts_lose_what_all_lines_begin_with(text: str, line: int, end_line: int, shown: str) -> None:
    """The indentation, or the signs of a doc comment."""
    assert excerpt(text, line, end_line) == shown
