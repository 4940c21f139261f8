"""Hooks of the Ruby grammar."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.comments import before_tags
from sphinx_repodoc.core.parse.draft import Draft
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.source import Source

_RESERVED = """
    BEGIN END __ENCODING__ __FILE__ __LINE__ alias and begin break case class def defined do else elsif end
    ensure false for if in module next nil not or redo rescue retry return self super then true undef
    unless until when while yield __END__
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"=begin|#(?!!|[ \t]*(?:rubocop:|steep:|@!|frozen_string_literal:))")
RESTART = re.compile(rb"^(?:class|module|def)\b", re.MULTILINE)
_LISTS = frozenset({"argument_list", "splat_argument", "array", "symbol_array", "string_array"})
_LITERALS = frozenset({"simple_symbol", "string", "bare_symbol", "bare_string"})
_MESSAGES = frozenset({"method", "property", "alias"})
"""What is called on an object; all else is found in a scope."""
_HIDDEN = frozenset({"initialize_copy", "initialize_clone", "initialize_dup", "respond_to_missing?"})
"""Private wherever they stand. ``initialize`` is, too, but what it says is how ``new`` is called."""
_LEVELS = {
    "public": Visibility.PUBLIC,
    "protected": Visibility.PROTECTED,
    "module_function": Visibility.PUBLIC,
}
"""All other words of the query make private."""


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    arguments = node.child_by_field_name("arguments")
    literals = arguments.named_children if arguments else []
    name = _literal(literals[0], source) if form == "autoload" else ""
    yield Import(
        module=_literal(literals[-1] if form == "autoload" else literals[0], source),
        names=(ImportedName(name=name),) if name else (),
        line=source.line(node.start_byte),
        form=form,
    )


def _literal(node: Node, source: Source) -> str:
    return _bare(source.slice(*node.byte_range))


def _bare(text: str) -> str:
    return text.removeprefix(":").strip("\"'")


def doc_lines(lines: Iterable[str]) -> Iterator[str]:
    """Without headings and remarks to RDoc: ``:nodoc:``, and the calls that ``:call-seq:`` lists."""
    is_sequence = False
    for line in before_tags(lines):
        is_sequence = line.startswith(":call-seq:") or (is_sequence and line != "")
        yield "" if is_sequence or line.startswith((":", "= ", "== ", "=== ")) else line


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    """Clean the names, keep the first assignment of a constant, and follow what is said of visibility."""
    scopes = _Scopes(source)
    marks = [*captures.single.get("switch", ()), *captures.single.get("restricted", ())]
    steps: list[tuple[int, Node | Draft]] = [(node.start_byte, node) for node in marks]
    steps += [(draft.start, draft) for draft in drafts]
    for _, step in sorted(steps, key=itemgetter(0)):
        if isinstance(step, Draft):
            _clean(step)
            scopes.add(step)
        else:
            scopes.mark(step)


def _clean(draft: Draft) -> None:
    draft.name = _bare(draft.name)
    draft.prefix = draft.prefix.removeprefix("::")
    if draft.kind in _MESSAGES or draft.kind == "member":
        draft.joint = "."
        # Names that are put together when the program runs, and global variables.
        draft.dropped = "#{" in draft.name or draft.name.startswith("$")
    if draft.kind == "property":
        draft.signature = f"{draft.wrapper} :{draft.name}"
    elif draft.kind == "member":
        draft.signature = draft.name
    elif not draft.kind and draft.name == "self":
        draft.name = ""
    if draft.parent is not None and draft.prefix == draft.parent.name and draft.kind == "method":
        draft.prefix = ""
    if draft.parent is not None and draft.name_start == draft.parent.name_start and draft.kind == "constant":
        # ``class << (A = Object.new)`` opens what it defines.
        draft.parent = draft.parent.parent


class _Scopes:
    """The bodies that are open at a place of the file, and who may use what is defined in them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[Draft] = []
        self._levels: dict[int, Visibility] = {}
        """Identity of the owner -> visibility of the methods that follow."""
        self._members: dict[tuple[int, str], list[Draft]] = {}
        self._argument = (0, Visibility.PUBLIC)
        """Where the arguments of a call like ``private def f`` end, and what it says."""

    def _owner(self, at: int) -> int:
        while self._open and self._open[-1].end <= at:
            self._open.pop()
        return id(self._open[-1]) if self._open else 0

    def add(self, draft: Draft) -> None:
        owner = self._owner(draft.start)
        if draft.kind in _MESSAGES:
            if draft.name in _HIDDEN:
                draft.visibility = Visibility.PRIVATE
            elif draft.start < self._argument[0]:
                draft.visibility = self._argument[1]
            elif draft.node.type != "singleton_method":
                draft.visibility = self._levels.get(owner, Visibility.PUBLIC)
        same = self._members.setdefault((owner, f"{draft.prefix} {draft.name}".strip()), [])
        draft.dropped |= draft.kind == "constant" and any(other.kind == "constant" for other in same)
        same.append(draft)
        if draft.kind not in GRAMMAR.leaves:
            self._open.append(draft)

    def mark(self, node: Node) -> None:
        owner = self._owner(node.start_byte)
        method = node.child_by_field_name("method")
        word = self._source.slice(*(method or node).byte_range)
        level = _LEVELS.get(word, Visibility.PRIVATE)
        if method is None:
            self._levels[owner] = level
            return
        self._argument = (node.end_byte, level)
        for name in _names(node, self._source):
            for draft in self._members.get((owner, name), ()):
                if _concerns(word, draft):
                    draft.visibility = level


def _concerns(word: str, draft: Draft) -> bool:
    if word == "private_constant":
        return draft.kind not in _MESSAGES
    return draft.kind in _MESSAGES and (
        (word == "private_class_method") == (draft.node.type == "singleton_method")
    )


def _names(call: Node, source: Source) -> Iterator[str]:
    """Names in the arguments of a call, also in lists of them."""
    todo = [call.child_by_field_name("arguments")]
    while todo:
        node = todo.pop()
        if node is None:
            continue
        if node.type in _LITERALS:
            yield _literal(node, source)
        elif node.type in _LISTS:
            todo += node.named_children


GRAMMAR = Grammar(
    package="tree-sitter-ruby",
    queries=("ruby",),
    separator="::",
    types=frozenset({"class", "module"}),
    forks=True,
    # A definition in a method defines a method of the same class.
    leaves=frozenset({"method", "property", "constant", "alias", "member"}),
    value="right",
    doc_comment=DOC_COMMENT,
    doc_lines=doc_lines,
    doc_of_type=True,
    calls="any",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    restart=RESTART,
)
