"""Which macros stand for attributes, learnt from their definitions.

A learnt name is written as it is used: ``FOO_API``; ``FOO_PRINTF()`` when its
arguments go as well; ``PyAPI_FUNC(*)`` when they stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily import lexer
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFINE = re.compile(
    rb"[ \t]*+([A-Za-z_]\w*+)(\(\s*+([\w\s,.]*+)\))?+((?:[^\\]|\\(?!\r?\n)|\\\r?\n)*+)", re.DOTALL
)
_CONTINUATION = re.compile(rb"\\\r?\n")
GROUP = rb"\s*+\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*+\))*+\))*+\))*+\)"
_ATTRIBUTE = re.compile(
    rb"(?:__declspec|__attribute__|__attribute|_Pragma|__pragma|alignas|_Alignas|__asm__|throw|noexcept|_declspec)"
    + GROUP
    + rb"|\[\[[^\[\]]*+\]\]|\bextern(?:\s*+\"C\")?"
    rb"|\b(?:inline|__inline|__inline__|__forceinline|static|register|constexpr|consteval|constinit|explicit|virtual"
    rb"|_Noreturn|noexcept|override|final|__extension__|__restrict|__restrict__|restrict|__thread|thread_local"
    rb"|_Thread_local|__cdecl|__stdcall|__fastcall|__vectorcall|__thiscall|__clrcall|_cdecl|_stdcall|__far|__near|far"
    rb"|near|pascal|__pascal|volatile|const|__ptr32|__ptr64|__unaligned|__host__|__device__|__global__|__shared__"
    rb"|__constant__|__managed__|__forceinline__|__noinline__|dllexport|dllimport|signed|typename|friend|mutable)\b"
)
_WORD = re.compile(rb"[A-Za-z_]\w*+")
_DIRECTIVE_START = re.compile(rb"^[ \t]*+#[ \t]*+define\b", re.MULTILINE)
_KEYWORDS = frozenset(
    b"auto bool char class const double enum extern float for if inline int long namespace operator private protected"
    b" public register return short signed sizeof static struct switch template this typedef typename union unsigned"
    b" using virtual void volatile while new delete do else case default break continue friend explicit mutable true"
    b" false nullptr NULL main".split()
)


def learn_macros(text: bytes) -> frozenset[str]:
    """The macros of this text whose definitions stand for attributes, or for nothing.

    One pass over the definitions; a macro defined by another learnt one is learnt too.
    """
    if not _DIRECTIVE_START.search(text):
        return frozenset()
    tokens = lexer.lex(text)
    bare = blank(text, tokens.comments)
    learnt: dict[str, str] = {}
    guard = include_guard(bare, tokens.directives)
    for directive in tokens.directives:
        if directive.name != b"define":
            continue
        match = _DEFINE.match(bare, directive.rest, directive.end)
        if match is None or match[1] in _KEYWORDS or match[1] == guard:
            continue
        form = _form(match, learnt)
        if form:
            learnt.setdefault(match[1].decode(), form)
    return frozenset(name + form.removeprefix("=") for name, form in learnt.items())


def include_guard(bare: bytes, directives: Sequence[lexer.Directive]) -> bytes:
    """Name of the macro that keeps this file from being included twice; empty without one."""
    first = [directive for directive in directives[:4] if directive.name != b"pragma"][:2]
    if [directive.name for directive in first] not in ([b"ifndef", b"define"], [b"if", b"define"]):
        return b""
    tested = _WORD.findall(bare[first[0].rest : first[0].end])
    defined = bare[first[1].rest : first[1].end].split()
    if first[0].name == b"if" and (
        tested[:1] != [b"defined"] or b"!" not in bare[first[0].rest : first[0].end]
    ):
        return b""
    return defined[0] if defined and tested[-1:] == defined[:1] else b""


def _form(match: re.Match[bytes], learnt: dict[str, str]) -> str:
    """``=`` for an attribute, ``()`` for one with arguments, ``(*)`` for one around a type; or empty."""
    body = _CONTINUATION.sub(b" ", match[4])
    rest = _ATTRIBUTE.sub(b" ", body)
    for word in set(_WORD.findall(rest)):
        if word.decode() in learnt:
            rest = re.sub(rb"\b%s\b(?:%s)?" % (word, GROUP), b" ", rest)
    rest = rest.strip()
    if match[2] is None:
        return "" if rest else "="
    if not rest:
        return "()"
    parameters = [name.strip() for name in match[3].split(b",")]
    return "(*)" if parameters == [rest] else ""
