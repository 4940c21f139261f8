"""Our own rules: shapes in syntax trees, and in lines where a language has no tree. One rule a file.

A rule is a TOML file of this folder::

    id = "js-eval"                  # unique; it stands on pages and in reports
    topic = "security"              # a value of Topic
    languages = ["javascript"]      # names of core.languages; "*" for every text
    title = "code from a string"
    why = "..."                     # Markdown, a paragraph
    instead = "..."
    references = ["CWE-95"]
    query = "(call_expression function: (identifier) @callee) @finding"
    where = { callee = "eval" }     # capture -> regular expression that its whole text matches
    hits = ["eval(x)"]              # texts in which it finds exactly one place
    misses = ["o.eval(x)"]          # texts in which it finds none

The line is that of ``@finding``; the text of ``@name``, when there is one, is said with it.
In place of a query, ``pattern`` is a regular expression over the text, in which comments are
blank and strings are blank but for their quotes (``in = "code"``), or which is as it was
written (``in = "text"``); its group ``name`` is said with it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any

from tree_sitter import Query, QueryCursor

from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.parse.grammar import load_language
from sphinx_repodoc.core.parse.trees import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Tree

    from sphinx_repodoc.core.parse.source import Source

TOOL = "sphinx-repodoc"
ANY = "*"
_CAPTURE = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """A rule with what it looks for."""

    rule: Rule
    languages: tuple[str, ...]
    query: str = ""
    where: tuple[tuple[str, re.Pattern[bytes]], ...] = ()
    """(capture, expression that the whole text of each of its nodes matches)."""
    pattern: re.Pattern[bytes] | None = None
    in_text: bool = False
    """Whether the pattern is for the text as it was written, with its strings and comments."""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@cache
def source_rules() -> Mapping[str, SourceRule]:
    """Every rule by its id, sorted."""
    folder = resources.files(__package__)
    files = [
        file
        for part in folder.iterdir()
        if part.is_dir()
        for file in part.iterdir()
        if file.name.endswith(".toml")
    ]
    rules = [_read(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return {each.rule.id: each for each in sorted(rules, key=lambda each: each.rule.id)}


def _read(table: dict[str, Any]) -> SourceRule:
    pattern = table.get("pattern")
    return SourceRule(
        rule=Rule(
            id=table["id"],
            topic=Topic(table["topic"]),
            title=table["title"],
            tool=TOOL,
            why=" ".join(table["why"].split()),
            instead=" ".join(table.get("instead", "").split()),
            references=tuple(table.get("references", ())),
        ),
        languages=tuple(table["languages"]),
        query=table.get("query", ""),
        where=tuple(
            (name, re.compile(text.encode(), re.DOTALL)) for name, text in table.get("where", {}).items()
        ),
        pattern=re.compile(pattern.encode(), re.MULTILINE) if pattern else None,
        in_text=table.get("in") == "text",
        hits=tuple(table["hits"]),
        misses=tuple(table["misses"]),
    )


@cache
def rules_for(language: str) -> tuple[SourceRule, ...]:
    """The rules that look at a language."""
    return tuple(each for each in source_rules().values() if {language, ANY} & {*each.languages})


@cache
def _query(language: str, package: str, loader: str) -> Query | None:
    """All queries of a language as one; the captures of each rule begin with its id."""
    texts = [
        _CAPTURE.sub(lambda match, each=each: f"@{each.rule.id}.{match[1]}", each.query)  # type: ignore[misc] # mypy takes no default here
        for each in rules_for(language)
        if each.query
    ]
    return Query(load_language(package, loader), "\n".join(texts)) if texts else None


def find_in_trees(
    trees: Sequence[Tree], language: str, grammar: tuple[str, str], source: Source
) -> Iterator[Finding]:
    """What the queries of a language find, in the order of the trees.

    :param grammar: (package, loader) of the trees.
    """
    query = _query(language, *grammar)
    if query is None:
        return
    cursor = QueryCursor(query)
    cursor.set_max_start_depth(DEEPEST)
    seen: set[tuple[str, int]] = set()
    for _, nodes in chain.from_iterable(cursor.matches(tree.root_node) for tree in trees):
        key = next(name for name in nodes if name.endswith(".finding"))
        found = source_rules()[key.removesuffix(".finding")]
        place = (found.rule.id, nodes[key][0].id)
        if place in seen or not all(
            pattern.fullmatch(source.text[node.start_byte : node.end_byte])
            for name, pattern in found.where
            for node in nodes.get(f"{found.rule.id}.{name}", ())
        ):
            continue
        seen.add(place)
        names = nodes.get(f"{found.rule.id}.name", ())
        text = source.slice(*names[0].byte_range) if names else ""
        yield Finding(rule=found.rule.id, line=source.line(nodes[key][0].start_byte), text=text)


def find_in_text(text: bytes, code: bytes | None, language: str) -> Iterator[Finding]:
    """What the patterns of a language find.

    :param code: the text with its comments and strings blank; ``None`` when they are not known.
    """
    for each in rules_for(language):
        target = text if each.in_text else code
        if each.pattern is None or target is None:
            continue
        for match in each.pattern.finditer(target):
            name = match.groupdict().get("name") or b""
            line = text.count(b"\n", 0, match.start()) + 1
            yield Finding(rule=each.rule.id, line=line, text=name.decode("utf-8", "replace"))


@cache
def topics_checked(language: str) -> frozenset[Topic]:
    """Topics of the rules that are for this language, those for every text left out."""
    return frozenset(each.rule.topic for each in rules_for(language) if language in each.languages)
