"""What the documentation in Perl files (POD) says of the file and of its functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.comments import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_repodoc.core.parse.source import Source, Span

_COMMAND = re.compile(r"=(\w+)[ \t]*(.*)", re.DOTALL)
_CODE = re.compile(r"[BCFILSXZ](?:<<+\s((?:[^<>]|[<>](?![<>]))*+)>>+|<([^<>]*)>)")
"""The innermost formatting codes: what is inside others is replaced first."""
_MOST_NESTED = 5
_LINK = re.compile(r"L<([^<>|]*)\|[^<>]*>")
_TITLE = re.compile(r"\S+\s+-+\s+(?P<says>.+)", re.DOTALL)
_CALLED = re.compile(
    r"(?:(?:[\w:]+|\$\w+)\s*->\s*|&|\w+::)?(?P<name>[A-Za-z_]\w*)\s*(?:\(.*|;|=.*|$)", re.DOTALL
)
_ENTITIES = {"lt": "<", "gt": ">", "verbar": "|", "sol": "/"}
_ENTITY = re.compile(r"E<(\w+)>")


class Pod:
    """Documentation of a file, read once."""

    def __init__(self, source: Source, spans: Iterable[Span]) -> None:
        self._summaries: dict[str, Paragraph] = {}
        """Name of a section -> its first paragraph."""
        self._by_name: dict[str, str] = {}
        """Name of a function -> first paragraph below a heading or an item that is a call of it."""
        for start, end in spans:
            self._read(source.slice(start, end), source.line(start))

    @property
    def summary(self) -> Paragraph | None:
        """What stands behind the name of the module below ``=head1 NAME``, or else first."""
        return self._summaries.get("NAME") or self._summaries.get("DESCRIPTION") or self._summaries.get("")

    def doc(self, name: str) -> str:
        return self._by_name.get(name, "")

    def _read(self, text: str, first_line: int) -> None:
        names: list[str] = []
        section = ""
        for line, paragraph in _paragraphs(text, first_line):
            command = _COMMAND.match(paragraph)
            if command is None:
                if paragraph[0] not in " \t":
                    self._describe(section, names, Paragraph(line=line, text=plain(paragraph)))
                    names.clear()
            elif command[1] in {"head1", "head2", "head3", "head4", "item"}:
                title = plain(command[2])
                section = title.upper() if command[1] == "head1" else " "
                called = _CALLED.fullmatch(title)
                names += [called["name"]] if called else []
            elif command[1] == "back":
                names.clear()

    def _describe(self, section: str, names: Iterable[str], paragraph: Paragraph) -> None:
        for name in names:
            self._by_name.setdefault(name, paragraph.text)
        if section == "NAME":
            title = _TITLE.fullmatch(paragraph.text)
            if title is None:
                return
            paragraph = Paragraph(line=paragraph.line, text=title["says"])
        self._summaries.setdefault(section, paragraph)


def _paragraphs(text: str, line: int) -> Iterator[tuple[int, str]]:
    """(line, text) of what is separated by empty lines."""
    run: list[str] = []
    for number, row in enumerate([*text.split("\n"), ""], line):
        if row.strip():
            run.append(row)
        elif run:
            yield number - len(run), "\n".join(run)
            run = []


def plain(text: str) -> str:
    """A paragraph on one line without formatting codes."""
    text = _LINK.sub(r"\1", text)
    for _ in range(_MOST_NESTED):
        text, changes = _CODE.subn(lambda match: (match[1] or "").strip() or match[2] or "", text)
        if not changes:
            break
    return " ".join(_ENTITY.sub(lambda match: _ENTITIES.get(match[1], " "), text).split())
