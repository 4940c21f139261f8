"""Testing and usage of a file: its tests, the command that runs them, the names others use most."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.core.names import PageKind, symbol_anchors
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Fold, Group, Item, Items, Para, Ref, Source
from sphinx_repodoc.pages.coverage import build_covered
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.model import FileRelations, NameUse, TestLink
    from sphinx_repodoc.core.model import File, Symbol
    from sphinx_repodoc.pages.blocks import Blocks
    from sphinx_repodoc.pages.data import PageData

_JVM_AND_LIKE = ("java", "kt", "groovy", "scala", "php", "cs", "swift")
_NAMES = {
    **dict.fromkeys(("py", "pyx"), re.compile(r"test")),
    "go": re.compile(r"(Test|Benchmark|Fuzz|Example)(?![a-z])"),
    **dict.fromkeys(_JVM_AND_LIKE, re.compile(r"test(?![a-z])")),
}
"""By suffix, how the names of tests begin; in other languages a name alone makes no test."""
_ATTRIBUTES = {
    "rs": re.compile(r"(#\[)?(\w+::)*(test|rstest|test_case|bench)\b(?!\s*::)"),
    **dict.fromkeys(
        _JVM_AND_LIKE,
        re.compile(
            r"\W*(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Fact|Theory|TestMethod"
            r"|DataTestMethod|TestCase)(?=[(\s]|$)"
        ),
    ),
}
"""By suffix, the attributes and annotations that make a function a test."""
_EXAMPLE_LEXERS = {"python": "pycon", "cython": "pycon"}
"""Language of a file to the lexer for the examples in its documentation, where that is another."""
_EXAMPLES = 3
"""Examples before the fold: they take more room than a line each."""
_CALLABLE = frozenset({"function", "method"})


def build_testing(data: PageData, path: str) -> Blocks:
    """Who tests the file or what it tests, how to run that, which lines are run, examples, who uses its names."""
    relations = data.file_relations(path)
    tests = relations.tests
    groups = (
        _group("How to run", parts.folded(parts.command_items(tests.commands, path)), "commands"),
        _links("Tests of this file", [link for link in tests.direct if link.named], "named-tests"),
        _links("Tests that use this file", [link for link in tests.direct if not link.named], "direct-tests"),
        _indirect(relations),
        _named_in(relations),
        _links("What it tests", [link for link in tests.subjects if link.named], "subjects", path),
        _links("What it uses", [link for link in tests.subjects if not link.named], "used", path),
        _tests_inside(data.file(path), relations),
        build_covered(relations),
        _call_sites(relations),
        _examples(data.file(path), relations),
        _usage(relations, data.file(path).entry.language),
    )
    return tuple(group for group in groups if group)


def _group(title: str, blocks: Blocks, anchor: str) -> Group | None:
    return Group(title, blocks, anchor) if blocks else None


def _links(title: str, links: Sequence[TestLink], anchor: str, test: str = "") -> Group | None:
    """List tests of a file, or files of a test: reasons have the test as their subject, and their lines are its."""
    items = [
        Item((parts.file_ref(link.path), " — ", *parts.clauses(link.reasons, test or link.path)))
        for link in links
    ]
    return _group(title, parts.folded(items), anchor)


def _indirect(relations: FileRelations) -> Group | None:
    folders = relations.tests.indirect
    if not folders:
        return None
    total = sum(number for _, number in folders)
    title = f"{count(total, 'test file')} {'reaches' if total == 1 else 'reach'} it through other files"
    if len(folders) == 1:
        where = "It lies in " if total == 1 else "All of them lie in "
        return Group(title, (Para((where, parts.folder_ref(folders[0][0]), ".")),), "indirect-tests")
    items = [
        Item((parts.folder_ref(folder), f" — {count(number, 'test file')}")) for folder, number in folders
    ]
    return Group(title, parts.folded(items), "indirect-tests")


def _named_in(relations: FileRelations) -> Group | None:
    """Files that name it without an import: what they do with the name, only running them tells."""
    items = [
        Item(
            (
                parts.file_ref(each.path),
                " — ",
                Code(each.name),
                *parts.bracketed(parts.line_refs(each.path, each.lines)),
            )
        )
        for each in relations.named_in
    ]
    return _group("Named in strings of", parts.folded(items), "named-in")


def _call_sites(relations: FileRelations) -> Group | None:
    items = [
        Item(
            (
                Ref(PageKind.FILE, relations.path, site.name, parts.definition_anchor(site.name)),
                " in ",
                Ref(PageKind.FILE, site.path, f"{site.path}:{site.line}", f"L{site.line}"),
                ": ",
                Code(site.text),
            )
        )
        for site in relations.call_sites
    ]
    return _group("Used like this", parts.folded(items), "call-sites")


def _examples(file: File, relations: FileRelations) -> Group | None:
    """Those in the documentation of its names, then those in files of tests."""
    path = file.entry.path
    lexer = _EXAMPLE_LEXERS.get(file.entry.language, "")
    shown: list[Blocks] = []
    for each in file.facts.examples:
        name = (
            Ref(PageKind.FILE, path, each.name, parts.definition_anchor(each.name))
            if each.name
            else "The file"
        )
        head = Para((name, ", ", parts.line_ref(path, each.line, each.end_line), ":"))
        shown.append((head, Source(path, each.line, each.end_line, lexer)))
    for test in relations.examples:
        name = Ref(PageKind.FILE, path, test.name, parts.definition_anchor(test.name))
        place = Ref(PageKind.FILE, test.path, f"{test.path}:{test.line}", f"L{test.line}")
        shown.append((Para((name, ", ", place, ":")), Source(test.path, test.line, test.end_line)))
    first = [block for blocks in shown[:_EXAMPLES] for block in blocks]
    rest = tuple(block for blocks in shown[_EXAMPLES:] for block in blocks)
    if rest:
        first.append(Fold((f"and {len(shown) - _EXAMPLES:,} more",), rest))
    return _group("Examples", tuple(first), "examples")


def find_tests(file: File, relations: FileRelations) -> tuple[int, ...]:
    """Indexes of the symbols that are tests.

    An attribute says so anywhere; a name only in a test file, where it is how
    the runner finds them.
    """
    suffix = file.entry.path.rpartition(".")[2]
    attribute = _ATTRIBUTES.get(suffix)
    name = _NAMES.get(suffix) if any(role.name == "test" for role in relations.roles) else None
    symbols = file.facts.symbols
    return tuple(
        index
        for index, symbol in enumerate(symbols)
        if (attribute and any(attribute.match(decorator) for decorator in symbol.decorators))
        or (name and name.match(symbol.name) and _is_found_by_name(symbol, symbols))
    )


def _is_found_by_name(symbol: Symbol, symbols: Sequence[Symbol]) -> bool:
    """Fixtures and functions inside functions carry such names too, and no runner calls them."""
    if symbol.kind not in _CALLABLE or any("fixture" in text.partition("(")[0] for text in symbol.decorators):
        return False
    return symbol.parent < 0 or symbols[symbol.parent].kind not in _CALLABLE


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
            note=sentence(symbols[index].doc, file.entry.language),
        )
        for index in found
    ]
    summary = f"{count(len(found), 'test')} in this file"
    # each of them stands in the structure, too
    return Group(summary, (Fold(("by name and line",), (Items(tuple(items)),)),), "tests-inside")


def users_by_name(relations: FileRelations) -> dict[str, list[NameUse]]:
    """Each used name to its uses, by path."""
    names: defaultdict[str, list[NameUse]] = defaultdict(list)
    for use in relations.uses:
        names[use.name].append(use)
    return dict(names)


def use_anchor(name: str) -> str:
    """HTML id of a name in the list of users on the keyword page."""
    return "use-" + re.sub(r"\s+", "_", name)


def shown_users(relations: FileRelations) -> dict[str, list[str]]:
    """Each name that the section lists as used, to the files that use it, sorted."""
    names = {name: sorted({use.path for use in uses}) for name, uses in users_by_name(relations).items()}
    users = {path for paths in names.values() for path in paths}
    if len(users) == 1 and users <= {end.path for end in relations.imported_by}:
        return {}  # its import is listed with the names already
    return names


def _usage(relations: FileRelations, language: str) -> Group | None:
    ranked = sorted(shown_users(relations).items(), key=lambda pair: (-len(pair[1]), pair[0]))
    items = [
        Item(
            (
                Ref(PageKind.FILE_KEYWORDS, relations.path, name, use_anchor(name)),
                " — used by ",
                # a number says less than the name of the only one
                parts.file_ref(paths[0]) if len(paths) == 1 else parts.counted_users(len(paths), language),
            )
        )
        for name, paths in ranked
    ]
    return _group("Names that other files use", parts.folded(items), "usage")
