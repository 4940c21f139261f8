"""Files that belong with a file for a reason that no other section shows, or for several."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Related
from sphinx_repodoc.analyze.paths import (
    components,
    dotted_name,
    folder_of,
    iter_upward,
    join_path,
    name_of,
    stem_of,
    suffix_of,
)
from sphinx_repodoc.analyze.role_tables import PROSE
from sphinx_repodoc.analyze.roles import SUPPORT, TEST
from sphinx_repodoc.analyze.subjects import GENERIC_STEMS
from sphinx_repodoc.analyze.tests_of import BY_NAME
from sphinx_repodoc.core.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.analyze.model import Role
    from sphinx_repodoc.analyze.tests_of import TestMap
    from sphinx_repodoc.core.linked import Edge

_HEADERS = frozenset({".h", ".hh", ".hpp", ".hxx", ".cuh", ".inl"})
_SOURCES = frozenset({".c", ".cc", ".cpp", ".cxx", ".cu", ".m", ".mm", ".s"})
_HEADER_FOLDERS = frozenset({"include", "src", "source", "lib", "inc"})

_Reasons = dict[str, dict[str, bool]]
"""Other path -> reason -> whether no other section shows it."""


def find_related(
    context: Context, roles: Mapping[str, tuple[Role, ...]], tests: TestMap
) -> dict[str, tuple[Related, ...]]:
    """Path of every file that has any to its related files, those with most reasons first."""
    found: defaultdict[str, _Reasons] = defaultdict(dict)
    for path, other, reason, is_new in _find_reasons(context, roles, tests):
        found[path].setdefault(other, {})[reason] = is_new
    return {path: related for path, others in found.items() if (related := _rank(others))}


def _rank(others: _Reasons) -> tuple[Related, ...]:
    kept = [
        Related(path=path, reasons=tuple(reasons))
        for path, reasons in others.items()
        if len(reasons) > 1 or any(reasons.values())
    ]
    return tuple(sorted(kept, key=lambda related: (-len(related.reasons), related.path)))


def _find_reasons(
    context: Context, roles: Mapping[str, tuple[Role, ...]], tests: TestMap
) -> Iterator[tuple[str, str, str, bool]]:
    """(path, other path, what the other is to it, whether no other section shows that)."""
    yield from _same_stem_here(context)
    yield from _headers_elsewhere(context)
    yield from _pages(context, roles)
    yield from _fixtures(context, tests)
    yield from _partners(context)
    for path, links in tests.direct.items():
        for link in links:
            if link.reasons[0].startswith(BY_NAME):
                yield path, link.path, "is its test by name", False
                yield link.path, path, "is what its name says it tests", False
    for edges in context.outgoing.values():
        for edge in edges:
            if edge.at_load:
                yield from _import_reasons(edge)


def _import_reasons(edge: Edge) -> Iterator[tuple[str, str, str, bool]]:
    yield edge.source, edge.target, "is imported by it", False
    yield edge.target, edge.source, "imports it", False


def _same_stem_here(context: Context) -> Iterator[tuple[str, str, str, bool]]:
    """Stub, header, or whatever else has the same stem in the same folder."""
    for paths in context.names.values():
        for same in group(paths, stem_of).values():
            for path in same:
                for other in same:
                    if path != other and stem_of(path) not in GENERIC_STEMS | {name_of(path)}:
                        yield path, other, _kinship(path, other), True


def _kinship(path: str, other: str) -> str:
    """What a file of the same stem is to this one."""
    ours, theirs = suffix_of(path), suffix_of(other)
    if theirs == ".pyi":
        return "is its type stub"
    if ours == ".pyi" and theirs in {".py", ".pyx", ".so", ".c"}:
        return "is the module it declares the types of"
    if theirs in _HEADERS and ours in _SOURCES:
        return "is its header"
    if ours in _HEADERS and theirs in _SOURCES:
        return "is its source"
    return "has the same name with another suffix" if theirs else "has the same name without a suffix"


def _headers_elsewhere(context: Context) -> Iterator[tuple[str, str, str, bool]]:
    """``include/a/x.h`` and ``src/a/x.c``: the paths agree but for the folders of headers and sources."""
    native = [path for path in context.files if suffix_of(path) in _HEADERS | _SOURCES]
    for same in group(native, _native_key).values():
        headers = [path for path in same if suffix_of(path) in _HEADERS]
        sources = [path for path in same if suffix_of(path) in _SOURCES]
        for header in headers:
            for source in sources:
                if folder_of(header) != folder_of(source):
                    yield source, header, "is its header", True
                    yield header, source, "is its source", True


def _native_key(path: str) -> tuple[str, ...]:
    return (*(part for part in components(path) if part not in _HEADER_FOLDERS), stem_of(path))


def _fixtures(context: Context, tests: TestMap) -> Iterator[tuple[str, str, str, bool]]:
    """Each test and the nearest ``conftest.py`` above it, which pytest loads for it."""
    for test in tests.tests:
        above = (join_path(folder, "conftest.py") for folder in iter_upward(folder_of(test)))
        nearest = next((path for path in above if path in context.files), "")
        if nearest and test.endswith(".py"):
            yield test, nearest, "is loaded by pytest before it", True


def _partners(context: Context) -> Iterator[tuple[str, str, str, bool]]:
    """Files that the same commits touch."""
    for path, history in context.history.items():
        for other, times in history.partners:
            yield path, other, f"changes with it, in {times} of its {history.commits} commits", True


def _pages(context: Context, roles: Mapping[str, tuple[Role, ...]]) -> Iterator[tuple[str, str, str, bool]]:
    """Documents that bear the name of a source file and mention it, and the other way round."""
    documents: defaultdict[str, list[str]] = defaultdict(list)
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for path, file in context.files.items():
        names = {role.name for role in roles[path]}
        if "documentation" in names:
            if file.entry.language in PROSE | {"text"}:
                documents[stem_of(path).lower()].append(path)
        elif language(file.entry.language).is_code and not names & {TEST, SUPPORT, "example"}:
            stands_for = folder_of(path) if "package" in names else path
            sources[stem_of(stands_for).lower()].append(path)
    for stem, pages in documents.items():
        for page in pages if stem in sources and stem not in GENERIC_STEMS else ():
            text = context.read(page) or ""
            for source in sources[stem]:
                line, mention = _find_mention(text, source, context)
                if line:
                    yield source, page, f"has its name and mentions {mention} in line {line}", True
                    yield page, source, f"is the file of its name that it mentions in line {line}", True


def _find_mention(text: str, source: str, context: Context) -> tuple[int, str]:
    """(line, words) of the first place where a text names a file by its path or dotted name; (0, "") else."""
    names = [source, *_shorter_paths(source)]
    if suffix_of(source) in {".py", ".pyx"}:
        names.append(dotted_name(source, context.files))
    for name in names:
        if ("/" in name or "." in name) and name in text:
            match = re.search(rf"(?<![\w./]){re.escape(name)}(?!\w)", text)
            if match:
                return text.count("\n", 0, match.start()) + 1, name
    return 0, ""


def _shorter_paths(path: str) -> Iterator[str]:
    """The path without its outermost folders, down to one folder and the name."""
    parts = path.split("/")
    return ("/".join(parts[start:]) for start in range(1, len(parts) - 1))
