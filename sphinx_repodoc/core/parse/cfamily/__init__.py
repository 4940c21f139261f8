"""C, C++ and CUDA: text of one file -> facts.

Not by the query engine, for most real C is no text that a grammar understands.
What is no declaration is taken out of it first, each by a scan of its own:
comments and preprocessor lines (:mod:`.lexer`), branches that cannot be read one
after the other (:mod:`.conditionals`), bodies of functions (:mod:`.bodies`), macros
that stand for attributes (:mod:`.macros`). All of them become spaces, so offsets
stay. What is left is parsed, and its declarations are walked (:mod:`.walk`).
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts, Import, Marker, MarkerKind, Symbol
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.cfamily import lexer
from sphinx_repodoc.core.parse.cfamily.bodies import find_bodies
from sphinx_repodoc.core.parse.cfamily.compact import Compact
from sphinx_repodoc.core.parse.cfamily.conditionals import find_unread
from sphinx_repodoc.core.parse.cfamily.docs import Documents
from sphinx_repodoc.core.parse.cfamily.learn import include_guard, learn_from, learn_macros
from sphinx_repodoc.core.parse.cfamily.macros import blank_macros
from sphinx_repodoc.core.parse.cfamily.walk import Draft, Walk
from sphinx_repodoc.core.parse.source import WORD, Source, blank, count_lines, words
from sphinx_repodoc.core.parse.trees import (
    TIME_LIMIT,
    find_remarks,
    parse_tree,
    stopped_facts,
    syntax_problems,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Tree

    from sphinx_repodoc.core.parse.source import Span
    from sphinx_repodoc.core.problems import Problem

__all__ = ["LANGUAGES", "PACKAGES", "blank_macros", "learn_macros", "parse_c"]

LANGUAGES = frozenset({"c", "cpp", "cuda"})
PACKAGES = ("tree-sitter-c", "tree-sitter-cpp")
"""Grammars in use. What CUDA adds to C++ is in bodies and attributes, which the grammar never sees."""

_CPLUSPLUS = re.compile(
    rb"^[ \t]*+(?:class\s++\w|namespace\b|template\s*+<|using\s++\w)|\b(?:public|private|protected)\s*+:|\w\s*+::\s*+[\w~]",
    re.MULTILINE,
)
"""Headers of C++ are often named as those of C."""
_DIRECTIVE_LINE = re.compile(rb"^[ \t]*+#(?:[^\\\n]++|\\\n?)*+", re.MULTILINE)
_MACRO = re.compile(rb"\s*+([A-Za-z_]\w*+)(\([^()]*+\))?")
_INCLUDE = re.compile(rb"\s*+(?:\"([^\"\n]*+)\"?|<([^>\n]*+)>?|([A-Za-z_]\w*+))")
_INCLUDES = frozenset({b"include", b"include_next", b"import"})
_WORDLESS = _INCLUDES | {b"pragma", b"error", b"warning", b"line", b"ident"}
"""Directives that name no identifiers."""
_FURTHEST_CODE = 500
"""Bytes before a declaration in which the end of the one before is looked for."""
_LONGEST_VALUE = 60
"""Characters of its value that the signature of a macro shows."""
_CUDA_WORD = re.compile(
    r"__(?:global|device|host|constant|shared|managed|noinline|forceinline|grid_constant)__"
)
_KEYWORDS = frozenset(
    [
        "alignas",
        "alignof",
        "and",
        "asm",
        "auto",
        "bool",
        "break",
        "case",
        "catch",
        "char",
        "class",
        "concept",
        "const",
        "consteval",
        "constexpr",
        "constinit",
        "const_cast",
        "continue",
        "co_await",
        "co_return",
        "co_yield",
        "decltype",
        "default",
        "delete",
        "do",
        "double",
        "dynamic_cast",
        "else",
        "enum",
        "explicit",
        "export",
        "extern",
        "false",
        "float",
        "for",
        "friend",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "mutable",
        "namespace",
        "new",
        "noexcept",
        "nullptr",
        "operator",
        "or",
        "private",
        "protected",
        "public",
        "register",
        "reinterpret_cast",
        "requires",
        "restrict",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "static_assert",
        "static_cast",
        "struct",
        "switch",
        "template",
        "this",
        "thread_local",
        "throw",
        "true",
        "try",
        "typedef",
        "typeid",
        "typename",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "while",
        "define",
        "defined",
        "elif",
        "endif",
        "ifdef",
        "ifndef",
        "include",
        "pragma",
        "undef",
        "error",
    ]
)


def parse_c(
    text: bytes, language: str, *, time_limit: float = TIME_LIMIT, macros: frozenset[str] = frozenset()
) -> Facts:
    """Facts of a text in one of :data:`LANGUAGES`; bad input yields problems.

    :param macros: what :func:`learn_macros` found in the other files of the repository.
    """
    tokens = lexer.lex(text)
    bare = blank(_hide_strings(text, tokens.strings), [*tokens.comments, *_spans(tokens.directives)])
    dead, unread = find_unread(bare, text, tokens.directives)
    directives = _outside(tokens.directives, dead)
    bare = blank(bare, [*dead, *unread])
    compact = Compact(blank(bare, find_bodies(bare)))
    source = Source(text, blank(text, tokens.comments))
    code = blank_macros(compact.text, macros, learn_from(source.code, tokens.directives))
    package = PACKAGES[language != "c" or _CPLUSPLUS.search(code) is not None]
    tree = parse_tree(code, package, time_limit)
    if tree is None:
        return stopped_facts(text, time_limit)
    walk = Walk(code)
    walk.run(tree.root_node)
    for draft in walk.drafts:
        _relocate(draft, code, compact)
    drafts = [*walk.drafts, *_macro_drafts(source, directives)]
    drafts.sort(key=lambda draft: draft.start)
    owned = _document(drafts, source, tokens.comments, directives)
    lead = comments.leading_paragraph(_without_guard(source, directives), tokens.comments, owned)
    return Facts(
        doc=lead.text if lead else "",
        doc_line=lead.line if lead else 0,
        lines=count_lines(text, source.code),
        symbols=tuple(_iter_symbols(drafts, source, language)),
        imports=tuple(_iter_imports(source, directives)),
        notes=comments.find_notes(source, tokens.comments),
        markers=_markers(source, tokens.comments, map(compact.original, walk.mains)),
        problems=_problems(tree, package, compact, source),
        words=words(
            blank(source.code, [*tokens.strings, *dead, *_wordless(source, directives)]), WORD, _KEYWORDS
        ),
    )


def _hide_strings(text: bytes, strings: Sequence[Span]) -> bytes:
    """``text`` with strings and characters of underscores: what is in them is never code."""
    hidden = bytearray(text)
    for start, end in strings:
        quote = text[start : start + 1]
        hidden[start:end] = (quote + b"_" * (end - start - 2) + quote)[: end - start]
        if quote == b'"' and text[start - 1 : start] == b"R" and end - start > 2:
            hidden[start - 1] = ord(" ")
    return bytes(hidden)


def _spans(directives: Iterable[lexer.Directive]) -> Iterator[Span]:
    return ((one.start, one.end) for one in directives)


def _outside(directives: Iterable[lexer.Directive], dead: Iterable[Span]) -> list[lexer.Directive]:
    """The directives that are not in dead code."""
    spans = sorted(dead, reverse=True)
    end = 0
    kept = []
    for directive in directives:
        while spans and spans[-1][0] <= directive.start:
            end = max(end, spans.pop()[1])
        if directive.start >= end:
            kept.append(directive)
    return kept


def _relocate(draft: Draft, code: bytes, compact: Compact) -> None:
    """Turn offsets in the compact text to those in the file."""
    before = code[max(0, draft.start - _FURTHEST_CODE) : draft.start].rstrip()
    draft.lead = compact.original_end(max(0, draft.start - _FURTHEST_CODE) + len(before)) if before else 0
    draft.start = compact.original(draft.start)
    draft.place = compact.original(draft.place)
    draft.end = compact.original_end(draft.end)
    draft.pieces = tuple((compact.original(start), compact.original_end(end)) for start, end in draft.pieces)


def _problems(tree: Tree, package: str, compact: Compact, source: Source) -> tuple[Problem, ...]:
    if not tree.root_node.has_error:
        return ()
    _, errors = find_remarks(tree, package)
    return syntax_problems([compact.original(node.start_byte) for node in errors], source)


def _wordless(source: Source, directives: Iterable[lexer.Directive]) -> Iterator[Span]:
    """What directives have that names nothing: files, prose, strings."""
    for one in directives:
        if one.name in _WORDLESS:
            yield (one.start, one.end)
        elif one.name == b"define":
            yield from lexer.strings_in(source.code, one.rest, one.end)


def _macro_drafts(source: Source, directives: Sequence[lexer.Directive]) -> Iterator[Draft]:
    """The macros that are defined, without the one that guards the file."""
    guard = include_guard(source.code, directives)
    for one in directives:
        match = _MACRO.match(source.code, one.rest, one.end) if one.name == b"define" else None
        if match is None or match[1] == guard:
            continue
        name = match[1].decode()
        start, end = match.span(1)
        value = source.code[match.end() : one.end]
        if match[2] is not None:
            end = match.end()
        elif len(value.strip()) <= _LONGEST_VALUE and b"\n" not in value:
            end = one.end
        yield Draft(
            name=name,
            qualname=name,
            kind="macro",
            lead=one.start,
            start=one.start,
            place=one.start,
            end=one.end,
            pieces=((start, end),),
        )


def _document(
    drafts: Iterable[Draft],
    source: Source,
    spans: Sequence[Span],
    directives: Sequence[lexer.Directive],
) -> set[int]:
    """Give the drafts their comments, and return the starts of those comments."""
    documents = Documents(source, spans, [one.start for one in directives])
    for draft in drafts:
        if draft.kind != "namespace":  # what stands before one is mostly about the file
            documents.document(draft)
    return documents.owned


def _without_guard(source: Source, directives: Sequence[lexer.Directive]) -> Source:
    """The description of a file may stand behind its include guard."""
    guard = include_guard(source.code, directives)
    lead = [
        one
        for one in directives[:4]
        if one.name == b"pragma" or (guard and guard in source.code[one.rest : one.end])
    ]
    if lead:
        source = copy(source)
        source.code = blank(source.code, _spans(lead))
    return source


def _iter_symbols(drafts: Sequence[Draft], source: Source, language: str) -> Iterator[Symbol]:
    index = {id(draft): position for position, draft in enumerate(drafts)}
    for position, draft in enumerate(drafts):
        parent = index[id(draft.parent)] if draft.parent is not None else -1
        kind, decorators = draft.kind, draft.decorators
        if language == "cuda":
            words_before = _cuda_words(source, draft)
            decorators += words_before
            kind = "kernel" if "__global__" in words_before and kind in {"function", "method"} else kind
        yield Symbol(
            name=draft.name,
            qualname=draft.qualname,
            kind=kind,
            line=source.line(draft.place),
            end_line=source.line(max(draft.end - 1, draft.start)),
            parent=parent if parent < position else -1,
            signature=_signature(source, draft),
            doc=draft.doc,
            visibility=draft.visibility,
            decorators=decorators,
        )


def _signature(source: Source, draft: Draft) -> str:
    """The pieces on one line, as they are in the file."""
    text = b" ".join(source.code[start:end] for start, end in draft.pieces)
    if b"\n" in text:
        text = _DIRECTIVE_LINE.sub(b"", text)
    return " ".join(text.decode("utf-8", "replace").split()).rstrip(" ;{=")


def _cuda_words(source: Source, draft: Draft) -> tuple[str, ...]:
    """``__global__`` and its like, which stand before or in the head of a declaration."""
    before = source.code[max(0, draft.start - 200) : draft.start]
    begin = draft.start - len(before) + max(before.rfind(sign) for sign in b";{}") + 1
    return tuple(dict.fromkeys(_CUDA_WORD.findall(source.slice(begin, draft.place))))


def _iter_imports(source: Source, directives: Iterable[lexer.Directive]) -> Iterator[Import]:
    for one in directives:
        match = _INCLUDE.match(source.code, one.rest, one.end) if one.name in _INCLUDES else None
        if match is None:
            continue
        form = 'include "…"' if match[1] is not None else "include <…>" if match[2] is not None else "include"
        module = (match[1] or match[2] or match[3] or b"").decode("utf-8", "replace").strip()
        yield Import(module=module, line=source.line(one.start), form=form)


def _markers(source: Source, spans: Sequence[Span], mains: Iterable[int]) -> tuple[Marker, ...]:
    found = [*comments.find_markers(source, spans)]
    for line in sorted({source.line(place) for place in mains}):
        found.append(Marker(kind=MarkerKind.MAIN, line=line, text=source.line_text(line)))
    return tuple(sorted(found, key=lambda marker: marker.line))
