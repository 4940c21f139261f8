"""Lexers of Pygments whose work is bounded, by steps and not by the clock.

Most lexers are regular expressions that are tried at one place of the text after the other. One that looks
through the rest of the text in vain, and does so again a word later, makes the lexer quadratic. Here each may
look at a number of characters in vain that is proportional to the text; then it sees only a few lines, and at
last it is left out. So what a text costs is proportional to its size, and what is shown depends on nothing
but the text.
"""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Text

from sphinx_repodoc.pages.patterns import find_reach

_WINDOWS: Final = ((500_000, 3, sys.maxsize), (500_000, 4, 500), (sys.maxsize, 0, 0))
"""How much a rule may look at in vain: characters, and further ones for each of the text, in a window of so many.

After the last it is no longer tried. Rules of C look a line ahead at each statement, so there has to be room
for ordinary texts too."""
_TABLE: Final = "_tokens"
"""Where lexers of Pygments keep their compiled rules: lists of (match, action, new state) by state."""
_FINDERS: Final = frozenset({"get_lexer_by_name", "get_lexer_for_mimetype", "guess_lexer"})
_MOST_SQUARED: Final = 200_000_000
"""Sum of the squares of the lengths of what is handed to lexers that the text names."""
_MOST_EMPTY, _MOST_EMPTY_PER_CHARACTER = 1_000, 16
"""Matches without a character in them; a lexer that goes round in a circle has no others."""


_Match = Callable[..., re.Match[str] | None]
_Token = tuple[int, Any, str]


class TooManyStepsError(RuntimeError):
    """A lexer goes on without getting on."""


class BoundedRule:
    """Matches as a pattern does, in a window that shrinks with what the pattern has looked at in vain."""

    __slots__ = ("_is_deep", "_is_open", "_left", "_match", "_probe", "_size", "_window", "_windows")

    def __init__(self, match: _Match, probe: _Match, *, is_open: bool, is_deep: bool) -> None:
        self._match = match
        self._probe = probe
        self._is_open = is_open
        self._is_deep = is_deep
        self.start(0)

    def start(self, size: int) -> None:
        self._size = size
        self._windows = iter(_WINDOWS)
        self._narrow()

    def _narrow(self) -> None:
        base, each, self._window = next(self._windows)
        self._left = base + each * self._size

    def __call__(self, text: str, pos: int, endpos: int = sys.maxsize) -> re.Match[str] | None:
        if not self._window:
            return None
        end = min(endpos, pos + self._window)
        found = self._match(text, pos, end)
        if found is None or self._is_open:
            seen = self._probe(text, pos, end)
            if seen is not None:
                self._left -= (min(end, len(text)) if self._is_deep else seen.end()) - pos
                if self._left < 0:
                    self._narrow()
        return found


class _EmptyRule:
    """Matches as a pattern does, and counts how often that takes no character."""

    __slots__ = ("_left", "_match")

    def __init__(self, match: _Match) -> None:
        self._match = match
        self.start(0)

    def start(self, size: int) -> None:
        self._left = _MOST_EMPTY + _MOST_EMPTY_PER_CHARACTER * size

    def __call__(self, text: str, pos: int, endpos: int = sys.maxsize) -> re.Match[str] | None:
        found = self._match(text, pos, endpos)
        if found is not None and found.end() == pos:
            self._left -= 1
            if self._left < 0:
                raise TooManyStepsError
        return found


class _NamedLexerRule:
    """Hands a part of the text to a lexer that the text names, while such parts are few or short.

    That lexer is made by Pygments on the spot, and is not bounded: it may be quadratic.
    """

    __slots__ = ("_action", "_left")

    def __init__(self, action: Callable[..., Iterator[_Token]]) -> None:
        self._action = action
        self.start(0)

    def start(self, _size: int) -> None:
        self._left = _MOST_SQUARED

    def __call__(self, lexer: Lexer, match: re.Match[str], context: Any = None) -> Iterator[_Token]:
        part = match.group()
        self._left -= len(part) ** 2
        if self._left >= 0:
            yield from self._action(lexer, match) if context is None else self._action(lexer, match, context)
            return
        yield match.start(), Text, part
        if context is not None:
            context.pos = match.end()


@dataclass(slots=True, kw_only=True)
class _Guard:
    """The bounded copies of a lexer's class and of those it hands parts of a text to."""

    classes: dict[type[Lexer], type[Lexer]] = field(default_factory=dict)
    rules: list[BoundedRule | _EmptyRule | _NamedLexerRule] = field(default_factory=list)
    tables: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Bounded tables of rules by the identity of the original, which lives as long as its class."""

    def copy(self, lexer: type[Lexer]) -> type[Lexer]:
        """A subclass of a lexer's class that is bounded."""
        if (known := self.classes.get(lexer)) is not None:
            return known
        guard = self

        def init(self: Lexer, *args: Any, **options: Any) -> None:
            super(copied, self).__init__(*args, **options)
            guard.bound_parts(self)

        meta: Any = type(lexer)
        copied: type[Lexer] = meta(lexer.__name__, (lexer,), {"__init__": init})
        self.classes[lexer] = self.classes[copied] = copied
        for one in lexer.__mro__:
            for name, value in vars(one).items():
                if isinstance(value, type) and issubclass(value, Lexer):
                    setattr(copied, name, self.copy(value))
        if issubclass(lexer, RegexLexer) and not getattr(lexer, "token_variants", None):
            lexer()  # compiles its patterns
            setattr(copied, _TABLE, self._bound_table(getattr(lexer, _TABLE)))
        return copied

    def bound_parts(self, lexer: Lexer) -> None:
        """Bound what a lexer has made for itself."""
        for name, value in vars(lexer).items():
            if isinstance(value, Lexer) and (copied := self.copy(type(value))) is not type(value):
                value.__class__ = copied
                self.bound_parts(value)
            elif name == _TABLE and isinstance(lexer, RegexLexer):
                setattr(lexer, name, self._bound_table(value))

    def _bound_table(self, table: dict[str, Any]) -> dict[str, Any]:
        if (known := self.tables.get(id(table))) is not None:
            return known
        bounded = {
            state: [
                (self._bound_match(match), self._bound_action(action), then) for match, action, then in rules
            ]
            for state, rules in table.items()
        }
        self.tables[id(table)] = self.tables[id(bounded)] = bounded
        return bounded

    def _bound_match(self, match: Any) -> Any:
        pattern = getattr(match, "__self__", None)
        if not isinstance(pattern, re.Pattern):
            return match
        reach = find_reach(pattern)
        if reach.probe is None and not reach.can_be_empty:
            return match
        rule: Any = match
        if reach.probe is not None:
            rule = BoundedRule(rule, reach.probe, is_open=reach.is_open, is_deep=reach.is_deep)
            self.rules.append(rule)
        if reach.can_be_empty:
            rule = _EmptyRule(rule)
            self.rules.append(rule)
        return rule

    def _bound_action(self, action: Any) -> Any:
        """The same action, with bounded copies of the lexers that it has from where it was made."""
        if isinstance(action, type) and issubclass(action, Lexer):
            return self.copy(action)
        if type(action) is tuple:
            return tuple(self._bound_action(one) for one in action)
        if isinstance(action, types.FunctionType) and _FINDERS.intersection(action.__code__.co_names):
            rule = _NamedLexerRule(action)
            self.rules.append(rule)
            return rule
        if isinstance(action, types.FunctionType) and action.__closure__:
            cells = tuple(
                types.CellType(self._bound_action(cell.cell_contents)) for cell in action.__closure__
            )
            return types.FunctionType(
                action.__code__, action.__globals__, action.__name__, action.__defaults__, cells
            )
        return action


class BoundedLexer:
    """A lexer whose work on a text is proportional to the size of the text."""

    def __init__(self, lexer: Lexer) -> None:
        self._guard = _Guard()
        lexer.__class__ = self._guard.copy(type(lexer))
        self._guard.bound_parts(lexer)
        self._lexer = lexer

    def iter_tokens(self, text: str) -> Iterator[_Token]:
        """Tokens as the lexer finds them."""
        for rule in self._guard.rules:
            rule.start(len(text))
        return self._lexer.get_tokens_unprocessed(text)
