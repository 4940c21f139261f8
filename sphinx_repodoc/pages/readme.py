"""The README of a folder as docutils nodes: prose only, and harmless.

READMEs are written for a forge, not for Sphinx, and they are data. So nothing
in them runs: no role or directive of Sphinx or of an extension, no inclusion of
files, no raw HTML; images become their text, for fetching them would need a
network or files outside the documentation. Relative links lead to our pages.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from sphinx import addnodes

from sphinx_repodoc.pages.bounds import (
    MOST_CHARACTERS,
    MOST_HIGHLIGHTED,
    TOO_DEEP,
    TOO_LONG,
    Outcome,
    is_too_deep,
)
from sphinx_repodoc.pages.markdown import parse_markdown
from sphinx_repodoc.pages.rst import parse_rst
from sphinx_repodoc.pages.source import can_highlight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_repodoc.core.problems import Problem

_MARKDOWN = frozenset({".md", ".markdown"})
_RST = frozenset({".rst", ".rest"})


def readme_problems(path: str, text: bytes) -> tuple[Problem, ...]:
    """What of a README is left out."""
    return _render(text.decode("utf-8", "replace"), path)[1]


def readme_nodes(text: str, path: str, *, rendered: bool = True) -> list[nodes.Node]:
    """Nodes of a README in Markdown or reStructuredText, behind what is left out; other text becomes a literal block.

    :param rendered: ``False`` when a process has ended over this text before: it is shown plain.
    """
    content, problems = (
        _render(text, path) if rendered else _plain(text, "a process that read it ended abnormally")
    )
    return [*(_notice(problem, path) for problem in problems), *content]


def _render(text: str, path: str) -> tuple[list[nodes.Node], tuple[Problem, ...]]:
    suffix = posixpath.splitext(path)[1].lower()
    outcome = Outcome()
    text = _start(text.replace("\r\n", "\n").replace("\r", "\n"), outcome)
    if suffix not in _MARKDOWN | _RST:
        return [_literal(text, "none")], outcome.problems()
    parse = parse_markdown if suffix in _MARKDOWN else parse_rst
    try:
        document = parse(text, path, outcome)
    except MemoryError:
        raise
    except RecursionError:  # before it is known how deep it is, which depends on who called us
        return _plain(text, TOO_DEEP)
    except Exception as error:  # noqa: BLE001 (the boundary to the parsers of other projects)
        return _plain(text, f"its parser failed with {type(error).__name__}")
    if is_too_deep(document):
        return _plain(text, TOO_DEEP)
    found = _harmless(document.children, posixpath.dirname(path))
    if outcome.cut and not any(node.astext().strip() for node in found):
        return _plain(text, outcome.cut)
    _bound_highlighting(found)
    return found, outcome.problems()


def _bound_highlighting(found: Iterable[nodes.Node]) -> None:
    """Take the language from code that Sphinx, whose lexers have no bounds, could take long to highlight."""
    room = MOST_HIGHLIGHTED
    for block in nodes.container("", *found).findall(nodes.literal_block):
        text = block.astext()
        if block["language"] != "none":
            room -= len(text) ** 2
            if room < 0 or not can_highlight(text, block["language"]):
                block["language"] = "none"


def _plain(text: str, reason: str) -> tuple[list[nodes.Node], tuple[Problem, ...]]:
    """Show the text as it is written."""
    outcome = Outcome(whole=True)
    text = _start(text, outcome)
    outcome.cut = reason
    return [_literal(text, "none")], outcome.problems()


def _notice(problem: Problem, path: str) -> nodes.warning:
    line = nodes.paragraph(translatable=False)
    line += [nodes.Text(f"{problem.message} ("), _to_page(path, [nodes.literal(path, path)]), nodes.Text(")")]
    return nodes.warning("", line)


def _start(text: str, outcome: Outcome) -> str:
    """As much of it as is looked at, up to a blank line if there is one."""
    if len(text) <= MOST_CHARACTERS:
        return text
    end = text.rfind("\n\n", 0, MOST_CHARACTERS) + 1 or text.rfind("\n", 0, MOST_CHARACTERS) + 1
    shown = text[: end or MOST_CHARACTERS]
    outcome.cut_at(shown.count("\n") + 1, TOO_LONG)
    return shown


def _literal(text: str, language: str) -> nodes.literal_block:
    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        language = "none"
    return nodes.literal_block(text, text, language=language, force=True, linenos=False, translatable=False)


def _harmless(children: Iterable[nodes.Node], folder: str) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    for child in children:
        out += _harmless_node(child, folder)
    return out


def _harmless_node(node: nodes.Node, folder: str) -> list[nodes.Node]:
    """What a node of a README becomes on our page."""
    if isinstance(node, nodes.Text):
        return [nodes.Text(node.astext())]
    if isinstance(node, _DROPPED):
        return []
    for kind, convert in _CONVERSIONS:
        if isinstance(node, kind):
            return convert(node, folder)
    if not isinstance(node, _KEPT):
        return _harmless(node.children, folder)
    copy = node.copy()
    copy.document = None  # type: ignore[assignment] # or all of the README would be stored with each node of it
    for attribute in ("ids", "names", "dupnames", "backrefs", "classes"):
        if copy.get(attribute):
            copy[attribute] = []
    copy["translatable"] = False
    copy.extend(_harmless(node.children, folder))
    return [copy]


def _section(node: nodes.Element, folder: str) -> list[nodes.Node]:
    """Sections would fill the table of contents of every folder: their titles stay."""
    return _harmless(node.children, folder)


def _title(node: nodes.Element, folder: str) -> list[nodes.Node]:
    if not isinstance(node.parent, nodes.section):
        return [nodes.title("", "", *_harmless(node.children, folder), translatable=False)]
    return [nodes.rubric("", "", *_harmless(node.children, folder), translatable=False)]


def _image(node: nodes.Element, _folder: str) -> list[nodes.Node]:
    text = node.get("alt", "")
    return [nodes.Text(text)] if text else []


def _rule(_node: nodes.Element, _folder: str) -> list[nodes.Node]:
    """A line across the page. docutils has a transition only between sections, and the README has none here."""
    return [nodes.raw("", '<hr class="docutils" />', format="html")]


def _code(node: nodes.Element, _folder: str) -> list[nodes.Node]:
    classes = [name for name in node["classes"] if name != "code"]
    return [_literal(node.astext(), node.get("language") or (classes[0] if classes else "none"))]


def _reference(node: nodes.Element, folder: str) -> list[nodes.Node]:
    content = _harmless(node.children, folder)
    address = urlsplit(node.get("refuri", ""))
    if not content:
        return []
    if address.scheme in {"http", "https", "mailto"}:
        return [nodes.reference("", "", *content, refuri=node["refuri"], internal=False)]
    if address.scheme or address.netloc or not address.path:
        return content
    base = "" if address.path.startswith("/") else folder
    path = posixpath.normpath(posixpath.join(base, unquote(address.path).lstrip("/")))
    return [_to_page("" if path == "." else path, content)]


def _to_page(path: str, content: Iterable[nodes.Node]) -> addnodes.pending_xref:
    """Link to the page of a file or folder, if there is one."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", *content),
        refdomain="repo",
        reftype="any",
        reftarget=path,
        refexplicit=True,
        refwarn=False,
        repodoc_optional=True,
    )


def _footnote_reference(node: nodes.Element, _folder: str) -> list[nodes.Node]:
    return [nodes.Text(f"[{node.astext()}]")]


_DROPPED = (
    nodes.raw, nodes.comment, nodes.substitution_definition, nodes.system_message, nodes.pending,
    nodes.label, nodes.meta,
)  # fmt: skip
_CONVERSIONS: tuple[tuple[type[nodes.Node], Callable[[Any, str], list[nodes.Node]]], ...] = (
    (nodes.section, _section),
    (nodes.title, _title),
    (nodes.image, _image),
    (nodes.literal_block, _code),
    (nodes.reference, _reference),
    (nodes.footnote_reference, _footnote_reference),
    (nodes.transition, _rule),
)
_KEPT = (
    nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.definition_list,
    nodes.definition_list_item, nodes.term, nodes.definition, nodes.classifier, nodes.field_list, nodes.field,
    nodes.field_name, nodes.field_body, nodes.block_quote, nodes.attribution, nodes.table, nodes.tgroup,
    nodes.colspec, nodes.thead, nodes.tbody, nodes.row, nodes.entry, nodes.emphasis, nodes.strong,
    nodes.literal, nodes.subscript, nodes.superscript, nodes.line_block, nodes.line,
    nodes.Admonition, nodes.doctest_block, nodes.option_list, nodes.option_list_item, nodes.option_group,
    nodes.option, nodes.option_string, nodes.option_argument, nodes.description,
)  # fmt: skip
"""Prose and tables. Of every other node only the text and the children are shown."""
