"""Which tests reach which file: by import, by use of its symbols, by name, or through other files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.graph import reaching
from sphinx_repodoc.analyze.masks import count_by_folder, mask_levels
from sphinx_repodoc.analyze.model import TestLink
from sphinx_repodoc.analyze.naming import count_tests, match_test_name
from sphinx_repodoc.analyze.paths import components, folder_of, stem_of
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.analyze.subjects import index_names, named_subjects
from sphinx_repodoc.analyze.words import join, lines
from sphinx_repodoc.core.linked import Confidence

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role
    from sphinx_repodoc.analyze.naming import NameMatch
    from sphinx_repodoc.core.linked import Edge
    from sphinx_repodoc.core.model import File

BY_NAME = "its name is "
"""How the reason of a test begins that bears the name of what it tests."""
_SHOWN_NAMES = 3
_TESTING = frozenset({"test", "testing", "testutil", "testutils", "test_util", "test_utils"})
"""Folders and files of a package with what its tests are made of ..."""
_FEW, _SHARE = 3, 20
"""... if more tests use them than a few, and more than one of so many: others may test the framework."""
_NEVER_SUBJECTS = frozenset({"benchmark", "documentation", "vendored", "generated", "migration"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TestMap:
    """The tests of a whole repository."""

    __test__ = False

    tests: tuple[str, ...]
    """All test files, sorted: the bits of ``reach`` in their order."""
    runnable: tuple[str, ...]
    """These and the files that hold their own tests, as in Rust, sorted."""
    direct: Mapping[str, tuple[TestLink, ...]]
    """File to its direct tests, the strongest first."""
    subjects: Mapping[str, tuple[TestLink, ...]]
    """Test file to the files it tests, the strongest first."""
    indirect: Callable[[str], tuple[tuple[str, int], ...]]
    """(folder, number of test files) for the tests that reach a file only through others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A test file and a file it belongs to."""

    test: str
    path: str
    named: bool
    edge: Edge | None
    uses: int
    """Symbols of the file that the test takes, also through re-exports."""
    reasons: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Sorts the strongest first."""
        return (not self.named, self.edge is None, -self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """Which tests reach which files through imports."""

    bits: Mapping[str, int]
    """Test to its bit, in the order of the tests."""
    masks: Mapping[str, int]
    """File to the bits of the tests that reach it."""

    def is_reached(self, path: str, by: int) -> bool:
        return bool(self.masks.get(path, 0) & by)


def find_tests(context: Context, roles: Mapping[str, tuple[Role, ...]]) -> TestMap:
    """Match all test files with all others."""
    has = {path: {role.name for role in found} for path, found in roles.items()}
    tests = tuple(path for path in context.files if TEST in has[path])
    among_tests = {path for path in context.files if has[path] & {TEST, SUPPORT}}
    reach = _Reach(
        bits={test: 1 << index for index, test in enumerate(tests)}, masks=reaching(context.graph, tests)
    )
    pairs = list(_find_pairs(context, reach, among_tests, has))
    direct: defaultdict[str, list[_Pair]] = defaultdict(list)
    subjects: defaultdict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        direct[pair.path].append(pair)
    for pair in pairs:
        if pair.path not in among_tests and (pair.named or not _is_framework(pair.path, direct, len(tests))):
            subjects[pair.test].append(pair)
    return TestMap(
        tests=tests,
        runnable=tuple(
            path for path, file in context.files.items() if TEST in has[path] or _tests_itself(path, file)
        ),
        direct={
            path: tuple(
                TestLink(path=pair.test, reasons=pair.reasons, named=pair.named)
                for pair in sorted(found, key=lambda pair: (pair.rank, pair.test))
            )
            for path, found in direct.items()
        },
        subjects={
            test: tuple(
                TestLink(path=pair.path, reasons=pair.reasons, named=pair.named)
                for pair in sorted(found, key=lambda pair: (pair.rank, pair.path))
            )
            for test, found in subjects.items()
        },
        indirect=_count_indirect(reach, direct),
    )


def _is_framework(path: str, direct: Mapping[str, Sequence[_Pair]], total: int) -> bool:
    """Whether tests use a file to be tests, so that it does not tell what one of them is about."""
    is_for_tests = not _TESTING.isdisjoint((*components(path), stem_of(path).strip("_")))
    return is_for_tests and len(direct[path]) > max(_FEW, total // _SHARE)


def _tests_itself(path: str, file: File) -> bool:
    """Rust keeps tests in the file that they test."""
    return path.endswith(".rs") and count_tests(path, file.facts) > 0


def _find_pairs(
    context: Context, reach: _Reach, among_tests: set[str], roles: Mapping[str, set[str]]
) -> Iterator[_Pair]:
    sources = [path for path in context.files if path not in among_tests]
    index = index_names(
        (path for path in sources if _NEVER_SUBJECTS.isdisjoint(roles[path])),
        apart=(path for path in sources if "example" in roles[path]),
    )
    used = _used_names(context, reach.bits.keys())
    for test, bit in reach.bits.items():
        edges = {edge.target: edge for edge in context.outgoing.get(test, ())}
        # A test without imports may run its subject as a program; one with them says what it is about.
        may_concern = partial(reach.is_reached, by=bit) if edges else _anything
        named = set(named_subjects(test, index, edges.keys() | used[test].keys(), may_concern))
        for path in sorted(edges.keys() | named | used[test].keys()):
            names = used[test].get(path, {})
            if TEST in roles[path]:
                continue
            yield _Pair(
                test=test,
                path=path,
                named=path in named,
                edge=edges.get(path),
                uses=len(names),
                reasons=tuple(_reasons(test, path in named, edges.get(path), names)),
            )


def _anything(_path: str) -> bool:
    return True


def _used_names(context: Context, tests: Container[str]) -> defaultdict[str, dict[str, dict[str, int]]]:
    """Test file to file to the names it takes from there, with the line of the import; 0 where it needs none."""
    used: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for target, uses in context.uses.items():
        for use in uses:
            if use.source in tests and use.source != target:
                line = 0 if use.confidence is Confidence.SHARED else use.line
                used[use.source].setdefault(target, {}).setdefault(use.name, line)
    return used


def _reasons(test: str, named: bool, edge: Edge | None, names: Mapping[str, int]) -> Iterator[str]:
    """Clauses with the test as their subject, the strongest first."""
    if named:
        match = match_test_name(test)
        yield _naming(match) if match and match.stem else f"lies in {folder_of(test)}/"
    if edge:
        yield f"imports it ({lines(edge.lines)})"
    if names:
        shown = sorted(names)
        more = len(shown) - _SHOWN_NAMES
        text = join([*shown[:_SHOWN_NAMES], f"{more} more"] if more > 1 else shown)
        imported = sorted(set(filter(None, names.values())))
        at = f" (imported in {lines(imported)})" if imported else " (of the same package)"
        at = at if edge is None else ""
        yield f"uses {text}{at}"


def is_run_for(place: str, test: str, roles: Mapping[str, tuple[Role, ...]]) -> bool:
    """Whether one runs a test after a change of a file or folder.

    Tests of an example are about the example, whatever it imports.
    """
    if all(role.name != "example" for role in roles[test]):
        return True
    return components(test)[:2] == components(f"{place}/")[:2]


def _naming(match: NameMatch) -> str:
    """Say how a name is made: ``its name is test_ + signals``."""
    before, _, after = match.pattern.rpartition(".")[0].partition("*")
    return BY_NAME + " + ".join(filter(None, (before, match.stem, after)))


def _count_indirect(
    reach: _Reach, direct: Mapping[str, list[_Pair]]
) -> Callable[[str], tuple[tuple[str, int], ...]]:
    levels = mask_levels(reach.bits)

    @cache
    def by_folder(mask: int) -> tuple[tuple[str, int], ...]:
        return count_by_folder(mask, levels)

    def indirect(path: str) -> tuple[tuple[str, int], ...]:
        mask = reach.masks.get(path, 0)
        for pair in direct.get(path, ()):
            mask &= ~reach.bits[pair.test]
        return by_folder(mask) if mask else ()

    return indirect
