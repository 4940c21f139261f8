"""Tiny repositories for the tests of the scanner."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Repository:
    """A git repository in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "commit.gpgsign", "false")

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout

    def write(self, path: str, content: str | bytes = "x\n") -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    def commit(
        self, message: str = "change", *, email: str = "a@example.org", date: str = "2024-01-02"
    ) -> str:
        self.git("add", "-A")
        stamp = f"{date}T12:00:00+00:00"
        command = ["git", "commit", "-q", "--allow-empty", "-m", message]
        names = {"GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_NAME": "A", "GIT_COMMITTER_NAME": "A"}
        dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_COMMITTER_EMAIL": email}
        env = names | dates | {"PATH": _PATH, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.root.parent)}
        subprocess.run(command, cwd=self.root, check=True, env=env)
        return self.git("rev-parse", "HEAD").strip()


_PATH = str(shutil.which("git")).removesuffix("/git")


@pytest.fixture
def make_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Repository]:
    """Give a function that makes an empty repository of a name; the user's own configuration is off."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return lambda name: Repository(tmp_path / name)


@pytest.fixture
def repository(make_repository: Callable[[str], Repository]) -> Repository:
    return make_repository("repo")
