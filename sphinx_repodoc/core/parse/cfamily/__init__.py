"""C, C++, CUDA, Objective-C and Objective-C++: text of one file -> facts.

Not by the query engine, for most real C is no text that a grammar understands.
What is no declaration is taken out of it first, each by a scan of its own:
comments and preprocessor lines (:mod:`.lexer`), branches that cannot be read one
after the other (:mod:`.conditionals`), bodies of functions (:mod:`.bodies`), macros
that stand for attributes (:mod:`.macros`). All of them become spaces, so offsets
stay. What is left is parsed, and its declarations are walked (:mod:`.walk`).
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core import rules
from sphinx_repodoc.core.model import Facts, Marker, MarkerKind
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.calls import find_calls
from sphinx_repodoc.core.parse.cfamily import lexer, objc, preprocessor
from sphinx_repodoc.core.parse.cfamily.bodies import Brackets, find_bodies
from sphinx_repodoc.core.parse.cfamily.compact import Compact
from sphinx_repodoc.core.parse.cfamily.conditionals import find_unread
from sphinx_repodoc.core.parse.cfamily.docs import Documents
from sphinx_repodoc.core.parse.cfamily.flow import find_marks
from sphinx_repodoc.core.parse.cfamily.free import free_words, scoped_words
from sphinx_repodoc.core.parse.cfamily.learn import include_guard, learn_from, learn_macros
from sphinx_repodoc.core.parse.cfamily.linkage import tell_visibility
from sphinx_repodoc.core.parse.cfamily.macros import blank_macros
from sphinx_repodoc.core.parse.cfamily.symbols import CALLABLES, build_symbols, relocate
from sphinx_repodoc.core.parse.cfamily.walk import Walk
from sphinx_repodoc.core.parse.source import WORD, Source, blank, count_lines, words
from sphinx_repodoc.core.parse.trees import (
    TIME_LIMIT,
    Allowance,
    deep_facts,
    find_remarks,
    parse_tree,
    stopped_facts,
    syntax_problems,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Tree

    from sphinx_repodoc.core.model import Import
    from sphinx_repodoc.core.parse.cfamily.drafts import Draft
    from sphinx_repodoc.core.parse.source import Span
    from sphinx_repodoc.core.problems import Problem

__all__ = ["CALLABLES", "blank_macros", "learn_macros", "parse_c", "tell_visibility"]

_PACKAGES = ("tree-sitter-c", "tree-sitter-cpp")
"""Grammars in use. What CUDA adds to C++ is in bodies and attributes, which the grammar never sees."""

_CPLUSPLUS = re.compile(
    rb"^[ \t]*+(?:class\s++\w|namespace\b|template\s*+<|using\s++\w)|\b(?:public|private|protected)\s*+:|\w\s*+::\s*+[\w~]",
    re.MULTILINE,
)
"""Headers of C++ are often named as those of C."""
_RESERVED = (
    "alignas alignof and asm auto bool break case catch char class concept const consteval constexpr constinit"
    " const_cast continue co_await co_return co_yield decltype default delete do double dynamic_cast else enum"
    " explicit export extern false float for friend goto if inline int long mutable namespace new noexcept nullptr"
    " operator or private protected public register reinterpret_cast requires restrict return short signed sizeof"
    " static static_assert static_cast struct switch template this thread_local throw true try typedef typeid"
    " typename union unsigned using virtual void volatile while"
    " define defined elif endif ifdef ifndef include pragma undef error"
)
_KEYWORDS = frozenset(_RESERVED.split())
_DEEPEST = 5_000
"""Braces in braces, bodies left out: the parsers of both languages crash over ``*{`` by the hundred thousand."""


def parse_c(
    text: bytes, language: str, *, time_limit: float = TIME_LIMIT, macros: frozenset[str] = frozenset()
) -> Facts:
    """Facts of a text in one of :data:`~sphinx_repodoc.core.languages.C_FAMILY`; bad input yields problems.

    :param macros: what :func:`learn_macros` found in the other files of the repository.
    """
    tokens = lexer.lex(text)
    source = Source(text, blank(text, tokens.comments))
    bare = _hide_strings(text, tokens.strings)
    bare = blank(bare, [*tokens.comments, *preprocessor.to_spans(tokens.directives)])
    dead, unread = find_unread(bare, text, tokens.directives)
    bare = blank(bare, [*dead, *unread])
    braces = Brackets(bare)
    is_objc = language in objc.LANGUAGES
    extracted = objc.extract(bare, braces) if is_objc else objc.Extracted()
    bodies = [] if is_objc else find_bodies(bare, braces)
    if is_objc:
        compact = Compact(objc.to_c(bare, extracted, with_templates=language == "objcpp"))
    else:
        compact = Compact(blank(bare, bodies))
    code = blank_macros(compact.text, macros, learn_from(source.code, tokens.directives))
    package = _PACKAGES[language not in {"c", "objc"} or _CPLUSPLUS.search(code) is not None]
    if code.count(b"{") > _DEEPEST and Brackets(code).deepest > _DEEPEST:
        return deep_facts(text)
    tree = parse_tree(code, package, Allowance(len(code), time_limit))
    if tree is None:
        return stopped_facts(text)
    walk = Walk(code)
    walk.run(tree.root_node)
    for draft in walk.drafts:
        relocate(draft, code, compact)
    directives = preprocessor.drop_dead(tokens.directives, dead)
    guard = include_guard(source.code, directives)
    drafts = [*walk.drafts, *extracted.drafts, *preprocessor.read_macros(source, directives, guard)]
    drafts.sort(key=attrgetter("start"))
    owned = _document(drafts, source, tokens.comments, directives)
    leading = preprocessor.leading_comments(source, tokens.comments, directives, guard)
    lead = comments.leading_paragraph(source, leading, owned)
    wordless = [*tokens.strings, *dead, *preprocessor.find_wordless(source, directives)]
    if is_objc:
        wordless += objc.directive_words(source.code)
    named, scoped = blank(source.code, wordless), frozenset[str]()
    if not is_objc:
        in_directives = [named[one.start : one.end] for one in directives]
        outside = blank(named, preprocessor.to_spans(tokens.directives))
        scoped = scoped_words(outside)
        named = b" ".join([free_words(outside, bodies), *in_directives])
    return Facts(
        doc=lead.text if lead else "",
        doc_line=lead.line if lead else 0,
        lines=count_lines(text, source.code),
        symbols=tuple(
            build_symbols(drafts, source, language, find_marks(bare, braces, directives, language))
        ),
        imports=_imports(source, directives, extracted),
        notes=comments.find_notes(source, tokens.comments),
        markers=_markers(source, tokens.comments, map(compact.original, walk.mains)),
        problems=_problems(tree, package, compact, source),
        words=words(named, WORD, _KEYWORDS) | scoped,
        findings=tuple(sorted(rules.find_in_text(text, bare, language), key=attrgetter("line", "rule"))),
        calls=find_calls(bare, source.line, bound=None, own=_KEYWORDS | {draft.name for draft in drafts}),
    )


def _imports(
    source: Source, directives: Sequence[lexer.Directive], extracted: objc.Extracted
) -> tuple[Import, ...]:
    included = preprocessor.read_imports(source, directives)
    return tuple(sorted([*included, *objc.read_modules(source, extracted)], key=attrgetter("line")))


def _hide_strings(text: bytes, strings: Sequence[Span]) -> bytes:
    """``text`` with strings and characters of underscores: what is in them is never code."""
    hidden = bytearray(text)
    for start, end in strings:
        quote = text[start : start + 1]
        hidden[start:end] = (quote + b"_" * (end - start - 2) + quote)[: end - start]
        if quote == b'"' and text[start - 1 : start] == b"R" and end - start > len(b'""'):
            hidden[start - 1] = ord(" ")
    return bytes(hidden)


def _problems(tree: Tree, package: str, compact: Compact, source: Source) -> tuple[Problem, ...]:
    if not tree.root_node.has_error:
        return ()
    _, errors = find_remarks(tree, package)
    return syntax_problems([compact.original(node.start_byte) for node in errors], source)


def _document(
    drafts: Iterable[Draft], source: Source, spans: Sequence[Span], directives: Sequence[lexer.Directive]
) -> set[int]:
    """Give the drafts their comments, and return the starts of those comments."""
    documents = Documents(source, spans, [one.start for one in directives])
    for draft in drafts:
        if draft.kind != "namespace":  # what stands before one is mostly about the file
            documents.document(draft)
    return documents.owned


def _markers(source: Source, spans: Sequence[Span], mains: Iterable[int]) -> tuple[Marker, ...]:
    lines = sorted({source.line(place) for place in mains})
    entries = [Marker(kind=MarkerKind.MAIN, line=line, text=source.line_text(line)) for line in lines]
    return tuple(sorted([*comments.find_markers(source, spans), *entries], key=attrgetter("line")))
