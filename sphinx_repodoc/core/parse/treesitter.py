"""The engine: one parse and one query over a file, and facts out of what the query captured.

Entered by :func:`~sphinx_repodoc.core.parse.parse_text` with the name of a
language that :mod:`~sphinx_repodoc.core.parse.grammars` has a row for.

Captures that a query may use:

``@definition.<kind>`` with ``@name``
    A symbol. The name may lie anywhere; ``@start`` moves the start of its
    signature from the name to another node, ``@prefix`` is a scope written in
    the definition itself (a receiver), ``@value`` the value of a variable. The
    body is the field ``body`` or ``@body``.
``@scope`` with ``@name``
    Lends its name to the definitions inside it and is no symbol itself.
``@wrapper.<word>`` (or plain ``@wrapper``) with ``@wrapped``
    A statement around a definition (``export``, a decorated definition).
``@decorated`` with ``@decorator``, and ``@attribute``
    Decorators around a definition; attributes that stand before one.
``@documented`` with ``@docstring``
    A definition, or the whole file, and its docstring.
``@comment``, ``@string``, ``@code``
    Comments; strings; code inside strings (interpolation).
``@import.<form>``
    A statement that the hook ``imports`` of the row reads.
``@main``
    The entry point of a program; with ``@test``, only when that node reads ``__name__`` or ``main``.
``@error``
    Every ``(ERROR)`` and ``(MISSING)``.

Queries have no predicates on text: the tree is parsed from a callable, the only
input that can be interrupted, and has no text.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from tree_sitter import Parser, QueryCursor

from sphinx_repodoc.core.model import Facts, Import, Marker, MarkerKind
from sphinx_repodoc.core.parse import comments, outline
from sphinx_repodoc.core.parse import source as sources
from sphinx_repodoc.core.parse.captures import Captures
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.grammars import GRAMMARS, Grammar, load_language, load_query
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Point, Tree

    from sphinx_repodoc.core.parse.source import Source, Span

_CHUNK = 1 << 16
_ENTRY_NAMES = frozenset({"__name__", "main"})


def parse_source(text: bytes, language: str, *, time_limit: float) -> Facts:
    """Facts of ``text`` by the grammar of ``language``; never raises on bad input.

    :param time_limit: seconds of wall time for the parser.
    """
    grammar = GRAMMARS[language]
    parsed = grammar.prepare(text) if grammar.prepare else text
    tree = _parse(parsed, grammar, time_limit)
    if tree is None:
        message = f"The parser was stopped after {time_limit:g} seconds."
        return replace(
            sources.generic_facts(text), problems=(Problem(kind=ProblemKind.TIMEOUT, message=message),)
        )
    return _assemble(text, grammar, tree, _capture(tree, language))


def _parse(text: bytes, grammar: Grammar, time_limit: float) -> Tree | None:
    """The syntax tree, or None when time ran out."""
    deadline = time.monotonic() + time_limit

    def read(offset: int, _point: Point) -> bytes:
        return text[offset : offset + _CHUNK]

    def is_late(_offset: int, _has_error: bool) -> bool:
        return time.monotonic() > deadline

    parser = Parser(load_language(grammar.package, grammar.loader))
    try:
        return parser.parse(read, progress_callback=is_late)
    except ValueError:
        # The binding's word for a parse that its progress callback ended.
        return None


def _capture(tree: Tree, language: str) -> Captures:
    single: dict[str, list[Node]] = defaultdict(list)
    compound: list[dict[str, list[Node]]] = []
    for _, nodes in QueryCursor(load_query(language)).matches(tree.root_node):
        if len(nodes) == 1:
            for name, found in nodes.items():
                single[name] += found
        else:
            compound.append(nodes)
    return Captures(single=single, compound=compound)


def _assemble(text: bytes, grammar: Grammar, tree: Tree, captures: Captures) -> Facts:
    """Put the facts together from the captures."""
    remarks = captures.spans("comment")
    docstrings = {nodes["documented"][0].id: nodes["docstring"][0] for nodes in captures.having("docstring")}
    spans = [(node.start_byte, node.end_byte) for node in docstrings.values()]
    code = sources.blank(text, [*remarks, *spans])
    source = sources.Source(text, code)
    drafts, owned = outline.build(captures, grammar, source, docstrings, remarks)
    doc = _file_doc(source, docstrings.get(tree.root_node.id), remarks, owned)
    bare = sources.blank_strings(code, captures.spans("string"), captures.spans("code"))
    return Facts(
        doc=doc.text,
        doc_line=doc.line,
        lines=sources.count_lines(text, code),
        symbols=outline.symbols(drafts, source),
        imports=tuple(_imports(captures, grammar, source)),
        notes=comments.find_notes(source, remarks),
        markers=tuple(sorted(_markers(captures, source, remarks), key=attrgetter("line"))),
        problems=tuple(_problems(captures, source)),
        words=sources.words(bare, grammar.keywords),
    )


def _file_doc(source: Source, docstring: Node | None, remarks: list[Span], owned: set[int]) -> Paragraph:
    if docstring is not None:
        line = source.line(docstring.start_byte)
        paragraph = comments.docstring_paragraph(source.slice(*docstring.byte_range), line)
    else:
        paragraph = comments.leading_paragraph(source, remarks, owned)
    return paragraph or Paragraph(line=0, text="")


def _imports(captures: Captures, grammar: Grammar, source: Source) -> Iterator[Import]:
    nodes = [
        (node, name.partition(".")[2])
        for name, found in captures.single.items()
        if name.startswith("import.")
        for node in found
    ]
    for node, form in sorted(nodes, key=lambda item: item[0].start_byte):
        yield from grammar.imports(form, node, source)


def _markers(captures: Captures, source: Source, remarks: list[Span]) -> Iterator[Marker]:
    yield from comments.find_markers(source, remarks)
    entries = list(captures.single.get("main", ()))
    for nodes in captures.having("main"):
        if source.slice(*nodes["test"][0].byte_range) in _ENTRY_NAMES:
            entries += nodes["main"]
    for line in sorted({source.line(node.start_byte) for node in entries}):
        yield Marker(kind=MarkerKind.MAIN, line=line, text=source.line_text(line))


def _problems(captures: Captures, source: Source) -> Iterator[Problem]:
    lines = sorted(source.line(node.start_byte) for node in captures.single.get("error", ()))
    if lines:
        places = "1 place" if len(lines) == 1 else f"{len(lines)} places"
        message = f"The parser did not understand {places}; facts from there may be missing."
        yield Problem(kind=ProblemKind.SYNTAX, message=message, line=lines[0])
