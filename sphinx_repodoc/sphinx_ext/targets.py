"""What a role means: the text of a reference to a place in the repository.

=============================  =====================================
``pkg/mod.py``                 a file
``pkg/mod.py#L10``             a line of it, ``#L10-L20`` several
``pkg/mod.py#Class.method``    a symbol of it
``pkg/``, ``pkg``              a folder; ``/`` is the root
``Class.method``, ``f``        a symbol, wherever it is defined
=============================  =====================================
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_repodoc.core.store import SymbolRow
    from sphinx_repodoc.sphinx_ext.repository import Repository

_LINES = re.compile(r"L(\d+)(?:-L?(\d+))?")
SYMBOL_ROLES = frozenset({"sym", "class", "func"})
KINDS = {
    "class": frozenset((
        "actor", "annotation", "class", "concept", "cppclass", "delegate", "enum", "exception", "extension", "fused",
        "interface", "message", "mixin", "object", "protocol", "record", "senum", "struct", "trait", "type", "union",
    )),
    "func": frozenset((
        "accessor", "constructor", "deinit", "destructor", "finalizer", "function", "indexer", "init", "initializer",
        "kernel", "macro", "method", "operator", "rpc", "sub", "subscript",
    )),
}  # fmt: skip
"""Role to what the kinds it finds end with: an ``annotation class`` is a class."""


@dataclass(frozen=True, slots=True)
class Target:
    """The place a reference leads to, or why it leads nowhere."""

    docname: str = ""
    """Empty when there is no such place."""
    anchor: str = ""
    title: str = ""
    problem: str = ""
    """What to tell the author; with a docname, why another place could have been meant."""
    suggest: Callable[[], str] = str
    """What may have been meant. It compares the text with every path and is asked only for who is told."""

    def explain(self) -> str:
        return self.problem + self.suggest()


def resolve_target(repository: Repository, role: str, text: str) -> Target:
    """Find the place that a role of ours names."""
    if role in SYMBOL_ROLES:
        return _resolve_symbol(repository, role, text)
    path, _, fragment = text.partition("#")
    path = _normal(path)
    if role == "folder" or (role == "any" and path in repository.names.folders):
        return _resolve_folder(repository, path, text)
    kind = PageKind.FILE_KEYWORDS if role == "keywords" else PageKind.FILE
    docname = repository.docname(kind, path)
    if docname is None:
        return _no_path(repository, f"no file {path!r}", path)
    if not fragment:
        return Target(docname, "", path)
    if lines := _LINES.fullmatch(fragment):
        return _resolve_lines(repository, docname, path, lines)
    return _resolve_symbol(repository, "sym", text)


def _resolve_folder(repository: Repository, path: str, text: str) -> Target:
    docname = repository.docname(PageKind.FOLDER, path)
    if docname is None:
        return _no_path(repository, f"no folder {text!r}", path)
    return Target(docname, "", f"{path}/")


def _resolve_lines(repository: Repository, docname: str, path: str, lines: re.Match[str]) -> Target:
    first = int(lines[1])
    last = int(lines[2] or first)
    total = repository.file(path).facts.lines.total
    if not 1 <= first <= last <= total:
        return Target(problem=f"{path} has {total} lines, not {lines[0]}")
    return Target(docname, f"L{first}", f"{path}#{lines[0]}")


def _resolve_symbol(repository: Repository, role: str, text: str) -> Target:
    path, separator, name = text.rpartition("#")
    path = _normal(path)
    if separator and repository.docname(PageKind.FILE, path) is None:
        return _no_path(repository, f"no file {path!r}", path)
    rows = repository.store.symbols_named(name, path)
    kinds = KINDS.get(role)
    rows = [row for row in rows if row.kind.rpartition(" ")[2] in kinds] if kinds else rows
    if not rows:
        where = f" in {path}" if path else " in the repository"
        return Target(
            problem=f"no symbol {name!r}{where}", suggest=partial(_suggest_symbol, repository, name, path)
        )
    first, *others = rows
    docname = repository.docname(PageKind.FILE, first.path) or ""
    elsewhere = sorted({row.path for row in others} - {first.path})
    problem = ""
    if elsewhere:
        shown = ", ".join(f"{row}#{name}" for row in [first.path, *elsewhere])
        problem = f"symbol {name!r} is defined in {len(elsewhere) + 1} files: {shown}"
    return Target(docname, first.anchor, name, problem)


def _no_path(repository: Repository, what: str, path: str) -> Target:
    return Target(problem=f"{what} in the repository", suggest=partial(_suggest_path, repository, path))


def _normal(path: str) -> str:
    return path.strip("/").removeprefix("./")


def _suggest_path(repository: Repository, path: str) -> str:
    """A path that may have been meant: one that ends alike, else one spelt alike."""
    names = repository.names
    known = [*names.files, *names.folders]
    tail = path.rpartition("/")[2].casefold()
    alike = [name for name in known if name.rpartition("/")[2].casefold() == tail]
    found = difflib.get_close_matches(path, alike or known, 1, 0 if alike else 0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def _suggest_symbol(repository: Repository, name: str, path: str) -> str:
    if not path:
        plain = re.split(r"[.:]+", name)[-1]
        rows: list[SymbolRow] = repository.store.symbols_named(plain) if plain != name else []
        return f"; did you mean {rows[0].path}#{rows[0].qualname}?" if rows else ""
    known = [symbol.qualname for symbol in repository.file(path).facts.symbols]
    found = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {path}#{found[0]}?" if found else ""
