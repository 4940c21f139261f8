"""Hooks of the Python grammar."""

from __future__ import annotations

import keyword
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

KEYWORDS = frozenset(keyword.kwlist)
_KEPT_DUNDERS = frozenset({"__all__", "__version__"})
RESTART = re.compile(
    rb"^(?:@|(?:async[ \t]+def|def|class|if|for|while|with|try|from|import)\b)", re.MULTILINE
)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    line = source.line(node.start_byte)
    names = [_read_name(child, source) for child in node.children_by_field_name("name")]
    if form == "import":
        for name in names:
            yield Import(module=name.name, alias=name.alias, line=line)
        return
    origin = node.child_by_field_name("module_name")
    module = "__future__" if origin is None else _text(origin, source)
    if any(child.type == "wildcard_import" for child in node.children):
        names = [ImportedName(name="*")]
    stripped = module.lstrip(".")
    yield Import(
        module=stripped, level=len(module) - len(stripped), names=tuple(names), line=line, form="from"
    )


def _read_name(node: Node, source: Source) -> ImportedName:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None or alias is None:
        return ImportedName(name=_text(node, source))
    return ImportedName(name=_text(name, source), alias=_text(alias, source))


def _text(node: Node, source: Source) -> str:
    """The dotted name without the white space and comments that may stand around its dots."""
    return "".join(source.fold(node.start_byte, node.end_byte).replace("\\", " ").split())


def refine(drafts: list[Draft], _source: Source, _captures: Captures) -> None:
    """Tell constants from variables, and keep the first assignment of a name only."""
    seen: set[tuple[int, str]] = set()
    for draft in drafts:
        dunder = draft.name.startswith("__") and draft.name.endswith("__")
        if draft.name.startswith("_") and not dunder:
            draft.visibility = Visibility.PRIVATE
        if draft.kind not in {"variable", "attribute"}:
            continue
        place = (id(draft.parent), draft.name)
        draft.dropped |= (dunder and draft.name not in _KEPT_DUNDERS) or place in seen
        seen.add(place)
        if draft.kind == "variable" and draft.name.isupper():
            draft.kind = "constant"


GRAMMAR = Grammar(
    package="tree-sitter-python",
    queries=("python",),
    members={"function": "method", "variable": "attribute"},
    leaves=frozenset({"variable", "attribute", "type"}),
    forks=True,
    with_inner=True,
    value="right",
    line_of_name=False,
    calls="bound",
    named=True,
    sessions=True,
    keywords=KEYWORDS,
    dotted=True,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
