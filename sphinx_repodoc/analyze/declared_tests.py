"""Test files that a manifest names or finds by their place, whatever they are called."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Evidence
from sphinx_repodoc.analyze.paths import folder_of, join_path, suffix_of
from sphinx_repodoc.core.manifests import TestEvidence, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.analyze.cargo import CargoTest
    from sphinx_repodoc.analyze.context import Context

_MOCHA_SUFFIXES = frozenset({".js", ".cjs", ".mjs"})
"""What Mocha takes from a folder without being told."""


def find_declared_tests(context: Context, cargo_tests: Mapping[str, CargoTest]) -> dict[str, Evidence]:
    """Path of a test file to the line or the place that makes it one."""
    found = {path: _prove_cargo(test) for path, test in cargo_tests.items()}
    for fact in context.manifests.tests:
        if fact.tool is Tool.NPM:
            found.update(_iter_mocha(fact, context))
    return found


def _prove_cargo(test: CargoTest) -> Evidence:
    if test.line:
        text = f"Cargo.toml declares it as the test {test.name}"
        return Evidence(text=text, path=test.manifest, line=test.line)
    text = "it lies directly in tests/, where Cargo finds the tests of this crate"
    return Evidence(text=text, path=test.manifest)


def _iter_mocha(fact: TestEvidence, context: Context) -> Iterator[tuple[str, Evidence]]:
    """Files directly in the folders that Mocha is given, or below them when it is told so.

    Source: Mocha's documentation, *The Test Directory*.
    """
    words = _words(fact.command)
    if "mocha" not in words:
        return
    words = words[words.index("mocha") + 1 :]
    home = folder_of(fact.path)
    folders = [join_path(home, word.removeprefix("./").rstrip("/")) for word in words if word[:1] != "-"]
    folders = [folder for folder in folders if folder in context.names or folder in context.subfolders]
    names_files = any(suffix_of(word) in _MOCHA_SUFFIXES for word in words)
    if not folders and not names_files:
        folders = [join_path(home, "test")]
    for folder in folders:
        text = f"package.json runs Mocha on the files in {folder}/"
        for path in _files_in(folder, "--recursive" in words, context):
            if suffix_of(path) in _MOCHA_SUFFIXES:
                yield path, Evidence(text=text, path=fact.path, line=fact.line)


def _files_in(folder: str, recursive: bool, context: Context) -> Iterator[str]:
    yield from context.names.get(folder, ())
    for below in context.subfolders.get(folder, ()) if recursive else ():
        yield from _files_in(below, recursive, context)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quote that is never closed: the shell would not run it either
        return []
