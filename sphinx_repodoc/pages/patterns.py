"""How far a regular expression can look: told from what its pattern is made of.

``re`` neither counts its steps nor says how far it looked. A pattern looks far where it repeats something that
may be a line feed; cut off behind such a repetition, it says how far that goes at a place of a text.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_ops: Any = import_module("re._constants")

_REPEATS: Final = frozenset({_ops.MAX_REPEAT, _ops.MIN_REPEAT, _ops.POSSESSIVE_REPEAT})
_ONE_CHARACTER: Final = frozenset({_ops.ANY, _ops.NOT_LITERAL, _ops.IN, _ops.LITERAL})
_FEW: Final = 64
"""Repetitions that are no danger, however long each is."""
_VISIBLE: Final = string.ascii_letters + string.digits + string.punctuation + "\u00e9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a pattern may look at."""

    probe: Callable[..., re.Match[str] | None] | None
    """Matches wherever the pattern does, up to where its first far look ends; None where it never looks
    further than a few lines."""
    is_open: bool
    """The pattern may look far and match little all the same."""
    is_deep: bool
    """Behind what the probe takes, it may look far again."""
    can_be_empty: bool
    """It may match without taking a character."""


@cache
def find_reach(pattern: re.Pattern[str]) -> Reach:
    """Find out how far a pattern can look."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    head = _Head(parsed.state)
    near = head.cut(parsed, pattern.flags)
    return Reach(
        probe=_compiler.compile(near, pattern.flags).match if head.is_cut else None,
        is_open=head.is_open,
        is_deep=head.is_deep,
        can_be_empty=parsed.getwidth()[0] == 0,
    )


class _Head:
    """Cuts a parsed pattern off behind the first part of it that can look far."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self.is_cut = False
        self.is_open = False
        self.is_deep = False

    def cut(self, items: Any, flags: int) -> Any:
        near = _parser.SubPattern(self._state, [])
        for number, item in enumerate(items, 1):
            near.data += self._cut_item(item, flags)
            if self.is_cut:
                self.is_deep |= self._looks_far(items[number:], flags)
                break
        return near

    def _looks_far(self, items: Any, flags: int) -> bool:
        rest = _Head(self._state)
        rest.cut(items, flags)
        return rest.is_cut

    def _cut_item(self, item: tuple[Any, Any], flags: int) -> Iterable[tuple[Any, Any]]:
        op, value = item
        if op is _ops.SUBPATTERN:
            group, added, removed, body = value
            near = self.cut(body, (flags | added) & ~removed)
            return [(op, (group, added, removed, near))]
        if op is _ops.ATOMIC_GROUP:
            return [(op, self.cut(value, flags))]
        if op in {_ops.GROUPREF, _ops.GROUPREF_EXISTS}:
            # what it refers to may have been cut
            self.is_cut = self.is_open = self.is_deep = True
            return []
        if op in _REPEATS:
            return self._cut_repeat(op, value, flags)
        return self._cut_other(op, value, flags)

    def _cut_other(self, op: Any, value: Any, flags: int) -> Iterable[tuple[Any, Any]]:
        if op is _ops.BRANCH:
            return self._cut_branch(value, flags)
        if op in {_ops.ASSERT, _ops.ASSERT_NOT}:
            return self._cut_assertion(op, value, flags)
        return [(op, value)]

    def _cut_repeat(self, op: Any, value: Any, flags: int) -> Iterable[tuple[Any, Any]]:
        least, most, body = value
        near = self.cut(body, flags)
        if self.is_cut:
            self.is_open |= least == 0
            self.is_deep |= most > 1
            return [(_ops.MAX_REPEAT, (min(least, 1), 1, near))]
        if most <= _FEW or self._is_white_space(body, flags) or not self._takes_line_feed(body, flags):
            return [(op, value)]
        self.is_cut = True
        return [(_ops.MAX_REPEAT, (least, most, body))]

    def _cut_assertion(self, op: Any, value: Any, flags: int) -> Iterable[tuple[Any, Any]]:
        """What is looked at without being taken: taken by the probe, which then ends there."""
        _, body = value
        near = self.cut(body, flags)
        if not self.is_cut:
            return [(op, value)]
        self.is_open = True
        return [(_ops.MAX_REPEAT, (int(op is _ops.ASSERT), 1, near))]

    def _cut_branch(self, value: Any, flags: int) -> Iterable[tuple[Any, Any]]:
        nothing, alternatives = value
        near, are_cut = [], 0
        for one in alternatives:
            near.append(self.cut(one, flags))
            are_cut += self.is_cut
            self.is_cut = False
        self.is_cut = are_cut > 0
        self.is_open |= self.is_cut
        self.is_deep |= are_cut > 1
        return [(_ops.BRANCH, (nothing, near))]

    def _is_white_space(self, items: Any, flags: int) -> bool:
        """Whether this is one character of white space: a text has no long stretches of it."""
        if len(items) != 1 or items[0][0] not in _ONE_CHARACTER:
            return False
        one = _compiler.compile(_parser.SubPattern(self._state, list(items)), flags)
        return not any(map(one.match, _VISIBLE))

    def _takes_line_feed(self, items: Any, flags: int) -> bool:
        return any(self._item_takes_line_feed(op, value, flags) for op, value in items)

    def _item_takes_line_feed(self, op: Any, value: Any, flags: int) -> bool:
        if op in _ONE_CHARACTER:
            one = _compiler.compile(_parser.SubPattern(self._state, [(op, value)]), flags)
            return one.match("\n") is not None
        if op in _REPEATS:
            return self._takes_line_feed(value[2], flags)
        if op is _ops.SUBPATTERN:
            return self._takes_line_feed(value[3], (flags | value[1]) & ~value[2])
        if op is _ops.ATOMIC_GROUP:
            return self._takes_line_feed(value, flags)
        if op is _ops.BRANCH:
            return any(self._takes_line_feed(one, flags) for one in value[1])
        return op in {_ops.GROUPREF, _ops.GROUPREF_EXISTS}
