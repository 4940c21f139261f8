"""Julia includes files, and uses modules by their names."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts

PROJECT = """name = "Boats"
[deps]
JSON = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
[extras]
Aqua = "4c88cf16-eb10-579e-8560-4a9242c79595"
"""
JULIA = {
    "Project.toml": PROJECT,
    "src/Boats.jl": 'module Boats\ninclude("hull.jl")\nend\n',
    "src/hull.jl": "module Hull\nmodule Deep\nend\nend\n",
    "x/Twice.jl": "module Twice\nend\n",
    "y/Twice.jl": "module Twice\nend\n",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('include("../src/hull.jl")', "src/hull.jl"),
        ('include("missing.jl")', "here"),
        ("using Boats", "src/Boats.jl"),
        ("using Boats.Hull", "src/hull.jl"),
        ("import Boats.Hull.Deep", "src/hull.jl"),
        ("using .Hull", "src/hull.jl"),
        ("using ..Nowhere", "unknown"),
        ("using LinearAlgebra", "standard"),
        ("using Base.Threads", "standard"),
        ("using JSON", "third-party Project.toml:3"),
        ("using Aqua", "third-party Project.toml:5"),
        ("using Twice", "unknown"),
        ("using Unheard", "unknown"),
    ],
)
def test_julia(statement: str, expected: str) -> None:
    """A module is the file that defines it, unless two are as near; paths count from the file."""
    assert leads(link_texts({**JULIA, "test/a.jl": f"{statement}\n"}), "test/a.jl") == [expected]
