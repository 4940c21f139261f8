"""What Objective-C adds to C and C++: classes, categories and protocols with their members.

The grammar of Objective-C knows it over C alone, and its macros make it lose its way as
those of C do. What is added lies in few forms, each begun by ``@`` or by the sign of a
method. They are read here and blanked; what is left is C or C++.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.cfamily.bodies import Brackets, find_bodies
from sphinx_repodoc.core.parse.cfamily.drafts import Draft
from sphinx_repodoc.core.parse.cfamily.learn import GROUP
from sphinx_repodoc.core.parse.cfamily.objc_variables import declared_names
from sphinx_repodoc.core.parse.source import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.parse.source import Source, Span

LANGUAGES = frozenset({"objc", "objcpp"})

_CONTAINER = re.compile(
    rb"@(?:(?P<kind>interface|implementation|protocol)\b(?!\s*+\()|(?P<line>class|import|compatibility_alias)\b)"
)
_MEMBER = re.compile(
    rb"@(?P<word>property|optional|required|synthesize|dynamic)\b|^[ \t]*+(?P<sign>[-+])(?=\s*+[(\w])|\{",
    re.MULTILINE,
)
_END = re.compile(rb"@end\b")
_NAME = re.compile(rb"\s*+([A-Za-z_]\w*+)")
_CATEGORY = re.compile(rb"\s*+\(\s*+(\w*+)\s*+\)")
_SUPER = re.compile(rb"\s*+:\s*+[A-Za-z_]\w*+")
_BRACKETS = {b"<": re.compile(rb"[<>;{}@]"), b"(": re.compile(rb"[();{}@]")}
_REACH = 2_000
"""Characters in which brackets have to close, and over which attributes may reach."""
_STOP = re.compile(rb"[;{@]|^[-+](?=[ \t]*+\()", re.MULTILINE)
_NEXT_METHOD = re.compile(rb"^[-+](?=[ \t]*+\()", re.MULTILINE)
_VARIADIC = re.compile(rb"\s*+,\s*+\.\.\.")
_PART = re.compile(rb"\s*+(?P<word>[A-Za-z_]\w*+)|\s*+(?P<sign>[:(])")
_ACCESS = re.compile(rb"@(private|public|protected|package)\b")
_END_OF_VARIABLE = re.compile(rb"[;{@]")
_GENERIC = re.compile(rb"(?<=[\w>])\s*+<(?:[^<>;{}()=]|<(?:[^<>;{}()=]|<[^<>;{}()=]*+>)*+>)*+>")
_ENUM = re.compile(
    rb"(?:\btypedef\s++)?\b([A-Z]\w*_(?:ENUM|OPTIONS))\b\s*+\(\s*+[^(),]*+,\s*+(\w++)\s*+(?:,[^(),]*+)?\)(?=\s*+\{)"
)
_NOT_IN_C = re.compile(
    rb"""
    \b_(?:Nullable|Nonnull|Null_unspecified)(?:_result)?\b|\b__(?:nullable|nonnull|kindof|weak|strong|autoreleasing)\b
    |\b__unsafe_unretained\b|\bNS_ASSUME_NONNULL_(?:BEGIN|END)\b
    |=\s*+[\[^][^;{}]*+(?:\{\s*+\})?
    |(?<=\w)\s++(?:[A-Z]++_[A-Z_]++|__\w++)"""
    + GROUP
    + rb"(?=\s*+[=,}])",
    re.VERBOSE,
)
"""Qualifiers of pointers; the values of variables that are messages or blocks; attributes of enumerators."""
_AT_WORD = re.compile(rb"@[a-z_]++")
_ACCESSES = {
    b"private": Visibility.PRIVATE,
    b"public": Visibility.PUBLIC,
    b"protected": Visibility.PROTECTED,
    b"package": Visibility.INTERNAL,
}


@dataclass(slots=True)
class Extracted:
    """What was found in a text, by the offsets of the file."""

    drafts: list[Draft] = field(default_factory=list)
    modules: list[Span] = field(default_factory=list)
    """Names behind ``@import``."""
    blanks: list[Span] = field(default_factory=list)
    """What is not C."""


def extract(bare: bytes, braces: Brackets) -> Extracted:
    """Read all containers of a text.

    :param bare: the code with comments, strings and directives blanked.
    """
    return _Reader(bare, braces).read()


def to_c(bare: bytes, extracted: Extracted, *, with_templates: bool) -> bytes:
    """What is left of a text, as C or C++, byte for byte, and without the bodies of functions."""
    plain = _ENUM.sub(_as_enum, blank(bare, extracted.blanks))
    plain = _NOT_IN_C.sub(_as_spaces, blank(plain, find_bodies(plain, Brackets(plain))))
    plain = plain.replace(b"^", b"*").replace(b"@", b" ")
    return plain if with_templates else _GENERIC.sub(_as_spaces, plain)


def _as_spaces(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def _as_enum(match: re.Match[bytes]) -> bytes:
    """``typedef NS_ENUM(int, A)`` as ``enum A``."""
    made = bytearray(b" " * len(match[0]))
    start = match.start(1) - match.start()
    made[start : start + 4] = b"enum"
    place = match.start(2) - match.start()
    made[place : place + len(match[2])] = match[2]
    return bytes(made)


def read_modules(source: Source, extracted: Extracted) -> Iterator[Import]:
    for start, end in extracted.modules:
        module = "".join(source.slice(start, end).split())
        if module:
            yield Import(module=module, line=source.line(start), form="@import")


def directive_words(code: bytes) -> Iterator[Span]:
    """``@end`` and its like, which are no names."""
    return (match.span() for match in _AT_WORD.finditer(code))


class _Reader:
    def __init__(self, bare: bytes, braces: Brackets) -> None:
        self._bare = bare
        self._braces = braces.pairs()
        self._ends = [match.end() for match in _END.finditer(bare)]
        self._begins = [match.start() for match in _CONTAINER.finditer(bare) if match["kind"]]
        self._ended = 0
        """Where the last container or statement ended."""
        self.found = Extracted()

    def read(self) -> Extracted:
        position = 0
        while match := _CONTAINER.search(self._bare, position):
            position = self._statement(match) if match["line"] else self._container(match)
            self._ended = position
        return self.found

    def _statement(self, match: re.Match[bytes]) -> int:
        """``@class A, B;``, ``@protocol A;``."""
        end = self._stop(match.end())
        if match["line"] == b"import":
            self.found.modules.append((_skip_space(self._bare, match.end()), end))
        return self._blank(match.start(), end + self._bare.startswith(b";", end))

    def _blank(self, start: int, end: int) -> int:
        self.found.blanks.append((start, end))
        return end

    def _stop(self, start: int) -> int:
        stop = _STOP.search(self._bare, start)
        return stop.start() if stop else len(self._bare)

    def _container(self, match: re.Match[bytes]) -> int:
        bare, kind = self._bare, match["kind"].decode()
        named = _NAME.match(bare, match.end())
        if named is None:
            return self._blank(*match.span())
        head = self._head(named)
        rest = _skip_space(bare, head.end)
        if kind == "protocol" and bare[rest : rest + 1] in {b";", b","}:
            return self._statement(match)
        if kind == "interface" and head.name != head.scope:
            kind = "extension"
        elif kind == "interface" and "(" in head.name:
            kind = "category"
        stop = self._limit(match.start(), head.end)
        lead = self._lead(match.start())
        draft = Draft(
            name=head.name,
            qualname=head.scope,
            kind=kind,
            start=match.start(),
            place=named.start(1),
            end=stop,
            lead=lead,
            pieces=((match.start(), head.end),),
        )
        self.found.drafts.append(draft)
        start = self._blank(lead, head.end)
        if bare.startswith(b"{", rest) and rest in self._braces:
            self._variables(draft, rest + 1, self._braces[rest])
            start = self._blank(rest, self._braces[rest] + 1)
        self._members(draft, start, stop)
        draft.qualname = draft.name
        return stop

    def _head(self, named: re.Match[bytes]) -> _Head:
        bare = self._bare
        name = scope = named[1].decode()
        end = self._pair(named.end(), b"<")
        category = _CATEGORY.match(bare, end)
        if category:
            name = f"{name}({category[1].decode()})"
            scope = name if category[1] else scope
            end = category.end()
        above = _SUPER.match(bare, end)
        if above:
            end = self._pair(above.end(), b"<")
        return _Head(name, scope, self._pair(end, b"<"))

    def _pair(self, at: int, opening: bytes) -> int:
        """The place behind the brackets that begin at ``at``, or ``at``."""
        start = _skip_space(self._bare, at)
        if not self._bare.startswith(opening, start):
            return at
        depth = 0
        for match in _BRACKETS[opening].finditer(self._bare, start, start + _REACH):
            if match[0] in b";{}@":
                break
            depth += 1 if match[0] == opening else -1
            if not depth:
                return match.end()
        return at

    def _limit(self, start: int, head: int) -> int:
        """Where a container ends: behind its ``@end``, or before the next one when that is missing."""
        end = bisect_right(self._ends, head)
        begin = bisect_right(self._begins, start)
        stop = self._ends[end] if end < len(self._ends) else len(self._bare)
        if begin < len(self._begins) and self._begins[begin] < stop:
            return self._begins[begin]
        if end < len(self._ends):
            self._blank(stop - len(b"@end"), stop)
        return stop

    def _lead(self, start: int) -> int:
        """Where the code before a container ends; attributes lie between."""
        first = max(start - _REACH, self._ended)
        return max(first, *(self._bare.rfind(sign, first, start) + 1 for sign in (b";", b"}", b"{")))

    def _members(self, owner: Draft, start: int, stop: int) -> None:
        while match := _MEMBER.search(self._bare, start, stop):
            if match["sign"]:
                start = self._method(owner, match.start("sign"), match.end(), stop)
            elif match["word"] == b"property":
                start = self._property(owner, match)
            elif match["word"]:
                end = match.end()
                if match["word"] not in {b"optional", b"required"}:
                    end = self._stop(end)
                    end += self._bare.startswith(b";", end)
                start = self._blank(match.start(), end)
            else:
                start = self._braces.get(match.start(), match.start()) + 1

    def _method(self, owner: Draft, start: int, after: int, stop: int) -> int:
        bare = self._bare
        selector, place, head = self._selector(self._pair(after, b"("))
        if not selector:
            return after
        end = self._stop(head)
        brace = end
        if bare.startswith(b";", end):
            end += 1
            brace = _skip_space(bare, end) if owner.kind == "implementation" else end
        if bare.startswith(b"{", brace):
            end = self._braces.get(brace, stop) + 1
            if end > stop:
                # A brace is missing.
                next_one = _NEXT_METHOD.search(bare, brace, stop)
                end = next_one.start() if next_one else stop - bare.endswith(b"@end", 0, stop) * len(b"@end")
        self._add(owner, "method", selector, (start, place, end), (start, head))
        return self._blank(start, end)

    def _selector(self, at: int) -> tuple[str, int, int]:
        """(selector, where it begins, where the head of the method ends)."""
        bare = self._bare
        parts: list[bytes] = []
        words: list[re.Match[bytes]] = []
        """Since the last colon: a parameter and what the next one is called."""
        place = end = at
        while match := _PART.match(bare, at):
            at = match.end()
            if match["word"]:
                words.append(match)
                end = at if len(words) == 1 else end
                continue
            if match["sign"] == b"(":
                at = self._pair(match.start("sign"), b"(")
                if at == match.start("sign"):
                    break
                continue
            keyword = words[-1] if len(words) > bool(parts) else None
            place = place if parts else keyword.start("word") if keyword else match.start("sign")
            parts.append((keyword["word"] if keyword else b"") + b":")
            words = []
            end = at = self._pair(at, b"(")
        if not parts and words:
            return words[0]["word"].decode(), words[0].start("word"), words[0].end()
        variadic = _VARIADIC.match(bare, end)
        return b"".join(parts).decode(), place, variadic.end() if variadic else end

    def _property(self, owner: Draft, match: re.Match[bytes]) -> int:
        start = self._pair(match.end(), b"(")
        end = self._stop(start)
        for span in declared_names(self._bare, start, end):
            name = self._bare[slice(*span)].decode("utf-8", "replace")
            self._add(owner, "property", name, (match.start(), span[0], end), (match.start(), end))
        return self._blank(match.start(), end + self._bare.startswith(b";", end))

    def _variables(self, owner: Draft, position: int, closing: int) -> None:
        visibility = Visibility.PRIVATE if owner.kind == "implementation" else Visibility.PROTECTED
        bare = self._bare
        while position < closing:
            position = _skip_space(bare, position)
            access = _ACCESS.match(bare, position, closing)
            if access:
                visibility, position = _ACCESSES[access[1]], access.end()
                continue
            end = self._end_of_variable(position, closing)
            for span in declared_names(bare, position, end):
                name = bare[slice(*span)].decode("utf-8", "replace")
                draft = self._add(owner, "ivar", name, (position, span[0], end), (position, end))
                draft.visibility = visibility
            position = end + (end == position or bare.startswith(b";", end))

    def _end_of_variable(self, start: int, limit: int) -> int:
        while match := _END_OF_VARIABLE.search(self._bare, start, limit):
            if match[0] != b"{":
                return match.start()
            start = self._braces.get(match.start(), match.start()) + 1
        return limit

    def _add(self, owner: Draft, kind: str, name: str, places: tuple[int, int, int], piece: Span) -> Draft:
        start, place, end = places
        first = max(0, start - _REACH)
        draft = Draft(
            name=name,
            qualname=f"{owner.qualname}.{name}",
            kind=kind,
            start=start,
            place=place,
            end=end,
            lead=first + len(self._bare[first:start].rstrip()),
            pieces=(piece,),
            parent=owner,
        )
        self.found.drafts.append(draft)
        return draft


class _Head(NamedTuple):
    """The head of a container."""

    name: str
    scope: str
    """Before the names of its members: what extends a class without a name has those of the class."""
    end: int


_NO_SPACE = re.compile(rb"\S|\Z")


def _skip_space(text: bytes, at: int) -> int:
    found = _NO_SPACE.search(text, at)
    return found.start() if found else len(text)
