"""Hooks of the grammar of HCL, in which Terraform and its relatives are configured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source

_PREFIXES = {"data": "data", "local": "local", "module": "module", "variable": "var"}
"""Kind of a block of Terraform -> what stands before its name where it is used."""
_TERRAFORM = frozenset(
    {"data", "locals", "module", "moved", "output", "provider", "resource", "terraform", "variable"}
)
"""Blocks in which others name nothing."""
_LONGEST_VALUE = 60


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """Sources of modules, and of the providers that are required."""
    value = _literal(node.named_children[-1], source) if node.named_children else ""
    if form == "source":
        block = node.parent.parent if node.parent else None
        form = source.slice(*block.named_children[0].byte_range) if block and block.type == "block" else ""
    if value and form in {"module", "terraform", "provider"}:
        yield Import(module=value, line=source.line(node.start_byte), form=form)


def _literal(expression: Node, source: Source) -> str:
    """The text of a string that is written outright."""
    text = source.slice(*expression.byte_range)
    return text[1:-1] if re.fullmatch(r'"(?:[^"$%\\\n]|\\.)*"', text) else ""


def refine(drafts: list[Draft], source: Source, _captures: Captures) -> None:
    for draft in drafts:
        if draft.kind == "block":
            _name_block(draft, source)
        else:
            _name_attribute(draft, source)


def _name_block(draft: Draft, source: Source) -> None:
    """A block is what its first word says, and its labels are its name."""
    kind, *labels = [
        source.slice(*child.byte_range)
        for child in draft.node.named_children
        if child.type in {"identifier", "string_lit"}
    ]
    above = draft.parent
    draft.kind = kind
    draft.name = ".".join(label.strip('"') for label in labels)
    draft.prefix = _PREFIXES.get(kind, "") if above is None else ""
    is_nested = above is not None and (above.kind in _TERRAFORM or above.dropped)
    draft.dropped = not draft.name or is_nested
    draft.line = source.line(draft.start)
    draft.signature = " ".join([kind, *labels])
    draft.doc = _description(draft.node, source) or draft.doc


def _description(block: Node, source: Source) -> str:
    body = next((child for child in block.named_children if child.type == "body"), None)
    for attribute in body.named_children if body else ():
        if (
            attribute.type == "attribute"
            and source.slice(*attribute.named_children[0].byte_range) == "description"
        ):
            return " ".join(_literal(attribute.named_children[-1], source).replace('\\"', '"').split())
    return ""


def _name_attribute(draft: Draft, source: Source) -> None:
    """Only values that have a name of their own: those at the top, and what is local to a module."""
    above = draft.parent
    if above is not None and above.kind == "locals":
        draft.kind, draft.prefix = "local", "local"
    draft.dropped = above is not None and draft.kind != "local"
    if draft.end - draft.start > _LONGEST_VALUE or b"\n" in source.text[draft.start : draft.end]:
        draft.signature = draft.name


GRAMMAR = Grammar(
    package="tree-sitter-hcl",
    queries=("hcl",),
    types=frozenset(),
    leaves=frozenset({"variable"}),
    callables=frozenset(),
    line_of_name=False,
    doc_comment=re.compile(rb"#|//|/\*"),
    imports=read_imports,
    refine=refine,
    restart=re.compile(rb"^[a-z_]+[ \t]+(?:\"[^\"\n]*\"[ \t]*)*\{", re.MULTILINE),
)
