"""``python -m sphinx_repodoc`` is the command line."""

from __future__ import annotations

import sys

from sphinx_repodoc.cli import main

sys.exit(main())
