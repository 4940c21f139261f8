"""Compare the parser with the standard ``ast`` on every Python file below a path.

Run ``python benchmarks/accuracy_python.py PATH``. Definitions are compared by
qualified name, kind and line; imports by module, level, names, line and when they run. The exit
status is 1 when anything differs.
"""

from __future__ import annotations

import ast
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

from sphinx_repodoc.core.parse import parse_text

Fact = tuple[object, ...]
KINDS = ("class", "function", "method")


def facts_of_ast(text: bytes) -> Counter[Fact]:
    """Definitions and imports as the standard library sees them."""
    facts: Counter[Fact] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        todo: list[tuple[ast.AST, str, bool, str]] = [(ast.parse(text), "", False, "")]
    while todo:
        node, scope, in_class, when = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            is_class = isinstance(node, ast.ClassDef)
            kind = "class" if is_class else "method" if in_class else "function"
            qualname = f"{scope}.{node.name}" if scope else node.name
            facts["definition", qualname, kind, node.lineno] += 1
            scope, in_class = qualname, is_class
        elif isinstance(node, ast.Import):
            for alias in node.names:
                facts["import", alias.name, 0, ((alias.name, alias.asname),), node.lineno, when] += 1
        elif isinstance(node, ast.ImportFrom):
            names = tuple((alias.name, alias.asname) for alias in node.names)
            facts["from", node.module or "", node.level, names, node.lineno, when] += 1
        late = set(map(id, _late_children(node)))
        todo += [
            (child, scope, in_class, _latest(when, node) if id(child) in late else when)
            for child in ast.iter_child_nodes(node)
        ]
    return facts


def _late_children(node: ast.AST) -> list[ast.stmt]:
    """Statements that are not run when the one around them is."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return node.body
    if isinstance(node, ast.If) and ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING":
        return node.body if isinstance(node.test, (ast.Name, ast.Attribute)) else []
    return []


def _latest(when: str, node: ast.AST) -> str:
    """``deferred`` in a function, ``types`` below ``if TYPE_CHECKING:``, both where both are around it."""
    return " ".join(sorted({*when.split(), "types" if isinstance(node, ast.If) else "deferred"}))


def facts_of_parser(text: bytes) -> Counter[Fact]:
    """The same facts as the package sees them."""
    facts: Counter[Fact] = Counter()
    found = parse_text(text, "python")
    for symbol in found.symbols:
        if symbol.kind in KINDS:
            facts["definition", symbol.qualname, symbol.kind, symbol.line] += 1
    for item in found.imports:
        names = tuple((name.name, name.alias or None) for name in item.names)
        if item.form == "import":
            names = ((item.module, item.alias or None),)
        when = " ".join(["deferred"] * item.deferred + ["types"] * item.type_only)
        facts[item.form, item.module, item.level, names, item.line, when] += 1
    return facts


def compare(root: Path) -> int:
    totals: Counter[str] = Counter()
    seconds = 0.0
    for path in sorted(root.rglob("*.py")):
        if not path.is_file():
            continue
        try:
            text = path.read_text("utf-8-sig").encode()
            expected = facts_of_ast(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            totals["skipped"] += 1
            print(f"skipped {path}: {type(error).__name__}: {error}")
            continue
        start = time.process_time()
        found = facts_of_parser(text)
        seconds += time.process_time() - start
        missing, extra = expected - found, found - expected
        totals.update(
            files=1,
            bytes=len(text),
            expected=expected.total(),
            definitions=sum(count for fact, count in expected.items() if fact[0] == "definition"),
            missing=missing.total(),
            extra=extra.total(),
        )
        for label, facts in (("missing", missing), ("extra", extra)):
            for fact in sorted(facts, key=str):
                print(f"{label} {path}: {fact}")
    speed = totals["bytes"] / 1e6 / seconds if seconds else 0.0
    print(
        f"{totals['files']} files, {totals['bytes']} bytes, {speed:.1f} MB/s of CPU; "
        f"{totals['expected']} facts ({totals['definitions']} definitions): "
        f"{totals['missing']} missing, {totals['extra']} extra; {totals['skipped']} files skipped"
    )
    return 1 if totals["missing"] or totals["extra"] else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 -- the program and its one argument
        sys.exit(__doc__)
    sys.exit(compare(Path(sys.argv[1])))
