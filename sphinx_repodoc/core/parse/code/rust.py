"""Hooks of the Rust grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    as async await break const continue crate dyn else enum extern false fn for if impl in let loop
    match mod move mut pub ref return self Self static struct super trait true type unsafe use where
    while
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"///(?!/)|/\*\*(?![*/])")
FILE_COMMENT = re.compile(rb"//!|/\*!")
_PATH = re.compile(r'#\[\s*path\s*=\s*"([^"\\]*)"\s*\]')
RESTART = re.compile(
    rb"^(?:pub|fn|async|unsafe|extern|struct|enum|union|trait|impl|mod|use|const|static|type|macro_rules!)(?!\w)",
    re.MULTILINE,
)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    line = source.line(node.start_byte)
    if form == "use":
        argument = node.child_by_field_name("argument")
        if argument is not None:
            yield from _flatten(argument, source, line)
        return
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None:
        return
    path = _path_attribute(node, source) if form == "mod" else ""
    if path:  # the file has another name than the module
        yield Import(module=path, alias=_text(name, source), line=line, form="mod")
        return
    yield Import(
        module=_text(name, source),
        alias=_text(alias, source) if alias else "",
        line=line,
        form="mod" if form == "mod" else "use",
    )


def _path_attribute(node: Node, source: Source) -> str:
    """What ``#[path = "…"]`` before a module says; empty without one."""
    before = node.prev_named_sibling
    while before is not None and (before.type == "attribute_item" or "comment" in before.type):
        found = _PATH.fullmatch(source.slice(*before.byte_range)) if before.type == "attribute_item" else None
        if found:
            return found[1]
        before = before.prev_named_sibling
    return ""


def _flatten(argument: Node, source: Source, line: int) -> Iterator[Import]:
    """One import for each path of a use tree: ``a::{b, c::{d, e}}`` -> ``a`` with b, ``a::c`` with d and e."""
    todo: list[tuple[Node, str]] = [(argument, "")]
    names: dict[str, list[ImportedName]] = {}
    while todo:
        node, path = todo.pop(0)
        if node.type == "use_list":
            todo[:0] = [(child, path) for child in node.named_children if "comment" not in child.type]
        elif node.type == "scoped_use_list":
            inner, items = node.child_by_field_name("path"), node.child_by_field_name("list")
            if items is not None:
                todo.insert(0, (items, _join(path, _text(inner, source) if inner else "")))
        else:
            module, name = _leaf(node, path, source)
            names.setdefault(module, []).append(name)
    for module, taken in names.items():
        if module:
            yield Import(module=module, names=tuple(taken), line=line, form="use")
            continue
        for name in taken:
            yield Import(module=name.name, alias=name.alias, line=line, form="use")


def _leaf(node: Node, path: str, source: Source) -> tuple[str, ImportedName]:
    alias = ""
    if node.type == "use_as_clause":
        renamed, inner = node.child_by_field_name("alias"), node.child_by_field_name("path")
        alias = _text(renamed, source) if renamed else ""
        node = inner or node
    text = _text(node, source)
    module, _, name = text.rpartition("::")
    return _join(path, module), ImportedName(name=name, alias=alias)


def _join(path: str, name: str) -> str:
    name = name.removeprefix("::")
    return f"{path}::{name}" if path and name else path or name


def _text(node: Node, source: Source) -> str:
    return "".join(source.fold(*node.byte_range).split())


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        if draft.kind:
            draft.dropped |= draft.name == "_"
            draft.visibility = _visibility(draft, source)
        else:
            draft.name = " ".join(draft.name.split())


def _visibility(draft: Draft, source: Source) -> Visibility:
    """As declared; members of a trait, its implementations and variants are as public as their owner."""
    parent = draft.parent
    if parent is not None and (
        parent.kind in {"trait", "enum", "variant"} or parent.node.child_by_field_name("trait") is not None
    ):
        return Visibility.PUBLIC
    if draft.kind == "macro":
        return Visibility.PUBLIC if "macro_export" in draft.decorators else Visibility.PRIVATE
    head = source.fold(draft.start, draft.name_start)
    if not head.startswith("pub"):
        return Visibility.PRIVATE
    return Visibility.INTERNAL if head.startswith("pub(") else Visibility.PUBLIC


GRAMMAR = Grammar(
    package="tree-sitter-rust",
    queries=("rust", "operators"),
    separator="::",
    types=frozenset({"trait", "impl"}),
    members={"function": "method"},
    local=frozenset({"const", "static"}),
    forks=True,
    doc_comment=DOC_COMMENT,
    file_comment=FILE_COMMENT,
    calls="bound",
    fences=True,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
