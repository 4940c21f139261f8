"""R loads packages, and sources files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_files, make_file, take, used

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Import

DESCRIPTION = """Package: boats
Version: 1.0
Depends: R (>= 3.5)
Imports:
    dplyr (>= 1.0),
    rlang
Suggests: testthat
"""
FILES = [
    make_file("R/hull.R", symbols=["hull", "keel"]),
    make_file("R/mast.R", symbols=["mast"]),
    make_file("scripts/no.R", symbols=["hull"]),
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (take("boats", form="library"), "R/hull.R"),
        (take("boats", "mast", form="::"), "R/mast.R"),
        (take("boats", "sail", form="::"), "here"),
        (take("R/mast.R", form="source"), "R/mast.R"),
        (take("missing.R", form="source"), "unknown"),
        (take("stats", form="library"), "standard"),
        (take("dplyr", form="library"), "third-party DESCRIPTION:5"),
        (take("testthat", "test_that", form="::"), "third-party DESCRIPTION:7"),
        (take("ggplot2", form="library"), "unknown"),
    ],
)
def test_r(wanted: Import, expected: str) -> None:
    """A package of the repository leads to those of its files that define what is mentioned."""
    user = make_file("tests/testthat/test-a.R", imports=[wanted], words=["keel"])
    links = link_files(user, *FILES, manifests={"DESCRIPTION": DESCRIPTION})
    assert leads(links, "tests/testthat/test-a.R") == [expected]


def test_r_uses_what_it_names() -> None:
    """What stands behind ``::`` is used by name."""
    user = make_file("tests/a.R", imports=[take("boats", "mast", form="::", line=3)])
    links = link_files(user, *FILES, manifests={"DESCRIPTION": DESCRIPTION})
    assert used(links, "tests/a.R") == ["R/mast.R:mast imported 3"]
