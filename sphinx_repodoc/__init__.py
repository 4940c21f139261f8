"""Documentation of a whole repository, as a Sphinx extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the Sphinx side only now, so that the core can be used without Sphinx."""
    from sphinx_repodoc.sphinx_ext.setup import setup as setup_extension

    return setup_extension(app)
