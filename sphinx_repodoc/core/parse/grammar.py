"""What the engine has to know of a language beside its query."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from tree_sitter import Language

from sphinx_repodoc.core.parse.comments import before_tags
from sphinx_repodoc.core.parse.source import WORD, Readable

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

    from sphinx_repodoc.core.model import Import
    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source


def _no_imports(_form: str, _node: Node, _source: Source) -> Iterable[Import]:
    return ()


def _no_change(_drafts: list[Draft], _source: Source, _captures: Captures) -> None:
    pass


def _as_it_is(text: bytes) -> Readable:
    return Readable(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one language is parsed."""

    package: str
    """Distribution of the grammar; its module has the same name with underscores."""
    queries: tuple[str, ...]
    """File names in ``queries/`` without suffix; their patterns make one query."""
    loader: str = "language"
    """Function of the module that returns the grammar."""
    separator: str = "."
    """Between the names of a qualified name."""
    types: frozenset[str] = frozenset({"class"})
    """Kinds whose direct members are renamed by ``members``."""
    members: Mapping[str, str] = field(default_factory=dict)
    """Kind -> kind of the same definition directly inside a type."""
    callables: frozenset[str] = frozenset({"function", "method"})
    """Kinds whose local names are no symbols ..."""
    local: frozenset[str] = frozenset({"variable", "constant"})
    """... and the kinds of those names."""
    forks: bool = False
    """Whether the query captures where the way through a function forks (``@fork``, without ``@join``)."""
    with_inner: bool = False
    """Whether the complexity of a function holds that of the functions inside."""
    leaves: frozenset[str] = frozenset()
    """Kinds that never contain another definition."""
    value: str = "value"
    """Field with the value of a variable: a long one is left out of the signature."""
    line_of_name: bool = True
    """Whether a definition's line is that of its name; else that of its first word."""
    doc_comment: re.Pattern[bytes] | None = None
    """Matches the start of a comment that documents what follows it."""
    file_comment: re.Pattern[bytes] | None = None
    """Matches the start of a comment that documents the file, whatever follows it."""
    headings: frozenset[str] = frozenset({"package"})
    """Kinds of definitions before which a comment describes the file."""
    doc_lines: Callable[[Iterable[str]], Iterable[str]] = before_tags
    """Lines of a doc comment -> those that describe, their markup taken out."""
    doc_of_type: bool = False
    """Whether a file without a description of its own is described by its first type."""
    word: bytes = WORD
    """Table of what may be in an identifier (:func:`~sphinx_repodoc.core.parse.source.word_table`)."""
    keywords: frozenset[str] = frozenset()
    """Reserved words, which are no identifiers."""
    calls: Literal["", "bound", "any"] = ""
    """Which calls are facts: none, those of names that imports bind, or of any name that is defined elsewhere."""
    named: bool = False
    """Whether strings may name modules, to be imported when that is run."""
    sessions: bool = False
    """Whether docstrings hold sessions of Python."""
    fences: bool = False
    """Whether doc comments hold fenced code of the language."""
    dotted: bool = False
    """Whether dotted names that begin with an imported one count as words too."""
    imports: Callable[[str, Node, Source], Iterable[Import]] = _no_imports
    """(x of the capture ``@import.x``, its node, source) -> imports."""
    refine: Callable[[list[Draft], Source, Captures], None] = _no_change
    """Changes drafts in place after nesting and before they are qualified:
    kinds, visibility, prefixes, what is dropped. Drafts come in source order."""
    prepare: Callable[[bytes], Readable] = _as_it_is
    """A text -> what the parser is given for it. Where that has a space instead, the code of a
    signature has none."""
    restart: re.Pattern[bytes] | None = None
    """Matches the first word of a top-level definition: where to go on after a syntax error."""


@cache
def load_language(package: str, loader: str) -> Language:
    module = importlib.import_module(package.replace("-", "_"))
    return Language(getattr(module, loader)())
