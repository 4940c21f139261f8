"""No two pages of ours are written to one place, whichever builder writes them and whatever the files are called."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_repodoc.core.names import WHOLE_KINDS, PageKey, PageKind, PageNames, Suffixes, folders_of
from sphinx_repodoc.sphinx_ext.written import output_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builds.sample import Project
    from sphinx.builders import Builder

LONGEST = 255
"""Bytes that file systems allow for a name."""
SUFFIXES = (".html", ".php", "", ".md", "_x")
"""Values of ``html_file_suffix``."""
BESIDE = (".doctree", ".pot")
"""What Sphinx appends besides the suffixes of its builders."""
STEMS = ("index", "doc", "sub", "keywords", "book-a", "a", "a.py", "A", "~long", "con", "ß", "É")
ENDS = (
    "", "~", ".", ".kw", ".kw.html", ".html", ".HTML", ".php", ".md", "_x", ".htm", ".xhtml", ".doctree", ".txt", ".xml",
    ".pseudoxml", ".fjson", ".fpickle", ".pickle", ".pot", ".tex", "." + "l" * 200,
)  # fmt: skip
LETTERS = ("a", "#1", "aé1", "a\u0e91", "b" * 300, "b" * 301, "é" * 300)
NAMES = [f"{stem}{end}" for stem in STEMS for end in ENDS]


@pytest.fixture(scope="module")
def builders(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Builder]]:
    """Every builder of Sphinx that writes a file for each document, with each suffix of HTML."""
    folder = tmp_path_factory.mktemp("builders")
    found: dict[tuple[str, ...], tuple[str, Builder]] = {}
    for suffix in SUFFIXES:
        source = folder / f"source{suffix}"
        source.mkdir()
        (source / "index.rst").write_text("Title\n=====\n")
        options = {"html_file_suffix": suffix, "html_theme": "basic", "applehelp_bundle_id": "org.example"}
        app = Sphinx(
            source,
            None,
            folder / "out",
            folder / f"trees{suffix}",
            "html",
            options,
            status=None,
            warning=None,
        )
        for name in sorted(app.registry.builders):
            builder = app.registry.create_builder(app, name, BuildEnvironment(app))
            written = output_path(builder, "x") is not None and name != "singlehtml"
            if written and (name in {"html", "dirhtml"} or suffix == SUFFIXES[0]):
                builder.init()
                paths = tuple(str(output_path(builder, docname)) for docname in ("x", "x/index"))
                found.setdefault(paths, (suffix, builder))  # those of help systems write as html does
    assert len(found) >= len({"xhtml", "fjson", "fpickle", "txt", "xml", "pseudoxml"}) + 2 * len(SUFFIXES)
    return [*found.values()]


def docnames(names: PageNames) -> Iterator[str]:
    keys = [PageKey(kind) for kind in WHOLE_KINDS]
    keys += [PageKey(PageKind.BOOK_PART, folder) for folder in names.folders if "/" not in folder]
    keys += [PageKey(PageKind.KEYWORD_INDEX, letters) for letters in LETTERS]
    for kind in (PageKind.FOLDER, PageKind.FOLDER_DOC, PageKind.FOLDER_KEYWORDS):
        keys += [PageKey(kind, folder) for folder in names.folders]
    for kind in (PageKind.FILE, PageKind.FILE_KEYWORDS):
        keys += [PageKey(kind, path) for path in names.files]
    for key in keys:
        docname = names.docname(key)
        assert docname is not None
        yield docname


def place(path: str) -> str:
    """A path as a file system has it that tells neither case nor Unicode forms apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def assert_apart(paths: list[str], builders: list[tuple[str, Builder]]) -> None:
    folders = set(folders_of(paths))
    files = [path for path in paths if path not in folders]
    for suffix, builder in builders:
        suffixes = Suffixes(html=suffix, builder=getattr(builder, "out_suffix", ""))
        names = PageNames(files, "repo", suffixes)
        pages = [*docnames(names)]
        written = [str(output_path(builder, docname)) for docname in pages]
        for outputs in (written, *([f"{docname}{end}" for docname in pages] for end in BESIDE)):
            places = [place(path) for path in outputs]
            assert len(set(places)) == len(places), (builder.name, suffix, _twice(places))
            above = set(folders_of(places))
            assert not above & set(places), (builder.name, suffix, above & set(places))
            assert max(len(part.encode()) for path in outputs for part in path.split("/")) <= LONGEST


def _twice(places: list[str]) -> set[str]:
    return {each for each in places if places.count(each) > 1}


def test_every_pair_of_awkward_names(builders: list[tuple[str, Builder]]) -> None:
    """Names of our own pages with every suffix of a builder, as files and as folders, in the root and below."""
    assert_apart(NAMES, builders)
    for odd in (0, 1):
        mixed = [f"{name}/index.html" if number % 2 == odd else name for number, name in enumerate(NAMES)]
        assert_apart([*mixed, *(f"pkg/{name}" for name in mixed)], builders)


COMPONENT = st.one_of(
    st.sampled_from(NAMES),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=8).filter(
        lambda name: name not in {".", ".."}
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paths=st.lists(st.lists(COMPONENT, min_size=1, max_size=3).map("/".join), max_size=8))
def test_any_names(builders: list[tuple[str, Builder]], paths: list[str]) -> None:
    """Whatever the files are called, each page has a file of its own, which is no folder of another."""
    assert_apart(paths, builders)


def test_index_files_beside_folders_in_dirhtml(project: Project) -> None:
    """The page of ``index.html`` is another place than the page of its folder, and both link to each other."""
    for path in ("index.html", "pkg/index.html", "site.html/a.txt", "index.html.d/b.txt"):
        project.write(path, "<p>text</p>\n")
    build = project.build("dirhtml", "-W", "-n")
    assert build.status == 0, build.warnings
    folder = project.out / "dirhtml/repo/pkg"
    assert 'href="index.html~/"' in (folder / "index.html").read_text("utf-8")
    assert "text" in (folder / "index.html~/index.html").read_text("utf-8")
    again = project.build("dirhtml", "-W", "-n")
    assert (again.status, again.read) == (0, ())


@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_path_of_many_folders(project: Project, builder: str) -> None:
    """Its pages are written, and lead to the folders around them."""
    project.write("/".join(["d"] * 250) + "/deep.py", "def deep():\n    pass\n")
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    keep = "/".join(["d"] * 250)
    project.write("docs/conf.py", f'{conf}repodoc_include = ["/{keep}/deep.py", "/pkg/"]\n')
    build = project.build(builder, "-W")
    assert build.status == 0, build.warnings
    (page,) = (project.out / builder).rglob("deep.py.html" if builder == "html" else "deep.py.txt")
    assert "deep" in page.read_text("utf-8")


HOSTILE = (
    b"caf\xe9/m\xfcll.py", b"c\x01trl/a\x07.py", b"q\"'/<&>.py", b"new\nline/x\ny.py", b"a\tb.md", b"\\x41.py", b"\xff",
    "\u202ertl\u200f/\u202egnp.py".encode(), "\ufffe\U0001ffff.py".encode(), "\x85nel\u2028ls.py".encode(),
    b"\xed\xa0\x80surrogate.py", b"-dash/-x.py", b"a%00b/#h?.py", b"con/aux.txt", b"nul", b"n" * 250 + b".py",
    b"[x]*{y}/`r`_|s|.py", b" space /end .py",
)  # fmt: skip


def test_hostile_names_in_every_kind_of_output(project: Project) -> None:
    """Names of any bytes are written, by builders for people and by those for programs, without a warning."""
    for name in HOSTILE:
        place = project.root / os.fsdecode(name)
        place.parent.mkdir(exist_ok=True)
        place.write_text('"""Documented."""\ndef function():\n    pass\n')
    (project.root / "link").symlink_to(os.fsdecode(HOSTILE[0]))
    for builder in ("xml", "html", "text", "latex"):
        build = project.build(builder, "-W", "-n")
        assert build.status == 0, build.warnings
    written = [ET.parse(path).getroot() for path in (project.out / "xml").rglob("*.xml")]  # noqa: S314
    titles = {
        "".join(title.itertext()) for root in written if (title := root.find("section/title")) is not None
    }
    assert {"caf\\xe9/m\\xfcll.py", "con/aux.txt", "a%00b/#h?.py"} <= titles
