"""Hooks of the Swift grammar."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import Readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_RESERVED = """
    as associatedtype async await break case catch class continue default defer deinit do else enum extension
    fallthrough false fileprivate for func guard if import in init inout internal is let nil open operator private
    precedencegroup protocol public repeat rethrows return self Self static struct subscript super switch throw
    throws true try typealias var where while elseif endif
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"///(?!/)|/\*\*(?![*/])")
RESTART = re.compile(
    rb"^(?:@|(?:public|open|internal|private|fileprivate|final|indirect|class|struct|enum|actor|extension|protocol|func"
    rb"|let|var|typealias|import|operator|infix|prefix|postfix|precedencegroup)\b)",
    re.MULTILINE,
)
_STRANGE = re.compile(
    rb"""
    ^[ \t]*+(?P<message>
        \#(?:warning|error)\([^\n]*\)|\#(?:if|elseif|else|endif)\b[^\n]*+|@(?:_specialize|_lifetime)\([^\n]*\)
    )
    |(?P<attribute>@Sendable)[ \t]+func\b
    |\bcase[ ]++_(?P<cast>[ ]++as[ ][\w.<>?]++)(?=:)
    |^[ \t]*+(?:[a-z]++[ ]++)?typealias[ ][^\n=]*+=[^\n]*?[ ](?P<where>where[ ][^\n]*+)
    |->[ ]++(?P<sending>sending)[ ]
    |\bcase[ ]++\.?\w++(?P<nothing>\(\))(?=[:,])
    |(?P<unit>(?:^[ \t]*+|(?<=\()|[,:={][ ]++|\b(?:in|return|\?\?)[ ]++)\(\))(?![ ]*+(?:->|throws|async|where|\{))
    |(?<=\w)(?P<dollar>\$)(?=\w)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What the grammar (0.7.4) does not know: messages to the compiler, conditionals
in a ``switch``, clauses, the empty tuple as a value, ``_$name``."""
_LITERAL = re.compile(rb'"(?:[^"\\\n]++|\\.)*+"')
_FIELD = re.compile(
    r"[-*+] (?:Parameters?|Returns|Throws|Note|Important|Warning|SeeAlso|Precondition|Postcondition)\b"
)
_TYPES = frozenset({"class", "struct", "enum", "actor", "extension", "protocol"})
_BODIES = frozenset({"class_body", "enum_class_body", "protocol_body"})
_ACCESS = {
    "open": Visibility.PUBLIC,
    "public": Visibility.PUBLIC,
    "package": Visibility.INTERNAL,
    "internal": Visibility.INTERNAL,
    "fileprivate": Visibility.PRIVATE,
    "private": Visibility.PRIVATE,
}
_CALLABLES = frozenset(
    {"function", "method", "init", "deinit", "subscript", "property", "variable", "constant"}
)


def adapt(text: bytes) -> Readable:
    """``text`` with the same definitions in the same places, and with less that the grammar does not know."""
    made = bytearray(text)
    attributes: list[Span] = []
    strings: list[Span] = []
    for match in _STRANGE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if match.lastgroup == "unit":
            made[end - 2 : end] = b"__"
        elif match.lastgroup == "dollar":
            made[start] = ord("_")
        else:
            made[start:end] = b" " * (end - start)
        if match.lastgroup == "attribute":
            attributes.append((start, end))
        elif match.lastgroup == "message":
            strings += [literal.span() for literal in _LITERAL.finditer(text, start, end)]
    return Readable(text if made == text else bytes(made), tuple(attributes), tuple(strings))


def doc_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines before the first field of Swift's markup."""
    return takewhile(lambda line: not _FIELD.match(line), lines)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    path = next((child for child in node.named_children if child.type == "identifier"), None)
    if path is None:
        return
    module = "".join(source.fold(*path.byte_range).split())
    kind = next((child.type for child in node.children if not child.is_named and child.type != "import"), "")
    name = ""
    if kind:
        module, _, name = module.rpartition(".")
    yield Import(
        module=module,
        names=(ImportedName(name=name),) if name else (),
        line=source.line(path.start_byte),
        form=f"{form} {kind}".strip(),
    )


_PROPERTIES = frozenset({"property_declaration", "protocol_property_declaration"})


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    before: Draft | None = None
    for draft in drafts:
        if before is not None and draft.node.id == before.node.id:
            _take_over(draft, before)
        else:
            _refine(draft, source)
        before = draft


def _take_over(draft: Draft, before: Draft) -> None:
    """A further name of a declaration that may have any number of them."""
    draft.name = " ".join(draft.name.replace("`", "").split()) if before.name else ""
    draft.kind, draft.visibility = before.kind, before.visibility
    if draft.node.type in _PROPERTIES:
        draft.signature = before.signature


def _refine(draft: Draft, source: Source) -> None:
    node = draft.node
    place = node.parent.type if node.parent is not None else ""
    draft.name = " ".join(draft.name.replace("`", "").split())
    if draft.kind == "function" and place in _BODIES:
        draft.kind = "method"
    elif node.type == "property_declaration":
        _place_property(draft, place, source)
    elif node.type == "protocol_property_declaration":
        draft.signature = source.fold(_binding(node), node.end_byte)
    draft.visibility = _visibility(draft, source)


def _place_property(draft: Draft, place: str, source: Source) -> None:
    """Members are properties, globals constants and variables; a local one is neither a symbol nor a scope."""
    if place not in _BODIES and place != "source_file":
        draft.kind = draft.name = ""
        return
    start = _binding(draft.node)
    is_constant = source.text.startswith(b"let", start)
    if place == "source_file":
        draft.kind = "constant" if is_constant else "variable"
    draft.signature = _property_signature(draft, start, source)


def _binding(node: Node) -> int:
    """Where ``let`` or ``var`` stands."""
    for child in node.children:
        if child.type == "value_binding_pattern":
            return child.start_byte
        if child.type == "pattern":
            inner = next((each for each in child.children if each.type == "value_binding_pattern"), child)
            return inner.start_byte
    return node.start_byte


def _property_signature(draft: Draft, start: int, source: Source) -> str:
    """The declaration up to accessors, and up to a value that is long."""
    for index, child in enumerate(draft.node.children):
        if child.type in {"computed_property", "willset_didset_block"}:
            return source.fold(start, child.start_byte)
        if draft.node.field_name_for_child(index) == "value":
            begin, end = child.byte_range
            is_short = end - begin <= _LONGEST_VALUE and b"\n" not in source.text[begin:end]
            if not is_short:
                return source.fold(start, begin).rstrip("= ")
    return source.fold(start, draft.node.end_byte)


_LONGEST_VALUE = 60


def _modifiers(node: Node, source: Source) -> set[str]:
    first = next((child for child in node.children if child.type == "modifiers"), None)
    words = first.named_children if first is not None else ()
    return {source.slice(*child.byte_range) for child in words if child.type != "attribute"}


def _visibility(draft: Draft, source: Source) -> Visibility:
    """As declared; members of protocols and extensions and cases are what is around them, all else is internal."""
    modifiers = _modifiers(draft.node, source)
    for word, visibility in _ACCESS.items():
        if word in modifiers:
            return visibility
    above = draft.parent
    if above is not None and above.kind in _CALLABLES:
        return Visibility.PRIVATE
    if above is not None and (above.kind in {"protocol", "extension"} or draft.kind == "case"):
        return above.visibility
    return Visibility.INTERNAL


GRAMMAR = Grammar(
    package="tree-sitter-swift",
    queries=("swift",),
    types=_TYPES,
    callables=_CALLABLES,
    local=frozenset(),
    forks=True,
    value="",
    doc_comment=DOC_COMMENT,
    doc_lines=doc_lines,
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=adapt,
    restart=RESTART,
)
