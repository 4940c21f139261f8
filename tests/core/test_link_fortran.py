"""Fortran uses modules, which may be in any file."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, make_file, make_symbol, take, used

FILES = [
    make_file("src/harbour.f90", symbols=[make_symbol("Harbours", kind="module"), "moor"]),
    make_file(
        "src/two.f90", symbols=[make_symbol("gale", kind="module"), make_symbol("calm", kind="module")]
    ),
    make_file("other/calm.f90", symbols=[make_symbol("calm", kind="module")]),
    make_file("include/limits.inc"),
    make_file("src/no.f90", symbols=[make_symbol("never", kind="function")]),
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (take("harbours", form="use"), "src/harbour.f90"),
        (take("GALE", form="submodule"), "src/two.f90"),
        (take("calm", form="use"), "src/two.f90"),
        (take("limits.inc", form="include"), "include/limits.inc"),
        (take("missing.inc", form="include"), "unknown"),
        (take("iso_fortran_env", form="use"), "standard"),
        (take("never", form="use"), "unknown"),
        (take("mpi", form="use"), "unknown"),
    ],
)
def test_fortran(wanted: object, expected: str) -> None:
    """A module leads to the nearest file that defines it, whatever the file is called."""
    links = link_files(make_file("src/sail.f90", imports=[wanted]), *FILES)
    assert leads(links, "src/sail.f90") == [expected]


def test_fortran_uses_names() -> None:
    """What is behind ``only`` is used by name."""
    links = link_files(
        make_file("src/sail.f90", imports=[take("harbours", "moor", form="use", line=4)]), *FILES
    )
    assert used(links, "src/sail.f90") == ["src/harbour.f90:moor imported 4"]
