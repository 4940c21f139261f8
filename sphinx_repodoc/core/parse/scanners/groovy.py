"""Groovy: types and their members, functions of scripts, imports; tasks, plugins and dependencies of Gradle.

The grammar of Groovy that can be installed is one of Java, and fails on much of what is Groovy: its tokens are read
here. What is in the body of a method is no symbol.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Marker, MarkerKind, Visibility
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.scanners.gradle import read_gradle
from sphinx_repodoc.core.parse.scanners.groovy_lexer import read_tokens
from sphinx_repodoc.core.parse.scanners.groovy_steps import Steps
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tokens import BRACKETS
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.core.model import Facts, Symbol

_MODIFIER_WORDS = """
    public private protected static final abstract transient volatile synchronized native strictfp default sealed def var
"""
_MODIFIERS = frozenset(_MODIFIER_WORDS.split())
_ACCESS = frozenset({"public", "private", "protected"})
_TYPES = frozenset({"class", "interface", "enum", "trait", "record"})
_PRIMITIVES = frozenset({"void", "boolean", "byte", "char", "short", "int", "long", "float", "double"})
_RESERVED = """
    as assert break case catch class const continue def default do else enum extends false finally for goto if implements
    import in instanceof interface new null package return super switch this throw throws trait true try var while
"""
_KEYWORDS = frozenset(_RESERVED.split()) | _MODIFIERS | _PRIMITIVES
_LONGEST_VALUE = 60
"""A longer value is left out of the signature."""
_LONGEST_HEAD = 400
"""Tokens of the head of a type."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Tokens to read, and the type that they are in; the script is the type -1."""

    start: int
    end: int
    owner: int = -1
    kind: str = ""
    name: str = ""


def scan_groovy(text: bytes) -> Facts:
    """Kinds are those of Java, with ``trait``, ``property``, and ``task``, ``plugin``, ``dependency`` of Gradle."""
    return _File(text).facts()


class _File(Steps):
    def __init__(self, text: bytes) -> None:
        tokens, spans = read_tokens(text)
        self._remarks = Remarks(text, spans)
        super().__init__(tokens, self._remarks.source)
        self._listing = Listing()
        self._imports: list[Import] = []
        self._mains: list[Marker] = []

    def facts(self) -> Facts:
        todo = [_Place(0, len(self._tokens))]
        while todo:
            todo += reversed(self._read(todo.pop()))
        read_gradle(self._tokens, self._partners, self._source, self._listing, self._imports)
        order = sorted(range(len(self._listing.symbols)), key=lambda index: self._listing.symbols[index].line)
        facts = self._remarks.facts(
            self._in_order(order),
            imports=sorted(self._imports, key=lambda each: each.line),
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
            lead=self._lead(),
        )
        words = frozenset(token.text for token in self._tokens if token.kind == "word") - _KEYWORDS
        markers = tuple(sorted([*facts.markers, *self._mains], key=lambda each: each.line))
        return replace(facts, words=words, markers=markers)

    def _in_order(self, order: Sequence[int]) -> list[Symbol]:
        new = {index: place for place, index in enumerate(order)}
        symbols = self._listing.symbols
        return [
            replace(symbols[index], parent=new[symbols[index].parent])
            if symbols[index].parent >= 0
            else symbols[index]
            for index in order
        ]

    def _lead(self) -> comments.Paragraph | None:
        found = self._remarks.lead()
        if found is None:
            first = next((each for each in self._listing.symbols if each.doc and each.parent < 0), None)
            return comments.Paragraph(line=max(first.line - 1, 1), text=first.doc) if first else None
        return found

    def _read(self, place: _Place) -> list[_Place]:
        """Read the statements of one level; the bodies of the types in it are still to be read."""
        inner: list[_Place] = []
        at = place.start
        if place.kind == "enum":
            at = self._constants(place)
        while at < place.end:
            token = self._tokens[at]
            if token.kind == "newline" or token.text == ";":
                at += 1
                continue
            if token.text == "{" and token.kind == "sign":
                at = self._partners.get(at, at) + 1
                continue
            after = self._statement(at, place, inner)
            at = after if after > at else self._skip(at, place.end)
        return inner

    def _statement(self, at: int, place: _Place, inner: list[_Place]) -> int:
        """Read a declaration and return the place behind it; the same place for what is none."""
        begin = at
        decorators: list[str] = []
        words: set[str] = set()
        while at + 1 < place.end:
            if self._text(at) == "@" and self._text(at + 1) != "interface":
                at = self._annotation(at, place.end, decorators)
            elif self._text(at) in _MODIFIERS:
                words.add(self._text(at))
                at = self._lines(at + 1, place.end)
            else:
                break
        if self._text(at) in {"package", "import"} and not words and place.owner < 0:
            return self._import(at, place.end)
        is_annotation = self._text(at) == "@" and self._text(at + 1) == "interface"
        if is_annotation or (self._text(at) in _TYPES and self._is_name(at + 1)):
            return self._type(
                (begin, at + is_annotation),
                "annotation" if is_annotation else self._text(at),
                place,
                inner,
                (words, decorators),
            )
        after = self._member(begin, at, place, words, decorators)
        # What stands before no declaration is not read again.
        return max(after, at)

    def _import(self, at: int, end: int) -> int:
        word = self._tokens[at]
        stop = next(
            (i for i in range(at, end) if self._tokens[i].kind == "newline" or self._text(i) == ";"), end
        )
        parts = [token.text for token in self._tokens[at + 1 : stop] if token.kind in {"word", "sign"}]
        form = word.text
        if parts[:1] == ["static"]:
            form, parts = "import static", parts[1:]
        alias = parts[-1] if "as" in parts[1:-1] else ""
        path = "".join(parts[: parts.index("as")] if alias else parts)
        line = self._source.line(word.start)
        if form == "package" and path:
            self._listing.add(path, "package", line, signature=path)
        elif path:
            name = ""
            if path.endswith(".*"):
                path, name = path[:-2], "*"
            elif form == "import static":
                path, _, name = path.rpartition(".")
            names = (ImportedName(name=name, alias=alias),) if name else ()
            self._imports.append(
                Import(module=path, names=names, alias="" if names else alias, line=line, form=form)
            )
        return stop

    def _type(
        self,
        begins: tuple[int, int],
        kind: str,
        place: _Place,
        inner: list[_Place],
        said: tuple[set[str], list[str]],
    ) -> int:
        begin, at = begins
        name = self._tokens[at + 1]
        opening = self._head_end(at + 2, place.end)
        if opening < 0:
            self._faults.append(name.start)
            return at + 2
        closing = self._partners.get(opening, place.end - 1)
        words, decorators = said
        index = self._listing.add(
            name.text,
            kind,
            self._source.line(name.start),
            parent=place.owner,
            end_line=self._source.line(self._tokens[closing].start),
            variant=str(name.start),
            signature=self._fold(at + 1, opening - 1),
            doc=self._remarks.doc_above(self._source.line(self._tokens[begin].start)),
            visibility=_visibility(words),
            decorators=tuple(decorators),
        )
        inner.append(_Place(opening + 1, closing, index, kind, name.text))
        return closing + 1

    def _head_end(self, at: int, end: int) -> int:
        """Place of the brace behind the head of a type; -1 without one."""
        stop = min(end, at + _LONGEST_HEAD)
        while at < stop and self._text(at) not in {";", "}"} and self._text(at) not in _TYPES:
            if self._text(at) == "{":
                return at
            at = self._partners.get(at, at) + 1
        return -1

    def _constants(self, place: _Place) -> int:
        """Read the constants that an enum begins with, and return the place behind them."""
        at = place.start
        while True:
            at = self._lines(at, place.end)
            decorators: list[str] = []
            first = at
            while at + 1 < place.end and self._text(at) == "@":
                at = self._annotation(at, place.end, decorators)
            if not (at < place.end and self._is_name(at)) or self._text(at) in _MODIFIERS | _PRIMITIVES:
                return first
            name, after = self._tokens[at], at + 1
            while after < place.end and self._text(after) in {"(", "{"}:
                after = self._partners.get(after, after) + 1
            last = after - 1
            ends_line = after < place.end and self._tokens[after].kind == "newline"
            after = self._lines(after, place.end)
            if after < place.end and self._text(after) not in {",", ";"} and not ends_line:
                return first
            self._listing.add(
                name.text,
                "constant",
                self._source.line(name.start),
                parent=place.owner,
                end_line=self._source.line(self._tokens[last].end - 1),
                signature=self._fold(at, last)
                if last - at < _LONGEST_VALUE and self._text(last) == ")"
                else name.text,
                doc=self._remarks.doc_above(self._source.line(name.start)),
                decorators=tuple(decorators),
            )
            if self._text(after) != ",":
                return after
            at = after + 1

    def _member(self, begin: int, at: int, place: _Place, words: set[str], decorators: list[str]) -> int:
        if self._text(at) == "<":
            at = self._lines(self._generics(at, place.end), place.end)
        kind_of = at
        after = self._type_name(at, place.end)
        has_type = (
            after > at
            and (after < place.end and self._tokens[after].kind in {"word", "string"})
            and self._text(after) not in _KEYWORDS
        )
        name = after if has_type else at
        if (
            name >= place.end
            or self._tokens[name].kind not in {"word", "string"}
            or self._text(name) in _KEYWORDS
        ):
            return begin
        is_declared = has_type or bool(words) or bool(decorators)
        follows = self._text(name + 1)
        start = kind_of if has_type else name
        if follows == "(" and name + 1 in self._partners:
            return self._method((begin, start, name), place, words, decorators, has_type=has_type)
        if not is_declared or (has_type and not words and not self._is_type(kind_of) and place.owner < 0):
            return begin
        return self._fields((begin, start, name), place, words, decorators)

    def _is_type(self, at: int) -> bool:
        word = self._text(at)
        return word in _PRIMITIVES or word[:1].isupper()

    def _method(
        self,
        places: tuple[int, int, int],
        place: _Place,
        words: set[str],
        decorators: list[str],
        *,
        has_type: bool,
    ) -> int:
        begin, start, name = places
        closing = self._partners[name + 1]
        end = self._lines(closing + 1, place.end)
        if self._text(end) == "throws":
            while end < place.end and self._text(end) not in {"{", ";"}:
                if self._tokens[end].kind == "newline" and self._text(end - 1) not in {",", "throws"}:
                    break
                end += 1
            end = self._lines(end, place.end)
        elif self._text(end) == "default" and place.kind == "annotation":
            end = self._skip(end, place.end) - 1
        has_body = self._text(end) == "{" and end in self._partners
        title = self._tokens[name].value
        is_constructor = not has_type and place.owner >= 0 and title == place.name
        is_declared = has_type or bool(words) or is_constructor
        if (
            not is_declared
            or not title
            or not (
                has_body
                or "abstract" in words
                or "native" in words
                or place.kind in {"interface", "annotation"}
            )
        ):
            return begin
        if place.owner < 0 and not words and not self._is_type(start):
            return begin
        last = self._partners[end] if has_body else closing
        line = self._source.line(self._tokens[name].start)
        self._listing.add(
            title,
            "constructor" if is_constructor else "method",
            line,
            parent=place.owner,
            end_line=self._source.line(self._tokens[last].start),
            variant=str(self._tokens[name].start),
            signature=self._fold(start, closing),
            doc=self._remarks.doc_above(self._source.line(self._tokens[begin].start)),
            visibility=_visibility(words),
            decorators=tuple(decorators),
        )
        if title == "main" and "static" in words:
            self._mains.append(Marker(kind=MarkerKind.MAIN, line=line, text=self._source.line_text(line)))
        return last + 1 if has_body else max(end, closing + 1)

    def _fields(
        self, places: tuple[int, int, int], place: _Place, words: set[str], decorators: list[str]
    ) -> int:
        """Read what a type declares, which in a script is a variable of its own and no symbol."""
        begin, start, name = places
        end = self._skip(name, place.end)
        if place.owner < 0:
            return end
        if name + 1 < place.end and self._text(name + 1) not in {"=", ",", ";", "\n", "}"}:
            return begin
        kind = "field" if words & _ACCESS or place.kind in {"interface", "annotation"} else "property"
        at = name
        while at < end and self._is_name(at):
            stop = at + 1
            while stop < end and not self._ends_field(at, stop, end):
                stop = self._partners.get(stop, stop) + 1 if self._text(stop) in BRACKETS else stop + 1
            stop = min(stop, end)
            value = self._fold(at, stop - 1)
            head = self._fold(start, name - 1) if name > start else ""
            shown = value if len(value) <= _LONGEST_VALUE else self._text(at)
            self._listing.add(
                self._text(at),
                kind,
                self._source.line(self._tokens[at].start),
                parent=place.owner,
                end_line=self._source.line(self._tokens[stop - 1].end - 1)
                if self._tokens[stop - 1].kind != "newline"
                else 0,
                signature=f"{head} {shown}".strip(),
                doc=self._remarks.doc_above(self._source.line(self._tokens[begin].start)),
                visibility=_visibility(words),
                decorators=tuple(decorators),
            )
            if self._text(stop) != ",":
                break
            at = self._lines(stop + 1, end)
        return end

    def _ends_field(self, begin: int, at: int, end: int) -> bool:
        """Whether a declaration ends here: a comma of type arguments does not end it."""
        if self._tokens[at].kind == "newline":
            return not self._goes_on(begin, at, end)
        if self._text(at) != ",":
            return self._text(at) == ";"
        name = self._lines(at + 1, end)
        return self._is_name(name) and (name + 1 >= end or self._text(name + 1) in {"=", ",", ";", "\n"})


def _visibility(words: set[str]) -> Visibility:
    """What has no modifier is public in Groovy."""
    said = words & _ACCESS
    return Visibility(said.pop()) if said else Visibility.PUBLIC
