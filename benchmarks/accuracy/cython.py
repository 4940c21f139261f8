"""Cython against its own parser."""

from __future__ import annotations

import logging
import re
from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_DEFINES = re.compile(r"\s*(?:async|class|cdef|cpdef|ctypedef|def)\b")
_DROPPED = frozenset({"constant", "type", "variable"})
"""Names that Python assigns: they are no declarations."""


def _tool() -> str:
    try:
        return f"Cython {metadata.version('Cython')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("Cython is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    errors = import_module("Cython.Compiler.Errors")
    for path in files:
        try:
            yield Reading(path=path, facts=Counter(_read(path)))
        except (errors.CompileError, errors.InternalError, UnicodeDecodeError) as error:
            yield Reading(path=path, error=str(error).replace("\n", " ")[:80])


def _read(path: Path) -> Iterator[Fact]:
    main = import_module("Cython.Compiler.Main")
    scanning = import_module("Cython.Compiler.Scanning")
    parsing = import_module("Cython.Compiler.Parsing")
    errors = import_module("Cython.Compiler.Errors")
    logging.disable(logging.CRITICAL)
    errors.init_thread()
    errors.LEVEL = 10
    context = main.Context.from_options(main.CompilationOptions(main.default_options))
    source = scanning.FileSourceDescriptor(str(path))
    scope = context.find_module("module", pos=(source, 1, 0), need_pxd=False)
    with errors.local_errors(ignore=True) as found, path.open(encoding="utf-8") as file:
        scanner = scanning.PyrexScanner(file, source, source_encoding="utf-8", scope=scope, context=context)
        tree = parsing.p_module(scanner, path.suffix != ".pyx", "module")
    if found:
        raise found[0]
    yield from _Walk(path.read_text("utf-8").split("\n")).facts(tree)


class _Walk:
    """A walk with a stack: (node, qualified name around it, its kind, whether in a function)."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def _line(self, node: Any) -> int:
        """Line of a definition: the parser gives that of its first decorator."""
        line = int(node.pos[1])
        while getattr(node, "decorators", None) and not _DEFINES.match(self._lines[line - 1]):
            line += 1
        return line

    def facts(self, tree: Any) -> Iterator[Fact]:
        seen: set[Fact] = set()
        for fact in self._facts(tree):
            if fact.type != "definition" or fact not in seen:
                seen.add(fact)
                yield fact

    def _facts(self, tree: Any) -> Iterator[Fact]:
        todo: list[tuple[Any, str, str, bool]] = [(tree, "", "", False)]
        while todo:
            node, scope, around, local = todo.pop()
            if node.pos[0] is not tree.pos[0]:
                continue  # of an included file
            name = type(node).__name__
            read = getattr(self, f"_{name}", None)
            inner = (scope, around, local)
            if read is not None:
                facts, inner = read(node, scope, around, local)
                yield from facts
            for attribute in node.child_attrs or ():
                children = getattr(node, attribute)
                if not name.endswith("VarDefNode"):
                    listed = children if isinstance(children, list) else [children]
                    todo += [(child, *inner) for child in listed if hasattr(child, "child_attrs")]

    # The names of the methods are those of the nodes.

    def _DefNode(self, node: Any, scope: str, around: str, _local: bool) -> Any:  # noqa: N802
        name = _join(scope, node.name)
        kind = "method" if around in {"class", "property"} else "function"
        return [Fact("definition", name, kind, self._line(node))], (name, kind, True)

    def _CFuncDefNode(self, node: Any, scope: str, around: str, _local: bool) -> Any:  # noqa: N802
        own = _declared(node.declarator)[0]
        name = _join(scope, own)
        kind = "method" if around in {"class", "cppclass"} else "function"
        return [Fact("definition", name, kind, self._line(node))], (name, kind, True)

    def _class(self, node: Any, scope: str, _around: str, local: bool) -> Any:
        own = getattr(node, "class_name", None) or node.name
        name = _join(scope, own)
        return [Fact("definition", name, "class", self._line(node))], (name, "class", local)

    _PyClassDefNode = _CClassDefNode = _class

    def _PropertyNode(self, node: Any, scope: str, _around: str, local: bool) -> Any:  # noqa: N802
        name = _join(scope, node.name)
        return [Fact("definition", name, "property", node.pos[1])], (name, "property", local)

    def _CStructOrUnionDefNode(self, node: Any, scope: str, _around: str, local: bool) -> Any:  # noqa: N802
        name = _join(scope, node.name)
        return [Fact("definition", name, node.kind, node.pos[1])], (name, node.kind, local)

    def _CppClassNode(self, node: Any, scope: str, _around: str, local: bool) -> Any:  # noqa: N802
        name = _join(scope, node.name)
        return [Fact("definition", name, "cppclass", node.pos[1])], (name, "cppclass", local)

    def _CEnumDefNode(self, node: Any, scope: str, _around: str, local: bool) -> Any:  # noqa: N802
        name = _join(scope, node.name) if node.name else scope
        facts = [Fact("definition", name, "enum", node.pos[1])] if node.name else []
        return facts, (name, "enum", local)

    def _CEnumDefItemNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        return [Fact("definition", _join(scope, node.name), "enumerator", node.pos[1])], (
            scope,
            around,
            local,
        )

    def _FusedTypeNode(self, node: Any, scope: str, _around: str, local: bool) -> Any:  # noqa: N802
        return [Fact("definition", _join(scope, node.name), "fused", node.pos[1])], (scope, "", local)

    def _CTypeDefNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        name = _join(scope, _declared(node.declarator)[0])
        return [Fact("definition", name, "typedef", node.pos[1])], (scope, around, local)

    def _CVarDefNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        facts = []
        for declarator in node.declarators if not local else ():
            name, is_function = _declared(declarator)
            if not name:
                continue
            kind = "variable"
            if is_function:
                kind = "method" if around in {"class", "cppclass", "struct"} else "function"
                kind = "constructor" if around == "cppclass" and name == scope.rpartition(".")[2] else kind
            elif around:
                kind = {"class": "attribute"}.get(around, "field")
            facts.append(Fact("definition", _join(scope, name), kind, declarator.pos[1]))
        return facts, (scope, around, local)

    def _CDefExternNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        facts = (
            [Fact("import", str(node.include_file).strip("<>"), "extern", node.pos[1])]
            if node.include_file
            else []
        )
        return facts, (scope, around, local)

    def _CImportStatNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        return [_import(node.module_name, "cimport", [("", node.as_name or "")], node)], (
            scope,
            around,
            local,
        )

    def _FromCImportStatNode(self, node: Any, scope: str, around: str, local: bool) -> Any:  # noqa: N802
        names = [(each[1], each[2] or "") for each in node.imported_names]
        module = "." * max(node.relative_level or 0, 0) + node.module_name
        return [_import(module, "cimport", names, node)], (scope, around, local)


def _import(module: str, form: str, names: list[tuple[str, str]], node: Any) -> Fact:
    taken = ", ".join(f"{name} as {alias}" if alias and alias != name else name for name, alias in names)
    return Fact("import", f"{module}: {taken}", form, node.pos[1])


def _join(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else str(name)


def _declared(declarator: Any) -> tuple[str, bool]:
    """(name, whether it is a function) of a declarator."""
    is_function = False
    while type(declarator).__name__ != "CNameDeclaratorNode":
        outer = type(declarator).__name__
        if outer != "CArrayDeclaratorNode":
            # Parameters of a template look like the size of an array.
            is_function = outer == "CFuncDeclaratorNode"
        declarator = declarator.base
    return str(declarator.name), is_function


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        # What Python assigns begins with a name, what is declared with a type.
        written = not re.match(rf"{re.escape(symbol.name)}\b|\w+,|\(", symbol.signature)
        kind = "variable" if symbol.kind == "constant" else symbol.kind
        if kind in {"variable", "attribute", "type"} and not written:
            continue
        if symbol.signature.startswith("DEF ") or symbol.kind == "type":
            continue
        yield Fact("definition", symbol.qualname, kind, symbol.line)
    for item in found.imports:
        if item.form.startswith("include "):
            yield Fact("import", item.module, "extern", item.line)
        elif item.form == "cimport":
            names = [(each.name, each.alias) for each in item.names] or [("", item.alias)]
            taken = ", ".join(
                f"{name} as {alias}" if alias and alias != name else name for name, alias in names
            )
            yield Fact("import", f"{'.' * item.level}{item.module}: {taken}", "cimport", item.line)


ROWS = (
    Row(
        language="cython",
        suffixes=(".pyx", ".pxd"),
        tool=_tool,
        corpora=(
            PyPI(package="scipy", version="1.14.1"),
            PyPI(package="statsmodels", version="0.14.4"),
            PyPI(package="lxml", version="5.3.0"),
            PyPI(package="pandas", version="2.2.3"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
