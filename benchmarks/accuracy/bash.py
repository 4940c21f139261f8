"""Shell scripts against shfmt, a parser of shells in Go."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row
from benchmarks.accuracy.engine.tools import find, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_PROCESSES = frozenset({"Subshell", "CmdSubst", "ProcSubst"})


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    command = [find("shfmt"), "-ln", "bash", "--to-json", "-"]
    for path in files:
        text = path.read_bytes()
        done = subprocess.run(command, input=text, capture_output=True, check=False)
        if done.returncode:
            yield Reading(path=path, error=done.stderr.decode("utf-8", "replace")[:100].strip())
        else:
            yield Reading(path=path, facts=Counter(_Script(text).read(json.loads(done.stdout))))


class _Script:
    """The facts of one script; variables count where they are first given a value."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._seen: set[str] = set()

    def read(self, tree: object) -> Iterator[Fact]:
        todo = [(tree, False)]
        while todo:
            node, is_inner = todo.pop()
            if isinstance(node, dict):
                yield from self._read_node(node, is_inner=is_inner)
                is_inner |= self._is_apart(node)
            if isinstance(node, (dict, list)):
                children = list(node.values()) if isinstance(node, dict) else node
                todo += [(child, is_inner) for child in reversed(children)]

    def _read_node(self, node: dict[str, Any], *, is_inner: bool) -> Iterator[Fact]:
        kind, args = node.get("Type"), node.get("Args") or []
        assigned: list[dict[str, Any]] = []
        if kind == "FuncDecl":
            yield Fact("definition", node["Name"]["Value"], "function", node["Name"]["Pos"]["Line"])
        elif kind == "DeclClause":
            assigned = args
        elif kind == "CallExpr" and args:
            yield from self._read_command(node, args)
        else:
            assigned = node.get("Assigns") or []
        for each in assigned:
            is_new = each.get("Name") and not (each.get("Append") or each.get("Index") or each.get("Naked"))
            if is_new and not is_inner and each["Name"]["Value"] not in self._seen:
                self._seen.add(each["Name"]["Value"])
                yield Fact("definition", each["Name"]["Value"], "variable", each["Name"]["Pos"]["Line"])

    def _read_command(self, node: dict[str, Any], args: list[dict[str, Any]]) -> Iterator[Fact]:
        word = self._slice(args[0])
        if word in {"source", "."} and len(args) > 1:
            parts = args[1]["Parts"]
            if parts[0]["Type"] != "ProcSubst":
                yield Fact("import", "".join(map(self._unquoted, parts)), "source", node["Pos"]["Line"])
        elif word == "alias":
            for each in args[1:]:
                name, is_defined, _ = self._slice(each).partition("=")
                if is_defined:
                    yield Fact("definition", name, "alias", each["Pos"]["Line"])

    def _is_apart(self, node: dict[str, Any]) -> bool:
        """Whether what is assigned inside does not change the script at its top level."""
        if node.get("Type") == "BinaryCmd":
            at = node["OpPos"]["Offset"]
            return self._text[at : at + 1] == b"|" and self._text[at : at + 2] != b"||"
        return node.get("Type") == "FuncDecl" or node.get("Type") in _PROCESSES

    def _unquoted(self, part: dict[str, Any]) -> str:
        text = self._slice(part)
        return text[1:-1] if part["Type"] in {"SglQuoted", "DblQuoted"} else text

    def _slice(self, node: dict[str, Any]) -> str:
        return self._text[node["Pos"]["Offset"] : node["End"]["Offset"]].decode("utf-8", "replace")


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        kind = "variable" if symbol.kind == "constant" else symbol.kind
        yield Fact("definition", symbol.qualname, kind, symbol.line)
    for item in found.imports:
        yield Fact("import", item.module, item.form, item.line)


def _tool() -> str:
    return f"shfmt {output(['shfmt', '--version']).strip().removeprefix('v')}"


ROWS = (
    Row(
        language="bash",
        suffixes=(".sh", ".bash", "functions", "commands", "bash_completion"),
        tool=_tool,
        corpora=(
            GitHub(package="dokku/dokku", version="33896f5d7efc3b03d0ea94934d8413cddbce07fd"),
            GitHub(package="nvm-sh/nvm", version="b17550a0b9ab691439815dfccc8b73e3a59fa103"),
            GitHub(package="scop/bash-completion", version="85661b2563340a85304c4fd41582c2dd97c549f5"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
