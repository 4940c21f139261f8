"""Compare the cognitive complexity of Python functions with that of the package `cognitive_complexity`.

Run as ``python benchmarks/complexity.py PATH`` after ``pip install cognitive_complexity``. Prints how many functions
both measure, how many of them alike, and those that differ, by how much.
"""

from __future__ import annotations

import argparse
import ast
from pathlib import Path
from typing import TYPE_CHECKING

from cognitive_complexity.api import get_cognitive_complexity

from sphinx_repodoc.core.parse import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator


def by_package(text: bytes) -> dict[tuple[int, str], int]:
    """Line and name of each function to its complexity; none of a file that this Python does not read."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return {}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {(node.lineno, node.name): get_cognitive_complexity(node) for node in functions}


def by_ours(text: bytes) -> dict[tuple[int, str], int]:
    found = parse_text(text, "python").symbols
    return {(symbol.line, symbol.name): symbol.cognitive for symbol in found if symbol.complexity}


def compare(root: Path) -> Iterator[tuple[str, int, int]]:
    """Place of each function, and both numbers."""
    for path in sorted(root.rglob("*.py")):
        text = path.read_bytes()
        ours, theirs = by_ours(text), by_package(text)
        for line, name in sorted(ours.keys() & theirs.keys()):
            yield f"{path.relative_to(root)}:{line} {name}", ours[line, name], theirs[line, name]


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    rows = list(compare(parser.parse_args().path))
    different = [row for row in rows if row[1] != row[2]]
    for place, ours, theirs in different:
        print(f"{place}: {ours}, the package has {theirs}")
    print(f"{len(rows)} functions, {len(rows) - len(different)} alike")


if __name__ == "__main__":
    main()
