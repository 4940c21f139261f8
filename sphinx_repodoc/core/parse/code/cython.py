"""Hooks of Cython, which is parsed as the Python that :mod:`~sphinx_repodoc.core.parse.code.cython_text` makes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.code import python
from sphinx_repodoc.core.parse.code.cython_text import to_python
from sphinx_repodoc.core.parse.source import Readable, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft

_RESERVED = "cdef cimport cpdef ctypedef DEF ELIF ELSE IF NULL by gil include inline nogil noexcept sizeof"
_KIND = re.compile(
    rb"(?:(?:cdef|cpdef|ctypedef|public|api|packed|readonly)\s+)*(class|cppclass|enum|fused|property|struct|union)\b"
)
_TYPE_WORD = re.compile(
    rb"(?:(?:cdef|cpdef|ctypedef(?=\s+(?:class|cppclass|struct|union|fused))|public|api|packed|readonly)\s+)*"
    rb"(class|cppclass|ctypedef|DEF|enum|fused|struct|union)\b"
)
_WORDS = {b"ctypedef": "typedef", b"DEF": "constant"}
_ENUM = re.compile(rb"(?:(?:cdef|cpdef|ctypedef|public|api)\s+)*enum\b")
_OPERATOR = re.compile(rb"operator\s*(\(\s*\)|\[\s*\]|[^\w\s(\[]+|\w+)")
_PRIVATE = re.compile(r"_(?!_.*__\Z)")
_FIELDS = frozenset({"cppclass", "struct", "union"})
_CLASSES = frozenset({"class", "cppclass", "struct", "union"})
_LONGEST = 500
"""Bytes of a declaration that is a signature; a longer one declares many names, or gives a value."""
_DECLARED = frozenset({"declared", "listed"})


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    start, end = node.byte_range
    if form in {"extern", "include"}:
        written = source.slice(start, end).lstrip("rRbBuUfF").strip("\"'")
        bare = written.removeprefix("<").removesuffix(">")
        how = "include <…>" if bare != written else 'include "…"'
        yield Import(module=bare, line=source.line(start), form="include" if form == "include" else how)
        return
    is_c = b"cimport" in source.text[start:end]
    for each in python.read_imports(form, node, source):
        yield replace(each, form="cimport") if is_c else each


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """Give what Cython declares its kind and its signature, from the text as it was written."""
    # Signatures show what the parser was not given.
    written = Source(source.text, source.code)
    declared = [draft for draft in drafts if draft.kind in _DECLARED]
    python.refine([draft for draft in drafts if draft.kind not in _DECLARED], source, captures)
    for draft in drafts:
        if draft.kind in _DECLARED:
            draft.kind = _kind_of_declared(draft, source)
            draft.dropped |= not draft.kind
            draft.visibility = Visibility.PRIVATE if _PRIVATE.match(draft.name) else Visibility.PUBLIC
        elif draft.kind == "enum":
            # A statement of Python may look the same.
            draft.dropped |= source.text.startswith(b"with", draft.start)
        elif draft.kind == "class" and (kind := _KIND.match(source.text, draft.start)):
            draft.kind = kind[1].decode()
        _complete(draft, written)
    _drop_announced(drafts, declared)


def _kind_of_declared(draft: Draft, source: Source) -> str:
    """What a declaration declares; nothing where the text is one of Python."""
    text, above = source.text, draft.parent
    around = above.kind if above else ""
    statement = draft.node.parent
    start = statement.start_byte if statement else draft.start
    is_constructor = above is not None and around == "cppclass" and above.name == draft.name
    is_function = draft.node.type == "call"
    if draft.kind == "listed":
        head = _header(statement, source)
        if _ENUM.match(head):
            return "enumerator"
        is_declared = is_constructor or head.startswith(b"cdef")
    else:
        is_declared = not text.startswith(b"0", start)
        if is_declared and (word := _TYPE_WORD.match(text, start)):
            return _WORDS.get(word[1]) or word[1].decode()
    if not is_declared:
        return ""
    if is_function:
        if operator := _OPERATOR.match(text, draft.name_start):
            draft.name = " ".join(operator[0].decode("utf-8", "replace").split())
        return "constructor" if is_constructor else "method" if around in _CLASSES else "function"
    return "field" if around in _FIELDS else "attribute" if around == "class" else "variable"


def _header(statement: Node | None, source: Source) -> bytes:
    """The line on which the block begins that a statement lies in."""
    block = statement.parent if statement else None
    header = block.parent if block else None
    return (
        source.text[header.start_byte : header.start_byte + _LONGEST].partition(b"\n")[0] if header else b""
    )


def _complete(draft: Draft, source: Source) -> None:
    """Read the signature anew: the parser was given no types and no arguments."""
    body = draft.node.child_by_field_name("body")
    text, statement = source.text, draft.node.parent
    if body is not None:
        is_plain = text.startswith((b"def", b"async", b"class", b"property"), draft.start)
        start = draft.name_start if is_plain else draft.start
        draft.signature = source.fold(start, body.start_byte).rstrip(": ")
    elif statement is not None and draft.node.type in {"call", "identifier"}:
        start, end = statement.start_byte, text.find(b"\n", statement.end_byte)
        end = len(text) if end < 0 else end
        if end - start > _LONGEST:
            start, end = draft.start, draft.end
        draft.signature = source.fold(start, end).rstrip(";")


def _drop_announced(drafts: list[Draft], declared: list[Draft]) -> None:
    """A class that is announced before it is defined is one symbol."""
    known = {id(draft) for draft in declared}
    defined = {
        (id(each.parent), each.name) for each in drafts if each.kind in _CLASSES and id(each) not in known
    }
    for draft in declared:
        draft.dropped |= draft.kind in _CLASSES and (id(draft.parent), draft.name) in defined


GRAMMAR = replace(
    python.GRAMMAR,
    queries=("python", "cython"),
    leaves=python.GRAMMAR.leaves | _DECLARED,
    keywords=python.KEYWORDS | {*_RESERVED.split()},
    imports=read_imports,
    refine=refine,
    prepare=lambda text: Readable(to_python(text)),
    restart=re.compile(python.RESTART.pattern + rb"|^0,", re.MULTILINE),
)
