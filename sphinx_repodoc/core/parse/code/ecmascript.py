"""Hooks of the JavaScript and TypeScript grammars."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, ImportedName, Visibility
from sphinx_repodoc.core.parse.code.typescript import hide_imports, hide_more
from sphinx_repodoc.core.parse.grammar import Grammar
from sphinx_repodoc.core.parse.source import WORD_WITH_DOLLAR, Readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.captures import Captures
    from sphinx_repodoc.core.parse.draft import Draft
    from sphinx_repodoc.core.parse.source import Source, Span

_RESERVED = """
    await break case catch class const continue debugger default delete do else enum export extends
    false finally for function if import in instanceof new null return super switch this throw true try
    typeof var void while with yield let static
"""
KEYWORDS = frozenset(_RESERVED.split())
DOC_COMMENT = re.compile(rb"/\*\*(?![*/])")
FILE_COMMENT = re.compile(
    rb"/\*\*(?:(?!\*/).)*?@(?:file|fileoverview|overview|module|packageDocumentation)\b", re.DOTALL
)
_TYPES = frozenset({"class", "interface", "enum"})
_QUOTES = frozenset("\"'`")
_ASSIGNMENT = "assignment_expression"
_PARAMETERS = frozenset({"required_parameter", "optional_parameter"})
_MODULE_OBJECTS = frozenset({"exports", "module.exports"})
_DOTTED = re.compile(r"[\w$]+(?:\.#?[\w$]+)*")
_RESTRICTED = re.compile(r"(?:^|\s)(private|protected)\s")
_RENAMED = frozenset(word.encode() for word in KEYWORDS - {"default"})
_CLAUSE = re.compile(
    rb"\b(?P<word>import|export)\b(?:\s*+\*\s*+as\s++(?P<space>[a-z]++)\s++from\b"
    rb"|(?:\s++[\w$]++\s*+,)?+\s*+\{(?P<names>[^{}()'\"`;=]*+)\}(?P<from>\s*+from\b)?)"
)
_NAMED = re.compile(rb"(?:^|,)\s*+(?P<name>[\w$]++)(?:\s++as\s++(?P<alias>[\w$]++))?+\s*+(?=,|$)")
RESTART = re.compile(
    rb"^(?:@|(?:export|import|async|function|abstract|class|const|let|var|interface|type|enum|declare|namespace)\b)",
    re.MULTILINE,
)


def read_imports(form: str, node: Node, source: Source) -> Iterator[Import]:
    line = source.line(node.start_byte)
    if form == "hidden":
        module = _text(node, source).partition("(")[2].removesuffix(")").strip()[1:-1]
        yield Import(module=module, line=line, form="import", type_only=True)
        return
    if form in {"dynamic", "require"}:
        arguments = node.child_by_field_name("arguments")
        # A comment for the bundler may stand before the path.
        path = (
            next((each for each in arguments.named_children if each.type == "string"), None)
            if arguments
            else None
        )
        module = _literal(path, source) if path else ""
        names, alias = _bound_by_call(node, form, source)
        yield Import(
            module=module,
            line=line,
            names=names,
            alias=alias,
            form="require" if form == "require" else "import",
        )
        return
    clauses = [child for child in node.named_children if child.type in _CLAUSES]
    required = next((child for child in clauses if child.type == "import_require_clause"), None)
    origin = (required or node).child_by_field_name("source")
    if origin is None:
        # ``import x = A.B`` names something that is imported already.
        return
    names = tuple(name for clause in clauses for name in _names_of(clause, source))
    spaces = [name.alias for name in names if name.name == "*" and name.alias]
    yield Import(
        module=_literal(origin, source),
        line=line,
        names=tuple(name for name in names if not (name.name == "*" and name.alias)),
        alias=spaces[0] if spaces else "",
        form="require" if required else form,
        # The grammar does not know ``export type *``.
        type_only=any(child.type == "type" for child in node.children)
        or (form == "export" and _text(node, source).split(maxsplit=2)[1] == "type"),
    )


_CLAUSES = frozenset({"import_clause", "export_clause", "namespace_export", "import_require_clause", "*"})


def _names_of(clause: Node, source: Source) -> Iterator[ImportedName]:
    if clause.type in {"namespace_export", "import_require_clause"}:
        yield ImportedName(name="*", alias=_text(clause.named_children[0], source))
        return
    for child in clause.named_children:
        if child.type == "identifier":
            yield ImportedName(name="default", alias=_text(child, source))
        elif child.type == "namespace_import":
            yield ImportedName(name="*", alias=_text(child.named_children[0], source))
        elif child.type == "named_imports":
            yield from (_specifier(item, source) for item in child.named_children if item.type != "comment")
        elif child.type == "export_specifier":
            yield _specifier(child, source)


def _specifier(node: Node, source: Source) -> ImportedName:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None:
        return ImportedName(name=_text(node, source))
    return ImportedName(name=_literal(name, source), alias=_text(alias, source) if alias else "")


def _bound_by_call(node: Node, form: str, source: Source) -> tuple[tuple[ImportedName, ...], str]:
    """What ``const {a, b: c} = require("m")`` takes, or the name that stands for the module."""
    above, member = node.parent, ""
    if above is not None and above.type == "await_expression":
        above = above.parent
    if above is not None and above.type == "member_expression" and form == "require":
        taken = above.child_by_field_name("property")
        member, above = _text(taken, source) if taken else "", above.parent
    target = above.child_by_field_name("name") if above and above.type == "variable_declarator" else None
    if target is None:
        return ((ImportedName(name=member),) if member else ()), ""
    if target.type == "identifier":
        name = _text(target, source)
        if not member:
            return (), name
        return (ImportedName(name=member, alias=name if name != member else ""),), ""
    return tuple(_destructured(target, source)), ""


def _destructured(pattern: Node, source: Source) -> Iterator[ImportedName]:
    for child in pattern.named_children:
        if child.type == "shorthand_property_identifier_pattern":
            yield ImportedName(name=_text(child, source))
        elif child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if value is not None and value.type == "assignment_pattern":
                value = value.child_by_field_name("left")
            if key is not None and value is not None:
                alias = _text(value, source) if value.type == "identifier" else ""
                yield ImportedName(name=_text(key, source), alias=alias)
        elif child.type == "object_assignment_pattern":
            yield ImportedName(name=_text(child.named_children[0], source))


def refine(drafts: list[Draft], source: Source, captures: Captures) -> None:
    required = {
        node.id for name in ("import.require", "import.dynamic") for node in captures.single.get(name, ())
    }
    exported = {source.slice(*node.byte_range) for node in captures.single.get("exported", ())}
    for draft in drafts:
        if draft.name[:1] in _QUOTES:
            draft.name = draft.name[1:-1]
        elif draft.name[:1] == "[":
            # A name that is computed is none.
            draft.dropped, draft.name = True, ""
        above = draft.parent
        if above is not None and _is_assigned_too(draft, above):
            _tell_alias(draft, above, source)
        if draft.prefix:
            _place_assigned(draft)
        elif draft.kind == "variable":
            _tell_constant(draft)
        elif draft.kind == "field" and draft.node.type in _PARAMETERS and above is not None:
            draft.parent = above.parent
        # The import says already what the name stands for.
        draft.dropped |= required != set() and _is_import(draft, required)
    is_module = bool(exported) or any(draft.wrapper == "export" and draft.parent is None for draft in drafts)
    for draft in drafts:
        draft.visibility = _visibility(draft, source, exported, is_module=is_module)


def _is_assigned_too(draft: Draft, above: Draft) -> bool:
    """Whether both are names of one value: ``a.b = a.c = function () {}``."""
    return above.node.type == _ASSIGNMENT and above.node.child_by_field_name("right") == draft.node


def _tell_alias(draft: Draft, above: Draft, source: Source) -> None:
    """Make the name in front a further one of what the other names: neither lies in the other."""
    draft.parent, above.kind = above.parent, "alias"
    draft.doc, draft.doc_line = draft.doc or above.doc, draft.doc_line or above.doc_line
    target = draft.node.child_by_field_name("left")
    if target is not None:
        above.end = target.end_byte
        above.signature = source.fold(above.name_start, above.end)


def _is_import(draft: Draft, required: set[int]) -> bool:
    """Whether a variable is bound to a module or a member of one."""
    value = draft.node.child_by_field_name("value") if draft.kind in {"constant", "variable"} else None
    while value is not None and value.type in {"await_expression", "member_expression"}:
        value = value.child_by_field_name("object") or value.named_child(0)
    return value is not None and value.id in required


def _tell_constant(draft: Draft) -> None:
    declaration = draft.node.parent
    word = declaration.child(0) if declaration is not None else None
    if word is not None and word.type == "const":
        draft.kind = "constant"


def _place_assigned(draft: Draft) -> None:
    """Turn the object of ``object.name = function`` into a scope."""
    prefix = draft.prefix
    if prefix in _MODULE_OBJECTS:
        draft.prefix, draft.wrapper = "", "export"
    elif _DOTTED.fullmatch(prefix):
        is_member = prefix == "this" or prefix.endswith(".prototype")
        draft.kind = "method" if is_member and draft.kind == "function" else draft.kind
        owner = _owner_of_this(draft) if prefix.partition(".")[0] == "this" else ""
        for word in ("this", "module.exports", "exports"):
            prefix = prefix.removeprefix(f"{word}.")
        names = (owner, "" if prefix == "this" else prefix.removesuffix(".prototype"))
        draft.prefix = ".".join(name for name in names if name)
    else:
        draft.dropped, draft.prefix, draft.name = True, "", ""


def _owner_of_this(draft: Draft) -> str:
    """Move a member of ``this`` out of the method that sets it, or out of the function whose objects have it."""
    above = draft.parent
    while above is not None and _takes_this(above):
        above = above.parent
    if above is None or above.kind in _TYPES:
        draft.parent = above
        return ""
    draft.parent = above.parent
    names = (above.prefix, above.name if above.kind == "function" else "")
    return ".".join(name for name in names if name)


def _takes_this(draft: Draft) -> bool:
    """Whether ``this`` is in a function what it is around it."""
    value = draft.node.child_by_field_name("value") or draft.node.child_by_field_name("right")
    return draft.kind != "method" and value is not None and value.type == "arrow_function"


def _visibility(draft: Draft, source: Source, exported: set[str], *, is_module: bool) -> Visibility:
    if draft.name.startswith("#"):
        return Visibility.PRIVATE
    if draft.kind in {"method", "field"}:
        word = _RESTRICTED.search(source.fold(draft.start, draft.name_start) + " ")
        return Visibility(word[1]) if word else Visibility.PUBLIC
    if draft.parent is not None and draft.parent.kind in {"function", "method"}:
        return Visibility.PRIVATE
    if not is_module or draft.parent is not None or draft.prefix:
        return Visibility.PUBLIC
    is_public = draft.wrapper == "export" or draft.name in exported
    return Visibility.PUBLIC if is_public else Visibility.PRIVATE


def _text(node: Node, source: Source) -> str:
    return source.slice(*node.byte_range)


def _literal(node: Node, source: Source) -> str:
    return _text(node, source).strip("\"'`")


def hide_reserved(text: bytes) -> Readable:
    """``text`` with other words for those reserved ones that a clause may have for names: ``{ x as if }``.

    The grammar takes none of them but ``default``. Where a name must be bound the word stays.
    """
    found = [span for clause in _CLAUSE.finditer(text) for span in _reserved_in(clause)]
    if not found:
        return Readable(text)
    readable = bytearray(text)
    for start, end in found:
        readable[start:end] = b"_" * (end - start)
    return Readable(bytes(readable))


def _reserved_in(clause: re.Match[bytes]) -> Iterator[Span]:
    if clause["space"] is not None:
        if clause["space"] in _RENAMED and clause["word"] == b"export":
            yield clause.span("space")
        return
    is_export, base = clause["word"] == b"export", clause.start("names")
    for name in _NAMED.finditer(clause["names"]):
        may_be = {
            "name": clause["from"] is not None and (is_export or name["alias"] is not None),
            "alias": is_export,
        }
        for part, is_free in may_be.items():
            if is_free and name[part] in _RENAMED:
                yield base + name.start(part), base + name.end(part)


JAVASCRIPT = Grammar(
    package="tree-sitter-javascript",
    queries=("javascript", "loops", "operators", "jsx", "classic"),
    types=_TYPES,
    forks=True,
    doc_comment=DOC_COMMENT,
    file_comment=FILE_COMMENT,
    word=WORD_WITH_DOLLAR,
    calls="bound",
    keywords=KEYWORDS,
    imports=read_imports,
    refine=refine,
    prepare=hide_reserved,
    restart=RESTART,
)
TYPESCRIPT = replace(
    JAVASCRIPT,
    package="tree-sitter-typescript",
    loader="language_typescript",
    queries=("javascript", "loops", "operators", "typescript"),
    prepare=hide_more,
)
TSX = replace(
    TYPESCRIPT,
    loader="language_tsx",
    queries=("javascript", "loops", "operators", "jsx", "typescript"),
    prepare=hide_imports,
)
