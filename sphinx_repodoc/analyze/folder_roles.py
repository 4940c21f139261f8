"""What a folder is for: the role of most of its files, or a file that makes it one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Evidence, Role
from sphinx_repodoc.analyze.paths import join_path
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.analyze.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.totals import Totals

_PLURALS = {
    "example": "examples",
    "benchmark": "benchmarks",
    "script": "scripts",
    "configuration": "configuration",
    "build": "read to build the project",
    "CI": "run by CI services",
    "documentation": "documentation",
    "generated": "generated",
    "vendored": "vendored",
    "type stub": "type stubs",
    "migration": "migrations",
    "translation": "translations",
    "template": "templates",
    "data": "data",
}
_IN_PACKAGES = frozenset({"example", "benchmark", "vendored", "generated", "migration"})
"""Roles that a package of code takes from most of its files: its catalogues and templates do not name it."""
_MANIFESTS = {
    "__init__.py": "package",
    "Cargo.toml": "crate",
    "go.mod": "Go module",
}


def folder_roles(folder: str, totals: Totals, context: Context) -> tuple[Role, ...]:
    """Roles of a folder, those of its files first."""
    manifests = tuple(_by_manifest(folder, context))
    names = _IN_PACKAGES if manifests else frozenset(_PLURALS)
    return (*_by_files(totals, names), *manifests)


def _by_files(totals: Totals, names: frozenset[str]) -> Iterator[Role]:
    tests, support = totals.roles[TEST], totals.roles[SUPPORT]
    if tests and (tests + support) * 2 > totals.files:
        text = f"{_of(tests, totals.files)} {'is a test' if tests == 1 else 'are tests'}"
        if support:
            text += f", and {support:,} {'supports' if support == 1 else 'support'} them"
        yield Role(name=TEST, evidence=Evidence(text=text))
    for name, plural in _PLURALS.items():
        number = totals.roles[name]
        if name in names and number * 2 > totals.files and totals.files > 1:
            verb = "have the role" if name in {"configuration", "documentation", "data"} else "are"
            yield Role(name=name, evidence=Evidence(text=f"{_of(number, totals.files)} {verb} {plural}"))


def _of(number: int, files: int) -> str:
    if number == files:
        return "its only file" if files == 1 else f"all {files:,} of its files"
    return f"{number:,} of its {count(files, 'file')}"


def _by_manifest(folder: str, context: Context) -> Iterator[Role]:
    for name, role in _MANIFESTS.items():
        path = join_path(folder, name)
        if path in context.files:
            yield Role(name=role, evidence=Evidence(text=f"it holds {name}", path=path))
