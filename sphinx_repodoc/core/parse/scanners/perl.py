"""Perl: packages, subroutines and what a file uses, by tokens.

No grammar of Perl is used: what its text means may depend on what was run before. A name counts where
a statement begins with the word that defines it, which needs no more than that strings are told from code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.core.model import Facts, Import, ImportedName, Marker, MarkerKind, Symbol, Visibility
from sphinx_repodoc.core.parse import source as sources
from sphinx_repodoc.core.parse.comments import find_markers, find_notes
from sphinx_repodoc.core.parse.scanners.perl_lexer import Lexer
from sphinx_repodoc.core.parse.scanners.pod import Pod
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_repodoc.core.parse.scanners.perl_lexer import Token
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    __DATA__ __END__ and cmp continue defined do else elsif eq eval for foreach ge goto gt if last le local lt my ne
    next no not or our package redo require return state sub undef unless until use wantarray while x xor
    chomp die exists grep join keys map pop print printf push qw ref say shift sort split sprintf unshift values warn
"""
KEYWORDS = frozenset(_RESERVED.split())
_PARENTS = frozenset({"base", "parent"})
"""Pragmas that load what they are given."""
_PLAIN = re.compile(r"[\w:&$@%*!+-]+")
_MODULE = re.compile(r"[^\W\d]\w*(?:::\w+)*")
_AUTOMATIC = frozenset({"AUTOLOAD", "DESTROY"})
"""Subroutines that need no ``sub``."""
_PHASES = frozenset({"BEGIN", "CHECK", "END", "INIT", "UNITCHECK"})
_VERSION = re.compile(r"v?\d[\d._]*")
_INTERPOLATED = re.compile(r"^\"[^\"]*[$@]")
_LOOKS = 8
"""How often each token may be looked at again."""
_DECLARING = frozenset({"async", "my", "our", "state"})
"""May stand before ``sub``."""


@dataclass(slots=True, kw_only=True)
class _Scope:
    """A brace that is open, and the package that is current inside."""

    package: int = -1
    """Index of its symbol; -1 before the first one."""
    declared: int = -1
    """Index of a package that a statement inside made current: it ends with the scope."""
    owner: int = -1
    """Index of the symbol whose body it is."""
    is_sub: bool = False
    """Whether it is in the body of a subroutine."""


def scan_perl(text: bytes) -> Facts:
    """Packages are ``package``, subroutines ``sub``, further ``constant``, ``variable``, ``attribute``."""
    lexer = Lexer(text)
    remarks = Remarks(text, lexer.comments)
    code = sources.blank(remarks.source.code, lexer.pods)
    source = sources.Source(text, code)
    pod = Pod(source, lexer.pods)
    above = cache(remarks.doc_above)
    reader = _Reader(lexer.tokens, source, lambda name, line: pod.doc(name) or above(line))
    reader.read()
    lead = pod.summary or remarks.lead()
    return Facts(
        doc=lead.text if lead else "",
        doc_line=lead.line if lead else 0,
        lines=sources.count_lines(text, code),
        symbols=tuple(reader.symbols),
        imports=tuple(reader.imports),
        notes=find_notes(source, lexer.comments),
        markers=(*find_markers(source, lexer.comments), *reader.markers),
        problems=syntax_problems(lexer.unclosed, source),
        words=sources.words(sources.blank(code, lexer.quotes), sources.WORD, KEYWORDS),
    )


class _Reader:
    """Goes over the tokens once; looks ahead no further than a statement, and not without end."""

    def __init__(self, tokens: Sequence[Token], source: Source, describe: Callable[[str, int], str]) -> None:
        self.symbols: list[Symbol] = []
        self.imports: list[Import] = []
        self.markers: list[Marker] = []
        self._tokens = tokens
        self._source = source
        self._describe = describe
        self._scopes = [_Scope()]
        self._budget = _LOOKS * len(tokens)
        self._variables: set[str] = set()
        self._packages: dict[str, int] = {}

    def read(self) -> None:
        index = 0
        while index < len(self._tokens):
            index = self._step(index)
        last = self._source.line(self._tokens[-1].start) if self._tokens else 0
        while self._scopes:
            self._close(last)

    def _text(self, index: int) -> str:
        if not 0 <= index < len(self._tokens):
            return ""
        return self._source.slice(self._tokens[index].start, self._tokens[index].end)

    def _kind(self, index: int) -> str:
        return self._tokens[index].kind if index < len(self._tokens) else ""

    def _line(self, index: int) -> int:
        return self._source.line(self._tokens[index].start)

    def _begins(self, index: int) -> bool:
        """Whether a statement begins with a token."""
        return index == 0 or self._text(index - 1) in {";", "{", "}"}

    def _is_in_sub(self) -> bool:
        return self._scopes[-1].is_sub

    def _step(self, index: int) -> int:
        """Read what begins with a token; where to go on."""
        kind, text = self._kind(index), self._text(index)
        if kind == "sign":
            if text == "{":
                self._scopes.append(_Scope(package=self._scopes[-1].package, is_sub=self._is_in_sub()))
            elif text == "}" and len(self._scopes) > 1:
                self._close(self._line(index))
        elif kind == "word":
            return self._read_word(index, text)
        elif text.startswith("*") and self._begins(index):
            return self._read_glob(index, text)
        return index + 1

    def _close(self, line: int) -> None:
        scope = self._scopes.pop()
        for index in (scope.declared, scope.owner):
            if index >= 0:
                self._end(index, line)

    def _end(self, index: int, line: int) -> None:
        self.symbols[index] = replace(self.symbols[index], end_line=max(line, self.symbols[index].line))

    def _read_word(self, index: int, word: str) -> int:
        if self._text(index + 1) == "=>" or self._text(index - 1) == "->":
            return index + 1
        if word == "sub" and (self._begins(index) or self._text(index - 1) in _DECLARING):
            return self._read_sub(index)
        if word in {"require", "do"}:
            self._read_require(index, form=word, line=self._line(index))
        elif word == "unless" and self._text(index + 1) == "caller" and len(self._scopes) == 1:
            line = self._line(index)
            self.markers.append(Marker(kind=MarkerKind.MAIN, line=line, text=self._source.line_text(line)))
        elif word == "our" and self._text(index - 1) in {"", ";", "{", "}", "("} and not self._is_in_sub():
            self._read_variables(index)
        elif self._begins(index):
            return self._read_statement(index, word)
        return index + 1

    def _read_statement(self, index: int, word: str) -> int:
        if word == "package":
            return self._read_package(index)
        if word == "use":
            self._read_use(index)
        elif word == "has" and not self._is_in_sub():
            self._read_attributes(index)
        elif word in _AUTOMATIC and self._text(index + 1) == "{":
            self._open_sub(word, index, index + 1)
            return index + 2
        return index + 1

    def _read_package(self, index: int) -> int:
        if self._kind(index + 1) != "word":
            return index + 1
        name, line = self._text(index + 1), self._line(index + 1)
        after = index + 2
        while self._kind(after) == "number" or _VERSION.fullmatch(self._text(after)):
            after += 1
        scope = self._scopes[-1]
        found = self._add(name, "package", line, parent=-1, qualname=name, signature=name)
        self._packages.setdefault(name, found)
        if self._text(after) == "{":
            self._scopes.append(_Scope(package=found, owner=found, is_sub=self._is_in_sub()))
            return after + 1
        if scope.declared >= 0:
            self._end(scope.declared, self._line(index) - 1)
        scope.package = scope.declared = found
        return after

    def _read_sub(self, index: int) -> int:
        name = self._text(index + 1)
        if self._kind(index + 1) != "word" or name.endswith("::"):
            return index + 1
        body = self._find(index + 2, "{;")
        if self._text(body) != "{" or name in _PHASES:
            return body
        is_lexical = self._text(index - 1) in {"my", "state"}
        self._open_sub(name, index + 1, body, is_lexical=is_lexical)
        return body + 1

    def _read_glob(self, index: int, text: str) -> int:
        """``*name = sub { … }``."""
        following = [self._text(index + ahead) for ahead in (1, 2, 3)]
        if following != ["=", "sub", "{"] or not _MODULE.fullmatch(text[1:]):
            return index + 1
        self._open_sub(text[1:], index, index + 3)
        return index + 4

    def _open_sub(self, name: str, index: int, body: int, *, is_lexical: bool = False) -> None:
        around, _, short = name.rpartition("::")
        parent = self._scopes[-1].package
        if around:
            parent = self._packages.get(around, -1)
        line = self._line(index)
        found = self._add(
            short,
            "sub",
            line,
            parent=parent,
            qualname=name if around else "",
            signature=self._source.fold(self._tokens[index].start, self._tokens[body].start),
            doc=self._describe(short, line),
            visibility=Visibility.PRIVATE if is_lexical or short.startswith("_") else Visibility.PUBLIC,
            local=is_lexical and self._is_in_sub(),
        )
        self._scopes.append(_Scope(package=self._scopes[-1].package, owner=found, is_sub=True))

    def _add(self, name: str, kind: str, line: int, *, parent: int, qualname: str = "", **more: Any) -> int:
        around = self.symbols[parent].name + "::" if parent >= 0 else ""
        self.symbols.append(
            Symbol(
                name=name,
                qualname=qualname or around + name,
                kind=kind,
                line=line,
                end_line=line,
                parent=parent,
                **more,
            )
        )
        return len(self.symbols) - 1

    def _find(self, index: int, signs: str) -> int:
        """The next of some signs outside of brackets; where to go on when there is none near."""
        depth = 0
        for at in range(index, min(index + self._budget, len(self._tokens))):
            self._budget -= 1
            if self._kind(at) != "sign":
                continue
            text = self._text(at)
            if depth == 0 and text in signs:
                return at
            depth += (text in "([{") - (text in ")]}")
            if depth < 0:
                return at
        return index

    def _read_require(self, index: int, *, form: str, line: int) -> None:
        """What stands behind ``index``, when that names a module or a file."""
        text = self._text(index + 1)
        if form != "do" and self._kind(index + 1) == "word" and _MODULE.fullmatch(text):
            module = text
        elif self._kind(index + 1) == "quote" and text[0] in "'\"" and not _INTERPOLATED.search(text):
            module = text[1:-1]
        else:
            return
        is_deferred = form != "use if" and self._is_in_sub()
        self.imports.append(Import(module=module, line=line, form=form, deferred=is_deferred))

    def _read_use(self, index: int) -> None:
        module, line = self._text(index + 1), self._line(index)
        if self._kind(index + 1) != "word" or not _MODULE.fullmatch(module) or _VERSION.fullmatch(module):
            return
        end = self._find(index + 2, ";")
        names = list(self._names_between(index + 2, end))
        if module in _PARENTS:
            bases = (name for name, _ in names if not name.startswith("-"))
            self.imports += [Import(module=name, line=line, form=f"use {module}") for name in bases]
            return
        if module == "if":
            comma = self._find(index + 2, ",")
            self._read_require(comma, form="use if", line=line)
            return
        if module == "constant":
            self._read_constants(index + 2, end)
        elif module == "vars":
            for name, at in names:
                self._add_variable(name, at)
        is_list = all(self._kind(at) != "word" for at in range(index + 2, end))
        taken = tuple(ImportedName(name=name) for name, _ in names) if is_list and module != "lib" else ()
        self.imports.append(Import(module=module, names=taken, line=line, form="use"))

    def _names_between(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """Names in quotes and lists of words, outside of inner brackets, and the tokens they stand in."""
        for at in range(start, end):
            text = self._text(at)
            if self._kind(at) == "words":
                listed = text[2:].lstrip()[1:-1].split()
            elif self._kind(at) == "quote" and text[0] in "'\"":
                listed = [text[1:-1]]
            else:
                continue
            yield from ((name, at) for name in listed if _PLAIN.fullmatch(name))

    def _read_constants(self, start: int, end: int) -> None:
        """``use constant A => 1`` and ``use constant { A => 1, B => 2 }``."""
        depth = is_key = int(self._text(start) == "{")
        for at in range(start + depth, end if depth else start + 1):
            text = self._text(at)
            if self._kind(at) == "sign":
                depth += (text in "([{") - (text in ")]}")
                is_key = depth == 1 and text == ","
                continue
            name = text.strip("'\"")
            if (is_key or not depth) and _MODULE.fullmatch(name):
                line = self._line(at)
                self._add(name, "constant", line, parent=self._scopes[-1].package, signature=name)
            is_key = False

    def _read_variables(self, index: int) -> None:
        """``our $A``, ``our ($A, @B)``."""
        at = index + 1 + (self._kind(index + 1) == "word")
        end = self._find(at + 1, ")") if self._text(at) == "(" else at + 1
        for place in range(at, end):
            if self._kind(place) == "variable":
                self._add_variable(self._text(place), place)

    def _add_variable(self, name: str, at: int) -> None:
        package = self._scopes[-1].package
        around = self.symbols[package].name + "::" if package >= 0 else ""
        qualname = name[0] + around + name[1:]
        if not _MODULE.fullmatch(name[1:]) or qualname in self._variables:
            return
        self._variables.add(qualname)
        is_private = name[1:].startswith("_")
        self._add(
            name,
            "variable",
            self._line(at),
            parent=package,
            qualname=qualname,
            signature=name,
            visibility=Visibility.PRIVATE if is_private else Visibility.PUBLIC,
        )

    def _read_attributes(self, index: int) -> None:
        """``has name => …`` and ``has [qw(a b)] => …`` of Moose, Moo and Mojo."""
        at = index + 1 + (self._text(index + 1) == "(")
        if self._text(at) == "[":
            names = list(self._names_between(at + 1, self._find(at + 1, "]")))
        elif self._kind(at) == "word" and self._text(at + 1) == "=>":
            names = [(self._text(at), at)]
        else:
            names = list(self._names_between(at, at + 1))
        for name, place in names:
            own, line = name.removeprefix("+"), self._line(place)
            if _MODULE.fullmatch(own):
                self._add(
                    own,
                    "attribute",
                    line,
                    parent=self._scopes[-1].package,
                    signature=f"has {name}",
                    doc=self._describe(own, line),
                    visibility=Visibility.PRIVATE if own.startswith("_") else Visibility.PUBLIC,
                )
