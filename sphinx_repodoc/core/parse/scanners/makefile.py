"""Makefiles: targets and variables that are named outright, and included files, line by line.

What a variable or a pattern stands for only make knows: ``$(OBJECTS): %.o``
names nothing here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import, Symbol
from sphinx_repodoc.core.parse.comments import comment_lines, paragraphs
from sphinx_repodoc.core.parse.plain import scan_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import Facts

_RULE = re.compile(r"([^\s:=#][^:=#]*?)\s*&?::?(?![:=])")
_LONGEST = 2_000
"""Characters of a rule that are read: the expression looks ahead at every white space."""
_VARIABLE = re.compile(r"(?:(?:export|override|private)\s+)*([A-Za-z_][\w.-]*)\s*(?:::?:?|[?+!])?=")
_DEFINE = re.compile(r"(?:(?:export|override)\s+)*define\s+([\w.-]+)")
_DIRECTIVE = re.compile(r"(?:if(?:n?eq|n?def)|else|endif|[-s]?include|vpath|unexport|undefine)\b")
_INCLUDE = re.compile(r" *([-s]?include)(?=\s|$)(.*)", re.DOTALL)
_HELP = re.compile(r"\s##\s*(.+)$")


def scan_make(text: bytes) -> Facts:
    """Targets are ``target``, variables ``variable``, each at its first place."""
    lines = text.decode("utf-8", "replace").split("\n")
    found: dict[tuple[str, str], Symbol] = {}
    imports: list[Import] = []
    row = 0
    while row < len(lines):
        kind, names, end = _read(lines, row)
        imports += _included(lines, row, end)
        for name in names:
            found.setdefault(
                (kind, name),
                Symbol(
                    name=name,
                    qualname=name,
                    kind=kind,
                    line=row + 1,
                    end_line=end,
                    doc=_doc(lines, row) if kind == "target" else "",
                ),
            )
        row = end
    return replace(scan_plain(text, "make"), symbols=tuple(found.values()), imports=tuple(imports))


def _included(lines: Sequence[str], row: int, end: int) -> Iterator[Import]:
    """The files that a line takes in, as they are written."""
    found = _INCLUDE.match(lines[row])
    if found is None or lines[row].startswith("\t"):
        return
    whole = " ".join(line.removesuffix("\\") for line in (found[2], *lines[row + 1 : end]))
    for word in _split(whole.partition("#")[0][:_LONGEST]):
        yield Import(module=word, line=row + 1, form=found[1])


def _split(text: str) -> Iterator[str]:
    """Words as make parts them: a call with all that it is given is part of one."""
    start = depth = 0
    for at, sign in enumerate(f"{text} "):
        depth += (sign in "({") - (sign in ")}" and depth > 0)
        if sign.isspace() and not depth:
            if text[start:at]:
                yield text[start:at]
            start = at + 1


def _read(lines: Sequence[str], row: int) -> tuple[str, Sequence[str], int]:
    """(kind, names, row after it) of what begins in this row."""
    line = lines[row]
    end = row + 1
    while lines[end - 1].endswith("\\") and end < len(lines):
        end += 1
    if not line.strip() or line[0] in "\t #" or _DIRECTIVE.match(line):
        return "", (), end
    if define := _DEFINE.match(line):
        closing = (after for after in range(end, len(lines)) if lines[after].lstrip().startswith("endef"))
        return "variable", (define[1],), next(closing, row) + 1
    if variable := _VARIABLE.match(line):
        return "variable", (variable[1],), end
    rule = _RULE.match(" ".join(part.removesuffix("\\") for part in lines[row:end])[:_LONGEST])
    if rule is None or "=" in lines[row][rule.end() :].partition(";")[0].partition("#")[0]:
        # A variable of one target is a setting of it.
        return "", (), end
    names = [name for name in rule[1].split() if not set("$%()").intersection(name) and name[0] != "."]
    return "target", names, _recipe_end(lines, end)


def _recipe_end(lines: Sequence[str], row: int) -> int:
    """The row after the last line of a recipe that may begin in this row."""
    end = row
    while row < len(lines) and (lines[row].startswith("\t") or lines[row - 1].endswith("\\")):
        row += 1
        end = row if lines[row - 1].strip() else end
    return end


def _doc(lines: Sequence[str], row: int) -> str:
    """What is said behind ``##``, by which many makefiles print their help, or in the comment above."""
    if spoken := _HELP.search(lines[row]):
        return spoken[1].strip()
    first = row
    while first and lines[first - 1].startswith("#"):
        first -= 1
    above = [text for line in lines[first:row] for text in comment_lines(line)]
    paragraph = next(paragraphs(above, 1), None)
    return paragraph.text if paragraph else ""
