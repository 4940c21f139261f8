"""What a file imports and who imports it, grouped by the other end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.context import group
from sphinx_repodoc.analyze.model import Dependency, External, NameUse
from sphinx_repodoc.analyze.words import join
from sphinx_repodoc.core.linked import Origin, Timing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.linked import Edge
    from sphinx_repodoc.core.model import Import


def imports_of(path: str, context: Context) -> tuple[Dependency, ...]:
    """Files of this repository that a file imports, by path."""
    return tuple(
        Dependency(path=edge.target, lines=edge.lines, names=edge.names, when=_when(edge))
        for edge in context.outgoing.get(path, ())
    )


def imported_by(path: str, context: Context) -> tuple[Dependency, ...]:
    """Files that import a file, by path; lines and names are those in the importing file."""
    return tuple(
        Dependency(path=edge.source, lines=edge.lines, names=edge.names, when=_when(edge))
        for edge in context.incoming.get(path, ())
    )


_CLAUSES = {Timing.CALL: "inside a function", Timing.NEVER: "for types only"}


def _when(edge: Edge) -> str:
    return "" if edge.at_load else join([_CLAUSES[timing] for timing in edge.timings])


def externals_of(path: str, context: Context) -> dict[Origin, tuple[External, ...]]:
    """Modules outside the repository by where they live, each once, sorted by name."""
    file = context.files[path]
    resolved = context.links.imports.get(path, ())
    found: dict[Origin, tuple[External, ...]] = {}
    for origin, links in group(resolved, lambda link: link.origin).items():
        if origin is Origin.HERE:
            continue
        named = ((file.facts.imports[link.index], link.manifest) for link in links)
        modules = group(named, lambda pair: shown_module(pair[0]))
        found[origin] = tuple(
            _external(module, modules[module], file.entry.language) for module in sorted(modules) if module
        )
    return found


def shown_module(statement: Import) -> str:
    """The module as its statement has it, with the dots of a relative import."""
    return "." * statement.level + statement.module


def _external(module: str, pairs: Sequence[tuple[Import, str]], language: str) -> External:
    return External(
        module=module,
        lines=tuple(sorted({statement.line for statement, _ in pairs})),
        names=tuple(sorted({name.name for statement, _ in pairs for name in statement.names})),
        language=language,
        manifest=next((manifest for _, manifest in pairs if manifest), ""),
    )


def uses_of(path: str, context: Context) -> tuple[NameUse, ...]:
    """Who uses the symbols of a file, by name and path: the order that the linker keeps."""
    return tuple(
        [
            NameUse(name=use.name, path=use.source, line=use.line, confidence=use.confidence)
            for use in context.uses.get(path, ())
        ]
    )
