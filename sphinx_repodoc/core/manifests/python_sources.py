"""Folders that a manifest of Python says modules are imported from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinx_repodoc.core.manifests.records import Ecosystem, Route, RouteKind, place
from sphinx_repodoc.core.manifests.text import Toml, strings

_FOLDERS = (
    ("tool", "setuptools", "packages", "find", "where"),
    ("tool", "hatch", "build", "sources"),
    ("tool", "hatch", "build", "targets", "wheel", "sources"),
    ("tool", "pdm", "package-dir"),
    ("tool", "pdm", "build", "package-dir"),
    ("tool", "uv", "build-backend", "module-root"),
    ("tool", "maturin", "python-source"),
    ("tool", "pytest", "ini_options", "pythonpath"),
    ("tool", "pytest", "pythonpath"),
    ("tool", "ruff", "src"),
    ("tool", "isort", "src_paths"),
    ("tool", "pyright", "extraPaths"),
)
"""Keys with a folder or an array of them."""
_PACKAGES = (
    ("tool", "hatch", "build", "targets", "wheel", "packages"),
    ("tool", "hatch", "build", "packages"),
)
"""Keys with an array of the folders of packages."""


def read_sources(toml: Toml, path: str) -> Iterator[Route]:
    """Read the source folders of setuptools, Poetry, Hatch, PDM, uv, maturin, pytest and checkers."""
    for keys in _FOLDERS:
        value = toml.table(*keys[:-1]).get(keys[-1])
        line = toml.line(keys)
        if isinstance(value, Mapping):
            # Hatch rewrites what a path begins with: ``"src/a" = "b"``.
            yield from (
                each
                for folder, name in value.items()
                if isinstance(name, str)
                for each in source_of(name.strip("/").replace("/", "."), folder, path, line)
            )
        for folder in [value] if isinstance(value, str) else strings(value):
            yield from source_of("", folder, path, line)
    for keys in _PACKAGES:
        line = toml.line(keys)
        for folder in strings(toml.table(*keys[:-1]).get(keys[-1])):
            yield from source_of(folder.rstrip("/").rpartition("/")[2], folder, path, line)
    keys = ("tool", "setuptools", "package-dir")
    for name, folder in toml.table(*keys).items():
        if isinstance(folder, str):
            yield from source_of(name, folder, path, toml.line(keys))
    packages = toml.table("tool", "poetry").get("packages")
    for each in packages if isinstance(packages, list) else []:
        origin = each.get("from") if isinstance(each, Mapping) else None
        if isinstance(origin, str):
            yield from source_of("", origin, path, toml.line(("tool", "poetry", "packages"), f'"{origin}"'))


def source_of(name: str, folder: str, path: str, line: int) -> Iterator[Route]:
    """Say that a package, or with an empty name all of them, lies in a folder.

    A package in a folder of its own name says which folder it is imported from.
    """
    target = place(path, folder)
    if target is None or "*" in folder:
        return
    ending = name.replace(".", "/")
    if f"/{target}".endswith(f"/{ending}") and name:
        name, target = "", target[: -len(ending)].rstrip("/")
    yield Route(
        ecosystem=Ecosystem.PYTHON, kind=RouteKind.SOURCE, name=name, target=target, path=path, line=line
    )
