"""Which branches of ``#if`` are kept: all that can be read one after the other.

Branches that hold whole declarations are all kept, so that the symbols of each
are found. Of branches that open or close different numbers of brackets only one is
kept, for the text with both has no meaning: the first whose condition may hold
where most readers are (:mod:`.conditions`). ``#if 0`` is no code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily.conditions import is_likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.parse.cfamily.lexer import Directive
    from sphinx_repodoc.core.parse.source import Span

_OPENING = frozenset({b"if", b"ifdef", b"ifndef"})
_NEXT = frozenset({b"elif", b"elifdef", b"elifndef", b"else"})
_NEVER = frozenset({b"0", b"(0)", b"false"})
_ALWAYS = frozenset({b"1", b"(1)", b"true"})
_ENDS = (b";", b"}", b"{")
_COMPLETE_ENDS = b";},{:"


@dataclass(slots=True)
class _Branch:
    start: int
    dead: bool
    unlikely: bool = False
    """Whether its condition does not hold for most readers."""
    end: int = 0
    own_from: int = 0
    """Where the part that is not counted yet begins."""
    net: tuple[int, int] = (0, 0)
    """Braces and parentheses opened and not closed in it."""
    last: bytes = b""
    """Its last character of code; empty when it has none."""
    dropped: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    branches: list[_Branch]
    taken: bool
    """Whether a branch before has ``#if 1``: the others are dead."""


def find_unread(bare: bytes, text: bytes, directives: Sequence[Directive]) -> tuple[list[Span], list[Span]]:
    """(dead code, branches that are left out), neither sorted nor disjoint.

    :param bare: the code with comments, strings and directives blanked.
    """
    dead: list[Span] = []
    groups: list[_Group] = []
    outermost = _Branch(0, dead=False)
    for directive in directives:
        if directive.name in _OPENING:
            around = groups[-1].branches[-1] if groups else outermost
            _count(around, bare, directive.start)
            condition = _condition(text, directive) if directive.name == b"if" else b""
            groups.append(_Group([_branch(text, directive, dead=condition in _NEVER)], condition in _ALWAYS))
        elif groups and directive.name in _NEXT:
            _close_branch(groups[-1], bare, directive.start)
            condition = b"" if directive.name == b"else" else _condition(text, directive)
            is_dead = groups[-1].taken or condition in _NEVER
            groups[-1].taken |= condition in _ALWAYS
            groups[-1].branches.append(_branch(text, directive, dead=is_dead))
        elif groups and directive.name == b"endif":
            group = groups.pop()
            _close_branch(group, bare, directive.start)
            around = groups[-1].branches[-1] if groups else outermost
            dead += [(branch.start, branch.end) for branch in group.branches if branch.dead]
            _merge(group, around, bare)
            around.last = group.branches[-1].last or around.last
            around.own_from = directive.end
    for group in groups:
        outermost.dropped += [span for branch in group.branches for span in branch.dropped]
    return dead, outermost.dropped


def _branch(text: bytes, directive: Directive, *, dead: bool) -> _Branch:
    unlikely = is_likely(directive.name, _condition(text, directive)) is False
    return _Branch(directive.end, dead=dead, unlikely=unlikely, own_from=directive.end)


def _condition(text: bytes, directive: Directive) -> bytes:
    rest = text[directive.rest : directive.end]
    return rest.partition(b"//")[0].partition(b"/*")[0].strip()


def _count(branch: _Branch, bare: bytes, end: int) -> None:
    """Add the brackets up to ``end``: every byte is counted once."""
    start, (braces, parentheses) = branch.own_from, branch.net
    braces += bare.count(b"{", start, end) - bare.count(b"}", start, end)
    parentheses += bare.count(b"(", start, end) - bare.count(b")", start, end)
    branch.net = (braces, parentheses)
    branch.last = bare[start:end].rstrip()[-1:] or branch.last
    branch.own_from = end


def _close_branch(group: _Group, bare: bytes, end: int) -> None:
    branch = group.branches[-1]
    _count(branch, bare, end)
    branch.end = end


def _first(branches: Sequence[_Branch]) -> _Branch | None:
    """The one that is kept of several that cannot be read one after the other."""
    return next((branch for branch in branches if not branch.unlikely), branches[0] if branches else None)


def _merge(group: _Group, around: _Branch, bare: bytes) -> None:
    """Decide which branches are kept and add what they open to the branch around."""
    live = [branch for branch in group.branches if not branch.dead]
    unbalanced = _first([branch for branch in live if branch.net != (0, 0)])
    unfinished = [branch for branch in live if branch.last and branch.last not in _COMPLETE_ENDS]
    tail = _first([branch for branch in unfinished if branch.net == (0, 0)]) if unbalanced is None else None
    for branch in group.branches:
        if branch.dead or (branch.net != (0, 0) and branch is not unbalanced):
            around.dropped.append((branch.start, branch.end))
            continue
        around.dropped += branch.dropped
        if branch not in unfinished or branch is unbalanced or branch is tail:
            continue
        # A second unfinished declaration in a row: what follows belongs to the first.
        complete = max(bare.rfind(sign, branch.start, branch.end) for sign in _ENDS) + 1
        around.dropped.append((max(complete, branch.start), branch.end))
    if unbalanced is not None:
        braces, parentheses = around.net
        around.net = (braces + unbalanced.net[0], parentheses + unbalanced.net[1])
