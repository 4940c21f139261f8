"""The pages of a folder, and what the root has beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.facts import FakeData, as_text, make_child, make_file, make_symbol

from sphinx_repodoc.analyze.measures import Ranked
from sphinx_repodoc.analyze.model import (
    Book,
    Chapter,
    Command,
    Concept,
    Evidence,
    FileNote,
    Flow,
    FolderRelations,
    LanguageShare,
    Part,
    Role,
)
from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.pages.folder import FOLDER_DOC_PARTS, FOLDER_KEYWORDS_PARTS, FOLDER_PARTS

if TYPE_CHECKING:
    from sphinx_repodoc.pages.data import PagePart

SRC = FolderRelations(
    path="src/pkg",
    purpose="Makes things. In two ways.",
    purpose_at="src/pkg/README.md:3",
    readme="src/pkg/README.md",
    roles=(Role(name="package", evidence=Evidence(text="it has __init__.py", path="src/pkg/__init__.py")),),
    folders=(
        make_child(
            "src/pkg/sub", kind="folder", purpose="Parts. More.", files=3, lines=1_200, symbols=7, problems=2
        ),
        make_child("src/pkg/img", kind="folder", files=1),
    ),
    files=(
        make_child(
            "src/pkg/__init__.py",
            kind="text",
            language="python",
            lines=12,
            symbols=1,
            purpose="Starts it.",
            roles=("package", "entry point"),
        ),
        make_child("src/pkg/logo.png", kind="binary", size=9, problems=1),
        make_child("src/pkg/README.md", kind="text", language="markdown", lines=5),
    ),
    total_files=7,
    total_lines=1_217,
    total_symbols=8,
    languages=(
        LanguageShare(language="python", files=4, lines=1_200, size=40_960),
        LanguageShare(language="markdown", files=1, lines=5, size=90),
    ),
    concepts=(
        Concept(name="A", qualname="A", kind="class", path="src/pkg/sub/a.py", users=4, doc="An A."),
        Concept(name="f", qualname="B.f", kind="method", path="src/pkg/__init__.py", users=1),
    ),
    concepts_total=2,
    inner=(
        Flow(source="src/pkg/__init__.py", target="src/pkg/sub", edges=1),
        Flow(source="src/pkg/sub", target="src/pkg/__init__.py", edges=2),
    ),
    outward=(
        Flow(source="src/pkg", target="lib", edges=3),
        Flow(source="src/pkg", target="util.py", edges=4),
        Flow(source="src/pkg", target="zoo", edges=1),
    ),
    inward=(Flow(source="tests", target="src/pkg", edges=1),),
    important=(Ranked(path="src/pkg/sub/a.py", count=9, purpose="All of it. Really."),),
    important_total=1,
    changed=(Ranked(path="src/pkg/__init__.py", count=30), Ranked(path="src/pkg/logo.png", count=2)),
    changed_total=40,
    commands=(Command(text="pytest src", evidence=Evidence(text="it says so", path="tox.ini", line=2)),),
    owners=("@ann",),
    owners_at="CODEOWNERS:1",
    notes=(FileNote(path="src/pkg/__init__.py", kind="TODO", line=4, text="split"),),
    notes_below=(("src/pkg/sub", 2),),
)
FILES = (
    make_file("src/pkg/__init__.py", Facts(symbols=(make_symbol("main", 3),))),
    make_file("src/pkg/sub/a.py", Facts(symbols=(make_symbol("A", 1, "class"),))),
    make_file("util.py"),
)
DATA = FakeData(files=FILES, folders=(SRC,))
EMPTY = FakeData(folders=(FolderRelations(path="src/pkg"),))
INIT = "[src/pkg/__init__.py](file src/pkg/__init__.py)"


def build(parts: tuple[PagePart, ...], part: str, data: FakeData = DATA, path: str = "src/pkg") -> str:
    return as_text({found.id: found.build for found in parts}[part](data, path))


def test_index_header_says_how_much_is_below() -> None:
    """Counts are those of the subtree; the folder's other pages are linked."""
    assert build(FOLDER_PARTS, "header") == (
        "[Repository](folder ) / [src](folder src) / pkg\n"
        "Contains: 7 files, 1,217 lines and 8 keywords\n"
        "Owners: `@ann` ([CODEOWNERS:1](file CODEOWNERS#L1))\n"
        "See also: [Documentation](folder-doc src/pkg), [All keywords](folder-keywords src/pkg)\n"
    )


def test_purpose_has_its_place_and_roles_their_evidence() -> None:
    """Whole on the folder's own page, as its author wrote it."""
    assert build(FOLDER_PARTS, "purpose") == (
        "Makes things. In two ways. ([src/pkg/README.md:3](file src/pkg/README.md#L3))\n"
        "*Package*: it has [__init__.py](file src/pkg/__init__.py).\n"
    )


def test_folders_link_the_three_pages_of_each() -> None:
    """Purposes are one sentence; a folder without keywords links none."""
    assert build(FOLDER_PARTS, "folders") == (
        "Folder | Purpose | Files | Lines | Docs | Keywords\n"
        "[sub/](folder src/pkg/sub) | Parts. | 3 | 1,200 | [docs](folder-doc src/pkg/sub) | "
        "[7](folder-keywords src/pkg/sub)\n"
        "[img/](folder src/pkg/img) | . | 1 | . | [docs](folder-doc src/pkg/img) | .\n"
    )


def test_files_say_language_or_kind() -> None:
    """A file that is no text says what it is where others have a language."""
    assert build(FOLDER_PARTS, "files") == (
        "File | Purpose | Language | Lines | Keywords | Role | Problems\n"
        "[__init__.py](file src/pkg/__init__.py) | Starts it. | Python | 12 | "
        "[1](file-keywords src/pkg/__init__.py) | package, entry point | .\n"
        "[logo.png](file src/pkg/logo.png) | . | binary | . | . | . | 1\n"
        "[README.md](file src/pkg/README.md) | . | Markdown | 5 | . | . | .\n"
    )


def test_columns_without_a_value_are_left_out() -> None:
    """A table of files of which little is known is narrow, and its numbers stay numbers."""
    folder = FolderRelations(
        path="src/pkg", files=(make_child("src/pkg/a", lines=2), make_child("src/pkg/b"))
    )
    text = build(FOLDER_PARTS, "files", FakeData(folders=(folder,)))
    assert text == "File | Lines\n[a](file src/pkg/a) | 2\n[b](file src/pkg/b) | .\n"
    (table,) = {p.id: p.build for p in FOLDER_PARTS}["files"](FakeData(folders=(folder,)), "src/pkg")
    assert table.numeric == (1,)  # type: ignore[union-attr]


def test_files_are_complete() -> None:
    """The page is the list of them: nothing is folded."""
    files = tuple(make_child(f"src/pkg/f{number}") for number in range(100))
    text = build(FOLDER_PARTS, "files", FakeData(folders=(FolderRelations(path="src/pkg", files=files),)))
    assert text.count("](file ") == 100
    assert ">" not in text


def test_folders_other_than_the_root_have_no_global_sections() -> None:
    """Overview, ways in and problems belong to the repository."""
    shown = [part.id for part in FOLDER_PARTS if part.build(DATA, "src/pkg")]
    assert shown == ["header", "purpose", "folders", "files"]


def test_doc_contents_count_and_languages() -> None:
    """Files of no language are counted, so that the table adds up."""
    assert build(FOLDER_DOC_PARTS, "contents") == (
        "It holds 3 files and 2 folders; 7 files with those below.\n"
        "Language | Files | Lines | Size\n"
        "Python | 4 | 1,200 | 40.0 KiB\n"
        "Markdown | 1 | 5 | 90 bytes\n"
        "no language known | 2 | 12 | .\n"
    )


def test_doc_languages_that_add_up_have_no_rest() -> None:
    """No row for no files."""
    share = LanguageShare(language="go", files=1, lines=2, size=3)
    folder = FolderRelations(
        path="src/pkg", files=SRC.files[:1], total_files=1, total_lines=2, languages=(share,)
    )
    assert build(FOLDER_DOC_PARTS, "contents", FakeData(folders=(folder,))) == (
        "It holds 1 file.\nLanguage | Files | Lines | Size\nGo | 1 | 2 | 3 bytes\n"
    )


def test_doc_concepts_link_their_definitions() -> None:
    """With the kind, the file and the number of files that use them."""
    assert build(FOLDER_DOC_PARTS, "concepts") == (
        "2 names defined here are used by files outside it.\n"
        "- [A](file src/pkg/sub/a.py#sym-A) — class in [src/pkg/sub/a.py](file src/pkg/sub/a.py), "
        "used by 4 files -- An A.\n"
        f"- [B.f](file src/pkg/__init__.py#sym-B.f) — method in {INIT}, used by 1 file\n"
    )


def test_doc_concepts_beyond_those_kept_are_on_the_keyword_page() -> None:
    """Twenty are shown, the others kept are folded, and the total is the true one."""
    concepts = tuple(
        Concept(name=f"c{n}", qualname=f"c{n}", kind="class", path="a.py", users=9) for n in range(50)
    )
    folder = FolderRelations(path="src/pkg", concepts=concepts, concepts_total=137)
    lines = build(FOLDER_DOC_PARTS, "concepts", FakeData(folders=(folder,))).splitlines()
    assert lines[0] == "137 names defined here are used by files outside it."
    assert lines[21] == "> and 30 more"
    assert lines[-1] == (
        "These are the 50 most used; the others are among [all keywords](folder-keywords src/pkg)."
    )


def test_doc_architecture_shows_flows_inside_out_and_in() -> None:
    """The strongest first; the other end may be a file, and is linked as one."""
    assert build(FOLDER_DOC_PARTS, "architecture") == (
        "== Inside {#inside}\n"
        "3 imports between what lies directly in it:\n"
        "From | To | Imports\n"
        f"[src/pkg/sub/](folder src/pkg/sub) | {INIT} | 2\n"
        f"{INIT} | [src/pkg/sub/](folder src/pkg/sub) | 1\n"
        "== What it imports from {#outward}\n"
        "It imports from 2 folders and 1 file outside: 8 imports.\n"
        "- [util.py](file util.py) — 4\n"
        "- [lib/](folder lib) — 3\n"
        "- [zoo/](folder zoo) — 1\n"
        "== Who imports from it {#inward}\n"
        "It is imported from 1 folder outside: 1 import.\n"
        "- [tests/](folder tests) — 1\n"
    )


def test_doc_ranks_files_by_what_depends_on_them() -> None:
    """Nothing is said of a total that the table holds."""
    assert build(FOLDER_DOC_PARTS, "important") == (
        "File | Files that use it | Purpose\n[src/pkg/sub/a.py](file src/pkg/sub/a.py) | 9 | All of it.\n"
    )


def test_doc_working_here() -> None:
    """Owners, commands, changes and notes, each with its place."""
    assert build(FOLDER_DOC_PARTS, "working") == (
        "== Owners {#owners}\n"
        "`@ann` ([CODEOWNERS:1](file CODEOWNERS#L1))\n"
        "== Commands {#commands}\n"
        "- `pytest src` — it says so ([tox.ini:2](file tox.ini#L2))\n"
        "== Most changed files {#changed}\n"
        "File | Commits\n"
        f"{INIT} | 30\n"
        "[src/pkg/logo.png](file src/pkg/logo.png) | 2\n"
        "These are the first 2 of 40 files that have a history.\n"
        "== Open notes {#notes}\n"
        "- *TODO* split [src/pkg/__init__.py:4](file src/pkg/__init__.py#L4)\n"
        "2 notes in folders below:\n"
        "- [src/pkg/sub/](folder-doc src/pkg/sub#working) — 2 notes\n"
    )


@pytest.mark.parametrize("parts", [FOLDER_PARTS, FOLDER_DOC_PARTS, FOLDER_KEYWORDS_PARTS])
def test_pages_of_a_folder_without_facts_are_headers(parts: tuple[PagePart, ...]) -> None:
    """No section says that it has nothing to say."""
    assert [part.id for part in parts if part.build(EMPTY, "src/pkg")] == ["header"]


def test_keywords_of_a_small_subtree_are_all_here() -> None:
    """Also those of the folders below."""
    assert build(FOLDER_KEYWORDS_PARTS, "subfolders") == ""
    assert build(FOLDER_KEYWORDS_PARTS, "keywords") == (
        "2 keywords of 2 files.\n"
        "[A](folder-keywords src/pkg#letters-a) · [M](folder-keywords src/pkg#letters-m)\n"
        "== A {#letters-a}\n"
        "- [A](file src/pkg/sub/a.py#sym-A) *class* src/pkg/sub/a.py\n"
        "== M {#letters-m}\n"
        "- [main](file src/pkg/__init__.py#sym-main) *function* src/pkg/__init__.py\n"
    )


@pytest.mark.parametrize(("total", "whole"), [(2_000, True), (2_001, False)])
def test_keywords_of_a_large_subtree_are_on_the_pages_below(total: int, whole: bool) -> None:
    """Its own are listed and those of each folder below counted and linked: nothing is lost."""
    folder = FolderRelations(path="src/pkg", folders=SRC.folders, total_symbols=total)
    data = FakeData(files=FILES, folders=(folder,))
    assert ("*class* src/pkg/sub/a.py" in build(FOLDER_KEYWORDS_PARTS, "keywords", data)) == whole
    assert build(FOLDER_KEYWORDS_PARTS, "subfolders", data) == (
        ""
        if whole
        else "7 keywords are on the pages of the folder below.\n"
        "Folder | Keywords\n"
        "[src/pkg/sub/](folder-keywords src/pkg/sub) | 7\n"
    )


ROOT = FakeData(
    files=(make_file("a/b/c.py", Facts(symbols=(make_symbol("f", 1),))), make_file("README.md")),
    folders=(
        FolderRelations(
            path="",
            readme="README.md",
            folders=(
                make_child("a", kind="folder", files=1, symbols=1, problems=2),
                make_child("clean", kind="folder", files=0),
            ),
            files=(make_child("README.md", problems=1),),
            total_files=2,
            total_lines=30,
            total_symbols=1,
            languages=(LanguageShare(language="python", files=2, lines=30, size=600),),
            important=tuple(Ranked(path=f"f{number}", count=9 - number) for number in range(7)),
            important_total=7,
        ),
        FolderRelations(path="a", folders=(make_child("a/b", kind="folder", problems=2),)),
        FolderRelations(path="a/b", files=(make_child("a/b/c.py", problems=2), make_child("a/b/d.py"))),
    ),
    the_book=Book(
        parts=(Part(path="a", chapters=(Chapter(path="a/b"), Chapter(path="a"))),),
        glossary=(Concept(name="f", qualname="f", kind="function", path="a/b/c.py", users=1, doc="F."),),
    ),
)


def test_root_counts_the_repository() -> None:
    """The root itself is no folder of it."""
    assert build(FOLDER_PARTS, "overview", ROOT, "") == (
        "This repository has 2 files, 2 folders, 30 lines and 1 keyword.\n"
    )


def test_root_says_where_to_find_what() -> None:
    """Each way in has its size."""
    assert build(FOLDER_PARTS, "how-to-use", ROOT, "") == (
        "- A name: the [keyword index](keyword-index ) (1 keyword)\n"
        "- A file: the [file reference](file-reference ) (2 files)\n"
        "- Where to start reading: the [book](book ) (1 part, 2 chapters)\n"
        "- What a name means: the [glossary](glossary ) (1 name)\n"
    )


def test_root_links_the_readme_and_what_most_rests_on() -> None:
    """Five files at most: the documentation page has them all."""
    lines = build(FOLDER_PARTS, "quick-links", ROOT, "").splitlines()
    assert lines[:2] == ["- [README.md](file README.md)", "- [f0](file f0) — used by 9 files"]
    assert len(lines) == 6


def test_root_lists_the_files_with_problems() -> None:
    """Of the whole repository: folders without problems are not looked into."""
    assert build(FOLDER_PARTS, "problems", ROOT, "") == (
        "2 files have problems:\n"
        "- [README.md](file README.md) — 1 problem\n"
        "- [a/b/c.py](file a/b/c.py) — 2 problems\n"
    )


def test_root_has_top_level_folders_and_no_breadcrumb() -> None:
    """It is where breadcrumbs begin."""
    assert build(FOLDER_PARTS, "folders", ROOT, "") == ""
    assert "[a/](folder a)" in build(FOLDER_PARTS, "top-folders", ROOT, "")
    assert "Location" not in build(FOLDER_PARTS, "header", ROOT, "")


def test_root_of_an_empty_repository_has_a_header() -> None:
    """Nothing is said of what is not there."""
    data = FakeData(folders=(FolderRelations(path=""),))
    assert [part.id for part in FOLDER_PARTS if part.build(data, "")] == ["header"]


def test_concepts_of_the_root_are_used_outside_their_own_file() -> None:
    """Nothing is outside the repository."""
    concept = Concept(name="f", qualname="f", kind="function", path="a.py", users=1)
    data = FakeData(folders=(FolderRelations(path="", concepts=(concept,), concepts_total=1),))
    assert build(FOLDER_DOC_PARTS, "concepts", data, "").startswith(
        "1 name defined here is used by files other than its own.\n"
    )
