"""READMEs are rendered within bounds of size, depth and steps, and say what is left out."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinx_repodoc.pages.bounds import LONGEST_PARAGRAPH, MOST_CHARACTERS, check_readme
from sphinx_repodoc.pages.readme import readme_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_NODES = 35_000
"""What the bounds come to in nodes: some 20,000 steps, or 30,000 tokens."""


def _grid(columns: int, rows: int) -> str:
    line = "+-" * columns + "+\n"
    return line + ("|a" * columns + "|\n" + line) * rows


def _stairs(line: str, size: int, step: int = 1) -> str:
    """Each line indented by more than the one before."""
    return "".join(" " * step * level + line for level in range(size))


_MARKDOWN = {
    "headings": "# a\n" * 9_000,
    "quotes": "> " * 3_000 + "a",
    "quotes with text before": "Hello\n\n" + ">" * 3_000 + "a",
    "lists": "* " * 3_000 + "a",
    "stairs": _stairs("* a\n", 300, 2),
    "emphasis": "*" * 5_000 + "a" + "*" * 5_000,
    "open emphasis": "*a " * 20_000,
    "open strong": "**a " * 20_000,
    "nested emphasis": "*a **b " * 500 + "c** d* " * 500,
    "brackets": "[" * 100_000,
    "short lines of brackets": ("[" * 60 + "\n") * 150,
    "nested links": "[a" * 3_000 + "](b)" * 3_000,
    "images": "![a" * 2_000 + "](b)" * 2_000,
    "wide table": "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|a" * 1_000 + "|\n") * 20,
    "long table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000,
    "sparse table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|a\n" * 3_000,
    "definitions": "".join(f"[a{n}]: b\n" for n in range(5_000)) + "\n[a1] [a2]\n",
    "footnotes": "".join(f"[^{n}]: a\n\n[^{n}]\n\n" for n in range(5_000)),
    "code": "```python\n" + "a = 1\n" * 60_000,
    "html": "<div>\n\n" * 5_000,
    "open html": "<a " * 20_000,
    "backticks": "".join("`" * n + "a " for n in range(300)),
    "one line": "word " * 100_000,
}
_RST = {
    "bullets": "* " * 100 + "x",
    "quotes": _stairs("a\n\n", 200),
    "notes": _stairs(".. note::\n\n", 100, 3),
    "notes on a line": ".. note:: " * 100 + "x",
    "definitions": _stairs("a\n", 200),
    "line blocks": "".join("| " + " " * n + "a\n" for n in range(200)),
    "fields": ":a: " * 100 + "x",
    "options": "-a  b\n" * 10_000,
    "many lists": "* * * * * * * * x\n\n" * 3_000,
    "sections": "a\n=\n\n" * 20_000,
    "targets of one name": ".. _a: b\n" * 10_000,
    "internal targets": "".join(f".. _a{n}:\n" for n in range(5_000)) + "\nx",
    "chain of targets": "".join(f".. _a{n}: a{n + 1}_\n" for n in range(1_000)) + "\na0_\n",
    "references": "a_\n\n" * 10_000,
    "footnotes": ".. [#] a\n" * 5_000 + "\n" + "[#]_\n\n" * 5_000,
    "attributions": "  a\n\n  -- b\n\n" * 10_000,
    "growing substitutions": ".. |a0| replace:: aaaaaaaaaa\n"
    + "".join(f".. |a{n}| replace::{f' |a{n - 1}|' * 10}\n" for n in range(1, 9))
    + "\n|a8|\n",
    "large substitution": ".. |a| replace:: " + "*b* " * 2_000 + "\n\n" + "|a|\n\n" * 2_000,
    "many cells": _grid(100, 150),
    "wide table": _grid(2_000, 1),
    "simple tables": "= =\na b\n= =\n\n" * 10_000,
    "open emphasis": "*a\n" * 30_000,
    "open literals": ("``a " * 20 + "\n") * 1_000,
    "a long line": "a\n\n" + "*a " * 5_000 + "\n\nb\n",
    "one paragraph": "word word\n" * 10_000,
}
_TEXTS = [
    *[pytest.param("README.md", text, id=f"Markdown: {name}") for name, text in _MARKDOWN.items()],
    *[pytest.param("README.rst", text, id=f"reStructuredText: {name}") for name, text in _RST.items()],
]


def _levels(node: nodes.Node) -> int:
    level, depth = [node], 0
    while level:
        level, depth = [child for each in level for child in each.children], depth + 1
    return depth


def _iter_nodes(found: list[nodes.Node]) -> Iterator[nodes.Node]:
    for node in found:
        yield from node.findall()


@pytest.mark.parametrize(("path", "text"), _TEXTS)
def test_no_readme_becomes_more_or_deeper_nodes_than_can_be_stored(path: str, text: str) -> None:
    """No parser fails, and what comes out can be pickled within the stack that Python has by default."""
    found = readme_nodes(text, path)
    container = nodes.container("", *found)
    assert _levels(container) <= 100
    assert sum(1 for _ in container.findall()) <= _MOST_NODES
    assert len(container.astext()) <= MOST_CHARACTERS + 100_000
    pickle.loads(pickle.dumps(container))  # noqa: S301 (our own)
    notices = [node.astext() for node in found if isinstance(node, nodes.warning)]
    assert "failed" not in "".join(notices)
    assert len(text) <= MOST_CHARACTERS or any(notice.startswith("The README is shown") for notice in notices)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("README.md", "Hello\n\n" + "* " * 50 + "x\n", "The README is shown up to line 2: what follows is nested too deeply."),
        ("README.md", "* " * 50 + "x\n", "The README is shown as plain text: what follows is nested too deeply."),
        ("README.md", "# a\n" * 8_000, "The README is shown up to line 6,000: it has too much markup."),
        ("README.md", "Hello\n\n" + "> " * 15 + "a\n" + "b\n" * 100_000, "The README is shown up to line 2: it has too much markup."),
        ("README.md", f"{'word ' * 200}\n\n" * 400, "The README is shown up to line 597: it has more than 300,000 characters."),
        ("README.rst", "Hello\n\n" + "* " * 50 + "x\n", "The README is shown up to line 3: what follows is nested too deeply."),
        ("README.rst", "* " * 100 + "x\n", "The README is shown as plain text: what follows is nested too deeply."),
        ("README.txt", "a\n\n" * 200_000, "The README is shown up to line 199,999: it has more than 300,000 characters."),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said_with_its_place(path: str, text: str, expected: str) -> None:
    """What comes before is shown; where nothing could be, the text is, as it is written."""
    assert expected in [problem.message for problem in check_readme(f"docs/{path}", text.encode())]
    first, *others = readme_nodes(text, path)
    assert isinstance(first, nodes.warning)
    assert first.astext() == f"{expected} ({path})"
    shown = nodes.container("", *others).astext()
    assert shown
    if "as plain" in expected:
        assert shown == text


def test_a_paragraph_that_is_too_long_is_text_and_the_rest_is_rendered() -> None:
    """Nobody would want to lose the README behind it."""
    long = "**a** " * (LONGEST_PARAGRAPH // 5)
    for path, after in (("README.md", "**b**"), ("README.rst", "**b**")):
        text = f"{long[:-1].replace(' ', chr(10))}\n\n{after}\n"
        found = readme_nodes(text, path)
        assert [node.astext() for node in nodes.container("", *found).findall(nodes.strong)] == ["b"]
        assert [problem.line for problem in check_readme(path, text.encode())] == [1]


def test_deep_but_sensible_nesting_is_rendered_whole() -> None:
    """Ten levels of lists are kept: the parser of Markdown alone would drop them without a word."""
    text = "".join("  " * level + f"* level{level}\n\n" for level in range(15))
    for path in ("README.md", "README.rst"):
        assert check_readme(path, text.encode()) == ()
        assert "level14" in nodes.container("", *readme_nodes(text, path)).astext()


def test_a_readme_that_ended_a_process_is_not_parsed_again() -> None:
    """Its text is shown, and the page says why."""
    notice, block = readme_nodes("# a", "README.md", rendered=False)
    assert "ended abnormally" in notice.astext()
    assert block.astext() == "# a"


def test_only_readmes_are_checked() -> None:
    """Other documents have their source on their page and are rendered nowhere."""
    assert check_readme("docs/guide.md", b"# a\n" * 240_000) == ()


def test_nodes_do_not_hold_the_document_that_they_were_parsed_in() -> None:
    """It would be stored with the page, with all that is left out."""
    for path in ("README.md", "README.rst"):
        found = readme_nodes("a\n\n* b\n\n  c `d <https://e.org>`_\n", path)
        assert all(node.document is None for node in _iter_nodes(found))


def test_code_that_a_lexer_could_take_long_for_is_not_highlighted() -> None:
    """The lexer of Java is quadratic in the number of such lines; whoever has little code keeps its colours."""
    text = "```python\nx = 1\n```\n\n```java\n" + "a\n" * 16_000 + "```\n"
    found = nodes.container("", *readme_nodes(text, "README.md"))
    assert [block["language"] for block in found.findall(nodes.literal_block)] == ["python", "none"]
