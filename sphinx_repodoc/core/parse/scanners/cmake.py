"""CMake: targets, functions, options and variables, and what a list file takes in.

A file is a sequence of commands with arguments. What a variable stands for is known
only for the name of the project, and for variables that the file names once, where it
sets them to one value: other computed names are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_TOKEN = re.compile(
    rb"(?P<comment>#(?!\[=*\[)[^\n]*)|(?P<bracket>#?\[(?P<width>=*)\[)|(?P<quoted>\"(?:[^\"\\]|\\[\s\S])*+\"?)"
    rb"|(?P<sign>[()])|(?P<line>\n)|(?P<word>(?:[^\s()#\"\\]|\\[\s\S]|(?<=[^\s()#\"])\"(?:[^\"\\\n]|\\[^\n])*+\")+)"
)
_TARGET = re.compile(r"(?:\w+_)?add_(executable|library|module|test|custom_target)|externalproject_add")
_KINDS = {"custom_target": "target", "module": "library"}
_BLOCKS = frozenset({"function", "macro"})
_OPTIONS = frozenset({"option", "cmake_dependent_option"})
_CONDITIONS = frozenset({"elseif", "if", "while"})
_IMPORTS = frozenset({"add_subdirectory", "fetchcontent_declare", "find_package", "include"})
_REFERENCE = re.compile(r"\$\{([\w.+-]+)\}")
_BRACKETS = re.compile(r"^\[=*\[(?:\.rst:)?\s*|\s*\]=*\]$")
_CODE = re.compile(r"\w+\s*\(")
"""A comment in which a command is put away."""
_LONGEST_SIGNATURE = 100
_COMPUTED = re.compile(r"[$<@;\s]")
_ESCAPE = re.compile(r"\\\n|\\([^\w;])")
_COMMAND = re.compile(rb"[A-Za-z_]\w*\Z")
_LEFT = ord("(")
_NAME = re.compile(r"[A-Za-z_][\w.+-]*")


class _Argument(NamedTuple):
    text: str
    start: int


class _Command(NamedTuple):
    name: str
    """In lower case."""
    start: int
    end: int
    arguments: tuple[_Argument, ...]


def scan_cmake(text: bytes) -> Facts:
    """Targets by what they are, ``function``, ``macro``, ``option``, ``variable``, ``project``."""
    return _File(text).facts()


class _File:
    """One pass over the commands."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._comments: list[Span] = []
        self._faults: list[int] = []
        self._commands = list(self._iter_commands())
        self._remarks = Remarks(text, self._comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._open: list[tuple[str, int, int]] = []
        """Functions and macros around: word, index of the symbol, where it begins."""
        self._values: dict[str, str] = {}
        self._named = Counter(
            argument.text
            for each in self._commands
            if each.name not in _CONDITIONS
            for argument in each.arguments
        )
        """How often a word is an argument: any command may set the variable that it is given."""

    def facts(self) -> Facts:
        for command in self._commands:
            self._read(command)
        self._faults += [start for _, _, start in self._open]
        return self._remarks.facts(
            self._listing.symbols,
            imports=self._imports,
            problems=syntax_problems(sorted(self._faults), self._source),
            omitted=self._listing.omitted,
        )

    def _iter_commands(self) -> Iterator[_Command]:
        word: re.Match[bytes] | None = None
        """What may be the name of a command, then the one whose arguments are read."""
        arguments: list[_Argument] = []
        depth = 0
        for kind, start, end in self._iter_tokens():
            if kind == "sign":
                depth += 1 if self._text[start] == _LEFT else -1
                if depth == 0 and word is not None:
                    name = word[0].decode("utf-8", "replace").lower()
                    yield _Command(name, word.start(), end, tuple(arguments))
                if depth <= 0 or word is None:
                    word, arguments, depth = None, [], max(depth, 0)
            elif depth:
                arguments.append(_Argument(_plain(self._text[start:end], kind), start))
            else:
                word = _COMMAND.match(self._text, start, end) if kind == "word" else None
        if depth and word is not None:
            self._faults.append(word.start())

    def _iter_tokens(self) -> Iterator[tuple[str, int, int]]:
        """(kind, start, end) of signs and arguments; comments are put aside."""
        at = 0
        while token := _TOKEN.search(self._text, at):
            kind, start, at = str(token.lastgroup), token.start(), token.end()
            if kind == "bracket":
                closing = self._text.find(b"]" + token["width"] + b"]", at)
                at = closing + len(token["width"]) + 2 if closing >= 0 else len(self._text)
                if closing < 0:
                    self._faults.append(start)
                kind = "comment" if token["bracket"].startswith(b"#") else "bracket"
            if kind == "comment":
                self._comments.append((start, at))
            elif kind != "line":
                yield kind, start, at

    def _read(self, command: _Command) -> None:
        name, arguments = command.name, command.arguments
        if name in _BLOCKS and arguments:
            signature = f"{arguments[0].text}({', '.join(each.text for each in arguments[1:])})"
            self._open.append(
                (name, self._add(arguments[0], name, command, signature=signature), command.start)
            )
        elif (
            name.removeprefix("end") in _BLOCKS
            and self._open
            and self._open[-1][0] == name.removeprefix("end")
        ):
            _, index, _ = self._open.pop()
            if index >= 0:
                self._listing.extend(index, self._source.line(command.end - 1))
        elif name in _IMPORTS and arguments:
            self._read_import(command)
        elif name == "pkg_check_modules":
            self._read_modules(command)
        elif arguments:
            self._read_definition(command)

    def _read_definition(self, command: _Command) -> None:
        name, arguments = command.name, command.arguments
        if name == "project":
            self._add(arguments[0], "project", command)
            self._values["PROJECT_NAME"] = self._values["CMAKE_PROJECT_NAME"] = arguments[0].text
        elif name in _OPTIONS:
            doc = arguments[1].text if len(arguments) > 1 else ""
            self._add(arguments[0], "option", command, doc=" ".join(doc.split()))
        elif name == "set":
            self._read_variable(command)
        elif target := _TARGET.fullmatch(name):
            kind = _KINDS.get(target[1] or "custom_target", target[1] or "target")
            named = arguments[1:] if kind == "test" and arguments[0].text.upper() == "NAME" else arguments
            if named:
                self._add(named[0], kind, command)

    def _read_variable(self, command: _Command) -> None:
        name, *values = command.arguments
        words = [each.text for each in values]
        if self._named[name.text] == 1 and len(words) == 1 and not self._open:
            self._values.setdefault(name.text, words[0])
        if self._open or not _NAME.fullmatch(name.text) or words[-1:] == ["PARENT_SCOPE"]:
            return
        doc = ""
        if "CACHE" in words[:-2]:
            doc = " ".join(words[words.index("CACHE") + 2].split())
        self._add(name, "variable", command, doc=doc)

    def _read_import(self, command: _Command) -> None:
        module = self._resolve(command.arguments[0].text)
        written = _REFERENCE.sub("", module).strip("/")
        if written and not _COMPUTED.search(written):
            line = self._source.line(command.start)
            self._imports.append(Import(module=module, line=line, form=command.name))

    def _read_modules(self, command: _Command) -> None:
        words = [each for each in command.arguments[1:] if not each.text.isupper()]
        for word in words:
            module = re.split(r"[<>=]", word.text)[0]
            if module and not _COMPUTED.search(module):
                line = self._source.line(word.start)
                self._imports.append(Import(module=module, line=line, form=command.name))

    def _resolve(self, text: str) -> str:
        return _REFERENCE.sub(lambda match: self._values.get(match[1], match[0]), text)

    def _add(
        self, argument: _Argument, kind: str, command: _Command, *, signature: str = "", doc: str = ""
    ) -> int:
        """Index of a symbol; -1 for one whose name is computed."""
        name = self._resolve(argument.text)
        if not name or _COMPUTED.search(name):
            return -1
        parent = next((index for _, index, _ in reversed(self._open) if index >= 0), -1)
        line = self._source.line(command.start)
        end = self._source.line(command.end - 1)
        doc = doc or _BRACKETS.sub("", self._remarks.doc_above(line))
        if _CODE.match(doc):
            doc = ""
        more = {} if signature else {"qualname": name}
        if not signature and command.end - command.start <= _LONGEST_SIGNATURE:
            signature = self._source.fold(command.start, command.end)
        return self._listing.add(
            name, kind, line, parent=parent, end_line=end, signature=signature, doc=doc, **more
        )


def _plain(argument: bytes, kind: str) -> str:
    """An argument without its quotes or brackets."""
    text = argument.decode("utf-8", "replace")
    if kind == "quoted":
        return _ESCAPE.sub(r"\1", text[1:].removesuffix('"'))
    if kind == "bracket":
        return text.strip("=[]").strip("\n")
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
