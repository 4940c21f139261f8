"""The map from a file's keywords to the sections of its page that contain them.

What a section contains follows from the facts that its builder shows: a name in
the source alone is no reason to send a reader to another section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Ref
from sphinx_repodoc.pages.testing import find_tests, shown_users, use_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_repodoc.analyze.model import FileRelations
    from sphinx_repodoc.core.model import File
    from sphinx_repodoc.pages.blocks import Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class _Text:
    """What one section shows: names by themselves, and prose that may hold any."""

    names: set[str] = field(default_factory=set)
    prose: str = ""
    words: set[str] = field(default_factory=set)

    def add_prose(self, texts: Iterable[str]) -> None:
        self.prose = "\n".join(filter(None, texts))
        self.words.update(_WORD.findall(self.prose))

    def holds(self, keyword: str, *, is_word: bool) -> bool:
        """Say whether the section contains the keyword; headings and dotted names are no single words."""
        if keyword in self.names or keyword in self.words:
            return True
        return not is_word and _holds_phrase(self.prose, keyword)


def _holds_phrase(prose: str, phrase: str) -> bool:
    """By plain search: a regular expression of each keyword took most of the time of a large page."""
    start = prose.find(phrase)
    while start >= 0:
        around = prose[start - 1 : start] + prose[start + len(phrase) : start + len(phrase) + 1]
        if not _WORD.search(around):
            return True
        start = prose.find(phrase, start + 1)
    return False


def build_map(data: PageData, path: str) -> Blocks:
    """One row a keyword: the sections that contain it, its lines in the source, how many use it."""
    file, relations = data.file(path), data.file_relations(path)
    lines = _keyword_lines(file)
    sections = _section_texts(file, relations)
    users: defaultdict[str, set[str]] = defaultdict(set)
    for use in relations.uses:
        users[use.name].add(use.path)
    has_source = file.entry.kind is EntryKind.TEXT
    rows = []
    for keyword in sorted(lines, key=lambda name: (name.casefold(), name)):
        is_word = _WORD.fullmatch(keyword) is not None
        found = [
            (Ref(PageKind.FILE, path, title, anchor, code=False),)
            for anchor, title, text in sections
            if text.holds(keyword, is_word=is_word)
        ]
        source = parts.line_refs(path, sorted(lines[keyword])) if has_source else ()
        rows.append(((Code(keyword),), parts.join(found), source, _users(path, keyword, users)))
    return parts.table(("Keyword", "Sections", "Source", "Used by"), rows, (3,))


def _users(path: str, keyword: str, users: dict[str, set[str]]) -> Inlines:
    if keyword not in users:
        return ()
    return (Ref(PageKind.FILE_KEYWORDS, path, f"{len(users[keyword]):,}", use_anchor(keyword), code=False),)


def _keyword_lines(file: File) -> dict[str, set[int]]:
    """Every keyword of the page to the lines that define or import it."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for symbol in file.facts.symbols:
        lines[symbol.name].add(symbol.line)
    for found in file.facts.imports:
        module = "." * found.level + found.module
        for keyword in (module, *(name.name for name in found.names)):
            if keyword.strip(".*"):
                lines[keyword].add(found.line)
    return dict(lines)


def _section_texts(file: File, relations: FileRelations) -> tuple[tuple[str, str, _Text], ...]:
    """(id, title, content) of the sections that can contain a keyword."""
    purpose, structure, dependencies, testing, notes = (_Text() for _ in range(5))
    symbols = file.facts.symbols
    purpose.add_prose([file.facts.doc, *(role.evidence.text for role in relations.roles)])
    structure.names.update(symbol.name for symbol in symbols)
    structure.add_prose(
        text for symbol in symbols for text in (symbol.signature, symbol.doc, *symbol.decorators)
    )
    dependencies.names.update(_dependency_names(file, relations))
    testing.names.update(symbols[index].name for index in find_tests(file, relations))
    testing.names.update(shown_users(relations))
    notes.add_prose(note.text for note in file.facts.notes)
    return (
        ("purpose", "Purpose", purpose),
        ("structure", "Structure", structure),
        ("dependencies", "Dependencies", dependencies),
        ("testing", "Testing & usage", testing),
        ("notes", "Notes", notes),
    )


def _dependency_names(file: File, relations: FileRelations) -> Iterable[str]:
    """Names and modules that the section shows; a module of this repository stands there as its files."""
    externals = (*relations.standard, *relations.third_party, *relations.unknown)
    for external in externals:
        yield external.module
        yield from external.names
    for end in (*relations.imports, *relations.imported_by):
        yield from end.names
    here = {line for end in relations.imports for line in end.lines}
    for found in file.facts.imports:
        if found.line in here:
            yield "." * found.level + found.module
