"""Hooks of Starlark, in which the build files of Bazel are written: its syntax is that of Python."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName
from sphinx_repodoc.core.parse.code import python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_MADE = frozenset(
    {
        "aspect",
        "macro",
        "module_extension",
        "provider",
        "repository_rule",
        "rule",
        "tag_class",
        "toolchain_type",
    }
)
"""Functions that make what the variable that they are assigned to stands for."""
_NAMED = frozenset({"module", "workspace"})
"""Calls that name the whole; others name a target."""

_IMPORTS = frozenset({"bazel_dep", "load", "use_extension"})


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    if form not in _IMPORTS:
        yield from python.read_imports(form, node, source)
        return
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments else []
    plain = [text for each in given if (text := _string(each, source))]
    keyed = {key: text for each in given for key, text in _keyword(each, source)}
    names = [ImportedName(name=text) for text in plain[1:]]
    names += [ImportedName(name=text, alias=key) for key, text in keyed.items() if form == "load"]
    module = plain[0] if plain else keyed.get("name", "")
    if module:
        yield Import(
            module=module,
            line=source.line(node.start_byte),
            names=() if form == "bazel_dep" else tuple(names),
            form=form,
        )


def _keyword(node: Node, source: Source) -> Iterator[tuple[str, str]]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if node.type == "keyword_argument" and name and value and (text := _string(value, source)):
        yield source.slice(*name.byte_range), text


def _string(node: Node, source: Source) -> str:
    return source.slice(*node.byte_range).strip("\"'") if node.type == "string" else ""


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """Name targets by their rule, and what rules and providers are assigned to by these."""
    python.refine(drafts, source, captures)
    for draft in drafts:
        function = draft.node.child_by_field_name("function")
        if draft.kind == "target" and function is not None:
            called = source.fold(*function.byte_range)
            draft.dropped |= called in _IMPORTS
            draft.kind = called if called in _NAMED else "target"
            draft.signature = f'{called}(name = "{draft.name}")'
            draft.line = source.line(draft.start)
        elif draft.kind in {"variable", "constant"}:
            value = draft.node.child_by_field_name("right")
            made = value.child_by_field_name("function") if value is not None else None
            if made is not None and (kind := source.fold(*made.byte_range)) in _MADE:
                draft.kind = kind


GRAMMAR = replace(
    python.GRAMMAR,
    queries=("python", "starlark"),
    leaves=python.GRAMMAR.leaves | {"target"},
    imports=read_imports,
    refine=refine,
    restart=re.compile(python.RESTART.pattern + rb"|^[A-Za-z_][\w.]*\(", re.MULTILINE),
)
