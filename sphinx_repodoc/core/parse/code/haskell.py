"""Hooks of the Haskell grammar."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse import comments
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import Readable, word_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

KEYWORDS = frozenset(
    [
        *(
            "as",
            "case",
            "class",
            "data",
            "default",
            "deriving",
            "do",
            "else",
            "family",
            "forall",
            "foreign",
            "hiding",
        ),
        *(
            "if",
            "import",
            "in",
            "infix",
            "infixl",
            "infixr",
            "instance",
            "let",
            "mdo",
            "module",
            "newtype",
            "of",
        ),
        *("pattern", "proc", "qualified", "rec", "role", "stock", "anyclass", "then", "type", "via", "where"),
    ]
)
_DIRECTIVE = re.compile(
    rb"^#[ \t]*(?:if|ifdef|ifndef|elif|else|endif|define|undef|include|error|warning|line|let|enum|def)\b(?:[^\\\n]|\\\n?)*+",
    re.MULTILINE,
)
RESTART = re.compile(
    rb"^(?:(?:data|newtype|type|class|instance|deriving|foreign|pattern|infix[lr]?)\b|[a-z_(][\w']*[^\n]{0,200}?[ \t]::[ \t])",
    re.MULTILINE,
)
_DOC = re.compile(rb"--+[ \t]*\||\{-+\s*\|")
_AFTER = re.compile(rb"--+[ \t]*\^|\{-+\s*\^")
_MARK = re.compile(r"^(?:--+)?\s*[|^]?\s*")
_FIELD = re.compile(r"(?:Module|Copyright|License|Maintainer|Stability|Portability|Description)\s*:")
_SPACE = re.compile(r"\s+")
_VALUES = frozenset({"function", "method", "pattern"})
_TYPES = frozenset({"data", "newtype", "class", "data instance"})
_WITH_CONSTRUCTORS = frozenset({"data", "newtype", "data instance"})


def adapt(text: bytes) -> Readable:
    """``text`` without the lines of the preprocessor: the grammar skips what is behind an ``#else``."""
    if b"#" not in text:
        return Readable(text)
    made = _DIRECTIVE.sub(lambda match: re.sub(rb"[^\n]", b" ", match[0]), text)
    return Readable(text if made == text else made)


def doc_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a Haddock comment without its marks."""
    return (_MARK.sub("", line) for line in lines if not _FIELD.match(line))


def read_imports(_form: str, node: Node, source: Source) -> Iterator[Import]:
    module = node.child_by_field_name("module")
    if module is None:
        return
    words = {child.type for child in node.children if not child.is_named}
    alias = node.child_by_field_name("alias")
    listed = node.child_by_field_name("names")
    names = tuple(_names(listed, source)) if listed is not None and "hiding" not in words else ()
    form = "import qualified" if "qualified" in words else "import"
    yield Import(
        module=_joined(module, source),
        names=names,
        alias=_joined(alias, source) if alias is not None else "",
        line=source.line(node.start_byte),
        form=f"{form} hiding" if "hiding" in words else form,
    )


def _names(listed: Node, source: Source) -> Iterator[ImportedName]:
    for child in listed.named_children:
        if child.type == "import_name":
            name = _named(child)
            if name is not None:
                yield ImportedName(name=_joined(name, source))


def _named(node: Node) -> Node | None:
    """What an item of a list of imports or exports names."""
    for field in ("variable", "type", "operator"):
        found = node.child_by_field_name(field)
        if found is not None:
            return found
    return None


def _joined(node: Node, source: Source) -> str:
    text = "".join(source.fold(*node.byte_range).split())
    return text[1:-1] if text[:1] in {"(", "`"} else text


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    remarks = captures.spans("comment")
    starts = [start for start, _ in remarks]
    exports = _read_exports(captures, source)
    seen: dict[tuple[int, str, str], Draft] = {}
    for draft in drafts:
        draft.name = draft.name.strip("()` ") or draft.name
        draft.name = draft.name.partition(" ")[0] if draft.kind == "pattern" else draft.name
        _rename(draft, source)
        draft.dropped |= not draft.name
        if draft.kind in _VALUES and not _merge(draft, seen):
            continue
        if draft.kind in {"constructor", "field"} and not draft.doc:
            _document(draft, remarks, starts, source)
        if exports is not None and not _is_exported(draft, exports):
            draft.visibility = Visibility.PRIVATE


def _rename(draft: Draft, source: Source) -> None:
    node = draft.node
    if draft.kind == "module":
        draft.name = "".join(draft.name.split())
        draft.signature = f"module {draft.name}"
    elif draft.kind == "instance":
        end = next((child.start_byte for child in node.children if child.type == "where"), node.end_byte)
        name = source.fold(draft.name_start, end)
        draft.name = name
        draft.signature = source.fold(node.start_byte, end)
    elif draft.kind in {"data", "newtype", "class", "type family"}:
        is_instance = node.parent is not None and node.parent.type == "data_instance"
        draft.kind = "data instance" if is_instance else draft.kind
        start = node.parent.start_byte if is_instance and node.parent is not None else node.start_byte
        stops = {"=", "where", "deriving"}
        inside = ("constructors", "constructor", "deriving")
        ends = [child.start_byte for child in node.children if child.type in stops]
        ends += [child.start_byte for name in inside for child in node.children_by_field_name(name)]
        draft.signature = source.fold(start, min(ends, default=node.end_byte)).rstrip(" =")
    elif draft.kind in {"type", "data family"}:
        draft.signature = source.fold(*node.byte_range)
    elif draft.kind == "field":
        draft.signature = source.fold(draft.name_start, node.end_byte)
    elif draft.kind == "constructor":
        draft.signature = source.fold(*node.byte_range)
    elif draft.kind in _VALUES and node.type == "signature":
        kind = node.child_by_field_name("type")
        if kind is not None:
            draft.signature = f"{draft.name} :: {source.fold(*kind.byte_range)}"
    elif draft.kind in _VALUES and (match := node.child_by_field_name("match")) is not None:
        draft.signature = source.fold(node.start_byte, match.start_byte).rstrip("=| ")


def _merge(draft: Draft, seen: dict[tuple[int, str, str], Draft]) -> bool:
    """Whether this is the first of the signature and the equations of a function."""
    key = (id(draft.parent), draft.kind, draft.name)
    first = seen.setdefault(key, draft)
    if first is draft:
        return True
    draft.dropped = True
    first.end = max(first.end, draft.end) if not draft.remarks else first.end
    if not first.doc:
        first.doc, first.doc_line = draft.doc, draft.doc_line
    return False


def _document(draft: Draft, remarks: Sequence[Span], starts: Sequence[int], source: Source) -> None:
    """Take the comment behind a constructor or a field."""
    position = bisect_left(starts, draft.end)
    if position == len(remarks) or not _AFTER.match(source.text, starts[position]):
        return
    span = remarks[position]
    if source.text[draft.end : span[0]].strip(b" \t\n,"):
        return
    lines = comments.comment_lines(source.slice(*span))
    paragraph = next(comments.paragraphs(doc_lines(lines), source.line(span[0])), None)
    if paragraph is not None:
        draft.doc, draft.doc_line = paragraph.text, paragraph.line
        draft.remarks = (span[0],)


def _read_exports(captures: Captures, source: Source) -> dict[str, frozenset[str]] | None:
    """Exported name -> what is exported with it, ``..`` for all; nothing when all of the module is."""
    header = next(iter(captures.having("exports")), None)
    listed = captures.single.get("exports") or (header["exports"] if header else None)
    if not listed:
        return None
    module = listed[0].parent.child_by_field_name("module") if listed[0].parent is not None else None
    own = _joined(module, source) if module is not None else ""
    found: dict[str, frozenset[str]] = {}
    for item in listed[0].named_children:
        if item.type == "module_export":
            if own == _joined(item.named_children[-1], source):
                return None
            continue
        name = _named(item) if item.type == "export" else None
        if name is None:
            continue
        children = item.child_by_field_name("children")
        inside = (
            {_joined(child, source) for child in children.named_children} if children is not None else set()
        )
        found[_joined(name, source).rpartition(".")[2] or _joined(name, source)] = frozenset(inside)
    return found


def _is_exported(draft: Draft, exports: dict[str, frozenset[str]]) -> bool:
    if draft.kind in {"module", "instance"} or draft.name in exports:
        return True
    above = draft.parent
    if above is None:
        return False
    if above.kind == "instance":
        return True
    inside = exports.get(above.name, frozenset())
    return ".." in inside or draft.name in inside


GRAMMAR = Grammar(
    package="tree-sitter-haskell",
    queries=("haskell",),
    types=_TYPES,
    members={},
    callables=frozenset(),
    leaves=frozenset({"module", "constructor", "field", "function", "method", "pattern", "type"}),
    value="",
    doc_comment=_DOC,
    headings=frozenset({"module"}),
    doc_lines=doc_lines,
    word=word_table(b"'"),
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=adapt,
    restart=RESTART,
)
