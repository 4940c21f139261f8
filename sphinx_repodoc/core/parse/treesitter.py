"""The engine: one parse and one query over a file, and facts out of what the query captured.

Entered by :func:`~sphinx_repodoc.core.parse.parse_text` with the name of a
language that :mod:`~sphinx_repodoc.core.parse.grammars` has a row for.

Captures that a query may use:

``@definition.<kind>`` with ``@name``
    A symbol; a hyphen in its kind stands for a space. The name may lie anywhere;
    ``@start`` moves the start of its signature from the name to another node,
    ``@prefix`` is a scope written in the definition itself (a receiver). The
    signature ends before the body, which is the field ``body`` or ``@body``, before
    ``@value`` when that is long, or with ``@whole`` at the end. When several
    patterns find one definition, the first of the query counts.
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
``@deferred``, ``@types``
    Code that is not run when the file is loaded, and code for type checkers alone.
``@template``
    Code that is handed on, not run: what it defines and imports counts elsewhere.
``@main``
    The entry point of a program.
``@fork``, ``@branch``, ``@elif``, ``@else``, ``@choice``, ``@ternary``, ``@logic``, ``@jump``
    What makes a function complex: where the way through it forks; bodies of ``if``, of loops and handlers, of
    another condition after these, and what is done without them; what chooses among cases; conditional
    expressions; operators of conditions; jumps to a label.
``@inner``, ``@lambda``, ``@unwrapped``
    Bodies of functions that may be part of a definition, and of those that never are; the only function
    that a function has in it and gives back.
``@join``, ``@same``
    A fork or ``else`` that does not count after all; an operator that goes on with those before it.
``@preamble``
    Code that may stand before the comment that describes the file.
``@is.<text>``
    The match counts only when this node reads ``<text>``. It stands for
    predicates on text, which queries cannot have: the tree is parsed from a
    callable, the only input that can be interrupted, and has no text.

Further captures are for the hooks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core import rules
from sphinx_repodoc.core.model import Example, Facts, Import, Marker, MarkerKind, bound_names
from sphinx_repodoc.core.parse import comments, outline
from sphinx_repodoc.core.parse import source as sources
from sphinx_repodoc.core.parse.calls import find_calls
from sphinx_repodoc.core.parse.captures import Captures, capture
from sphinx_repodoc.core.parse.comments import Paragraph
from sphinx_repodoc.core.parse.complexity import EFFECTS, REPLACED, Mark, measure
from sphinx_repodoc.core.parse.examples import find_fences, find_sessions
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.parts import parse_parts
from sphinx_repodoc.core.parse.trees import Allowance, is_rubble, parse_tree, stopped_facts, syntax_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.findings import Finding
    from sphinx_repodoc.core.parse.complexity import Complexity
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.grammar import Grammar
    from sphinx_repodoc.core.parse.source import Readable, Source, Span


_ACCESSORS = frozenset({"property", "indexer", "event", "val", "var", "variable", "constant"})
"""Kinds with code of their own that nobody calls a function."""


def parse_source(text: bytes, language: str, *, time_limit: float, parts: Sequence[Span] = ()) -> Facts:
    """Facts of ``text`` by the grammar of ``language``; never raises on bad input.

    :param time_limit: seconds of CPU for the parser, behind its steps and its memory.
    :param parts: where the text can be cut, when an error makes that worthwhile; without them,
        before each top-level definition.
    """
    if not text.strip():
        # Some grammars want at least one definition.
        return sources.generic_facts(text)
    grammar = GRAMMARS[language]
    allowance = Allowance(len(text), time_limit)
    readable = grammar.prepare(text)
    tree = parse_tree(readable.text, grammar.package, allowance, loader=grammar.loader)
    if tree is None:
        return stopped_facts(text)
    if is_rubble(tree):
        return replace(sources.generic_facts(text), problems=syntax_problems([0], sources.Source(text, text)))
    captures = capture([tree], language, text)
    if tree.root_node.has_error:
        captures = _in_parts(captures, readable.text, language, allowance, parts) or captures
    if readable.imports:
        captures = _with_hidden(captures, readable, tree)
    return _assemble(text, readable, language, captures)


def _with_hidden(captures: Captures, readable: Readable, tree: Tree) -> Captures:
    """Capture the imports that the text has names for, outside of comments and strings."""
    found = (tree.root_node.named_descendant_for_byte_range(*span) for span in readable.imports)
    spans = frozenset(readable.imports)
    nodes = [node for node in found if node is not None and node.byte_range in spans]
    return replace(captures, single={**captures.single, "import.hidden": nodes})


def _in_parts(
    whole: Captures, text: bytes, language: str, allowance: Allowance, parts: Sequence[Span]
) -> Captures | None:
    """Parse each part or top-level definition alone, so that an error costs no more than its own.

    A bracket that is never closed makes the parser lose all that follows it.
    """
    grammar = GRAMMARS[language]

    def parse(span: Span) -> Tree | None:
        tree = parse_tree(text, grammar.package, allowance, loader=grammar.loader, part=span)
        return None if tree is None or is_rubble(tree) else tree

    found: Iterable[Tree | None] = map(parse, parts)
    if not parts and grammar.restart is not None:
        opaque = whole.spans("comment") + whole.spans("string")
        found = parse_parts(text, grammar.restart, opaque, parse)
    trees = []
    for tree in found:
        if tree is None:
            return None
        trees.append(tree)
    if not trees:
        return None
    captures = capture(trees, language, text)
    return captures if len(captures.compound) >= len(whole.compound) else None


def _assemble(text: bytes, readable: Readable, language: str, captures: Captures) -> Facts:
    """Put the facts together from the captures."""
    grammar = GRAMMARS[language]
    remarks = sources.trim(text, captures.spans("comment"))
    docstrings = {nodes["documented"][0].id: nodes["docstring"][0] for nodes in captures.having("docstring")}
    spans = [(node.start_byte, node.end_byte) for node in docstrings.values()]
    code = sources.blank(text, [*remarks, *spans])
    source = sources.Source(text, sources.blank(code, readable.attributes), readable)
    drafts, owned = outline.build(captures, grammar, source, docstrings, remarks)
    doc = _file_doc(source, docstrings.get(captures.root), remarks, owned, captures.spans("preamble"))
    if grammar.doc_of_type and not doc.text:
        doc = outline.doc_of_first(drafts, grammar)
    strings = [*captures.spans("string"), *readable.strings]
    bare = sources.blank_strings(code, strings, captures.spans("code"))
    imports = tuple(_imports(captures, grammar, source))
    names = sources.dotted_names(bare) if grammar.dotted else bare
    present = sources.words(names, grammar.word, frozenset())
    words = present - grammar.keywords
    bound = {name for each in imports for name in bound_names(each)}
    if grammar.dotted:
        words |= sources.dotted_words(names, bound)
    return Facts(
        doc=doc.text,
        doc_line=doc.line,
        lines=sources.count_lines(text, code),
        symbols=outline.symbols(drafts, source, grammar, _complexities(drafts, captures, grammar)),
        imports=imports,
        notes=comments.find_notes(source, remarks),
        markers=tuple(sorted(_markers(captures, source, remarks), key=attrgetter("line"))),
        # Some grammars want a definition where there are but comments.
        problems=syntax_problems(
            [start for start, _ in captures.spans("error")] if code.strip() else [], source
        ),
        words=words,
        findings=_findings(captures, language, source, bare, present),
        calls=_calls(bare, source, drafts, grammar, bound),
        examples=tuple(_examples(docstrings, drafts, remarks, source, grammar)),
        named=sources.named_in_strings(source) if grammar.named else (),
    )


def _calls(
    bare: bytes, source: Source, drafts: Sequence[Draft], grammar: Grammar, bound: Collection[str]
) -> tuple[tuple[str, int], ...]:
    if grammar.calls == "any":
        own = {draft.name for draft in drafts} | grammar.keywords
        return find_calls(bare, source.line, bound=None, own=own)
    return find_calls(bare, source.line, bound=bound) if grammar.calls and bound else ()


def _examples(
    docstrings: Mapping[int, Node],
    drafts: Sequence[Draft],
    remarks: Sequence[Span],
    source: Source,
    grammar: Grammar,
) -> Iterator[Example]:
    """Code in the documentation of the file and of its definitions, by line."""
    names = {draft.node.id: draft.qualname for draft in drafts}
    if grammar.sessions and b">>>" in source.text:
        found = sorted((node.byte_range, names.get(owner, "")) for owner, node in docstrings.items())
        for (start, end), name in found:
            first = source.line(start)
            for begin, last in find_sessions(source.slice(start, end).rstrip("\"'").split("\n")):
                yield Example(name=name, line=first + begin, end_line=first + last)
    if grammar.fences and (b"```" in source.text or b"~~~" in source.text):
        owners = {start: draft.qualname for draft in drafts for start in draft.remarks}
        for name, lines in _documents(source, remarks, owners, grammar):
            for begin, last in find_fences(text for _, text in lines):
                yield Example(name=name, line=lines[begin][0], end_line=lines[last][0])


def _documents(
    source: Source, remarks: Sequence[Span], owners: Mapping[int, str], grammar: Grammar
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """What is documented, empty for the file, and the lines of that with their numbers."""

    def owner(span: Span) -> str | None:
        if grammar.file_comment is not None and grammar.file_comment.match(source.text, span[0]):
            return ""
        is_doc = grammar.doc_comment is not None and grammar.doc_comment.match(source.text, span[0])
        return owners.get(span[0]) if is_doc else None

    for name, spans in groupby(remarks, owner):
        if name is not None:
            yield (
                name,
                [
                    line
                    for start, end in spans
                    for line in enumerate(
                        comments.comment_lines(source.slice(start, end)), source.line(start)
                    )
                ],
            )


def _complexities(drafts: Sequence[Draft], captures: Captures, grammar: Grammar) -> dict[int, Complexity]:
    """Identity of each draft of a function to its complexity."""
    if not grammar.forks:
        return {}
    kinds = grammar.callables - _ACCESSORS
    functions = [draft for draft in drafts if draft.kind in kinds and not draft.dropped]
    found = measure(
        [(draft.start, draft.end) for draft in functions],
        _marks(captures),
        with_inner=grammar.with_inner,
        unwrapped={start for start, _ in captures.spans("unwrapped")},
    )
    return {id(draft): each for draft, each in zip(functions, found, strict=True)}


def _marks(captures: Captures) -> Iterator[Mark]:
    replaced = {
        (kind, start)
        for name, kinds in REPLACED.items()
        for start, _ in captures.spans(name)
        for kind in kinds
    }
    for kind in EFFECTS:
        for start, end in captures.spans(kind):
            if (kind, start) not in replaced:
                yield Mark(start, end, kind)


def _findings(
    captures: Captures, language: str, source: Source, bare: bytes, words: frozenset[str]
) -> tuple[Finding, ...]:
    grammar = GRAMMARS[language]
    package = (grammar.package, grammar.loader)
    in_trees = rules.find_in_trees(captures.trees, language, package, source, words)
    in_text = rules.find_in_text(source.text, bare, language)
    return tuple(sorted((*in_trees, *in_text), key=attrgetter("line", "rule", "text")))


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
    deferred = sources.Cover(captures.spans("deferred"))
    types = sources.Cover(captures.spans("types"))
    templates = sources.Cover(captures.spans("template"))
    for node, form in sorted(nodes, key=lambda item: item[0].start_byte):
        at = node.start_byte
        if at in templates:
            continue
        found = grammar.imports(form, node, source)
        if at in deferred or at in types:
            for one in found:
                yield replace(one, deferred=at in deferred, type_only=one.type_only or at in types)
        else:
            yield from found


def _markers(captures: Captures, source: Source, remarks: list[Span]) -> Iterator[Marker]:
    yield from comments.find_markers(source, remarks)
    for line in sorted({source.line(node.start_byte) for node in captures.single.get("main", ())}):
        yield Marker(kind=MarkerKind.MAIN, line=line, text=source.line_text(line))
