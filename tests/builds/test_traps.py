"""Nothing of a repository is imported or executed, whatever its files are called and wherever a command runs."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builds.sample import CONF, FILES, INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(sysconfig.get_path("scripts"))
PROGRAMS = ("git", "ruff", "python", "python3", "sh", "uname", "dot", "node")
FOLDERS = (".", "docs", "pkg", "..")
"""Where the commands are run, from the root of the repository."""
BUILDERS = (
    "html",
    "dirhtml",
    "singlehtml",
    "xml",
    "pseudoxml",
    "text",
    "man",
    "texinfo",
    "latex",
    "epub",
    "json",
)
THOROUGH = bool(os.environ.get("REPODOC_TRAPS"))
"""Whether every command and builder runs from every folder; a few minutes."""


def trap_names() -> list[str]:
    """Every name that an import statement of ours, of a library or of Python itself could ask for."""
    installed = {name for name in metadata.packages_distributions() if name.isidentifier()}
    started = {"sitecustomize", "usercustomize", "conftest", "sphinx_repodoc", "__main__"}
    return sorted(sys.stdlib_module_names | installed | started)


class Trap:
    """A repository that notes each of its modules and programs that runs."""

    def __init__(self, root: Path, marker: Path) -> None:
        self.root, self.marker = root, marker
        code = f"with open({str(marker)!r}, 'a') as _stream: _stream.write(__file__ + '\\n')\n"
        for path, text in FILES.items():
            self.write(path, text)
        self.write("pkg/bad.py", "def run(text):\n    return eval(text)\n")
        self.write("docs/index.rst", INDEX)
        self.write("docs/guide.rst", "Guide\n=====\n")
        self.write("docs/conf.py", f"{CONF}repodoc_include = {[*FILES, 'pkg/bad.py']}\nrepodoc_root = '..'\n")
        for name in trap_names():
            self.write(f"{name}/__init__.py", code)
            for folder in (".", "docs", "pkg"):  # beside a package of its name, a module is not looked for
                if not (root / folder / f"{name}.py").exists():
                    self.write(f"{folder}/{name}.py", code)
        for folder in ("bin", "pkg", "docs"):
            for name in PROGRAMS:
                self.write(f"{folder}/{name}", f"#!/bin/sh\necho $0 >>'{marker}'\n").chmod(0o755)

    def write(self, path: str, text: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        return place

    def sprung(self) -> list[str]:
        found = self.marker.read_text("utf-8").splitlines() if self.marker.exists() else []
        self.marker.unlink(missing_ok=True)
        return found

    def environment(self) -> dict[str, str]:
        """That of the user, with every way into the working folder and the repository first on the path."""
        traps = ["", ".", "bin", str(self.root / "bin")]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
        return kept | {"PATH": os.pathsep.join([*traps, os.environ["PATH"]]), "NO_COLOR": "1"}

    def run(self, folder: str, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(SCRIPTS / program), *arguments]
        # as the first line of the script says, which may be too long for the system
        return subprocess.run(
            [sys.executable, *command], cwd=self.root / folder, env=self.environment(), check=False,
            capture_output=True, text=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    folder = tmp_path_factory.mktemp("trap")
    made = Trap(folder / "sample", folder / "sprung")
    for arguments in (["init", "-q"], ["add", "pkg", "docs", "README.md"], ["commit", "-q", "-m", "start"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=made.root, check=True)
    return made


@pytest.fixture(autouse=True)
def nothing_runs(trap: Trap) -> Iterator[None]:
    yield
    assert trap.sprung() == []


def test_traps_are_live(trap: Trap) -> None:
    """What a program that is careless would run is noted: modules beside the working folder, programs on the path."""
    python = [sys.executable, "-c", "import enum, ruff"]
    subprocess.run(python, cwd=trap.root, env=trap.environment(), check=False, capture_output=True)
    assert trap.sprung()
    subprocess.run(["/usr/bin/env", "git"], cwd=trap.root, env=trap.environment(), check=False)
    assert trap.sprung()
    assert len(trap_names()) > 300


@pytest.mark.parametrize("folder", FOLDERS if THOROUGH else (".", "pkg"))
def test_facts_and_check(trap: Trap, folder: str) -> None:
    """The facts and the findings come out, so git and Ruff did run."""
    only = [argument for path in FILES for argument in ("--include", path)]
    done = trap.run(folder, "sphinx-repodoc", "facts", str(trap.root), *only)
    assert done.returncode == 0, done.stderr
    assert '"pkg/core.py"' in done.stdout
    done = trap.run(folder, "sphinx-repodoc", "check", str(trap.root), "--include", "/pkg/bad.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert "pkg/bad.py:2" in done.stdout


@pytest.mark.parametrize("folder", FOLDERS if THOROUGH else (".",))
def test_build_and_serve(trap: Trap, tmp_path: Path, folder: str) -> None:
    """The site is written by our own command, and by the process that the server starts."""
    only = [argument for path in [*FILES, "pkg/bad.py"] for argument in ("--include", f"/{path}")]
    done = trap.run(
        folder, "sphinx-repodoc", "build", str(trap.root), "-o", str(tmp_path / "a"), "-j", "2", *only
    )
    assert done.returncode == 0, done.stderr
    assert "S307" in (tmp_path / "a/repo/pkg/bad.py.html").read_text("utf-8")
    command = [sys.executable, str(SCRIPTS / "sphinx-repodoc"), "serve", str(trap.root), "--port", "0"]
    with subprocess.Popen(
        [*command, "-o", str(tmp_path / "b"), *only], cwd=trap.root / folder, text=True, stdout=subprocess.PIPE,
        env=trap.environment() | {"PYTHONUNBUFFERED": "1"}, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        assert any("serving on" in line for line in server.stdout or ())
        server.send_signal(signal.SIGINT)
    assert (tmp_path / "b/repo/pkg/bad.py.html").exists()


@pytest.mark.parametrize("builder", BUILDERS if THOROUGH else ("text",))
@pytest.mark.parametrize("folder", FOLDERS if THOROUGH else (".",))
def test_builders(trap: Trap, tmp_path: Path, folder: str, builder: str) -> None:
    """Every builder of Sphinx, with a conf.py and two processes."""
    docs = str(trap.root / "docs")
    done = trap.run(folder, "sphinx-build", "-b", builder, "-j", "2", docs, str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr


class Pickled:
    """Runs a command when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"echo pickle >>'{self.marker}'",)


def test_outputs_that_came_with_the_repository(
    trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An output folder in the repository is written to when we made it: Sphinx would unpickle what lies there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    precious = tmp_path / "precious.html"
    precious.write_text("mine")

    def build(*arguments: str) -> tuple[int, str]:
        only = ["--include", "/pkg/core.py", "-q"]
        done = trap.run(".", "sphinx-repodoc", "build", ".", *only, *arguments)
        assert precious.read_text() == "mine"
        return done.returncode, done.stderr

    output = trap.root / "sample-docs"
    for shipped in (".doctrees/environment.pickle", ".doctrees/index.doctree", ".repodoc-output"):
        (output / shipped).parent.mkdir(parents=True)
        (output / shipped).write_bytes(pickle.dumps(Pickled(trap.marker)))
        status, said = build()
        assert (status, len(said.splitlines())) == (2, 1), said
        assert "was not made by this command" in said
        shutil.rmtree(output)
    (output / "repo").mkdir(parents=True)
    (output / "repo/index.html").symlink_to(precious)
    assert build()[0] == 2
    shutil.rmtree(output)
    output.symlink_to(tmp_path)
    assert build()[0] == 2
    assert build("-o", "sample-docs/deeper")[0] == 2
    output.unlink()
    assert build("-o", ".")[0] == 2
    assert build() == (0, "")
    assert build() == (0, "")
    moved = output.rename(trap.root / "moved-docs")  # a secret is for one place
    assert build("-o", "moved-docs")[0] == 2
    shutil.rmtree(moved)
