"""What hooks look at grows with a file as the file does: twice the siblings, twice the nodes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tree_sitter import Node

from sphinx_repodoc.core.parse import parse_text, treesitter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Tree

    from sphinx_repodoc.core.parse.captures import Captures

SMALL, LARGE = 100, 800
SHAPES = [
    ("bash", "", "f() { :; }\n", ""),
    ("csharp", "class A { int z", ", a", "; }"),
    ("csharp", "class A { event E z", ", a", "; }"),
    ("csharp", "enum A { z", ", a", " }"),
    ("cython", "cdef int z", ", a", "\n"),
    ("fortran", "integer :: z", ", a", "\n"),
    ("go", "var z", ", a", " int\n"),
    ("graphql", "enum A {", " B", " }"),
    ("hcl", "a {\n", "b = 1\n", "}\n"),
    ("java", "class A { int z", ", a", "; }"),
    ("java", "class A { ", "@B int a; ", "}"),
    ("java", "enum A { Z", ", B", " }"),
    ("javascript", "let z = 1", ", a = 1", ";"),
    ("javascript", "const z = 1", ", a = require('m')", ";"),
    ("javascript", "x = { ", "a() {}, ", "}"),
    ("javascript", "", "a.b = c.d = function () {};\n", ""),
    ("javascript", "let x = (", "let a = 1; ", ""),
    ("julia", "", "const a = 1\n", ""),
    ("kotlin", "class A(val z: B", ", val a: B", ")"),
    ("kotlin", "enum class A { Z", ", B", " }"),
    ("kotlin", "class A {\n", "val a = 1\n", "}"),
    ("lua", "local z", ", f", " = 1"),
    ("lua", "return { ", "a = function() end, ", "}"),
    ("php", "<?php const Z = 1", ", A = 1", ";"),
    ("php", "<?php use A\\{Z", ", B", "};"),
    ("python", "z", " = a", " = 1\n"),
    ("ruby", "attr_reader :z", ", :a", "\n"),
    ("rust", "enum A { Z", ", B", " }"),
    ("scala", "class A(val z: B", ", val a: B", ")"),
    ("scala", "enum A { case Z", ", B", " }"),
    ("starlark", "", 'a(name = "b")\n', ""),
    ("swift", "let z = 1", ", a = 1", ""),
    ("swift", "enum A { case z", ", a", " }"),
    ("terraform", "", 'module "a" {\n source = "./b"\n}\n', ""),
    ("typescript", "class A { constructor(private z: B", ", private a: B", ") {} }"),
    ("typescript", "let z: A", ", a: A", ";"),
    ("zig", "const A = enum { ", "a, ", "};"),
]


class Watched:
    """A node that counts the nodes that it hands out, as those do."""

    def __init__(self, node: Node, handed: list[int]) -> None:
        self._node = node
        self._handed = handed

    def __getattr__(self, name: str) -> Any:
        return self._watch(getattr(self._node, name))

    def __eq__(self, other: object) -> bool:
        return self._node == (other._node if isinstance(other, Watched) else other)

    def __hash__(self) -> int:
        return hash(self._node)

    def _watch(self, found: Any) -> Any:
        if isinstance(found, Node):
            self._handed[0] += 1
            return Watched(found, self._handed)
        if isinstance(found, list):
            return [self._watch(each) for each in found]
        if callable(found):
            return lambda *arguments: self._watch(found(*arguments))
        return found


def _handed_out(language: str, text: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many nodes the hooks of a language ask other nodes for."""
    handed = [0]

    def watch(nodes: Sequence[Node]) -> list[Any]:
        return [Watched(node, handed) for node in nodes]

    def capture(trees: Sequence[Tree], name: str, read: bytes) -> Captures:
        found = captured(trees, name, read)
        single = {key: watch(nodes) for key, nodes in found.single.items()}
        compound = [{key: watch(nodes) for key, nodes in each.items()} for each in found.compound]
        return replace(found, single=single, compound=compound)

    captured = treesitter.capture
    with monkeypatch.context() as patch:
        patch.setattr(treesitter, "capture", capture)
        assert parse_text(text, language).lines.total
    return handed[0]


@pytest.mark.parametrize(("language", "before", "unit", "after"), SHAPES)
def test_hooks_are_linear(
    language: str, before: str, unit: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times the siblings are eight times the nodes, not sixty-four times."""
    small, large = (
        _handed_out(language, (before + unit * times + after).encode(), monkeypatch)
        for times in (SMALL, LARGE)
    )
    assert large <= small * (LARGE // SMALL) * 2 + SMALL
