"""Which words of a text may name what other files define: not its own locals, parameters and members.

Told by the words beside a word, body by body, for a parser of bodies would cost
more than all the rest. Two words side by side are a declaration, whatever they
are, unless the first one is a keyword of a statement. Where that is not seen,
the word counts.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.source import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_repodoc.core.parse.source import Span

_MEMBER = re.compile(rb"(?:\.|->|(?<=[\w>])[ \t]*+::)\s*+(?:template\s++)?+[A-Za-z_]\w*+")
"""A member of some object, or a name of some scope: :func:`scoped_words`."""
_NO_TYPE = (
    "return else case goto sizeof new delete throw typename class struct union enum do operator using namespace if while"
    " for switch public private protected friend template typedef const constexpr volatile inline static extern virtual"
    " explicit mutable register not and or alignof decltype co_return co_yield co_await default try catch"
)
_ENDS = rb"[ \t]*+(?:[;,\[({)]|:(?!:)|=(?!=))"
_DECLARED = re.compile(
    rb"(?<=[\w>])(?=[ \t]++[A-Za-z_]\w*+"
    + _ENDS
    + rb")(?<![\s\-]>)(?<![\s(,=]\d)"
    # these stand behind what holds for few places, for each of them costs
    + b"".join(rb"(?<!\b%b)" % word.encode() for word in _NO_TYPE.split())
    # and attributes are macros behind a name
    + rb"[ \t]++(?!__|[A-Z_][A-Z0-9_]++\b)([A-Za-z_]\w*+)"
)
_POINTER = re.compile(
    rb"(?:\A|[;{}])\s*+(?:const\s++)?+(?:struct\s++)?+[A-Za-z_][\w:]*+(?:<[^<>;(){}]*+>)?+[ \t]*+[*&]++[ \t]*+"
    rb"(?:const[ \t]++)?+([A-Za-z_]\w*+)[ \t]*+(?=[;,\[(]|=(?!=))"
)
_PARAMETER = re.compile(
    rb"[\w>][ \t]*+[*&]++[ \t]*+(?:const[ \t]++)?+([A-Za-z_]\w*+)[ \t]*+(?=[,)\[]|=(?!=))"
)
_SCOPED = re.compile(rb"(?<![\w>])(?<!> )([A-Za-z_]\w*+)(?:[ \t]*+::[ \t]*+[A-Za-z_]\w*+)+")
_RENAMED = re.compile(rb"\bnamespace[ \t]++(\w++)[ \t]*+=")
_STANDARD = b"std"


def scoped_words(code: bytes) -> frozenset[str]:
    """The names behind a scope, as ``scope::name`` with the innermost scope, and as ``::name`` for a scope that is hidden.

    Those of the standard library are left out. Behind another name of a namespace it is the name alone.

    :param code: without comments, strings and directives.
    """
    if b"::" not in code:
        return frozenset()
    renamed = frozenset(_RENAMED.findall(code))
    found: set[bytes] = set()
    for text in {match[0] for match in _SCOPED.finditer(code)}:
        parts = list(map(bytes.strip, text.split(b"::")))
        if parts[0] == _STANDARD:
            continue
        for scope, name in pairwise(part for part in parts if part != b"operator"):
            found |= {name} if scope in renamed else {scope + b"::" + name, b"::" + name}
    return frozenset(word.decode("utf-8", "replace") for word in found)


def free_words(code: bytes, bodies: Iterable[Span]) -> bytes:
    """The words of ``code`` that are not bound in it wherever they stand, joined by spaces.

    :param code: without comments, strings and directives.
    :param bodies: what lies between the braces of functions, sorted.
    """
    found: set[bytes] = set()
    outside: list[bytes] = []
    known: set[bytes] = set()
    at = 0
    for start, end in bodies:
        if start < at:
            continue
        gap = code[at:start]
        outside.append(gap)
        head = gap.rstrip().removesuffix(b"{")
        head = head[max(map(head.rfind, (b";", b"}", b"{"))) + 1 :]
        # else the initialisers of a constructor or a local type stand in the middle of a function
        if head.strip() and (b"(" in head or gap.rstrip().endswith(b"{")):
            known = {*_DECLARED.findall(head), *_PARAMETER.findall(head)}
        body = _MEMBER.sub(b" ", code[start:end])
        known.update(_DECLARED.findall(body), _POINTER.findall(body))
        found.update(set(body.translate(WORD).split()) - known)
        at = end
    outside.append(code[at:])
    rest = _MEMBER.sub(b" ", b"\n".join(outside))
    declared = Counter(_DECLARED.findall(rest))
    declared.update(_PARAMETER.findall(rest))
    count = Counter(rest.translate(WORD).split())
    found.update(word for word, number in count.items() if number > declared[word])
    return b" ".join(found)
