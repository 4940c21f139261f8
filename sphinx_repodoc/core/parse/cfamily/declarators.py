"""What a declarator declares: its name, the scope written before it, and whether it is a function."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset(
    {
        "identifier",
        "field_identifier",
        "type_identifier",
        "namespace_identifier",
        "destructor_name",
        "operator_name",
        "primitive_type",
    }
)
_WITH_ARGUMENTS = frozenset({"template_function", "template_method", "template_type"})
_WRAPPERS = frozenset(
    {
        "pointer_declarator",
        "reference_declarator",
        "parenthesized_declarator",
        "array_declarator",
        "init_declarator",
        "attributed_declarator",
        "function_declarator",
        "pointer_type_declarator",
        "variadic_declarator",
        "dependent_name",
    }
)
_NO_NAMES = frozenset(
    {"void", "bool", "char", "short", "int", "long", "float", "double", "signed", "unsigned"}
    | {"true", "false", "this", "namespace", "struct", "class", "union", "enum", "const", "static", "typedef"}
)
"""What the parser takes for names where it has lost its way."""
_ARGUMENTS = re.compile(r"\s*<.*>$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One declared name."""

    name: str
    scope: tuple[str, ...] = ()
    """``("a", "B")`` of ``a::B::f``, without template arguments."""
    node: Node
    """The name itself."""
    declarator: Node
    """The declarator around it."""
    is_function: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The scope and the name."""
        return (*self.scope, self.name)


def read_declarator(declarator: Node, text: bytes) -> Declared | None:
    """The name inside the wrappers of a declarator; None when it has none that we list.

    It is a function when its name is called directly: ``(*f)(int)`` is a pointer.
    """
    node: Node | None = declarator
    is_function = False
    while node is not None and node.type in _WRAPPERS:
        if node.type == "function_declarator" or _takes_function(node, text):
            is_function = not _is_constructed(node, text)
        elif node.type not in {"parenthesized_declarator", "attributed_declarator", "dependent_name"}:
            is_function = False
        node = _inner(node)
    if node is None:
        return None
    return _read_name(node, declarator, text, is_function=is_function)


def read_misread_conversion(kind: Node, declarator: Node, text: bytes) -> Declared | None:
    """``inline A::operator bool()``, whose type the grammar takes to be ``A::operator``."""
    scope, inner = _read_scope(kind, text)
    if not scope or inner is None or _text(inner, text) != "operator":
        return None
    parameters = declarator.child_by_field_name("parameters")
    if parameters is None:
        return None
    name = _fold(text[inner.start_byte : parameters.start_byte])
    return Declared(name=name, scope=scope, node=inner, declarator=declarator, is_function=True)


_VALUE = re.compile(rb"\(\s*+(?:\w++\s*+::\s*+)*+k[A-Z]\w*+\s*+\)$")


def _is_constructed(node: Node, text: bytes) -> bool:
    """``T x(kConstant)``, which the grammar takes for a function: constants are often called so, and types never."""
    parameters = node.child_by_field_name("parameters")
    return parameters is not None and _VALUE.match(text, *parameters.byte_range) is not None


_POINTER = re.compile(rb"\(\s*+[*&]++\s*+\w*+\s*+\)\s*+\(")


def _takes_function(node: Node, text: bytes) -> bool:
    """``void f(int (*g)(int))``, which the parser takes for a variable with a value."""
    value = node.child_by_field_name("value") if node.type == "init_declarator" else None
    if value is None or value.type != "argument_list":
        return False
    return _POINTER.search(text, value.start_byte, value.end_byte) is not None


def _inner(node: Node) -> Node | None:
    inner = node.child_by_field_name("declarator")
    if inner is not None:
        return inner
    named = [child for child in node.named_children if child.type in _WRAPPERS or _is_name(child)]
    return named[0] if named else None


def _is_name(node: Node) -> bool:
    return (
        node.type in _NAMES
        or node.type in _WITH_ARGUMENTS
        or node.type in {"qualified_identifier", "operator_cast"}
    )


def _read_name(node: Node, declarator: Node, text: bytes, *, is_function: bool) -> Declared | None:
    scope, inner = _read_scope(node, text)
    if inner is None:
        return None
    if inner.type in _WRAPPERS:  # ``A::*f``, a pointer to a member
        inside = read_declarator(inner, text)
        return replace(inside, declarator=declarator) if inside else None
    if inner.type in _WITH_ARGUMENTS:
        inner = inner.child_by_field_name("name") or inner
    if inner.type == "operator_cast":
        return _conversion(inner, scope, declarator, text)
    name = _text(inner, text).replace("~ ", "~")
    if inner.type not in _NAMES or not name or name in _NO_NAMES:
        return None
    if inner.type == "operator_name":
        name = _operator(name)
    return Declared(name=name, scope=scope, node=inner, declarator=declarator, is_function=is_function)


def _read_scope(node: Node, text: bytes) -> tuple[tuple[str, ...], Node | None]:
    """(scope, the node of the name) of a name that may be qualified."""
    scope: list[str] = []
    inner: Node | None = node
    while inner is not None and inner.type == "qualified_identifier":
        outer = inner.child_by_field_name("scope")
        if outer is not None:
            scope.append(_ARGUMENTS.sub("", _text(outer, text)))
        inner = inner.child_by_field_name("name")
    if inner is not None and inner.type == "dependent_name":
        inner = inner.named_children[0]
    return tuple(scope), inner


def _conversion(node: Node, scope: tuple[str, ...], declarator: Node, text: bytes) -> Declared:
    """``operator bool``: the name ends where its parentheses begin."""
    parameters = node.end_byte
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.type == "parameter_list":
            parameters = min(parameters, inner.start_byte)
        stack.extend(
            child
            for child in inner.named_children
            if "declarator" in child.type or child.type == "parameter_list"
        )
    name = _fold(text[node.start_byte : parameters])
    return Declared(name=name, scope=scope, node=node, declarator=declarator, is_function=True)


def _operator(name: str) -> str:
    """``operator ==`` as ``operator==``, but ``operator new`` as it is."""
    sign = name.removeprefix("operator").strip()
    return f"operator {sign}" if sign[:1].isalpha() else f"operator{sign.replace(' ', '')}"


def _text(node: Node, text: bytes) -> str:
    return _fold(text[node.start_byte : node.end_byte])


def _fold(raw: bytes) -> str:
    return " ".join(raw.decode("utf-8", "replace").split())
