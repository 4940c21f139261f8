"""Says which Sphinx the tests run with, and fails when it is not the one their environment is named for."""

from __future__ import annotations

import os
import sys

import sphinx

expected = os.environ.get("EXPECTED_SPHINX", "")
print("Sphinx", sphinx.__version__, "on Python", sys.version.split()[0])
sys.exit(0 if sphinx.__version__.startswith(expected) else f"expected Sphinx {expected}")
