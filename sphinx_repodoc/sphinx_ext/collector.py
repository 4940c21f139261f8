"""Keeps Python's cyclic garbage collector from walking what lives as long as the build.

The environment of 10,000 files is a million objects. Every full collection walks
them, finds nothing, and in a forked writer copies the memory it touches. A fifth
of a build with nothing changed went there.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_MANY = 500_000
"""New objects that the collector waits for while the environment is loaded. It looks for garbage among them
again and again, and there is none: two thirds of the time of loading went there."""
_usual = gc.get_threshold()


def relax(_app: Sphinx, _config: Config) -> None:
    """Let the collector wait for more before it runs; when the build fails before :func:`tighten`, it still runs."""
    global _usual  # noqa: PLW0603 (the collector is one for the process, too)
    if 0 < gc.get_threshold()[0] < _MANY:
        _usual = gc.get_threshold()
        gc.set_threshold(_MANY, *_usual[1:])


def tighten(_app: Sphinx) -> None:
    """Let it run as often as before."""
    if gc.get_threshold()[0] == _MANY:
        gc.set_threshold(*_usual)


def set_aside(*, collect: bool = False) -> None:
    """Take everything that there is out of the collector's sight.

    :param collect: drop first what nobody refers to, of what was made since the last call.
    """
    if collect:
        gc.collect()
    gc.freeze()
    # A full collection waits until a quarter as many objects are new as the last one left. It left those that
    # are now out of sight, and hundreds of megabytes of doctrees that nobody refers to would wait with it. With
    # nothing in sight this costs nothing, and makes that number small.
    gc.collect()


def take_back() -> None:
    """Show it everything again: more builds may follow in this process."""
    gc.unfreeze()
