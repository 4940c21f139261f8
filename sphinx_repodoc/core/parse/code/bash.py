"""Hooks of the grammar of shells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Visibility
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_RESERVED = """
    case coproc do done elif else esac fi for function if in select then time until while
    export readonly local declare typeset unset
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"#(?!!|[ \t]*shellcheck[ \t])")
RESTART = re.compile(rb"^(?:function[ \t]|[\w.:-]+[ \t]*\([ \t]*\))", re.MULTILINE)
_FIXED = re.compile(r"readonly\b|(?:declare|typeset)(?:\s+[-+][A-Za-z]+)*?\s+-[A-Za-z]*r")
_LONGEST_HEAD = 100
"""Characters before a name in which the options of its declaration stand."""
_PATTERN = frozenset("*?![]@+")
"""Before a bracket they make a pattern of it."""
_QUOTED = frozenset({"string", "raw_string"})


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    """The first argument; what a process prints is no file."""
    parts: list[Node] = []
    for part in node.children_by_field_name("argument"):
        if parts and part.start_byte > parts[-1].end_byte:
            break
        parts += part.named_children if part.type == "concatenation" else [part]
    if not parts or parts[0].type == "process_substitution":
        return
    yield Import(
        module="".join(_unquoted(part, source) for part in parts),
        line=source.line(node.start_byte),
        form=form,
    )


def _unquoted(node: Node, source: Source) -> str:
    text = source.slice(*node.byte_range)
    return text[1:-1] if node.type in _QUOTED else text


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """Tell constants from variables, and keep the first assignment of a name only."""
    hidden = Cover(_hidden(source, captures))
    fixed = {source.slice(*node.byte_range) for node in captures.single.get("fixed", ())}
    seen: set[str] = set()
    for draft in drafts:
        if draft.kind == "function":
            draft.dropped = draft.name[-1:] in _PATTERN
        elif draft.kind == "alias":
            draft.name, is_defined, _ = draft.name.partition("=")
            draft.dropped = not is_defined
        elif draft.kind == "variable":
            head = source.slice(draft.outer, min(draft.start, draft.outer + _LONGEST_HEAD))
            draft.kind = "constant" if draft.name in fixed or _FIXED.match(head) else draft.kind
            draft.dropped = draft.name in seen or draft.start in hidden
            if not draft.dropped:
                seen.add(draft.name)
        if draft.name.startswith("_"):
            draft.visibility = Visibility.PRIVATE


def _hidden(source: Source, captures: Captures) -> Iterator[Span]:
    """Where an assignment does not reach the script: functions, other processes, before a command."""
    yield from captures.spans("hidden")
    yield from captures.spans("deferred")
    yield from (nodes["broken"][0].byte_range for nodes in captures.having("broken"))
    for nodes in captures.having("run"):
        start, end = nodes["prefixed"][0].start_byte, nodes["run"][0].start_byte
        # The grammar takes the command of the next line for that of assignments on a line of their own.
        if source.code_before(end) or source.text[start:end].rstrip(b" \t").endswith(b"\\\n"):
            yield start, end


GRAMMAR = Grammar(
    package="tree-sitter-bash",
    queries=("bash",),
    # A function is known everywhere once the one around it has run.
    leaves=frozenset({"function", "alias", "variable"}),
    doc_comment=DOC_COMMENT,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
