"""Syntax tree -> drafts of symbols, in source order.

Only what can hold declarations is entered: files, namespaces, types, ``extern "C"``
blocks, and the places where the parser lost its way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Visibility
from sphinx_repodoc.core.parse.cfamily import pieces
from sphinx_repodoc.core.parse.cfamily.declarators import Declared, read_declarator, read_misread_conversion
from sphinx_repodoc.core.parse.cfamily.drafts import Draft, Frame, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node


@dataclass(slots=True)
class Walk:
    """The drafts of one tree."""

    text: bytes
    """What was parsed."""
    drafts: list[Draft] = field(default_factory=list)
    mains: list[int] = field(default_factory=list)
    """Offsets of the definitions of ``main``."""
    _stack: list[Frame] = field(default_factory=list)
    _members: dict[tuple[str, ...], Draft] = field(default_factory=dict)
    """Types by their path, and their members by theirs."""
    _namespaces: set[tuple[str, ...]] = field(default_factory=set)
    _function_types: set[str] = field(default_factory=set)
    """Names of types that are functions: ``typedef int f(int);``."""

    def run(self, root: Node) -> None:
        self._push(root.named_children, Scope(), Visibility.PUBLIC)
        while self._stack:
            frame = self._stack[-1]
            node = next(frame.children, None)
            if node is None:
                self._stack.pop()
                continue
            handler = _HANDLERS.get(node.type)
            if handler is not None:
                handler(self, node, frame)

    def _push(self, nodes: Iterable[Node], scope: Scope, visibility: Visibility, outer: int = -1) -> None:
        self._stack.append(Frame(iter(nodes), scope, visibility, outer))

    # -- scopes

    def _enter(self, node: Node, frame: Frame) -> None:
        self._push(node.named_children, frame.scope, frame.visibility, frame.outer)

    def _linkage(self, node: Node, frame: Frame) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            nodes = body.named_children if body.type == "declaration_list" else [body]
            self._push(nodes, frame.scope, frame.visibility, frame.outer)

    def _template(self, node: Node, frame: Frame) -> None:
        outer = frame.outer if frame.outer >= 0 else node.start_byte
        parameters = node.child_by_field_name("parameters")
        inner = [child for child in node.named_children if child != parameters]
        self._push(inner, frame.scope, frame.visibility, outer)

    def _namespace(self, node: Node, frame: Frame) -> None:
        body = node.child_by_field_name("body")
        name = node.child_by_field_name("name")
        scope = frame.scope
        if body is None:
            return
        if name is None:
            self._push(body.named_children, replace(scope, is_private=True), frame.visibility)
            return
        names = tuple(part.strip() for part in self._fold(name.start_byte, name.end_byte).split("::"))
        names = tuple(part.removeprefix("inline ") for part in names)
        draft = self._add(frame, "namespace", names, node, name, end=body.start_byte)
        path = (*scope.path, *names)
        self._namespaces.add(path)
        inner = replace(scope, path=path, namespace=path, draft=draft, in_type=False, type_name="")
        self._push(body.named_children, inner, Visibility.PUBLIC)

    def _friend(self, node: Node, frame: Frame) -> None:
        """A friend that is defined here is a function of the namespace around the type."""
        functions = [child for child in node.named_children if child.type == "function_definition"]
        scope = replace(frame.scope, path=frame.scope.namespace, in_type=False, type_name="")
        self._push(functions, scope, Visibility.PUBLIC, frame.outer)

    def _access(self, node: Node, frame: Frame) -> None:
        word = self._fold(node.start_byte, node.end_byte).rstrip(": ")
        frame.visibility = Visibility(word) if word in set(Visibility) else frame.visibility

    # -- types

    def _type(self, node: Node, frame: Frame) -> None:
        self._read_type(node, frame, node, ())

    def _read_type(
        self, node: Node, frame: Frame, statement: Node, declared: tuple[Declared, ...]
    ) -> Draft | None:
        """List a type that is defined here, and enter it.

        Without a name of its own it takes that of its typedef; the members of one
        with no name at all belong to what is around it.
        """
        body = node.child_by_field_name("body")
        if body is None:
            return None
        kind = pieces.TYPES[node.type]
        named = node.child_by_field_name("name")
        own = read_declarator(named, self.text) if named is not None else None
        start = statement if statement.type == "type_definition" else node
        own = own or (declared[0] if declared else None)
        scope = frame.scope
        visibility = frame.visibility if scope.in_type else self._file_visibility(scope)
        inner = scope
        draft = None
        if own is not None:
            draft = self._add(frame, kind, own.names, start, own.node, end=body.start_byte)
            draft.end = start.end_byte
            path = (*scope.path, *own.scope, own.name)
            self._members.setdefault(path, draft)
            inner = replace(scope, path=path, draft=draft, in_type=True, type_name=own.name, is_local=False)
            visibility = Visibility.PRIVATE if kind == "class" else Visibility.PUBLIC
        elif kind != "enum":
            inner = replace(scope, in_type=True)
        if kind == "enum":
            self._enumerators(
                body, inner, visibility if own is None else draft.visibility if draft else visibility
            )
        else:
            self._push(body.named_children, inner, visibility)
        return draft

    def _enumerators(self, body: Node, scope: Scope, visibility: Visibility) -> None:
        frame = Frame(iter(()), replace(scope, in_type=True, is_local=False), visibility)
        for node in body.named_children:
            name = node.child_by_field_name("name") if node.type == "enumerator" else None
            if name is not None and self.text[name.end_byte : name.end_byte + 1] != b"(":
                text = self._fold(name.start_byte, name.end_byte)
                self._add(frame, "enumerator", (text,), node, name, end=node.end_byte)

    def _typedef(self, node: Node, frame: Frame) -> None:
        declared = self._declarators(node)
        kind = node.child_by_field_name("type")
        draft = None
        if kind is not None and kind.type in pieces.TYPES:
            draft = self._read_type(kind, frame, node, declared)
        for one in declared:
            if draft is None or one.name != draft.name:
                alias = self._add(frame, "type", one.names, node, one.node, end=node.end_byte)
                if one.is_function:
                    self._function_types.add(one.name)
                if kind is not None:
                    alias.pieces = ((alias.start, pieces.type_end(kind)), one.declarator.byte_range)

    def _alias(self, node: Node, frame: Frame) -> None:
        name = node.child_by_field_name("name")
        if name is not None and not frame.scope.is_local:
            text = self._fold(name.start_byte, name.end_byte)
            self._add(frame, "type", (text,), node, name, end=node.end_byte)

    def _concept(self, node: Node, frame: Frame) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            text = self._fold(name.start_byte, name.end_byte)
            self._add(frame, "concept", (text,), node, name, end=node.end_byte)

    # -- functions and variables

    def _function(self, node: Node, frame: Frame) -> None:
        declarator = node.child_by_field_name("declarator")
        declared = read_declarator(declarator, self.text) if declarator is not None else None
        body = node.child_by_field_name("body")
        kind = node.child_by_field_name("type")
        if kind is not None and kind.type == "qualified_identifier" and declarator is not None:
            declared = read_misread_conversion(kind, declarator, self.text) or declared
        if kind is not None and kind.type in pieces.TYPES and kind.child_by_field_name("body") is not None:
            # A macro after a type, taken for the declarator of a function: the type is what counts.
            self._read_type(kind, frame, kind, ())
        if declared is not None and not frame.scope.is_local:
            end = pieces.head_end(node, declarator)
            self._add_function(frame, declared, node, kind, end, is_definition=body is not None)
        self._enter_body(node, body, frame)

    def _enter_body(self, node: Node, body: Node | None, frame: Frame) -> None:
        """Types defined in a function; a body without them has been blanked."""
        if body is None:
            body = next((child for child in node.named_children if child.type == "try_statement"), None)
        if body is None or not self.text[body.start_byte : body.end_byte].strip(b"{} \t\r\n"):
            return
        owner = self.drafts[-1] if self.drafts else None
        inner = frame.scope
        if owner is not None and owner.start >= node.start_byte:
            name = tuple(owner.qualname.split("::"))
            inner = replace(inner, path=name, draft=owner)
        self._push(
            body.named_children,
            replace(inner, is_local=True, in_function=True, in_type=False),
            frame.visibility,
        )

    def _declaration(self, node: Node, frame: Frame) -> None:
        declared = self._declarators(node)
        kind = node.child_by_field_name("type")
        scope = frame.scope
        if kind is not None and kind.type in pieces.TYPES:
            own = kind.child_by_field_name("name")
            if (
                own is None
                and declared
                and kind.child_by_field_name("body") is not None
                and not scope.is_local
            ):
                self._anonymous(kind, frame, node, declared)
                return
            self._read_type(kind, frame, node, ())
        if scope.is_local:
            return
        # Behind the name of a class, a function is defined; only what specializes a template is declared.
        is_whole = frame.outer < 0 or not _SPECIALIZATION.match(self.text, frame.outer)
        is_typed = kind is not None and self._fold(kind.start_byte, kind.end_byte) in self._function_types
        for one in declared:
            is_data = one.scope and kind is not None and is_whole and not one.name.startswith("operator")
            is_function = one.is_function and not is_data
            if is_function or (is_typed and one.declarator == one.node):
                self._add_function(frame, one, node, kind, node.end_byte, is_definition=False)
            elif kind is not None:
                self._add_variable(frame, one, node, kind)

    def _anonymous(self, kind: Node, frame: Frame, node: Node, declared: tuple[Declared, ...]) -> None:
        """``struct { int a; } x``: the members belong to the variable."""
        for one in declared:
            self._add_variable(frame, one, node, kind)
        owner = self.drafts[-len(declared)]
        body = kind.child_by_field_name("body")
        inner = replace(
            frame.scope, path=tuple(owner.qualname.split("::")), draft=owner, in_type=True, type_name=""
        )
        if body is not None and kind.type == "enum_specifier":
            self._enumerators(body, frame.scope, frame.visibility)
        elif body is not None:
            self._push(body.named_children, inner, owner.visibility)

    def _add_function(
        self, frame: Frame, one: Declared, node: Node, kind: Node | None, end: int, *, is_definition: bool
    ) -> None:
        scope = frame.scope
        owner = one.scope[-1] if one.scope else scope.type_name if scope.in_type else ""
        word = self._function_kind(one, scope, owner, has_type=kind is not None)
        if not word:
            return
        if word == "function" and kind is None and not is_definition:
            return  # a macro that is called, not a declaration
        draft = self._add(frame, word, one.names, node, one.node, end=end)
        draft.end = node.end_byte
        if one.name == "main" and word == "function" and is_definition:
            self.mains.append(one.node.start_byte)

    def _function_kind(self, one: Declared, scope: Scope, owner: str, *, has_type: bool) -> str:
        if one.name.startswith("~"):
            return "destructor"
        if one.name.startswith("operator") and not one.name[8:9].isidentifier():
            return "operator"
        if owner and one.name == owner:
            return "constructor"
        if one.scope:
            is_namespace = (*scope.path, *one.scope) in self._namespaces or one.scope in self._namespaces
            return "function" if is_namespace else "method"
        if scope.in_type:
            return "method" if has_type else ""
        return "function"

    def _add_variable(self, frame: Frame, one: Declared, node: Node, kind: Node) -> None:
        scope = frame.scope
        is_member = scope.in_type or (bool(one.scope) and one.scope not in self._namespaces)
        word = "field" if is_member else "variable"
        draft = self._add(frame, word, one.names, node, one.node, end=pieces.signature_end(node, kind))
        draft.pieces = (
            (draft.start, pieces.type_end(kind)),
            pieces.declarator_span(one.declarator, node, self.text),
        )

    # -- parts

    def _declarators(self, node: Node) -> tuple[Declared, ...]:
        found = (read_declarator(child, self.text) for child in node.children_by_field_name("declarator"))
        return tuple(one for one in found if one is not None)

    def _file_visibility(self, scope: Scope) -> Visibility:
        return Visibility.PRIVATE if scope.is_private else Visibility.PUBLIC

    def _add(
        self, frame: Frame, kind: str, names: tuple[str, ...], node: Node, place: Node, *, end: int
    ) -> Draft:
        """List a definition whose name is the last of ``names``, the others being a scope written before it."""
        scope = frame.scope
        if (
            len(names) > 1 and kind != "namespace" and names[0] in scope.namespace
        ):  # ``a::B::f`` in the namespace ``a``
            scope = replace(scope, path=scope.path[: scope.path.index(names[0])])
        start = frame.outer if frame.outer >= 0 else node.start_byte
        visibility = frame.visibility if scope.in_type else self._file_visibility(scope)
        if not scope.in_type and len(names) == 1 and kind in {"function", "variable"}:
            is_static = _STATIC.match(self.text, start, place.start_byte)
            visibility = Visibility.PRIVATE if is_static else visibility
        path = (*scope.path, *names)
        parent = scope.draft
        if len(names) > 1:
            known = self._members.get(path)
            visibility = known.visibility if known else visibility
            parent = self._members.get(path[:-1], parent)
        draft = Draft(
            name=names[-1],
            qualname="::".join(path),
            kind=kind,
            start=start,
            place=place.start_byte,
            end=node.end_byte,
            pieces=((start, end),),
            parent=parent,
            visibility=visibility,
            local=scope.in_function,
        )
        if scope.in_type:
            self._members.setdefault(path, draft)
        self.drafts.append(draft)
        return draft

    def _fold(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].decode("utf-8", "replace").split())


_STATIC = re.compile(rb"(?:template\s*+<[^;{}]*>\s*+)?(?:(?:inline|constexpr|extern|const)\s++)*static\b")
_SPECIALIZATION = re.compile(rb"template\s*+<\s*+>")
_HANDLERS: Mapping[str, Callable[[Walk, Node, Frame], None]] = {
    "translation_unit": Walk._enter,
    "ERROR": Walk._enter,
    "declaration_list": Walk._enter,
    "compound_statement": Walk._enter,
    "friend_declaration": Walk._friend,
    "export_declaration": Walk._enter,
    "linkage_specification": Walk._linkage,
    "template_declaration": Walk._template,
    "namespace_definition": Walk._namespace,
    "access_specifier": Walk._access,
    "class_specifier": Walk._type,
    "struct_specifier": Walk._type,
    "union_specifier": Walk._type,
    "enum_specifier": Walk._type,
    "type_definition": Walk._typedef,
    "alias_declaration": Walk._alias,
    "concept_definition": Walk._concept,
    "function_definition": Walk._function,
    "declaration": Walk._declaration,
    "field_declaration": Walk._declaration,
}
