"""Blocks as docutils nodes: exact trees, and writers that take them without a warning."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import (
    Block,
    Blocks,
    Code,
    Facts,
    Fold,
    Group,
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
from sphinx_repodoc.pages.docutils_blocks import to_docutils

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def resolve(ref: Ref) -> str | None:
    """Pages whose path starts with ``gone`` do not exist."""
    return None if ref.path.startswith("gone") else f"%{ref.path}#{ref.anchor}"


def tree(*blocks: Block, ids: bool = True) -> str:
    found = to_docutils(blocks, resolve, ids=ids, source=lambda _: ("x = 1\n", "python"))
    text = "".join([node.pformat() for node in found])
    return text.replace('internal="True"', 'internal="1"').replace('internal="False"', 'internal="0"')


GOLDEN: dict[str, tuple[Block, str]] = {
    "paragraph": (
        Para(
            ("a ", Ref(PageKind.FILE, "b.py", "b", "L3"), Code("x"), Strong("y"), Url("https://h/a b", "h"))
        ),
        """\
<paragraph>
    a \n\
    <reference internal="1" refuri="%b.py#L3">
        <literal>
            b
    <literal>
        x
    <strong>
        y
    <reference internal="0" refuri="https://h/a%20b">
        h
""",
    ),
    "no links": (
        Para((Ref(PageKind.FILE, "gone.py", "gone", code=False), Url("javascript:x", "script"))),
        """\
<paragraph>
    gone
    script
""",
    ),
    "items": (
        Items((Item(("A",), children=(Item(("f",)),), note=("Says A.",), anchor="sym-A"),)),
        """\
<bullet_list bullet="*">
    <list_item>
        <paragraph>
            <target ids="sym-A">
            A
        <paragraph classes="repodoc-note">
            Says A.
        <bullet_list bullet="*">
            <list_item>
                <paragraph>
                    f
""",
    ),
    "table": (
        Table(("Name", "Lines"), ((("a.py",), ("12",)),), numeric=(1,)),
        """\
<table classes="longtable colwidths-given">
    <tgroup cols="2">
        <colspec colwidth="4">
        <colspec colwidth="5">
        <thead>
            <row>
                <entry>
                    <paragraph>
                        Name
                <entry>
                    <paragraph>
                        Lines
        <tbody>
            <row>
                <entry>
                    <paragraph>
                        a.py
                <entry>
                    <paragraph>
                        12
""",
    ),
    "facts": (
        Facts((("Size", ("3 KB",)),)),
        """\
<field_list>
    <field>
        <field_name>
            Size
        <field_body>
            <paragraph>
                3 KB
""",
    ),
    "trail": (
        Trail((Ref(PageKind.FOLDER, "a", "a", code=False), Quiet("b.py"))),
        """\
<paragraph>
    <reference internal="1" refuri="%a#">
        a
     / \n\
    b.py
""",
    ),
    "fold": (
        Fold(("12 files",), (Para(("inside",)),)),
        """\
<paragraph>
    12 files
<paragraph>
    inside
""",
    ),
    "group": (
        Group("Tests", (Para(("x",)),), anchor="tests"),
        """\
<rubric>
    <target ids="tests">
    Tests
<paragraph>
    x
""",
    ),
    "warning": (
        Warn(("Not UTF-8.",)),
        """\
<warning>
    <paragraph>
        Not UTF-8.
""",
    ),
    "hidden characters": (
        Para(("a\u202eb\x00",)),
        """\
<paragraph>
    a<U+202E>b<U+0000>
""",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_block_becomes_nodes_exactly(name: str) -> None:
    """Each kind of block has one tree."""
    block, expected = GOLDEN[name]
    assert tree(block) == expected


def test_without_ids_there_are_no_targets() -> None:
    """Whoever puts many pages into one document asks for none."""
    assert "target" not in tree(Group("T", (Items((Item(("a",), anchor="x"),)),), anchor="t"), ids=False)


@pytest.mark.parametrize("block", [Items(()), Facts(()), Table(("A",), ())], ids=["items", "facts", "table"])
def test_blocks_with_nothing_in_them_leave_no_node(block: Block) -> None:
    """LaTeX takes a list without items for an error."""
    assert to_docutils((block,)) == []


def test_source_has_its_language_and_line_numbers() -> None:
    """Blank lines that the highlighter strips are counted."""
    (block,) = to_docutils((Source("a.py"),), source=lambda _: ("\r\n\n\tx = 1\x0c\n", "python"))
    assert isinstance(block, nodes.literal_block)
    assert block.rawsource == block.astext() == "\n\n\tx = 1<U+000C>\n"
    assert block["language"] == "python"
    assert block["linenos"] is True
    assert block["highlight_args"] == {"linenostart": 3}


def test_source_that_no_lexer_can_take_is_plain() -> None:
    """Sphinx warns about lexers it does not know, and lexers take very long over very long lines."""
    quadratic = "a\n" * 16_000
    for text, lexer in (("x", "nothing-of-this-name"), ("x" * 9000, "python"), (quadratic, "java")):
        (block,) = to_docutils((Source("a.py"),), source=lambda _, file=(text, lexer): file)
        assert isinstance(block, nodes.literal_block)
        assert block["language"] == "none"


def test_sources_are_left_out_without_their_text() -> None:
    """A caller that does not want them in a book gives no function for them."""
    assert to_docutils((Source("a.py"),)) == []


def test_lists_deeper_than_latex_can_nest_are_flattened() -> None:
    """Nothing is lost: deeper items follow in order, marked by how much deeper they are."""
    item = Item(("5",))
    for level in "4321":
        item = Item((level,), children=(item, Item((f"after {level}",))))
    (top,) = to_docutils((Items((item,)),))
    paragraphs = [node.astext() for node in top.findall(nodes.paragraph)]
    assert paragraphs == ["1", "2", "3", "… 4", "… … 5", "… … after 4", "… after 3", "after 2", "after 1"]


def test_lists_deeper_than_the_stack_of_python_become_nodes() -> None:
    """Nesting in a file has no bound."""
    item = Item(("leaf",))
    for _ in range(5000):
        item = Item(("x",), children=(item,))
    (top,) = to_docutils((Items((item,)),))
    assert len(list(top.findall(nodes.list_item))) == 5001


def _nested(depth: int) -> Items:
    item = Item(("leaf",), anchor="leaf")
    for level in range(depth):
        item = Item((Code(f"level {level}"),), children=(item,), note=("note",))
    return Items((item,))


EVIL = "<b>\\x{}$%&#_^~\u202e\x00\x0c\u2066 \udcff"
EVERYTHING: Blocks = (
    *[block for block, _ in GOLDEN.values()],
    _nested(50),
    Para((EVIL, Code(EVIL), Strong(EVIL), Ref(PageKind.FILE, "x", EVIL), Url(f"https://h/{EVIL}", EVIL))),
    Facts(((EVIL, (EVIL,)),)),
    Table((EVIL, "x"), (((EVIL,), ()),)),
    Group(EVIL, (Fold((EVIL,), (Warn((EVIL,)), Table(("A",), (((),),)))),), anchor=EVIL),
    Source("a.py"),
    Items(()),
)


@pytest.mark.parametrize(
    ("builder", "output", "text"),
    [
        ("text", "index.txt", "Says A."),
        ("latex", "project.tex", "Says A."),
        ("man", "project.1", "Says A."),
        ("texinfo", "project.texi", "Says A."),
        ("xml", "index.xml", "Says A."),
    ],
)
def test_writer_takes_every_block_without_a_warning(
    tmp_path: Path, builder: str, output: str, text: str
) -> None:
    """Each writer that is not one of HTML renders what we make, hostile names included."""
    (tmp_path / "conf.py").touch()
    (tmp_path / "index.rst").write_text("Title\n=====\n", encoding="utf-8")
    warnings = StringIO()
    app = SphinxTestApp(
        builder,
        tmp_path,
        builddir=tmp_path,
        confoverrides={
            "latex_documents": [("index", "project.tex", "", "", "manual")],
            "man_pages": [("index", "project", "", "", 1)],
            "texinfo_documents": [("index", "project", "", "", "project")],
        },
        warning=warnings,
    )

    def add(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
        doctree[0].extend(
            to_docutils(
                EVERYTHING,
                lambda ref: f"https://h/{ref.path}",
                source=lambda _: ("\n# \x00\u202e $%&\n\tif x < 1: 'ö'\n", "python"),
            )
        )

    app.connect("doctree-resolved", add)
    try:
        app.build()
    finally:
        app.cleanup()
    assert warnings.getvalue() == ""
    written = (Path(app.outdir) / output).read_text(encoding="utf-8")
    assert text in written
    assert "\x00" not in written
    assert "\u202e" not in written
