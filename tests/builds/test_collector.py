"""The garbage collector during a build: held back for a while, and always given back."""

from __future__ import annotations

import gc
from typing import Any

from sphinx_repodoc.sphinx_ext.collector import relax, tighten


def test_it_runs_rarely_only_while_the_environment_is_loaded() -> None:
    """What was set before is set again, also after a build that failed between the two."""
    before = gc.get_threshold()
    build: Any = None  # any build
    try:
        gc.set_threshold(123, 4, 5)
        relax(build, build)
        relax(build, build)
        assert gc.get_threshold()[0] > 100_000
        tighten(build)
        assert gc.get_threshold()[:2] == (123, 4)
        for own in (0, 700_000):  # of somebody who does not want it, or wants it even more rarely
            gc.set_threshold(own)
            relax(build, build)
            tighten(build)
            assert gc.get_threshold()[0] == own
    finally:
        gc.set_threshold(*before)
