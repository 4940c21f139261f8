"""Macros before and behind declarations, told by the words around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Span

CALL = re.compile(rb"\s*+(\((?:[^(){};]|\((?:[^(){};]|\((?:[^(){};]|\([^(){};]*+\))*+\))*+\))*+\))")
"""Arguments in parentheses, with others nested in them."""
LIKE_MACRO = re.compile(rb"_?[A-Z][A-Z0-9_]+$|__")
_REACH = 300
"""Characters before a name that are looked at."""

# Before a declaration.

_CANDIDATE = re.compile(rb"(?:_*[A-Z][A-Z0-9_]{2,}|__\w++)(?!\w)")
_CALLED = re.compile(
    rb"(?:[;{}:>]|\A|\b(?:static|extern|inline|typedef|virtual|const)\s|(?:BEGIN|NAMESPACE)\w*+[ \t\r]*+\n)\s*+"
    rb"([A-Za-z_]\w*+)(?=\s*+\()"
)
_SPECIFIERS = (
    rb"(?:void|bool|char|short|int|long|float|double|signed|unsigned|auto|static|inline|extern|virtual|explicit"
    rb"|constexpr|typedef|struct|class|union|enum|template|typename|using|namespace|friend|register|decltype"
    rb"|(?:public|protected|private)(?=\s*+:))\b"
)
_TWO_NAMES = (
    rb"(?:const\s++)?(?:::\s*+)?(?!(?:const|volatile)\b)[A-Za-z_]\w*+(?:\s*+::\s*+\w++)*+(?:\s*+<[^;{}()]{0,300}>(?:::\w++)*+)?"
    rb"(?:\s*+[*&]+\s*+(?:const\b\s*+)?|\s++(?:const\b\s*+[*&]*+\s*+)?)(?!final\b|override\b|noexcept\b|const\b)"
    rb"[A-Za-z_~]\w*+"
)
TYPED = re.compile(rb"\s*+(?:" + _SPECIFIERS + rb"|" + _TWO_NAMES + rb")")
_CLOSED = re.compile(rb"\s*+(?:~|\[\[|\Z)")
_ITEM_END = re.compile(rb"\s*+[=,}]")
_LIKE_BEGIN = re.compile(rb"(?:^|_)(?:BEGIN|END)(?:_|$)|NAMESPACE|_DECLS")
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
_TYPE_BEFORE = re.compile(
    rb"(?:[*&]|(?<!\w)(?!(?:static|inline|extern|virtual|const|constexpr|volatile|typedef|friend|explicit|struct|class"
    rb"|union|enum|typename|return|template|else|case|public|private|protected|register|mutable|unsigned|signed|using"
    rb"|namespace|operator|new|delete)\b)[A-Za-z_]\w*+)\s*+$"
)
"""A type: a macro between it and a name that is called is an attribute."""
_STARTS = b";{}:"
_TYPE_LIKE = re.compile(rb"\(\s*+[A-Za-z_][\w\s:*&<>]*+\)$")


_ALONE = re.compile(
    rb"[{;}]\s*+([a-z]*+[A-Z_]\w*+)(?:" + CALL.pattern + rb")?+[ \t\r]*+\n(?=" + TYPED.pattern + rb")"
)
_STRAY = re.compile(
    rb"[;{}]\s*+(?!(?:auto|const|enum|explicit|export|extern|friend|inline|long|mutable|namespace|operator|register"
    rb"|short|signed|static|struct|template|thread_local|typedef|typename|union|unsigned|using|virtual|volatile|class"
    rb"|constexpr|consteval|constinit|decltype|concept|return)\b)([A-Za-z_]\w*+)\s++"
    rb"(?=(?:struct|union|enum|class|typedef|void|bool|char|short|int|float|double)\b)"
)
"""A name before a type: one of them is no type."""
_ENUM_BEFORE = re.compile(rb"\benum\s*+$")
_ONLY_MEMBER = re.compile(
    rb"\b(?:struct|class|union)\b[^;{}()]{0,300}+\{\s*+([a-z]*+[A-Z_]\w*+)(?:"
    + CALL.pattern
    + rb")?+\s*+(?=\})"
)
_FIRST_MEMBERS = re.compile(
    rb"\b(?:struct|class|union)\b[^;{}()]{0,300}+\{\s*+([a-z]*+[A-Z_]\w*+)[ \t\r]*+\n"
    rb"(?=\s*+[A-Z]\w*+" + CALL.pattern + rb"[ \t\r]*+\n" + TYPED.pattern + rb")"
)


def iter_alone(text: bytes) -> Iterator[Span]:
    """Names on lines of their own, without a semicolon: the first members of structures are often macros."""
    yield from (match.span(1) for match in _STRAY.finditer(text))
    yield from (match.span(1) for match in _FIRST_MEMBERS.finditer(text))
    for pattern in (_ALONE, _ONLY_MEMBER):
        for match in pattern.finditer(text):
            in_enum = _ENUM_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
            if match[1] not in _NO_MACRO and not in_enum:
                yield (match.start(1), match.end(2) if match[2] else match.end(1))


def iter_leading(text: bytes, types: frozenset[bytes]) -> Iterator[Span]:
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
    if TYPED.match(text, end) or (last in _STARTS and _CLOSED.match(text, end)):
        return True
    if last and last in b";}" and _BLOCK_END.match(text, end):
        return True
    if last in _STARTS and _LIKE_BEGIN.search(text, start, end) and not _ITEM_END.match(text, end):
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
        is_macro = LIKE_MACRO.match(name) and name not in types
        end = _statement_end(text, start, call.end()) if is_macro else -1
        if end >= 0:
            return ((start, end),), _NONE
        return (whole if _CLOSED.match(text, call.end()) else None), _NONE
    behind = following.span(1)
    if following[1] in _SUFFIXES:
        return None, _NONE
    if following[1] == name or TYPED.match(text, call.end()) or _BLOCK_END.match(text, call.end()):
        return whole, behind
    return _around_name(text, start, call, behind[1])


def _around_name(
    text: bytes, start: int, call: re.Match[bytes], end: int
) -> tuple[tuple[Span, ...] | None, Span]:
    """Likewise, of a macro before a name that ends at ``end``: its arguments may be the type of it."""
    if not _NAMED.match(text, call.end()):
        return None, _NONE
    if _TYPE_LIKE.match(call[1]) and not _CALL_BEHIND.match(text, end):
        return ((start, call.start(1) + 1), (call.end() - 1, call.end())), _NONE
    following = _NEXT_WORD.match(text, call.end())
    return ((start, call.end()),), following.span(1) if following else _NONE


_STATEMENT_END = re.compile(rb"\s*+(?:=(?!=)\s*+(?!(?:default|delete|0)\s*+;)[^;{}]*+)?;")
_AFTER_STATEMENT = re.compile(rb"(?:[;})]|\b(?:public|protected|private)\s*+:)$")


def _statement_end(text: bytes, start: int, end: int) -> int:
    """Where a macro ends with its semicolon and its value; -1 when it is none.

    It may be the last in a block without a semicolon, but an enumerator may be alone in its block.
    """
    before = text[max(0, start - _REACH) : start].rstrip()
    closed = _STATEMENT_END.match(text, end)
    if closed:
        return -1 if before.endswith(b">") else closed.end()
    is_last = text[end : end + _REACH].lstrip()[:1] == b"}" and _AFTER_STATEMENT.search(before)
    return end if is_last else -1


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
    rb"|(?:\b(?:void|bool|char|short|int|long|float|double|unsigned|signed)\s++|[*&>]\s*+|\}[ \t]*+|[a-z]\w*\s++)"
    rb"(?!" + _NO_NAME + rb")[A-Za-z_]\w*+\s++$"
)
_SPECIFIER_BEFORE = re.compile(
    rb"\b(?:const|static|inline|extern|virtual|struct|class|union|enum|constexpr|typedef|explicit|friend|volatile"
    rb"|public|private|protected|return|using|namespace|typename|concept)\s++[A-Za-z_]\w*+\s++$"
)
_TYPE_AND_NAME = re.compile(rb"[>}]\s*+[A-Za-z_]\w*+\s++$")
"""``template <…> T name(…)``: the name of a function, not an attribute behind one."""
_NEVER_BEFORE = b",;({[=<:+-/|!~?."
"""Characters that end no declaration: most candidates are enumerators and arguments."""
_ALIAS_BEFORE = re.compile(rb"\busing\s++[A-Za-z_]\w*+\s++$")


def iter_trailing(text: bytes) -> Iterator[Span]:
    cleared = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        if start < cleared or _is_in_word(text, start):
            continue
        before = text[max(cleared, start - _REACH) : start]
        if cleared and not before.strip():
            before = b")"  # behind another one
        last = before.rstrip()[-1:]
        if not last or last in _NEVER_BEFORE:
            continue
        call = CALL.match(text, end)
        end = call.end() if call else end
        if not _END.match(text, end):
            continue
        is_behind = _BEHIND.search(before) and not _SPECIFIER_BEFORE.search(before)
        if not is_behind and not _ALIAS_BEFORE.search(before):
            continue
        if not (call and is_behind and _TYPE_AND_NAME.search(before)):
            yield (start, end)
            cleared = end
