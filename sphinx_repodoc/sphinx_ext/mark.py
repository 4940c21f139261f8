"""Marks the folders of a build before anything else is in them, so that no build documents those of one that was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_repodoc.core.outputs import MARKER, mark_output
from sphinx_repodoc.sphinx_ext.failures import told

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def mark_outputs(app: Sphinx, config: Config) -> None:
    """Mark the output folder and that of the doctrees."""
    with told(app, "the folders of the build cannot be written"):
        for folder in (app.outdir, app.doctreedir):
            mark_output(Path(folder))
    if MARKER not in config.epub_exclude_files:  # it is no part of a book
        config.epub_exclude_files = [*config.epub_exclude_files, MARKER]
