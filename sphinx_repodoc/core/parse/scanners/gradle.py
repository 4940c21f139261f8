"""What a build script of Gradle says in Groovy: its tasks, plugins and dependencies, and the scripts that it applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Import

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_repodoc.core.parse.scanners.groovy_lexer import Token
    from sphinx_repodoc.core.parse.scanners.listing import Listing
    from sphinx_repodoc.core.parse.source import Source

_REGISTERS = frozenset({"register", "create", "maybeCreate"})
_FEWEST = 3
"""Tokens of the shortest statement that is looked at, behind its first."""


def read_gradle(
    tokens: Sequence[Token],
    partners: Mapping[int, int],
    source: Source,
    listing: Listing,
    imports: list[Import],
) -> None:
    """List what statements name that only build scripts have."""
    words = {token.text for token in tokens if token.kind == "word"}
    if words.isdisjoint({"apply", "plugins", "dependencies", "task", "tasks", "include"}):
        return
    script = _Script(tokens, partners, source, listing, imports)
    for place, token in enumerate(tokens[:-_FEWEST]):
        if token.kind == "word" and script.begins(place):
            script.read(place)


class _Script:
    def __init__(
        self,
        tokens: Sequence[Token],
        partners: Mapping[int, int],
        source: Source,
        listing: Listing,
        imports: list[Import],
    ) -> None:
        self._tokens = tokens
        self._partners = partners
        self._source = source
        self._listing = listing
        self._imports = imports

    def begins(self, place: int) -> bool:
        """Whether a statement begins here."""
        before = self._tokens[place - 1] if place else None
        return before is None or before.kind == "newline" or before.text in {"{", "}", ";"}

    def read(self, place: int) -> None:
        word, following = self._tokens[place].text, self._tokens[place + 1]
        if word == "task" and following.kind == "word" and following.text not in {"in", "as"}:
            self._add(following, "task", place)
        elif word == "tasks" and following.text == "." and self._tokens[place + 2].text in _REGISTERS:
            self._registered(place + 3, place)
        elif word in {"plugins", "dependencies"} and following.text == "{" and place + 1 in self._partners:
            for statement in self._statements(place + 2, self._partners[place + 1]):
                self._named(statement, "plugin" if word == "plugins" else "dependency")
        elif word == "apply":
            self._applied(place)

    def _add(self, name: Token, kind: str, place: int) -> None:
        text = name.value
        if not text or "$" in text:
            return
        line = self._source.line(name.start)
        opening = next(
            (
                at
                for at in range(place, min(place + 40, len(self._tokens)))
                if self._tokens[at].text == "{" or self._tokens[at].kind == "newline"
            ),
            -1,
        )
        closing = self._partners.get(opening, -1) if opening >= 0 else -1
        end_line = self._source.line(self._tokens[closing].start) if closing >= 0 and kind == "task" else line
        self._listing.add(
            text,
            kind,
            line,
            end_line=end_line,
            variant=str(line),
            signature=self._source.line_text(line).rstrip(" {"),
        )

    def _registered(self, place: int, start: int) -> None:
        if self._tokens[place].text == "(" and place + 1 < len(self._tokens):
            place += 1
        if self._tokens[place].kind == "string":
            self._add(self._tokens[place], "task", start)

    def _statements(self, start: int, end: int) -> Iterator[Sequence[Token]]:
        """The statements between two places, without what stands in braces."""
        found: list[Token] = []
        while start < end:
            token = self._tokens[start]
            if token.kind == "newline" or token.text in {";", "}"}:
                yield found
                found = []
            elif token.text == "{":
                start = self._partners.get(start, start)
            else:
                found.append(token)
            start += 1
        yield found

    def _named(self, statement: Sequence[Token], kind: str) -> None:
        if len(statement) < 2 or statement[0].kind != "word":  # noqa: PLR2004 -- a word and what it is about
            return
        strings = [token for token in statement if token.kind == "string"]
        if kind == "plugin":
            if strings and statement[0].text == "id":
                self._add(strings[0], kind, 0)
            return
        if statement[1].text in {"=", "."}:
            return
        by_key = {
            statement[at - 2].text: token.value
            for at, token in enumerate(statement)
            if at > 1 and token.kind == "string" and statement[at - 1].text == ":"
        }
        if "group" in by_key and "name" in by_key:
            self._dependency(f"{by_key['group']}:{by_key['name']}", statement[0])
        elif strings and not by_key:
            parts = strings[0].value.split(":")
            self._dependency(":".join(parts[:2]) if parts[0] else ":".join(parts), statement[0])
        elif by_key.get("path"):
            self._dependency(by_key["path"], statement[0])

    def _dependency(self, name: str, configuration: Token) -> None:
        line = self._source.line(configuration.start)
        if name and "$" not in name:
            self._listing.add(
                name, "dependency", line, variant=str(line), signature=self._source.line_text(line)
            )

    def _applied(self, place: int) -> None:
        """``apply plugin: 'java'`` and ``apply from: 'x.gradle'``."""
        at = place + 2 if self._tokens[place + 1].text == "(" else place + 1
        if (
            at + 2 >= len(self._tokens)
            or self._tokens[at + 1].text != ":"
            or self._tokens[at + 2].kind != "string"
        ):
            return
        name = self._tokens[at + 2]
        if self._tokens[at].text == "plugin":
            self._add(name, "plugin", place)
        elif self._tokens[at].text == "from" and (path := name.value) and "$" not in path:
            self._imports.append(Import(module=path, line=self._source.line(name.start), form="apply from"))
