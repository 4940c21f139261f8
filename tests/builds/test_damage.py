"""What lies between builds is damaged in any way: the next build heals it, or says in a line what to remove.

``REPODOC_DAMAGES`` is how often; ``tox run -e faults`` does it five hundred times.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builds.here import build_here, plain_conf
from builds.sample import FILES, GUIDE, INDEX, Build, Project

from sphinx_repodoc.core.outputs import MARKER

if TYPE_CHECKING:
    from collections.abc import Callable

DAMAGES = int(os.environ.get("REPODOC_DAMAGES", "25"))
SEED = int(os.environ.get("REPODOC_SEED", "1"))
KEPT = ("README.md", "pkg/core.py", "pkg/app.py", "src/util.h")
EDITED = FILES["pkg/core.py"].replace("oil it", "grease it")
READ_BACK = ("searchindex.js", "objects.inv", ".buildinfo")
"""Outputs that a build makes something of. Pages that somebody edits are not looked at."""


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A repository of a few files that nothing but its own theme is needed for."""
    project = Project(tmp_path / "sample", tmp_path / "out")
    for path in KEPT:
        project.write(path, FILES[path])
    project.write("docs/conf.py", plain_conf(tmp_path / "themes"))
    project.write("docs/index.rst", INDEX)
    project.write("docs/guide.rst", GUIDE + "\nSee :repo:file:`pkg/core.py`.\n")
    return project


def good(build: Build) -> Build:
    assert build.status == 0, build.output + build.warnings
    assert build.warnings == ""
    return build


def changed(project: Project, expected: dict[str, bytes]) -> list[str]:
    found = project.outputs()
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


# -- ways to damage a file: each gets the file, another of its kind, and what it was in an earlier build --


@dataclass
class Damage:
    """A file and what may come into its place."""

    place: Path
    other: Path
    """Another file of its kind, in place."""
    old: bytes
    """What an earlier build wrote."""
    chance: random.Random
    elsewhere: Path
    """A file that no build has to do with, and must not touch."""
    blocked: list[Path] = field(default_factory=list)
    """Folders with something in them, which only the user may remove."""

    def content(self) -> bytes:
        return self.place.read_bytes()

    def truncate(self) -> None:
        os.truncate(self.place, self.chance.randrange(len(self.content()) or 1))

    def flip(self) -> None:
        data = bytearray(self.content())
        if data:
            data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
        self.place.write_bytes(data)

    def flip_keeping_time(self) -> None:
        status = self.place.stat()
        self.flip()
        os.utime(self.place, ns=(status.st_atime_ns, status.st_mtime_ns))

    def append(self) -> None:
        self.place.write_bytes(self.content() + self.chance.randbytes(self.chance.randint(1, 5000)))

    def empty(self) -> None:
        os.truncate(self.place, 0)

    def delete(self) -> None:
        self.place.unlink()

    def text(self) -> None:
        self.place.write_text("Nothing of this.\n" * self.chance.randint(1, 900), "utf-8")

    def folder(self) -> None:
        self.place.unlink()
        self.place.mkdir()

    def full_folder(self) -> None:
        self.folder()
        (self.place / "mine.txt").write_text("mine", "utf-8")
        self.blocked.append(self.place)

    def link_to_another(self) -> None:
        if self.other != self.place:
            self.place.unlink()
            self.place.symlink_to(self.other)

    def link_elsewhere(self) -> None:
        self.place.unlink()
        self.place.symlink_to(self.elsewhere)

    def link_to_nothing(self) -> None:
        self.place.unlink()
        self.place.symlink_to(self.elsewhere.with_name("nothing"))

    def pipe(self) -> None:
        self.place.unlink()
        os.mkfifo(self.place)

    def swap(self) -> None:
        spare = self.place.with_name("spare")
        self.place.rename(spare)
        if self.other.exists():
            self.other.rename(self.place)
        spare.rename(self.other)

    def copy_of_another(self) -> None:
        if self.other != self.place:
            shutil.copy2(self.other, self.place)

    def older(self) -> None:
        self.place.write_bytes(self.old)

    def read_only(self) -> None:
        self.place.chmod(0o444)


WAYS: tuple[Callable[[Damage], None], ...] = (
    Damage.truncate,
    Damage.flip,
    Damage.flip_keeping_time,
    Damage.append,
    Damage.empty,
    Damage.delete,
    Damage.text,
    Damage.folder,
    Damage.full_folder,
    Damage.link_to_another,
    Damage.link_elsewhere,
    Damage.link_to_nothing,
    Damage.pipe,
    Damage.swap,
    Damage.copy_of_another,
    Damage.older,
    Damage.read_only,
)
ONLY_DELETED = (Damage.delete,)


def targets(project: Project, chance: random.Random) -> tuple[Path, tuple[Callable[[Damage], None], ...]]:
    """A file to damage, each kind as likely as another, and the ways that it may be damaged in."""
    trees, pages = project.out / "doctrees", project.out / "html"
    doctrees = sorted(trees.rglob("*.doctree"))
    kinds = [
        [trees / "environment.pickle"],
        [path for path in doctrees if path.is_relative_to(trees / "repo")],
        [path for path in doctrees if not path.is_relative_to(trees / "repo")],
        *([path] for path in sorted((trees / ".repodoc").iterdir())),
        *([pages / name] for name in READ_BACK),
    ]
    outputs = sorted(path for path in pages.rglob("*.html"))
    kind = chance.randrange(len(kinds) + 1)
    if kind == len(kinds):
        return chance.choice(outputs), ONLY_DELETED
    return chance.choice(kinds[kind]), WAYS


def another(place: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(each for each in place.parent.glob(f"*{place.suffix}") if each.is_file()))


def kept(project: Project) -> dict[Path, bytes]:
    """All that an earlier build left."""
    return {path: path.read_bytes() for path in project.out.rglob("*") if path.is_file()}


def test_whatever_is_damaged_the_next_build_is_right(small: Project) -> None:
    """After any damage the build ends well with the outputs of a clean one, and touches no file elsewhere.

    The only thing that it does not remove is a folder with something in it, in place of a file; it names that.
    """
    chance = random.Random(SEED)  # noqa: S311 (the same each time)
    elsewhere = small.out.with_name("elsewhere.txt")
    elsewhere.write_text("mine", "utf-8")
    expected, old = [], kept(small)
    for text in (EDITED, FILES["pkg/core.py"]):
        small.write("pkg/core.py", text)
        clean = Project(small.root, small.out.with_name("clean"))
        shutil.rmtree(clean.out, ignore_errors=True)
        good(build_here(clean, "-n"))
        expected.append(clean.outputs())
        good(build_here(small, "-n"))
        old = old or kept(small)
    counts: Counter[str] = Counter()
    state = 1
    for number in range(DAMAGES):
        place, ways = targets(small, chance)
        way = chance.choice(ways)
        damage = Damage(place, another(place, chance), old.get(place, b""), chance, elsewhere)
        way(damage)
        case = f"{number}: {way.__name__} {place.relative_to(small.out)} ({damage.other.name})"
        if chance.random() < 0.3:
            state = 1 - state
            small.write("pkg/core.py", (EDITED, FILES["pkg/core.py"])[state])
        build = build_here(small, "-n", *(["-E"] if chance.random() < 0.05 else []))
        if build.status and damage.blocked:
            assert build.warnings.startswith("\nsphinx-repodoc error"), f"{case}\n{build.warnings}"
            assert str(damage.blocked[0]) in build.warnings, case
            shutil.rmtree(damage.blocked[0])
            build = build_here(small, "-n")
            counts["told"] += 1
        assert (build.status, build.warnings) == (0, ""), f"{case}\n{build.warnings}\n{build.output[-2000:]}"
        assert changed(small, expected[state]) == [], case
        assert elsewhere.read_text("utf-8") == "mine", case
        counts[way.__name__] += 1
    assert sum(counts.values()) - counts["told"] == DAMAGES


def flip(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)


def replace_by_text(place: Path) -> None:
    shutil.rmtree(place)
    place.write_text("no folder", "utf-8")


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    ".repodoc/stub.repodoc-page": (lambda place: place.write_bytes(b"\xff bytes"), ""),
    "repo/pkg/core.py.doctree": (lambda place: os.truncate(place, 100), "1 of"),
    "guide.doctree": (flip, "1 of"),
    "environment.pickle": (flip, "environment.pickle is not as the last build left it"),
    ".repodoc/facts.sqlite": (flip, "facts.sqlite is not as the last build left it"),
    ".repodoc/seals.repodoc-note": (flip, "environment.pickle is not as the last build left it"),
    ".repodoc-output": (lambda place: place.unlink(), ""),
    "repo": (replace_by_text, ""),
    ".repodoc": (replace_by_text, "environment.pickle is not as the last build left it"),
}


def test_each_part_of_a_doctree_folder_heals(small: Project) -> None:
    """What was damaged is made anew, the log says so, and the build after that has nothing to do."""
    good(build_here(small, "-n"))
    before = small.outputs()
    for name, (harm, said) in HARM.items():
        harm(small.out / "doctrees" / name)
        assert said in good(build_here(small, "-n")).output, name
        assert changed(small, before) == [], name
        assert good(build_here(small, "-n", "-v")).read == (), name


@pytest.mark.parametrize("name", READ_BACK)
def test_a_lost_output_of_all_documents_comes_back(small: Project, name: str) -> None:
    """Also when no document has to be written."""
    good(build_here(small, "-n"))
    before = small.outputs()
    (small.out / "html" / name).unlink()
    good(build_here(small, "-n"))
    assert (small.out / "html" / name).is_file()
    assert changed(small, before) == []


HARM_OF_NOTES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to nothing": lambda place: place.symlink_to("/nonexistent/place"),
    "a link to itself": lambda place: place.symlink_to(place.name),
}


def test_nothing_that_takes_the_place_of_a_note_is_waited_for(small: Project) -> None:
    """Neither opened, when it is a pipe, nor written through, when it is a link; it is replaced."""
    good(build_here(small, "-n"))
    before = small.outputs()
    notes = [path.relative_to(small.out) for path in (small.out / "doctrees/.repodoc").glob("*.repodoc-note")]
    assert len(notes) >= 4, notes
    for note in (*notes, Path("doctrees", MARKER), Path("html", MARKER)):
        for name, harm in HARM_OF_NOTES.items():
            if note.name == MARKER and name == "a pipe":
                continue  # as good a mark as any: it is never opened
            (small.out / note).unlink()
            harm(small.out / note)
            good(build_here(small, "-n"))
            assert stat.S_ISREG((small.out / note).lstat().st_mode), (note, name)
            assert changed(small, before) == [], (note, name)
