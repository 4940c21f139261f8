"""Fortran against fparser, the parser of LFRic's tools (``pip install fparser``), which knows Fortran 2008.

Names are compared in lower case, as Fortran reads them. The line of a name is the first of its statement that has it.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections import Counter
from importlib import metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_UNITS = {
    "Module": "module",
    "Submodule": "submodule",
    "Main_Program": "program",
    "Block_Data": "block data",
    "Subroutine_Subprogram": "subroutine",
    "Function_Subprogram": "function",
    "Subroutine_Body": "subroutine",
    "Function_Body": "function",
    "Interface_Block": "interface",
    "Derived_Type_Def": "type",
}
_CALLABLES = frozenset({"subroutine", "function"})
_DECLARATIONS = {
    "Type_Declaration_Stmt": ("Entity_Decl", "variable"),
    "Procedure_Declaration_Stmt": ("Proc_Decl", "variable"),
    "Data_Component_Def_Stmt": ("Component_Decl", "component"),
    "Proc_Component_Def_Stmt": ("Proc_Decl", "component"),
    "Enumerator_Def_Stmt": ("Enumerator", "enumerator"),
}
_SPACE = re.compile(r"\s+")


def _tool() -> str:
    try:
        return f"fparser {metadata.version('fparser')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("fparser is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    _tool()
    logging.disable(logging.CRITICAL)
    parser = importlib.import_module("fparser.two.parser").ParserFactory().create(std="f2008")
    reader = importlib.import_module("fparser.common.readfortran").FortranFileReader
    errors = importlib.import_module("fparser.two.utils").FparserException
    for path in files:
        lines = path.read_text("utf-8", errors="replace").split("\n")
        try:
            tree = parser(reader(str(path), ignore_comments=True, include_dirs=[]))
        except errors as error:
            yield Reading(path=path, error=str(error).partition("\n")[0])
            continue
        except Exception as error:  # noqa: BLE001 -- it fails in many ways on what it does not know
            yield Reading(path=path, error=f"{type(error).__name__}: {error}")
            continue
        yield Reading(path=path, facts=Counter(_Walk(lines).read(tree)))


class _Walk:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def read(self, tree: Any) -> Iterator[Fact]:
        yield from self._inside(tree, "", "")

    def _inside(self, node: Any, scope: str, kind: str) -> Iterator[Fact]:
        for child in getattr(node, "content", None) or ():
            name = type(child).__name__
            if name in _UNITS:
                yield from self._unit(child, scope, _UNITS[name])
            elif name in {"Execution_Part", "Execution_Part_C201"}:
                yield from (fact for fact in self._inside(child, scope, "code"))
            else:
                yield from self._statement(child, name, scope, kind)
                yield from self._inside(child, scope, kind)

    def _unit(self, node: Any, scope: str, kind: str) -> Iterator[Fact]:
        statement = node.content[0]
        name = _unit_name(statement, kind)
        inner = scope
        if name:
            inner = f"{scope}.{name}" if scope else name
            yield Fact("definition", inner, kind, self._line(statement, name))
        yield from self._inside(node, inner, kind)

    def _statement(self, node: Any, name: str, scope: str, kind: str) -> Iterator[Fact]:
        if name in _DECLARATIONS:
            if kind not in _CALLABLES | {"code", "interface"}:
                yield from self._declaration(node, name, scope)
        elif name == "Specific_Binding":
            yield self._fact(node, str(node.items[3]), scope, "method")
        elif name == "Generic_Binding":
            yield self._fact(node, str(node.items[1]), scope, "generic")
        elif name == "Entry_Stmt":
            yield self._fact(node, str(node.items[0]), scope.rpartition(".")[0], "entry")
        elif name == "Include_Stmt":
            yield Fact("import", str(node.items[0]), "include", node.item.span[0])
        elif name == "Use_Stmt":
            yield Fact("import", _use(node), "use", node.item.span[0])

    def _declaration(self, node: Any, name: str, scope: str) -> Iterator[Fact]:
        form, word = _DECLARATIONS[name]
        if word == "variable" and re.search(r"\bPARAMETER\b", str(node).partition("::")[0]):
            word = "constant"
        for declared in _walk(node, form):
            yield self._fact(node, str(declared.items[0]), scope, word)
        if word == "enumerator":
            # One without a value is a mere name.
            for plain in node.items[1].children:
                if type(plain).__name__ == "Name":
                    yield self._fact(node, str(plain), scope, word)

    def _fact(self, node: Any, name: str, scope: str, kind: str) -> Fact:
        name = _SPACE.sub("", name).lower()
        return Fact("definition", f"{scope}.{name}" if scope else name, kind, self._line(node, name))

    def _line(self, node: Any, name: str) -> int:
        first, last = node.item.span
        word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        for line in range(first, last + 1):
            if word.search(self._lines[line - 1]):
                return line
        return int(first)


def _unit_name(statement: Any, kind: str) -> str:
    if kind == "interface":
        text = str(statement).removeprefix("INTERFACE").strip()
        return "" if text.startswith("ABSTRACT") else _SPACE.sub("", text).lower()
    if kind == "type":
        return str(statement.items[1]).lower()
    if not hasattr(statement, "get_name"):
        names = _walk(statement, "Name")
        place = -1 if kind == "submodule" else 0
        return str(names[place]).lower() if names else ""
    return str(statement.get_name()).lower()


def _walk(node: Any, form: str) -> list[Any]:
    found: list[Any] = []
    todo = [node]
    while todo:
        each = todo.pop()
        if type(each).__name__ == form:
            found.append(each)
            continue
        todo += reversed([child for child in getattr(each, "children", ()) or () if child is not None])
    return found


def _use(node: Any) -> str:
    """``module: a, c as b``."""
    names: list[str] = []
    listed = node.items[4]
    for each in getattr(listed, "children", ()) or ([listed] if listed else ()):
        text = _SPACE.sub("", str(each)).lower()
        local, arrow, original = text.partition("=>")
        names.append(f"{original} as {local}" if arrow else text)
    if names and "ONLY" not in str(node.items[3]):
        names.append("*")
    return f"{str(node.items[2]).lower()}: {', '.join(names)}"


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind != "macro":
            yield Fact("definition", symbol.qualname.lower(), symbol.kind, symbol.line)
    for item in found.imports:
        if item.form == "use":
            names = [name.name + (f" as {name.alias}" if name.alias else "") for name in item.names]
            yield Fact("import", f"{item.module}: {', '.join(names)}".lower(), "use", item.line)
        elif item.form == "include":
            yield Fact("import", item.module, "include", item.line)


ROWS = (
    Row(
        language="fortran",
        suffixes=(".f90", ".F90", ".f"),
        tool=_tool,
        corpora=(
            GitHub(package="fortran-lang/fpm", version="80b06defc4cad13dc26505d6aa12c07575446214"),
            GitHub(package="toml-f/toml-f", version="f9ff54793b2d1a3edca7d6890548d18d48c98e36"),
            GitHub(
                package="Reference-LAPACK/lapack",
                version="51b349470b3b26c948d068deb45c9b120a47ed32",
                include=("BLAS/*", "SRC/d*", "INSTALL/*"),
            ),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
