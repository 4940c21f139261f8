"""What a file says that it is for, and texts that say nothing of the kind."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.parse import parse_text


def _doc(text: str, language: str, path: str = "") -> tuple[str, int]:
    facts = parse_text(text.encode(), language, path=path)
    return facts.doc, facts.doc_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"""\nTagged JSON\n~~~~~~~~~~~\n\nA compact form.\n"""\n', ("A compact form.", 5)),
        ('"""\n=====\nTitle\n=====\n\nA compact form.\n"""\n', ("A compact form.", 6)),
        ('"""\nTitle\n=====\nA compact form.\n"""\n', ("A compact form.", 4)),
        ('"""\nTitle\n=====\n"""\n', ("Title", 2)),
        ('"""Title\n=====\n\nPart\n----\nText.\n"""\n', ("Text.", 6)),
        ('"""Sum.\n\nPart\n----\nText.\n"""\n', ("Sum.", 1)),
        ('"""Two\nlines.\n------\n"""\n', ("Two lines.", 1)),
        ('"""\ntermcolors.py\n"""\n', ("", 0)),
        ('"""termcolors.py\n\nColours.\n"""\n', ("Colours.", 3)),
        ('"""Read setup.py.\n"""\n', ("Read setup.py.", 1)),
        ("# lib/colours.py\n# Colours for\n# setup.py\n\nx = 1\n", ("Colours for setup.py", 2)),
    ],
)
def test_titles_and_file_names_describe_no_module(text: str, expected: tuple[str, int]) -> None:
    """The paragraph below a title counts; the title where there is nothing else."""
    assert _doc(text, "python") == expected


def test_sections_of_numpydoc_describe_no_function() -> None:
    text = 'def f():\n    """\n    Parameters\n    ----------\n    x : int\n    """\n'
    assert parse_text(text.encode(), "python").symbols[0].doc == ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("rst", "Version 3.1.3\n-------------\n\nReleased 2026-02-18\n\n-   One.\n\nText.\n", ("", 0)),
        ("rst", "Version 3.1\n-----------\n\nUnreleased\n\n-   One.\n", ("", 0)),
        ("rst", "Tool 1.0 notes\n==============\n\n*September 3, 2008*\n\nText.\n", ("Tool 1.0 notes", 1)),
        ("rst", "Tool\n====\n\nReleased 2026-02-18 to all.\n", ("Released 2026-02-18 to all.", 4)),
        ("markdown", "# Changelog\n\n2026-02-18\n\nText.\n", ("Changelog", 1)),
        ("markdown", "# 1.2.3\n\n_Released on 3 May 2024_\n\nText.\n", ("", 0)),
    ],
)
def test_a_date_describes_no_file(language: str, text: str, expected: tuple[str, int]) -> None:
    """Neither does a version."""
    assert _doc(text, language) == expected


@pytest.mark.parametrize(
    ("path", "described"),
    [
        ("LICENSE.md", False),
        ("a/COPYING", False),
        ("LICENSE-MIT.md", False),
        ("LICENCE.txt", False),
        ("licensing.md", True),
        ("README.md", True),
    ],
)
def test_licences_describe_themselves(path: str, described: bool) -> None:
    """The file that holds one is left to the roles."""
    assert bool(_doc("# Licence\n\nThe MIT License (MIT)\n", "markdown", path)[0]) == described


def test_code_about_licences_is_described() -> None:
    assert _doc('"""Find licences."""\n', "python", "license.py") == ("Find licences.", 1)


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("Uses |fetch|_, |XMLHttpRequest|_, and\n|jQuery.ajax|_. See `docs`_.\n", "Uses fetch, XMLHttpRequest, and jQuery.ajax. See docs."),
        ("|build| |docs|\n\nText.\n", "Text."),
        ("A :class:`~a.B` and ``|c|`` of `d <e>`_.\n", "A a.B and |c| of d."),
    ],
)  # fmt: skip
def test_inline_markup_of_rst_keeps_its_text(text: str, doc: str) -> None:
    """Only a row of badges is no text."""
    assert _doc(text, "rst")[0] == doc


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("A [WSGI] and [Big  Name][] by [x](y).\n\n[wsgi]: u\n[big name]: v\n", "A WSGI and Big Name by x."),
        ("A [WSGI], a[i] and [i].\n\n[i]: u\n", "A [WSGI], a[i] and i."),
        ("A [WSGI].\n", "A [WSGI]."),
    ],
)  # fmt: skip
def test_links_of_markdown_are_their_texts(text: str, doc: str) -> None:
    """Brackets are a link where something defines it."""
    assert _doc(text, "markdown")[0] == doc


def test_a_comment_below_the_interpreter_describes_the_file() -> None:
    """Even where a definition follows at once."""
    assert _doc("#!/bin/sh\n# Stop it.\nstop() { :; }\n", "bash") == ("Stop it.", 2)
    assert _doc("#!/usr/bin/env python\n# Stop it.\ndef stop(): ...\n", "python") == ("Stop it.", 2)
    assert _doc("# Stop it.\nstop() { :; }\n", "bash") == ("", 0)


def test_a_comment_before_an_import_describes_the_file() -> None:
    """Also where the import is the value of a variable."""
    assert _doc('-- Stop it.\nlocal a = require "a"\n', "lua") == ("Stop it.", 1)
    assert _doc("// Stop it.\nconst a = require('a');\n", "javascript") == ("Stop it.", 1)


@pytest.mark.parametrize(
    "line",
    [
        "frozen_string_literal: true",
        "encoding: utf-8",
        "$Id$",
        "$Id: a.rb 1 b $",
        "= Title",
        "This file is part of Tool.",
    ],
)
def test_what_a_comment_says_to_tools_is_no_description(line: str) -> None:
    assert _doc(f"# {line}\n#\n# Stop it.\n\nx = 1\n", "ruby") == ("Stop it.", 3)


def test_sections_of_a_comment_are_no_description() -> None:
    text = b"x=1\n# Stop it.\n# Arguments:\n#   the name\nstop() { :; }\n"
    assert parse_text(text, "bash").symbols[1].doc == "Stop it."
