"""What decides, beside its text, what is found in a file.

Apart from the parsers, which take longer to load than a build with nothing changed has to do.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata

FACTS_VERSION = 6
"""Raised with every change to what the same text yields."""
PACKAGES = tuple(
    f"tree-sitter-{name}"
    for name in (
        *("bash", "c", "c-sharp", "cpp", "fortran", "go", "graphql", "haskell", "hcl", "java"),
        *("javascript", "json", "julia", "kotlin", "lua", "php", "python", "ruby", "rust", "scala"),
        *("swift", "toml", "typescript", "yaml", "zig"),
    )
)
"""Distributions of all grammars, sorted."""
_MARKUP = ("docutils", "markdown-it-py", "myst-parser")
"""Distributions that decide how much of a README is rendered."""


@cache
def parser_versions() -> str:
    """A string that changes whenever the same text may yield other facts: each grammar with its version."""
    packages = (*_MARKUP, "tree-sitter", *PACKAGES)
    versions = " ".join(f"{package}={metadata.version(package)}" for package in packages)
    return f"facts={FACTS_VERSION} {versions}"
