"""Top of a file page: what the file is, what is wrong with it, what it is for, how it is wired."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Facts, Para, Ref, Url, Warn
from sphinx_repodoc.pages.words import count, counted_kinds, human_size, listed

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.model import FileRelations
    from sphinx_repodoc.core.model import Entry, File
    from sphinx_repodoc.pages.blocks import Blocks, Inline, Inlines
    from sphinx_repodoc.pages.data import PageData

_WITHOUT_SIZE = frozenset({EntryKind.SYMLINK, EntryKind.SUBMODULE, EntryKind.SPECIAL, EntryKind.UNREADABLE})
_KINDS = {
    EntryKind.BINARY: "binary file",
    EntryKind.LARGE: "text over the size limit, neither parsed nor shown",
    EntryKind.SPECIAL: "socket, pipe or device, never opened",
    EntryKind.UNREADABLE: "could not be read",
}


def build_header(data: PageData, path: str) -> Blocks:
    """Facts of the file, then its problems."""
    file, relations = data.file(path), data.file_relations(path)
    rows: tuple[tuple[str, Inlines], ...] = (
        ("Location", parts.breadcrumb(path)),
        ("Kind", _kind(data, file.entry)),
        ("Language", parts.text_cell(file.entry.language)),
        ("Size", () if file.entry.kind in _WITHOUT_SIZE else (_size(file.entry),)),
        ("Lines", parts.text_cell(_lines(file))),
        ("Encoding", _encoding(file)),
        ("Licence", _license(relations)),
        ("Last change", parts.text_cell(_history(relations))),
        ("Owners", parts.owner_inlines(relations.owners, relations.owners_at, path)),
        ("Forge", _forge(data.forge_url(path))),
        ("Keywords", _keywords(file)),
    )
    return (Facts(tuple(row for row in rows if row[1])), *_warnings(file))


def _kind(data: PageData, entry: Entry) -> Inlines:
    if entry.kind is EntryKind.TEXT:
        return ("executable",) if entry.executable else ()
    if entry.kind is EntryKind.SYMLINK:
        return ("symbolic link to ", _link_target(data, entry))
    if entry.kind is EntryKind.SUBMODULE:
        pinned: Inlines = (" pinned at commit ", Code(entry.target)) if entry.target else ()
        return ("submodule", *pinned)
    return (_KINDS[entry.kind],)


def _link_target(data: PageData, entry: Entry) -> Inline:
    """Show the text of the link, linked when it leads to a file or folder of the repository."""
    if not entry.target:
        return Code("")
    path = normpath(join(dirname(entry.path), entry.target))
    try:
        data.file(path)
    except KeyError:
        pass
    else:
        return parts.file_ref(path, entry.target)
    folder = "" if path == "." else path
    try:
        data.folder_relations(folder)
    except KeyError:
        return Code(entry.target)
    return Ref(PageKind.FOLDER, folder, entry.target)


def _size(entry: Entry) -> str:
    return human_size(entry.size) if entry.size else "empty"


def _lines(file: File) -> str:
    """``120: 90 code, 20 comment, 10 blank``, without what there is none of."""
    lines = file.facts.lines
    kinds = (("code", lines.code), ("comment", lines.comment), ("blank", lines.blank))
    shares = ", ".join(f"{number:,} {kind}" for kind, number in kinds if number)
    return f"{lines.total:,} ({shares})" if lines.total else ""


def _encoding(file: File) -> Inlines:
    is_text = file.entry.kind is EntryKind.TEXT
    encoding = file.facts.encoding
    return (encoding,) if is_text and encoding.lower() not in {"utf-8", "utf8", "ascii", ""} else ()


def _license(relations: FileRelations) -> Inlines:
    if not relations.license:
        return ()
    return (relations.license, *parts.bracketed(parts.at_ref(relations.license_at, relations.path)))


def _history(relations: FileRelations) -> str:
    history = relations.history
    if history is None:
        return ""
    return f"{history.last_changed}, {count(history.commits, 'commit')} by {count(history.authors, 'author')}"


def _forge(url: str) -> Inlines:
    return (Url(url, url.partition("://")[2].partition("/")[0] or url),) if url else ()


def _keywords(file: File) -> Inlines:
    facts = file.facts
    if not (facts.symbols or facts.imports):
        return ()
    number = count(len(facts.symbols), "keyword") if facts.symbols else "imported names"
    return (Ref(PageKind.FILE_KEYWORDS, file.entry.path, number, code=False),)


def _warnings(file: File) -> Blocks:
    return tuple(
        Warn((problem.message, *parts.bracketed(_problem_place(file, problem.line))))
        for problem in file.problems
    )


def _problem_place(file: File, line: int) -> Inlines:
    """Name the line of a problem; linked when the page shows the text."""
    if not line:
        return ()
    is_shown = file.entry.kind is EntryKind.TEXT
    return (parts.line_ref(file.entry.path, line),) if is_shown else (f"line {line}",)


def build_purpose(data: PageData, path: str) -> Blocks:
    """Say what the file is for; its author's own paragraph stands beside it, as real text."""
    return parts.role_blocks(data.file_relations(path).roles, path)


def build_overview(data: PageData, path: str) -> Blocks:
    """How the file is wired, what it contains, who tests it: one sentence each."""
    file, relations = data.file(path), data.file_relations(path)
    sentences = (
        _wiring(relations),
        _contents(file),
        _testing(relations),
        _usage(relations),
        _open_notes(file),
    )
    return tuple(Para(sentence) for sentence in sentences if sentence)


def _wiring(relations: FileRelations) -> Inlines:
    clauses = []
    if relations.imported_by:
        clauses.append(f"is imported by {count(len(relations.imported_by), 'file')}")
    imports = (
        (len(relations.imports), "file", " of this repository"),
        (len(relations.standard), "module", " of the standard library"),
        (len(relations.third_party), "third-party module", ""),
        (len(relations.unknown), "module", " from an unknown place"),
    )
    counted = [f"{count(number, noun)}{where}" for number, noun, where in imports if number]
    if counted:
        clauses.append(f"imports {listed(counted)}")
    return (f"It {' and '.join(clauses)}.",) if clauses else ()


def _contents(file: File) -> Inlines:
    symbols = file.facts.symbols
    if not symbols:
        return ()
    public = sum(symbol.visibility == "public" for symbol in symbols)
    verb = "is" if public == 1 else "are"
    hidden = f"; {public:,} of these {len(symbols):,} {verb} public" if public < len(symbols) else ""
    return (f"It contains {counted_kinds(symbol.kind for symbol in symbols)}{hidden}.",)


def _testing(relations: FileRelations) -> Inlines:
    direct, indirect = len(relations.tests.direct), sum(number for _, number in relations.tests.indirect)
    clauses = []
    if direct:
        clauses.append(f"{count(direct, 'test file')} {'tests' if direct == 1 else 'test'} it directly")
    if indirect:
        verb = "reaches" if indirect == 1 else "reach"
        clauses.append(f"{count(indirect, 'test file')} {verb} it through other files")
    return (f"{' and '.join(clauses)}.",) if clauses else ()


def _usage(relations: FileRelations) -> Inlines:
    names = len({use.name for use in relations.uses})
    if not names:
        return ()
    files = len({use.path for use in relations.uses})
    link = Ref(PageKind.FILE_KEYWORDS, relations.path, count(names, "name"), "users", code=False)
    verb = "uses" if files == 1 else "use"
    return (f"{count(files, 'file')} {verb} ", link, " defined here.")


def _open_notes(file: File) -> Inlines:
    notes = file.facts.notes
    if not notes:
        return ()
    link = Ref(PageKind.FILE, file.entry.path, count(len(notes), "open note"), "notes", code=False)
    return ("It has ", link, ".")
