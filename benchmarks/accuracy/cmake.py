"""CMake against the grammar of tree-sitter, which the parser does not use."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import Installed, PyPI
from benchmarks.accuracy.engine.protocol import Apart, Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.model import Facts

_TARGETS = {
    "cmake_dependent_option": "option",
    "add_executable": "executable",
    "add_library": "library",
    "add_custom_target": "target",
    "function": "function",
    "macro": "macro",
    "option": "option",
    "project": "project",
}
_OWN = re.compile(r"\w+_add_(?:executable|library|module|test|custom_target)|externalproject_add")
"""Commands of projects and of modules that add a target, or are called as if they did."""
_IMPORTS = frozenset({"add_subdirectory", "find_package", "include"})


def _tool() -> str:
    try:
        return f"tree-sitter-cmake {metadata.version('tree-sitter-cmake')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("tree-sitter-cmake is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    from tree_sitter import Language, Parser  # noqa: PLC0415

    parser = Parser(Language(import_module("tree_sitter_cmake").language()))
    for path in files:
        text = path.read_bytes().replace(b"\r\n", b"\n")
        root = parser.parse(text).root_node
        if root.has_error:
            yield Reading(path=path, error="the grammar has an error")
        else:
            found = list(_read(root))
            facts = Counter(each for each in found if isinstance(each, Fact))
            apart = tuple(each for each in found if isinstance(each, Apart))
            yield Reading(path=path, facts=facts, apart=apart)


def _read(root: Node) -> Iterator[Fact | Apart]:
    seen: set[tuple[str, str]] = set()
    todo = [root]
    while todo:
        node = todo.pop()
        todo += reversed(node.named_children)
        if node.type not in {"normal_command", "function_command", "macro_command"}:
            continue
        first = node.child(0)
        arguments = next((each for each in node.named_children if each.type == "argument_list"), None)
        if first is None or arguments is None or not arguments.named_children:
            continue
        command = first.text.decode().lower()
        words = [each.text.decode() for each in arguments.named_children if each.type == "argument"]
        if not words:
            continue
        name = re.sub(r"\\([^\w;])", r"\1", words[0].strip('"'))
        line = node.start_point[0] + 1
        if re.search(r"[$<@;\s]", name) or not name:
            yield Apart("named by the value of a variable", line, node.end_point[0] + 1)
        elif _OWN.fullmatch(command):
            yield Apart("targets of commands that are not CMake's", line, node.end_point[0] + 1)
        elif command in _IMPORTS:
            yield Fact("import", name, command, line)
        elif command in _TARGETS and (name, command) not in seen:
            seen.add((name, command))
            yield Fact("definition", name, _TARGETS[command], line)


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind in _TARGETS.values():
            yield Fact("definition", symbol.name, symbol.kind, symbol.line)
    for item in found.imports:
        if item.form in _IMPORTS and "$" not in item.module:
            yield Fact("import", item.module, item.form, item.line)


def _modules() -> Path:
    program = shutil.which("cmake")
    folders = sorted(Path("/usr/share").glob("cmake-*/Modules"))
    if program is None or not folders:
        raise Unavailable("CMake is not installed.")
    return folders[-1]


ROWS = (
    Row(
        language="cmake",
        suffixes=("CMakeLists.txt", ".cmake"),
        tool=_tool,
        corpora=(
            Installed(title=lambda: f"modules of {_modules().parent.name}", folder=_modules),
            PyPI(package="opencv-python", version="4.10.0.84"),
            PyPI(package="scipy", version="1.14.1"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
