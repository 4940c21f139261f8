"""The integration tests of Rust crates: what Cargo builds as tests, by its own rules.

Source: the chapter *Cargo Targets* of the Cargo book. Files directly in ``tests/``
and ``main.rs`` in its subfolders are found by Cargo, unless ``autotests`` is
false; ``[[test]]`` tables declare others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.paths import folder_of, join_path, name_of, stem_of
from sphinx_repodoc.core.manifests.text import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.manifests.text import Toml


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoTest:
    """A file that Cargo builds as a test."""

    path: str
    name: str
    """What ``cargo test --test`` takes."""
    manifest: str
    line: int = 0
    """Line of its ``[[test]]`` table; 0 when Cargo finds it by its place."""


def find_cargo_tests(context: Context) -> dict[str, CargoTest]:
    """Path of a file to the test that Cargo makes of it; declared ones win."""
    found: dict[str, CargoTest] = {}
    for manifest in context.files:
        text = context.read(manifest) if name_of(manifest) == "Cargo.toml" else None
        if text is not None:
            toml = read_toml(text)
            tests = [*_discovered(toml, manifest, context), *_declared(toml, manifest)]
            found.update({test.path: test for test in tests if test.path in context.files})
    return found


def _discovered(toml: Toml, manifest: str, context: Context) -> Iterator[CargoTest]:
    package = toml.table("package")
    if not package or package.get("autotests") is False:
        return
    folder = join_path(folder_of(manifest), "tests")
    for path in context.names.get(folder, ()):
        if path.endswith(".rs"):
            yield CargoTest(path=path, name=stem_of(path), manifest=manifest)
    for below in context.subfolders.get(folder, ()):
        path = join_path(below, "main.rs")
        yield CargoTest(path=path, name=name_of(below), manifest=manifest)


def _declared(toml: Toml, manifest: str) -> Iterator[CargoTest]:
    tables = toml.data.get("test")
    for table in tables if isinstance(tables, list) else []:
        name = table.get("name") if isinstance(table, Mapping) else None
        if isinstance(name, str):
            path = table.get("path")
            path = path if isinstance(path, str) else f"tests/{name}.rs"
            line = toml.line(("test",), f'"{name}"')
            yield CargoTest(
                path=join_path(folder_of(manifest), path.removeprefix("./")),
                name=name,
                manifest=manifest,
                line=line,
            )
