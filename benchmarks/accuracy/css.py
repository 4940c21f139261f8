"""CSS against tinycss2: names in selectors, custom properties, keyframes and imports."""

from __future__ import annotations

from collections import Counter
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import Npm, PyPI
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_KINDS = frozenset({"class", "id", "keyframes", "layer", "property"})


def _tool() -> str:
    try:
        return f"tinycss2 {metadata.version('tinycss2')}"
    except metadata.PackageNotFoundError as error:
        raise Unavailable("tinycss2 is not installed.") from error


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    css = import_module("tinycss2")
    for path in files:
        text = path.read_bytes().replace(b"\r\n", b"\n").decode("utf-8", "replace")
        if "{{" in text or "{%" in text:
            yield Reading(path=path, error="a template")
            continue
        sheet = _Sheet(css)
        sheet.read(css.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
        yield Reading(path=path, facts=Counter(sheet.found))


class _Sheet:
    def __init__(self, css: Any) -> None:
        self.found: list[Fact] = []
        self._css = css
        self._seen: set[tuple[str, str]] = set()

    def read(self, nodes: Sequence[Any]) -> None:
        for node in nodes:
            if node.type == "qualified-rule":
                self._read_selector(node.prelude)
                self._read_block(node.content)
            elif node.type == "at-rule":
                self._read_at_rule(node)
            elif node.type == "declaration" and node.name.startswith("--"):
                self._add(node.name, "property", node.source_line)

    def _read_block(self, content: Sequence[Any]) -> None:
        self.read(self._css.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))

    def _read_at_rule(self, node: Any) -> None:
        word = (
            node.lower_at_keyword.removeprefix("-webkit-")
            .removeprefix("-moz-")
            .removeprefix("-o-")
            .removeprefix("-ms-")
        )
        names = [token for token in node.prelude if token.type in {"ident", "string", "url", "function"}]
        if word == "import":
            token = names[0]
            value = token.value if token.type != "function" else token.arguments[0].value
            self.found.append(Fact("import", value, "@import", token.source_line))
        elif word in {"keyframes", "property"} and names and names[0].type == "ident":
            self._add(names[0].value, word, node.source_line)
        elif node.content is not None and word in {
            "media",
            "supports",
            "layer",
            "container",
            "document",
            "scope",
        }:
            self._read_block(node.content)

    def _read_selector(self, tokens: Sequence[Any]) -> None:
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            if token.type == "literal" and token.value == "." and after is not None and after.type == "ident":
                self._add(after.value, "class", token.source_line)
            elif token.type == "hash" and token.is_identifier:
                self._add(token.value, "id", token.source_line)
            elif token.type == "function":
                self._read_selector(token.arguments)

    def _add(self, name: str, kind: str, line: int) -> None:
        if (name, kind) not in self._seen:
            self._seen.add((name, kind))
            self.found.append(Fact("definition", name, kind, line))


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind in _KINDS - {"layer"}:
            yield Fact("definition", symbol.name, symbol.kind, symbol.line)
    for item in found.imports:
        if item.form == "@import":
            yield Fact("import", item.module, "@import", item.line)


ROWS = (
    Row(
        language="css",
        suffixes=(".css",),
        tool=_tool,
        corpora=(
            Npm(package="bootstrap", version="5.3.3"),
            PyPI(package="Django", version="5.2.7"),
            PyPI(package="pydata_sphinx_theme", version="0.16.1"),
        ),
        authority=read_files,
        facts=facts_of,
    ),
)
