"""A definition while it is put together: what the hooks of a language may still change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Visibility

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(slots=True, kw_only=True)
class Draft:
    """One captured definition or scope. Offsets are bytes, ends exclusive."""

    kind: str
    """Kind of the symbol; empty for a scope, which lends its name and is no symbol."""
    name: str
    node: Node
    start: int
    end: int
    name_start: int
    outer: int
    """Where its decorators, attributes and wrapping statements begin."""
    line: int = 0
    signature: str = ""
    doc: str = ""
    doc_line: int = 0
    remarks: tuple[int, ...] = ()
    """Where the comments directly before it begin."""
    prefix: str = ""
    """A scope written in the definition itself: the receiver in Go, ``A::`` in C++."""
    joint: str = ""
    """What stands before the name in the qualified name, where that is not the separator."""
    wrapper: str = ""
    """What wraps it, as the query names it (``export``)."""
    decorators: list[str] = field(default_factory=list)
    visibility: Visibility = Visibility.PUBLIC
    parent: Draft | None = None
    qualname: str = ""
    dropped: bool = False
    """Set by a hook: no symbol is made of it (those inside keep their names)."""
