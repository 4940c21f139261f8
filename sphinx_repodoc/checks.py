"""Looks at what the command line was given before the long work begins."""

from __future__ import annotations

import argparse
import socket
import tempfile
from pathlib import Path

from sphinx_repodoc.core.claim import claim_output
from sphinx_repodoc.core.outputs import mark_output
from sphinx_repodoc.core.problems import RepodocError


class UsageError(RepodocError):
    """The command line asks for something that cannot be done; the message says what to do instead."""


def jobs(text: str) -> str:
    """``auto``, or a number above 0 as it was written: a type of argparse."""
    if text == "auto" or (text.isascii() and text.isdigit() and int(text)):
        return text
    message = f"it is a number above 0, or auto, not {text!r}"
    raise argparse.ArgumentTypeError(message)


def port(text: str) -> int:
    """A port: a type of argparse."""
    if text.isascii() and text.isdigit() and int(text) < 1 << 16:
        return int(text)
    message = f"it is a number from 0 to 65535, not {text!r}"
    raise argparse.ArgumentTypeError(message)


def prepare_output(root: Path, chosen: Path) -> Path:
    """Make and mark the output folder; gives it with links followed.

    :raises RepodocError: when it cannot be written, holds the repository, or came with it.
    """
    output = chosen.resolve()
    if root.is_relative_to(output):
        message = f"the output folder {output} holds the repository; choose another one with -o"
        raise UsageError(message)
    try:
        output = claim_output(chosen, root)
        mark_output(output)
        (output / ".repodoc-source").mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=output):
            pass  # a folder of an earlier build may have become read-only
    except OSError as error:
        message = (
            f"the output folder {output} cannot be written ({error.strerror}); choose another one with -o"
        )
        raise UsageError(message) from error
    return output


def check_builder(builder: str, theme: str) -> None:
    """See that Sphinx knows the builder, and the theme if the builder has one.

    :raises UsageError: when it does not.
    """
    from sphinx.application import Sphinx  # noqa: PLC0415 (facts need no Sphinx)
    from sphinx.errors import SphinxError, ThemeError  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace  # noqa: PLC0415

    with docutils_namespace(), tempfile.TemporaryDirectory(prefix="sphinx-repodoc-") as name:
        folder = Path(name)
        options = {"html_theme": theme}
        try:
            Sphinx(
                folder, None, folder / "out", folder / "trees", builder, options, status=None, warning=None
            )
        except ThemeError as error:
            message = (
                f"the theme {theme!r} cannot be used: {error}; install it, or choose another with --theme"
            )
            raise UsageError(message) from error
        except SphinxError as error:
            message = f"the builder {builder!r} cannot be used: {error}; choose another with -b"
            raise UsageError(message) from error


def check_address(host: str, number: int) -> None:
    """See that a server can listen there.

    :raises UsageError: when it cannot.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        message = (
            f"cannot serve on {host}:{number} ({error.strerror}); choose another place with --host or --port"
        )
        raise UsageError(message) from error
