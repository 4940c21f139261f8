"""What preprocessor lines say: includes, macros, names; and which of them guard the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.cfamily import lexer
from sphinx_repodoc.core.parse.cfamily.drafts import Draft
from sphinx_repodoc.core.parse.source import Cover, Source, blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.parse.cfamily.lexer import Directive
    from sphinx_repodoc.core.parse.source import Span

_MACRO = re.compile(rb"\s*+([A-Za-z_]\w*+)(\([^()]*+\))?")
_INCLUDE = re.compile(rb"\s*+(?:\"([^\"\n]*+)\"?|<([^>\n]*+)>?|([A-Za-z_]\w*+))")
_INCLUDES = frozenset({b"include", b"include_next", b"import"})
_WORDLESS = _INCLUDES | {b"pragma", b"error", b"warning", b"line", b"ident"}
"""Directives that name no identifiers."""
_FORWARD = re.compile(
    rb"(?<!friend )\b(?:struct|class|union|enum(?:[ \t]++(?:class|struct))?)[ \t]++(\w++)[ \t]*+;"
)
"""A type that is only declared: whoever uses it says so in another place."""
_LONGEST_VALUE = 60
"""Characters of its value that the signature of a macro shows."""
_REACH = 500
"""Bytes before a macro in which the end of the code before it is looked for."""


def to_spans(directives: Iterable[Directive]) -> Iterator[Span]:
    return ((one.start, one.end) for one in directives)


def drop_dead(directives: Iterable[Directive], dead: Iterable[Span]) -> list[Directive]:
    """The directives that are not in dead code."""
    cover = Cover(dead)
    return [one for one in directives if one.start not in cover]


def read_imports(source: Source, directives: Iterable[Directive]) -> Iterator[Import]:
    for one in directives:
        match = _INCLUDE.match(source.code, one.rest, one.end) if one.name in _INCLUDES else None
        if match is None:
            continue
        form = 'include "…"' if match[1] is not None else "include <…>" if match[2] is not None else "include"
        module = (match[1] or match[2] or match[3] or b"").decode("utf-8", "replace").strip()
        yield Import(module=module, line=source.line(one.start), form=form)


def read_macros(source: Source, directives: Iterable[Directive], guard: bytes) -> Iterator[Draft]:
    """The macros that are defined, without the one that guards the file."""
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
        first = max(0, one.start - _REACH)
        yield Draft(
            name=name,
            qualname=name,
            kind="macro",
            lead=first + len(source.code[first : one.start].rstrip()),
            start=one.start,
            place=one.start,
            end=one.end,
            pieces=((start, end),),
        )


def find_wordless(source: Source, directives: Iterable[Directive]) -> Iterator[Span]:
    """What names nothing: files, prose and strings in directives; forward declarations of types."""
    if b";" in source.code:
        yield from (match.span(1) for match in _FORWARD.finditer(source.code))
    for one in directives:
        if one.name in _WORDLESS:
            yield (one.start, one.end)
        elif one.name == b"define":
            yield from lexer.strings_in(source.code, one.rest, one.end)


def leading_comments(
    source: Source, comments: Sequence[Span], directives: Sequence[Directive], guard: bytes
) -> list[Span]:
    """The comments before any code; an include guard and ``#pragma`` are none."""
    shields = [
        one
        for one in directives[:4]
        if one.name == b"pragma" or (guard and guard in source.code[one.rest : one.end])
    ]
    code = blank(source.code, to_spans(shields)) if shields else source.code
    first = len(code) - len(code.lstrip())
    return [span for span in comments if span[1] <= first]
