"""Markdown of a README to nodes of docutils, within bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.docutils_ import Parser as MystParser
from myst_parser.parsers.mdit import create_md_parser

from sphinx_repodoc.pages.bounds import DEEPEST, LONGEST_PARAGRAPH, TOO_DEEP, TOO_MUCH, StopError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

    from sphinx_repodoc.pages.bounds import Outcome

_MOST_TOKENS: Final = 30_000
"""Of a document; a paragraph with one link has nine. Together with what Sphinx does to the nodes, a second."""
_TOKENS_OF_A_CELL: Final = 3
_LOOK_AHEAD: Final = frozenset({">", "["})
"""What quotes and definitions of links begin with: for each, and each level, the lines up to a blank one are looked at."""
_MOST_LOOKED: Final = 400_000
"""Such lines."""
_DELIMITERS: Final = re.compile(r"[-:| \t]*\|[-:| \t]*")
"""The second row of a table."""
_SILENT: Any = 5
"""Above every level of docutils' messages."""


def parse_markdown(text: str, path: str, outcome: Outcome) -> nodes.document:
    r"""Parse CommonMark with tables.

    :param text: with ``\n`` newlines.
    :param outcome: gets what is left out.
    """
    document = make_document(path, parser_cls=MystParser)
    document.reporter.report_level = document.reporter.halt_level = _SILENT
    parser = create_md_parser(MdParserConfig(commonmark_only=True), _Renderer)
    parser.enable("table")
    parser.options["document"] = document
    tokens, env = _Bounded(parser, outcome).parse(text)
    parser.renderer.render(tokens, parser.options, env)
    return document


class _Renderer(DocutilsRenderer):
    """Renders code without highlighting it: whoever writes the page does that, within bounds of their own."""

    def create_highlighted_code_block(
        self, text: str, lexer_name: str | None, *_args: Any, **_options: Any
    ) -> nodes.literal_block:
        return nodes.literal_block(text, text, language=lexer_name or "none")


class _Bounded:
    """Rules of the parser that end it where there is too much."""

    def __init__(self, parser: MarkdownIt, outcome: Outcome) -> None:
        self.parser = parser
        self.outcome = outcome
        self.looked = 0
        self.line = 0  # of the block at top level, counting from 0
        # above its own limit markdown-it drops the content of lists and quotes without a word
        parser.options["maxNesting"] = 10 * DEEPEST
        parser.block.ruler.before(parser.block.ruler.get_all_rules()[0], "repodoc_stop", self.stop)
        parser.core.ruler.before("inline", "repodoc_plain", self.keep_plain)

    def parse(self, text: str) -> tuple[list[Token], dict[str, object]]:
        env: dict[str, object] = {}
        try:
            tokens = self.parser.parse(text, env)
        except StopError as stop:
            self.outcome.cut_at(self.line + 1, stop.reason)
            self.looked = 0
            return self.parse("\n".join(text.split("\n", self.line)[: self.line]))
        return self.cut(tokens), env

    def stop(self, state: StateBlock, start: int, end: int, _silent: bool) -> bool:
        """Look at the start of every block; this rule never reads one."""
        if state.level == 0:
            self.line = start
        if state.level >= 2 * DEEPEST:  # a list and its item are two
            raise StopError(TOO_DEEP)
        if _line(state, start)[:1] in _LOOK_AHEAD:
            self.looked += _end_of_run(state, start, end) - start
            if self.looked > _MOST_LOOKED:
                raise StopError(TOO_MUCH)
        if len(state.tokens) + _TOKENS_OF_A_CELL * _cells(state, start, end) > _MOST_TOKENS:
            raise StopError(TOO_MUCH)
        return False

    def keep_plain(self, state: StateCore) -> None:
        """Let a paragraph that is too long be text."""
        for token in state.tokens:
            if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
                token.children = [Token("text", "", 0, content=token.content)]
                token.content = ""
                self.outcome.keep_plain(token.map[0] + 1 if token.map else 0)

    def cut(self, tokens: list[Token]) -> list[Token]:
        """Tokens up to the first block at top level with which they are too many or too deep."""
        total = 0
        for start, block in _iter_blocks(tokens):
            inline = [token.children or () for token in block]
            leaves = sum(token.nesting == 0 for token in block)  # code has two nodes
            total += len(block) + leaves + sum(map(len, inline))
            deep = any(_depth(children) > DEEPEST for children in inline)
            if deep or total > _MOST_TOKENS:
                line = block[0].map[0] + 1 if block[0].map else 0
                self.outcome.cut_at(line, TOO_DEEP if deep else TOO_MUCH)
                return tokens[:start]
        return tokens


def _cells(state: StateBlock, start: int, end: int) -> int:
    """Cells of the table that may begin here: short rows are filled up, so a small text can have millions."""
    if start + 1 >= end or not _DELIMITERS.fullmatch(row := _line(state, start + 1)):
        return 0
    return (row.count("|") + 1) * (_end_of_run(state, start, end) - start)


def _end_of_run(state: StateBlock, start: int, end: int) -> int:
    """The first blank line from here on."""
    return next((line for line in range(start, end) if state.isEmpty(line)), end)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _iter_blocks(tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """Blocks at top level with the index of their first token."""
    start = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield start, tokens[start : index + 1]
            start = index + 1


def _depth(tokens: Sequence[Token]) -> int:
    deepest = depth = 0
    for token in tokens:
        depth += token.nesting
        deepest = max(deepest, depth)
    return deepest
