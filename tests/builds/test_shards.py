"""Shards: what several builds write together is what one build writes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from builds.sample import CONF, FILES, GUIDE, INDEX, Build, Project

from sphinx_repodoc import cli
from sphinx_repodoc.merge.manifest import FILENAME
from sphinx_repodoc.merge.search import loads

if TYPE_CHECKING:
    from pathlib import Path

STRICT = ("-W", "-n")
SHARDS = 'repodoc_shards = {"code": ["pkg"], "deep": ["pkg/inner/", "src"]}\n'
NAMES = ("main", "code", "deep")
MORE = {
    "pkg/odd--name's.py": "from pkg.inner.far import far\n",
    "pkg/inner/far.py": '"""Far away."""\n\n\ndef far():\n    return 1\n',
    "pkg/inner/README.md": "# Inner\n\nUsed by [the app](../app.py) and [C](../../src/main.c).\n",
    "docs/conf.py": f"{CONF}{SHARDS}numfig = True\n",
    "docs/index.rst": INDEX.replace("toctree::", "toctree::\n   :numbered:") + "   /repo/pkg/inner/far.py\n",
    "docs/guide.rst": (
        f"{GUIDE}\nSee :repo:file:`src/main.c`, :repo:sym:`far`, :doc:`/repo/src/main.c` and :doc:`/repo/pkg/odd--name's.py`.\n"
        "\n.. index:: entry\n\n.. toctree::\n   :glob:\n\n   /repo/src/*\n\n.. repo:file:: pkg/core.py\n"
    ),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with links in all directions, in prose and code."""
    sample = Project(tmp_path_factory.mktemp("shards") / "sample", tmp_path_factory.mktemp("unused"))
    for path, text in (FILES | MORE).items():
        sample.write(path, text)
    sample.git("init", "-q")
    sample.commit("start")
    return sample.root


@pytest.fixture
def repository(source: Path, tmp_path: Path) -> Path:
    """One to change."""
    return shutil.copytree(source, tmp_path / "sample")


def build(
    root: Path, out: Path, shard: str = "", *arguments: str, builder: str = "html", jobs: int = 1
) -> Project:
    """Build a shard, or the whole, without a warning."""
    project = Project(root, out)
    good(project.build(builder, *STRICT, *arguments, "-D", f"repodoc_shard={shard}", jobs=jobs))
    return project


def good(done: Build) -> Build:
    assert done.status == 0, done.warnings
    assert done.warnings == ""
    return done


def merge(out: Path, *shards: Project, builder: str = "html") -> tuple[int, Project]:
    folders = [str(shard.out / builder) for shard in shards]
    return cli.main(["merge", "-j", "2", str(out / builder), *folders]), Project(out, out)


def objects_by_name(index: dict[str, Any]) -> dict[str, Any]:
    """Sphinx numbers types of objects, and lists objects of a name, in an order that is not in the index."""
    types, names = index.pop("objtypes"), index.pop("objnames")
    index["objects"] = {
        prefix: sorted([number, types[str(kind)], names[str(kind)], *rest] for number, kind, *rest in found)
        for prefix, found in index["objects"].items()
    }
    return index


def assert_same_site(merged: Project, whole: Project, builder: str = "html") -> None:
    actual, expected = merged.outputs(builder), whole.outputs(builder)
    assert actual.keys() == expected.keys()
    different = [name for name in expected if actual[name] != expected[name] and name != "searchindex.js"]
    assert different == []
    actual_index, expected_index = (
        objects_by_name(loads(site["searchindex.js"].decode())) for site in (actual, expected)
    )
    assert actual_index == expected_index
    assert len(expected_index["docnames"]) > 40


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return build(source, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def shards(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, ...]:
    """The three, each on a machine of its own."""
    return tuple(build(source, tmp_path_factory.mktemp(name), name, jobs=2) for name in NAMES)


def test_three_shards_are_the_whole(whole: Project, shards: tuple[Project, ...], tmp_path: Path) -> None:
    """Every file, byte for byte, in whatever order they are given; the search index as an object."""
    status, merged = merge(tmp_path / "merged", *reversed(shards))
    assert status == 0
    assert_same_site(merged, whole)


def test_each_page_is_written_by_one_shard(shards: tuple[Project, ...]) -> None:
    """The longest folder that was named decides; the documents and the whole belong to the main one."""
    owners = {
        "guide": 0,
        "index": 0,
        "repo/index": 0,
        "repo/book-pkg": 0,
        "repo/tests/index": 0,
        "repo/doc": 0,
    }
    owners |= {"repo/pkg/core.py": 1, "repo/pkg/index": 1, "repo/pkg/core.py.kw": 1, "repo/pkg/sub": 1}
    owners |= {"repo/pkg/inner/far.py": 2, "repo/pkg/inner/index": 2, "repo/src/main.c": 2}
    for docname, owner in owners.items():
        having = [
            number for number, shard in enumerate(shards) if (shard.out / f"html/{docname}.html").exists()
        ]
        assert having == [owner], docname


def test_a_shard_reads_its_own_pages_only(source: Path, tmp_path: Path) -> None:
    """And the documents of the user, whose titles its pages show, with what their toctrees list."""
    project = Project(source, tmp_path)
    read = good(project.build("html", "-D", "repodoc_shard=deep")).read
    assert {name for name in read if not name.startswith("repo/")} == {"index", "guide"}
    assert {name for name in read if name.startswith("repo/")} == {
        f"repo/{path}{suffix}"
        for path in ("src/main.c", "src/util.h", "pkg/inner/far.py", "pkg/inner/README.md")
        for suffix in ("", ".kw")
    } | {f"repo/{folder}/{page}" for folder in ("src", "pkg/inner") for page in ("index", "doc", "sub")} | {
        "repo/index"
    }
    again = good(project.build("html", *STRICT, "-D", "repodoc_shard=deep"))
    assert again.read == ()
    assert "0 added, 0 changed, 0 removed" in again.output


@pytest.mark.parametrize("builder", ["dirhtml"])
def test_parts_of_equal_size_are_the_whole(source: Path, tmp_path: Path, builder: str) -> None:
    """Without any folder named: two parts, with pages that are folders, and with labels of their titles."""
    labels = ("-D", "extensions=sphinx_repodoc,sphinx.ext.autosectionlabel")
    whole = build(source, tmp_path / "whole", "", *labels, builder=builder)
    parts = [build(source, tmp_path / f"part{n}", f"{n}/2", *labels, builder=builder, jobs=2) for n in (1, 2)]
    counts = [len([*(part.out / builder / "repo").rglob("*.html")]) for part in parts]
    assert min(counts) > 10
    status, merged = merge(tmp_path / "merged", *parts, builder=builder)
    assert status == 0
    assert_same_site(merged, whole, builder)


def test_shards_with_a_real_toctree_are_the_whole(repository: Path, tmp_path: Path) -> None:
    """Every page has an entry in it then, so every shard reads all of them; one shard has no page."""
    (repository / "docs/conf.py").write_text(
        CONF + 'repodoc_shards = {"code": ["pkg"], "none": []}\n', "utf-8"
    )
    (repository / "docs/index.rst").write_text(INDEX, "utf-8")
    (repository / "docs/guide.rst").write_text(f"{GUIDE}\nSee :doc:`/repo/pkg/core.py`.\n", "utf-8")
    option = ("-D", "repodoc_toctree=1")
    whole = build(repository, tmp_path / "whole", "", *option)
    shards = [build(repository, tmp_path / name, name, *option) for name in ("main", "code", "none")]
    status, merged = merge(tmp_path / "merged", *shards)
    assert status == 0
    assert_same_site(merged, whole)


def test_another_shard_in_the_same_folders(source: Path, tmp_path: Path, whole: Project) -> None:
    """Doctrees and output of another shard, or of the whole, leave nothing behind."""
    project = Project(source, tmp_path / "same")
    for shard in ("code", "main", "", "deep"):
        done = good(project.build("html", *STRICT, "-D", f"repodoc_shard={shard}", jobs=2))
        if not shard:
            assert project.outputs() == whole.outputs()
            assert not (project.out / "html" / FILENAME).exists()
    assert done.read == ()  # the whole had read it
    clean = build(source, tmp_path / "clean", "deep")
    same, expected = (
        {k: v for k, v in each.outputs().items() if k[:8] != "_sources"} for each in (project, clean)
    )
    assert same == expected


def test_an_incremental_shard_equals_a_clean_one(repository: Path, tmp_path: Path) -> None:
    """After edits in it and elsewhere, additions and removals."""
    built = build(repository, tmp_path / "built", "code")
    changed = Project(repository, tmp_path)
    changed.write("pkg/core.py", FILES["pkg/core.py"] + "\n\ndef added():\n    return 1\n")
    changed.write("pkg/inner/new.py", "from pkg.core import added\n")
    changed.write("src/more.c", "int more;\n")
    changed.write("docs/guide.rst", MORE["docs/guide.rst"].replace("Guide", "Hints"))
    (repository / "pkg/app.py").unlink()
    (repository / "tests/test_core.py").unlink()
    changed.write("pkg/inner/README.md", "Nothing.\n")
    done = good(built.build("html", *STRICT, "-D", "repodoc_shard=code", jobs=2))
    assert "repo/pkg/inner/new.py" not in done.read
    assert "repo/pkg/core.py" in done.read
    assert built.outputs() == build(repository, tmp_path / "clean", "code").outputs()


def errors(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_missing_shard_is_told(
    shards: tuple[Project, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its name, and nothing is written; so is one that is given twice, and what is no shard."""
    assert merge(tmp_path / "merged", *shards[:2])[0] == 1
    assert "the shard 'deep' is missing" in errors(capsys)
    assert merge(tmp_path / "merged", *shards, shards[0], Project(tmp_path, tmp_path))[0] == 1
    assert "is not the output of a shard" in errors(capsys)
    twice = shutil.copytree(shards[0].out, tmp_path / "twice")
    assert merge(tmp_path / "merged", *shards, Project(tmp_path, twice))[0] == 1
    assert "the shard 'main' is there twice" in errors(capsys)
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("pkg/core.py", "x = 1\n", "state of the repository"),
        ("docs/guide.rst", MORE["docs/guide.rst"] + "\nMore.\n", "state of the documents"),
        ("docs/conf.py", MORE["docs/conf.py"] + "html_show_sphinx = False\n", "configuration"),
    ],
)
def test_a_shard_of_another_state_is_told(  # noqa: PLR0917
    repository: Path,
    shards: tuple[Project, ...],
    path: str,
    text: str,
    what: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With what differs: a clone elsewhere does not."""
    same = build(repository, tmp_path / "same", "deep")
    assert merge(tmp_path / "first", *shards[:2], same)[0] == 0
    (repository / path).write_text(text, "utf-8")
    other = build(repository, tmp_path / "other", "deep")
    assert merge(tmp_path / "second", *shards[:2], other)[0] == 1
    assert f"was built from another {what} than" in errors(capsys)


def test_links_into_another_shard_are_checked(
    shards: tuple[Project, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those to a page that is not there, and those to a place that the page does not have."""
    copies = [shutil.copytree(shard.out, tmp_path / name) for name, shard in zip(NAMES, shards, strict=True)]
    page = copies[2] / "html/repo/pkg/inner/far.py.html"
    page.write_text(page.read_text("utf-8").replace('id="sym-far"', 'id="gone"'), "utf-8")
    projects = [Project(tmp_path, copy) for copy in copies]
    assert merge(tmp_path / "merged", *projects)[0] == 1
    messages = errors(capsys)
    assert "guide.html links to 'repo/pkg/inner/far.py.html#sym-far': the page has no such place" in messages
    assert "repo/sub.html links to 'pkg/inner/far.py.html#sym-far'" in messages
    page.unlink()
    assert merge(tmp_path / "again", *projects)[0] == 1
    assert "the page 'repo/pkg/inner/far.py' is missing" in errors(capsys)


def test_a_page_that_two_shards_have_is_told(
    shards: tuple[Project, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of them is stale, and nobody can tell which."""
    copy = shutil.copytree(shards[1].out, tmp_path / "code")
    shutil.copy(shards[0].out / "html/guide.html", copy / "html/guide.html")
    assert merge(tmp_path / "merged", shards[0], Project(tmp_path, copy), shards[2])[0] == 1
    assert "the page 'guide' of the shard 'main' is also in" in errors(capsys)


@pytest.mark.parametrize(
    ("builder", "shard", "conf", "message"),
    [
        ("html", "nowhere", "", "names no shard: 'nowhere'; there are main"),
        ("html", "3/2", "", "only 2 parts"),
        ("html", "a b", "", "must be the name of a shard"),
        ("html", "main", 'repodoc_shards = {"a": ["pkgs"]}\n', "names no folder of the repository: 'pkgs'"),
        (
            "html",
            "a",
            'repodoc_shards = {"a": ["src"], "b": ["src"]}\n',
            "'src' is in two shards: 'a' has it",
        ),
        ("html", "a", 'repodoc_shards = {"a": "src"}\n', "repodoc_shards must be a dictionary"),
        ("text", "1/2", "", "the builder 'text' builds everything"),
    ],
)
def test_shards_that_cannot_be_are_told(
    project: Project, builder: str, shard: str, conf: str, message: str
) -> None:
    """By warnings that can be suppressed by type."""
    project.write("docs/conf.py", CONF + conf)
    for path in ("tests/test_core.py", "src/main.c", "pkg/app.py"):
        (project.root / path).unlink()
    done = project.build(builder, "-D", f"repodoc_shard={shard}", "-D", "show_warning_types=1")
    assert message in done.warnings
    assert "[repodoc.shard]" in done.warnings or "[repodoc.config]" in done.warnings
