"""What can happen to a build: the next one is right, or says what to remove.

``REPODOC_KILLS`` is how many builds are killed; ``tox run -e faults`` kills more of them.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builds.sample import FILES, GUIDE, Build, Project

from sphinx_repodoc.core.store import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KILLS = int(os.environ.get("REPODOC_KILLS", "2"))
long = pytest.mark.skipif(KILLS < 10, reason="takes minutes: tox run -e faults")
BEFORE: dict[str, str | None] = {
    "pkg/core.py": FILES["pkg/core.py"],
    "pkg/app.py": FILES["pkg/app.py"],
    "README.md": FILES["README.md"],
    "pkg/new.py": None,
    "docs/guide.rst": GUIDE,
}
AFTER: dict[str, str | None] = {
    "pkg/core.py": FILES["pkg/core.py"].replace("oil it", "grease it") + "\n\ndef added():\n    return 1\n",
    "pkg/app.py": None,
    "README.md": "# Sample\n\nIt has another introduction.\n",
    "pkg/new.py": "from pkg.core import helper\n\n\ndef late():\n    return helper()\n",
    "docs/guide.rst": GUIDE + "\n.. repo:file:: pkg/core.py\n\nSee :repo:file:`README.md`.\n",
}


def good(build: Build) -> Build:
    assert build.status == 0, build.output + build.warnings
    assert build.warnings == ""
    return build


def put(project: Project, state: dict[str, str | None]) -> None:
    """Make the repository be in this state; a file that is so already keeps its time stamp."""
    for path, text in state.items():
        place = project.root / path
        if text is None:
            place.unlink(missing_ok=True)
        elif not place.exists() or place.read_text("utf-8") != text:
            project.write(path, text)


def clean_outputs(project: Project) -> dict[str, bytes]:
    """What a first build makes of the repository as it is; made once for each content."""
    content = frozenset(
        (path.relative_to(project.root), path.read_bytes())
        for path in project.root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    )
    if content not in _clean:
        first = Project(project.root, project.out.with_name("clean"))
        good(first.build("html", "-n", jobs=2))
        _clean[content] = first.outputs()
    return _clean[content]


_clean: dict[frozenset[tuple[Path, bytes]], dict[str, bytes]] = {}


def differences(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def kill(project: Project, seconds: float, jobs: int) -> None:
    """Start a build and end it, with all its processes, after so many seconds."""
    build = project.start("html", jobs=jobs)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGKILL)
    build.communicate()


def kill_at(project: Project, event: str, jobs: int) -> bool:
    """Let a build end itself when an event comes up, or comes up for the n-th time; whether it did."""
    project.environ["DIE_AT"] = event
    build = project.build("html", jobs=jobs)
    del project.environ["DIE_AT"]
    return build.status != 0


DEADLY = """
import os, signal

def setup(app):
    event, _, times = os.environ.get("DIE_AT", "").partition(" ")
    left = [int(times or 1)]

    def die(*args):
        left[0] -= 1
        if not left[0]:
            os.killpg(0, signal.SIGKILL)

    if event:
        app.connect(event, die, priority=1)
"""
MOMENTS = (
    "env-check-consistency",
    "html-page-context 3",
    "write-started",
    "doctree-read 4",
    "env-updated",
    "build-finished",
    "html-collect-pages",
    "html-page-context 12",
    "env-before-read-docs",
)


def test_a_build_after_a_killed_one_equals_a_clean_one(project: Project) -> None:
    """At any moment, with one process or more, and also when the change is taken back afterwards."""
    chance = random.Random(KILLS)  # noqa: S311 (the same each time)
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text("utf-8") + DEADLY)
    states = (BEFORE, AFTER)
    expected = []
    for state in states:
        put(project, state)
        expected.append(clean_outputs(project))
    started = time.monotonic()
    good(project.build("html", jobs=2))
    lasts = time.monotonic() - started
    killed = 0
    for number in range(KILLS):
        state = chance.randrange(2)
        put(project, states[1 - state])
        if chance.random() < 0.3:
            shutil.rmtree(project.out, ignore_errors=True)
        jobs = chance.randint(1, 2)
        if number % 2:
            kill(project, chance.uniform(0.2, 1) * lasts, jobs)
        else:
            killed += kill_at(project, MOMENTS[number // 2 % len(MOMENTS)], jobs)
        put(project, states[state])
        good(project.build("html", "-n", jobs=jobs))
        assert differences(project.outputs(), expected[state]) == [], number
    assert killed


def told(build: Build) -> str:
    """What a build that failed told its user, in a message of ours: Sphinx prints no traceback with it, but for -v."""
    assert build.status != 0
    assert "sphinx-repodoc error" in build.warnings, build.warnings
    return build.warnings


def good_again(project: Project) -> None:
    """The next build makes good what one that failed left behind."""
    good(project.build("html", "-n", jobs=2))
    assert differences(project.outputs(), clean_outputs(project)) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize(
    ("full", "jobs"),
    [
        ("html/repo/pkg/core.py.html", 2),
        pytest.param("html/repo/pkg/core.py.html", 1, marks=long),
        pytest.param("html/guide.html", 2, marks=long),
    ],
)
def test_a_full_disk_is_told_and_made_good(project: Project, full: str, jobs: int) -> None:
    """Of a page that could not be written Sphinx warns, and it is written again."""
    place = project.out / full
    place.parent.mkdir(parents=True)
    place.symlink_to("/dev/full")
    build = project.build("html", jobs=jobs)
    assert "No space left on device" in build.warnings
    place.unlink()
    good_again(project)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_disk_that_is_full_while_a_doctree_is_written_is_told(project: Project) -> None:
    """The build ends, in words; the next one is right."""
    conf = (project.root / "docs/conf.py").read_text("utf-8")
    project.write("docs/conf.py", conf + FULL)
    assert "cannot be read" in told(project.build("html", jobs=2))
    project.write("docs/conf.py", conf)
    good_again(project)


FULL = """
import os

def fill(app, doctree):
    if app.env.docname == "repo/pkg/core.py":
        os.symlink("/dev/full", os.path.join(app.doctreedir, "repo/pkg/core.py.doctree"))

def setup(app):
    app.connect("doctree-read", fill)
"""


def limit(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [8_000, pytest.param(40_000, marks=long)])
def test_a_store_that_cannot_grow_is_told(project: Project, size: int) -> None:
    """The facts are in one transaction: those of the build before it stay."""
    build = project.build("html", before=limit(size))
    assert "facts.sqlite" in told(build)
    good_again(project)


@pytest.fixture
def small_disk(project: Project) -> Iterator[Path]:
    """A file system for the outputs, whose size can be set."""
    project.out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(project.out)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a file system")
    yield project.out
    subprocess.run(["umount", str(project.out)], check=True)


@long
def test_a_disk_that_fills_up_at_any_moment(project: Project, small_disk: Path) -> None:
    """Our part never ends in a traceback, and with more room the outputs are right."""
    expected = clean_outputs(project)

    def resize(kilobytes: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(small_disk)], check=True)

    for kilobytes in range(100, 9000, 300):
        resize(kilobytes)
        build = project.build("html", jobs=1 + kilobytes // 300 % 2)
        if "sphinx_repodoc" in build.warnings.partition("Traceback")[2]:
            told(build)
        if build.status == 0 and not build.warnings:
            assert differences(project.outputs(), expected) == []
            break
    else:
        pytest.fail(f"it never had room: {build.warnings}")
    put(project, AFTER)
    disk = os.statvfs(small_disk)
    resize((disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024 + 40)
    project.build("html")
    resize(10_000)
    good_again(project)


def test_two_builds_at_once_take_turns(project: Project) -> None:
    """The second one says that it waits, and what it makes is right."""
    project.environ["HOLD"] = "1"
    project.write("docs/conf.py", (project.root / "docs/conf.py").read_text("utf-8") + HOLD)
    first = project.start("html")
    stamp = project.out / "held"
    while not stamp.exists():
        time.sleep(0.05)
    del project.environ["HOLD"]
    second = project.start("html")
    assert second.stdout is not None
    for line in second.stdout:
        if "waiting until it has ended" in line:
            break
    else:
        pytest.fail("it did not wait")
    stamp.unlink()
    assert good(project.finished(*first_result(first))).read
    assert project.finished(*first_result(second)).read == ()
    good_again(project)


HOLD = """
import os, pathlib, time

def hold(app, *args):
    stamp = pathlib.Path(app.outdir).with_name("held")
    stamp.touch()
    while stamp.exists():
        time.sleep(0.05)

def setup(app):
    if os.environ.pop("HOLD", ""):
        app.connect("env-updated", hold)
"""


def first_result(build: subprocess.Popen[str]) -> tuple[int, str, str]:
    stdout, stderr = build.communicate()
    return build.returncode, stdout, stderr


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 (the same each time)


def overwrite(place: Path, start: float, content: bytes) -> None:
    data = bytearray(place.read_bytes())
    at = int(len(data) * start)
    data[at : at + len(content)] = content
    place.write_bytes(data)


def with_schema(place: Path, version: int) -> None:
    with contextlib.closing(sqlite3.connect(place)) as store:
        store.execute(f"PRAGMA user_version = {version}")
        store.commit()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut off": lambda place: os.truncate(place, place.stat().st_size // 2 + 100),
    "empty": lambda place: os.truncate(place, 0),
    "a text": lambda place: place.write_text("no facts\n" * 1000),
    "garbage": lambda place: place.write_bytes(noise(1, 100_000)),
    "garbage behind": lambda place: overwrite(place, 0.02, noise(2, place.stat().st_size)),
    "garbage within": lambda place: overwrite(place, 0.5, noise(3, 20_000)),
    "older": lambda place: with_schema(place, SCHEMA - 1),
    "newer": lambda place: with_schema(place, SCHEMA + 1),
    "gone": lambda place: place.unlink(),
}


@pytest.mark.parametrize(
    "damage",
    [pytest.param(each, marks=[] if each in {"garbage within", "newer"} else [long]) for each in DAMAGES],
)
def test_a_damaged_store_is_made_anew(project: Project, damage: str) -> None:
    """Nobody has to delete it by hand; what is right already is not read again."""
    good(project.build("html"))
    before = project.outputs()
    store = project.out / "doctrees/.repodoc/facts.sqlite"
    DAMAGES[damage](store)
    project.write("pkg/core.py", str(AFTER["pkg/core.py"]))
    build = good(project.build("html", "-n"))
    assert "repo/src/main.c" not in build.read
    assert differences(project.outputs(), before)
    good_again(project)


def test_a_store_that_cannot_be_replaced_is_told(project: Project) -> None:
    """With its path: a folder in its place that holds something is not ours to delete."""
    good(project.build("html"))
    store = project.out / "doctrees/.repodoc/facts.sqlite"
    store.unlink()
    (store / "mine").mkdir(parents=True)
    assert str(store) in told(project.build("html"))
    (store / "mine").rmdir()
    good_again(project)


@pytest.mark.parametrize("size", [1000, pytest.param(0, marks=long)])
def test_an_environment_that_is_cut_off_is_made_anew(project: Project, size: int) -> None:
    """As Sphinx does without us; the facts are still there."""
    good(project.build("html"))
    os.truncate(project.out / "doctrees/environment.pickle", size)
    assert "0 parsed" in good(project.build("html", "-n")).output
    good_again(project)


def test_a_note_that_is_cut_off_costs_work_and_nothing_else(project: Project) -> None:
    """Each of the small files beside the facts."""
    good(project.build("html"))
    put(project, AFTER)
    os.truncate(project.out / "html/.buildinfo", 0)
    for note in (project.out / "doctrees/.repodoc").iterdir():
        if note.suffix == ".repodoc-note":
            os.truncate(note, note.stat().st_size // 2)
    good_again(project)


def test_time_stamps_prove_nothing(project: Project) -> None:
    """A file that changed and kept size and time, one from the future, and outputs from there."""
    core = project.root / "pkg/core.py"
    os.utime(core, (1_000_000_000, 1_000_000_000))
    good(project.build("html"))
    time.sleep(2.1)  # until time stamps of now count as settled
    good(project.build("html"))
    project.write("pkg/core.py", FILES["pkg/core.py"].replace("oil it", "wax it"))
    os.utime(core, (1_000_000_000, 1_000_000_000))
    future = time.time() + 10**6
    for place in project.out.rglob("*"):
        os.utime(place, (future, future))
    (project.root / "src/util.h").write_text("/* Utilitaries. */\nint util(int y);\n")
    os.utime(project.root / "src/util.h", (future, future))
    good_again(project)
    (project.root / "src/util.h").write_text("/* Utilitaries. */\nint util(int z);\n")
    os.utime(project.root / "src/util.h", (future, future))
    good_again(project)
