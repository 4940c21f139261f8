"""Configuration of this project's own documentation, which documents this repository with this extension."""

from __future__ import annotations

import sys
from pathlib import Path

import sphinx_repodoc

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx-repodoc"
author = "The sphinx-repodoc developers"
copyright = "The sphinx-repodoc developers"
release = version = sphinx_repodoc.__version__

extensions = ["myst_parser", "sphinx_repodoc", "generated"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"sphinx-repodoc {release}"
