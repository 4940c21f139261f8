"""Formats whose keywords are no code: keys of data, headings of prose.

Text of one file in, :class:`~sphinx_repodoc.core.model.Facts` out; called by
:func:`~sphinx_repodoc.core.parse.parse_text`. Bad input gives a problem and
whatever was found around it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_repodoc.core.parse.scanners.keys import scan_json, scan_toml, scan_yaml
from sphinx_repodoc.core.parse.scanners.markdown import scan_markdown
from sphinx_repodoc.core.parse.scanners.rst import scan_rst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.model import Facts

SCANNERS: Mapping[str, Callable[[bytes], Facts]] = MappingProxyType(
    {
        "json": scan_json,
        "markdown": scan_markdown,
        "rst": scan_rst,
        "toml": scan_toml,
        "yaml": scan_yaml,
    }
)
"""Name of a language -> its scanner."""
