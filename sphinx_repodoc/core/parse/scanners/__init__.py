"""Formats whose keywords are no code: keys of data, headings of prose, targets of makefiles.

Text of one file in, :class:`~sphinx_repodoc.core.model.Facts` out; called by
:func:`~sphinx_repodoc.core.parse.parse_text`. Bad input gives a problem and
whatever was found around it.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.asciidoc import scan_asciidoc
from sphinx_repodoc.core.parse.scanners.bibtex import scan_bibtex
from sphinx_repodoc.core.parse.scanners.cmake import scan_cmake
from sphinx_repodoc.core.parse.scanners.columns import scan_table
from sphinx_repodoc.core.parse.scanners.css import scan_css
from sphinx_repodoc.core.parse.scanners.dockerfile import scan_dockerfile
from sphinx_repodoc.core.parse.scanners.gn import scan_gn
from sphinx_repodoc.core.parse.scanners.groovy import scan_groovy
from sphinx_repodoc.core.parse.scanners.ini import scan_ini
from sphinx_repodoc.core.parse.scanners.just import scan_just
from sphinx_repodoc.core.parse.scanners.keys import FORMATS, scan_keys
from sphinx_repodoc.core.parse.scanners.latex import scan_latex
from sphinx_repodoc.core.parse.scanners.makefile import scan_make
from sphinx_repodoc.core.parse.scanners.markdown import scan_markdown
from sphinx_repodoc.core.parse.scanners.markup import FORMS, scan_markup
from sphinx_repodoc.core.parse.scanners.meson import scan_meson
from sphinx_repodoc.core.parse.scanners.notebook import scan_notebook
from sphinx_repodoc.core.parse.scanners.org import scan_org
from sphinx_repodoc.core.parse.scanners.perl import scan_perl
from sphinx_repodoc.core.parse.scanners.proto import scan_proto
from sphinx_repodoc.core.parse.scanners.r import scan_r
from sphinx_repodoc.core.parse.scanners.rst import scan_rst
from sphinx_repodoc.core.parse.scanners.settings import scan_dotenv, scan_properties
from sphinx_repodoc.core.parse.scanners.sql import scan_sql
from sphinx_repodoc.core.parse.scanners.thrift import scan_thrift
from sphinx_repodoc.core.parse.scanners.xml import scan_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.model import Facts

_BY_LINES: Mapping[str, Callable[[bytes], Facts]] = MappingProxyType(
    {
        "asciidoc": scan_asciidoc,
        "bib": scan_bibtex,
        "cmake": scan_cmake,
        "css": scan_css,
        "csv": partial(scan_table, language="csv"),
        "dockerfile": scan_dockerfile,
        "dotenv": scan_dotenv,
        "gn": scan_gn,
        "groovy": scan_groovy,
        "just": scan_just,
        "less": partial(scan_css, language="less"),
        "make": scan_make,
        "markdown": scan_markdown,
        "meson": scan_meson,
        "org": scan_org,
        "properties": scan_properties,
        "proto": scan_proto,
        "perl": scan_perl,
        "r": scan_r,
        "rst": scan_rst,
        "sass": partial(scan_css, language="sass"),
        "scss": partial(scan_css, language="scss"),
        "sql": scan_sql,
        "tex": scan_latex,
        "tsv": partial(scan_table, language="tsv"),
        "thrift": scan_thrift,
        "xml": scan_xml,
        "xsl": scan_xml,
    }
)
"""Name of a language -> its scanner."""
SCANNED = frozenset({*FORMATS, *FORMS, *_BY_LINES, "ini", "jupyter"})
"""Languages that have a scanner."""


def scan_text(text: bytes, language: str, path: str, *, time_limit: float) -> Facts:
    """Facts of a text in one of the :data:`SCANNED` languages."""
    if language in FORMATS:
        return scan_keys(text, language, path, time_limit=time_limit)
    if language in FORMS:
        return scan_markup(text, language, path, time_limit=time_limit)
    if language == "ini":
        return scan_ini(text, path)
    if language == "jupyter":
        return scan_notebook(text, time_limit=time_limit)
    return _BY_LINES[language](text)
