from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from sphinx_repodoc.core.walk import Found, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from conftest import Repository


def make(root: Path, *paths: str) -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x\n")


def found(root: Path) -> list[str]:
    return sorted(entry.path for entry in walk(str(root)))


def test_lists_files_and_dotfiles(tmp_path: Path) -> None:
    """Everything below the root, dotfiles too, but no folders."""
    make(tmp_path, "a.py", "b/c/d.txt", ".github/workflows/ci.yml", ".gitattributes")
    (tmp_path / "empty").mkdir()
    assert found(tmp_path) == [".gitattributes", ".github/workflows/ci.yml", "a.py", "b/c/d.txt"]


def test_leaves_out_what_tools_write(tmp_path: Path) -> None:
    """Version control, caches, environments and installed packages are no part of a repository."""
    make(
        tmp_path,
        ".git/HEAD",
        ".hg/store",
        "a/__pycache__/x.pyc",
        "x.pyc",
        "node_modules/p/i.js",
        ".tox/x",
        ".nox/y",
    )
    make(
        tmp_path,
        "p.egg-info/PKG-INFO",
        "env/pyvenv.cfg",
        "env/lib/x.py",
        ".mypy_cache/x",
        "kept/gitnode_modules/a",
    )
    assert found(tmp_path) == ["kept/gitnode_modules/a"]


def test_only_valid_cache_tags_count(tmp_path: Path) -> None:
    """A file of that name without the signature is a file."""
    make(tmp_path, "cache/x", "other/x")
    (tmp_path / "cache" / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n# note\n")
    (tmp_path / "other" / "CACHEDIR.TAG").write_text("hello\n")
    assert found(tmp_path) == ["other/CACHEDIR.TAG", "other/x"]


def test_the_root_itself_may_be_anything(tmp_path: Path) -> None:
    """Who asks for an environment gets it."""
    make(tmp_path, "pyvenv.cfg", "x.py", ".git/config")
    assert found(tmp_path) == ["pyvenv.cfg", "x.py"]


IGNORES = {
    ".gitignore": "*.log\n!keep.log\n/only-top\nbuild/\ndocs/*.tmp\n**/deep/x\na/**/z\n\\!bang\n# comment\ntrail \nfoo[ab]c\n!\n",
    "sub/.gitignore": "*.txt\n!/keep.txt\n!special.log\nbuild\n",
    "all/.gitignore": "*\n!.gitignore\n!kept\n",
    "folder/.gitignore": "inner/**\n!inner/kept\n",
}
FILES = """
a.log keep.log only-top sub/only-top build/x sub/build src/build/y docs/a.tmp docs/more/a.tmp deep/x q/deep/x
a/z a/b/z a/b/c/z !bang trail fooac foocc sub/a.txt sub/keep.txt sub/in/keep.txt sub/special.log sub/x.log
all/kept all/other all/in/kept folder/inner/kept folder/inner/other build.py "quoted" x.LOG
"""


def test_ignore_files_mean_what_git_says(repository: Repository) -> None:
    """Nested files, exceptions, anchors, folders and stars: git's own list is the measure."""
    for path, text in IGNORES.items():
        repository.write(path, text)
    make(repository.root, *FILES.split())
    command = ["git", "ls-files", "-z", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=repository.root, check=True, capture_output=True, text=True).stdout
    assert found(repository.root) == sorted(listed.split("\0")[:-1])


def test_hostile_patterns_are_passed_over(tmp_path: Path) -> None:
    """A pattern that would take for ever disables itself and no other."""
    make(tmp_path, "a" * 200, "x.log")
    (tmp_path / ".gitignore").write_text("*a" * 40 + "b\n*.log\n[\n!\n\\\n")
    assert found(tmp_path) == [".gitignore", "a" * 200]


def test_links_are_entries_and_not_followed(tmp_path: Path) -> None:
    """A loop of links ends, and what lies behind a link is not listed."""
    make(tmp_path, "a/x.py")
    (tmp_path / "a" / "loop").symlink_to("..")
    (tmp_path / "out").symlink_to("/")
    assert found(tmp_path) == ["a/loop", "a/x.py", "out"]


def test_nested_repositories_are_not_entered(tmp_path: Path) -> None:
    """Neither a clone nor a submodule, whose ``.git`` is a file."""
    make(tmp_path, "clone/.git/HEAD", "clone/x.py", "module/.git", "module/y.py", "z.py")
    entries = {entry.path: entry for entry in walk(str(tmp_path))}
    assert sorted(entries) == ["clone", "module", "z.py"]
    assert entries["clone"].is_repository
    assert entries["module"].is_repository


def test_unreadable_folder_is_an_entry_with_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the tree is listed all the same."""
    make(tmp_path, "closed/x.py", "open/y.py")
    scandir: Callable[[str], object] = os.scandir

    def refuse(place: str) -> object:
        if os.fspath(place).rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)
    entries = sorted(walk(str(tmp_path)), key=lambda entry: entry.path)
    assert entries == [Found(path="closed", error="Permission denied"), Found(path="open/y.py")]


def test_ignore_file_that_is_a_pipe_does_not_block(tmp_path: Path) -> None:
    """Nor does a link to one."""
    make(tmp_path, "x.py", "sub/y.py")
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "sub" / ".gitignore").symlink_to("../.gitignore")
    assert found(tmp_path) == [".gitignore", "sub/.gitignore", "sub/y.py", "x.py"]


def test_folders_can_be_skipped(tmp_path: Path) -> None:
    """The caller sees the path of each folder before it is entered."""
    make(tmp_path, "a/b/x", "a/c/y")
    assert [entry.path for entry in walk(str(tmp_path), lambda folder: folder == "a/b")] == ["a/c/y"]
