"""Tiny repositories for the tests of the linkers, and what their links look like in short."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import identify_language
from sphinx_repodoc.core.link import link
from sphinx_repodoc.core.manifests import Manifests, is_manifest, read_manifests
from sphinx_repodoc.core.model import Entry, EntryKind, Facts, File, Import, ImportedName, Symbol
from sphinx_repodoc.core.parse import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_repodoc.core.linked import Links


def make_file(
    path: str,
    *,
    imports: Iterable[Import] = (),
    symbols: Iterable[str | Symbol] = (),
    words: Iterable[str] = (),
) -> File:
    """Make a file by hand; symbols are names of top-level functions unless they are records."""
    language = "cpp" if path.endswith(".h") else identify_language(path)
    facts = Facts(
        imports=tuple(imports),
        symbols=tuple(make_symbol(each) if isinstance(each, str) else each for each in symbols),
        words=frozenset(words),
    )
    return File(entry=Entry(path=path, kind=EntryKind.TEXT, language=language), facts=facts)


def make_symbol(name: str, kind: str = "function", *, parent: int = -1) -> Symbol:
    return Symbol(name=name, qualname=name, kind=kind, line=1, end_line=9, parent=parent)


def take(module: str, *names: str, line: int = 1, form: str = "from", level: int = 0) -> Import:
    """Make an import; ``a as b`` among the names has an alias."""
    taken = (name.partition(" as ") for name in names)
    return Import(
        module=module,
        names=tuple(ImportedName(name=name, alias=alias) for name, _, alias in taken),
        line=line,
        form=form,
        level=level,
    )


def parse_python(texts: Mapping[str, str]) -> list[File]:
    """Parse the Python files among some texts; the others have no facts."""
    files = []
    for path, text in texts.items():
        language = "python" if path.endswith((".py", ".pyi")) else ""
        facts = parse_text(dedent(text).encode(), language) if language else Facts()
        entry = Entry(path=path, kind=EntryKind.TEXT, language=language)
        files.append(File(entry=entry, facts=facts))
    return files


def link_python(texts: Mapping[str, str]) -> Links:
    """Link a repository given by the text of its files, manifests among them."""
    manifests = read_manifests(filter(is_manifest, texts), lambda path: dedent(texts[path]))
    return link(parse_python(texts), manifests)


def link_texts(texts: Mapping[str, str]) -> Links:
    """Link a repository given by the text of its files, in any languages."""
    manifests = read_manifests(filter(is_manifest, texts), lambda path: dedent(texts[path]))
    files = []
    for path, text in texts.items():
        name = identify_language(path, dedent(text).encode())
        facts = parse_text(dedent(text).encode(), name, path=path)
        files.append(File(entry=Entry(path=path, kind=EntryKind.TEXT, language=name), facts=facts))
    return link(files, manifests)


def link_files(*files: File, manifests: Mapping[str, str] | None = None) -> Links:
    """Link files made by hand."""
    texts = manifests or {}
    found = read_manifests(texts, lambda path: dedent(texts[path])) if texts else Manifests()
    extra = [make_file(path) for path in texts]
    return link([*files, *extra], found)


def leads(links: Links, path: str) -> list[str]:
    """Say where each import of a file leads: its targets, or its origin when there are none."""
    return [
        " ".join(each.targets) or (each.manifest and f"{each.origin} {each.manifest}") or str(each.origin)
        for each in links.imports[path]
    ]


def used(links: Links, source: str) -> list[str]:
    """List what a file uses: ``target:name confidence line``."""
    return [
        f"{each.target}:{each.name} {each.confidence} {each.line}"
        for each in links.uses
        if each.source == source
    ]
