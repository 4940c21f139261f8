"""XML: elements that have a name, and what files of well-known formats take in.

Elements with an identifier or a name are listed; in the projects of Maven and MSBuild
also what they require. Nothing is expanded and nothing outside the file is read.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tags import XML, Attribute, Markup, Tag
from sphinx_repodoc.core.parse.trees import syntax_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.model import Facts

_IDENTIFIERS = frozenset({"id", "uid"})
_NAMES = frozenset({"name", "key"})
_RESOURCE_ID = re.compile(r"@\+?id/")
"""Of Android."""
_COMPUTED = re.compile(r"\$\{|\$\(|\{\{|\{%|\s{2}|\n")
_IMPORTS: Mapping[str, tuple[str, ...]] = {
    "Import": ("Project",),
    "import": ("schemaLocation", "href", "resource", "file"),
    "include": ("schemaLocation", "href", "file"),
    "override": ("schemaLocation",),
    "redefine": ("schemaLocation",),
    "PackageReference": ("Include",),
    "ProjectReference": ("Include",),
}
"""Local name of an element -> attributes that may say what it takes in."""
_MAVEN = frozenset({"dependency", "extension", "parent", "plugin"})
"""Elements of a project of Maven that name an artifact by those inside them."""
_FORMATS = frozenset({"Project", "plist", "project"})
"""Roots of MSBuild, of the lists of Apple, and of Maven: the text of elements has names there."""
_KEY_DEPTH = 2
"""Elements around a key at the top level of a list of Apple."""
_LONGEST = 200
"""Bytes of a text that may be a name."""
_RECOVERABLE = 64
"""Open elements among which the one is looked for that an end tag closes."""


def scan_xml(text: bytes) -> Facts:
    """The root is ``root``, elements ``element`` by their name or ``id`` by their identifier."""
    return _Document(text).facts()


@dataclass(slots=True)
class _Element:
    """An element that is not closed yet."""

    tag: Tag
    index: int
    """Of its symbol; -1 for one without a name ..."""
    around: int
    """... and of the symbol around it."""
    group: str = ""
    """Text of what is inside it, in Maven: ``groupId`` ..."""
    artifact: str = ""
    line: int = 0


class _Document:
    """One pass over the tags."""

    def __init__(self, text: bytes) -> None:
        self._markup = Markup(text, XML)
        self._remarks = Remarks(text, self._markup.comments)
        self._source = self._remarks.source
        self._listing = Listing()
        self._imports: list[Import] = []
        self._open: list[_Element] = []
        self._faults: list[int] = []
        self._format = ""
        """Name of the root."""

    def facts(self) -> Facts:
        for tag in self._markup.tags:
            if not tag.is_end:
                self._start(tag)
            if tag.is_end or tag.is_empty:
                self._end(tag)
        if self._markup.unclosed >= 0:
            self._faults.append(self._markup.unclosed)
        self._faults += [element.tag.start for element in self._open]
        return self._remarks.facts(
            self._listing.symbols,
            imports=sorted(self._imports, key=lambda each: each.line),
            problems=syntax_problems(self._faults, self._source),
            omitted=self._listing.omitted,
        )

    def _start(self, tag: Tag) -> None:
        around = self._open[-1].index if self._open else -1
        around = self._open[-1].around if self._open and around < 0 else around
        index = -1
        line = self._source.line(tag.start)
        local = _local(tag.name)
        if not self._open and not self._listing.symbols:
            # The root lends its name to nothing: everything is inside it.
            self._listing.add(tag.name, "root", line)
            is_ant = local == "project" and "maven" not in tag.get("xmlns").lower()
            self._format = "" if is_ant else local
        if named := _named(tag):
            index = self._add_named(tag, *named, around)
        self._read_import(tag, local, line)
        self._open.append(_Element(tag, index, around))

    def _add_named(self, tag: Tag, attribute: str, found: Attribute, around: int) -> int:
        is_id = _local(attribute).lower() in _IDENTIFIERS
        name = _RESOURCE_ID.sub("", found.value)
        line = self._source.line(tag.start)
        kind = "id" if is_id else "target" if _local(tag.name).lower() == "target" else "element"
        return self._listing.add(
            name,
            kind,
            line,
            parent=-1 if is_id else around,
            signature=f'<{tag.name} {attribute}="{found.value}">',
            doc=self._doc_above(line),
        )

    def _doc_above(self, line: int) -> str:
        """What a comment says of the element below it; an element that is commented out says nothing."""
        doc = self._remarks.doc_above(line)
        return "" if doc.startswith("<") else doc

    def _end(self, tag: Tag) -> None:
        recent = self._open[-_RECOVERABLE:]
        depth = next((n for n, each in enumerate(reversed(recent)) if each.tag.name == tag.name), -1)
        if depth < 0:
            self._faults.append(tag.start)
            return
        self._faults += [each.tag.start for each in recent[len(recent) - depth :]]
        for _ in range(depth + 1):
            element = self._open.pop()
            line = self._source.line(tag.start)
            if element.index >= 0:
                self._listing.extend(element.index, line)
            if not self._open:
                self._listing.extend(0 if self._listing.symbols else -1, line)
        self._read_inside(element, tag)

    def _read_import(self, tag: Tag, local: str, line: int) -> None:
        for attribute in _IMPORTS.get(local, ()):
            wanted = tag.get(attribute).strip()
            if wanted and not _COMPUTED.search(wanted):
                self._imports.append(Import(module=wanted.replace("\\", "/"), line=line, form=local))
                return

    def _read_inside(self, element: _Element, end: Tag) -> None:
        """What the text of an element says, once it is closed, in formats where that has names."""
        if not self._open or self._format not in _FORMATS:
            return
        above, name = self._open[-1], element.tag.name
        line = self._source.line(element.tag.start)
        if self._format == "plist":
            if name == "key" and len(self._open) == _KEY_DEPTH:
                self._listing.add(self._text(element, end), "key", line)
        elif above.tag.name in {"properties", "PropertyGroup"}:
            text = self._text(element, end)
            self._listing.add(name, "property", line, signature=f"<{name}>{text}</{name}>" if text else "")
        elif self._format == "project":
            self._read_maven(element, above, self._text(element, end), line)

    def _read_maven(self, element: _Element, above: _Element, text: str, line: int) -> None:
        name = element.tag.name
        if name == "groupId":
            above.group = text
        elif name == "artifactId":
            above.artifact, above.line = text, line
            if len(self._open) == 1:
                self._listing.add(text, "artifact", line)
        elif name in _MAVEN and element.artifact and not _COMPUTED.search(element.group):
            module = ":".join(filter(None, (element.group, element.artifact)))
            self._imports.append(Import(module=module, line=element.line, form=name))
        elif name == "module" and above.tag.name == "modules":
            self._imports.append(Import(module=text, line=line, form="module"))
        elif name == "id" and above.tag.name == "profile":
            self._listing.add(text, "profile", line)

    def _text(self, element: _Element, end: Tag) -> str:
        """The text of an element, when that is short and holds no other."""
        start, last = element.tag.end, end.start
        text = self._source.fold(start, last) if start < last < start + _LONGEST else ""
        return "" if "<" in text else html.unescape(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _named(tag: Tag) -> tuple[str, Attribute] | None:
    """The attribute that names an element: an identifier before a name."""
    for wanted in (_IDENTIFIERS, _NAMES):
        for key, found in tag.attributes.items():
            if _local(key).lower() in wanted and found.value.strip() and not _COMPUTED.search(found.value):
                return key, found
    return None
