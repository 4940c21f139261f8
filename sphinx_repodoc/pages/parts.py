"""Pieces that the pages share: links, evidence and lists that fold.

A list that is one section among others shows :data:`SHOWN` items and folds the
rest. A list that its page exists for (the table of a folder's files, an index)
is shown whole: a reader looks something up in it, and finding text in a page
does not look into closed folds everywhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import C_FAMILY, language
from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.names import PageKind, symbol_anchors, way_down
from sphinx_repodoc.pages.blocks import Code, Fold, Item, Items, Para, Ref, Strong, Table, Trail
from sphinx_repodoc.pages.prose import sentence
from sphinx_repodoc.pages.words import capitalised, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_repodoc.analyze.model import Command, Concept, Evidence, FileNote, Role
    from sphinx_repodoc.core.model import Note
    from sphinx_repodoc.pages.blocks import Blocks, Inline, Inlines

SHOWN = 20
"""Items of a list before the fold: what fits on a screen."""

_NAMED = 3
"""Files that a line names before it counts the rest."""

ROOT_NAME = "Repository"

_LINES = re.compile(r"\bline \d+\b|\blines \d+(?:, \d+)*(?: and \d+\b(?! more))?")
"""Lines as :func:`sphinx_repodoc.analyze.words.lines` names them; ``and 7 more`` is no line."""


def join(groups: Iterable[Inlines], separator: str = ", ") -> Inlines:
    """Inlines one after the other with a separator between."""
    out: list[Inline] = []
    for group in groups:
        if out:
            out.append(separator)
        out.extend(group)
    return tuple(out)


def file_ref(path: str, text: str = "") -> Ref:
    """Link to a file page; its text is the path unless another is given."""
    return Ref(PageKind.FILE, path, text or path)


def folder_ref(path: str, kind: PageKind = PageKind.FOLDER, text: str = "") -> Ref:
    """Link to a page of a folder; its text is the path with a slash, or the name of the root."""
    if text:
        return Ref(kind, path, text, code=False)
    return Ref(kind, path, f"{path}/") if path else Ref(kind, path, ROOT_NAME, code=False)


def trail(path: str, own: Ref | None = None, last: str = "") -> Trail:
    """Link the folders above a path; its own name ends the trail.

    :param own: link to the page of the path, for a page below that.
    :param last: name of the page below.
    """
    names = path.split("/") if path else []
    above = way_down(names[:-1])
    steps = [folder_ref(""), *(folder_ref(folder, text=text.rstrip("/")) for folder, text in above)]
    if own is None:
        return Trail((*steps, *names[-1:]))
    return Trail((*(steps if path else ()), own, last))


def line_ref(path: str, line: int, end_line: int = 0) -> Ref:
    """Link to a line of a file, from a place where the file is known."""
    text = f"lines {line}-{end_line}" if end_line > line else f"line {line}"
    return Ref(PageKind.FILE, path, text, f"L{line}", code=False)


def line_refs(path: str, lines: Sequence[int]) -> Inlines:
    """``line 3`` or ``lines 3, 8``, every number linked."""
    if len(lines) == 1:
        return (line_ref(path, lines[0]),)
    refs = [(Ref(PageKind.FILE, path, str(line), f"L{line}", code=False),) for line in lines]
    return ("lines ", *join(refs)) if refs else ()


def place_ref(path: str, line: int, own: str) -> Inlines:
    """Link to the place of a piece of evidence; empty when it has none.

    :param own: path of the page's file, whose lines need no path.
    """
    if line and path in {"", own}:
        return (line_ref(own, line),)
    if not path or path == own:
        return ()
    return (Ref(PageKind.FILE, path, f"{path}:{line}", f"L{line}") if line else file_ref(path),)


def at_ref(at: str, own: str = "") -> Inlines:
    """:func:`place_ref` for a place written ``path:line``."""
    path, _, line = at.rpartition(":")
    return place_ref(path, int(line), own) if path and line.isdecimal() else place_ref(at, 0, own)


def bracketed(inlines: Inlines) -> Inlines:
    """In parentheses, behind a space; nothing stays nothing."""
    return (" (", *inlines, ")") if inlines else ()


def cited(evidence: Evidence, own: str = "") -> Inlines:
    """Give the clause of a piece of evidence and its place, linked in the clause if that names the line."""
    if evidence.line and evidence.path in {"", own}:
        before, named, after = _partition(rf"\bline {evidence.line}\b", evidence.text)
        if named:
            return tuple(filter(None, (before, line_ref(own, evidence.line), after)))
    elif evidence.path not in {"", own}:
        name = evidence.path.rpartition("/")[2]
        before, named, after = _partition(rf"(?<![\w./-]){re.escape(name)}(?![\w/-])", evidence.text)
        if named:
            anchor = f"L{evidence.line}" if evidence.line else ""
            return tuple(filter(None, (before, Ref(PageKind.FILE, evidence.path, name, anchor), after)))
    return (evidence.text, *bracketed(place_ref(evidence.path, evidence.line, own)))


def _partition(pattern: str, text: str) -> tuple[str, bool, str]:
    match = re.search(pattern, text)
    return (text[: match.start()], True, text[match.end() :]) if match else (text, False, "")


def with_lines(text: str, path: str) -> Inlines:
    """Link ``line 3`` and the numbers of ``lines 3, 5 and 9`` in a clause to the lines of a file."""
    out: list[Inline] = []
    end = 0
    for match in _LINES.finditer(text):
        out += (text[end : match.start()], *_linked_numbers(match[0], path))
        end = match.end()
    return tuple(filter(None, (*out, text[end:])))


def _linked_numbers(text: str, path: str) -> Inlines:
    if text.startswith("line "):
        return (line_ref(path, int(text.removeprefix("line "))),)
    pieces = re.split(r"(\d+)", text)
    return tuple(
        Ref(PageKind.FILE, path, piece, f"L{piece}", code=False) if piece.isdecimal() else piece
        for piece in pieces
        if piece
    )


def clauses(reasons: Sequence[str], path: str) -> Inlines:
    """Join reasons to one clause, with the lines in it linked to a file."""
    return with_lines(", ".join(reasons), path)


def role_blocks(roles: Sequence[Role], own: str = "") -> Blocks:
    """Say what a file or folder is for, each with the evidence."""
    return tuple(
        Para((Strong(capitalised(role.name)), ": ", *cited(role.evidence, own), ".")) for role in roles
    )


def command_items(commands: Sequence[Command], own: str = "") -> tuple[Item, ...]:
    """Shell commands with the evidence that they are right here, and what has to be done before."""
    return tuple(
        Item((Code(command.text), " — ", *cited(command.evidence, own), *_before(command, own)))
        for command in commands
    )


def _before(command: Command, own: str) -> Inlines:
    if command.compiled is None:
        return ()
    return ("; extension modules have to be built in place first: ", *cited(command.compiled, own))


def owner_inlines(owners: Sequence[str], owners_at: str, own: str = "") -> Inlines:
    """Owners and the rule that names them."""
    return (*join((Code(owner),) for owner in owners), *bracketed(at_ref(owners_at, own)))


def counted_users(number: int, name: str, noun: str = "file") -> str:
    """Count the files that use a name: in C and its like only those that include its header themselves are known.

    :param name: of the language.
    """
    if name in C_FAMILY:
        return f"{number:,} file{' that includes' if number == 1 else 's that include'} it"
    return count(number, noun)


def note_item(note: Note | FileNote, place: Inlines) -> Item:
    """Show what a comment leaves to be done, and where."""
    return Item((Strong(note.kind), f" {note.text} " if note.text else " ", *place))


def folded(items: Sequence[Item], style: str = "", more: str = "and {} more") -> Blocks:
    """Make a list whose items after the first :data:`SHOWN` are folded.

    :param more: the summary, with a place for how many are inside.
    """
    if len(items) <= SHOWN:
        return (Items(tuple(items), style),) if items else ()
    rest = tuple(items[SHOWN:])
    summary = more.format(f"{len(rest):,}")
    return (Items(tuple(items[:SHOWN]), style), Fold((summary,), (Items(rest, style),)))


def table(head: Sequence[str], rows: Sequence[Sequence[Inlines]], numeric: Iterable[int] = ()) -> Blocks:
    """Make a table without the columns in which every cell is empty."""
    if not rows:
        return ()
    kept = [index for index in range(len(head)) if any(row[index] for row in rows)]
    numbers = frozenset(numeric)
    return (
        Table(
            tuple(head[index] for index in kept),
            tuple(tuple(row[index] for index in kept) for row in rows),
            tuple(new for new, old in enumerate(kept) if old in numbers),
        ),
    )


def folded_table(
    head: Sequence[str], rows: Sequence[Sequence[Inlines]], numeric: Sequence[int] = ()
) -> Blocks:
    """Make a table whose rows after the first :data:`SHOWN` are folded."""
    shown = table(head, rows[:SHOWN], numeric)
    rest = rows[SHOWN:]
    return (*shown, Fold((f"and {len(rest):,} more",), table(head, rest, numeric))) if rest else shown


def number(value: int) -> Inlines:
    """Make a cell with a number; empty for none."""
    return (f"{value:,}",) if value else ()


def text_cell(text: str) -> Inlines:
    """Make a cell with text, which may be empty."""
    return (text,) if text else ()


def language_title(name: str) -> str:
    """Name of a language as people write it; one that no table knows as it is."""
    known = language(name)
    return known.title if known.name else name


def scope_of(name: str, qualname: str) -> str:
    """``ns::A`` of ``ns::A::f``; empty when the qualified name does not end in the name."""
    return qualname[: -len(name)].rstrip(".:/#") if qualname.endswith(name) else ""


def first_files(paths: Sequence[str], rest: Ref | None = None) -> Inlines:
    """Link the first files of several, and what shows the rest.

    :param rest: a link whose text has a place for the number of the rest.
    """
    few = len(paths) <= _NAMED + 1
    shown = paths if few else paths[:_NAMED]
    links = join((file_ref(path),) for path in shown)
    if few or rest is None:
        return links
    return (*links, " and ", replace(rest, text=rest.text.format(f"{len(paths) - _NAMED:,}")))


@lru_cache(maxsize=4096)
def definition_anchor(qualname: str) -> str:
    """HTML id of the first symbol with this qualified name on the page of its file."""
    return symbol_anchors((Symbol(name="", qualname=qualname, kind="", line=1, end_line=1),))[0]


def concept_item(concept: Concept) -> Item:
    """Show a symbol, where it is defined and how many files use it."""
    link = Ref(PageKind.FILE, concept.path, concept.qualname, definition_anchor(concept.qualname))
    users = f" — {concept.kind} in "
    return Item(
        (link, users, file_ref(concept.path), f", used by {count(concept.users, 'file')}"),
        note=sentence(concept.doc),
    )
