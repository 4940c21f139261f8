"""Symbols inside functions are kept, and known to be local."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.parse import parse_text


@pytest.mark.parametrize(
    ("language", "text", "local"),
    [
        ("python", "def f():\n  def g():\n    class C:\n      def m(self): pass\nclass D:\n  def m(self): pass\n", "gCm"),
        ("javascript", "function f() { function g() {} class C { m() {} } }\nclass D { m() {} }\n", "gCm"),
        ("typescript", "function f() { interface C { x: number } }\ninterface D { x: number }\n", "Cx"),
        ("go", "package p\nfunc (d D) m() { type C struct { x int } }\ntype D struct { x int }\n", "Cx"),
        ("rust", "impl D { fn m() { fn g() {} struct C { x: u8 } } }\nstruct D { x: u8 }\n", "gCx"),
        ("cpp", "void f() { struct C { int x; }; }\nstruct D { int x; };\n", "Cx"),
        ("lua", "local function f() local function g() end h = function() end end\nD = { m = function() end }\n", "gh"),
        ("julia", "function f()\n g(x) = x\n function h() end\nend\nstruct D\n x\n D() = new(1)\nend\n", "gh"),
        ("php", "<?php function f() { return new class { function m() {} }; function g() {} }\nclass D { function m() {} }\n", "m"),
        ("java", "class D { D() { class C { void m() {} } } void m() {} }\n", "Cm"),
    ],
)  # fmt: skip
def test_what_lies_in_a_function_is_local(language: str, text: str, local: str) -> None:
    """At any depth; members of types outside functions are not."""
    symbols = parse_text(text.encode(), language).symbols
    assert "".join(symbol.name for symbol in symbols if symbol.local) == local
    assert {symbol.name for symbol in symbols if not symbol.local} >= {"D"}
