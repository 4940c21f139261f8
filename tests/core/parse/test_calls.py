"""First calls of names that are defined elsewhere, and examples in documentation."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.model import Example
from sphinx_repodoc.core.parse import parse_text

PYTHON = '''\
"""Mod.

>>> import a
>>> a.f(1)
2

Text >>> no prompt

    >>> x
"""
import os.path as p
from q import (r, S as T, unused)

def f():
    """Doc.

    >>> f(
    ...   1)
    3

    >>> f(2)
    A paragraph that is printed.

    A paragraph that is not. >>> f(3)
    """
    # r(0)
    "r(0)"
    return r

r (1)
T.make(1).r(2); self.r(3)
p.join(p.a.b.c.d.e.f.g.h.i(4)); r(5)
os.path.join(6)
'''
RUST = """\
//! Crate.
//!
//! ```
//! use a::b;
//! b(1);
//! ```
use a::{b, C};
/// Does.
///
/// ```text
/// no
/// ```
/// ~~~no_run, should_panic
/// f(1);
/// ```
///
/// f(2);
/// ~~~
/// ```
/// never closed
fn f() { C::new(2); println!("b(0)"); /* b(0) */ b(3); x.b(4) }
"""
C = """\
#include "util.h"
static int own(int a) { return a; }
int f(int a) { if (a) { return own(a) + util(a); } /* util2(a) */ p->util3(1); return N::make("util4(1)"); }
"""
JAVA = """\
class A {
  void f() { g(); Tool.make(1); thing.other(2); new Box(3); if (x) { super.f(); } }
  void g() { Tool.make(4); }
}
"""


def calls_of(text: str, language: str) -> list[tuple[str, int]]:
    return [*parse_text(text.encode(), language).calls]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("python", PYTHON, [("r", 30), ("T.make", 31), ("p.join", 32), ("p.a.b.c.d.e.f.g", 32)]),
        ("rust", RUST, [("C.new", 21), ("b", 21)]),
        ("cpp", C, [("util", 3), ("N", 3), ("make", 3)]),
        ("java", JAVA, [("Tool", 2), ("Box", 2)]),
        (
            "javascript",
            'import {a, b as c} from "x";\nd(1); // a(2)\n\nx.a(3); a(4); c.e(5);\n',
            [("a", 4), ("c.e", 4)],
        ),
        ("go", 'package a\nimport "x/util"\nfunc f() { util.Do(1); x.Do(2) }\n', [("util.Do", 3)]),
        ("python", "f(1)\nlen(2)\n", []),
        ("bash", "f() { g; }\n", []),
    ],
)
def test_first_calls(language: str, text: str, found: list[tuple[str, int]]) -> None:
    """Not in comments and strings, not of members of anything else, and not of what the file defines."""
    assert calls_of(text, language) == found


def test_sessions_of_python() -> None:
    """What a prompt prints belongs to it; an empty line or another text ends that."""
    assert parse_text(PYTHON.encode(), "python").examples == (
        Example(name="", line=3, end_line=5),
        Example(name="", line=9, end_line=9),
        Example(name="f", line=17, end_line=22),
    )


def test_fenced_code_of_rust() -> None:
    """Of another language, or never closed, it is no example."""
    assert parse_text(RUST.encode(), "rust").examples == (
        Example(name="", line=4, end_line=5),
        Example(name="f", line=14, end_line=17),
    )


def test_long_names_take_linear_time() -> None:
    """A name is looked at once, and not again from each of its letters."""
    assert calls_of("from a import b\n" + "b" * 500_000 + "\n", "python") == []
    assert calls_of("from a import b\n" + "b." * 250_000 + "c(\n", "python") != []


def test_definition_of_the_same_name_is_no_call() -> None:
    """A method may be called like a function that is imported."""
    text = b"from a import f, g\nclass A:\n    def f(self):\n        return g(f (1))\n    def g(self): pass\n"
    assert parse_text(text, "python").calls == (("g", 4), ("f", 4))


def test_strings_that_are_names_are_found() -> None:
    """Not in comments, docstrings or longer texts, and no plain word."""
    text = b'"""\'a.b\'"""\nx = [\n    "a.b",\n    \'c.d.E\',  # "e.f"\n    "plain", "a b.c", "a.b.", "1.2", f"{x}.y",\n]\n'
    assert parse_text(text, "python").named == (("a.b", 3), ("c.d.E", 4))
    assert parse_text(b'x = "a.b"\n', "javascript").named == ()
