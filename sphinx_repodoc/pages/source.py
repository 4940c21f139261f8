"""The text of a file in, highlighted HTML with an address for every line out.

Called by the visitors while pages are written. What is shown is always exactly
the text: where a lexer drops or changes something, gives up or goes astray,
the rest is shown plain. How long it takes plays no part in that:
:mod:`~sphinx_repodoc.pages.lexing` bounds what a lexer does.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from sphinx_repodoc.pages.escape import escape_text
from sphinx_repodoc.pages.lexing import BoundedLexer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType

_Run = tuple[str, str]
"""Class and text of a token."""

_LONGEST_LINE: Final = 2_000
"""Characters of a line that is still highlighted: many lexers are quadratic in the length of a line."""
_MOST_UNBOUNDED: Final = 20_000
"""Characters that a lexer without bounds is given: the worst of them takes ten seconds for these."""
_MOST_BLANK: Final = 20
"""Blank lines in a row that a lexer is shown: ``^\\s*`` makes many quadratic in their number."""
_MOST_TOKENS, _MOST_TOKENS_PER_CHARACTER = 1_000, 8
"""Tokens that a lexer is followed for; one that yields more goes round in a circle."""
_UNMARKED: Final = frozenset({"w", "p", "n"})
"""White space, punctuation and names of no kind: most styles give them the colour of text, and they are
two fifths of what would be written."""
_LEXER_ERRORS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    re.error,
)
"""What a mistake in one of the five hundred lexers, or in a plugin, raises."""


def highlight_source(text: str, lexer: str, *, ids: bool = True, first_line: int = 1) -> str:
    """Highlight a text.

    :param lexer: a name that Pygments knows; any other gives plain text.
    :param ids: ``False`` where many files share one page; lines then have numbers but no addresses.
    :param first_line: number of the first line, for an excerpt.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    end = "\n" if len(lines) > 1 and not lines[-1] else ""
    if not lines[-1]:
        lines.pop()
    shown = "\n".join(
        [
            f'<a id="L{number}" href="#L{number}"></a>{line}' if ids else f"<i></i>{line}"
            for number, line in enumerate(_render_lines(lines, lexer), first_line)
        ]
    )
    start = f' style="counter-reset:repodoc-line {first_line - 1}"' if first_line != 1 else ""
    return f'<div class="highlight repodoc-source notranslate"><pre{start}>{shown}{end}</pre></div>'


def excerpt(text: str, line: int, end_line: int) -> str:
    """Some lines of a text without what all of them begin with: indentation, or the signs of a comment."""
    lines = text.replace("\r\n", "\n").split("\n")[line - 1 : end_line]
    shown = textwrap.dedent("\n".join(lines)).split("\n")
    if all(not one or one.startswith(("///", "//!")) for one in shown):
        shown = textwrap.dedent("\n".join(one[3:] for one in shown)).split("\n")
    return "\n".join([*shown, ""])


def can_highlight(text: str, lexer: str) -> bool:
    """Whether a highlighter without the guards of this module may be given this text."""
    if len(text) > _MOST_UNBOUNDED or _find_lexer(lexer) is None:
        return False
    return list(_iter_lexed_parts(lines := text.split("\n"))) == lines


def _render_lines(lines: list[str], lexer_name: str) -> list[str]:
    lexer = _find_lexer(lexer_name)
    if lexer is None:
        return [escape_text(line) for line in lines]
    parts = list(_iter_lexed_parts(lines))
    text = "".join([f"{part}\n" for part in parts if part is not None])
    spans = iter("".join(_iter_spans(_list_runs(text, lexer))).split("\n"))
    shown = []
    for line, part in zip(lines, parts, strict=True):
        span = "" if part is None else next(spans)
        shown.append(span if part == line else escape_text(line))
    return shown


@cache
def _find_lexer(name: str) -> BoundedLexer | None:
    try:
        return BoundedLexer(get_lexer_by_name(name))
    except ClassNotFound:
        return None


def _iter_lexed_parts(lines: list[str]) -> Iterator[str | None]:
    """What the lexer is given for each line: the line, nothing in its place, or not even the place."""
    blank = 0
    for line in lines:
        blank = 0 if line.strip() else blank + 1
        yield None if blank > _MOST_BLANK else line if len(line) <= _LONGEST_LINE else ""


def _list_runs(text: str, lexer: BoundedLexer) -> list[_Run]:
    """Tokens whose concatenation is the text.

    Options of lexers and filters play no part here: this method of theirs neither
    strips nor expands anything before it starts.
    """
    most = _MOST_TOKENS + _MOST_TOKENS_PER_CHARACTER * len(text)
    runs: list[_Run] = []
    try:
        for _, kind, value in islice(lexer.iter_tokens(text), most):
            runs.append((_find_class(kind), value))
    except _LEXER_ERRORS:
        pass  # what it found until then holds
    done = "".join([value for _, value in runs])
    return [*runs, ("", text[len(done) :])] if text.startswith(done) else [("", text)]


@cache
def _find_class(kind: _TokenType) -> str:
    """Short class of a token type; that of the nearest standard type for one that a lexer made up."""
    name = STANDARD_TYPES.get(kind)
    if name is None:
        return _find_class(kind.parent) if kind.parent is not None else ""
    return "" if name in _UNMARKED else name


def _iter_spans(runs: list[_Run]) -> Iterator[str]:
    """HTML of the runs, neighbours of one class joined over the white space between them."""
    current, values = "", [""]
    for name, value in runs:
        if name != current and not value.isspace():
            yield _wrap("".join(values), current)
            current, values = name, []
        values.append(value)
    yield _wrap("".join(values), current)


def _wrap(text: str, name: str) -> str:
    """One run in a span, or in one for each of its lines."""
    core = text.rstrip() if name else ""
    if not core:
        return escape_text(text)
    shown = escape_text(core)
    if "\n" in shown:
        start = f'<span class="{name}">'
        shown = "\n".join([f"{start}{line}</span>" if line else "" for line in shown.split("\n")])
    else:
        shown = f'<span class="{name}">{shown}</span>'
    return shown if len(core) == len(text) else shown + escape_text(text[len(core) :])
