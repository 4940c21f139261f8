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
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive
from docutils.parsers.rst.directives import admonitions, body, tables
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.docutils_ import Parser as MystParser
from myst_parser.parsers.mdit import create_md_parser
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from sphinx import addnodes
from sphinx.util.docutils import CustomReSTDispatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SILENT: Any = 5
"""Above every level of docutils' messages."""


def readme_nodes(text: str, path: str) -> list[nodes.Node]:
    """Nodes of a README in Markdown or reStructuredText; other text becomes a literal block."""
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in {".md", ".markdown"}:
        document = _parse_markdown(text, path)
    elif suffix in {".rst", ".rest"}:
        document = _parse_rst(text, path)
    else:
        return [_literal(text, "none")]
    return _harmless(document.children, posixpath.dirname(path))


def _parse_markdown(text: str, path: str) -> nodes.document:
    parser = create_md_parser(MdParserConfig(commonmark_only=True), DocutilsRenderer)
    parser.enable("table")
    document = make_document(path, parser_cls=MystParser)
    document.reporter.report_level = document.reporter.halt_level = _SILENT
    parser.options["document"] = document
    parser.render(text)
    return document


def _parse_rst(text: str, path: str) -> nodes.document:
    settings = {
        "_disable_config": True,
        "docinfo_xform": False,
        "doctitle_xform": False,
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "report_level": _SILENT,
        "halt_level": _SILENT,
        "warning_stream": "",
        "input_encoding": "unicode",
    }
    with _HarmlessMarkup():
        document: nodes.document = publish_doctree(text, source_path=path, settings_overrides=settings)
    return document


class _CodeBlock(Directive):
    """``code-block`` and its synonyms, with whatever options they were given."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        language = self.arguments[0] if self.arguments else "none"
        return [_literal("\n".join(self.content), language)]


class _Nothing(Directive):
    """A directive that a README has no use for here."""

    optional_arguments = 1_000
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        return []


_ADMONITIONS = {
    name: getattr(admonitions, name.capitalize())
    for name in ("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning")
}
_DIRECTIVES: dict[str, type[Directive]] = {
    **_ADMONITIONS,
    "admonition": admonitions.Admonition,
    "code": _CodeBlock,
    "code-block": _CodeBlock,
    "sourcecode": _CodeBlock,
    "epigraph": body.Epigraph,
    "highlights": body.Highlights,
    "list-table": tables.ListTable,
    "pull-quote": body.PullQuote,
    "table": tables.RSTTable,
}


class _HarmlessMarkup(CustomReSTDispatcher):
    """Offers the directives above and turns every role into its text."""

    def directive(self, directive_name: str, _language: Any, _document: nodes.document) -> Any:
        return _DIRECTIVES.get(directive_name.lower(), _Nothing), []

    def role(self, _role_name: str, _language: Any, _lineno: int, _reporter: Any) -> Any:
        return _text_role, []


def _text_role(
    _role: str, _rawtext: str, text: str, *_args: Any, **_options: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    title = text.partition("<")[0].strip() or text
    title = title.rpartition(".")[2] if title.startswith("~") else title.lstrip("!")
    return [nodes.literal(title, title)], []


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
    text = nodes.inline("", "", *content)
    return [
        addnodes.pending_xref(
            "",
            text,
            refdomain="repo",
            reftype="any",
            reftarget="" if path == "." else path,
            refexplicit=True,
            refwarn=False,
            repodoc_optional=True,
        )
    ]


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
