"""The text without the macros that no grammar of C understands.

``class FOO_API X`` is no C++, and a grammar that meets it loses the class, often
the file. Macros that are known (see :mod:`~sphinx_repodoc.core.parse.cfamily.learn`)
go wherever they stand; others are told by their place, in three steps: between
the keyword and the name of a type, before a declaration, behind one. They are
replaced by spaces, so that every offset stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.cfamily.learn import GROUP
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

_WORD = re.compile(rb"[A-Za-z_]\w*+")
_CALL = re.compile(rb"\s*+(\((?:[^(){};]|\((?:[^(){};]|\((?:[^(){};]|\([^(){};]*+\))*+\))*+\))*+\))")
_ALWAYS = re.compile(
    rb"\b(?:__attribute__|__attribute|__declspec|_declspec|_Alignas|__asm__|__asm|asm|__launch_bounds__)\b"
    + GROUP
    + rb"|\b(?:Q_SIGNALS|signals)\s*+:(?!:)|(?<=public|rivate)\s++(?:Q_SLOTS|slots)(?=\s*:)"
    rb"|(?<=protected)\s++(?:Q_SLOTS|slots)(?=\s*:)"
)
_EXTENSIONS = frozenset(
    b"__extension__ __inline __inline__ __forceinline __restrict __restrict__ __cdecl __stdcall __fastcall __thiscall"
    b" __vectorcall _cdecl _stdcall __volatile__ __signed__ __const __thread _Noreturn __global__ __device__ __host__"
    b" __shared__ __constant__ __managed__ __forceinline__ __noinline__ __grid_constant__ Q_OBJECT Q_GADGET"
    b" Q_INVOKABLE G_BEGIN_DECLS G_END_DECLS __BEGIN_DECLS __END_DECLS WINAPI CALLBACK APIENTRY STDMETHODCALLTYPE"
    b" __THROW __THROWNL __wur".split()
)
_BEFORE_ITEM = b",{([=<>+-*/|&?!"
_AFTER_ITEM = b",})];=<>+-*/|&?"
_REACH = 300
"""Characters on either side of a name that are looked at."""


def blank_macros(text: bytes, macros: frozenset[str]) -> bytes:
    """``text`` with macros that stand for attributes replaced by spaces.

    :param text: code; comments, strings and directives should be blanked, for names in them count.
    :param macros: learnt names, as :func:`~sphinx_repodoc.core.parse.cfamily.learn.learn_macros` writes them.
    """
    text = blank(text, _iter_known(text, macros))
    text = blank(text, _iter_in_types(text))
    text = blank(text, _iter_leading(text))
    return blank(text, _iter_trailing(text))


def _iter_known(text: bytes, macros: frozenset[str]) -> Iterator[Span]:
    yield from (match.span() for match in _ALWAYS.finditer(text))
    forms = {name.partition("(")[0].encode(): name.partition("(")[2] for name in macros}
    forms.update(dict.fromkeys(_EXTENSIONS, ""))
    for match in _WORD.finditer(text):
        form = forms.get(match[0])
        if form is None or _is_item(text, *match.span()):
            continue
        call = _CALL.match(text, match.end()) if form else None
        if not form:
            yield match.span()
        elif call and form == ")":
            yield (match.start(), call.end())
        elif call:
            yield (match.start(), call.start(1) + 1)
            yield (call.end() - 1, call.end())


def _before(text: bytes, start: int) -> bytes:
    """The last character of code before an offset; empty at the beginning."""
    return text[max(0, start - _REACH) : start].rstrip()[-1:]


def _is_item(text: bytes, start: int, end: int) -> bool:
    """Whether the word is a value or an item of a list, as an enumerator is."""
    before, after = _before(text, start), text[end : end + _REACH].lstrip()[:1]
    return bool(before and after) and before in _BEFORE_ITEM and after in _AFTER_ITEM


# Between the keyword and the name of a type.

_NAMES = rb"(?:[A-Za-z_]\w*+(?:\s*+\([^(){};]*+\))?\s++)+[A-Za-z_]\w*+"
_TYPE = re.compile(
    rb"\b(?:class|struct|union|enum(?:\s++(?:class|struct))?)\s++("
    + _NAMES
    + rb")(?=\s*+(?:(?:<[^;{}()]*+>|::\s*+\w++)\s*+)*(?:final\s*+)?(?:\{|:(?!:)))"
)
_FORWARD = re.compile(
    rb"\b(?:class\s++([A-Z_][A-Z0-9_]{2,})|(?:struct|union)\s++([A-Z0-9_]*(?:API|EXPORT|PUBLIC|DLL|VIS)[A-Z0-9_]*+))"
    rb"\s++[A-Za-z_]\w*+\s*+;"
)
_NAME_IN_TYPE = re.compile(rb"([A-Za-z_]\w*+)(?:\s*+\([^()]*+\))?")
_LIKE_MACRO = re.compile(rb"_?[A-Z][A-Z0-9_]+$|__")
_AFTER_NAME = frozenset({b"final", b"sealed", b"abstract"})


def _iter_in_types(text: bytes) -> Iterator[Span]:
    for match in _TYPE.finditer(text):
        words = [word for word in _NAME_IN_TYPE.finditer(text, *match.span(1)) if word[1] not in _AFTER_NAME]
        names = [word for word in words if word[0] == word[1] and not _LIKE_MACRO.match(word[1])]
        name = (names or words)[-1]
        yield from (word.span() for word in words if word is not name)
    for match in _FORWARD.finditer(text):
        yield match.span(1) if match[1] else match.span(2)


# Before a declaration.

_LEADING = re.compile(rb"\b(?:_*[A-Z][A-Z0-9_]{2,}|__\w++|_*[A-Za-z]\w*(?=\s*+\())(?!\w)")
_SPECIFIERS = (
    rb"(?:void|bool|char|short|int|long|float|double|signed|unsigned|auto|static|inline|extern|virtual|explicit"
    rb"|constexpr|typedef|struct|class|union|enum|template|typename|using|namespace|friend|public|protected|private"
    rb"|register|decltype)\b"
)
_TWO_NAMES = (
    rb"(?:const\s++)?(?:::\s*+)?[A-Za-z_]\w*+(?:\s*+::\s*+\w++)*+(?:\s*+<[^;{}()]*+>(?:::\w++)*+)?"
    rb"(?:\s*+[*&]+\s*+(?:const\b\s*+)?|\s++(?:const\b\s*+[*&]*+\s*+)?)(?!final\b|override\b|noexcept\b|const\b)"
    rb"[A-Za-z_~]\w*+"
)
_TYPED = re.compile(rb"\s*+(?:" + _SPECIFIERS + rb"|" + _TWO_NAMES + rb")")
_CLOSED = re.compile(rb"\s*+(?:~|\[\[|\Z)")
_NAMED = re.compile(rb"\s*+[*&\s]*+[A-Za-z_]\w*+\s*+[(;=,\[]")
_NO_MACRO = frozenset(
    b"decltype typeof __typeof__ __typeof alignas explicit static_assert _Static_assert noexcept requires operator"
    b" sizeof if for while switch return __builtin_va_list __int128 __int64 __uint128_t __m128i __m256i".split()
)
_SUFFIXES = frozenset(b"const override noexcept final throw try volatile requires mutable".split())
_ELABORATION = re.compile(
    rb"\b(?:struct|class|union|enum|typename|namespace|using|goto|new|operator|template)\s*+$"
)
_NEXT_WORD = re.compile(rb"\s*+([A-Za-z_]\w*+)")
_STARTS = b";{}:"
_AFTER_SPECIFIER = re.compile(rb"(?:^|[;{}:>\s])(?:static|extern|inline|typedef|virtual|const)\s*+$")
_TYPE_LIKE = re.compile(rb"\(\s*+[A-Za-z_][\w\s:*&<>]*+\)$")


def _iter_leading(text: bytes) -> Iterator[Span]:
    position = 0
    while match := _LEADING.search(text, position):
        position = match.end()
        if match[0] in _NO_MACRO:
            continue
        call = _CALL.match(text, match.end())
        for span in _leading_call(text, match, call) if call else _leading_name(text, match):
            yield span
            position = max(position, span[1])


def _leading_name(text: bytes, match: re.Match[bytes]) -> Iterator[Span]:
    before = text[max(0, match.start() - _REACH) : match.start()].rstrip()
    last = before[-1:]
    if _ELABORATION.search(before) or (last and last in b",=.([<|+-/!~"):
        return
    if _TYPED.match(text, match.end()) or (last in _STARTS and _CLOSED.match(text, match.end())):
        yield match.span()


def _leading_call(text: bytes, match: re.Match[bytes], call: re.Match[bytes]) -> Iterator[Span]:
    """``MACRO(arguments)`` before a declaration, as itself or around the type of what follows."""
    if match[0].islower() and not match[0].startswith(b"_"):
        return
    before = text[max(0, match.start() - _REACH) : match.start()].rstrip()
    if before and before[-1] not in b";{}:>" and not _AFTER_SPECIFIER.search(before):
        return
    following = _NEXT_WORD.match(text, call.end())
    if following and following[1] in _SUFFIXES:
        return
    if _TYPED.match(text, call.end()) or _CLOSED.match(text, call.end()):
        yield (match.start(), call.end())
    elif _NAMED.match(text, call.end()):
        if _TYPE_LIKE.match(call[1]):
            yield (match.start(), call.start(1) + 1)
            yield (call.end() - 1, call.end())
        else:
            yield (match.start(), call.end())


# Behind a declaration.

_TRAILING = re.compile(rb"\b(?:_*[A-Z][A-Z0-9_]{2,}|__\w++)(?!\w)")
_END = re.compile(
    rb"\s*+(?:[;={]|:(?!:)|->|(?:const|override|final|noexcept|throw|try)\b|(?:_*[A-Z][A-Z0-9_]{2,}|__\w++)(?!\w))"
)
_BEHIND = re.compile(
    rb"[)\]]\s*+(?:(?:const|noexcept|override|final|volatile|&&?)\s*+)*+$"
    rb"|(?:\b(?:void|bool|char|short|int|long|float|double|unsigned|signed)\s++|[*&>]\s*+|[a-z]\w*\s++)"
    rb"(?!(?:const|static|inline|extern|virtual|struct|class|union|enum|unsigned|signed|long|short|int|char|void|bool|float"
    rb"|double|auto|constexpr|typedef|explicit|friend)\b)[A-Za-z_]\w*+\s++$"
)
_SPECIFIER_BEFORE = re.compile(
    rb"\b(?:const|static|inline|extern|virtual|struct|class|union|enum|constexpr|typedef|explicit|friend|volatile"
    rb"|public|private|protected|return|using|namespace|typename)\s++[A-Za-z_]\w*+\s++$"
)


def _iter_trailing(text: bytes) -> Iterator[Span]:
    position = 0
    cleared = 0
    while match := _TRAILING.search(text, position):
        position = match.end()
        before = text[max(cleared, match.start() - _REACH, 0) : match.start()]
        if not before.strip() and cleared:
            before = b")"  # behind another one
        if not _BEHIND.search(before) or _SPECIFIER_BEFORE.search(before):
            continue
        call = _CALL.match(text, match.end())
        end = call.end() if call else match.end()
        if _END.match(text, end):
            yield (match.start(), end)
            position = cleared = end
