"""The one table of languages with a grammar.

A language is a row here, a module in ``code/`` with its hooks, a query in
``queries/`` and a folder of test fixtures.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tree_sitter import Query

from sphinx_repodoc.core.parse.code import (
    bash,
    csharp,
    cython,
    ecmascript,
    fortran,
    go,
    graphql,
    haskell,
    hcl,
    java,
    julia,
    kotlin,
    lua,
    php,
    python,
    ruby,
    rust,
    scala,
    starlark,
    swift,
    zig,
)
from sphinx_repodoc.core.parse.grammar import load_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.parse.grammar import Grammar

GRAMMARS: Mapping[str, Grammar] = {
    "bash": bash.GRAMMAR,
    "csharp": csharp.GRAMMAR,
    "cython": cython.GRAMMAR,
    "fortran": fortran.GRAMMAR,
    "go": go.GRAMMAR,
    "graphql": graphql.GRAMMAR,
    "haskell": haskell.GRAMMAR,
    "hcl": hcl.GRAMMAR,
    "java": java.GRAMMAR,
    "javascript": ecmascript.JAVASCRIPT,
    "julia": julia.GRAMMAR,
    "kotlin": kotlin.GRAMMAR,
    "lua": lua.GRAMMAR,
    "php": php.GRAMMAR,
    "python": python.GRAMMAR,
    "ruby": ruby.GRAMMAR,
    "rust": rust.GRAMMAR,
    "scala": scala.GRAMMAR,
    "starlark": starlark.GRAMMAR,
    "swift": swift.GRAMMAR,
    "terraform": hcl.GRAMMAR,
    "tsx": ecmascript.TSX,
    "typescript": ecmascript.TYPESCRIPT,
    "zig": zig.GRAMMAR,
}


@cache
def load_query(name: str) -> Query:
    """The compiled query of the language ``name``: once per process, for it is slow."""
    grammar = GRAMMARS[name]
    folder = resources.files(__package__) / "queries"
    text = "\n".join((folder / f"{query}.scm").read_text("utf-8") for query in grammar.queries)
    return Query(load_language(grammar.package, grammar.loader), text)
