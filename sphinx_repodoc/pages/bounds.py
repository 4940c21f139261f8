"""How much markup of a file is rendered: bounds in characters, levels and steps, never in seconds.

The parsers of Markdown and reStructuredText recurse, and some of what they and the transforms of docutils do
grows with the square of their input. What goes beyond these bounds is cut at the start of a block, at the same
place on every machine, and a :class:`~sphinx_repodoc.core.problems.Problem` says where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_repodoc.analyze.purpose import READMES
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from docutils import nodes

MOST_CHARACTERS: Final = 300_000
"""Of a README. A hundred pages of print; the longest lists of links on the forges have about as much."""
DEEPEST: Final = 20
"""Levels of lists, quotes, directives and cells around a block, or of emphasis around a word."""
LONGEST_PARAGRAPH: Final = 10_000
"""Characters of a paragraph whose markup is read: to find where markup ends, parsers look through the rest of it
for each place where it could begin."""


_DEEPEST_NODES: Final = 4 * DEEPEST
"""Lists and their items are two nodes a level; sections and the markup of the text are nested besides."""


MOST_HIGHLIGHTED: Final = 40_000_000
"""Sum of the squares of the lengths of blocks of code that are highlighted, for some lexers are quadratic: a second
of the slowest. One block of 6,000 characters has room, or a hundred of 600."""


class StopError(Exception):
    """The text has more markup than is rendered."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


TOO_DEEP: Final = "what follows is nested too deeply"
TOO_MUCH: Final = "it has too much markup"
TOO_LONG: Final = f"it has more than {MOST_CHARACTERS:,} characters"
LONG_LINE: Final = f"the next line is longer than {LONGEST_PARAGRAPH:,} characters"


@dataclass(slots=True)
class Outcome:
    """What was left out of a README, gathered while it is parsed."""

    cut: str = ""
    """Why the README is not shown to its end."""
    line: int = 0
    """First line that is not shown, counting from 1."""
    whole: bool = False
    """Whether all of the README is shown as text, for nothing of it could be rendered."""
    plain: int = 0
    """Parts that are shown as text because of their size."""
    plain_line: int = 0
    """Where the first of them begins; 0 when the parser does not say."""

    def cut_at(self, line: int, reason: str) -> None:
        """Note that nothing is shown from this line on."""
        self.cut, self.line = reason, line

    def keep_plain(self, line: int) -> None:
        """Note that a part is shown as text."""
        self.plain += 1
        self.plain_line = self.plain_line or line

    def problems(self) -> tuple[Problem, ...]:
        """Say it to the reader of the file's page, and to that of the page that shows the README."""
        found = []
        if self.plain:
            message = "Long paragraphs or large tables of the README are shown as they are written."
            found.append(Problem(kind=ProblemKind.MARKUP, message=message, line=self.plain_line))
        if self.cut:
            shown = "as plain text" if self.whole else f"up to line {self.line - 1:,}"
            message = f"The README is shown {shown}: {self.cut}."
            found.append(Problem(kind=ProblemKind.MARKUP, message=message, line=self.line))
        return tuple(found)


def is_too_deep(document: nodes.Node) -> bool:
    """Whether there are more nodes in one another than can be stored and written, all of which recurses."""
    level = [document]
    for _ in range(_DEEPEST_NODES):
        level = [child for node in level for child in node.children]
    return bool(level)


def check_readme(path: str, text: bytes) -> tuple[Problem, ...]:
    """What of a file is left out where it is shown as the README of its folder; called where files are parsed."""
    if path.rpartition("/")[2].lower() not in READMES:
        return ()
    from sphinx_repodoc.pages.readme import readme_problems  # noqa: PLC0415 (it loads the parser of Markdown)

    return readme_problems(path, text)
