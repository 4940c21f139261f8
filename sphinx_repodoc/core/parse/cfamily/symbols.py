"""Drafts in the offsets of the compact text -> symbols of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse.complexity import UNKNOWN, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_repodoc.core.parse.cfamily.compact import Compact
    from sphinx_repodoc.core.parse.cfamily.drafts import Draft
    from sphinx_repodoc.core.parse.complexity import Complexity, Mark
    from sphinx_repodoc.core.parse.source import Source

_REACH = 500
"""Bytes before a declaration in which the end of the one before is looked for."""
_DIRECTIVE_LINE = re.compile(rb"^[ \t]*+#(?:[^\\\n]++|\\\n?)*+", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\[\[\s*+(?:using\s++\w++\s*+:\s*+)?([^\[\]]*+)\]\]")
_CUDA_WORD = re.compile(
    r"__(?:global|device|host|constant|shared|managed|noinline|forceinline|grid_constant)__"
)


def relocate(draft: Draft, code: bytes, compact: Compact) -> None:
    """Turn the offsets of a draft in the compact text to those in the file."""
    first = max(0, draft.start - _REACH)
    before = code[first : draft.start].rstrip()
    draft.lead = compact.original_end(first + len(before)) if before else 0
    draft.start = compact.original(draft.start)
    draft.place = compact.original(draft.place)
    draft.end = compact.original_end(draft.end)
    draft.pieces = tuple((compact.original(start), compact.original_end(end)) for start, end in draft.pieces)


CALLABLES = frozenset({"function", "method", "constructor", "destructor", "operator", "kernel"})


def build_symbols(
    drafts: Sequence[Draft], source: Source, language: str, marks: Iterable[Mark]
) -> Iterator[Symbol]:
    """Symbols of the drafts, in their order.

    :param marks: of what makes functions complex.
    """
    complexities = _complexities(drafts, source, marks)
    index = {id(draft): position for position, draft in enumerate(drafts)}
    for position, draft in enumerate(drafts):
        parent = index[id(draft.parent)] if draft.parent is not None else -1
        kind = draft.kind
        measured = complexities.get(id(draft), UNKNOWN)
        decorators = _attributes(source, draft)
        if language == "cuda":
            decorators += _cuda_words(source, draft)
            kind = "kernel" if "__global__" in decorators and kind in {"function", "method"} else kind
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
            local=draft.local,
            complexity=measured.cyclomatic,
            cognitive=measured.cognitive,
            nesting=measured.nesting,
        )


def _complexities(drafts: Sequence[Draft], source: Source, marks: Iterable[Mark]) -> dict[int, Complexity]:
    """Identity of the draft of each function with a body to its complexity."""
    functions = [
        draft
        for draft in drafts
        if draft.kind in CALLABLES and source.text[draft.end - 1 : draft.end] == b"}"
    ]
    found = measure([(draft.start, draft.end) for draft in functions], marks, with_inner=False)
    return {id(draft): each for draft, each in zip(functions, found, strict=True)}


def _signature(source: Source, draft: Draft) -> str:
    """The pieces on one line, as they are in the file."""
    text = b" ".join(source.code[start:end] for start, end in draft.pieces)
    if b"\n" in text:
        text = _DIRECTIVE_LINE.sub(b"", text)
    words = " ".join(text.decode("utf-8", "replace").split()).rstrip(" ;{=")
    return _without_wrapper(words) if ")" in words else words


def _without_wrapper(signature: str) -> str:
    """``int) f(int a)`` without the end of the macro that is around its type."""
    depth = 0
    for position, sign in enumerate(signature):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return signature[:position] + signature[position + 1 :]
    return signature


def _attributes(source: Source, draft: Draft) -> tuple[str, ...]:
    """What ``[[…]]`` before or in the head of a declaration say."""
    start = max(draft.lead, draft.start - _REACH)
    if source.code.find(b"[[", start, draft.place) < 0:
        return ()
    found = _ATTRIBUTE.findall(source.slice(start, draft.place))
    return tuple(" ".join(attribute.split()) for attribute in found)


def _cuda_words(source: Source, draft: Draft) -> tuple[str, ...]:
    """``__global__`` and its like, which stand before or in the head of a declaration."""
    start = max(draft.lead, draft.start - _REACH)
    return tuple(dict.fromkeys(_CUDA_WORD.findall(source.slice(start, draft.place))))
