"""The repository that the builds document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builds.sample import CONF, FILES, GUIDE, INDEX, Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A committed repository of eight files in Python and C, with RST documentation."""
    sample = Project(tmp_path / "sample", tmp_path / "out")
    for path, text in FILES.items():
        sample.write(path, text)
    sample.write("docs/conf.py", CONF)
    sample.write("docs/index.rst", INDEX)
    sample.write("docs/guide.rst", GUIDE)
    sample.git("init", "-q")
    sample.commit("start")
    return sample
