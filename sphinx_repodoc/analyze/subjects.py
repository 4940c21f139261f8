"""Which source files the name of a test file speaks of.

``tests/json/test_tag.py`` speaks of ``src/pkg/json/tag.py``: the stems agree, and
so do the folders. Several files of one stem are told apart by the folders they
share with the test; a stem that many files have (``utils``) proves nothing
without such a folder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.naming import match_test_name
from sphinx_repodoc.analyze.paths import components, folder_of, name_of, stem_of, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GENERIC_STEMS = frozenset(
    {"", "utils", "util", "base", "common", "main", "index", "init", "misc", "types", "mod", "lib", "core"}
)
"""Stems that need a folder in common, however few files have them."""
_GENERIC_FROM = 4
"""So many source files with one stem make it generic."""
_MOST_SUBJECTS = 3
"""More equally good candidates than this are none."""

_FAMILIES = (
    {".py", ".pyx", ".pyi"},
    {".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".cts", ".vue"},
    {".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".cu", ".cuh", ".m", ".mm"},
    {".java", ".kt", ".groovy", ".scala"},
)
_FAMILY = {suffix: min(family) for family in _FAMILIES for suffix in family}
_INITIALISERS = frozenset({"__init__", "index", "mod"})
_AFFIX = re.compile(r"^tests?_|_tests?$")
_TEST_WORDS = frozenset({"test", "tests", "__tests__", "spec", "specs", "testing", "testdata", "src", "lib"})


def family_of(path: str) -> str:
    """A name for the languages whose files test each other."""
    suffix = suffix_of(path)
    return _FAMILY.get(suffix, suffix)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Source files by the names that a test may call them."""

    by_stem: Mapping[tuple[str, str], tuple[str, ...]]
    """(family, stem in lower case) to paths, sorted."""


def index_names(sources: Iterable[str]) -> NameIndex:
    """Index files that can be tested: by stem, by folder and stem, initialisers by their folder."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(sources):
        family = family_of(path)
        for stem in dict.fromkeys(_stems(path)):
            found[family, stem.lower()].append(path)
    return NameIndex({key: tuple(paths) for key, paths in found.items()})


def _stems(path: str) -> Iterable[str]:
    stem, above = stem_of(path), name_of(folder_of(path))
    if stem in _INITIALISERS:
        return (above, stem)
    return (stem, f"{above}_{stem.lstrip('_')}") if above else (stem,)


def named_subjects(test: str, index: NameIndex, imported: frozenset[str]) -> tuple[str, ...]:
    """Source files that the name of a test file speaks of, sorted.

    :param imported: files the test imports: they decide between equals.
    """
    match = match_test_name(test)
    if match is None:
        return ()
    wanted = match.stem or _plain(name_of(folder_of(test)))
    candidates = index.by_stem.get((family_of(test), wanted.lower()), ())
    if test.endswith("_test.go"):
        return tuple(path for path in candidates if folder_of(path) == folder_of(test))
    if not candidates or wanted in _TEST_WORDS:
        return ()
    # ``tests/basic/tests.py`` has its name from its folder: that folder cannot vouch for itself.
    parts = _parts(folder_of(test) if not match.stem else test)
    scores = {path: _score(test, parts, path, wanted) for path in candidates}
    best = max(scores.values())
    generic = wanted.lower() in GENERIC_STEMS or len(candidates) >= _GENERIC_FROM
    if generic and best == 0:
        return ()
    found = [path for path in candidates if scores[path] == best]
    found = [path for path in found if path in imported] or found
    return tuple(found) if len(found) <= _MOST_SUBJECTS else ()


def _score(test: str, parts: frozenset[str], path: str, wanted: str) -> int:
    """Number of folder names in common; a file beside the test, or one folder up from it, beats all."""
    folder = folder_of(path)
    if folder in {folder_of(test), folder_of(folder_of(test))}:
        return 1000
    shared = _parts(path) & parts
    if stem_of(path) in _INITIALISERS:
        shared -= {wanted.lower()}
    return len(shared)


def _parts(path: str) -> frozenset[str]:
    """Names of the folders above a path, without the words that make them folders of tests."""
    return frozenset(_plain(part).lower() for part in components(path)) - _TEST_WORDS


def _plain(part: str) -> str:
    """``auth`` for ``auth_tests``."""
    return _AFFIX.sub("", part)
