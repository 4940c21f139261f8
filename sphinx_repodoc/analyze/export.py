"""The facts of a file as a JSON object: the shape that other programs read.

Documented in the reference of the facts schema; :data:`SCHEMA` is raised when a
key changes its meaning or goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_repodoc.analyze.model import FileRelations
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.linked import FileImports, Origin, ResolvedImport
from sphinx_repodoc.core.model import SAMPLED, EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.core.model import File, Import, ImportedName, Symbol
    from sphinx_repodoc.core.problems import Problem
    from sphinx_repodoc.core.store import Store

SCHEMA = 1


def iter_facts(store: Store) -> Iterator[dict[str, Any]]:
    """One object for each file, sorted by path."""
    resolved = set(store.relation_hashes("imports"))
    for file in store.iter_files():
        path = file.entry.path
        relations = codec.loads(FileRelations, store.relations_text("file", path))
        imports = FileImports()
        if path in resolved:
            imports = codec.loads(FileImports, store.relations_text("imports", path))
        yield facts_object(file, relations, imports.imports)


def facts_object(file: File, relations: FileRelations, resolved: Sequence[ResolvedImport]) -> dict[str, Any]:
    """The object of one file; its values are plain JSON."""
    entry, facts = file.entry, file.facts
    lines = facts.lines
    by_index = {item.index: item for item in resolved}
    nowhere = ResolvedImport(index=-1, origin=Origin.UNKNOWN)
    return {
        "schema": SCHEMA,
        "path": entry.path,
        "kind": entry.kind.value,
        "language": entry.language or None,
        "size": entry.size,
        "lines": lines.total,
        "line_counts": {"code": lines.code, "comment": lines.comment, "blank": lines.blank},
        "sha256": None if entry.sha256.startswith(SAMPLED) else entry.sha256 or None,
        "encoding": facts.encoding,
        "target": entry.target or None,
        "target_size": entry.target_size if entry.kind is EntryKind.POINTER else None,
        "role": [role.name for role in relations.roles],
        "doc": facts.doc,
        "doc_line": facts.doc_line or None,
        "problems": [_problem(problem) for problem in file.problems],
        "symbols": [_symbol(symbol) for symbol in facts.symbols],
        "omitted": facts.omitted,
        "imports": [_import(item, by_index.get(i, nowhere)) for i, item in enumerate(facts.imports)],
        "named": [{"name": name, "line": line} for name, line in facts.named],
        "notes": [{"kind": note.kind, "line": note.line, "text": note.text} for note in facts.notes],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"kind": problem.kind.value, "message": problem.message, "line": problem.line or None}


def _symbol(symbol: Symbol) -> dict[str, Any]:
    return {
        "name": symbol.name,
        "qualname": symbol.qualname,
        "kind": symbol.kind,
        "line": symbol.line,
        "end_line": symbol.end_line,
        "parent": symbol.parent if symbol.parent >= 0 else None,
        "signature": symbol.signature,
        "doc": symbol.doc,
        "visibility": symbol.visibility.value,
        "decorators": list(symbol.decorators),
        "local": symbol.local,
        "complexity": symbol.complexity or None,
        "cognitive": symbol.cognitive if symbol.complexity else None,
        "nesting": symbol.nesting if symbol.complexity else None,
    }


def _name(name: ImportedName, place: str) -> dict[str, Any]:
    return {"name": name.name, "as": name.alias or None, "resolved": place or None}


def _import(item: Import, resolved: ResolvedImport) -> dict[str, Any]:
    places = resolved.names or ("",) * len(item.names)
    return {
        "module": item.module,
        "names": [_name(name, place) for name, place in zip(item.names, places, strict=True)],
        "as": item.alias or None,
        "level": item.level,
        "line": item.line,
        "form": item.form,
        "deferred": item.deferred,
        "type_only": item.type_only,
        "origin": resolved.origin.value,
        "resolved": resolved.module or None,
        "targets": list(resolved.targets),
    }
