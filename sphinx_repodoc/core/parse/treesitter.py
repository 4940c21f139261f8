"""The engine: one parse and one query over a file, and facts out of what the query captured.

Entered by :func:`~sphinx_repodoc.core.parse.parse_text` with the name of a
language that :mod:`~sphinx_repodoc.core.parse.grammars` has a row for.

Captures that a query may use:

``@definition.<kind>`` with ``@name``
    A symbol. The name may lie anywhere; ``@start`` moves the start of its
    signature from the name to another node, ``@prefix`` is a scope written in
    the definition itself (a receiver). The signature ends before the body, which
    is the field ``body`` or ``@body``, or with ``@whole`` at the end. When several patterns find one
    definition, the first of the query counts.
``@scope`` with ``@name``
    Lends its name to the definitions inside it and is no symbol itself.
``@wrapper.<word>`` (or plain ``@wrapper``) with ``@wrapped``
    A statement around a definition (``export``, a decorated definition).
``@decorated`` with ``@decorator``, and ``@attribute``
    Decorators of a definition or of its wrapper; attributes that stand before one.
``@documented`` with ``@docstring``
    A definition, or the whole file, and its docstring.
``@comment``, ``@string``, ``@code``
    Comments; strings; code inside strings (interpolation).
``@import.<form>``
    A statement that the hook ``imports`` of the row reads.
``@main``
    The entry point of a program.
``@preamble``
    Code that may stand before the comment that describes the file.
``@error``
    Every ``(ERROR)`` and ``(MISSING)``.
``@is.<text>``
    The match counts only when this node reads ``<text>``. It stands for
    predicates on text, which queries cannot have: the tree is parsed from a
    callable, the only input that can be interrupted, and has no text.

Further captures are for the hooks.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from operator import attrgetter, itemgetter
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
_IS = "is."
_DEEPEST = 10_000
"""The cursor becomes quadratic where its counters of depth overflow (65,536)."""
_MOST_TOKENS = 20_000
"""The cursor becomes quadratic over mere tokens in one node: 20,000 take half a second."""


def parse_source(
    text: bytes, language: str, *, time_limit: float, macros: frozenset[str] = frozenset()
) -> Facts:
    """Facts of ``text`` by the grammar of ``language``; never raises on bad input.

    :param time_limit: seconds of wall time for the parser.
    :param macros: for the hook ``prepare`` of the language.
    """
    grammar = GRAMMARS[language]
    parsed = grammar.prepare(text, macros) if grammar.prepare else text
    tree = _parse(parsed, grammar, time_limit)
    if tree is None:
        message = f"The parser was stopped after {time_limit:g} seconds."
        return _lines_only(text, Problem(kind=ProblemKind.TIMEOUT, message=message))
    if _is_rubble(tree):
        message = "The parser found nothing but loose tokens."
        return _lines_only(text, Problem(kind=ProblemKind.SYNTAX, message=message, line=1))
    return _assemble(text, grammar, tree, _capture(tree, language, parsed))


def _lines_only(text: bytes, problem: Problem) -> Facts:
    return replace(sources.generic_facts(text), problems=(problem,))


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


def _capture(tree: Tree, language: str, text: bytes) -> Captures:
    """Run the query and keep the matches whose conditions on text hold.

    There is no time limit here, for a progress callback crashes the cursor of
    the binding (0.26.1). Its work is bounded instead: by depth, and by not
    looking into the :func:`rubble <_is_rubble>` of what is no program.
    """
    single: dict[str, list[Node]] = defaultdict(list)
    compound: list[tuple[int, dict[str, list[Node]]]] = []
    cursor = QueryCursor(load_query(language))
    cursor.set_max_start_depth(_DEEPEST)
    for pattern, nodes in cursor.matches(tree.root_node):
        if len(nodes) > 1 and any(name.startswith(_IS) for name in nodes):
            if not all(_reads(node, name, text) for name, found in nodes.items() for node in found):
                continue
            nodes = {name: found for name, found in nodes.items() if not name.startswith(_IS)}  # noqa: PLW2901
        if len(nodes) == 1:
            for name, found in nodes.items():
                single[name] += found
        else:
            compound.append((pattern, nodes))
    compound.sort(key=itemgetter(0))
    return Captures(single=single, compound=[nodes for _, nodes in compound])


def _is_rubble(tree: Tree) -> bool:
    """Whether the parser only found tokens: brackets by the thousand."""
    errors = [node for node in (tree.root_node, *tree.root_node.children) if node.is_error]
    return any(node.child_count - node.named_child_count > _MOST_TOKENS for node in errors)


def _reads(node: Node, name: str, text: bytes) -> bool:
    """Whether a condition holds; a capture without one always does."""
    start, end = node.byte_range
    return not name.startswith(_IS) or text[start:end] == name.removeprefix(_IS).encode()


def _assemble(text: bytes, grammar: Grammar, tree: Tree, captures: Captures) -> Facts:
    """Put the facts together from the captures."""
    remarks = sources.trim(text, captures.spans("comment"))
    docstrings = {nodes["documented"][0].id: nodes["docstring"][0] for nodes in captures.having("docstring")}
    spans = [(node.start_byte, node.end_byte) for node in docstrings.values()]
    code = sources.blank(text, [*remarks, *spans])
    source = sources.Source(text, code)
    drafts, owned = outline.build(captures, grammar, source, docstrings, remarks)
    doc = _file_doc(source, docstrings.get(tree.root_node.id), remarks, owned, captures.spans("preamble"))
    if grammar.doc_of_type and not doc.text:
        doc = outline.doc_of_first(drafts, grammar)
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
        words=sources.words(bare, grammar.word, grammar.keywords),
    )


def _file_doc(
    source: Source, docstring: Node | None, remarks: list[Span], owned: set[int], preamble: list[Span]
) -> Paragraph:
    if docstring is not None:
        line = source.line(docstring.start_byte)
        paragraph = comments.docstring_paragraph(source.slice(*docstring.byte_range), line)
    else:
        code = sources.blank(source.code, preamble) if preamble else source.code
        before = len(code) - len(code.lstrip())
        paragraph = comments.leading_paragraph(source, [span for span in remarks if span[1] <= before], owned)
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
    for line in sorted({source.line(node.start_byte) for node in captures.single.get("main", ())}):
        yield Marker(kind=MarkerKind.MAIN, line=line, text=source.line_text(line))


def _problems(captures: Captures, source: Source) -> Iterator[Problem]:
    lines = sorted(source.line(node.start_byte) for node in captures.single.get("error", ()))
    if lines:
        places = "1 place" if len(lines) == 1 else f"{len(lines)} places"
        message = f"The parser did not understand {places}; facts from there may be missing."
        yield Problem(kind=ProblemKind.SYNTAX, message=message, line=lines[0])
