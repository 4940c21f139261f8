"""A repository that tries everything: payloads in all places, and in what git knows."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from injection.places import PLACES, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from builds.sample import Project
    from injection.payloads import Payload

_LONGEST_NAME = 200
"""Bytes of a file name that every file system takes."""
_REMOTE = "https://github.com/<x-pwned>\"onclick='pwned(0)'/x.git"
_BRANCH = "b<x-pwned>\"onclick='pwned(0)'"
NAMED = (
    "file name",
    "folder name",
    "module docstring",
    "licence header",
    "link target",
    "submodule",
    "author",
)
"""Places that hold one text a file, or that are no text of a file."""


def write_repository(
    project: Project, payloads: Sequence[Payload], share: int, named: Sequence[Payload]
) -> None:
    """Write and commit it.

    :param payloads: for the text of files: each file gets every so many of them as ``share`` says, the next
        file those beside them.
    :param named: for names, each of which makes pages of its own.
    """
    for number, place in enumerate(PLACES):
        shares = named if "NUMBER" in place.item else payloads[number % share :: share]
        project.write(place.path, place.file(shares))
    for payload in named:
        _write_names(project.root, payload)
    project.git("init", "-q")
    _import_authors(project, named)
    project.git("symbolic-ref", "HEAD", f"refs/heads/{_BRANCH}")
    project.git("config", "remote.origin.url", _REMOTE)
    project.git("add", "-A", "-f")
    records = ""
    for name in _submodules(named):
        (project.root / "modules" / name).mkdir(parents=True)
        records += f"160000 {'1' * 40}\tmodules/{name}\0"
    _feed(project, "update-index -z --index-info", records)
    project.git("commit", "-q", "-m", "<x-pwned>")
    project.git("tag", "v<x-pwned>\"onclick='pwned(0)'")


def _feed(project: Project, command: str, text: str) -> None:
    environ = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *command.split()],
        cwd=project.root,
        env=environ,
        input=os.fsencode(text),
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr


def as_path(text: str) -> str:
    """A text as a relative path: a slash makes a folder, and what no name may be is left out."""
    names = (os.fsdecode(os.fsencode(name)[:_LONGEST_NAME]) for name in text.replace("\0", "").split("/"))
    return "/".join(
        name for name in names if name not in {"", ".", ".."} and not name.lower().startswith(".git")
    )


def _write_names(root: Path, payload: Payload) -> None:
    file = as_path(word("file name", payload) + payload.text)
    folder = as_path(word("folder name", payload) + payload.text)
    for path in (f"names/{file}", f"names/{folder}/a.py"):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_content(payload), "utf-8")
    link = root / "links" / f"l{payload.number}"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(word("link target", payload) + payload.text.replace("\0", ""))


def _content(payload: Payload) -> str:
    line = re.sub(r"[\r\n\0]", " ", payload.text)
    licence = f"# SPDX-License-Identifier: {word('licence header', payload)}{line}\n"
    docstring = payload.text.replace("\0", "").replace('"""', "")
    return f'{licence}"""{word("module docstring", payload)}{docstring}\n\nMore. """\nimport os\n'


def _submodules(payloads: Sequence[Payload]) -> Iterator[str]:
    for payload in payloads:
        yield as_path(word("submodule", payload) + payload.text)


def _import_authors(project: Project, payloads: Sequence[Payload]) -> None:
    """A commit of one file by each of so many authors; git takes no ``<``, ``>`` and no line in a name."""
    stream = []
    for payload in payloads:
        name = word("author", payload) + re.sub(r"[<>\n\r\0]", "", payload.text).strip()
        address = f"{payload.number}'\"&{name.replace(' ', '')[:50]}@example.org"
        for letter, who in (("a", f"{name} <{address}>"), ("m", f"x <m{payload.number}@example.org>")):
            text = f"{letter}{payload.number}"
            stream += [
                "commit refs/heads/hostile",
                f"committer {who} {payload.number} +0000",
                "data 0",
                "M 100644 inline authored.txt",
                f"data {len(text)}",
                text,
            ]
    _feed(project, "fast-import --quiet", "\n".join([*stream, ""]))
    project.git("symbolic-ref", "HEAD", "refs/heads/hostile")
    project.git("checkout", "-q", "-f", "hostile", "--", "authored.txt")
    project.git("branch", "-q", "-m", "hostile", _BRANCH)
