"""Reader of Cargo's manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinx_repodoc.core.manifests.records import (
    Ecosystem,
    EntryPoint,
    Fact,
    Package,
    Requirement,
    Route,
    RouteKind,
    TestEvidence,
    Tool,
    inside,
    place,
)
from sphinx_repodoc.core.manifests.text import Toml, read_toml

_CARGO_GROUPS = {"dependencies": "", "dev-dependencies": "dev", "build-dependencies": "build"}


def read_cargo(path: str, text: str) -> Iterator[Fact]:
    """Read Cargo's manifest; the name of a requirement is the one it is used by in the code."""
    toml = read_toml(text)
    bases: list[tuple[str, ...]] = [(), ("workspace",)]
    bases.extend(("target", target) for target in toml.table("target"))
    for base in bases:
        for table, group in _CARGO_GROUPS.items():
            for name, value in toml.table(*base, table).items():
                line = toml.line((*base, table, name))
                yield Requirement(ecosystem=Ecosystem.CARGO, name=name, path=path, line=line, group=group)
                yield from _local(name, value, path, line)
    for registry in toml.table("patch"):
        for name, value in toml.table("patch", registry).items():
            yield from _local(name, value, path, toml.line(("patch", registry, name)))
    yield from _cargo_package(toml, path)
    yield from _roots(toml, path)


def _local(name: str, value: object, path: str, line: int) -> Iterator[Route]:
    folder = value.get("path") if isinstance(value, Mapping) else None
    target = place(path, folder) if isinstance(folder, str) else None
    if target is not None:
        yield Route(
            ecosystem=Ecosystem.CARGO, kind=RouteKind.LOCAL, name=name, target=target, path=path, line=line
        )


def _roots(toml: Toml, path: str) -> Iterator[Route]:
    """Read the files of tests, examples, benchmarks and the build script that lie where Cargo would not look."""
    tables = [("package", toml.table("package").get("build"))]
    for kind in ("bin", "test", "example", "bench"):
        found = toml.data.get(kind)
        found = found if isinstance(found, list) else []
        tables += [(kind, each.get("path")) for each in found if isinstance(each, Mapping)]
    for kind, file in tables:
        target = inside(path, file) if isinstance(file, str) else ""
        if target:
            line = toml.line((kind,), f'"{file}"')
            yield Route(ecosystem=Ecosystem.CARGO, kind=RouteKind.ROOT, target=target, path=path, line=line)


def _cargo_package(toml: Toml, path: str) -> Iterator[Fact]:
    package = toml.table("package").get("name")
    if not isinstance(package, str):
        return
    line = toml.line(("package", "name"))
    library = toml.table("lib")
    main = library.get("path")
    name = library.get("name")
    yield Package(
        ecosystem=Ecosystem.CARGO,
        name=name if isinstance(name, str) else package,
        path=path,
        line=line,
        main=inside(path, main if isinstance(main, str) else "src/lib.rs"),
    )
    yield TestEvidence(tool=Tool.CARGO, path=path, line=toml.line(("package",)))
    bins = toml.data.get("bin")
    for number, table in enumerate(bins if isinstance(bins, list) else []):
        binary = table.get("name") if isinstance(table, Mapping) else None
        if isinstance(binary, str):
            file = table.get("path")
            file = inside(path, file if isinstance(file, str) else f"src/bin/{binary}.rs")
            at = toml.line(("bin",), f'"{binary}"', nth=number)
            yield EntryPoint(name=binary, file=file, path=path, line=at, group="bin")
    if not bins:
        # Cargo's default: where the file does not exist, nothing will come of it.
        yield EntryPoint(name=package, file=inside(path, "src/main.rs"), path=path, line=line, group="bin")
