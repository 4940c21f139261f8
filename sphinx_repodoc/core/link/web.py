"""What pages, templates, components and style sheets take in.

Several languages stand in one file there: the form of an import says to which of them it belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import STANDARD, UNKNOWN, Found, folder_of, take_names
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.link.script import make_script_linker

if TYPE_CHECKING:
    from sphinx_repodoc.core.link.index import Index
    from sphinx_repodoc.core.link.script import ScriptLinker
    from sphinx_repodoc.core.model import File, Import

COMPONENTS = ("vue", "svelte", "astro")
TEMPLATES = ("html", "jinja", "twig", "liquid", "mustache", "erb")
STYLES = ("css", "scss", "sass", "less")
_PAGE = PathRule(roots=("public", "static", "assets"), anywhere=True)
_TEMPLATE = PathRule(
    suffixes=(".html", ".jinja", ".j2", ".twig", ".liquid", ".hbs", ".mustache", ".njk"),
    prefix="_",
    roots=("templates", "_includes", "_layouts", "partials", "views", "layouts"),
    anywhere=True,
)
_STYLE = PathRule(
    suffixes=(".scss", ".sass", ".css", ".less"),
    prefix="_",
    indexes=("_index.scss", "_index.sass", "index.scss", "index.sass", "index.css"),
    anywhere=True,
)
_TAGS = frozenset({"extends", "include", "embed", "partial", "render", "use"})
_AMBIGUOUS = frozenset({"import", "from"})
"""Words of templates and of scripts."""


@dataclass(slots=True)
class WebLinker:
    """Resolves the imports of one file after another."""

    page: PathFinder
    template: PathFinder
    style: PathFinder
    script: ScriptLinker

    def __call__(self, file: File) -> tuple[Found, ...]:
        folder = folder_of(file.entry.path)
        is_template = file.entry.language in TEMPLATES
        return tuple([self._link(folder, each, is_template=is_template) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import, *, is_template: bool) -> Found:
        module, form = wanted.module, wanted.form
        if form.startswith("@") or form == "composes":
            return self._style(folder, wanted)
        if form in {"script", "link"}:
            return self.page.found(folder, _without_query(module))
        if form in _TAGS:
            return self.template.found(folder, module)
        if is_template and form in _AMBIGUOUS:
            target = self.template.find(folder, module)
            if target is not None:
                return take_names(wanted, (target,))
        return self.script.link(folder, wanted)

    def _style(self, folder: str, wanted: Import) -> Found:
        """A name without a suffix may be a package, a partial or a file beside."""
        module = _without_query(wanted.module)
        if module.startswith("sass:"):
            return STANDARD
        if module.startswith(("~", "pkg:")):  # how bundlers and Sass mark a package
            return self.script.link_path(folder, module.removeprefix("pkg:").lstrip("~/"), wanted)
        found = self.style.found(folder, module)
        if found is UNKNOWN and module and not module.startswith("/") and ":" not in module:
            return self.script.link_path(folder, module, wanted)
        return found


def _without_query(path: str) -> str:
    return path.partition("?")[0].partition("#")[0]


def make_web_linker(index: Index) -> WebLinker:
    return WebLinker(
        page=PathFinder(index, _PAGE),
        template=PathFinder(index, _TEMPLATE),
        style=PathFinder(index, _STYLE),
        script=index.share(make_script_linker),
    )
