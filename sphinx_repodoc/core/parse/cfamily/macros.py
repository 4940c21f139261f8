"""The text without the macros that no grammar of C understands.

``class FOO_API X`` is no C++, and a grammar that meets it loses the class, often
the file. Macros that are known (see :mod:`~sphinx_repodoc.core.parse.cfamily.learn`)
go wherever they stand, others are told by their place (:mod:`.guess`). They are
replaced by spaces, so that every offset stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily import guess, rewrites
from sphinx_repodoc.core.parse.cfamily.attributes import CALL
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.parse.source import Span

_WORD = re.compile(rb"[A-Za-z_]\w*+")
_SIGNALS = re.compile(
    rb"\b(?:Q_SIGNALS|signals)\s*+:(?!:)|(?<=public|rivate)\s++(?:Q_SLOTS|slots)(?=\s*:)"
    rb"|(?<=protected)\s++(?:Q_SLOTS|slots)(?=\s*:)"
)
"""Access specifiers of Qt."""
_EXTENSIONS: Mapping[bytes, str] = {
    **dict.fromkeys(
        b"__extension__ __inline __inline__ __forceinline __restrict __restrict__ __cdecl __stdcall __fastcall"
        b" __thiscall __vectorcall _cdecl _stdcall __volatile__ __signed__ __const __thread _Noreturn __global__"
        b" __device__ __host__ __shared__ __constant__ __managed__ __forceinline__ __noinline__ __grid_constant__"
        b" Q_OBJECT Q_GADGET Q_INVOKABLE G_BEGIN_DECLS G_END_DECLS __BEGIN_DECLS __END_DECLS WINAPI CALLBACK APIENTRY"
        b" STDMETHODCALLTYPE __THROW __THROWNL __wur".split(),
        "",
    ),
    **dict.fromkeys(
        b"__attribute__ __attribute __declspec _declspec _Alignas __asm__ __asm asm __launch_bounds__".split(),
        ")",
    ),
}
"""What compilers and well-known libraries add to the language: name -> form, as in :func:`_index`."""
_TYPE_BEFORE = re.compile(
    rb"(?:[*&]|\b(?:void|bool|char|short|int|long|float|double|signed|unsigned)"
    rb"|(?:[;{}]|\A|\b(?:static|extern|inline|const|volatile|virtual|constexpr|struct|union|enum|class))\s*+"
    rb"(?!(?:static|extern|inline|const|volatile|virtual|constexpr|struct|union|enum|class|return|else|typedef)\b)"
    rb"[A-Za-z_]\w*+)\s*+$"
)
"""The type of what is declared next, and not its name."""
_DECLARED = re.compile(rb"\s*+[;{]")
_ENUMERATORS = re.compile(rb"\benum\b[^;{}()]{0,300}+\{")
_ITEM = re.compile(rb"[\s,]*+([A-Za-z_]\w*+)(?:[^(){},]++|\((?:[^()]|\((?:[^()]|\([^()]*+\))*+\))*+\))*+,?")
_COMMA = re.compile(rb"\s*+,")
_SIGN = re.compile(rb"[(),]")
_BEFORE_ITEM = b",{([=<>+-*/|&?!"
_AFTER_ITEM = b",})];=<>+-*/|&?"
_REACH = 300
"""Characters on either side of a name that are looked at."""


def blank_macros(text: bytes, macros: frozenset[str], own: frozenset[str] = frozenset()) -> bytes:
    """``text`` with macros that stand for attributes replaced by spaces.

    :param text: code; comments, strings and directives should be blanked, for names in them count.
    :param macros: learnt names, as :func:`~sphinx_repodoc.core.parse.cfamily.learn.learn_macros` writes them.
    :param own: more of them, of this file alone.
    """
    text = rewrites.rewrite_types(text)
    text = blank(text, _iter_known(text, _index(macros), _index.__wrapped__(own)))
    return rewrites.rewrite_bodies(guess.blank_guessed(text))


@lru_cache(maxsize=2)
def _index(macros: frozenset[str]) -> Mapping[bytes, str]:
    """Name -> empty, ``)`` when its arguments go as well, ``*)`` when they stay, ``=1)`` when one of them does.

    Cached, for the macros of a repository are many and the same for every file.
    """
    parts = (name.partition("(") for name in macros)
    return {name.encode(): form for name, _, form in parts}


def _iter_known(text: bytes, *indexes: Mapping[bytes, str]) -> Iterator[Span]:
    if b"signals" in text or b"slots" in text or b"Q_S" in text:
        yield from (match.span() for match in _SIGNALS.finditer(text))
    known: dict[bytes, str] = {}
    present = set(_WORD.findall(text))
    for index in (*indexes, _EXTENSIONS):
        known.update((word, index[word]) for word in present.intersection(index))
    yield from _iter_enumerators(text, known)
    if not known:
        return
    for match in _WORD.finditer(text):
        form = known.get(match[0])
        if form is None or form[:1] == "=" or _is_item(text, *match.span()):
            continue
        call = CALL.match(text, match.end())
        if call and _is_declared(text, match.start(), call):
            continue
        if not form:
            yield match.span()
        elif call and form == ")":
            yield (match.start(), call.end())
        elif call:
            yield (match.start(), call.start(1) + 1)
            yield (call.end() - 1, call.end())


def _iter_enumerators(text: bytes, known: Mapping[bytes, str]) -> Iterator[Span]:
    """Macros in the place of enumerators; of those that declare what an argument names, all but that."""
    for body in _ENUMERATORS.finditer(text):
        position = body.end()
        while item := _ITEM.match(text, position):
            call = CALL.match(text, item.end(1))
            position = item.end()
            if call is None:
                continue
            form = known.get(item[1], "")
            if form[:1] == "=":
                argument = _argument(text, call, int(form[1:-1]))
                yield (item.start(1), argument[0])
                yield (argument[1], call.end())
            else:
                comma = _COMMA.match(text, call.end())
                position = comma.end() if comma else call.end()
                yield (item.start(1), position)


def _argument(text: bytes, call: re.Match[bytes], index: int) -> Span:
    """Where an argument stands; at the end when there are fewer."""
    start = call.start(1) + 1
    depth = 0
    for sign in _SIGN.finditer(text, start, call.end() - 1):
        depth += (sign[0] == b"(") - (sign[0] == b")")
        if sign[0] == b"," and not depth:
            if not index:
                return start, sign.start()
            index -= 1
            start = sign.end()
    return (call.end(), call.end()) if index else (start, call.end() - 1)


def _is_declared(text: bytes, start: int, call: re.Match[bytes]) -> bool:
    """Whether a function with the name of a macro is declared: ``void f(int);`` beside ``#define f(x)``."""
    if not _DECLARED.match(text, call.end()) or text[call.start(1) + 1 : call.end()].lstrip()[:1] == b"*":
        return False
    return _TYPE_BEFORE.search(text[max(0, start - _REACH) : start]) is not None


def _before(text: bytes, start: int) -> bytes:
    """The last character of code before an offset; empty at the beginning."""
    return text[max(0, start - _REACH) : start].rstrip()[-1:]


def _is_item(text: bytes, start: int, end: int) -> bool:
    """Whether the word is a value or an item of a list, as an enumerator is."""
    before, after = _before(text, start), text[end : end + _REACH].lstrip()[:1]
    return bool(before and after) and before in _BEFORE_ITEM and after in _AFTER_ITEM
