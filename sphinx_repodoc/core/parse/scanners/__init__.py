"""Line scanners for formats without a grammar: one function a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.model import Facts

SCANNERS: Mapping[str, Callable[[bytes], Facts]] = {}
"""Name of a language -> its scanner."""
