"""Dockerfiles: stages, their arguments, variables, ports and commands, and the images they are built from."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sphinx_repodoc.core.model import Import
from sphinx_repodoc.core.parse.scanners.listing import Listing
from sphinx_repodoc.core.parse.scanners.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.model import Facts
    from sphinx_repodoc.core.parse.source import Span

_ESCAPE = re.compile(rb"#\s*escape\s*=\s*`", re.IGNORECASE)
_DIRECTIVES = re.compile(rb"\A(?:#[ \t]*(?:check|escape|syntax)[ \t]*=[^\n]*\n)+", re.IGNORECASE)
_COMMENT = re.compile(rb"\s*#")
_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
_HEREDOC = re.compile(r"<<(-?)([\"']?)([A-Za-z_]\w*)\2")
_FLAG = re.compile(r"\s*--([\w-]+)(?:=(\S+))?")
_STAGE = re.compile(r"(\S+)(?:\s+AS\s+([\w.-]+))?\s*", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\s\"'\\]|\\.|\"(?:[^\"\\]|\\.)*+\"?|'[^']*+'?)+", re.DOTALL)
_PAIR = re.compile(r"([\w.\"'-]+)=")
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::[-+]([^{}]*))?\})")
_MOUNT = re.compile(r"(?:^|,)from=([^,\s]+)")
_WITH_SOURCES = frozenset({"ADD", "COPY", "RUN"})
_NAMED = {"ARG": "argument", "ENV": "variable", "LABEL": "label"}
_COMMANDS = {"CMD": "command", "ENTRYPOINT": "entrypoint"}
_CODE = re.compile(r"(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|LABEL|RUN|USER|VOLUME|WORKDIR) ")
"""A comment in which an instruction is put away."""
_LONGEST = 80
_LONGEST_READ = 400
"""Characters of an instruction that is shown."""
_JSON_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"")


class _Instruction(NamedTuple):
    word: str
    """In upper case."""
    rest: str
    """What follows it, the lines joined."""
    line: int
    end_line: int


def scan_dockerfile(text: bytes) -> Facts:
    """Stages are ``stage``; what they set is nested in them."""
    return _File(text).facts()


class _File:
    """One pass over the instructions."""

    def __init__(self, text: bytes) -> None:
        self._lines = text.split(b"\n")
        self._places: dict[tuple[bytes, bool], list[int]] = {}
        self._comments: list[Span] = []
        self._instructions = list(self._iter_instructions())
        # What the parser is told at the top describes nothing.
        self._remarks = Remarks(_DIRECTIVES.sub(_blank_directives, text, count=1), self._comments)
        self._listing = Listing()
        self._imports: list[Import] = []
        self._stages: set[str] = set()
        self._stage = -1
        """Index of the stage that is read."""
        self._defaults: dict[str, str] = {}
        """Values of the arguments before the first stage."""
        self._has_stage = False

    def facts(self) -> Facts:
        for instruction in self._instructions:
            if self._stage >= 0 and instruction.word != "FROM":
                self._listing.extend(self._stage, instruction.end_line)
            self._read(instruction)
        return self._remarks.facts(
            self._listing.symbols, imports=self._imports, omitted=self._listing.omitted
        )

    def _iter_instructions(self) -> Iterator[_Instruction]:
        """Instructions with the lines that go on; comments may stand between these."""
        escape = b"`" if _ESCAPE.match(self._lines[0]) else b"\\"
        offset = row = first = 0
        parts: list[str] = []
        while row < len(self._lines):
            line = self._lines[row]
            row += 1
            if _COMMENT.match(line):
                start = len(line) - len(line.lstrip())
                self._comments.append((offset + start, offset + len(line)))
            elif line.strip():
                first = first if parts else row
                stripped = line.rstrip()
                is_open = stripped.endswith(escape)
                parts.append((stripped[:-1] if is_open else line).decode("utf-8", "replace"))
                if not is_open:
                    end = self._heredocs_end(" ".join(parts), row)
                    offset += sum(len(each) + 1 for each in self._lines[row:end])
                    row = end
                    yield from _instruction(parts, first, row)
                    parts = []
            offset += len(line) + 1
        yield from _instruction(parts, first, row)

    def _heredocs_end(self, text: str, row: int) -> int:
        """The row behind the documents that stand in a file; without an end, they are none."""
        word = text.split(None, 1)[0].upper()
        at = row
        for mark in _HEREDOC.finditer(text) if word in _WITH_SOURCES else ():
            rows = self._rows_of(mark[3].encode(), indented=bool(mark[1]))
            place = bisect_left(rows, at)
            if place == len(rows):
                return row
            at = rows[place] + 1
        return at

    def _rows_of(self, line: bytes, *, indented: bool) -> list[int]:
        """The rows on which nothing but this stands; behind tabs, when indented."""
        if not self._places:
            for row, each in enumerate(self._lines):
                bare = each.rstrip(b"\r")
                self._places.setdefault((bare, False), []).append(row)
                self._places.setdefault((bare.lstrip(b"\t"), True), []).append(row)
        return self._places.get((line, indented), [])

    def _read(self, instruction: _Instruction) -> None:
        word, rest = instruction.word, instruction.rest
        if word == "ONBUILD":
            for inner in _instruction([rest], instruction.line, instruction.end_line):
                self._read(inner)
        elif word == "FROM":
            self._read_stage(instruction)
        elif word in _NAMED:
            self._read_names(instruction)
        elif word == "EXPOSE":
            for port in _WORD.findall(rest):
                self._add("" if "$" in port else port.strip("\"'"), "port", instruction)
        elif word in _COMMANDS:
            command = _command(rest)
            self._add(command if 0 < len(command) <= _LONGEST else word, _COMMANDS[word], instruction)
        elif word in _WITH_SOURCES:
            self._read_sources(instruction)

    def _read_stage(self, instruction: _Instruction) -> None:
        _, rest = _flags(instruction.rest)
        stage = _STAGE.match(rest)
        self._has_stage = True
        self._stage = -1
        if stage is None:
            return
        self._import(stage[1], instruction)
        if stage[2]:
            self._stage = self._add(stage[2], "stage", instruction)
            self._stages.add(stage[2].lower())

    def _read_names(self, instruction: _Instruction) -> None:
        words = _WORD.findall(instruction.rest)
        pairs = [(pair, word) for word in words if (pair := _PAIR.match(word))]
        if instruction.word == "ARG":
            for word in words:
                name, _, value = word.partition("=")
                if not self._has_stage:
                    self._defaults[name] = value.strip("\"'")
                self._add(name, "argument", instruction)
        elif pairs:
            for pair, _ in pairs:
                self._add(pair[1].strip("\"'"), _NAMED[instruction.word], instruction)
        elif words:
            self._add(words[0], _NAMED[instruction.word], instruction)

    def _read_sources(self, instruction: _Instruction) -> None:
        """Files and mounts may come from other images."""
        flags, _ = _flags(instruction.rest)
        for name, value in flags:
            mount = _MOUNT.search(value) if name == "mount" else None
            if name == "from" or mount:
                self._import(mount[1] if mount else value, instruction)

    def _import(self, image: str, instruction: _Instruction) -> None:
        name = _VARIABLE.sub(self._value, image.strip("\"'"))
        if (
            name.lower() in self._stages
            or name.lower() == "scratch"
            or name.isdigit()
            or "$" in name
            or not name
        ):
            return
        self._imports.append(Import(module=name, line=instruction.line, form=instruction.word))

    def _value(self, reference: re.Match[str]) -> str:
        return self._defaults.get(reference[1] or reference[2]) or reference[3] or reference[0]

    def _add(self, name: str, kind: str, instruction: _Instruction) -> int:
        if not name:
            return -1
        doc = self._remarks.doc_above(instruction.line)
        rest = instruction.rest if len(instruction.rest) <= _LONGEST_READ else ""
        signature = " ".join(f"{instruction.word} {rest}".split()) if rest else ""
        return self._listing.add(
            name,
            kind,
            instruction.line,
            parent=-1 if kind == "stage" else self._stage,
            end_line=instruction.end_line,
            signature=signature if len(signature) <= _LONGEST else "",
            doc="" if _CODE.match(doc) else doc,
        )


def _blank_directives(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^#\n]", b" ", found[0])


def _instruction(parts: list[str], first: int, last: int) -> Iterator[_Instruction]:
    found = _INSTRUCTION.fullmatch(" ".join(parts))
    if found:
        yield _Instruction(found[1].upper(), found[2], first, last)


def _command(rest: str) -> str:
    """A command as one would type it."""
    if len(rest) > _LONGEST_READ:
        return ""
    words = _JSON_STRING.findall(rest) if rest.lstrip().startswith("[") else rest.split()
    return " ".join(words)


def _flags(rest: str) -> tuple[list[tuple[str, str]], str]:
    """(options with their values, what follows them)."""
    flags: list[tuple[str, str]] = []
    at = 0
    while flag := _FLAG.match(rest, at):
        flags.append((flag[1], flag[2] or ""))
        at = flag.end()
    return flags, rest[at:].lstrip()
