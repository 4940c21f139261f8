"""The one door through which the package starts other programs; no other module does.

What is documented is not trusted, and it is the folder that people stand in when
they build. So a program is named by an absolute path, never runs in the folder that
this process runs in, reads nothing from the terminal, has a time limit, and gets no
variable that turns it, or a Python that it starts, into something else.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

if sys.platform == "linux":
    import resource

_ELSEWHERE = os.path.abspath(os.sep)  # noqa: PTH100 - of Windows too, where it has a letter in front
"""Where programs run: the top of the file system, from which none of them loads anything."""
_SAFE_PATH = "PYTHONSAFEPATH"
_DROPPED = ("GIT_", "RUFF_", "PYTHON")
"""Beginnings of variables that change what a program does. They are for the user's own calls of it, or come
from a hook or an alias that runs us; whoever starts a program may hand on some of them."""
_CHUNK = 1 << 20


class ProcessError(Exception):
    """A program could not be started, was stopped, or broke off; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A program that has ended."""

    status: int
    """0 for success; negative for the signal that ended it."""
    output: bytes
    errors: bytes

    @property
    def failure(self) -> str:
        """How it ended, and the last line of its error stream; empty when it did not fail."""
        if not self.status:
            return ""
        if self.status < 0:  # what it says then, if anything, holds numbers of threads and addresses
            return f"it was ended by the signal {signal.Signals(-self.status).name}"
        said = self.errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"it ended with status {self.status}: {said}"


def search_path(root: Path | None = None) -> list[str]:
    """Folders of the user's ``PATH``, without those that depend on where we run or lie in the repository."""
    top = root.resolve() if root else None
    folders = map(Path, filter(None, os.environ.get("PATH", "").split(os.pathsep)))
    return [
        str(folder)
        for folder in folders
        if folder.is_absolute() and not (top and folder.resolve().is_relative_to(top))
    ]


def find_program(name: str, folders: Iterable[str]) -> str:
    """Absolute path of a program.

    :param folders: where to look, in this order; those that are not absolute are passed over.
    :raises ProcessError: when it is in none of them.
    """
    for folder in map(Path, folders):
        # with a folder in front, it is looked for there and nowhere else
        found = shutil.which(str(folder / name)) if folder.is_absolute() else None
        if found:
            return found
    message = f"there is no program {name!r}"
    raise ProcessError(message)


def _environment(root: Path | None, further: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_DROPPED)}
    kept.pop("PWD", None)
    return kept | {"PATH": os.pathsep.join(search_path(root)), _SAFE_PATH: "1"} | dict(further)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a program may take, where the system can see to it; unlike the time, nothing else on the machine counts."""

    cpu: int
    """Seconds, of all its threads together."""
    memory: int
    """Bytes of address space."""

    def impose(self, pid: int) -> None:
        """Limit a process that has just been started."""
        if sys.platform == "linux":
            with suppress(ProcessLookupError):  # it has ended already
                resource.prlimit(pid, resource.RLIMIT_CPU, (self.cpu, self.cpu + 1))
                resource.prlimit(pid, resource.RLIMIT_AS, (self.memory, self.memory))


def run(
    program: str,
    arguments: Sequence[str],
    *,
    time_limit: float,
    limits: Limits | None = None,
    root: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Done:
    """Run a program to its end.

    :param program: an absolute path, of :func:`find_program`.
    :param root: the repository that it works on, whose programs must not be found.
    :param environment: variables on top of those that are inherited.
    :raises ProcessError: when it cannot be started, or takes longer than ``time_limit`` seconds.
    """
    process = _start(program, arguments, root, environment, errors=subprocess.PIPE)
    with process:
        if limits is not None:
            limits.impose(process.pid)
        try:
            output, errors = process.communicate(timeout=time_limit)
        except subprocess.TimeoutExpired:
            message = f"it was stopped after {time_limit:g} seconds"
            raise ProcessError(message) from None
        finally:
            process.kill()  # of no effect on one that has ended
    return Done(status=process.returncode, output=output, errors=errors)


def _start(
    program: str,
    arguments: Sequence[str],
    root: Path | None,
    environment: Mapping[str, str] | None,
    *,
    errors: int,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [program, *arguments],
            cwd=_ELSEWHERE,
            env=_environment(root, environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in an argument
        raise ProcessError(str(error)) from error


def stream(
    program: str,
    arguments: Sequence[str],
    *,
    time_limit: float,
    root: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[bytes]:
    """Run a program and give its output in pieces as it comes; the parameters are those of :func:`run`.

    :raises ProcessError: as there, and at the end when the status of the program is not 0.
    """
    process = _start(program, arguments, root, environment, errors=subprocess.DEVNULL)
    timer = threading.Timer(time_limit, process.kill)
    timer.start()
    try:
        with process:
            try:
                while process.stdout is not None and (chunk := process.stdout.read(_CHUNK)):
                    yield chunk
            except GeneratorExit:
                process.kill()  # nobody wants the rest
                raise
    finally:
        timer.cancel()
    if process.returncode != 0:
        message = f"it ended with status {process.returncode}"
        raise ProcessError(message)


@contextmanager
def safe_python() -> Iterator[str | None]:
    """While this holds, a Python that is started does not look for modules in the working folder.

    For what we do not start ourselves: the processes of :mod:`multiprocessing` that are not forked, and the
    helpers that it starts for them, import its modules from the working folder first. Gives what
    :func:`restore_python` takes.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield before
    finally:
        restore_python(before)


def restore_python(before: str | None) -> None:
    """Give the variable that :func:`safe_python` sets the value that it had."""
    if before is None:
        os.environ.pop(_SAFE_PATH, None)
    else:
        os.environ[_SAFE_PATH] = before
