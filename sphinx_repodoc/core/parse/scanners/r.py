"""R: functions and values that are assigned, classes of its object systems, and the packages that are used.

There is no grammar of R among the packages that can be installed, so its tokens are read here. What is assigned in
the body of a function is no symbol.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.r_lexer import Token, read_tokens
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tokens import BRACKETS, match_brackets
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_RESERVED = """
    if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_character_
    NA_complex_ in
"""
_KEYWORDS = frozenset(_RESERVED.split())
_ASSIGN = frozenset({"<-", "<<-", "=", ":="})
_CLASSES = frozenset({"setClass", "setRefClass", "R6Class", "new_class", "setClassUnion", "ggproto"})
_MEMBERS = {"public": Visibility.PUBLIC, "private": Visibility.PRIVATE, "active": Visibility.PUBLIC}
_MEMBERS_OF_REFERENCE = {"fields": "field", "methods": "method"}
_LOADS = frozenset({"library", "require", "requireNamespace", "loadNamespace"})
_LONGEST_VALUE = 60
"""A longer value is left out of the signature."""
_SIGNS = "<- <<- -> ->> = := + - * / ^ , | || & && ~ ? : :: ::: $ @ |> == != < > <= >= !"
_CONTINUED = frozenset(_SIGNS.split())
_LEADING = frozenset({"function", "else", "repeat", "in"})
"""What a line does not end behind."""


def scan_r(text: bytes) -> Facts:
    """Kinds are ``function``, ``variable``, ``class``, ``generic``, ``method`` and ``field``."""
    return _File(text).facts()


class _File:
    """One pass over the statements of the file."""

    def __init__(self, text: bytes) -> None:
        tokens, spans, self._faults = read_tokens(text)
        self._remarks = Remarks(text, spans)
        self._source = self._remarks.source
        self._roxygen = {
            self._source.line(start): (start, end) for start, end in spans if text.startswith(b"#'", start)
        }
        self._listing = Listing()
        self._imports: list[Import] = []
        self._used: dict[str, tuple[int, dict[str, None]]] = {}
        self._tokens = tokens
        self._partners, faults = match_brackets(tokens)
        self._faults += faults
        self._opened = {closing: opening for opening, closing in self._partners.items()}

    def facts(self) -> Facts:
        self._read_uses()
        for start, end in self._statements(0, len(self._tokens)):
            self._read(start, end)
        for package, (line, names) in self._used.items():
            named = tuple(ImportedName(name=name) for name in names)
            self._imports.append(Import(module=package, names=named, line=line, form="::"))
        facts = self._remarks.facts(
            self._listing.symbols,
            imports=sorted(self._imports, key=lambda each: each.line),
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
        )
        words = {token.name for token in self._tokens if token.kind in {"word", "quoted"}} - _KEYWORDS
        return replace(
            facts, words=frozenset(word for word in words if word.replace(".", "_").isidentifier())
        )

    def _line(self, token: Token) -> int:
        return self._source.line(token.start)

    def _statements(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Places of the statements between two places that are in no bracket."""
        begin = place = start
        last = -1
        while place < end:
            token = self._tokens[place]
            is_sign = token.kind == "sign"
            if is_sign and token.text in BRACKETS:
                last = place = self._partners.get(place, place)
            elif (token.kind == "newline" and last >= begin and not self._goes_on(last)) or (
                is_sign and token.text == ";"
            ):
                if last >= begin:
                    yield begin, last + 1
                begin = place + 1
            elif token.kind != "newline":
                last = place
            place += 1
        if last >= begin:
            yield begin, last + 1

    def _goes_on(self, place: int) -> bool:
        """Whether a statement goes on behind a line feed that follows this token."""
        last = self._tokens[place]
        if last.kind != "sign":
            return last.kind == "operator" or (last.kind == "word" and last.text in _LEADING)
        if last.text != ")":
            return last.text in _CONTINUED
        opening = self._opened.get(place, 0)
        return opening > 0 and self._tokens[opening - 1].text in {"function", "if", "while", "for", "\\"}

    def _read(self, start: int, end: int) -> None:
        names: list[Token] = []
        begin = start
        while True:
            start = self._skip_lines(start, end)
            if (
                start + 1 >= end
                or self._tokens[start + 1].text not in _ASSIGN
                or self._tokens[start + 1].kind != "sign"
            ):
                break
            if self._tokens[start].kind not in {"word", "quoted", "string"}:
                return
            names.append(self._tokens[start])
            start += 2
        if start >= end:
            return
        if names:
            self._assigned(names, begin, start, end)
        else:
            self._called(start, end)

    def _skip_lines(self, start: int, end: int) -> int:
        while start < end and self._tokens[start].kind == "newline":
            start += 1
        return start

    def _assigned(self, names: Sequence[Token], begin: int, start: int, end: int) -> None:
        formals = self._formals(start, end)
        call = self._call(start, end)
        for name in names:
            if formals:
                self._add(
                    name, "function", begin, end, f"{name.name}{self._fold(formals, self._partners[formals])}"
                )
            elif call and self._tokens[call - 1].text in _CLASSES:
                index = self._add(name, "class", begin, end, self._head(call))
                self._members(index, call)
            elif call and self._tokens[call - 1].text in {"setGeneric", "new_generic"}:
                self._add(name, "generic", begin, end, self._head(call))
            else:
                self._add(name, "variable", begin, end, self._value(name, start, end))

    def _formals(self, start: int, end: int) -> int:
        """Place of the bracket of a function's parameters; 0 for what is no function."""
        if self._tokens[start].text not in {"function", "\\"}:
            return 0
        opening = self._skip_lines(start + 1, end)
        return (
            opening
            if opening < end and opening in self._partners and self._tokens[opening].text == "("
            else 0
        )

    def _call(self, start: int, end: int) -> int:
        """Place of the bracket when a call begins here, maybe ``package::function(``; 0 otherwise."""
        place = start
        if place + 2 < end and self._tokens[place + 1].text in {"::", ":::"}:
            place += 2
        is_call = (
            place + 1 < end and self._tokens[place].kind == "word" and self._tokens[place + 1].text == "("
        )
        return place + 1 if is_call and place + 1 in self._partners else 0

    def _called(self, start: int, end: int) -> None:
        """``setClass("A", …)`` and its like, whose name is the first argument."""
        call = self._call(start, end)
        word = self._tokens[call - 1].text if call else ""
        if word not in _CLASSES | {"setGeneric", "setMethod", "setReplaceMethod", "setS3Method", "method"}:
            return
        first = self._skip_lines(call + 1, end)
        name = self._tokens[first] if first < end else None
        if name is None or name.kind != "string" or not name.name:
            return
        if word == "setGeneric":
            self._add(name, "generic", start, end, self._head(call))
        elif word in _CLASSES:
            self._members(self._add(name, "class", start, end, self._head(call)), call)
        else:
            classes = self._classes_of(call)
            title = f"{name.name}{'<-' if word == 'setReplaceMethod' else ''}"
            self._add(name, "method", start, end, self._head(call), title=",".join([title, *classes]))

    def _classes_of(self, call: int) -> list[str]:
        """The classes that a method is for: the second argument of ``setMethod``."""
        arguments = list(self._arguments(call))
        if len(arguments) < 2:  # noqa: PLR2004 -- the generic, the signature
            return []
        _, start, end = arguments[1]
        return [token.name for token in self._tokens[start:end] if token.kind == "string"]

    def _arguments(self, call: int) -> Iterator[tuple[str, int, int]]:
        """(name, start, end) of the arguments of a call."""
        stop = self._partners[call]
        begin = place = call + 1
        while place <= stop:
            token = self._tokens[place]
            if token.kind == "sign" and token.text in BRACKETS:
                place = self._partners.get(place, place) + 1
                continue
            if place == stop or (token.kind == "sign" and token.text == ","):
                start = self._skip_lines(begin, place)
                equals = self._skip_lines(start + 1, place)
                name = ""
                if (
                    equals < place
                    and self._tokens[equals].text == "="
                    and self._tokens[start].kind in {"word", "quoted", "string"}
                ):
                    name = self._tokens[start].name
                    start = self._skip_lines(equals + 1, place)
                if start < place:
                    yield name, start, place
                begin = place + 1
            place += 1

    def _members(self, index: int, call: int) -> None:
        for name, start, _ in self._arguments(call):
            inner = self._call(start, self._partners[call])
            if not inner or self._tokens[inner - 1].text not in {"list", "c"}:
                continue
            if name in _MEMBERS and self._tokens[call - 1].text == "R6Class":
                self._list(index, inner, _MEMBERS[name], "active" if name == "active" else "field")
            elif name in _MEMBERS_OF_REFERENCE and self._tokens[call - 1].text == "setRefClass":
                self._list(index, inner, Visibility.PUBLIC, "field")

    def _list(self, index: int, call: int, visibility: Visibility, kind: str) -> None:
        for name, start, end in self._arguments(call):
            if not name:
                continue
            formals = self._formals(start, end)
            place = self._token_before(start)
            head = self._fold(formals, self._partners[formals]) if formals else ""
            self._listing.add(
                name,
                ("method" if kind == "field" else kind) if formals else kind,
                self._line(self._tokens[place]),
                parent=index,
                end_line=self._line(self._tokens[self._last(start, end)]),
                signature=f"{name}{head}" if formals else self._value(self._tokens[place], start, end),
                doc=self._doc(self._line(self._tokens[place])),
                visibility=visibility,
            )

    def _token_before(self, start: int) -> int:
        """Place of the name of an argument whose value begins at a place."""
        place = start - 1
        while self._tokens[place].kind == "newline" or self._tokens[place].text == "=":
            place -= 1
        return place

    def _last(self, start: int, end: int) -> int:
        while end - 1 > start and self._tokens[end - 1].kind == "newline":
            end -= 1
        return end - 1

    def _add(self, name: Token, kind: str, start: int, end: int, signature: str, *, title: str = "") -> int:
        said = title or name.name
        if not said:
            return -1
        start = self._skip_lines(start, end)
        last = self._tokens[self._last(start, end)]
        line = self._line(name)
        return self._listing.add(
            said,
            kind,
            line,
            end_line=self._source.line(last.end - 1),
            variant=str(line),
            signature=signature,
            doc=self._doc(self._line(self._tokens[start])),
            visibility=Visibility.PRIVATE if said.startswith(".") else Visibility.PUBLIC,
        )

    def _doc(self, line: int) -> str:
        """The title or first paragraph of the Roxygen comment above a line, or of a plain one."""
        spans: list[Span] = []
        above = line - 1
        while above in self._roxygen:
            spans.append(self._roxygen[above])
            above -= 1
        if not spans:
            # Editors list comments that end in signs as sections.
            return self._remarks.doc_above(line).rstrip("-=# ")
        spans.reverse()
        lines = [_without_mark(self._source.slice(*span)) for span in spans]
        paragraph = next(comments.paragraphs(comments.before_tags(lines), above + 1), None)
        self._remarks.owned.update(start for start, _ in spans)
        return paragraph.text if paragraph else ""

    def _head(self, call: int) -> str:
        """A call with its first argument: ``R6Class("Boat")``."""
        first = next(self._arguments(call), None)
        inside = self._fold(first[1], first[2] - 1) if first else ""
        return (
            f"{self._tokens[call - 1].text}({inside})"
            if len(inside) <= _LONGEST_VALUE
            else self._tokens[call - 1].text
        )

    def _value(self, name: Token, start: int, end: int) -> str:
        value = self._fold(start, self._last(start, end))
        return f"{name.name} <- {value}" if len(value) <= _LONGEST_VALUE else name.name

    def _fold(self, first: int, last: int) -> str:
        return self._source.fold(self._tokens[first].start, self._tokens[last].end)

    # -- imports

    def _read_uses(self) -> None:
        depth = 0
        for place, token in enumerate(self._tokens):
            if token.kind == "sign":
                depth += (token.text == "{") - (token.text == "}")
                if token.text in {"::", ":::"} and 0 < place < len(self._tokens) - 1:
                    self._qualified(self._tokens[place - 1], self._tokens[place + 1])
            elif token.kind == "word" and token.text in _LOADS | {"source"}:
                self._load(place, deferred=depth > 0)
        for line, span in self._roxygen.items():
            self._tagged(line, _without_mark(self._source.slice(*span)))

    def _qualified(self, package: Token, name: Token) -> None:
        if package.kind in {"word", "quoted", "string"} and name.kind in {"word", "quoted", "string"}:
            _, names = self._used.setdefault(package.name, (self._line(package), {}))
            names[name.name] = None

    def _load(self, place: int, *, deferred: bool) -> None:
        token = self._tokens[place]
        before = self._tokens[place - 1].text if place else ""
        if before in {"$", "@"} or not (place + 1 in self._partners and self._tokens[place + 1].text == "("):
            return
        arguments = list(self._arguments(place + 1))
        if not arguments or any(name == "character.only" for name, _, _ in arguments):
            return
        name, start, end = arguments[0]
        value = self._tokens[start]
        is_one = self._last(start, end) == start
        wants_string = token.text not in {"library", "require"}
        if not is_one or name not in {"", "package", "file"} or (wants_string and value.kind != "string"):
            return
        if value.kind in {"word", "string", "quoted"} and value.name and value.text not in _KEYWORDS:
            self._imports.append(
                Import(module=value.name, line=self._line(token), form=token.text, deferred=deferred)
            )

    def _tagged(self, line: int, text: str) -> None:
        """``@importFrom package name …`` of Roxygen."""
        tag, *rest = text.split() or [""]
        if tag == "@importFrom" and rest:
            names = tuple(ImportedName(name=name.strip("`\"'")) for name in rest[1:])
            self._imports.append(Import(module=rest[0], names=names, line=line, form=tag))
        elif tag == "@import":
            self._imports += [Import(module=name, line=line, form=tag) for name in rest]


def _without_mark(line: str) -> str:
    return line.removeprefix("#'").strip()
