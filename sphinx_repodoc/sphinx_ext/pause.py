"""Lets a build wait, with all loaded, until it knows what has changed.

Everything before the facts are brought up to date is the same for each build: the
imports, the configuration, the environment. A process of :mod:`sphinx_repodoc.live`
does that much ahead. Nothing happens here in any other process.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sphinx_repodoc.sphinx_ext.lock import lock_doctrees, unlock_doctrees

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class Pause(Protocol):
    """Who decides how long a build waits, and hears how far it is."""

    def wait(self) -> None:
        """Come back when the build shall go on."""

    def refuse(self) -> None:
        """End the process: what it has loaded is not what it would load now."""

    def written(self) -> None:
        """Hear that the pages are there; the search index and the like are still to come."""


_pause: Pause | None = None
_USED_ON_CHANGES = ("sphinx_repodoc.analyze.stages", "sphinx_repodoc.pages.readme")
"""Modules that other builds load when they need them."""


def pause_builds(pause: Pause) -> None:
    """Let the builds of this process wait."""
    global _pause  # noqa: PLW0603 (extensions are set up by Sphinx, which can pass nothing on)
    _pause = pause


def wait_for_change(app: Sphinx) -> None:
    """Wait without the lock, so that others may build; what they changed cannot be used then."""
    if _pause is None:
        return
    for name in _USED_ON_CHANGES:
        import_module(name)
    loaded = _state(app)
    unlock_doctrees(app)
    _pause.wait()
    lock_doctrees(app, app.config)
    if _state(app) != loaded:
        _pause.refuse()


def tell_written(_app: Sphinx, _builder: Builder) -> None:
    if _pause is not None:
        _pause.written()


def _state(app: Sphinx) -> tuple[int, int]:
    """What tells one stored environment from another."""
    try:
        status = Path(app.doctreedir, "environment.pickle").stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
