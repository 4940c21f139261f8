"""Top of a file page: what the file is, what is wrong with it, what it is for, how it is wired."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import language
from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Code, Facts, Ref, Url, Warn
from sphinx_repodoc.pages.coverage import covered_row
from sphinx_repodoc.pages.findings import overview_of_findings
from sphinx_repodoc.pages.words import count, counted_kinds, human_size, local_ones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.model import FileRelations, TestLink
    from sphinx_repodoc.core.model import Entry, File
    from sphinx_repodoc.pages.blocks import Blocks, Inline, Inlines
    from sphinx_repodoc.pages.data import PageData

_WITHOUT_SIZE = frozenset(
    {EntryKind.SYMLINK, EntryKind.SUBMODULE, EntryKind.SPECIAL, EntryKind.UNREADABLE, EntryKind.POINTER}
)
_KINDS = {
    EntryKind.BINARY: "binary file",
    EntryKind.LARGE: "text over the size limit, neither parsed nor shown",
    EntryKind.SPECIAL: "socket, pipe or device, never opened",
    EntryKind.UNREADABLE: "could not be read",
}

_REMARKS = dict.fromkeys(("python", "cython"), ("comment or docstring", "comments and docstrings"))
"""What is counted as comment, where it is not comments alone."""
_FORGES = ("GitHub", "GitLab", "Bitbucket", "Codeberg", "SourceHut")


def build_header(data: PageData, path: str) -> Blocks:
    """Facts of the file, then its problems."""
    file, relations = data.file(path), data.file_relations(path)
    rows: tuple[tuple[str, Inlines], ...] = (
        ("Kind", _kind(data, file.entry)),
        ("Language", parts.text_cell(parts.language_title(file.entry.language))),
        ("Size", parts.text_cell(_size(file))),
        ("Encoding", _encoding(file)),
        ("Licence", _license(relations)),
        ("Last change", parts.text_cell(_history(relations))),
        ("Authors", parts.text_cell(_authors(relations))),
        ("Owners", parts.owner_inlines(relations.owners, relations.owners_at, path)),
        ("See also", parts.join(filter(None, (_keywords(file), _forge(data.forge_url(path)))))),
    )
    facts = Facts(tuple(row for row in rows if row[1]))
    return (parts.trail(path), *((facts,) if facts.rows else ()), *_warnings(file, relations))


def _kind(data: PageData, entry: Entry) -> Inlines:
    if entry.kind is EntryKind.TEXT:
        return ("executable",) if entry.executable else ()
    if entry.kind is EntryKind.SYMLINK:
        return ("symbolic link to ", _link_target(data, entry))
    if entry.kind is EntryKind.SUBMODULE:
        pinned: Inlines = (" pinned at commit ", Code(entry.target)) if entry.target else ()
        return ("submodule", *pinned)
    if entry.kind is EntryKind.POINTER:
        return (f"Git LFS pointer, {count(entry.target_size, 'byte')}",)
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


def _size(file: File) -> str:
    """``120 lines (90 code, 20 comments, 10 blank), 3.1 KiB (3,210 bytes)``, without what there is none of.

    Only programs have lines of code.
    """
    if file.entry.kind in _WITHOUT_SIZE:
        return ""
    lines = file.facts.lines
    code = lines.code if language(file.entry.language).is_code else 0
    one, many = _REMARKS.get(file.entry.language, ("comment", "comments"))
    kinds = (("code", code), (one if lines.comment == 1 else many, lines.comment), ("blank", lines.blank))
    shares = ", ".join(f"{number:,} {kind}" for kind, number in kinds if number)
    counted = f"{count(lines.total, 'line')}{f' ({shares})' if shares else ''}, " if lines.total else ""
    return f"{counted}{human_size(file.entry.size)}" if file.entry.size else "empty"


def _encoding(file: File) -> Inlines:
    is_text = file.entry.kind is EntryKind.TEXT
    encoding = file.facts.encoding
    return (encoding,) if is_text and encoding.lower() not in {"utf-8", "utf8", "ascii", ""} else ()


def _license(relations: FileRelations) -> Inlines:
    place = parts.at_ref(relations.license_at, relations.path)
    if not relations.license:
        return ("see ", *place) if place else ()
    return (relations.license, *parts.bracketed(place))


def _history(relations: FileRelations) -> str:
    history = relations.history
    if history is None:
        return ""
    since = f", the first on {history.created}" if history.created != history.last_changed else ""
    commits = f"{count(history.commits, 'commit')} by {count(history.authors, 'author')}"
    return f"{history.last_changed}; {commits}{since}"


def _authors(relations: FileRelations) -> str:
    history = relations.history
    return ", ".join(f"{name} ({commits:,})" for name, commits in history.names) if history else ""


def _forge(url: str) -> Inlines:
    if not url:
        return ()
    host = url.partition("://")[2].partition("/")[0]
    name = next((name for name in _FORGES if name.lower() in host), host)
    return (Url(url, f"View on {name}" if name else url),)


def _keywords(file: File) -> Inlines:
    facts = file.facts
    if not (facts.symbols or facts.imports):
        return ()
    number = count(file.keywords, "keyword") if facts.symbols else "imported names"
    return (Ref(PageKind.FILE_KEYWORDS, file.entry.path, number, code=False),)


def _warnings(file: File, relations: FileRelations) -> Blocks:
    return tuple(
        Warn((problem.message, *parts.bracketed(_problem_place(file, problem.line))))
        for problem in (*file.problems, *relations.unchecked)
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
    """How the file is wired, who tests it, what it contains: one row each."""
    file, relations = data.file(path), data.file_relations(path)
    rows = (
        ("Imported by", _importers(relations)),
        ("Imports", _imports(relations)),
        ("Tested by", _links(relations.tests.direct, _here(path, "{} more", "named-tests"), named=True)),
        ("Used by tests", _testing(relations)),
        ("Tests", _links(relations.tests.subjects, _here(path, "{} more files", "subjects"), named=True)),
        ("Uses", _links(relations.tests.subjects, _here(path, "{} more files", "used"), named=False)),
        ("Covered", covered_row(relations)),
        ("Defines", parts.text_cell(_contents(file))),
        ("In use", _usage(file, relations)),
        ("Open notes", _open_notes(file)),
        ("Findings", overview_of_findings(relations, is_empty=not file.facts.lines.code)),
    )
    known = tuple(row for row in rows if row[1])
    return (Facts(known),) if known else ()


def _here(path: str, text: str, anchor: str) -> Ref:
    """Link to a place further down on the page."""
    return Ref(PageKind.FILE, path, text, anchor, code=False)


def _importers(relations: FileRelations) -> Inlines:
    paths = [end.path for end in relations.imported_by]
    return parts.first_files(paths, _here(relations.path, "{} more files", "imported-by"))


def _imports(relations: FileRelations) -> Inlines:
    clauses: list[Inlines] = []
    if relations.imports:
        files = count(len(relations.imports), "file")
        clauses.append((_here(relations.path, files, "imports-here"), " of this repository"))
    modules = (
        (len(relations.standard), "module", " of the standard library"),
        (len(relations.third_party), "third-party module", ""),
        (len(relations.unknown), "module", " not in this repository, the standard library or a manifest"),
    )
    clauses += [(f"{count(number, noun)}{where}",) for number, noun, where in modules if number]
    return parts.join(clauses)


def _links(links: Sequence[TestLink], rest: Ref, *, named: bool) -> Inlines:
    """What a name says, which is a claim of its author, apart from what is only used."""
    return parts.first_files([link.path for link in links if link.named is named], rest)


def _testing(relations: FileRelations) -> Inlines:
    direct = _links(relations.tests.direct, _here(relations.path, "{} more", "direct-tests"), named=False)
    indirect = sum(number for _, number in relations.tests.indirect)
    clauses = [direct] if direct else []
    if indirect:
        files = count(indirect, "test file")
        clauses.append((_here(relations.path, files, "indirect-tests"), " through other files"))
    return parts.join(clauses, "; ")


def _contents(file: File) -> str:
    symbols = [symbol for symbol in file.facts.symbols if not symbol.local]
    if not symbols:
        return ""
    local = local_ones(len(file.facts.symbols) - len(symbols))
    if file.entry.language == "c":  # functions are often declared before they are defined
        symbols = list({(symbol.kind, symbol.qualname): symbol for symbol in symbols}.values())
    public = sum(symbol.visibility == "public" for symbol in symbols)
    hidden = _hidden(public, len(symbols)) if public < len(symbols) else ""
    return f"{counted_kinds(symbol.kind for symbol in symbols)}{local}{hidden}"


def _hidden(public: int, total: int) -> str:
    if not public:
        return "; not public" if total == 1 else "; none of them public"
    return f"; {public:,} of these {total:,} {'is' if public == 1 else 'are'} public"


def _usage(file: File, relations: FileRelations) -> Inlines:
    names = len({use.name for use in relations.uses})
    if not names:
        return ()
    users = {use.path for use in relations.uses}
    if len(users) == 1 and users <= {end.path for end in relations.imported_by}:
        return ()  # the only importer is named already
    files = len(users)
    link = Ref(PageKind.FILE_KEYWORDS, relations.path, count(names, "name"), "users", code=False)
    return (link, f" in {parts.counted_users(files, file.entry.language, 'other file')}")


def _open_notes(file: File) -> Inlines:
    notes = file.facts.notes
    return (_here(file.entry.path, f"{len(notes):,}", "notes"),) if notes else ()
