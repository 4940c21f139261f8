"""Swift against two parsers that come with it: that of its compiler and that of its language server.

What ``swift-frontend -dump-parse`` prints has all of a file, but the compiler stops on many files before the end of its
dump. ``sourcekit-lsp`` reads every file, and leaves out subscripts, imports and, between ``#if`` and ``#endif``, globals; all
three, and globals elsewhere, are no part of the comparison with it. ``SWIFT_FRONTEND`` and ``SOURCEKIT_LSP``
name them where they are not on the path.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.lsp import outlines
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, definitions
from benchmarks.accuracy.engine.tools import find, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_NODE = re.compile(r"( *)\((?:[a-z]+=)?([a-z_]+)(?: (.*))?")
_PLACE = re.compile(r"range=\[[^\n]*?:(\d+):(\d+) - line:")
_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
_KINDS = {
    "class_decl": "class",
    "struct_decl": "struct",
    "enum_decl": "enum",
    "extension_decl": "extension",
    "protocol": "protocol",
    "func_decl": "function",
    "constructor_decl": "init",
    "destructor_decl": "deinit",
    "subscript_decl": "subscript",
    "enum_element_decl": "case",
    "typealias": "typealias",
    "associated_type_decl": "associatedtype",
    "infix_operator_decl": "operator",
    "prefix_operator_decl": "operator",
    "postfix_operator_decl": "operator",
    "precedence_group_decl": "precedencegroup",
    "macro_decl": "macro",
    "var_decl": "variable",
}
_TYPES = frozenset({"class", "actor", "struct", "enum", "extension", "protocol"})
_CODE = frozenset({"brace_stmt", "top_level_code_decl", "closure_expr"})


def _command() -> list[str]:
    return shlex.split(os.environ.get("SWIFT_FRONTEND", "")) or [find("swift-frontend")]


def _tool() -> str:
    return output([*_command(), "--version"]).partition("(")[0].replace("version ", "").strip()


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    for path in files:
        command = [*_command(), "-dump-parse", "-suppress-warnings", str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, errors="replace")
        if done.returncode:
            yield Reading(
                path=path, error=done.stderr.strip().partition("\n")[0] or f"signal {-done.returncode}"
            )
        else:
            lines = path.read_text("utf-8", errors="replace").split("\n")
            yield Reading(path=path, facts=Counter(set(_Dump(lines).read(done.stdout))))


@dataclass(slots=True)
class _Open:
    """A node whose end has not come yet."""

    depth: int
    scope: str
    kind: str
    """Kind of the definition; ``code`` in what is run, ``twice`` in what the dump repeats."""


class _Dump:
    """Reads the dump of one file. The parts of ``#if`` are in it twice, so its facts are a set."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._stack = [_Open(-1, "", "file")]

    def read(self, dump: str) -> Iterator[Fact]:
        rows = dump.split("\n")
        for index, row in enumerate(rows):
            match = _NODE.match(row)
            if match is None:
                continue
            depth, node, rest = len(match[1]), match[2], match[3] or ""
            while self._stack[-1].depth >= depth:
                self._stack.pop()
            around = self._stack[-1]
            opened = _Open(depth, around.scope, around.kind)
            self._stack.append(opened)
            if node in _CODE:
                opened.kind = "code"
            if around.kind == "twice" or node == "enum_case_decl" or "(processed_init=" in row:
                opened.kind = "twice"
                continue
            if node == "pattern_binding_decl":
                opened.scope = self._bound(rows, index, depth, around)
            elif node == "import_decl":
                yield self._import(rest)
            elif node in _KINDS:
                yield from self._define(node, rest, around, opened)

    def _bound(self, rows: Sequence[str], index: int, depth: int, around: _Open) -> str:
        """The scope of what is in the value of a variable that is no local one."""
        if around.kind == "code":
            return around.scope
        pattern = rows[index + 1].strip() if index + 1 < len(rows) else ""
        names = re.findall(r'\(pattern_named "([^"]*)"', "\n".join(_within(rows, index + 1, depth)))
        if len(names) == 1 and pattern.startswith("(pattern_"):
            return f"{around.scope}.{names[0]}" if around.scope else names[0]
        return around.scope

    def _define(self, node: str, rest: str, around: _Open, opened: _Open) -> Iterator[Fact]:
        place, name = _PLACE.search(rest), _NAME.search(_PLACE.sub("", rest))
        kind = _KINDS[node]
        if place is None or name is None or (kind == "variable" and around.kind == "code"):
            return
        line, column = int(place[1]), int(place[2])
        text = (
            name[1].encode().decode("unicode_escape").encode("latin-1").decode("utf-8")
            if "\\" in name[1]
            else name[1]
        )
        base = text[: text.index("(", 1)] if "(" in text[1:] else text
        if kind == "class" and " actor" in rest:
            kind = "actor"
        elif kind == "function" and around.kind in _TYPES:
            kind = "method"
        elif kind == "variable":
            is_constant = re.search(r'" let\b| let\)', rest) is not None
            kind = "property" if around.kind in _TYPES else "constant" if is_constant else kind
        qualified = f"{around.scope}.{base}" if around.scope else base
        opened.scope, opened.kind = qualified, kind if kind in _TYPES else "code"
        yield Fact("definition", qualified, kind, self._line(base, line, column))

    def _line(self, name: str, line: int, column: int) -> int:
        """The line of the name, from where the declaration begins."""
        word = name.rpartition(".")[2]
        for number in range(line, min(line + 20, len(self._lines) + 1)):
            start = column - 1 if number == line else 0
            if word in self._lines[number - 1].encode()[start:].decode("utf-8", "replace"):
                return number
        return line

    def _import(self, rest: str) -> Fact:
        place, module, kind = (
            _PLACE.search(rest),
            re.search(r'module="([^"]*)"', rest),
            re.search(r"kind=(\w+)", rest),
        )
        form = f"import {kind[1]}" if kind else "import"
        return Fact("import", module[1] if module else "", form, int(place[1]) if place else 0)


def _within(rows: Sequence[str], start: int, depth: int) -> Iterator[str]:
    """The lines of the pattern of a binding, up to its value."""
    for row in rows[start:]:
        stripped = row.lstrip(" ")
        if len(row) - len(stripped) <= depth or not stripped.startswith("(pattern_"):
            return
        yield stripped


def facts_of(found: Facts) -> Iterator[Fact]:
    yield from definitions(found)
    for item in found.imports:
        form = item.form.replace("import let", "import var")  # all the same to the compiler
        yield Fact("import", ".".join([item.module, *(name.name for name in item.names)]), form, item.line)


_INITIALIZER, _TYPE_PARAMETER = 9, 26
_SERVER_KINDS = {
    3: "extension",
    5: "class",
    6: "method",
    7: "property",
    10: "enum",
    11: "protocol",
    12: "function",
    13: "variable",
    22: "case",
    23: "struct",
}
"""Kinds of symbols in the protocol of language servers."""


_LEFT_OUT = frozenset({"subscript", "constant", "variable"})


def _server() -> list[str]:
    return shlex.split(os.environ.get("SOURCEKIT_LSP", "")) or [find("sourcekit-lsp")]


def _server_tool() -> str:
    _server()
    return f"SourceKit-LSP of {_tool()}"


def read_with_server(files: Sequence[Path]) -> Iterator[Reading]:
    for path, outline in outlines(_server(), "swift", files):
        if isinstance(outline, str):
            yield Reading(path=path, error=outline)
        else:
            lines = path.read_text("utf-8", errors="replace").split("\n")
            yield Reading(path=path, facts=Counter(_outlined(outline, "", "", lines)))


def _outlined(
    symbols: Sequence[dict[str, Any]], scope: str, around: str, lines: Sequence[str]
) -> Iterator[Fact]:
    for symbol in symbols:
        start = symbol["selectionRange"]["start"]
        before = lines[start["line"]][: start["character"]].encode("utf-16-le").decode("utf-16-le")
        words = re.findall(r"\w+", before)
        name = symbol["name"]
        base = (name[: name.index("(", 1)] if "(" in name[1:] else name).replace("`", "")
        kind = _server_kind(symbol["kind"], base, words, around)
        inside = around
        qualified = f"{scope}.{base}" if scope else base
        if kind == "property" and name.startswith("("):
            for each in re.findall(r"\w+", name):
                yield Fact("definition", f"{scope}.{each}" if scope else each, kind, start["line"] + 1)
            qualified = scope
        elif kind in _LEFT_OUT:
            inside = kind
        elif kind:
            yield Fact("definition", qualified, kind, start["line"] + 1)
            inside = kind
        else:
            qualified = scope
        yield from _outlined(symbol.get("children") or (), qualified, inside, lines)


def _server_kind(number: int, name: str, words: Sequence[str], around: str) -> str:
    word = words[-1] if words else ""
    if number == _INITIALIZER:
        return name
    if number == _TYPE_PARAMETER or word in {"macro", "operator", "precedencegroup"}:
        return word if word in {"typealias", "associatedtype", "macro", "operator", "precedencegroup"} else ""
    if word == "func":
        return "method" if around in _TYPES else "function"
    kind = _SERVER_KINDS.get(number, "")
    if kind == "extension" and word != kind:
        return ""  # a heading in a comment
    if kind == "class":
        return "actor" if word == "actor" else kind
    return "constant" if kind == "variable" and "let" in words[-2:] else kind


def outline_of(found: Facts) -> Iterator[Fact]:
    """What the language server has, too."""
    return (each for each in facts_of(found) if each.type == "definition" and each.kind not in _LEFT_OUT)


_CORPORA = (
    GitHub(package="Alamofire/Alamofire", version="7595cbcf59809f9977c5f6378500de2ad73b7ddb"),
    GitHub(package="apple/swift-nio", version="63018571c88ab6807d5d80ea0f1ef7d9197c0489"),
    GitHub(package="vapor/vapor", version="13efaeefd52a965009fc6a69a96ba66e7f20402e"),
)
ROWS = (
    Row(
        language="swift",
        suffixes=(".swift",),
        tool=_tool,
        corpora=_CORPORA,
        authority=read_files,
        facts=facts_of,
    ),
    Row(
        language="swift",
        suffixes=(".swift",),
        tool=_server_tool,
        corpora=_CORPORA,
        authority=read_with_server,
        facts=outline_of,
        measures=("definition",),
    ),
)
