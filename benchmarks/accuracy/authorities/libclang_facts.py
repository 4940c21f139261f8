"""What libclang sees in files of C, C++ and CUDA: run with the options of a compiler, paths on standard input.

Sources are compiled each by itself without the bodies of functions. A header counts as the first file that includes it
without an error sees it; those that nothing includes are compiled by themselves. One line of JSON a file, as
:func:`benchmarks.accuracy.engine.tools.read_lines` wants it, with two lists more:

``blind``
    first and last lines of what the preprocessor leaves out: the compiler knows nothing of it;
``made``
    declarations whose name a macro writes: kind, first and last line, name.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clang import cindex
from clang.cindex import CursorKind as K
from clang_places import Place, file_name, is_inline, left_out, place, template_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Fact = tuple[str, str, str, int]

HEADERS = (".h", ".hpp", ".hh", ".cuh")
OPTIONS = 0x01 | 0x40 | 0x200
"""With a record of the preprocessor, without bodies of functions, and going on behind errors."""
BATCH = int(os.environ.get("BATCH", "1"))
"""Headers that are compiled together."""
UMBRELLAS = tuple(os.environ.get("UMBRELLAS", "").split())
"""Headers that are compiled first, for they include many others."""

RECORDS = {
    K.STRUCT_DECL: "struct",
    K.UNION_DECL: "union",
    K.CLASS_DECL: "class",
    K.CLASS_TEMPLATE: "class",
    K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION: "class",
}
FUNCTIONS = {
    K.FUNCTION_DECL: "function",
    K.CXX_METHOD: "method",
    K.CONSTRUCTOR: "constructor",
    K.DESTRUCTOR: "destructor",
    K.CONVERSION_FUNCTION: "operator",
    K.FUNCTION_TEMPLATE: "",
}
PREPROCESSOR = {K.MACRO_DEFINITION, K.INCLUSION_DIRECTIVE}
NAMED = {K.ENUM_CONSTANT_DECL: "enumerator", K.CONCEPT_DECL: "concept"}
VARIABLES = {K.FIELD_DECL, K.VAR_DECL}
TYPES = {K.TYPEDEF_DECL, K.TYPE_ALIAS_DECL, K.TYPE_ALIAS_TEMPLATE_DECL}
DECLARATORS = {
    **dict.fromkeys(RECORDS, frozenset({K.FIELD_DECL, K.VAR_DECL, K.TYPEDEF_DECL})),
    K.ENUM_DECL: {K.TYPEDEF_DECL},
}
"""Kinds of what lends its name to a type without one: to be reached by, or to be called."""
DIRECT = {cindex.TypeKind.RECORD, cindex.TypeKind.ENUM, cindex.TypeKind.ELABORATED}
CONVERSION = re.compile(rb"operator\s+(?!(?:new|delete|co_await)\b)[\w:]")
INSTANTIATION = re.compile(rb"(?:extern\s+)?template\s*(?!\s*<)")
KEYWORD = re.compile(rb"(?:struct|union|class|enum)\b")
OPENED = re.compile(rb"namespace\b|inline\b|[A-Z_]{3}")
DIRECTIVE = re.compile(rb"^[ \t]*#[ \t]*(\w+)[^\n]*", re.MULTILINE)
GUARD = r"#[ \t]*(?:ifndef[ \t]+{0}\b|if[ \t]+!\s*defined\s*\(?\s*{0}\b)"
INCLUDED = re.compile(rb"#\s*\w+\s*([<\"]?)([^\n>\"]*)")


@dataclass(slots=True)
class File:
    """What is known of one file so far."""

    path: str
    text: bytes
    facts: list[Fact] = field(default_factory=list)
    made: list[tuple[str, int, int, str]] = field(default_factory=list)
    blind: list[tuple[int, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def line(self) -> dict[str, Any]:
        facts = sorted(set(self.facts) - {("definition", name, "macro", line) for name, line in self.guard()})
        found = {"path": self.path, "facts": facts, "made": sorted(set(self.made)), "blind": self.blind}
        return found | ({"error": f"{len(self.errors)} errors: {self.errors[0]}"} if self.errors else {})

    def guard(self) -> Iterator[tuple[str, int]]:
        """The macro that keeps the file from being read twice."""
        found = (match for match in DIRECTIVE.finditer(self.text) if match[1] != b"pragma")
        first, second = next(found, None), next(found, None)
        macros = [(name, line) for _, name, kind, line in self.facts if kind == "macro"]
        if first and second and macros:
            name, line = min(macros, key=lambda item: item[1])
            if self.text.count(b"\n", 0, second.start()) + 1 == line and re.match(
                GUARD.format(re.escape(name)), first[0].decode("utf-8", "replace").lstrip()
            ):
                yield name, line


class Unit:
    """One compilation: collects the facts of the files that are wanted."""

    def __init__(self, unit: Any, wanted: dict[str, str]) -> None:
        self._unit = unit
        self._wanted = wanted
        self._files: dict[int, File | None] = {}
        self._bound: dict[int, str] = {}
        self._space: dict[str, str] = {}
        """The namespace around a type."""

    def read(self) -> list[File]:
        children = list(self._unit.cursor.get_children())
        self._bind_nameless(children)
        todo = [(cursor, "", "") for cursor in reversed(children)]
        while todo:
            cursor, scope, around = todo.pop()
            todo += reversed(list(self._visit(cursor, scope, around)))
        files = [found for found in self._files.values() if found]
        for handle, found in self._files.items():
            if found:
                found.blind = list(left_out(self._unit, handle))
        for remark in self._unit.diagnostics:
            if remark.severity >= cindex.Diagnostic.Error and remark.location.file:
                handle = place(remark.location).file
                if found := self._file(handle):
                    found.errors.append(f"{remark.location.line}: {remark.spelling}")
        return files

    def _file(self, handle: int) -> File | None:
        if handle not in self._files:
            name = file_name(handle) if handle else None
            path = self._wanted.get(os.path.realpath(name)) if name else None
            self._files[handle] = File(path, Path(path).read_bytes()) if path else None
        return self._files[handle]

    def _visit(self, cursor: Any, scope: str, around: str) -> Iterator[tuple[Any, str, str]]:
        """Note a cursor; yields what is in it with its scope and the kind of what is around it."""
        if cursor.kind == K.MACRO_INSTANTIATION:
            return
        at = place(cursor.location)
        found = self._file(at.file)
        if found is None:
            return
        kind = cursor.kind
        if kind in PREPROCESSOR:
            _directive(found, cursor, at)
        elif kind in SCOPES:
            yield from SCOPES[kind](self, found, cursor, at, scope, around)
        elif kind in FUNCTIONS:
            self._function(found, cursor, at, scope)
        elif kind in TYPES:
            self._alias(found, cursor, at, scope)
        elif kind in NAMED:
            self._note(found, cursor, at, _joined(scope, cursor.spelling), NAMED[kind])
        elif kind in VARIABLES and cursor.spelling:
            is_member = kind == K.FIELD_DECL or cursor.semantic_parent.kind in RECORDS
            name = _joined(self._qualified(cursor, scope), cursor.spelling)
            self._note(found, cursor, at, name, "field" if is_member else "variable")

    def _note(self, found: File, cursor: Any, at: Place, name: str, kind: str) -> None:
        last = name if kind == "operator" else name.rpartition("::")[2]
        if at.is_made or not _is_written(found.text, at.offset, last):
            extent = cursor.extent
            found.made.append((kind, place(extent.start).line, place(extent.end).line, last))
        else:
            found.facts.append(("definition", name, kind, at.line))

    def _function(self, found: File, cursor: Any, at: Place, scope: str) -> None:
        kind, name = FUNCTIONS[cursor.kind], cursor.spelling
        if not kind:
            kind = FUNCTIONS.get(K.from_id(template_kind(cursor)), "function")
        if re.match(r"operator\b", name):
            kind = "operator"
        if kind == "operator":
            if CONVERSION.match(found.text, at.offset):
                name = found.text[at.offset :][:500].decode("utf-8", "replace").partition("(")[0]
            name = "".join(name.split())
        elif kind in {"constructor", "destructor"} or "<" in name:
            name = _plain(name)
        if name.startswith("<"):  # a deduction guide
            name, kind = name.removeprefix("<deduction guide for ").removesuffix(">"), "function"
        start = found.text[place(cursor.extent.start).offset :][:40]
        if not at.is_made and INSTANTIATION.match(start):
            return
        self._note(found, cursor, at, _joined(self._qualified(cursor, scope), name), kind)

    def _qualified(self, cursor: Any, scope: str) -> str:
        """The scope with what is written in front of a name that is defined outside of its class."""
        parent, lexical = cursor.semantic_parent, cursor.lexical_parent
        around = lexical.canonical if lexical is not None else None  # a namespace is opened many times
        names: list[str] = []
        while parent is not None and parent.canonical != around and parent.kind != K.TRANSLATION_UNIT:
            if parent.spelling and not (parent.kind == K.NAMESPACE and is_inline(parent)):
                names.insert(0, _plain(parent.spelling))
            parent = parent.semantic_parent
        if parent is not None and (parent.canonical == around or lexical.kind == K.LINKAGE_SPEC):
            return "::".join([*filter(None, [scope]), *names])
        return scope  # of a friend, or in C of a type within another one

    def _record(
        self, found: File, cursor: Any, at: Place, scope: str, _around: str
    ) -> Iterator[tuple[Any, str, str]]:
        if not cursor.is_definition():
            return
        start = place(cursor.extent.start)
        if start.file == at.file and INSTANTIATION.match(found.text[start.offset :][:40]):
            return
        is_enum = cursor.kind == K.ENUM_DECL
        kind = "enum" if is_enum else RECORDS[cursor.kind]
        if cursor.kind in (K.CLASS_TEMPLATE, K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION):
            kind = RECORDS.get(K.from_id(template_kind(cursor)), "class")
        scope = self._qualified(cursor, scope)
        name = "" if self._is_nameless(cursor) else _plain(cursor.spelling)
        bound = self._bound.pop(cursor.hash, None)
        if name and bound is None:
            self._note(found, cursor, at, _joined(scope, name), kind)
        elif bound:
            name = bound
        inner = _joined(scope, name) if name else scope
        self._space[inner] = self._space.get(scope, scope)
        children = list(cursor.get_children())
        self._bind_nameless(children)
        yield from ((child, inner, "enum" if is_enum else "record") for child in children)

    def _is_nameless(self, cursor: Any) -> bool:
        """Whether a type has no name of its own: libclang calls it as its ``typedef`` does."""
        if not cursor.spelling or "(" in cursor.spelling or cursor.is_anonymous():
            return True
        at = place(cursor.location)
        found = self._file(at.file)
        return not at.is_made and found is not None and KEYWORD.match(found.text, at.offset) is not None

    def _bind_nameless(self, siblings: Sequence[Any]) -> None:
        """Types without a name lend that of what is declared with them."""
        for before, after in pairwise(siblings):
            kinds = DECLARATORS.get(before.kind, ())
            if after.kind in kinds and self._is_nameless(before) and _is_within(before, after):
                self._bound[before.hash] = after.spelling

    def _namespace(
        self, found: File, cursor: Any, at: Place, scope: str, _around: str
    ) -> Iterator[tuple[Any, str, str]]:
        name = cursor.spelling if not cursor.is_anonymous() else ""
        before = len(found.made)
        if name:
            self._note(found, cursor, at, _joined(scope, name), "namespace")
        if name and scope and not OPENED.match(found.text, place(cursor.extent.start).offset):
            outer = ("definition", scope, "namespace", at.line)  # ``namespace a::b`` is one
            found.facts = [fact for fact in found.facts if fact != outer]
        inner = _joined(scope, name) if name and len(found.made) == before else scope
        children = list(cursor.get_children())
        self._bind_nameless(children)
        yield from ((child, inner, "namespace") for child in children)

    def _unexposed(
        self, found: File, cursor: Any, at: Place, scope: str, around: str
    ) -> Iterator[tuple[Any, str, str]]:
        children = list(cursor.get_children())
        self._bind_nameless(children)
        yield from ((child, scope, around) for child in children)
        if (
            cursor.kind == K.UNEXPOSED_DECL
            and cursor.spelling
            and not any(c.spelling == cursor.spelling for c in children)
        ):
            word = "field" if around == "record" else "variable"  # a template of a variable
            self._note(
                found, cursor, at, _joined(self._qualified(cursor, scope), _plain(cursor.spelling)), word
            )

    def _friend(
        self, found: File, cursor: Any, _at: Place, scope: str, _around: str
    ) -> Iterator[tuple[Any, str, str]]:
        for child in cursor.get_children():
            end = place(cursor.extent.end).offset
            is_defined = found.text[end - 1 : end] == b"}" or re.match(
                rb"[\s\w]*\{", found.text[end : end + 200]
            )
            if child.kind in FUNCTIONS and is_defined:
                yield child, self._space.get(scope, scope), ""

    def _alias(self, found: File, cursor: Any, at: Place, scope: str) -> None:
        """A ``typedef`` of a type that is defined within and has no other name is the name of that type."""
        name = cursor.spelling
        under = cursor.underlying_typedef_type if cursor.kind == K.TYPEDEF_DECL else None
        inner = under.get_declaration() if under is not None else None
        if inner is not None and inner.is_definition() and _is_within(inner, cursor):
            is_direct = under.kind in DIRECT
            tag = place(inner.location).offset
            if is_direct and inner.spelling == name and found.text.startswith(name.encode(), tag):
                return
            if is_direct and self._is_nameless(inner) and KEYWORD.match(found.text, tag):
                kind = "enum" if inner.kind == K.ENUM_DECL else RECORDS[inner.kind]
                self._note(found, cursor, at, _joined(scope, name), kind)
                return
        self._note(found, cursor, at, _joined(scope, name), "type")


SCOPES = {
    **dict.fromkeys((*RECORDS, K.ENUM_DECL), Unit._record),  # noqa: SLF001
    **dict.fromkeys((K.LINKAGE_SPEC, K.UNEXPOSED_DECL), Unit._unexposed),  # noqa: SLF001
    K.NAMESPACE: Unit._namespace,  # noqa: SLF001
    K.FRIEND_DECL: Unit._friend,  # noqa: SLF001
}
"""What else is in."""


def _directive(found: File, cursor: Any, at: Place) -> None:
    if cursor.kind == K.MACRO_DEFINITION:
        found.facts.append(("definition", cursor.spelling, "macro", at.line))
    elif match := INCLUDED.match(found.text, found.text.rfind(b"#", 0, at.offset + 1)):
        form = {b"<": "include <…>", b'"': 'include "…"'}.get(match[1], "include")
        found.facts.append(("import", match[2].decode().strip(), form, at.line))


def _joined(scope: str, name: str) -> str:
    return f"{scope}::{name}" if scope else name


def _plain(name: str) -> str:
    """A name without the arguments of a template."""
    return "".join(name.partition("<")[0].split())


def _is_within(inner: Any, outer: Any) -> bool:
    start, end = place(outer.extent.start), place(outer.extent.end)
    within = place(inner.extent.start)
    return within.file == start.file and start.offset <= within.offset <= end.offset


WRITTEN = re.compile(rb"(?:struct|union|class|enum|namespace|inline\s+namespace|typedef)\b|[A-Za-z_~]\w*")


def _is_written(text: bytes, offset: int, name: str) -> bool:
    """Whether a name is where it is said to be; that of an operator or of a nested namespace may begin elsewhere."""
    match = WRITTEN.match(text, offset)
    word = match[0].decode() if match else ""
    return (
        word == name
        or word.split(" ")[0] in {"struct", "union", "class", "enum", "namespace", "inline"}
        or (word == "operator" and word in name)
        or (word.startswith("~") and name.startswith("~"))
    )


class Program:
    """All files of a comparison, with the options of the compiler."""

    def __init__(self, paths: Sequence[str], arguments: Sequence[str]) -> None:
        self._paths = paths
        self._arguments = [*arguments, "-ferror-limit=0", "-w"]
        self._real = {os.path.realpath(path): path for path in paths}
        self._best: dict[str, File] = {}
        self._index = cindex.Index.create()

    def run(self) -> None:
        for path in self._paths:
            if not path.endswith(HEADERS):
                self._compile([path])
        for path in UMBRELLAS:
            self._compile([each for each in self._paths if each.endswith(path)][:1])
        headers = [path for path in self._paths if path.endswith(HEADERS)]
        while left := [path for path in headers if path not in self._best][:BATCH]:
            self._compile(left)
        for path in headers if BATCH > 1 else ():
            if self._best[path].errors:
                self._compile([path])
        for path in self._paths:
            print(json.dumps(self._best[path].line()), flush=True)

    def _compile(self, paths: Sequence[str]) -> None:
        wanted = {
            real: path
            for real, path in self._real.items()
            if path not in self._best or self._best[path].errors
        }
        name, unsaved = paths[0], []
        if paths[0].endswith(HEADERS):
            name = "/stub.c"
            unsaved = [(name, "".join(f'#include "{path}"\n' for path in paths))]
        try:
            unit = self._index.parse(name, args=self._arguments, unsaved_files=unsaved, options=OPTIONS)
        except cindex.TranslationUnitLoadError as error:
            for path in paths:
                self._best.setdefault(path, File(path, b"", errors=[f"0: {error}"]))
            return
        for found in Unit(unit, wanted).read():
            known = self._best.get(found.path)
            if known is None or len(found.errors) < len(known.errors):
                self._best[found.path] = found
        for path in paths:
            self._best.setdefault(path, File(path, b"", errors=["0: nothing of it is compiled"]))


if __name__ == "__main__":
    Program(sys.stdin.read().splitlines(), sys.argv[1:]).run()
