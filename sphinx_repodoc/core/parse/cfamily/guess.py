"""Macros nobody defined here, told by their place.

In four steps: between the keyword and the name of a type, in the parameters of
templates, before a declaration and behind one. Each removes only what would be
no C if it were not a macro, as far as a look at the words around it can tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

CALL = re.compile(rb"\s*+(\((?:[^(){};]|\((?:[^(){};]|\((?:[^(){};]|\([^(){};]*+\))*+\))*+\))*+\))")
"""Arguments in parentheses, with others nested in them."""
_UNKNOWN = re.compile(
    rb"\[\[[^\[\]]*+\]\]|\b(?:inline|constexpr)\s++(?=friend\b)|(?<![:>.])(?<![:>.]\s)\b(?:extern\s++)?template\b(?!\s*+<)[^;{}]*+;"
    rb"|=\s*+delete(?=\s*+;)|(?<=[*&])\s*+=\s*+[\w:]++(?:\(\))?(?=\s*+[,)])"
)
"""C++ that the grammar does not know everywhere, and that no symbol depends on."""
_REACH = 300
"""Characters before a name that are looked at."""


def blank_guessed(text: bytes) -> bytes:
    """``text`` with spaces for what looks like macros, and ``int`` for those that are template parameters."""
    text = blank(text, _iter_in_types(text))
    text = blank(text, _iter_parentheses(text))
    text = blank(text, _iter_alone(text))
    types = frozenset(_TYPE_NAME.findall(text))
    text = blank(text, _iter_leading(text, types))
    text = blank(text, _iter_trailing(text))
    return blank(text, (match.span() for match in _UNKNOWN.finditer(text)))


# Between the keyword and the name of a type.

_NAMES = rb"(?:[A-Za-z_]\w*+(?:\s*+\([^(){};]*+\))?\s++)+[A-Za-z_]\w*+"
_TYPE = re.compile(
    rb"\b(?:class|struct|union|enum(?:\s++(?:class|struct))?+)\s++("
    + _NAMES
    + rb")(?=\s*+(?:(?:<[^;{}()]*>|::\s*+\w++)\s*+)*(?:final\s*+)?(?:\{|:(?!:)))"
)
_FORWARD = re.compile(
    rb"\b(?:class\s++([A-Z_][A-Z0-9_]{2,})|(?:struct|union)\s++([A-Z0-9_]*(?:API|EXPORT|PUBLIC|DLL|VIS)[A-Z0-9_]*+))"
    rb"\s++[A-Za-z_]\w*+\s*+;"
)
_NAMESPACE = re.compile(
    rb"\bnamespace\s++\w++(?:\s*+::\s*+\w++)*+\s++([A-Za-z_]\w*+(?:" + CALL.pattern + rb")?)\s*+(?=\{)"
)
_NAME_IN_TYPE = re.compile(rb"([A-Za-z_]\w*+)(?:\s*+\([^()]*+\))?")
_LIKE_MACRO = re.compile(rb"_?[A-Z][A-Z0-9_]+$|__")
_LIKE_EXPORT = re.compile(rb"(?i:api|export|import|public|visib|dll|align|pack|attr)")
_AFTER_NAME = frozenset({b"final", b"sealed", b"abstract"})


def _iter_in_types(text: bytes) -> Iterator[Span]:
    for match in _TYPE.finditer(text):
        words = [word for word in _NAME_IN_TYPE.finditer(text, *match.span(1)) if word[1] not in _AFTER_NAME]
        names = [word for word in words if word[0] == word[1] and not _LIKE_MACRO.match(word[1])]
        if len(names) == len(words) and not _LIKE_EXPORT.search(match[1]):
            continue  # ``struct a b{1}`` is a variable
        name = (names or words)[-1]
        yield from (word.span() for word in words if word is not name)
    for match in _FORWARD.finditer(text):
        yield match.span(1) if match[1] else match.span(2)
    for match in _NAMESPACE.finditer(text):
        yield match.span(1)


_PARENTHESES = re.compile(rb"(?:(\w++)\s++|[>*&]\s*+)(\()\s*+[A-Za-z_]\w*+\s*+(\))(?=\s*+\()")
_WITH_ARGUMENTS = frozenset(
    b"noexcept decltype alignas throw requires operator explicit return sizeof".split()
)


def _iter_parentheses(text: bytes) -> Iterator[Span]:
    """``int (min)(int a)``: parentheses that keep a macro from being called."""
    for match in _PARENTHESES.finditer(text):
        if match[1] not in _WITH_ARGUMENTS:
            yield match.span(2)
            yield match.span(3)


# In the parameters of templates, and in types that are computed.

_TEMPLATE = re.compile(rb"\btemplate\s*+<")
_ANGLE = re.compile(rb"[<>(){};]")
_PARAMETER = re.compile(rb"([<,]\s*+)([A-Z_][A-Z0-9_]{2,}+)" + CALL.pattern + rb"(?=\s*+[,>])")
_POINTER = re.compile(rb"(?<=[\w>])\s*+[*&]++(?=\s*+[,>])")
"""Unknown to the grammar in the default type of a parameter."""
_COMPUTED = re.compile(rb"->\s*+(decltype)" + CALL.pattern)
_LONGEST_PARAMETERS = 2_000


def fill_templates(text: bytes) -> bytes:
    """``template <typename T, ENABLE_IF(!x)>`` and ``-> decltype(x)`` with ``int`` in their place."""
    filled: bytearray | None = None
    for match in _TEMPLATE.finditer(text):
        end = _template_end(text, match.end())
        for pointer in _POINTER.finditer(text, match.end(), end):
            filled = filled if filled is not None else bytearray(text)
            filled[pointer.start() : pointer.end()] = b" " * (pointer.end() - pointer.start())
        for macro in _PARAMETER.finditer(text, match.end() - 1, end):
            filled = filled if filled is not None else bytearray(text)
            start, stop = macro.start(2), macro.end(3)
            filled[start:stop] = b"int".ljust(stop - start)
    for match in _COMPUTED.finditer(text):
        filled = filled if filled is not None else bytearray(text)
        start, stop = match.start(1), match.end(2)
        filled[start:stop] = b"int".ljust(stop - start)
    return text if filled is None else bytes(filled)


def _template_end(text: bytes, start: int) -> int:
    """Where the parameters of a template end; ``>`` inside parentheses compares."""
    angles, parentheses = 1, 0
    for match in _ANGLE.finditer(text, start, start + _LONGEST_PARAMETERS):
        sign = match[0]
        if sign in b"{};":
            break
        parentheses += (sign == b"(") - (sign == b")")
        if not parentheses:
            angles += (sign == b"<") - (sign == b">")
        if not angles:
            return match.end()
    return start


# Before a declaration.

_CANDIDATE = re.compile(rb"(?:_*[A-Z][A-Z0-9_]{2,}|__\w++)(?!\w)")
_CALLED = re.compile(
    rb"(?:[;{}:>]|\A|\b(?:static|extern|inline|typedef|virtual|const)\s)\s*+([A-Za-z_]\w*+)(?=\s*+\()"
)
_SPECIFIERS = (
    rb"(?:void|bool|char|short|int|long|float|double|signed|unsigned|auto|static|inline|extern|virtual|explicit"
    rb"|constexpr|typedef|struct|class|union|enum|template|typename|using|namespace|friend|register|decltype"
    rb"|(?:public|protected|private)(?=\s*+:))\b"
)
_TWO_NAMES = (
    rb"(?:const\s++)?(?:::\s*+)?[A-Za-z_]\w*+(?:\s*+::\s*+\w++)*+(?:\s*+<[^;{}()]*>(?:::\w++)*+)?"
    rb"(?:\s*+[*&]+\s*+(?:const\b\s*+)?|\s++(?:const\b\s*+[*&]*+\s*+)?)(?!final\b|override\b|noexcept\b|const\b)"
    rb"[A-Za-z_~]\w*+"
)
_TYPED = re.compile(rb"\s*+(?:" + _SPECIFIERS + rb"|" + _TWO_NAMES + rb")")
_CLOSED = re.compile(rb"\s*+(?:~|\[\[|\Z)")
_BLOCK_END = re.compile(rb"(?:\s++_*[A-Z][A-Z0-9_]{2,}+)*+\s*+(?:\}|\Z)")
"""Only macros up to the end of the block."""
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
_CONSTRUCTED = re.compile(rb"\s++([A-Za-z_]\w*+)(?=\s*+\()")
_CALL_BEHIND = re.compile(rb"\s*+\([^()]*+\)\s++[A-Za-z_]")
"""Behind a name: a call, and one more name. So it is an attribute as well."""
_TYPE_NAME = re.compile(rb"\b(?:class|struct|union)\s++([A-Za-z_]\w*+)")
_TYPE_BEFORE = re.compile(
    rb"(?:[*&]|(?<!\w)(?!(?:static|inline|extern|virtual|const|constexpr|volatile|typedef|friend|explicit|struct|class"
    rb"|union|enum|typename|return|template|else|case|public|private|protected|register|mutable|unsigned|signed|using"
    rb"|namespace|operator|new|delete)\b)[A-Za-z_]\w*+)\s*+$"
)
"""A type: a macro between it and a name that is called is an attribute."""
_STARTS = b";{}:"
_TYPE_LIKE = re.compile(rb"\(\s*+[A-Za-z_][\w\s:*&<>]*+\)$")


_ALONE = re.compile(
    rb"[{;}]\s*+([a-z]*+[A-Z_]\w*+)(?:" + CALL.pattern + rb")?+[ \t\r]*+\n(?=" + _TYPED.pattern + rb")"
)
_ONLY_MEMBER = re.compile(
    rb"\b(?:struct|class|union)\b[^;{}()]*+\{\s*+([a-z]*+[A-Z_]\w*+)(?:" + CALL.pattern + rb")?+\s*+(?=\})"
)


def _iter_alone(text: bytes) -> Iterator[Span]:
    """Names on lines of their own, without a semicolon: the first members of structures are often macros."""
    for pattern in (_ALONE, _ONLY_MEMBER):
        for match in pattern.finditer(text):
            if match[1] not in _NO_MACRO:
                yield (match.start(1), match.end(2) if match[2] else match.end(1))


def _iter_leading(text: bytes, types: frozenset[bytes]) -> Iterator[Span]:
    gone: dict[int, int] = {}  # end of what is blanked -> where the macros around it begin
    calls: set[int] = set()
    for match in _CALLED.finditer(text):
        start, end = match.span(1)
        while start >= 0:
            spans, following = _leading_call(text, start, end, types)
            if spans is None:
                break
            calls.add(start)
            gone[spans[-1][1]] = start
            yield from spans
            start, end = following
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        if start in calls or _is_in_word(text, start) or match[0] in _NO_MACRO:
            continue
        if text[end : end + 1].isspace() and not CALL.match(text, end):
            before = _code_end(text, start)
            first = gone.get(before, start)
            if _is_leading_name(text, first, end, types):
                gone[end] = first
                yield (start, end)


def _code_end(text: bytes, offset: int) -> int:
    """Where the code before an offset ends."""
    before = text[max(0, offset - _REACH) : offset]
    return offset - len(before) + len(before.rstrip())


def _is_in_word(text: bytes, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isalnum() or before == b"_"


def _is_leading_name(text: bytes, start: int, end: int, types: frozenset[bytes]) -> bool:
    before = text[max(0, start - _REACH) : start].rstrip()
    last = before[-1:]
    if _ELABORATION.search(before) or before.endswith(b"::") or (last and last in b",=.([<|+-/!~"):
        return False
    if _TYPED.match(text, end) or (last in _STARTS and _CLOSED.match(text, end)):
        return True
    if last and last in b";}" and _BLOCK_END.match(text, end):
        return True
    called = _CONSTRUCTED.match(text, end)
    return called is not None and (called[1] in types or _TYPE_BEFORE.search(before) is not None)


_NONE = (-1, -1)


def _leading_call(
    text: bytes, start: int, end: int, types: frozenset[bytes]
) -> tuple[tuple[Span, ...] | None, Span]:
    """(what to blank of ``MACRO(arguments)`` before a declaration, the name of a call behind it).

    The macro is a statement, an attribute, or around the type of what follows.
    """
    name = text[start:end]
    call = CALL.match(text, end)
    if call is None or name in _NO_MACRO or (name.islower() and not name.startswith(b"_")):
        return None, _NONE
    following = _NEXT_WORD.match(text, call.end())
    whole = ((start, call.end()),)
    if following is None:
        is_statement = _LIKE_MACRO.match(name) and name not in types and _is_closed(text, start, call.end())
        return (whole if is_statement or _CLOSED.match(text, call.end()) else None), _NONE
    if following[1] in _SUFFIXES:
        return None, _NONE
    behind = following.span(1)
    if following[1] == name or _TYPED.match(text, call.end()) or _BLOCK_END.match(text, call.end()):
        return whole, behind
    if not _NAMED.match(text, call.end()):
        return None, _NONE
    if _TYPE_LIKE.match(call[1]) and not _CALL_BEHIND.match(text, behind[1]):
        return ((start, call.start(1) + 1), (call.end() - 1, call.end())), _NONE
    return whole, behind


def _is_closed(text: bytes, start: int, end: int) -> bool:
    """Whether a semicolon follows, or the end of the block; an enumerator may be alone in its block."""
    if text[end : end + 1] == b";":
        return True
    before = text[max(0, start - _REACH) : start].rstrip()[-1:]
    return text[end : end + _REACH].lstrip()[:1] == b"}" and before != b"" and before in b";})"


# Behind a declaration.

_END = re.compile(
    rb"\s*+(?:[;={]|:(?!:)|->|(?:const|override|final|noexcept|throw|try)\b|(?:_*[A-Z][A-Z0-9_]{2,}|__\w++)(?!\w))"
)
_NO_NAME = (
    rb"(?:const|static|inline|extern|virtual|struct|class|union|enum|unsigned|signed|long|short|int|char|void|bool"
    rb"|float|double|auto|constexpr|typedef|explicit|friend|using|namespace|concept|operator|return|typename|template"
    rb"|new|goto|case|else|volatile|public|protected|private|requires|__int128)\b"
)
_BEHIND = re.compile(
    rb"[)\]]\s*+(?:(?:const|noexcept|override|final|volatile|&&?)\s*+)*+$"
    rb"|(?:\b(?:void|bool|char|short|int|long|float|double|unsigned|signed)\s++|[*&>}]\s*+|[a-z]\w*\s++)"
    rb"(?!" + _NO_NAME + rb")[A-Za-z_]\w*+\s++$"
)
_SPECIFIER_BEFORE = re.compile(
    rb"\b(?:const|static|inline|extern|virtual|struct|class|union|enum|constexpr|typedef|explicit|friend|volatile"
    rb"|public|private|protected|return|using|namespace|typename|concept)\s++[A-Za-z_]\w*+\s++$"
)
_TYPE_AND_NAME = re.compile(rb"[>}]\s*+[A-Za-z_]\w*+\s++$")
"""``template <…> T name(…)``: the name of a function, not an attribute behind one."""
_ALIAS_BEFORE = re.compile(rb"\busing\s++[A-Za-z_]\w*+\s++$")


def _iter_trailing(text: bytes) -> Iterator[Span]:
    cleared = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        if start < cleared or _is_in_word(text, start):
            continue
        before = text[max(cleared, start - _REACH) : start]
        if cleared and not before.strip():
            before = b")"  # behind another one
        is_behind = _BEHIND.search(before) and not _SPECIFIER_BEFORE.search(before)
        if not is_behind and not _ALIAS_BEFORE.search(before):
            continue
        call = CALL.match(text, end)
        if call and is_behind and _TYPE_AND_NAME.search(before):
            continue
        end = call.end() if call else end
        if _END.match(text, end):
            yield (start, end)
            cleared = end
