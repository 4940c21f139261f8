"""Fails when a package beside this script has a licence that is not on the list; ``tox run -e licences`` runs it.

pip-licenses reads the licences; what it must not read is that nobody has decided on yet.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

_PERMISSIVE = "asks for its notice and nothing else"
ALLOWED = {
    "0BSD OR CC0-1.0": "asks for nothing",
    "Apache Software License": _PERMISSIVE,
    "Apache-2.0": _PERMISSIVE,
    "BSD": _PERMISSIVE,
    "BSD License": _PERMISSIVE,
    "BSD-2-Clause": _PERMISSIVE,
    "BSD-3-Clause": _PERMISSIVE,
    "MIT": _PERMISSIVE,
    "MIT License": _PERMISSIVE,
    "PSF-2.0": _PERMISSIVE,
    "Python Software Foundation License": _PERMISSIVE,
    "MPL-2.0": "covers its own files only, which are used as published (pathspec, certifi, hypothesis)",
    "Mozilla Public License 2.0 (MPL 2.0)": "as MPL-2.0",
}
"""Name of a licence as packages spell it, to the reason why it may be among the dependencies."""
ALLOWED_PACKAGES = {
    "docutils": "public domain and BSD; the file under the GPL, an Emacs mode, is neither loaded nor installed",
}
"""Packages whose statement has to be read as a whole."""


def is_allowed(package: str, licence: str) -> bool:
    """Whether a package may be used: of alternatives one has to be allowed, of what applies together all."""
    if package in ALLOWED_PACKAGES or licence in ALLOWED:
        return True
    return any(
        all(part.strip() in ALLOWED for part in re.split(r";|\bAND\b", choice))
        for choice in re.split(r"\bOR\b", licence)
    )


def main() -> int:
    """Print the packages that are not allowed, or how many are."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    refused = [row for row in found if not is_allowed(row["Name"], row["License"])]
    for row in refused:
        print(f"{row['Name']} {row['Version']}: {row['License']!r} is not on the list of {__file__}")
    if not refused:
        print(f"{len(found)} packages, all under licences that are on the list")
    return 1 if refused or not found else 0


if __name__ == "__main__":
    sys.exit(main())
