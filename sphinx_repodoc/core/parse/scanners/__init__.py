"""Formats whose keywords are no code: keys of data, headings of prose, targets of makefiles.

Text of one file in, :class:`~sphinx_repodoc.core.model.Facts` out; called by
:func:`~sphinx_repodoc.core.parse.parse_text`. Bad input gives a problem and
whatever was found around it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.ini import scan_ini
from sphinx_repodoc.core.parse.scanners.keys import FORMATS, is_lock_file, scan_keys
from sphinx_repodoc.core.parse.scanners.makefile import scan_make
from sphinx_repodoc.core.parse.scanners.markdown import scan_markdown
from sphinx_repodoc.core.parse.scanners.notebook import scan_notebook
from sphinx_repodoc.core.parse.scanners.rst import scan_rst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.model import Facts

_BY_LINES: Mapping[str, Callable[[bytes], Facts]] = MappingProxyType(
    {
        "ini": scan_ini,
        "make": scan_make,
        "markdown": scan_markdown,
        "rst": scan_rst,
    }
)
"""Name of a language -> its scanner."""
_WITH_CODE: Mapping[str, Callable[..., Facts]] = MappingProxyType({"jupyter": scan_notebook})
"""Name of a language -> its scanner, which has the code in it parsed."""

SCANNED = frozenset({*FORMATS, *_BY_LINES, *_WITH_CODE})
"""Languages that have a scanner."""


def scan_text(text: bytes, language: str, path: str, *, time_limit: float) -> Facts:
    """Facts of a text in one of the :data:`SCANNED` languages."""
    if language in FORMATS:
        return scan_keys(text, language, is_lock=is_lock_file(path), time_limit=time_limit)
    if language in _WITH_CODE:
        return _WITH_CODE[language](text, time_limit=time_limit)
    return _BY_LINES[language](text)
