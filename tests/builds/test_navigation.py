"""The surroundings of a page: bounded, in order, and with the way back."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

from builds.sample import INDEX

from sphinx_repodoc.core.names import PageKey, PageKind, PageNames
from sphinx_repodoc.sphinx_ext.navigation import WINDOW, Navigation
from sphinx_repodoc.sphinx_ext.toctree import MOST_IN_TOCTREES

if TYPE_CHECKING:
    from builds.sample import Project


def titles(links: tuple[object, ...]) -> list[str]:
    return [link.title for link in links]  # type: ignore[attr-defined]


def test_parents_lead_from_the_front_page_to_the_page_above() -> None:
    """A keyword page lies below its file, a folder's detail page below its folder."""
    navigation = Navigation(PageNames(["a/b/c.py", "x"], "repo"))
    parents = {
        PageKey(PageKind.FOLDER): [],
        PageKey(PageKind.FILE, "x"): ["Repository"],
        PageKey(PageKind.FILE, "a/b/c.py"): ["Repository", "a/", "b/"],
        PageKey(PageKind.FILE_KEYWORDS, "a/b/c.py"): ["Repository", "a/", "b/", "c.py"],
        PageKey(PageKind.FOLDER, "a/b"): ["Repository", "a/"],
        PageKey(PageKind.FOLDER_DOC, "a/b"): ["Repository", "a/", "b/"],
        PageKey(PageKind.FOLDER_DOC): ["Repository"],
        PageKey(PageKind.KEYWORD_INDEX, "q"): ["Repository", "Keyword index"],
        PageKey(PageKind.BOOK_PART, "a"): ["Repository", "Book"],
    }
    assert {key: titles(navigation.parents(key)) for key in parents} == parents


def test_folders_come_before_files_and_neighbours_follow_that_order() -> None:
    """The first entry's neighbour before it is the page above."""
    navigation = Navigation(PageNames(["b.py", "a.py", "z/x.py"], "repo"))
    place = navigation.place(PageKey(PageKind.FILE, "a.py"))
    assert titles(place.siblings) == ["z/", "a.py", "b.py"]
    assert place.previous is not None
    assert place.next is not None
    assert (place.previous.title, place.next.title) == ("z/", "b.py")
    first = navigation.place(PageKey(PageKind.FOLDER, "z"))
    assert first.previous is not None
    assert first.previous.title == "Repository"


def test_a_large_folder_shows_a_window_and_says_how_many_are_hidden() -> None:
    """The sidebar of a page does not grow with its folder, and always holds the page itself."""
    files = [f"d/f{number:04}.py" for number in range(1000)]
    navigation = Navigation(PageNames(files, "repo"))
    for position in (0, 1, 500, 998, 999):
        place = navigation.place(PageKey(PageKind.FILE, files[position]))
        assert len(place.siblings) == 2 * WINDOW + 1
        assert len(place.siblings) + place.hidden == 1000
        assert PageKey(PageKind.FILE, files[position]) in [link.key for link in place.siblings]


def test_the_token_changes_with_neighbours_only() -> None:
    """A new file in another folder touches no page here."""
    files = ["a/x.py", "a/y.py", "b/z.py"]
    key = PageKey(PageKind.FILE, "a/x.py")
    before = Navigation(PageNames(files, "repo")).token(key)
    assert Navigation(PageNames([*files, "b/new.py"], "repo")).token(key) == before
    assert Navigation(PageNames([*files, "a/new.py"], "repo")).token(key) != before


def test_reading_on_leads_into_folders_and_out_of_them_again() -> None:
    """Every page but the last has one behind it, and all are reached."""
    names = PageNames(["a/b/c.py", "a/d.py", "e/f.py", "g.py"], "repo")
    navigation = Navigation(names)
    found = []
    place = navigation.place(PageKey(PageKind.FOLDER))
    while place.next is not None:
        found.append(place.next.key.path)
        place = navigation.place(place.next.key)
    assert found == ["a", "a/b", "a/b/c.py", "a/d.py", "e", "e/f.py", "g.py"]


def test_a_folder_shows_its_first_entries() -> None:
    """On all its pages; a file shows none."""
    files = [f"d/f{number:02}.py" for number in range(30)]
    navigation = Navigation(PageNames(files, "repo"))
    for kind in (PageKind.FOLDER, PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS):
        place = navigation.place(PageKey(kind, "d"))
        assert [link.key.path for link in place.children] == files[: 2 * WINDOW]
        assert place.more_children == 30 - 2 * WINDOW
    assert navigation.place(PageKey(PageKind.FILE, files[0])).children == ()


def test_the_token_changes_with_what_lies_in_a_folder_and_behind_it() -> None:
    """Both are shown beside the page of the folder."""
    files = ["a/x.py", "b.py"]
    for key in (PageKey(PageKind.FOLDER, "a"), PageKey(PageKind.FILE, "a/x.py")):
        before = Navigation(PageNames(files, "repo")).token(key)
        assert Navigation(PageNames([*files, "a/y.py"], "repo")).token(key) != before
        assert Navigation(PageNames([*files, "aa.py"], "repo")).token(key) != before


def test_a_toctree_of_hundreds_of_pages_is_told_with_the_remedy(project: Project) -> None:
    """A pattern that matches every page makes all of them slow; the front page alone does not."""
    for number in range(MOST_IN_TOCTREES // 2):
        project.write(f"data/{number}.txt", "A line.\n")
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text() + "show_warning_types = True\n")
    project.write("docs/index.rst", f"{INDEX}   repo/index\n")
    assert "repodoc.toctree" not in project.build().warnings
    project.write("docs/index.rst", f"{INDEX}   repo/**\n".replace("toctree::", "toctree::\n   :glob:"))
    told = [line for line in project.build().warnings.splitlines() if "repodoc.toctree" in line]
    assert len(told) == 1
    assert "index.rst" in told[0]
    assert "list 'repo/index' alone" in told[0]


def test_contents_are_kept_of_pages_in_toctrees_only(project: Project) -> None:
    """A page that comes into a toctree shows there what it does after a first build; all others share an empty list."""

    def built(out: str = "out") -> dict[str, bytes]:
        """Our pages and the one with the toctree: Sphinx does not write others of the user's again."""
        place = replace(project, out=project.out.with_name(out))
        assert place.build().status == 0
        return {name: page for name, page in place.outputs().items() if name.startswith(("repo/", "index."))}

    bare = built()
    project.write("docs/index.rst", f"{INDEX}   repo/pkg/index\n")
    listed = built()
    assert "pkg/</a>" in project.page("index").partition("toctree-wrapper")[2]
    assert listed == built("clean")
    tocs = pickle.loads((project.out / "doctrees/environment.pickle").read_bytes()).tocs  # noqa: S301 (our own)
    assert tocs["repo/pkg/index"].children
    assert tocs["repo/pkg/core.py"] is tocs["repo/pkg/app.py"]
    project.write("docs/index.rst", INDEX)
    assert built() == bare
