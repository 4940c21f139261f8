"""Hooks of the Zig grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const
    continue defer else enum errdefer error export extern fn for if inline linksection noalias noinline
    nosuspend opaque or orelse packed pub resume return struct suspend switch test threadlocal try union
    unreachable usingnamespace var volatile while
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"///(?!/)")
FILE_COMMENT = re.compile(rb"//!")
_IMPORT = re.compile(r'@import\(\s*+"([^"\n]*+)"')
RESTART = re.compile(rb"^(?:pub|const|var|fn|test|export|extern|inline|comptime)\b", re.MULTILINE)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """``const name = @import("module")``."""
    name, call = node.named_children[0], node.named_children[-1]
    called = _IMPORT.match(source.slice(*call.byte_range))
    if called:
        yield Import(
            module=called[1],
            alias=source.slice(*name.byte_range),
            line=source.line(node.start_byte),
            form=form,
        )


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """What is not ``pub`` stays in its file; fields are as public as their type."""
    imported = {node.id for node in captures.single.get("import.import", ())}
    for draft in drafts:
        # The import says already what the name stands for.
        draft.dropped |= draft.node.id in imported and "@import(" in draft.signature
        is_public = draft.kind in {"field", "test"} or source.text.startswith(b"pub", draft.start)
        draft.visibility = Visibility.PUBLIC if is_public else Visibility.PRIVATE


GRAMMAR = Grammar(
    package="tree-sitter-zig",
    queries=("zig",),
    types=frozenset({"struct", "enum", "union"}),
    members={"function": "method"},
    callables=frozenset({"function", "method", "test"}),
    leaves=frozenset({"field", "constant", "variable", "error"}),
    doc_comment=DOC_COMMENT,
    file_comment=FILE_COMMENT,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
