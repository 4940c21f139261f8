"""Command line of the comparison; works as ``python -m benchmarks.accuracy`` and as ``python benchmarks/accuracy``."""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:
    # Modules here have names of languages: they must not stand in for those of the standard library.
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)

from benchmarks.accuracy.engine.cli import main

sys.exit(main())
