from __future__ import annotations

import hashlib
import os
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.core import disk
from sphinx_repodoc.core import scan as scan_module
from sphinx_repodoc.core.model import SAMPLED, Entry, EntryKind
from sphinx_repodoc.core.problems import ProblemKind, RepodocError
from sphinx_repodoc.core.scan import Scan, ScanOptions, disk_path, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Repository

OLD = 1_600_000_000_000_000_000
"""A time stamp that is settled for any scan."""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is in no work tree."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = tmp_path / "tree"
    root.mkdir()
    return root


def write(root: Path, path: str, content: bytes = b"x\n") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def run(root: Path, **options: object) -> dict[str, Entry]:
    found = scan(root, ScanOptions(**options), {})  # type: ignore[arg-type]
    assert [entry.path for entry in found.entries] == sorted(entry.path for entry in found.entries)
    return {entry.path: entry for entry in found.entries}


def kinds(entry: Entry) -> list[ProblemKind]:
    return [problem.kind for problem in entry.problems]


def test_an_entry_says_what_a_file_is(tree: Path) -> None:
    """Size, time, digest, language and mode of a text file."""
    place = write(tree, "pkg/run.py", b"print()\n")
    place.chmod(0o755)
    os.utime(place, ns=(OLD, OLD))
    assert run(tree)["pkg/run.py"] == Entry(
        path="pkg/run.py",
        kind=EntryKind.TEXT,
        size=8,
        mtime_ns=OLD,
        ctime_ns=place.stat().st_ctime_ns,
        sha256=hashlib.sha256(b"print()\n").hexdigest(),
        language="python",
        executable=True,
    )


def test_empty_folder_and_empty_file(tree: Path) -> None:
    """Nothing to list is no error, and an empty file is text."""
    assert run(tree) == {}
    write(tree, "empty.py", b"")
    assert run(tree)["empty.py"].kind is EntryKind.TEXT


def test_a_root_that_is_no_folder_is_misuse(tmp_path: Path) -> None:
    """The caller is told, instead of an empty result."""
    with pytest.raises(RepodocError, match="missing"):
        scan(tmp_path / "missing", ScanOptions(), {})


def test_git_decides_what_belongs_to_a_work_tree(repository: Repository) -> None:
    """Ignored files are out, untracked ones in, deleted ones out without a problem."""
    repository.write(".gitignore", "*.log\n")
    repository.write("a.py")
    repository.write("deleted.py")
    repository.commit()
    (repository.root / "deleted.py").unlink()
    repository.write("new.py")
    repository.write("x.log")
    found = scan(repository.root, ScanOptions(), {})
    assert found.uses_git
    assert [entry.path for entry in found.entries] == [".gitignore", "a.py", "new.py"]


@pytest.mark.parametrize("forged", ["../secret", ".git/HEAD", ".GIT/HEAD", "a/../../s", "./inside"])
def test_a_forged_index_leads_nowhere(repository: Repository, forged: str) -> None:
    """Git tracks no path that leaves the work tree or enters its git folder, but prints what its index says."""
    (repository.root.parent / "secret").write_text("secret\n")
    placeholder = "x" * len(forged)
    repository.write(placeholder)
    repository.write("kept")
    repository.git("add", "-A")
    index = repository.root / ".git/index"
    content = index.read_bytes()[:-20].replace(placeholder.encode(), forged.encode())
    index.write_bytes(content + hashlib.sha1(content, usedforsecurity=False).digest())
    assert forged in repository.git("ls-files")
    assert list(run(repository.root)) == ["kept", placeholder]  # which is untracked now


def test_subfolder_of_a_work_tree(repository: Repository) -> None:
    """Paths are relative to the root that is scanned."""
    repository.write("packages/one/a.py")
    repository.write("packages/two/b.py")
    repository.commit()
    assert list(run(repository.root / "packages" / "one")) == ["a.py"]


def test_ignored_folder_of_a_work_tree_is_walked(repository: Repository) -> None:
    """An unpacked archive that the work tree ignores is a repository of its own."""
    repository.write(".gitignore", "vendor/\n")
    repository.write("vendor/lib/x.py")
    repository.commit()
    found = scan(repository.root / "vendor" / "lib", ScanOptions(), {})
    assert not found.uses_git
    assert [entry.path for entry in found.entries] == ["x.py"]


def test_submodule_has_its_commit(make_repository: Callable[[str], Repository]) -> None:
    """It is one entry, whatever it holds."""
    inner = make_repository("inner")
    inner.write("x.py")
    commit = inner.commit()
    outer = make_repository("outer")
    outer.git("submodule", "add", "-q", str(inner.root), "lib")
    outer.commit()
    assert run(outer.root)["lib"] == Entry(path="lib", kind=EntryKind.SUBMODULE, target=commit)
    assert "lib/x.py" not in run(outer.root)


def test_links_are_recorded_with_what_is_wrong(tree: Path) -> None:
    """A link inside is fine; one that leads out or nowhere has a problem; none is followed."""
    write(tree, "a/x.py")
    outside = write(tree.parent, "outside.py")
    links = {
        "a/in": "x.py",
        "up": "a/../a/x.py",
        "folder": "a",
        "absolute": str(tree / "a" / "x.py"),
        "dangling": "nothing",
        "itself": "itself",
        "out": "../outside.py",
        "gone-out": "../missing",
        "etc": "/etc/passwd",
        "chain": "out",
    }
    for name, target in links.items():
        (tree / name).symlink_to(target)
    entries = run(tree)
    assert sorted(entries) == sorted([*links, "a/x.py"])
    for name, target in links.items():
        assert entries[name].kind is EntryKind.SYMLINK
        assert entries[name].target == target
        assert entries[name].sha256 == ""
    problems = {name: kinds(entries[name]) for name in links if entries[name].problems}
    assert problems == {
        "dangling": [ProblemKind.DANGLING_LINK],
        "itself": [ProblemKind.DANGLING_LINK],
        "out": [ProblemKind.OUTWARD_LINK],
        "gone-out": [ProblemKind.OUTWARD_LINK],
        "etc": [ProblemKind.OUTWARD_LINK],
        "chain": [ProblemKind.OUTWARD_LINK],
    }
    assert outside.exists()


def test_root_may_be_reached_through_a_link(tree: Path) -> None:
    """Links inside it are inside all the same."""
    write(tree, "x.py")
    (tree / "in").symlink_to("x.py")
    (tree.parent / "alias").symlink_to(tree)
    assert kinds(run(tree.parent / "alias")["in"]) == []


def test_folder_replaced_by_a_link_hides_its_files(repository: Repository) -> None:
    """What git tracks below a folder is not read through the link that took its place."""
    repository.write("sub/secret.py", "1\n")
    repository.commit()
    outside = repository.root.parent / "outside"
    (repository.root / "sub").rename(outside)
    (repository.root / "sub").symlink_to(outside)
    entries = run(repository.root)
    assert list(entries) == ["sub"]
    assert kinds(entries["sub"]) == [ProblemKind.OUTWARD_LINK]


def test_special_files_are_never_opened(tree: Path) -> None:
    """A pipe without a writer would block for ever."""
    os.mkfifo(tree / "pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()  # noqa: PTH109 - the path of a socket may have 100 bytes only
        os.chdir(tree)
        server.bind("socket")
        os.chdir(here)
    entries = run(tree)
    assert entries["pipe.py"].kind is entries["socket"].kind is EntryKind.SPECIAL
    assert kinds(entries["pipe.py"]) == kinds(entries["socket"]) == [ProblemKind.SPECIAL_FILE]
    assert "named pipe" in entries["pipe.py"].problems[0].message


def test_pipe_that_takes_the_place_of_a_file_does_not_block(tree: Path) -> None:
    """Between the look at a file and its opening, anything may happen to it."""
    os.mkfifo(tree / "a.py")
    with pytest.raises(OSError, match="no regular file"):
        disk.open_regular(str(tree / "a.py"))
    (tree / "link").symlink_to("a.py")
    with pytest.raises(OSError, match="symbolic links"):
        disk.open_regular(str(tree / "link"))


def test_unreadable_file_is_listed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason of the operating system is the message."""
    write(tree, "a.py")
    write(tree, "b.py")

    def refuse(place: str) -> tuple[int, os.stat_result]:
        if place.endswith("a.py"):
            raise PermissionError(13, "Permission denied")
        return disk.open_regular(place)

    monkeypatch.setattr(scan_module, "open_regular", refuse)
    entries = run(tree)
    assert entries["a.py"].kind is EntryKind.UNREADABLE
    assert kinds(entries["a.py"]) == [ProblemKind.UNREADABLE]
    assert "Permission denied" in entries["a.py"].problems[0].message
    assert entries["b.py"].kind is EntryKind.TEXT


def test_vanished_file_is_listed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was there a moment ago: the reader of the page is told."""
    place = write(tree, "a.py")

    def vanish(path: str) -> tuple[int, os.stat_result]:
        place.unlink()
        return disk.open_regular(path)

    monkeypatch.setattr(scan_module, "open_regular", vanish)
    entry = run(tree)["a.py"]
    assert entry.kind is EntryKind.UNREADABLE
    assert kinds(entry) == [ProblemKind.VANISHED]


def test_nul_byte_in_a_text_is_a_problem(tree: Path) -> None:
    """Wherever it stands; in what is binary by its name it is none."""
    write(tree, "a.py", b"x = 1\ny = '\0'\n")
    write(tree, "late.txt", b"x\n" * 20_000 + b"\0")
    write(tree, "a.png", b"\x89PNG\r\n\x1a\n\0\0")
    write(tree, "data", b"\0\1")
    write(tree, "a.plist", b"bplist00\0")
    entries = run(tree)
    assert {entry.kind for entry in entries.values()} == {EntryKind.BINARY}
    assert kinds(entries["a.py"]) == kinds(entries["late.txt"]) == [ProblemKind.NUL_BYTE]
    assert entries["a.py"].problems[0].line == 2
    assert kinds(entries["a.png"]) == kinds(entries["data"]) == kinds(entries["a.plist"]) == []


def test_text_in_any_encoding_is_text(tree: Path) -> None:
    """Decoding comes later; here Latin-1 and UTF-16 are as good as UTF-8."""
    write(tree, "latin.py", "# Größe\n".encode("latin-1"))
    write(tree, "wide.txt", "wide".encode("utf-16"))
    write(tree, "pointer.png", b"version https://git-lfs.github.com/spec/v1\n")
    assert {entry.kind for entry in run(tree).values()} == {EntryKind.TEXT}


POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
    b"size 90405214\n"
)


def test_pointers_of_git_lfs(tree: Path) -> None:
    """They have the object and the size of what they stand for, and no language, whatever they are called."""
    for name, data in (
        ("model.json", POINTER),
        ("windows.py", POINTER.replace(b"\n", b"\r\n")),
        ("old.psd", POINTER.replace(b"git-lfs.github.com", b"hawser.github.com").rstrip()),
        ("extended.bin", POINTER.replace(b"oid", b"ext-0-foo sha256:%s\noid" % (b"0" * 64))),
    ):
        write(tree, name, data)
    before = scan(tree, ScanOptions(), {})
    for entry in before.entries:
        assert (entry.kind, entry.target_size, entry.language) == (EntryKind.POINTER, 90_405_214, "")
        assert entry.target.startswith("sha256:4d7a")
        assert entry.problems == ()


@pytest.mark.parametrize(
    "data",
    [
        POINTER + b"and more\n",
        b"\n" + POINTER,
        POINTER.replace(b"size", b"bytes"),
        POINTER.replace(b"sha256", b"md5"),
        POINTER.replace(b"4d7a", b"4D7A"),
        POINTER.replace(b"spec/v1", b"spec/v9"),
        POINTER.replace(b"90405214", b"-1"),
        POINTER.replace(b"oid", b"oid "),
        POINTER + b" " * 2000,
        b"",
    ],
)
def test_what_is_almost_a_pointer_is_text(tree: Path, data: bytes) -> None:
    """A text about pointers is not one."""
    write(tree, "about.txt", data)
    assert run(tree)["about.txt"].kind is EntryKind.TEXT


def test_very_large_files_are_not_read_whole(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and both ends are their identity, so that a hole of any size costs the same."""
    place = write(tree, "hole.txt", b"start\n")
    monkeypatch.setattr(hashlib, "sha256", counted := _Counted())
    identities = []
    for size, end in ((5 << 30, b""), (5 << 30, b"end"), (6 << 30, b"")):
        os.truncate(place, size)
        with place.open("r+b") as stream:
            stream.seek(size - len(end))
            stream.write(end)
        entry = run(tree)["hole.txt"]
        assert (entry.kind, entry.size) == (EntryKind.BINARY, size)
        identities.append(entry.sha256)
    assert len(set(identities)) == 3
    assert all(identity.startswith(SAMPLED) for identity in identities)
    assert counted.bytes < 20_000_000


class _Counted:
    """Counts the bytes that are digested."""

    def __init__(self) -> None:
        self.bytes = 0
        self._sha256 = hashlib.sha256

    def __call__(self, data: bytes = b"") -> _Counted:
        self._digest = self._sha256()
        self.update(data)
        return self

    def update(self, data: bytes) -> None:
        self.bytes += len(data)
        self._digest.update(data)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def test_large_text_is_not_parsed_and_large_binaries_are_just_binary(tree: Path) -> None:
    """The cap is about text; the digest is of the whole file in both cases."""
    write(tree, "a.txt", b"x" * 101)
    write(tree, "fits.txt", b"x" * 100)
    write(tree, "a.png", b"\0" * 3_000_000)
    entries = run(tree, max_size=100)
    assert entries["a.txt"].kind is EntryKind.LARGE
    assert kinds(entries["a.txt"]) == [ProblemKind.TOO_LARGE]
    assert entries["a.txt"].sha256 == hashlib.sha256(b"x" * 101).hexdigest()
    assert entries["fits.txt"].kind is EntryKind.TEXT
    assert entries["a.png"].kind is EntryKind.BINARY
    assert entries["a.png"].size == 3_000_000
    assert entries["a.png"].sha256 == hashlib.sha256(b"\0" * 3_000_000).hexdigest()
    assert kinds(entries["a.png"]) == []


def test_include_and_exclude(tree: Path) -> None:
    """Patterns mean what they mean in an ignore file; exclusion is stronger."""
    for path in ("src/a.py", "src/gen/b.py", "src/c.txt", "docs/d.py", "top.py"):
        write(tree, path)
    assert list(run(tree, include=("/src/",))) == ["src/a.py", "src/c.txt", "src/gen/b.py"]
    assert list(run(tree, include=("*.py",), exclude=("gen/", "/top.py"))) == ["docs/d.py", "src/a.py"]
    assert list(run(tree, exclude=("src/*", "!src/c.txt"))) == ["docs/d.py", "src/c.txt", "top.py"]
    assert len(run(tree, exclude=("!", "["))) == 5


def test_include_and_exclude_with_git(repository: Repository) -> None:
    """Tracked files are left out as well."""
    repository.write("src/a.py")
    repository.write("third_party/b.py")
    repository.commit()
    assert list(run(repository.root, exclude=("third_party/",))) == ["src/a.py"]


@pytest.mark.parametrize(
    "sign",
    [
        ".repodoc-output",
        ".buildinfo",
        "environment.pickle",
        ".doctrees/index.doctree",
        "doctrees/environment.pickle",
        "index.doctree",
        "_static/documentation_options.js",
    ],
)
def test_outputs_of_sphinx_are_left_out(tree: Path, repository: Repository, sign: str) -> None:
    """A folder with the marks of a build is an output, tracked or not; a source with them is not."""
    for root in (tree, repository.root):
        write(root, f"docs/_build/out/{sign}")
        write(root, "docs/_build/out/html/index.html")
        write(root, "docs/index.rst")
        assert list(run(root)) == ["docs/index.rst"]
        write(root, f"inplace/{sign}")
        write(root, "inplace/conf.py")
        assert "inplace/conf.py" in run(root)


def test_named_outputs_are_left_out(tree: Path) -> None:
    """Unless they hold the root: a build that writes around the repository hides nothing."""
    write(tree, "site/index.html")
    write(tree, "a.py")
    assert list(run(tree, outputs=(tree / "site", tree / "missing"))) == ["a.py"]
    assert list(run(tree, outputs=(tree.parent, tree))) == ["a.py", "site/index.html"]


ODD_NAMES = [
    "-dash",
    "new\nline.py",
    "quo'te\"s",
    " sp ace ",
    "ünï.py",
    "🦊.py",
    "back\\slash",
    "a\\xff",
    "\\x5cx41",
    "%41",
    "<b>",
]


@pytest.mark.parametrize("with_git", [False, True])
def test_odd_names(tree: Path, repository: Repository, with_git: bool) -> None:
    """Whatever a name holds, its entry leads back to the file."""
    root = repository.root if with_git else tree
    for name in ODD_NAMES:
        write(root, f"d/{name}", name.encode())
    if with_git:
        repository.commit()
    entries = run(root)
    assert len(entries) == len(ODD_NAMES)
    assert {disk_path(root, path).name for path in entries} == set(ODD_NAMES)
    for path, entry in entries.items():
        assert entry.problems == ()
        assert entry.sha256 == hashlib.sha256(disk_path(root, path).read_bytes()).hexdigest()


@pytest.mark.parametrize("with_git", [False, True])
def test_names_that_are_not_utf8(tree: Path, repository: Repository, with_git: bool) -> None:
    """They are shown escaped, with a problem, and still found on disk."""
    root = repository.root if with_git else tree
    write(root, os.fsdecode(b"caf\xe9/m\xfcll.py"), b"1\n")
    write(root, "caf\\xe9/m\\xfcll.py", b"2\n")
    (root / "link").symlink_to(os.fsdecode(b"caf\xe9"))
    if with_git:
        repository.commit()
    entries = run(root)
    assert sorted(entries) == ["caf\\x5cxe9/m\\x5cxfcll.py", "caf\\xe9/m\\xfcll.py", "link"]
    assert kinds(entries["caf\\xe9/m\\xfcll.py"]) == [ProblemKind.UNDECODABLE_NAME]
    assert kinds(entries["caf\\x5cxe9/m\\x5cxfcll.py"]) == []
    assert disk_path(root, "caf\\xe9/m\\xfcll.py").read_bytes() == b"1\n"
    assert disk_path(root, "caf\\x5cxe9/m\\x5cxfcll.py").read_bytes() == b"2\n"
    assert entries["link"].target == "caf\\xe9"


def again(root: Path, before: Scan, time_ns: int | None = None, **options: object) -> dict[str, Entry]:
    """Scan again with all digests of the scan before replaced, so that what is taken over shows."""
    marked = {entry.path: replace(entry, sha256="taken over") for entry in before.entries}
    when = before.time_ns if time_ns is None else time_ns
    found = scan(root, ScanOptions(**options), marked, when)  # type: ignore[arg-type]
    return {entry.path: entry for entry in found.entries}


def test_unchanged_files_are_not_read(tree: Path) -> None:
    """Same size, time and mode, and old enough: the entry is the one of before."""
    place = write(tree, "a.py", b"1\n")
    os.utime(place, ns=(OLD, OLD))
    before = scan(tree, ScanOptions(), {})
    assert again(tree, before)["a.py"].sha256 == "taken over"


def test_changed_files_are_read(tree: Path) -> None:
    """Another size, time or mode is a change."""
    places = [write(tree, name, b"1\n") for name in ("size.py", "time.py", "mode.py")]
    for place in places:
        os.utime(place, ns=(OLD, OLD))
    before = scan(tree, ScanOptions(), {})
    places[0].write_bytes(b"22\n")
    os.utime(places[0], ns=(OLD, OLD))
    os.utime(places[1], ns=(OLD, OLD - 1))
    places[2].chmod(0o755)
    assert [entry.sha256 for entry in again(tree, before).values()].count("taken over") == 0


def test_young_files_are_read_again(tree: Path) -> None:
    """A file written just before a scan may change once more without a new time stamp."""
    place = write(tree, "a.py", b"1\n")
    before = scan(tree, ScanOptions(), {})
    place.write_bytes(b"2\n")
    os.utime(place, ns=(before.entries[0].mtime_ns,) * 2)
    assert again(tree, before)["a.py"].sha256 == hashlib.sha256(b"2\n").hexdigest()


def test_clock_that_goes_back_does_no_harm(tree: Path) -> None:
    """Neither a scan in the future nor a file from there proves anything."""
    now = time.time_ns()
    place = write(tree, "a.py", b"1\n")
    os.utime(place, ns=(now, now))
    before = scan(tree, ScanOptions(), {})
    assert again(tree, before, time_ns=now + 10**12)["a.py"].sha256 != "taken over"
    os.utime(place, ns=(now + 10**12, now + 10**12))
    before = scan(tree, ScanOptions(), {})
    assert again(tree, before)["a.py"].sha256 != "taken over"


def test_first_scan_takes_nothing_over(tree: Path) -> None:
    """Entries without a time of their scan are not trusted."""
    place = write(tree, "a.py", b"1\n")
    os.utime(place, ns=(OLD, OLD))
    before = scan(tree, ScanOptions(), {})
    assert again(tree, before, time_ns=0)["a.py"].sha256 != "taken over"


def test_another_cap_is_obeyed_for_unchanged_files(tree: Path) -> None:
    """Text becomes large, and large becomes text."""
    place = write(tree, "a.txt", b"x" * 100)
    os.utime(place, ns=(OLD, OLD))
    before = scan(tree, ScanOptions(max_size=1000), {})
    assert again(tree, before, max_size=10)["a.txt"].kind is EntryKind.LARGE
    large = scan(tree, ScanOptions(max_size=10), {})
    assert again(tree, large, max_size=1000)["a.txt"].kind is EntryKind.TEXT
    assert again(tree, large, max_size=10)["a.txt"].sha256 == "taken over"
    assert "of 20 bytes" in again(tree, large, max_size=20)["a.txt"].problems[0].message


def test_scans_agree(repository: Repository) -> None:
    """A scan that takes everything over gives the very entries of the first one."""
    for path in ("a.py", "b/c.txt", os.fsdecode(b"\xff.py")):
        os.utime(repository.write(path), ns=(OLD, OLD))
    (repository.root / "out").symlink_to("/etc")
    repository.commit()
    before = scan(repository.root, ScanOptions(), {})
    after = scan(repository.root, ScanOptions(), {e.path: e for e in before.entries}, before.time_ns)
    assert after.entries == before.entries
