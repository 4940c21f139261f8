"""HTML and what is written like it: headings, identifiers, and the code of scripts.

Components of Vue, Svelte and Astro are named by their file. All scripts of a file are
parsed as one text in which everything else is blank, so that lines stay.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import Facts, Import, LineCounts, Symbol
from sphinx_repodoc.core.parse.comments import Paragraph, comment_lines, paragraphs
from sphinx_repodoc.core.parse.embedded import merge, parse_embedded
from sphinx_repodoc.core.parse.scanners import css, templates
from sphinx_repodoc.core.parse.scanners.headings import Heading, nest
from sphinx_repodoc.core.parse.scanners.remarks import Remarks
from sphinx_repodoc.core.parse.scanners.tags import ASTRO, HTML, SVELTE, VUE, Dialect, Markup, Tag
from sphinx_repodoc.core.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_repodoc.core.parse.source import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What differs between the languages."""

    dialect: Dialect = HTML
    is_component: bool = False
    """Whether the file is a component, whose script others import from."""
    has_templates: bool = False
    """Whether tags of a template language may stand anywhere."""
    script: str = "javascript"


FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "astro": _Form(dialect=ASTRO, is_component=True, script="typescript"),
        "html": _Form(has_templates=True),
        "jinja": _Form(has_templates=True),
        "liquid": _Form(has_templates=True),
        "mustache": _Form(has_templates=True),
        "svelte": _Form(dialect=SVELTE, is_component=True),
        "twig": _Form(has_templates=True),
        "vue": _Form(dialect=VUE, is_component=True),
    }
)
"""Name of a language -> how it is read."""
_HEADING = re.compile(r"h[1-6]")
_SCRIPT_TYPE = re.compile(
    r"(?:|module|(?:text|application)/(?:x-)?(?:javascript|ecmascript|typescript|jsx|babel))", re.IGNORECASE
)
_TYPED = re.compile(r"tsx?|typescript|(?:text|application)/typescript", re.IGNORECASE)
_COMPUTED = re.compile(r"[\s{}<>]|\$\{|%\}")
_FRONT_MATTER = re.compile(rb"\s*---[ \t]*\n")
_FRONT_MATTER_END = re.compile(rb"^---[ \t]*$", re.MULTILINE)
_COMPONENT_COMMENT = re.compile(rb"<!--\s*@component\b")
"""By which components of Svelte are documented."""
_FOREIGN = frozenset({"svg", "math"})
_MARKUP = re.compile(r"<a\b[^<>]*>\s*[#¶§]\s*</a>|<[^<>]*>")
"""Tags, and with them the sign that links a heading to itself."""
_EXPRESSIONS = {b"{": re.compile(r"\{[^{}]*\}"), b"{{": re.compile(r"\{\{[^{}]*\}\}")}
_LONGEST_TITLE = 1_000
_line = attrgetter("line")


def scan_markup(text: bytes, language: str, path: str, *, time_limit: float) -> Facts:
    """Facts of a text in one of the languages of :data:`FORMS`."""
    form = FORMS[language]
    tags = templates.find_tags(text) if form.has_templates else []
    bare = templates.without(text, tags) if tags else text
    front = _front_matter(text) if language == "astro" else None
    markup = Markup(bare, form.dialect, front[1] if front else 0)
    scripts, script_language = _scripts(markup, form)
    scripts += [front] if front else []
    styles = list(_style_comments(markup, bare))
    plain = templates.with_plain_comments(text, tags) if tags else text
    remarks = Remarks(plain, [*markup.comments, *templates.comment_spans(tags), *styles])
    code = _only(templates.without(text, tags, b"0") if tags else text, scripts)
    script = parse_embedded(code, script_language, time_limit=time_limit, parts=sorted(scripts)) or Facts()
    if tags:
        script = _without_filled(script, tags, remarks.source)
    headings = nest(
        _headings(markup, bare, form.dialect, remarks.source), _lines_of_content(markup, form, text)
    )
    symbols = merge(
        _component(path, remarks.source) if form.is_component else (),
        templates.template_symbols(tags, remarks.source),
        headings,
        tuple(_identifiers(markup, remarks.source)),
        script.symbols,
    )
    imports = [*_imports(markup, remarks.source), *templates.template_imports(tags, remarks.source)]
    facts = remarks.facts(
        symbols,
        imports=sorted([*imports, *script.imports], key=_line),
        problems=sorted([*_unclosed(markup, remarks.source), *script.problems], key=_line),
        lead=_description(markup, remarks.source),
    )
    return _with_script(facts, script)


def _with_script(facts: Facts, script: Facts) -> Facts:
    """Add what the comments of the scripts say."""
    comment = script.lines.comment
    lines = LineCounts(
        code=facts.lines.code - comment, comment=facts.lines.comment + comment, blank=facts.lines.blank
    )
    return replace(
        facts,
        doc=facts.doc or script.doc,
        doc_line=facts.doc_line or script.doc_line,
        lines=lines,
        notes=tuple(sorted((*facts.notes, *script.notes), key=_line)),
        markers=tuple(sorted((*facts.markers, *script.markers), key=_line)),
        words=script.words,
    )


def _without_filled(script: Facts, tags: Sequence[templates.TemplateTag], source: Source) -> Facts:
    """Values that a template fills in are none of the code: signatures leave them out."""
    filled = {source.line(tag.start) for tag in tags}
    symbols = (
        replace(each, signature=each.signature.partition(" =")[0]) if each.line in filled else each
        for each in script.symbols
    )
    return replace(script, symbols=tuple(symbols))


def _front_matter(text: bytes) -> Span | None:
    """The code at the head of a file of Astro."""
    opening = _FRONT_MATTER.match(text)
    closing = _FRONT_MATTER_END.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def _scripts(markup: Markup, form: _Form) -> tuple[list[Span], str]:
    """Where code stands, and its language: one for all scripts of a file."""
    found = [tag for tag in markup.tags if tag.name == "script" and tag.content and _is_code(tag)]
    is_typed = any(_TYPED.fullmatch(tag.get("lang") or tag.get("type")) for tag in found)
    return [tag.content for tag in found if tag.content], "typescript" if is_typed else form.script


def _is_code(tag: Tag) -> bool:
    lang = tag.get("lang").lower()
    return _SCRIPT_TYPE.fullmatch(tag.get("type").strip()) is not None and lang in {
        "",
        "js",
        "ts",
        "jsx",
        "tsx",
    }


def _only(text: bytes, spans: Sequence[Span]) -> bytes:
    """The text with everything blank but the spans."""
    blanked = bytearray(re.sub(rb"[^\n]", b" ", text))
    for start, end in spans:
        blanked[start:end] = text[start:end]
    return bytes(blanked)


def _style_comments(markup: Markup, text: bytes) -> Iterator[Span]:
    for tag in markup.tags:
        if tag.name == "style" and tag.content:
            start, end = tag.content
            for span in css.comment_spans(text[start:end], tag.get("lang") or "css"):
                yield start + span[0], start + span[1]


def _component(path: str, source: Source) -> tuple[Symbol, ...]:
    """The component that the file is; in one without a name it has none."""
    name = PurePosixPath(path).stem
    last = source.line(max(len(source.text.rstrip()) - 1, 0))
    return (Symbol(name=name, qualname=name, kind="component", line=1, end_line=last),) if name else ()


def _lines_of_content(markup: Markup, form: _Form, text: bytes) -> list[bytes]:
    """The lines up to the last tag that is none of a script or a style sheet: there the last section ends."""
    tags = reversed(markup.tags)
    if form.dialect.has_blocks:
        # Headings may stand elsewhere, in what is no component.
        ends = (tag.end for tag in tags if tag.name == "template" or _HEADING.fullmatch(tag.name))
    else:
        ends = (tag.end for tag in tags if tag.name not in {"script", "style"})
    return text[: next(ends, 0)].split(b"\n")


def _headings(markup: Markup, text: bytes, dialect: Dialect, source: Source) -> Iterator[Heading]:
    opened: Tag | None = None
    for tag in markup.tags:
        if not _HEADING.fullmatch(tag.name):
            continue
        if opened and tag.is_end and tag.name == opened.name:
            title = _plain(text[opened.end : tag.start], dialect)
            if title:
                yield Heading(text=title, line=source.line(opened.start), level=int(tag.name[1]))
        opened = None if tag.is_end or tag.is_empty else tag


def _plain(inside: bytes, dialect: Dialect = HTML) -> str:
    """Text of an element without markup and without what is computed."""
    text = inside[:_LONGEST_TITLE].decode("utf-8", "replace")
    if dialect.opening or dialect.in_attributes:
        text = _EXPRESSIONS[dialect.opening or b"{"].sub("", text)
    return " ".join(html.unescape(_MARKUP.sub("", text)).split())


def _identifiers(markup: Markup, source: Source) -> Iterator[Symbol]:
    """The title, and what links and scripts can name, each where it stands first."""
    seen: set[str] = set()
    foreign = 0
    for tag in markup.tags:
        if tag.name in _FOREIGN:
            foreign = max(foreign + (-1 if tag.is_end else not tag.is_empty), 0)
        if tag.is_end:
            continue
        if (
            tag.name == "title"
            and tag.content
            and not foreign
            and (title := _plain(source.text[slice(*tag.content)]))
        ):
            line = source.line(tag.start)
            yield Symbol(name=title, qualname=title, kind="title", line=line, end_line=line)
        found = tag.attributes.get("id") or (tag.attributes.get("name") if tag.name == "a" else None)
        if found and found.value and found.value not in seen and not _COMPUTED.search(found.value):
            seen.add(found.value)
            line = source.line(found.start)
            yield Symbol(
                name=found.value,
                qualname=found.value,
                kind="id",
                line=line,
                end_line=line,
                signature=f"<{tag.name}>",
            )


def _imports(markup: Markup, source: Source) -> Iterator[Import]:
    """Scripts and style sheets that the page loads."""
    for tag in markup.tags:
        wanted = ""
        if tag.name == "script":
            wanted = tag.get("src")
        elif tag.name == "link" and "stylesheet" in tag.get("rel").lower().split():
            wanted = tag.get("href")
        if wanted.strip() and not _COMPUTED.search(wanted.strip()):
            yield Import(module=wanted.strip(), line=source.line(tag.start), form=tag.name)


def _description(markup: Markup, source: Source) -> Paragraph | None:
    """What the page or the component says that it is about."""
    for start, end in markup.comments:
        if marked := _COMPONENT_COMMENT.match(source.text, start, end):
            lines = comment_lines(source.slice(marked.end(), end))
            return next(paragraphs(lines, source.line(marked.end())), None)
    for tag in markup.tags:
        if tag.name == "meta" and tag.get("name").lower() == "description":
            said = " ".join(tag.get("content").split())
            if said:
                return Paragraph(line=source.line(tag.start), text=said)
    return None


def _unclosed(markup: Markup, source: Source) -> Iterator[Problem]:
    if markup.unclosed >= 0:
        line = source.line(markup.unclosed)
        message = f"The tag or comment that begins in line {line} is never closed."
        yield Problem(kind=ProblemKind.SYNTAX, message=message, line=line)
