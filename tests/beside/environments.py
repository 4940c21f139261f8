"""Virtual environments that have published extensions and ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beside.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent.parent


def make_environment(folder: Path, catalogue: Catalogue, group: str) -> str:
    """Install the packages of a group; gives the interpreter. One that has them already is used again."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = [*catalogue.groups[group].constraints, *catalogue.packages(group)]
    note = folder / "installed.json"
    if note.exists() and json.loads(note.read_text("utf-8")) == wanted:
        return str(python)
    venv.create(folder, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*command, "--editable", str(ROOT), *wanted], check=True)
    note.write_text(json.dumps(wanted), "utf-8")
    return str(python)


def versions_in(python: str) -> dict[str, str]:
    """Name to version of what an interpreter has."""
    command = [python, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {re.sub(r"[-_.]+", "-", each["name"]).lower(): each["version"] for each in listed}
