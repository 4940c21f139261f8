"""Builds in processes that have done beforehand what takes no knowledge of the change.

A process builds once. Its successor starts at once, in the background, loads Sphinx,
the extensions and the environment that was just stored, and waits.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.core.process import restore_python, safe_python

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_STALE = 75
"""Exit status of a process that has read what has changed since; the one that BSD calls a temporary failure."""


class WarmBuilder:
    """Runs ``sphinx-build`` with the same arguments again and again."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = [*arguments]
        self._next: tuple[BaseProcess, Connection] | None = None
        self.closed = False
        """Whether the user has ended it: a build that was running has not failed then."""

    def build(self, changed: Sequence[str] = (), written: Callable[[], None] = lambda: None) -> int:
        """Build, and prepare the next build when all went well; gives the exit status.

        :param changed: paths of files that were changed since the last call.
        :param written: called when the pages are there, which is before the end.
        """
        status = self._run(changed, written)
        if status == _STALE:
            status = self._run((), written)
        if status == 0 and not self.closed:
            self._next = self._start()
        return status

    def close(self) -> None:
        """End what is running."""
        self.closed = True
        running, self._next = self._next, None
        if running is not None:
            running[0].terminate()

    def _run(self, changed: Sequence[str], written: Callable[[], None]) -> int:
        process, connection = self._next if self._next and self._next[0].is_alive() else self._start()
        self._next = process, connection  # for close()
        try:
            connection.send([*changed])
            while True:
                if connection.recv() == "written":
                    written()
        except (EOFError, OSError):
            process.join()  # it has ended
        connection.close()
        self._next = None
        return process.exitcode or 0

    def _start(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")  # it must see modules as they are on disk now
        ours, theirs = context.Pipe()
        with safe_python() as before:
            process = context.Process(target=_prepare_and_build, args=(self._arguments, theirs, before))
            process.start()
        theirs.close()
        return process, ours


class _Warm:
    """The pause of a build in a process of ours."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opened: set[str] = set()
        self._waits = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note each file that is opened while the process gets ready."""
        if event == "open" and not self._waits and isinstance(arguments[0], (str, bytes)):
            self._opened.add(os.path.abspath(os.fsdecode(arguments[0])))  # noqa: PTH100 (as cheap as can be)

    def wait(self) -> None:
        self._waits = True
        modules = (getattr(module, "__file__", None) for module in [*sys.modules.values()])
        read = {os.path.realpath(path) for path in (*self._opened, *modules) if path}
        try:
            changed = self._connection.recv()
        except EOFError:
            sys.exit(1)  # the server is gone
        if any(os.path.realpath(path) in read for path in changed):
            self.refuse()

    def refuse(self) -> None:
        sys.exit(_STALE)

    def written(self) -> None:
        self._connection.send("written")


def _prepare_and_build(arguments: list[str], connection: Connection, safe_path: str | None) -> None:
    """Run in a process of its own: get ready, wait for the change, build."""
    restore_python(safe_path)  # what a conf.py starts is its own matter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server hears it, and ends this
    warm = _Warm(connection)
    from sphinx.cmd.build import main as sphinx_build  # noqa: PLC0415 (after the note of what is read begins)

    from sphinx_repodoc.sphinx_ext.pause import pause_builds  # noqa: PLC0415

    pause_builds(warm)
    sys.exit(sphinx_build(arguments))
