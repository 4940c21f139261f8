"""LaTeX: sections, labels, what commands and environments are defined, and what a file takes in.

TeX can only be read by running it: what a command stands for is not known here, and what
stands in verbatim text or behind the end of the document is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Symbol, Visibility
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.scanners.headings import Heading, nest
from sphinx_repodoc.core.parse.scanners.latex_lexer import Commands, plain_text
from sphinx_repodoc.core.parse.scanners.listing import LONGEST
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.scanners.latex_lexer import Command

_SECTIONS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
_LEVELS: Mapping[str, int] = {name: level for level, name in enumerate(_SECTIONS, 1)}
_DEFINITIONS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "newcommand",
            "renewcommand",
            "providecommand",
            "DeclareRobustCommand",
            "newrobustcmd",
            "NewDocumentCommand",
            "RenewDocumentCommand",
            "ProvideDocumentCommand",
            "DeclareDocumentCommand",
            "NewExpandableDocumentCommand",
            "DeclareMathOperator",
            "DeclarePairedDelimiter",
            "def",
            "edef",
            "gdef",
            "xdef",
        ),
        "command",
    ),
    **dict.fromkeys(
        (
            "newenvironment",
            "renewenvironment",
            "NewDocumentEnvironment",
            "RenewDocumentEnvironment",
            "DeclareDocumentEnvironment",
            "lstnewenvironment",
            "newtcolorbox",
        ),
        "environment",
    ),
    "newtheorem": "theorem",
    "newcounter": "counter",
    "newlength": "length",
    "newif": "switch",
    "newacronym": "acronym",
    "newglossaryentry": "glossary entry",
    "bibitem": "bibliography item",
    "ProvidesPackage": "package",
    "ProvidesClass": "class",
    "ProvidesExplPackage": "package",
    "ProvidesExplClass": "class",
}
"""Command -> kind of what it defines."""
_IMPORTS: Mapping[str, int] = {
    **dict.fromkeys(
        (
            "input",
            "include",
            "subfile",
            "includegraphics",
            "includepdf",
            "includesvg",
            "includestandalone",
            "usepackage",
            "RequirePackage",
            "documentclass",
            "LoadClass",
            "bibliography",
            "bibliographystyle",
            "addbibresource",
            "lstinputlisting",
            "verbatiminput",
        ),
        1,
    ),
    **dict.fromkeys(("import", "subimport", "includefrom", "subincludefrom", "inputminted"), 2),
}
"""Command -> how many arguments say what it takes in."""
_LISTS = frozenset({"bibliography", "usepackage", "RequirePackage"})
"""They take several names, with commas between."""
_LONGEST = 100
"""Bytes of a signature."""


def scan_latex(text: bytes) -> Facts:
    """Sections are ``heading``; definitions are ``command``, ``environment``, ``theorem`` and the like."""
    return _File(text).facts()


class _File:
    """One pass over the commands."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._commands = Commands(text)
        self._remarks = Remarks(text, self._commands.comments)
        self._source = self._remarks.source
        self._headings: list[Heading] = []
        self._symbols: list[Symbol] = []
        self._imports: list[Import] = []
        self._abstract: Paragraph | None = None
        for command in self._commands:
            self._read(command)

    def facts(self) -> Facts:
        lines = self._text[: self._commands.end].split(b"\n")
        headings = nest(self._headings, lines)
        order = sorted(
            [*range(-len(headings), 0), *range(len(self._symbols))],
            key=lambda at: (headings[at].line, 0) if at < 0 else (self._symbols[at].line, 1),
        )
        places = {at + len(headings): place for place, at in enumerate(order) if at < 0}
        symbols = [
            replace(headings[at], parent=places.get(headings[at].parent, -1)) if at < 0 else self._symbols[at]
            for at in order
        ]
        return self._remarks.facts(
            symbols,
            imports=self._imports,
            lead=self._abstract,
            problems=syntax_problems(self._commands.faults, self._source),
        )

    def _read(self, command: Command) -> None:
        name = command.name
        if name in _LEVELS and not command.depth:
            title = plain_text(self._commands.argument(command))
            if title:
                line = self._source.line(command.start)
                self._headings.append(Heading(text=title, line=line, level=_LEVELS[name]))
        elif name == "label":
            if label := self._given(command):
                self._headings.append(Heading(text=label, line=self._source.line(command.start), level=0))
        elif name in _DEFINITIONS:
            self._define(command, _DEFINITIONS[name])
        elif name in _IMPORTS:
            self._imports += self._taken(command)
        elif name == "begin" and self._abstract is None and self._given(command) == "abstract":
            self._abstract = self._first_paragraph(command)

    def _given(self, command: Command) -> str:
        """An argument that names something; empty where a macro stands in it."""
        text = " ".join(self._commands.argument(command).decode("utf-8", "replace").split())
        return "" if set("\\#{}").intersection(text) else text

    def _define(self, command: Command, kind: str) -> None:
        if command.depth:
            # Defined when something else is run, if at all.
            return
        if kind in {"command", "switch", "length"}:
            name = self._commands.macro(command)
        else:
            name = self._given(command)
        if not name:
            return
        line = self._source.line(command.start)
        start, end = command.start, self._commands.end_of(command)
        is_short = command.end < end and kind in {"command", "environment"} and end - start <= _LONGEST
        self._symbols.append(
            Symbol(
                name=name,
                qualname=name,
                kind=kind,
                line=line,
                end_line=self._source.line(max(end - 1, start)),
                signature=self._source.fold(start, end) if is_short else "",
                doc=self._remarks.doc_above(line),
                visibility=Visibility.PRIVATE if "@" in name else Visibility.PUBLIC,
            )
        )

    def _taken(self, command: Command) -> Iterator[Import]:
        arguments = self._commands.arguments(command, _IMPORTS[command.name])
        texts = [" ".join(each.decode("utf-8", "replace").split()) for each in arguments]
        if len(texts) < _IMPORTS[command.name]:
            return
        if command.name == "inputminted":
            texts = texts[1:]
        elif len(texts) > 1:
            texts = [f"{texts[0].rstrip('/')}/{texts[1]}"]
        for text in texts[0].split(",") if command.name in _LISTS else texts:
            module = text.strip().strip('"')
            if module and not set("\\#{}").intersection(module):
                yield Import(module=module, line=self._source.line(command.start), form=command.name)

    def _first_paragraph(self, command: Command) -> Paragraph | None:
        """What an abstract begins with."""
        start = self._commands.end_of_argument(command)
        body = self._source.code[start : start + LONGEST].partition(b"\\end{abstract}")[0]
        text = body.lstrip()
        line = self._source.line(start + len(body) - len(text))
        paragraph = plain_text(text.partition(b"\n\n")[0])
        return Paragraph(line=line, text=paragraph) if any(map(str.isalnum, paragraph)) else None
