"""Reference pages made from the code during the build, so that they cannot fall behind it.

``{options}`` shows the table of configuration options, ``{members} module:Enum`` the members of an enum with the string
under each in the source, ``{page-parts} kind`` the sections of a kind of page, ``{file-roles}`` what files can be for,
``{languages}`` what is parsed, and ``{formats}`` the words of well-known formats. All make Markdown and let the parser
of the page read it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from sphinx_repodoc.analyze.roles import ALL_ROLES
from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.scanners import SCANNED
from sphinx_repodoc.core.parse.scanners.known_formats import KNOWN_FORMATS
from sphinx_repodoc.core.rules import ANY, source_rules
from sphinx_repodoc.pages.file import build_nothing
from sphinx_repodoc.pages.table import PARTS
from sphinx_repodoc.sphinx_ext.config import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from enum import Enum

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_repodoc.pages.data import PagePart

_REBUILDS = {
    "env": "A change of it reads and writes every document again.",
    "html": "A change of it writes every page again.",
    "": "A change of it touches only the pages that show something else because of it.",
}
_BY_SPHINX = {
    (PageKind.FOLDER, "readme"): "Show the README of the folder.",
    (
        PageKind.FILE,
        "cross-references",
    ): "Link the documents that name or show it, and the API pages of what it defines.",
}
"""Sections whose builders leave them to the glue -> what they show."""
_ROLE = re.compile(r":[a-z:]+:`~?([^`<>]+)`")


class OptionsDirective(SphinxDirective):
    """One ``confval`` for each option, in the order of the table."""

    def run(self) -> list[Node]:
        return self.parse_text_to_nodes("\n".join(iter_options()))


class PagePartsDirective(SphinxDirective):
    """The sections of one kind of page: how options name it, its heading, and what its builder says it shows."""

    required_arguments = 1

    def run(self) -> list[Node]:
        kind = PageKind(self.arguments[0])
        rows = [
            (f"`{part.id}`", part.title or "(no heading)", shown_by(kind, part))
            for part in PARTS[kind]
            if part.build is not build_nothing or (kind, part.id) in _BY_SPHINX
        ]
        return self.parse_text_to_nodes(table(("section", "heading", "shows"), rows))


class FileRolesDirective(SphinxDirective):
    """What a file can be for."""

    def run(self) -> list[Node]:
        return self.parse_text_to_nodes(
            table(("role", "meaning"), [(rule.name, rule.about) for rule in ALL_ROLES])
        )


class LanguagesDirective(SphinxDirective):
    """The languages whose text is parsed, and by what."""

    def run(self) -> list[Node]:
        rows = {name: f"the grammar `{grammar.package}`" for name, grammar in GRAMMARS.items()}
        rows |= dict.fromkeys(SCANNED, "a scanner of this project")
        return self.parse_text_to_nodes(table(("language", "parsed by"), sorted(rows.items())))


class FormatsDirective(SphinxDirective):
    """The well-known formats of keys, and what they call them."""

    def run(self) -> list[Node]:
        rows = [
            (
                f"{row.title} ({row.languages.replace(' ', ', ')})",
                ", ".join(f"`{kind}`" for kind in row.words),
            )
            for row in KNOWN_FORMATS
        ]
        return self.parse_text_to_nodes(table(("format", "kinds"), rows))


class RulesDirective(SphinxDirective):
    """Every rule of our own, under its topic."""

    def run(self) -> list[Node]:
        head = ("rule", "languages", "finds", "why, and what instead", "see")
        lines: list[str] = []
        for topic in Topic:
            found = [each for each in source_rules().values() if each.rule.topic is topic]
            rows = [
                (
                    f"`{each.rule.id}`",
                    "every text" if ANY in each.languages else ", ".join(each.languages),
                    each.rule.title,
                    f"{each.rule.why} {each.rule.instead}".strip(),
                    ", ".join(each.rule.references),
                )
                for each in found
            ]
            lines.append(f"**{topic.value}**\n\n{table(head, rows)}\n")
        return self.parse_text_to_nodes("\n".join(lines))


class MembersDirective(SphinxDirective):
    """One object description for each member of an enum; a prefix may stand before the values."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[Node]:
        module, _, name = self.arguments[0].partition(":")
        enum = getattr(importlib.import_module(module), name)
        prefix = self.arguments[1] if len(self.arguments) > 1 else ""
        lines = [
            f"```{{describe}} {prefix}{enum[member].value}\n{text}\n```\n"
            for member, text in member_docs(enum).items()
        ]
        return self.parse_text_to_nodes("\n".join(lines))


def iter_options() -> Iterator[str]:
    """Markdown for each option: what it takes, its default, its help, and what a change of it costs."""
    for option in OPTIONS:
        yield f"```{{confval}} {option.name}"
        yield f":type: {option.expects}"
        yield f":default: `{option.default!r}`"
        yield f"\n{literal_roles(option.help)}\n\n{_REBUILDS[option.rebuild]}\n```\n"


def member_docs(enum: type[Enum]) -> dict[str, str]:
    """Name of each member -> the string literal under it; a member without one is an error."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(enum)))
    definition = next(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    docs: dict[str, str] = {}
    name = ""
    for node in definition.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                docs[name] = literal_roles(inspect.cleandoc(text))
    if missing := set(enum.__members__) - set(docs):
        message = f"members of {enum.__qualname__} without a docstring: {', '.join(sorted(missing))}"
        raise ValueError(message)
    return docs


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a Markdown table."""
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def shown_by(kind: PageKind, part: PagePart) -> str:
    """Say what a section shows, as its builder does."""
    return _BY_SPHINX.get((kind, part.id)) or first_line(part.build.__doc__)


def first_line(doc: str | None) -> str:
    """Give the first sentence of a docstring."""
    return literal_roles((doc or "").partition("\n")[0])


def literal_roles(text: str) -> str:
    """Show what a docstring refers to as a literal: the page has no API reference to link to."""
    return _ROLE.sub(r"`\1`", text)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("file-roles", FileRolesDirective)
    app.add_directive("languages", LanguagesDirective)
    app.add_directive("formats", FormatsDirective)
    app.add_directive("options", OptionsDirective)
    app.add_directive("page-parts", PagePartsDirective)
    app.add_directive("rules", RulesDirective)
    app.add_directive("members", MembersDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
