"""The walk of :mod:`.keys` over one tree: which keys and items become symbols, and what they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.parse.scanners.key_rules import item_name, short_name
from sphinx_repodoc.core.parse.scanners.listing import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from sphinx_repodoc.core.parse.scanners.key_rules import KnownFormat, Rule
    from sphinx_repodoc.core.parse.scanners.keys import Notation
    from sphinx_repodoc.core.parse.scanners.remarks import Remarks

    _Names = tuple[str, ...]

_KEYS = frozenset(
    {"bare_key", "quoted_key", "string", "plain_scalar", "double_quote_scalar", "single_quote_scalar"}
)
"""Nodes whose text is a name."""
_TABLES = frozenset({"table", "table_array_element"})
_BLOCK = "block_scalar"
_ELEMENT = "table_array_element"
_WRAPPERS = frozenset({"document", "block_node", "flow_node", "block_sequence_item"})
"""Nodes that hold one value, beside what YAML says about it."""
_ASIDE = frozenset({"anchor", "comment", "tag", "tag_directive", "yaml_directive", "reserved_directive"})
_MERGE = "<<"
"""YAML's merge key names nothing."""


class _Place(NamedTuple):
    """A node to look into, and what is around it."""

    node: Node
    parent: int = -1
    path: _Names = ()
    """Keys that lead to it: by them each is listed once."""
    around: _Names = ()
    """The same with the names of items: what is named by them is qualified by it."""
    depth: int = 0
    rule: Rule | None = None
    is_item: bool = False
    """Whether the rule is about the node itself, an item of an array or a document."""


class _Key(NamedTuple):
    """A pair or a table, and what its names say."""

    node: Node
    children: Sequence[Node]
    names: _Names
    path: _Names
    around: _Names
    name: str
    """What its format calls it."""
    rule: Rule | None
    parent: int
    value: Node
    """The node itself for a table."""
    is_element: bool
    """Whether it is a table in an array."""


class Walk:
    """The symbols of one tree, in source order."""

    def __init__(
        self, notation: Notation, remarks: Remarks, depth: int, formats: Sequence[KnownFormat] = ()
    ) -> None:
        self.symbols: list[Symbol] = []
        self.entered = 0
        """Pairs that were met, listed or not."""
        self.is_cut = False
        """Whether there are pairs that were not met."""
        self._notation = notation
        self._remarks = remarks
        self._source = remarks.source
        self._depth = depth
        self._formats = formats
        self._listed: dict[_Names, int] = {}
        """Path of names -> index of its symbol."""

    def run(self, root: Node) -> None:
        stack = [_Place(root)]
        while stack:
            place = stack.pop()
            node = place.node
            if node.type in self._notation.pairs:
                stack.extend(self._enter(place))
                continue
            if place.is_item or (self._formats and node.type == "document"):
                place = self._enter_item(place)
            stack.extend(self._inside(place))

    def _inside(self, place: _Place) -> Iterator[_Place]:
        """What may hold pairs in a node that is none, last first."""
        node, parent, path, around, depth, rule, _ = place
        if node.type not in self._notation.arrays:
            for child in self._entered(node.named_children):
                yield _Place(child, parent, path, around, depth, rule)
        elif rule is not None and rule.items is not None:
            for child in reversed(node.named_children):
                if not child.is_extra:
                    yield _Place(child, parent, path, around, depth, rule.items, is_item=True)
        elif self._may_hold_pairs(node):
            for child in self._entered(node.named_children):
                yield _Place(child, parent, path, around, depth)

    def _entered(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes that the walk enters, last first."""
        entered = self._notation.pairs | self._notation.containers
        return [node for node in reversed(nodes) if node.type in entered]

    def _may_hold_pairs(self, node: Node) -> bool:
        if node.type != self._notation.long_array:
            return True
        find, start, end = self._source.text.find, node.start_byte, node.end_byte
        return any(find(sign, start, end) >= 0 for sign in self._notation.signs)

    def _enter_item(self, place: _Place) -> _Place:
        """Record an item or a document, if its format has a word for it."""
        node, parent, path, around, depth, rule, is_item = place
        if not is_item:
            rule = self._rule_of(node)
        if rule is not None and rule.kind and self._holds(rule, node):
            value = self._value(node)
            text = "" if rule.fields else self._text(value)
            name = self._named(value, rule) if rule.fields else item_name(rule.kind, text)
            kind = self._field(value, rule.kind_field).lower() if rule.kind_field else rule.kind
            # An object whose name a template fills in has none yet.
            if name and kind and not (rule.kind_field and "{{" in name + kind):
                around = (*around, name)
                signature = text if text != name else ""
                parent = self._add(name, kind, value, parent=parent, around=around, signature=signature)
        return _Place(node, parent, path, around, depth, rule)

    def _enter(self, place: _Place) -> Iterator[_Place]:
        """Record a pair or a table and yield what may hold more of them."""
        key = self._key(place)
        self.entered += 1
        if key is None:
            return
        parent, around, rule, depth = key.parent, key.around, key.rule, place.depth + 1
        kind = rule.kind if rule is not None and self._holds(rule, key.value) else ""
        if (len(key.path) > 1 and self._depth == 1) or (depth > self._depth and not kind):
            self.entered -= 1
            self.is_cut = True
        else:
            called = self._named(key.value, rule) if kind and rule is not None else ""
            if not key.is_element:
                parent = self._list(key, called or key.name, kind)
            elif called:
                around = (*around, called)
                parent = self._listed[key.path] = self._add(
                    called, kind, key.node, parent=parent, around=around
                )
            else:
                parent = self._list(key, key.name, "")
        inner = self._entered(key.children[1:])
        if depth < self._depth or (rule is not None and rule.leads_on):
            yield from (_Place(child, parent, key.path, around, depth, rule) for child in inner)
        else:
            self.is_cut |= bool(inner)

    def _key(self, place: _Place) -> _Key | None:
        """What stands at a place; nothing when it has no name."""
        node, rule = place.node, place.rule
        children = [child for child in node.named_children if not child.is_extra]
        names = self._names(children[0]) if children else ()
        if not names or names[-1] == _MERGE:
            return None
        if len(names) > DEEPEST:
            self.entered -= 1
            self.is_cut = True
            return None
        is_table, is_element = node.type in _TABLES, node.type == _ELEMENT
        path, around, parent, name = place.path, place.around, place.parent, names[-1]
        for number, each in enumerate(names, 1):
            rule, name = rule.below(each) if rule is not None else (None, each)
            path, around = (*path, each), (*around, each)
            if rule is not None and rule.kind and number < len(names):
                parent = self._table_around(path) if is_table else parent
                parent = self._implied(rule, name, node, parent, around)
        if is_table:
            parent = self._table_around(path)
        if is_element and rule is not None:
            rule = rule.items
        value = node if is_table else children[-1]
        return _Key(node, children, names, path, around, name, rule, parent, value, is_element)

    def _implied(self, rule: Rule, name: str, node: Node, parent: int, around: _Names) -> int:
        """Index of what a dotted key or header names on its way."""
        if rule.fields or rule.having:
            return parent
        if around not in self._listed:
            self._listed[around] = self._add(name, rule.kind, node, parent=parent, around=around)
        return self._listed[around]

    def _list(self, key: _Key, name: str, kind: str) -> int:
        """Index of the symbol around what a key holds; it is recorded where it first stands."""
        place = key.around if kind else key.path
        known = self._listed.get(place)
        if known is not None:
            return known if self.symbols[known].parent == key.parent else key.parent
        is_clear = kind or len(key.names) == 1 or key.path[:-1] in self._listed
        self._listed[place] = len(self.symbols)
        return self._add(
            name,
            kind or ("table" if key.value is key.node else "key"),
            key.node,
            parent=key.parent,
            around=key.around if kind else key.path,
            signature="" if is_clear else ".".join(key.names),
        )

    def _add(
        self, name: str, kind: str, node: Node, *, parent: int, around: _Names, signature: str = ""
    ) -> int:
        line = self._source.line(node.start_byte)
        is_told = parent >= 0 and self.symbols[parent].line == line
        self.symbols.append(
            Symbol(
                name=name,
                qualname=".".join(around),
                kind=kind,
                line=line,
                end_line=self._last_line(node),
                parent=parent,
                signature=signature,
                doc="" if is_told else self._remarks.doc_above(line),
            )
        )
        return len(self.symbols) - 1

    def _last_line(self, node: Node) -> int:
        """The grammar of YAML ends a block after the line feed."""
        text, start, end = self._source.text, node.start_byte, node.end_byte
        while end > start and text[end - 1] in b" \t\r\n":
            end -= 1
        return self._source.line(max(end - 1, start))

    def _table_around(self, path: _Names) -> int:
        around = (self._listed.get(path[:length]) for length in range(len(path) - 1, 0, -1))
        return next((index for index in around if index is not None), -1)

    def _names(self, key: Node) -> _Names:
        """The names of a key, several when it is dotted; none when it is a collection or an alias."""
        if key.type in _KEYS:
            name = _read_name(self._source.slice(key.start_byte, key.end_byte))
            return (name,) if name else ()
        found: list[str] = []
        stack = [key]
        while stack:
            node = stack.pop()
            if node.type in _KEYS:
                found.append(_read_name(self._source.slice(node.start_byte, node.end_byte)))
            elif node.type in {"flow_node", "dotted_key"}:
                stack.extend(reversed(node.named_children))
        return tuple(name for name in found if name)

    def _rule_of(self, document: Node) -> Rule | None:
        """The rule of the format that a document is of."""
        top = self._value(document)
        if top.type in self._notation.arrays:
            top = next((child for child in top.named_children if not child.is_extra), top)
        names = set(self._field_names(top))
        return next((row.rules for row in self._formats if row.fits(names)), None)

    def _holds(self, rule: Rule, value: Node) -> bool:
        return not rule.having or not rule.having.isdisjoint(self._field_names(value))

    def _field_names(self, node: Node) -> Iterator[str]:
        return (names[0] for names, _ in self._fields(node))

    def _fields(self, node: Node) -> Iterator[tuple[_Names, Node]]:
        """(names, value) of the pairs that stand in a value itself."""
        for pair in self._value(node).named_children:
            if pair.type in self._notation.pairs:
                children = [child for child in pair.named_children if not child.is_extra]
                if children and (names := self._names(children[0])):
                    yield names, children[-1]

    def _named(self, value: Node, rule: Rule) -> str:
        """What its fields call a value."""
        return next(filter(None, (self._field(value, path) for path in rule.fields)), "")

    def _field(self, node: Node, path: str) -> str:
        """The text of a field, or with ``.`` of the value itself; empty when there is none."""
        names = tuple(filter(None, path.split(".")))
        while names:
            fields = ((each, value) for each, value in self._fields(node) if each == names[: len(each)])
            found = next(fields, None)
            if found is None:
                return ""
            names, node = names[len(found[0]) :], found[1]
        return self._text(node)

    def _text(self, node: Node) -> str:
        """A value that is a text; empty for others."""
        node = self._value(node)
        if node.type not in _KEYS and node.type != _BLOCK:
            return ""
        text = self._source.slice(node.start_byte, node.end_byte)
        return short_name(text.partition("\n")[2] if node.type == _BLOCK else _read_name(text))

    def _value(self, node: Node) -> Node:
        """What a node holds that only wraps a value."""
        while node.type in _WRAPPERS:
            inner = next((child for child in node.named_children if child.type not in _ASIDE), None)
            if inner is None or inner.type in self._notation.pairs:
                return node
            node = inner
        return node


def _read_name(text: str) -> str:
    """A key without its quotes."""
    if text.startswith('"') and "\\" not in text:
        text = text[1:].removesuffix('"')
    elif text.startswith('"'):
        try:
            text = json.loads(text, strict=False)
        except ValueError:
            text = text.strip('"')
    elif text.startswith("'"):
        text = text.strip("'").replace("''", "'")
    return " ".join(text.split())
