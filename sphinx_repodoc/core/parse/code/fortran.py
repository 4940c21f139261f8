"""Hooks of the Fortran grammar."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.code.fortran_form import to_free
from sphinx_repodoc.core.parse.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_RESERVED = """
    abstract allocatable allocate assign assignment associate asynchronous backspace bind block call case character class
    close codimension common complex concurrent contains contiguous continue critical cycle data deallocate default
    deferred dimension do double doubleprecision elemental else elseif elsewhere end endassociate endblock enddo endenum
    endfile endforall endfunction endif endinterface endmodule endprocedure endprogram endselect endsubmodule endsubroutine
    endtype endwhere entry enum enumerator equivalence exit extends external final flush forall format function generic go
    goto if implicit import impure in include inout inquire integer intent interface intrinsic is kind len logical module
    namelist none nopass nullify only open operator optional out parameter pass pause pointer precision print private
    procedure program protected public pure read real recursive result return rewind save select sequence stop submodule
    subroutine target then to type use value volatile wait where while write
"""
KEYWORDS = frozenset(form for word in _RESERVED.split() for form in (word, word.upper(), word.capitalize()))
_CALLABLES = frozenset({"subroutine", "function", "module procedure", "entry"})
_DECLARED = frozenset({"variable", "method", "enumerator"})
_MODULES = frozenset({"module", "submodule"})
_METADATA = re.compile(
    r"(?:authors?|licen[cs]e|version|date|category|graph|display|proc_internal|summary)\s*:", re.IGNORECASE
)
_MARKUP = re.compile(r"</?[bi]>|\\[bcep][ \t]+")
"""What Doxygen sets in bold and the like."""
_AFTER = re.compile(rb"![!<]")
"""Begins a comment about what stands before it."""
_CONTINUED = re.compile(r"\s*&\s*")
_ACCESS = re.compile(r"\b(public|private|protected)\b", re.IGNORECASE)
_PARAMETER = re.compile(r"\bparameter\b", re.IGNORECASE)
_NAME = re.compile(r"(?i:operator|assignment|read|write)\s*\([^()]*\)|\w+")


def doc_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a doc comment without Ford's notes about the file."""
    return (_MARKUP.sub("", line) for line in comments.before_tags(lines) if not _METADATA.match(line))


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    line = source.line(node.start_byte)
    if form == "include":
        path = node.child_by_field_name("path")
        if path is not None:
            text = source.slice(*path.byte_range)
            is_directive = node.type == "preproc_include"
            form = ('include "…"' if text[:1] == '"' else "include <…>") if is_directive else "include"
            yield Import(module=text.strip("\"'<> "), line=line, form=form)
        return
    module = next((child for child in node.named_children if child.type == "module_name"), None)
    if module is None:
        return
    name = source.slice(*module.byte_range)
    names = tuple(_names(node, source)) if form == "use" else ()
    has_only = any(child.type == "included_items" for child in node.named_children)
    if names and not has_only:
        names = (*names, ImportedName(name="*"))
    yield Import(module=name, names=names, line=line, form=form)


def _names(node: Node, source: Source) -> Iterator[ImportedName]:
    for child in node.named_children:
        if child.type == "included_items":
            yield from _names(child, source)
        elif child.type == "use_alias":
            parts = [source.slice(*part.byte_range) for part in child.named_children]
            if len(parts) > 1:
                yield ImportedName(name=parts[-1], alias=parts[0])
        elif child.type != "module_name" and node.type == "included_items":
            yield ImportedName(name="".join(source.fold(*child.byte_range).split()))


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    remarks = captures.spans("comment")
    starts = [start for start, _ in remarks]
    declarations: dict[int, Sequence[Span]] = {}
    for draft in drafts:
        draft.name = "".join(
            source.fold(draft.name_start, draft.name_start + len(draft.name.encode())).split()
        )
        draft.dropped |= not draft.name
        head = _head(draft.node)
        if head is not None:
            draft.signature = source.fold(*head.byte_range)
        elif draft.kind in _DECLARED:
            if draft.node.id not in declarations:
                declarators = draft.node.children_by_field_name("declarator")
                declarations[draft.node.id] = [each.byte_range for each in declarators]
            draft.signature = _declaration(draft, declarations[draft.node.id], source)
        draft.signature = _CONTINUED.sub(" ", draft.signature)
        if draft.kind == "entry" and draft.parent is not None:
            # It can be called like the procedure around it.
            draft.parent = draft.parent.parent
        if draft.kind == "variable":
            _place_variable(draft)
        draft.end = max(draft.start + len(source.text[draft.start : draft.end].rstrip()), draft.name_start)
        if not draft.doc:
            _document(draft, head, remarks, starts, source)
        if draft.doc == draft.name:
            draft.doc = ""
    _hide(drafts, source, captures)


def _head(node: Node) -> Node | None:
    """The statement that begins a unit of several."""
    first = node.named_child(0)
    return (
        first
        if first is not None and first.type == f"{node.type.removesuffix('_definition')}_statement"
        else None
    )


def _declaration(draft: Draft, declared: Sequence[Span], source: Source) -> str:
    """A declaration as if it declared one name only.

    :param declared: where all that it declares stands.
    """
    place = bisect_right(declared, draft.name_start, key=itemgetter(0)) - 1
    if place < 0 or draft.name_start >= declared[place][1]:
        return source.fold(draft.node.start_byte, draft.end)
    return source.fold(draft.node.start_byte, declared[0][0]) + " " + source.fold(*declared[place])


def _place_variable(draft: Draft) -> None:
    above = draft.parent
    if above is not None and above.kind == "type":
        draft.kind = "component"
    elif _PARAMETER.search(draft.signature.partition("::")[0]):
        draft.kind = "constant"
    inside_unit = above is None or above.kind in _MODULES or above.kind in {"type", "program", "block data"}
    draft.dropped |= not inside_unit or _is_in_block(draft.node)


def _is_in_block(node: Node) -> bool:
    """Whether a declaration is local to a ``block`` of a program."""
    above = node.parent
    while above is not None and above.type not in {"program", "module", "submodule", "translation_unit"}:
        if above.type == "block_construct":
            return True
        above = above.parent
    return False


def _document(
    draft: Draft, head: Node | None, remarks: Sequence[Span], starts: Sequence[int], source: Source
) -> None:
    """Take the comment behind a definition, or behind the statement that begins it."""
    start, end = head.byte_range if head is not None else (draft.start, draft.end)
    end = start + len(source.code[start:end].rstrip())
    position = bisect_left(starts, end)
    spans: list[Span] = []
    while position < len(remarks) and _AFTER.match(source.text, starts[position]):
        if not source.adjacent(end, starts[position]):
            break
        if (
            source.text[starts[position] : starts[position] + 2] == b"!<"
            and b"\n" in source.text[end : starts[position]]
            and not spans
        ):
            break
        spans.append(remarks[position])
        end = remarks[position][1]
        position += 1
    lines = [line for span in spans for line in comments.comment_lines(source.slice(*span))]
    paragraph = next(comments.paragraphs(doc_lines(lines), 1), None)
    if paragraph is not None:
        draft.doc = paragraph.text
        draft.doc_line = source.line(spans[0][0])
        draft.remarks = tuple(start for start, _ in spans)


def _hide(drafts: Sequence[Draft], source: Source, captures: Captures) -> None:
    """Apply what modules, types and declarations say about access."""
    by_scope: dict[int, dict[str, Visibility]] = {}
    defaults: dict[int, Visibility] = {}
    scopes = {draft.node.id: draft for draft in drafts}
    for access, nodes in (
        ("private", captures.single.get("private", ())),
        ("public", captures.single.get("public", ())),
    ):
        for node in nodes:
            owner = node.parent
            if owner is not None and owner.type == "derived_type_procedures":
                owner = owner.parent
            if owner is None or owner.id not in scopes:
                continue
            names = _NAME.findall(source.fold(*node.byte_range))[1:]
            if names:
                by_scope.setdefault(owner.id, {}).update(
                    ("".join(name.split()).lower(), Visibility(access)) for name in names
                )
            else:
                defaults[owner.id] = Visibility(access)
    for draft in drafts:
        above = draft.parent
        if above is None or above.kind not in {*_MODULES, "type"}:
            continue
        said = _ACCESS.search(draft.signature.partition("::")[0]) if draft.kind not in _CALLABLES else None
        named = by_scope.get(above.node.id, {}).get(draft.name.lower())
        if said and said[1].lower() != "protected":
            draft.visibility = Visibility(said[1].lower())
        else:
            draft.visibility = named or defaults.get(above.node.id, Visibility.PUBLIC)


GRAMMAR = Grammar(
    package="tree-sitter-fortran",
    queries=("fortran",),
    types=frozenset({"type"}),
    callables=_CALLABLES,
    local=frozenset({"variable", "constant", "enumerator"}),
    leaves=frozenset(
        {"variable", "component", "constant", "enumerator", "method", "generic", "entry", "macro"}
    ),
    value="",
    doc_comment=re.compile(rb"(?s:.)"),
    headings=frozenset(),
    doc_lines=doc_lines,
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=to_free,
)
