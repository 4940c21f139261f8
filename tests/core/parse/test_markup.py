"""Tags and what they say: rules of HTML, its relatives and XML that golden files do not show."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.scanners.tags import ASTRO, HTML, SVELTE, VUE, XML, Dialect, Markup
from sphinx_repodoc.core.problems import ProblemKind

MARKUP = ("html", "vue", "svelte", "astro", "xml", "jinja", "mustache")
SHEETS = ("css", "scss", "sass", "less")


def _tags(text: str, dialect: Dialect = HTML) -> list[str]:
    return [("/" if tag.is_end else "") + tag.name for tag in Markup(text.encode(), dialect).tags]


@pytest.mark.parametrize(
    ("text", "dialect", "names"),
    [
        ("<A><b/></A>", HTML, ["a", "b", "/a"]),
        ("a < b <> <1> </ >", HTML, []),
        ("<!--><p>", HTML, ["p"]),
        ("<!-- a --!><p>", HTML, ["p"]),
        ("<!-- <p> -->", HTML, []),
        ("<!-- <p>", HTML, []),
        ("<!x <p><b>", HTML, ["b"]),
        ("<?x <p><b>", HTML, ["b"]),
        ("<?x <p>?><b/>", XML, ["b"]),
        ("<![CDATA[<p>]]><b/>", XML, ["b"]),
        ("<a b='>' c=\"'>\" d=>x", HTML, ["a"]),
        ("<a b='><p>", HTML, []),
        ("<script><p></SCRIPT ><b>", HTML, ["script", "/script", "b"]),
        ("<script><p></scripted></script>", HTML, ["script", "/script"]),
        ("<script/><p>", HTML, ["script"]),
        ("<script/><p>", SVELTE, ["script", "p"]),
        ("<Title><p></Title>", VUE, ["Title", "/Title"]),
        ("<template><Title><p></Title></template>", VUE, ["template", "Title", "p", "/Title", "/template"]),
        ("<template lang='pug'>p <b></template>", VUE, ["template", "/template"]),
        (
            "<template><template/></template><i18n><p></i18n>",
            VUE,
            ["template", "template", "/template", "i18n", "/i18n"],
        ),
        ("<template>{{ a <b }}<i></template>", VUE, ["template", "i", "/template"]),
        ("<template>{{ a <b></template>", VUE, ["template", "b", "/template"]),
        ("{#if a<b}<i>{/if}{'<p>'}{`}<p>`}{/* } */}", SVELTE, ["i"]),
        ("{ <a>{ <b>", SVELTE, ["a", "b"]),
        ("<a b={c > '}'} {...d} e=\"f{'\"'}g\" h=i{j >k}l><p>", SVELTE, ["a", "p"]),
        ("<a b={c>", SVELTE, ["a"]),
        ("{a && <p b={c > d} />}", ASTRO, ["p"]),
    ],
)
def test_tags(text: str, dialect: Dialect, names: list[str]) -> None:
    assert _tags(text, dialect) == names


def test_the_first_of_two_attributes_counts() -> None:
    tag = Markup(b"<a ID=x id='y' b='&lt;' c d=e/f>", HTML).tags[0]
    assert [(key, found.value) for key, found in tag.attributes.items()] == [
        ("id", "x"),
        ("b", "<"),
        ("c", ""),
        ("d", "e/f"),
    ]


@pytest.mark.parametrize("language", MARKUP)
@pytest.mark.parametrize(
    "piece",
    [
        b"<a>", b"</a>", b"<a ", b"<a b='", b"<a b=", b"<a b={", b"{", b"{{", b"{%", b"{#", b"{% block a %}", b"<!--", b"<!",
        b"<script>", b"<style>", b"<h1>", b"<title>", b"<template>", b"<![CDATA[", b"<!DOCTYPE a [", b"<?", b"&", b'"\\', b"`\\",
        b"<p id=a", b"<a name='b'>", b"{a '", b"{/*", b"<a b=\"{'", b"---\n", b"{% comment %}", b"{% endcomment", b"<groupId>",
    ],
)  # fmt: skip
def test_hostile_markup_takes_no_time(language: str, piece: bytes) -> None:
    """Ten thousand of anything neither crash nor hang; lines are counted."""
    text = b"<project xmlns='maven'>" * (language == "xml") + piece * 10_000
    assert parse_text(text, language).lines.total == 1 + text.removesuffix(b"\n").count(b"\n")


@pytest.mark.parametrize("language", SHEETS)
@pytest.mark.parametrize(
    "piece",
    [
        b"a{", b"}", b"(", b"/*", b"//", b"'\\", b'"', b"url(", b"#{", b"@{", b"&-a{", b".a,.b{&-x,&-y{", b"@import 'a", b"@a ",
        b".a", b"--a:", b"$a:", b"\\", b"@layer a.b,", b"a,\n", b" ", b".a\n ", b"composes: a ", b"composes: a from 'b'",
    ],
)  # fmt: skip
def test_hostile_sheets_take_no_time(language: str, piece: bytes) -> None:
    text = piece * 10_000
    assert parse_text(text, language).lines.total == text.count(b"\n") + (not text.endswith(b"\n"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"<a>\n<b></a>", 2),
        (b"<a/>\n</b>", 2),
        (b"<a>\n<b/>", 1),
        (b"<a>\n<!-- </a>", 1),
        (b"<a>\n</a>\n<b c='", 3),
    ],
)
def test_xml_that_is_not_well_formed_is_a_problem(text: bytes, line: int) -> None:
    problems = parse_text(text, "xml").problems
    assert [(problem.kind, problem.line) for problem in problems] == [(ProblemKind.SYNTAX, line)]


def test_html_need_not_be_nested() -> None:
    """Browsers close what is open; only what swallows the rest of the page is a problem."""
    assert parse_text(b"<p><b><i></b></p></x>", "html").problems == ()
    assert parse_text(b"<p>\n<script>\nx", "html").problems[0].line == 2


def test_components_are_named_by_their_file() -> None:
    symbols = parse_text(b"<template></template>\n\n", "vue", path="src/Boat.vue").symbols
    assert [(symbol.kind, symbol.name, symbol.line, symbol.end_line) for symbol in symbols] == [
        ("component", "Boat", 1, 1)
    ]
    assert parse_text(b"<p>", "html", path="src/Boat.html").symbols == ()


def test_typescript_is_told_by_the_tag() -> None:
    code = "<script{}>\ninterface A {{}}\n</script>\n"
    names = {
        attribute: [symbol.name for symbol in parse_text(code.format(attribute).encode(), "svelte").symbols]
        for attribute in ("", " lang='ts'", " type='text/typescript'", " lang='coffee'")
    }
    assert names[" lang='ts'"] == names[" type='text/typescript'"] == ["A"]
    assert names[" lang='coffee'"] == []


def test_headings_without_a_template() -> None:
    """A page that bears the name of a component has its headings all the same."""
    text = b"<p>a</p>\n<h2>One</h2>\n<h2>Two</h2>\n"
    headings = [
        (one.name, one.line, one.end_line) for one in parse_text(text, "vue").symbols if one.kind == "heading"
    ]
    assert headings == [("One", 2, 2), ("Two", 3, 3)]
