"""Paths of the repository become docnames that no system refuses and no two files share."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_repodoc.core.model import Symbol
from sphinx_repodoc.core.names import (
    WHOLE_KINDS,
    PageKey,
    PageKind,
    PageNames,
    folders_of,
    symbol_anchors,
    way_down,
)

FOLDER_KINDS = (PageKind.FOLDER, PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS)
FILE_KINDS = (PageKind.FILE, PageKind.FILE_KEYWORDS)


def all_docnames(names: PageNames) -> list[str]:
    keys = [PageKey(kind) for kind in WHOLE_KINDS]
    keys += [PageKey(kind, folder) for kind in FOLDER_KINDS for folder in names.folders]
    keys += [PageKey(kind, path) for kind in FILE_KINDS for path in names.files]
    keys += [PageKey(PageKind.FINDINGS, "security")]
    keys += [PageKey(PageKind.BOOK_PART, folder) for folder in names.folders if "/" not in folder]
    return [names.docname(key) or "" for key in keys]


def test_docnames_mirror_paths() -> None:
    """An ordinary path is its docname, with the pages of its file and folder beside it."""
    names = PageNames(["pkg/core/mod.py", "README.md", ".github/workflows/ci.yml"], "repo")
    assert names.docname(PageKey(PageKind.FILE, "pkg/core/mod.py")) == "repo/pkg/core/mod.py"
    assert names.docname(PageKey(PageKind.FILE_KEYWORDS, "pkg/core/mod.py")) == "repo/pkg/core/mod.py.kw"
    assert names.docname(PageKey(PageKind.FOLDER, "pkg/core")) == "repo/pkg/core/index"
    assert names.docname(PageKey(PageKind.FOLDER_DOC, "pkg")) == "repo/pkg/doc"
    assert names.docname(PageKey(PageKind.FOLDER)) == "repo/index"
    assert (
        names.docname(PageKey(PageKind.FILE, ".github/workflows/ci.yml")) == "repo/.github/workflows/ci.yml"
    )
    assert names.docname(PageKey(PageKind.KEYWORD_INDEX, "ab")) == "repo/keywords-ab"
    assert names.docname(PageKey(PageKind.FILE, "gone.py")) is None


@pytest.mark.parametrize(
    ("path", "docname"),
    [
        ("index", "repo/index~"),
        ("pkg/doc", "repo/pkg/doc~"),
        ("keywords", "repo/keywords~"),
        ("pkg/keywords", "repo/pkg/keywords"),
        ("a.kw", "repo/a.kw~"),
        ("doc/a", "repo/doc~/a"),
        ("site.html/a", "repo/site.html~/a"),
        ("what?#%", "repo/what~3F~23~25"),
        ("con.py", "repo/~63on.py"),
        ("end.", "repo/end~2E"),
        ("a~b", "repo/a~7Eb"),
    ],
)
def test_names_that_would_collide_or_break_are_escaped(path: str, docname: str) -> None:
    """Our own page names, output suffixes, and what URLs and Windows refuse are escaped."""
    assert PageNames([path], "repo").docname(PageKey(PageKind.FILE, path)) == docname


def test_names_that_differ_by_case_only_stay_apart() -> None:
    """On a file system that folds case their pages are still different files."""
    names = PageNames(["README", "Readme", "readme", "Makefile"], "repo")
    docnames = all_docnames(names)
    assert len({docname.casefold() for docname in docnames}) == len(docnames)
    assert names.files["Makefile"] == "repo/Makefile"


COMPONENT = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)
PATHS = st.lists(
    st.lists(
        st.one_of(
            COMPONENT, st.sampled_from(["index", "Doc", "doc", "sub", "a.kw", "a", "A", "keywords", "book"])
        ),
        min_size=1,
        max_size=3,
    ).map("/".join),
    max_size=12,
)


@given(PATHS)
def test_no_two_pages_share_a_docname(paths: list[str]) -> None:
    """Whatever the files are called, every page has a name of its own that a URL path can hold."""
    folders = set(folders_of(paths))
    names = PageNames([path for path in paths if path not in folders], "repo")
    docnames = all_docnames(names)
    assert len(set(docnames)) == len(docnames)
    assert not any(re.search(r'[\x00-\x1f<>:"|?*\\#%]', docname) for docname in docnames)


@given(PATHS)
def test_no_output_file_is_also_a_folder(paths: list[str]) -> None:
    """``x.html`` of a page and a folder of that name would fight for one place on disk, in html and dirhtml."""
    folders = set(folders_of(paths))
    names = PageNames([path for path in paths if path not in folders], "repo")
    docnames = all_docnames(names)
    html = {f"{docname}.html".casefold() for docname in docnames}
    parents = {parent for path in html for parent in _parents(path)}
    assert not html & parents
    dirhtml = [docname if docname.endswith("/index") else f"{docname}/index" for docname in docnames]
    assert len({path.casefold() for path in dirhtml}) == len(dirhtml)


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def test_anchors_are_unique_and_do_not_move_with_lines() -> None:
    """Overloads are numbered; a symbol keeps its anchor when lines are added above it."""

    def symbols(shift: int) -> list[Symbol]:
        names = ["f", "f", "A.f", "operator ()"]
        return [
            Symbol(name=n, qualname=n, kind="function", line=i + shift, end_line=i + shift)
            for i, n in enumerate(names, 1)
        ]

    assert symbol_anchors(symbols(0)) == ("sym-f", "sym-f~2", "sym-A.f", "sym-operator_()")
    assert symbol_anchors(symbols(0)) == symbol_anchors(symbols(7))


def test_deep_and_long_paths_have_docnames_that_fit() -> None:
    """Below a depth, or a length, that no system takes for a path, names begin again at the root, and stay apart."""
    deep = ["/".join(["d"] * depth) + "/x.py" for depth in range(1, 1500)]
    long = ["/".join(["n" * 200] * depth) + "/x.py" for depth in range(1, 60)]
    docnames = [*PageNames([*deep, *long], "repo").files.values()]
    assert len(set(docnames)) == len(deep) + len(long)
    assert max(docname.count("/") for docname in docnames) < 70
    assert max(len(docname) for docname in docnames) < 2000
    assert "repo/" + "d/" * 21 + "x.py" in docnames


def test_of_a_long_way_the_middle_is_left_out() -> None:
    """One entry stands for the folders between, and leads to the last of them."""
    names = [str(number) for number in range(100)]
    way = [*way_down(names)]
    assert len(way) == 25
    assert way[0] == ("0", "0/")
    assert way[8] == ("/".join(names[:84]), "… 83/")
    assert way[-1] == ("/".join(names), "99/")
    assert [*way_down(names[:24])] == [("/".join(names[: n + 1]), f"{n}/") for n in range(24)]
