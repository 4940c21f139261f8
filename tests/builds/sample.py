"""Small repositories with their documentation, built by the real command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONF = 'project = "Sample"\nextensions = ["sphinx_repodoc"]\nhtml_theme = "alabaster"\n'
INDEX = "Sample\n======\n\nWelcome.\n\n.. toctree::\n\n   guide\n"
GUIDE = "Guide\n=====\n\nHow to.\n"

FILES = {
    "README.md": "# Sample\n\nA small repository. See [the code](pkg/core.py).\n",
    "pyproject.toml": '[project]\nname = "sample"\ndependencies = ["requests"]\n\n[tool.pytest.ini_options]\n',
    "pkg/__init__.py": '"""A package."""\n\nfrom .core import Engine\n',
    "pkg/core.py": (
        '"""The engine room."""\n\nimport os\nimport requests\n\n\nclass Engine:\n    """Runs."""\n\n'
        "    def start(self, speed: int = 1) -> bool:\n        # TODO: oil it\n        return speed > 0\n\n\n"
        "def helper():\n    return os.getcwd()\n"
    ),
    "pkg/app.py": '"""Uses the engine."""\n\nfrom pkg.core import Engine\n\n\ndef run():\n    return Engine().start()\n',
    "tests/test_core.py": "from pkg.core import Engine\n\n\ndef test_start():\n    assert Engine().start()\n",
    "src/main.c": '#include "util.h"\n\nint main(void) { return util(1); }\n',
    "src/util.h": "/* Utilities. */\nint util(int x);\n",
}


@dataclass
class Build:
    """What one run of sphinx-build said."""

    status: int
    output: str
    warnings: str
    read: tuple[str, ...] = ()
    """Documents read, those of the repository included."""


@dataclass
class Project:
    """A repository below a temporary folder, its documentation in ``docs``."""

    root: Path
    out: Path
    environ: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        return target

    def git(self, *arguments: str) -> str:
        environ = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": "t@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        return subprocess.run(
            command, cwd=self.root, env=environ, check=True, capture_output=True, text=True
        ).stdout

    def commit(self, message: str = "change") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def build(
        self,
        builder: str = "html",
        *arguments: str,
        doctrees: str = "doctrees",
        jobs: int = 1,
        before: Callable[[], None] | None = None,
    ) -> Build:
        """Run sphinx-build as a person does; ``-W`` is the tests' own to add."""
        running = self.start(builder, *arguments, doctrees=doctrees, jobs=jobs, before=before)
        stdout, stderr = running.communicate()
        return self.finished(running.returncode, stdout, stderr)

    def start(
        self,
        builder: str = "html",
        *arguments: str,
        doctrees: str = "doctrees",
        jobs: int = 1,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[str]:
        """Start a build, in a process group of its own.

        :param before: called in its process before it begins.
        """
        command = [
            sys.executable, "-m", "sphinx", "-b", builder, "-d", str(self.out / doctrees), "-j", str(jobs), "-v",
            *arguments, str(self.root / "docs"), str(self.out / builder),
        ]  # fmt: skip
        environ = {k: v for k, v in os.environ.items() if not k.startswith("READTHEDOCS")}
        environ |= {"NO_COLOR": "1", **self.environ}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            env=environ,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 (there are no threads)
        )

    def finished(self, status: int, stdout: str, stderr: str) -> Build:
        output = re.sub(r"\x1b\[[0-9;]*m", "", stdout)
        read = re.findall(
            r"^(?:reading sources|reading repository pages)\.\.\. \[ *\d+%\] (.+)$", output, re.MULTILINE
        )
        return Build(status, output, re.sub(r"\x1b\[[0-9;]*m", "", stderr), tuple(read))

    def page(self, docname: str, builder: str = "html") -> str:
        return (self.out / builder / f"{docname}.html").read_text("utf-8")

    def outputs(self, builder: str = "html") -> dict[str, bytes]:
        """Relative path to content of everything built, without what holds a time or a path of this run."""
        folder = self.out / builder
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in {".buildinfo", ".buildinfo.bak"}
        }
