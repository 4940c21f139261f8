"""The one table of languages with a grammar.

A language is a row here, a query in ``queries/`` and a folder of test fixtures.
What a query cannot say is said by the hooks of its row.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from tree_sitter import Language, Query

from sphinx_repodoc.core.parse import ecmascript, golang, java, python, rust
from sphinx_repodoc.core.parse.source import WORD, WORD_WITH_DOLLAR

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
    doc_of_type: bool = False
    """Whether a file without a description of its own is described by its first type."""
    word: re.Pattern[bytes] = WORD
    """What may be an identifier."""
    keywords: frozenset[str] = frozenset()
    """Reserved words, which are no identifiers."""
    dotted: bool = False
    """Whether dotted names that begin with an imported one count as words too."""
    imports: Callable[[str, Node, Source], Iterable[Import]] = _no_imports
    """(x of the capture ``@import.x``, its node, source) -> imports."""
    refine: Callable[[list[Draft], Source, Captures], None] = _no_change
    """Changes drafts in place after nesting and before they are qualified:
    kinds, visibility, prefixes, what is dropped. Drafts come in source order."""
    restart: re.Pattern[bytes] | None = None
    """Matches the first word of a top-level definition: where to go on after a syntax error."""


_JAVASCRIPT = Grammar(
    package="tree-sitter-javascript",
    queries=("javascript", "jsx", "classic"),
    types=frozenset({"class", "interface", "enum"}),
    members={"function": "method"},
    doc_comment=ecmascript.DOC_COMMENT,
    file_comment=ecmascript.FILE_COMMENT,
    word=WORD_WITH_DOLLAR,
    keywords=ecmascript.KEYWORDS,
    imports=ecmascript.read_imports,
    refine=ecmascript.refine,
    restart=ecmascript.RESTART,
)
_TYPESCRIPT = replace(
    _JAVASCRIPT,
    package="tree-sitter-typescript",
    loader="language_typescript",
    queries=("javascript", "typescript"),
)

GRAMMARS: Mapping[str, Grammar] = {
    "python": Grammar(
        package="tree-sitter-python",
        queries=("python",),
        members={"function": "method", "variable": "attribute"},
        leaves=frozenset({"variable", "attribute", "type"}),
        value="right",
        line_of_name=False,
        keywords=python.KEYWORDS,
        dotted=True,
        imports=python.read_imports,
        refine=python.refine,
        restart=python.RESTART,
    ),
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "tsx": replace(_TYPESCRIPT, loader="language_tsx", queries=("javascript", "jsx", "typescript")),
    "go": Grammar(
        package="tree-sitter-go",
        queries=("go",),
        leaves=frozenset({"package", "field"}),
        doc_comment=golang.DOC_COMMENT,
        keywords=golang.KEYWORDS,
        imports=golang.read_imports,
        refine=golang.refine,
        restart=golang.RESTART,
    ),
    "rust": Grammar(
        package="tree-sitter-rust",
        queries=("rust",),
        separator="::",
        types=frozenset({"trait", "impl"}),
        members={"function": "method"},
        local=frozenset({"const", "static"}),
        doc_comment=rust.DOC_COMMENT,
        file_comment=rust.FILE_COMMENT,
        keywords=rust.KEYWORDS,
        imports=rust.read_imports,
        refine=rust.refine,
        restart=rust.RESTART,
    ),
    "java": Grammar(
        package="tree-sitter-java",
        queries=("java",),
        callables=frozenset({"method", "constructor"}),
        leaves=frozenset({"package"}),
        doc_comment=java.DOC_COMMENT,
        doc_of_type=True,
        word=WORD_WITH_DOLLAR,
        keywords=java.KEYWORDS,
        imports=java.read_imports,
        refine=java.refine,
    ),
}


@cache
def load_language(package: str, loader: str) -> Language:
    module = importlib.import_module(package.replace("-", "_"))
    return Language(getattr(module, loader)())


@cache
def load_query(name: str) -> Query:
    """The compiled query of the language ``name``: once per process, for it is slow."""
    grammar = GRAMMARS[name]
    folder = resources.files(__package__) / "queries"
    text = "\n".join((folder / f"{query}.scm").read_text("utf-8") for query in grammar.queries)
    return Query(load_language(grammar.package, grammar.loader), text)


@cache
def grammar_versions(*further: str) -> str:
    """Name and version of the parser and of each grammar, and of ``further`` packages, sorted."""
    packages = {"tree-sitter", *further, *(grammar.package for grammar in GRAMMARS.values())}
    return " ".join(f"{package}={metadata.version(package)}" for package in sorted(packages))
