"""Testing and usage of a file: its tests, the command that runs them, the names others use most."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind, symbol_anchors
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Group, Item, Para, Ref
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.model import FileRelations, NameUse, TestLink
    from sphinx_repodoc.core.model import File, Symbol
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

_TEST_ATTRIBUTE = re.compile(r"^(\w+::)*(test|rstest|parameterizedtest|wasm_bindgen_test)\b", re.IGNORECASE)
"""``#[test]``, ``#[tokio::test]``, ``@Test``, ``@ParameterizedTest(…)``."""
_TEST_NAME = re.compile(r"test|(Test|TEST)(?![a-z])")
"""Beginnings by which pytest, unittest and Go find tests: ``testing`` is one, ``Testable`` is none."""
_CALLABLE = frozenset({"function", "method", "func", "fn"})


def build_testing(data: PageData, path: str) -> Blocks:
    """Who tests the file or what it tests, how to run that, and which of its names others use."""
    relations = data.file_relations(path)
    tests = relations.tests
    groups = (
        _links("Tests of this file", tests.direct, "direct-tests"),
        _indirect(relations),
        _links("What it tests", tests.subjects, "subjects"),
        _tests_inside(data.file(path), relations),
        _group("How to run", parts.folded(parts.command_items(tests.commands, path)), "commands"),
        _usage(relations),
    )
    return tuple(group for group in groups if group)


def _group(title: str, blocks: Blocks, anchor: str) -> Group | None:
    return Group(title, blocks, anchor) if blocks else None


def _links(title: str, links: Sequence[TestLink], anchor: str) -> Group | None:
    items = [Item((parts.file_ref(link.path), " — ", ", ".join(link.reasons))) for link in links]
    return _group(title, parts.folded(items), anchor)


def _indirect(relations: FileRelations) -> Group | None:
    folders = relations.tests.indirect
    if not folders:
        return None
    total = sum(number for _, number in folders)
    verb = "reaches" if total == 1 else "reach"
    items = [
        Item((parts.folder_ref(folder), f" — {count(number, 'test file')}")) for folder, number in folders
    ]
    sentence = Para((f"{count(total, 'test file')} {verb} it through other files:",))
    return Group("Reached through other files", (sentence, *parts.folded(items)), "indirect-tests")


def find_tests(file: File, relations: FileRelations) -> tuple[int, ...]:
    """Indexes of the symbols that are tests.

    An attribute says so anywhere; a name only in a test file, where it is how
    the runner finds them.
    """
    by_name = any(role.name == "test" for role in relations.roles)
    symbols = file.facts.symbols
    return tuple(
        index
        for index, symbol in enumerate(symbols)
        if _has_test_attribute(symbol) or (by_name and _is_named_test(symbol, symbols))
    )


def _has_test_attribute(symbol: Symbol) -> bool:
    return any(_TEST_ATTRIBUTE.match(decorator) for decorator in symbol.decorators)


def _is_named_test(symbol: Symbol, symbols: Sequence[Symbol]) -> bool:
    """Fixtures and functions inside functions carry such names too, and no runner calls them."""
    if not (_is_callable(symbol) and _TEST_NAME.match(symbol.name)):
        return False
    inside = symbol.parent >= 0 and _is_callable(symbols[symbol.parent])
    return not inside and not any("fixture" in decorator for decorator in symbol.decorators)


def _is_callable(symbol: Symbol) -> bool:
    return symbol.kind.rpartition(" ")[2] in _CALLABLE


def _tests_inside(file: File, relations: FileRelations) -> Group | None:
    found = find_tests(file, relations)
    if not found:
        return None
    symbols, path = file.facts.symbols, file.entry.path
    anchors = symbol_anchors(symbols)
    items = [
        Item(
            (
                Ref(PageKind.FILE, path, symbols[index].qualname, anchors[index]),
                " ",
                parts.line_ref(path, symbols[index].line),
            ),
            note=symbols[index].doc,
        )
        for index in found
    ]
    return Group(f"{count(len(found), 'test')} in this file", parts.folded(items), "tests-inside")


def users_by_name(relations: FileRelations) -> dict[str, list[NameUse]]:
    """Each used name to its uses, by path."""
    names: defaultdict[str, list[NameUse]] = defaultdict(list)
    for use in relations.uses:
        names[use.name].append(use)
    return dict(names)


def use_anchor(name: str) -> str:
    """HTML id of a name in the list of users on the keyword page."""
    return "use-" + re.sub(r"\s+", "_", name)


def _usage(relations: FileRelations) -> Group | None:
    names = {name: len({use.path for use in uses}) for name, uses in users_by_name(relations).items()}
    ranked = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))
    items = [
        Item(
            (
                Ref(PageKind.FILE_KEYWORDS, relations.path, name, use_anchor(name)),
                f" — used by {count(files, 'file')}",
            )
        )
        for name, files in ranked
    ]
    return _group("Names that other files use", parts.folded(items), "usage")
