"""Text of one file -> facts: by a tree-sitter grammar, a scanner, or its lines alone."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core import coverage, languages, rules
from sphinx_repodoc.core.parse import cfamily
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.plain import code_of, is_requirements, scan_plain
from sphinx_repodoc.core.parse.scanners import SCANNED, scan_text
from sphinx_repodoc.core.parse.scanners.requirements import scan_requirements
from sphinx_repodoc.core.parse.trees import deep_facts
from sphinx_repodoc.core.parse.treesitter import parse_source
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Facts

__all__ = ["parse_text"]

_LICENSE = re.compile(r"(?i:(?:un)?licen[cs]es?|copying)(?:[._-].*)?", re.DOTALL)
_DEEP_YAML = re.compile(rb"^[ ?:-]{240}", re.MULTILINE)
"""What 255 levels of indentation must begin with: there the scanner of the grammar (0.7.2) crashes."""


def parse_text(
    text: bytes,
    language: str,
    *,
    path: str = "",
    time_limit: float = 10.0,
    macros: frozenset[str] = frozenset(),
) -> Facts:
    r"""What the text of a file says by itself; bad input yields problems, never an exception.

    :param text: UTF-8 with ``\n`` newlines.
    :param language: a name of :mod:`~sphinx_repodoc.core.languages`; an unknown one gives line counts.
    :param path: its name tells lock files and licences, whose text says something else than others.
    :param time_limit: seconds of CPU for the parser, behind its steps and its memory.
    :param macros: what the other files of the repository define; read for C and its relatives only.
    """
    facts = _read(text, language, path, time_limit=time_limit, macros=macros)
    if language not in GRAMMARS and language not in languages.C_FAMILY:
        code = code_of(text, language) if rules.reads_code(language) else None
        if found := [*rules.find_in_text(text, code, language)]:
            found = sorted([*facts.findings, *found], key=attrgetter("line", "rule"))
            facts = replace(facts, findings=tuple(found))
    if coverage.is_report(path) and (
        wrong := coverage.read_report(path, text.decode("utf-8", "replace")).problem
    ):
        problem = Problem(kind=ProblemKind.COVERAGE, message=wrong)
        facts = replace(facts, problems=(*facts.problems, problem))
    if facts.doc and _is_license(path) and not languages.language(language).is_code:
        # The text of a licence describes itself, not the repository.
        return replace(facts, doc="", doc_line=0)
    return facts


def _is_license(path: str) -> bool:
    """Whether a file is named as texts of licences are."""
    return _LICENSE.fullmatch(path.rpartition("/")[2]) is not None


def _read(text: bytes, language: str, path: str, *, time_limit: float, macros: frozenset[str]) -> Facts:
    if language in GRAMMARS:
        return parse_source(text, language, time_limit=time_limit)
    if language in languages.C_FAMILY:
        facts = cfamily.parse_c(text, language, time_limit=time_limit, macros=macros)
        return _with_locals(replace(facts, symbols=cfamily.tell_visibility(facts.symbols, path)))
    if language == "yaml" and (deep := _DEEP_YAML.search(text)):
        return deep_facts(text, text.count(b"\n", 0, deep.start()) + 1)
    if language in SCANNED:
        return scan_text(text, language, path, time_limit=time_limit)
    if language in {"", "text"} and is_requirements(path):
        return scan_requirements(text)
    return scan_plain(text, language, path)


def _with_locals(facts: Facts) -> Facts:
    """Mark what lies in a function of C, at any depth; a parent comes before what it contains."""
    inside: set[int] = set()
    for index, symbol in enumerate(facts.symbols):
        above = symbol.parent
        if above in inside or (above >= 0 and facts.symbols[above].kind in cfamily.CALLABLES):
            inside.add(index)
    if not inside:
        return facts
    symbols = (replace(symbol, local=i in inside) for i, symbol in enumerate(facts.symbols))
    return replace(facts, symbols=tuple(symbols))
