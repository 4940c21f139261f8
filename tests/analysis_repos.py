"""Small repositories for the tests of the analyses, made of records written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.whole import Analysis, analyze
from sphinx_repodoc.core.languages import identify_language
from sphinx_repodoc.core.linked import Confidence, Edge, Links, Origin, ResolvedImport, Timing, Use
from sphinx_repodoc.core.manifests import read_manifests
from sphinx_repodoc.core.model import (
    Entry,
    EntryKind,
    Facts,
    File,
    Import,
    ImportedName,
    LineCounts,
    Marker,
    MarkerKind,
    Note,
    Symbol,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_repodoc.analyze.findings import Findings
    from sphinx_repodoc.analyze.model import FileRelations, FolderRelations, History
    from sphinx_repodoc.core.coverage import Report
    from sphinx_repodoc.core.problems import Problem


def make_symbols(*lines: str) -> tuple[Symbol, ...]:
    """Make symbols of ``kind name`` lines; two spaces in front make a member of what is above.

    ``@name`` behind it is a decorator, what follows `` -- `` its documentation.
    """
    found: list[Symbol] = []
    outer = -1
    for number, line in enumerate(lines, 1):
        text, _, doc = line.partition(" -- ")
        inner = text.startswith("  ")
        kind, name, *decorators = text.split()
        signature = name
        name = name.partition("(")[0]
        parent = outer if inner else -1
        if not inner:
            outer = len(found)
        qualname = f"{found[outer].name}.{name}" if inner else name
        found.append(
            Symbol(
                name=name,
                qualname=qualname,
                kind=kind,
                signature=signature,
                line=number,
                end_line=number,
                parent=parent,
                doc=doc,
                decorators=tuple(decorator.removeprefix("@") for decorator in decorators),
            )
        )
    return tuple(found)


def make_file(
    path: str,
    *symbols: str,
    imports: Iterable[str] = (),
    main: int = 0,
    shebang: str = "",
    generated: str = "",
    license_: str = "",
    doc: str = "",
    notes: Iterable[str] = (),
    words: Iterable[str] = (),
    lines: int = 0,
    kind: EntryKind = EntryKind.TEXT,
    target: str = "",
    problems: tuple[Problem, ...] = (),
) -> File:
    """Make a file; ``imports`` are ``module`` or ``module: name, name``, one a line from line 1 on."""
    markers = [
        Marker(kind=MarkerKind.SHEBANG, line=1, text=shebang) if shebang else None,
        Marker(kind=MarkerKind.MAIN, line=main, text='if __name__ == "__main__":') if main else None,
        Marker(kind=MarkerKind.GENERATED, line=2, text=generated) if generated else None,
        Marker(kind=MarkerKind.LICENSE, line=1, text=license_) if license_ else None,
    ]
    entry = Entry(
        path=path,
        kind=kind,
        size=10 * lines,
        sha256=f"sha of {path}" if kind is EntryKind.TEXT else "",
        language=identify_language(path),
        target=target,
    )
    facts = Facts(
        doc=doc,
        doc_line=1 if doc else 0,
        lines=LineCounts(code=lines),
        symbols=make_symbols(*symbols),
        imports=tuple(_make_import(text, line) for line, text in enumerate(imports, 1)),
        notes=tuple(Note(kind="TODO", line=line, text=text) for line, text in enumerate(notes, 1)),
        markers=tuple(marker for marker in markers if marker),
        problems=problems,
        words=frozenset(words),
    )
    return File(entry=entry, facts=facts)


def _make_import(text: str, line: int) -> Import:
    module, _, names = text.partition(":")
    level = len(module) - len(module.lstrip("."))
    imported = tuple(ImportedName(name=name.strip()) for name in names.split(",") if name.strip())
    return Import(module=module[level:], level=level, line=line, names=imported)


def make_links(
    *edges: str,
    uses: Iterable[str] = (),
    imports: Mapping[str, Iterable[tuple[Origin, str]]] | None = None,
) -> Links:
    """Make links of ``source target [line …] [timing …]`` and ``source target name [line] [confidence]`` texts."""
    made = []
    for edge in edges:
        source, target, *rest = edge.split()
        lines = tuple(int(word) for word in rest if word.isdecimal())
        timings = tuple(Timing(word) for word in rest if not word.isdecimal())
        made.append(
            Edge(source=source, target=target, lines=lines or (1,), timings=timings or (Timing.LOAD,))
        )
    used = []
    for use in uses:
        source, target, name, *rest = use.split()
        line = next((int(word) for word in rest if word.isdecimal()), 1)
        sure = next((Confidence(word) for word in rest if not word.isdecimal()), Confidence.IMPORTED)
        used.append(Use(source=source, target=target, name=name, line=line, confidence=sure))
    resolved = {
        path: tuple(
            ResolvedImport(index=index, origin=origin, manifest=manifest)
            for index, (origin, manifest) in enumerate(found)
        )
        for path, found in (imports or {}).items()
    }
    return Links(
        imports=resolved,
        edges=tuple(sorted(made, key=lambda edge: (edge.source, edge.target))),
        uses=tuple(sorted(used, key=lambda use: (use.target, use.name, use.source))),
    )


def analyze_repo(
    *files: File | str,
    links: Links | None = None,
    texts: Mapping[str, str] | None = None,
    history: Mapping[str, History] | None = None,
    findings: Findings | None = None,
    reports: Sequence[Report] = (),
) -> Analysis:
    """Analyze files; a mere path is an empty file, and a text makes its file if there is none."""
    made = [file if isinstance(file, File) else make_file(file) for file in files]
    texts = texts or {}
    there = {file.entry.path for file in made}
    made += [make_file(path) for path in texts if path not in there]
    manifests = read_manifests([file.entry.path for file in made], texts.get)
    return analyze(
        made, links or Links(), manifests, history or {}, texts.get, findings=findings, reports=reports
    )


def file_of(path: str, *files: File | str, **rest: object) -> FileRelations:
    """Analyze files and give what is found of one of them."""
    return analyze_repo(*files, **rest).files[path]  # type: ignore[arg-type]


def folder_of(path: str, *files: File | str, **rest: object) -> FolderRelations:
    """Analyze files and give what is found of one folder."""
    return analyze_repo(*files, **rest).folders[path]  # type: ignore[arg-type]


def roles_of(relations: FileRelations | FolderRelations) -> dict[str, str]:
    """Role to the text of its evidence."""
    return {role.name: role.evidence.text for role in relations.roles}


def commands_of(relations: FileRelations | FolderRelations) -> list[str]:
    """Texts of the commands."""
    commands = relations.tests.commands if hasattr(relations, "tests") else relations.commands
    return [command.text for command in commands]
