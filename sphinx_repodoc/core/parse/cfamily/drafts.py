"""What a walk over a syntax tree carries along, and what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.source import Span


@dataclass(slots=True, kw_only=True)
class Draft:
    """A symbol before the file's symbols are put in order. Offsets are bytes, ends exclusive."""

    name: str
    qualname: str
    kind: str
    start: int
    """Where the whole definition begins, template parameters included."""
    place: int
    """Where its name stands."""
    end: int
    lead: int = 0
    """Where the code before it ends; attributes lie between. Known when the walk is over."""
    pieces: tuple[Span, ...] = ()
    """What its signature is made of."""
    parent: Draft | None = None
    visibility: Visibility = Visibility.PUBLIC
    decorators: tuple[str, ...] = ()
    local: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where the walk is."""

    path: tuple[str, ...] = ()
    namespace: tuple[str, ...] = ()
    """The part of the path that is outside of types."""
    draft: Draft | None = None
    type_name: str = ""
    """Name of the type whose members these are; empty outside of types."""
    in_type: bool = False
    is_private: bool = False
    """In an anonymous namespace."""
    is_local: bool = False
    """In a function, where only types are listed."""
    in_function: bool = False
    """In a function at any depth: in the members of its types too."""


@dataclass(slots=True)
class Frame:
    """Siblings still to be visited, and where they stand."""

    children: Iterator[Node]
    scope: Scope
    visibility: Visibility
    outer: int = -1
    """Start of the template that wraps the next declaration; -1 without one."""
