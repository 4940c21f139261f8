"""Install the lowest version of each dependency that pyproject.toml allows, into the running environment."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def main() -> int:
    """Pin every dependency to its lower bound and let pip install them."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    pins = [pin_lowest(requirement) for requirement in project["dependencies"]]
    print("\n".join(pins), flush=True)
    return subprocess.call([sys.executable, "-m", "pip", "install", "--quiet", *pins])


def pin_lowest(requirement: str) -> str:
    """Give ``name==1.2`` for ``name>=1.2,<2``."""
    match = re.fullmatch(r"([\w.-]+)>=([\w.]+)(?:,.*)?", requirement)
    if match is None:
        message = f"{requirement!r} has no lower bound of the form name>=version"
        raise ValueError(message)
    return "{}=={}".format(*match.groups())


if __name__ == "__main__":
    sys.exit(main())
