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
    words = ["eval"]                # every text with a finding has one of these words, or ("*x") holds an x
    where = { callee = "eval" }     # capture -> regular expression that its whole text matches
    hits = ["eval(x)"]              # texts in which it finds exactly one place
    misses = ["o.eval(x)"]          # texts in which it finds none

The line is that of ``@finding``; the text of ``@name``, when there is one, is said with it.
In place of a query, ``pattern`` is a regular expression over the text, in which comments are
blank and strings are blank but for their quotes (``in = "code"``), or which is as it was
written (``in = "text"``); its group ``name`` is said with it, and the line is that of its group
``finding``, or else of ``name``.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from tree_sitter import Query, QueryCursor

from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.parse.grammar import load_language
from sphinx_repodoc.core.parse.trees import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node, Tree

    from sphinx_repodoc.core.parse.source import Source

TOOL = "sphinx-repodoc"
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """A rule with what it looks for."""

    rule: Rule
    languages: tuple[str, ...]
    query: str = ""
    words: frozenset[str] = frozenset()
    """A text with a finding has one of these words, keywords of the language among them ..."""
    parts: tuple[bytes, ...] = ()
    """... or holds one of these; when both are empty, it may be any."""
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
    words = table.get("words", ())
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
        words=frozenset(word for word in words if not word.startswith("*")),
        parts=tuple(word[1:].encode() for word in words if word.startswith("*")),
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


@dataclass(frozen=True, slots=True)
class _Search:
    """The queries of several rules as one: a second query over a tree takes as long as the first."""

    query: Query
    rules: tuple[SourceRule, ...]
    """For each pattern of the query."""


@cache
def _search(rules: tuple[str, ...], package: str, loader: str) -> _Search:
    found = [source_rules()[rule] for rule in rules]
    ends = [*accumulate(len(each.query.encode()) + len("\n") for each in found)]
    query = Query(load_language(package, loader), "\n".join(each.query for each in found))
    begins = (query.start_byte_for_pattern(index) for index in range(query.pattern_count))
    return _Search(query, tuple(found[bisect_right(ends, begin)] for begin in begins))


def find_in_trees(
    trees: Sequence[Tree], language: str, grammar: tuple[str, str], source: Source, words: Collection[str]
) -> Iterator[Finding]:
    """What the queries of a language find.

    :param grammar: (package, loader) of the trees.
    :param words: of the text, its keywords too. A query takes a third of the time of the parser, and most
        texts have none of the words that one looks for.
    """
    rules = [each for each in rules_for(language) if each.query]
    asked = [each for each in rules if _may_find(each, words, source.text)]
    if not asked:
        return
    # One alone, or all of them: as many searches as there are sets of rules would be too many to keep.
    search = _search(tuple(each.rule.id for each in (asked if len(asked) == 1 else rules)), *grammar)
    cursor = QueryCursor(search.query)
    cursor.set_max_start_depth(DEEPEST)
    yield from _find(
        search.rules, chain.from_iterable(cursor.matches(tree.root_node) for tree in trees), source
    )


def _may_find(rule: SourceRule, words: Collection[str], text: bytes) -> bool:
    if not rule.words and not rule.parts:
        return True
    return not rule.words.isdisjoint(words) or any(part in text for part in rule.parts)


def _find(
    rules: Sequence[SourceRule], matches: Iterable[tuple[int, Mapping[str, list[Node]]]], source: Source
) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for pattern, nodes in matches:
        each = rules[pattern]
        node = nodes["finding"][0]
        key = each.rule.id, node.id
        if key in seen or not all(
            expression.fullmatch(source.text[one.start_byte : one.end_byte])
            for name, expression in each.where
            for one in nodes.get(name, ())
        ):
            continue
        seen.add(key)
        names = nodes.get("name", ())
        text = source.slice(*names[0].byte_range) if names else ""
        yield Finding(rule=each.rule.id, line=source.line(node.start_byte), text=text)


def find_in_text(text: bytes, code: bytes | None, language: str) -> Iterator[Finding]:
    """What the patterns of a language find.

    :param code: the text with its comments and strings blank; ``None`` when they are not known.
    """
    for each in rules_for(language):
        target = text if each.in_text else code
        if each.pattern is None or target is None or not _may_find(each, (), target):
            continue
        for match in each.pattern.finditer(target):
            groups = match.groupdict()
            name = groups.get("name") or b""
            place = next(
                (match.start(group) for group in ("finding", "name") if groups.get(group)), match.start()
            )
            line = text.count(b"\n", 0, place) + 1
            yield Finding(rule=each.rule.id, line=line, text=name.decode("utf-8", "replace"))


@cache
def reads_code(language: str) -> bool:
    """Whether a pattern of the language is for texts without comments."""
    return any(each.pattern is not None and not each.in_text for each in rules_for(language))


@cache
def topics_checked(language: str) -> frozenset[Topic]:
    """Topics of the rules that are for this language, those for every text left out."""
    return frozenset(each.rule.topic for each in rules_for(language) if language in each.languages)
