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
    from collections.abc import Callable, Container, Iterable, Mapping

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
    apart: frozenset[str]
    """Files of examples: only tests of the same example speak of them."""


def index_names(sources: Iterable[str], apart: Iterable[str] = ()) -> NameIndex:
    """Index files that can be tested: by stem, by folder and stem, initialisers by their folder."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(sources):
        family = family_of(path)
        for stem in dict.fromkeys(_stems(path)):
            found[family, stem.lower()].append(path)
    return NameIndex({key: tuple(paths) for key, paths in found.items()}, frozenset(apart))


def _stems(path: str) -> Iterable[str]:
    stem, above = stem_of(path), name_of(folder_of(path))
    if stem in _INITIALISERS:
        return (above, stem)
    public = stem.lstrip("_")  # what is private is tested by its name without the mark
    return (stem, public, f"{above}_{public}") if above else (stem, public)


def named_subjects(
    test: str, index: NameIndex, related: Container[str], may_concern: Callable[[str], bool]
) -> tuple[str, ...]:
    """Source files that the name of a test file speaks of, sorted.

    A file that the test neither imports nor uses is taken only when it is the one
    that fits best and the folders of the test do not speak of something else.

    :param related: files the test imports or uses symbols of.
    :param may_concern: whether the test can have to do with a file of which only the stem agrees.
    """
    match = match_test_name(test)
    if match is None:
        return ()
    wanted = match.stem or _plain(name_of(folder_of(test)))
    candidates = index.by_stem.get((family_of(test), wanted.lower()), ())
    candidates = tuple(path for path in candidates if path not in index.apart or _same_project(path, test))
    if not candidates or (not match.stem and wanted in _TEST_WORDS):
        return ()
    beside = tuple(path for path in candidates if folder_of(path) in _beside(test))
    if beside or test.endswith(".go"):
        # a module may stand beside the private one that does the work: what the test takes decides
        return tuple(path for path in beside if path in related) or beside
    found = _fitting(test, match.stem, wanted, candidates, related)
    return tuple(path for path in found if path in related or _shares_folder(test, path) or may_concern(path))


def _fitting(
    test: str, stem: str, wanted: str, candidates: tuple[str, ...], related: Container[str]
) -> tuple[str, ...]:
    """Those of the candidates whose folders fit those of the test best, if they fit well enough."""
    # ``tests/basic/tests.py`` has its name from its folder: that folder cannot vouch for itself.
    parts = _parts(test if stem else folder_of(test))
    known = tuple(path for path in candidates if path in related)
    fits = {path: _fit(parts, path, wanted) for path in known or candidates}
    best = max(fits.values())
    found = tuple(path for path, fit in fits.items() if fit == best)
    generic = wanted.lower() in GENERIC_STEMS or len(candidates) >= _GENERIC_FROM
    if best[0] == 0 and (generic or (parts and not known)):
        return ()
    if known:
        return found if len(found) <= _MOST_SUBJECTS else ()
    is_named = len(found) == 1 and (stem or stem_of(found[0]) in _INITIALISERS)
    return found if is_named and (not parts or _innermost_words(test) & _parts(found[0])) else ()


def _shares_folder(test: str, path: str) -> bool:
    return bool(_parts(test) & _parts(path))


def _beside(test: str) -> frozenset[str]:
    """The folder of a test; the one above it too, where the test lies in one for tests."""
    folder = folder_of(test)
    above = {folder_of(folder)} if name_of(folder) in _TEST_WORDS and not test.endswith(".go") else set()
    return frozenset({folder} | above)


def _same_project(path: str, test: str) -> bool:
    """Whether two files lie below the same two outermost folders (``examples/tutorial``)."""
    return components(path)[:2] == components(test)[:2]


def _fit(parts: frozenset[str], path: str, wanted: str) -> tuple[int, int]:
    """How well the folders of a file fit those of a test: (words in common, fewest others)."""
    words = _parts(path)
    if stem_of(path) in _INITIALISERS:
        words -= {wanted.lower()}
    return len(words & parts), -len(words - parts)


def _parts(path: str) -> frozenset[str]:
    """Words in the names of the folders above a path, without those that make them folders of tests."""
    words = (word for part in components(path) for word in _plain(part).lower().split("_"))
    return frozenset(words) - _TEST_WORDS - {""}


def _innermost_words(path: str) -> frozenset[str]:
    """Words of the innermost folder that says more than that tests lie in it."""
    folder = folder_of(path)
    while folder and not _parts(f"{folder}/"):
        folder = folder_of(folder)
    names = (_parts(f"{name}/") for name in reversed(components(f"{folder}/")))
    return next((words for words in names if words), frozenset())


def _plain(part: str) -> str:
    """``auth`` for ``auth_tests``."""
    return _AFFIX.sub("", part)
