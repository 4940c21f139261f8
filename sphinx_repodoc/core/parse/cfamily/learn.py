"""Which macros stand for attributes, learnt from their definitions.

A learnt name is written as it is used: ``FOO_API``; ``FOO_PRINTF()`` when its
arguments go as well; ``PyAPI_FUNC(*)`` when they stay; ``OPTION(=1)`` when it declares
what its second argument names, as an enumerator with a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily import lexer
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
_DECLARED = re.compile(rb"(\w++)\s*+(?:=(?!=)|,|\Z)")
_USE = re.compile(rb"([A-Za-z_]\w*+)(?:" + GROUP + rb")?")
_LONGEST_BODY = 400
"""A longer macro is no attribute."""
_VALUE_STARTS = frozenset(b"0 1 2 3 4 5 6 7 8 9 \" ' - + ~ ! { *".split())
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
    return learn_from(blank(text, tokens.comments), tokens.directives)


def learn_from(bare: bytes, directives: Sequence[lexer.Directive]) -> frozenset[str]:
    """Likewise, of a text whose comments have been blanked."""
    learnt: dict[bytes, str] = {}
    guard = include_guard(bare, directives)
    for directive in directives:
        if directive.name != b"define":
            continue
        match = _DEFINE.match(bare, directive.rest, directive.end)
        if match is None or match[1] in _KEYWORDS or match[1] == guard:
            continue
        form = _form(match, learnt)
        if form:
            learnt.setdefault(match[1], form)
    return frozenset(name.decode() + form.removeprefix("=") for name, form in learnt.items())


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


def _form(match: re.Match[bytes], learnt: Mapping[bytes, str]) -> str:
    """What stands behind the name of a learnt macro, ``=`` for nothing; empty for one that is not learnt."""
    body = match[4].strip()
    if len(body) > _LONGEST_BODY or body[:1] in _VALUE_STARTS:
        return ""
    rest = _ATTRIBUTE.sub(b" ", _CONTINUATION.sub(b" ", body))
    rest = _USE.sub(lambda use: b" " if use[1] in learnt else use[0], rest).strip()
    if match[2] is None:
        return "" if rest else "="
    if not rest:
        return "()"
    parameters = [name.strip() for name in match[3].split(b",")]
    if parameters == [rest]:
        return "(*)"
    declared = _DECLARED.match(rest)
    return f"(={parameters.index(declared[1])})" if declared and declared[1] in parameters else ""
