"""A change of a file is seen in the browser: by our server, and by sphinx-autobuild itself."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

import pytest
from builds.sample import CONF, FILES

from sphinx_repodoc import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 120
"""Seconds that a slow machine may take for something that takes one."""
SETTLED = 4
"""Seconds in which a server that builds in a loop would build again."""


class Server:
    """A server in a process group of its own, and what it says."""

    def __init__(self, command: list[str], log: Path, port: int) -> None:
        self.port = port
        self._log = log
        with log.open("wb") as stream:
            environ = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
            self._process = subprocess.Popen(
                command, env=environ, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
            )

    def log(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", self._log.read_text("utf-8", "replace"))

    def page(self, docname: str) -> str:
        try:
            address = f"http://127.0.0.1:{self.port}/{docname}.html"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except (OSError, HTTPException):  # not yet, or written at this moment
            return ""

    def until(self, what: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, self.log()
            assert self._process.poll() is None, self.log()
            time.sleep(0.1)

    def builds(self) -> int:
        """How many builds have ended."""
        return self.log().count("build succeeded") + self.log().count("build finished with problems")

    def settle(self, builds: int) -> None:
        """Wait for so many builds, and a while longer for one too many."""
        self.until(lambda: self.builds() >= builds)
        time.sleep(SETTLED)
        assert self.builds() == builds, self.log()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(30)
        finally:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "sample"
    for path, text in {**FILES, "docs/conf.py": CONF, "docs/index.rst": "Sample\n======\n"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    servers = []

    def start(*command: str) -> Server:
        port = free_port()
        server = Server([sys.executable, "-m", *command, "--port", str(port)], tmp_path / f"{port}.log", port)
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_serve_shows_a_change_and_outlives_errors(
    tree: Path, tmp_path: Path, start: Callable[..., Server]
) -> None:
    """Edits, files that go, a conf.py that is wrong for a while: each is one build, and the server goes on."""
    server = start(
        "sphinx_repodoc", "serve", str(tree), "--docs", str(tree / "docs"), "-o", str(tmp_path / "out")
    )
    server.until(lambda: "oil it" in server.page("repo/pkg/core.py"))
    server.settle(1)
    assert "/websocket-reload" in server.page("repo/pkg/core.py")

    edit(tree / "pkg/core.py", "oil it", "grease it")
    server.until(lambda: "grease it" in server.page("repo/pkg/core.py"))
    server.settle(2)

    edit(tree / "docs/conf.py", 'project = "Sample"', "1 / 0")
    server.until(lambda: "ZeroDivisionError" in server.log() or "division by zero" in server.log())
    server.until(lambda: "the build failed" in server.log())
    assert "grease it" in server.page("repo/pkg/core.py")
    edit(tree / "docs/conf.py", "1 / 0", 'project = "Another"')
    server.until(lambda: "Another" in server.page("index"))
    server.settle(3)

    (tree / "pkg/app.py").unlink()
    server.until(lambda: "app.py.html" not in server.page("repo/pkg/index"))
    server.settle(4)
    assert server.stop() == 0


def test_serve_needs_no_conf_py(tree: Path, tmp_path: Path, start: Callable[..., Server]) -> None:
    """The root document is made by the command; nothing is written into the repository."""
    (tree / "docs/conf.py").unlink()
    before = sorted(tree.rglob("*"))
    server = start("sphinx_repodoc", "serve", str(tree), "-o", str(tmp_path / "out"))
    server.until(lambda: "oil it" in server.page("repo/pkg/core.py"))
    (tree / "pkg/new.py").write_text("def late():\n    pass\n", "utf-8")
    server.until(lambda: "late" in server.page("repo/pkg/new.py"))
    (tree / "pkg/new.py").unlink()
    server.settle(3)
    assert sorted(tree.rglob("*")) == before


def test_sphinx_autobuild_shows_a_change(tree: Path, start: Callable[..., Server]) -> None:
    """With the folder of the repository watched, and the output inside of it."""
    server = start(
        "sphinx_autobuild", str(tree / "docs"), str(tree / "docs/_build/html"), "--watch", str(tree)
    )
    server.until(lambda: "oil it" in server.page("repo/pkg/core.py"))
    server.settle(1)
    edit(tree / "pkg/core.py", "oil it", "grease it")
    server.until(lambda: "grease it" in server.page("repo/pkg/core.py"))
    server.settle(2)


def test_serve_says_what_to_install(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is no dependency of a build."""
    monkeypatch.delitem(sys.modules, "sphinx_repodoc.live.server", raising=False)
    monkeypatch.setitem(sys.modules, "sphinx_autobuild", None)
    monkeypatch.setitem(sys.modules, "sphinx_autobuild.middleware", None)
    assert cli.main(["serve", str(tree)]) == 2
    assert "pip install sphinx-autobuild" in capsys.readouterr().err


def test_serve_needs_a_conf_py_where_it_is_asked_for_one(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and a status."""
    assert cli.main(["serve", str(tree), "--docs", str(tree / "pkg")]) == 2
    assert "no conf.py" in capsys.readouterr().err
