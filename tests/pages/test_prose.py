"""Prose with the markup of several languages, and prose that only looks as if it had some."""

from __future__ import annotations

import pytest
from pages.facts import inline_text

from sphinx_repodoc.pages.prose import prose, sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sets ``x`` to `y`.", "Sets `x` to `y`."),
        ("Uses``app.config[0]``.", "Uses`app.config[0]`."),
        ("Is ``a`b`` here.", "Is `a`b` here."),
        ("Call :meth:`~a.B.run` or :py:func:`run(x)`.", "Call `run()` or `run(x)`."),
        ("A :class:`!Shape`, a :data:`.NAME`, a :class:`shape <a.Shape>`.", "A `Shape`, a `NAME`, a `shape`."),
        ("See :ref:`the guide <guide>` and :doc:`setup`.", "See the guide and setup."),
        (":pep:`8`, :issue:`12`, :issue:`this one <12>`", "PEP 8, #12, this one"),
        ("The `manual <https://a.org>`_ of `it`__.", "The [manual](https://a.org) of `it`."),
        ("The [manual](https://a.org/x_(y)) and ![a picture](p.png).", "The [manual](https://a.org/x_(y)) and a picture."),
        ("[![state](https://a.org/b.svg)](https://a.org) Good.", "state Good."),
        ("Gives [`Foo`], [`Bar`](crate::Bar) and [`Baz`][b].", "Gives `Foo`, `Bar` and `Baz`."),
        ("See [the text][1] and Knuth [1]_.", "See the text and Knuth [1]."),
        ("It is **very** *quick*.", "It is *very* quick."),
        (r"Copies @p size bytes to \c target.", "Copies `size` bytes to `target`."),
        (r"Takes \*args and \*\*kwargs.", "Takes *args and **kwargs."),
        ("For example::", "For example:"),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_becomes_what_it_marks(text: str, shown: str) -> None:
    """Code is code, links are links, and no sign of the markup is left."""
    assert inline_text(prose(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Passes *args and **kwargs on.",
        "Globs *.py and test_*.py, **/*.c and **/*.h.",
        "2 * 3 * 4 and 2**3**4 and a*b*c",
        "Takes a List<String> and <anything>.",
        "Reads x[a][b], x[0](y) and [optional].",
        "a ` alone, `` two, [half](",
        "std::vector and time 12:30:`",
        "mail @all, C:\\c and me@c.org",
        "__init__ and _private_ and snake_case",
    ],
)
def test_other_signs_stay(text: str) -> None:
    """What no author meant as markup is shown as it stands."""
    assert inline_text(prose(text)) == text


def test_tags_are_markup_where_documentation_holds_html() -> None:
    """In Python, a text with tags is about tags."""
    text = "A <code>List</code> of <b>all</b>, <a href='x'>see</a> <p>."
    assert inline_text(prose(text, "java")) == "A `List` of all, see <p>."
    assert prose(text, "python") == (text,)


def test_a_word_in_brackets_is_a_link_in_markdown_only() -> None:
    """Its address stands elsewhere in the document."""
    assert prose("A [WSGI] thing [see](x) [y]: z", "markdown") == prose("A WSGI thing [see](x) [y]: z")
    assert prose("A [WSGI] thing") == ("A [WSGI] thing",)


def test_text_of_any_length_is_read_in_no_time() -> None:
    """A paragraph longer than prose is, is shown as it stands."""
    text = "`a <" * 100_000
    assert prose(text) == (text,)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("Reads JSON. Then stops.", "Reads JSON."),
        ("Sets it. ``x`` is next.", "Sets it."),
        ("Uses e.g. Words of it.", "Uses e.g. Words of it."),
        ("Version 2.0 of it.", "Version 2.0 of it."),
        ("word " * 60, f"{'word ' * 32}…"),
        ("w" * 160, "w" * 160),
        (f"{'w' * 150} ``{'x' * 20}`` y", f"{'w' * 150}  …"),
        ("", ""),
    ],
)
def test_first_sentences(text: str, first: str) -> None:
    """A cell of a table has room for one sentence; code is not cut in two."""
    assert inline_text(sentence(text)) == first
