"""The keyword page of a file: every name it defines or imports, where each appears, who uses it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sphinx_repodoc.core.linked import Confidence
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Facts, Fold, Group, Item, Items, Para, Quiet, Ref
from sphinx_repodoc.pages.data import PagePart
from sphinx_repodoc.pages.keyword_map import build_map
from sphinx_repodoc.pages.testing import use_anchor, users_by_name
from sphinx_repodoc.pages.words import capitalised, count, counted_kinds, listed, local_ones, plural

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.model import NameUse
    from sphinx_repodoc.core.model import Import, ImportedName, Symbol
    from sphinx_repodoc.pages.blocks import Block, Blocks, Inline, Inlines
    from sphinx_repodoc.pages.data import PageData

_CONFIDENCE = {
    Confidence.IMPORTED.value: "imports it",
    Confidence.MENTIONED.value: "mentions it",
    Confidence.SHARED.value: "shares it",
}
_CONFIDENCES = {
    Confidence.IMPORTED.value: "import it",
    Confidence.MENTIONED.value: "mention it",
    Confidence.SHARED.value: "share it",
}
_MEANINGS = {
    Confidence.MENTIONED.value: "A file that mentions a name imports this file and has the name in its code.",
    Confidence.SHARED.value: "A file that shares a name is of the same package, which needs no import, and has the name in its code.",
}
_THROUGH = {
    Confidence.MENTIONED.value: "through the import in ",
    Confidence.SHARED.value: "through the package named in ",
}


def build_header(data: PageData, path: str) -> Blocks:
    """Link back to the file, and say how much is here."""
    file = data.file(path)
    facts = file.facts
    own = Ref(PageKind.FILE, path, path.rpartition("/")[2], code=False)
    trail = parts.trail(path, own, "Keywords")
    kinds = counted_kinds(symbol.kind for symbol in facts.symbols if not symbol.local)
    rows: list[tuple[str, Inlines]] = [
        ("Defines", parts.text_cell(kinds + local_ones(len(facts.symbols) - file.keywords))),
        ("Imports", parts.text_cell(_import_counts(facts.imports))),
    ]
    if facts.symbols or facts.imports:
        return (trail, Facts(tuple(row for row in rows if row[1])))
    return (trail, Para(("No definitions or imports were found in ", own, ".")))


def _import_counts(imports: tuple[Import, ...]) -> str:
    modules = {_module(found) for found in imports} - {""}
    names = {(_module(found), name.name) for found in imports for name in found.names}
    counts = ((len(modules), "module"), (len(names), "imported name"))
    return listed([count(number, noun) for number, noun in counts if number])


def build_definitions(data: PageData, path: str) -> Blocks:
    """Show every symbol under its kind, by name, linked to its line."""
    kinds: defaultdict[str, list[Symbol]] = defaultdict(list)
    for symbol in data.file(path).facts.symbols:
        kinds[symbol.kind].append(symbol)
    groups = []
    for kind, symbols in sorted(kinds.items()):
        symbols.sort(key=lambda symbol: (symbol.name.casefold(), symbol.line))
        items = Items(tuple(_definition(symbol, path) for symbol in symbols))
        title = f"{capitalised(plural(kind))} ({len(symbols):,})"
        groups.append(Group(title, (items,), f"kind-{kind.replace(' ', '-')}"))
    return tuple(groups)


def _definition(symbol: Symbol, path: str) -> Item:
    name, qualname, signature = symbol.name, symbol.qualname, symbol.signature
    line: list[Inline] = [Ref(PageKind.FILE, path, name, f"L{symbol.line}")]
    if signature.startswith(name):
        line += [Code(signature.removeprefix(name))] if signature != name else []
    elif signature not in {"", qualname}:
        line += (" — ", Code(signature))
    if qualname != name:
        scope = parts.scope_of(name, qualname)
        line += (" in ", Code(scope)) if scope else (" as ", Code(qualname))
    line.append(Quiet(f", line {symbol.line}"))
    return Item(tuple(line))


def _module(found: Import) -> str:
    return "." * found.level + found.module


def build_modules(data: PageData, path: str) -> Blocks:
    """Show the modules that the file imports, each once, with its lines."""
    modules: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for found in data.file(path).facts.imports:
        if _module(found):
            modules[_module(found), found.alias].append(found.line)
    items = [
        Item((Code(module), *_alias(alias), *parts.bracketed(parts.line_refs(path, sorted({*lines})))))
        for (module, alias), lines in sorted(modules.items())
    ]
    return (Items(tuple(items)),) if items else ()


def build_names(data: PageData, path: str) -> Blocks:
    """Show the names that the file takes out of modules, apart from the modules."""
    names: defaultdict[tuple[ImportedName, str], list[int]] = defaultdict(list)
    for found in data.file(path).facts.imports:
        for name in found.names:
            names[name, _module(found)].append(found.line)
    ranked = sorted(names.items(), key=lambda pair: (pair[0][0].name.casefold(), pair[0][1], pair[1]))
    items = [
        Item(
            (
                Code(name.name),
                *_alias(name.alias),
                *((" from ", Code(module)) if module else ()),
                *parts.bracketed(parts.line_refs(path, sorted({*lines}))),
            )
        )
        for (name, module), lines in ranked
    ]
    return (Items(tuple(items)),) if items else ()


def _alias(alias: str) -> Inlines:
    return (" as ", Code(alias)) if alias else ()


def build_users(data: PageData, path: str) -> Blocks:
    """Show, for each name that other files use, which files and how sure that is."""
    relations = data.file_relations(path)
    names = users_by_name(relations)
    how = {use.confidence for use in relations.uses}
    blocks: list[Block] = [Para((meaning,)) for confidence, meaning in _MEANINGS.items() if confidence in how]
    run: list[Item] = []
    for name in sorted(names, key=lambda name: (name.casefold(), name)):
        uses = [Item(_use(use)) for use in names[name]]
        item = (Code(name), f" — {_used_by(names[name])}")
        run.append(Item(item, tuple(uses[: parts.SHOWN]), anchor=use_anchor(name)))
        rest = uses[parts.SHOWN :]
        if rest:
            blocks.append(Items(tuple(run)))
            blocks.append(Fold((f"and {len(rest):,} more of ", Code(name)), (Items(tuple(rest)),)))
            run = []
    return (*blocks, Items(tuple(run))) if run else tuple(blocks)


def _use(use: NameUse) -> Inlines:
    how = _CONFIDENCE.get(use.confidence, use.confidence)
    line = parts.line_ref(use.path, use.line)
    return (parts.file_ref(use.path), f" {how} ({_THROUGH.get(use.confidence, '')}", line, ")")


def _used_by(uses: list[NameUse]) -> str:
    """Say how many use a name, and how: ``used by 14 files: 12 import it and 2 mention it``."""
    counts = Counter(use.confidence for use in uses)
    files = len({use.path for use in uses})
    if len(counts) == 1:
        verb = (_CONFIDENCE if files == 1 else _CONFIDENCES).get(uses[0].confidence, "use it")
        return f"{count(files, 'file')} {verb}"
    how = [
        f"{number:,} {(_CONFIDENCE if number == 1 else _CONFIDENCES).get(confidence, confidence)}"
        for confidence, number in sorted(counts.items())
    ]
    return f"used by {count(files, 'file')}: {listed(how)}"


FILE_KEYWORDS_PARTS: tuple[PagePart, ...] = (
    PagePart("header", "", build_header),
    PagePart("definitions", "Keywords by kind", build_definitions),
    PagePart("modules", "Imported modules", build_modules),
    PagePart("names", "Imported names", build_names),
    PagePart("map", "Where each keyword appears", build_map),
    PagePart("users", "Used by", build_users),
)
