"""What each kind of change costs the next build, on a real repository and against Sphinx alone.

Run as ``python benchmarks/steps.py PATH --jobs 1 2 --doxygen``. The repository is copied first. It
is built from nothing with each number of processes; then, with the last of them, once for each kind
of change; then with Sphinx alone as many documents that say nothing are built; then, where it is
asked for, Doxygen builds its pages. CPU is that of all processes, and wall-clock time stands beside
it to compare the numbers of processes with: read it on a quiet machine only.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import measure
import peers
import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Edit = Callable[[Path, Path], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one build took and wrote."""

    name: str
    jobs: int
    cpu: float
    wall: float
    peak: float
    """Bytes."""
    pages: int
    read: int
    """Documents that were read."""
    written: int
    """Pages that were written."""

    def row(self, tool: str, least: Step | None, nothing: Step | None) -> dict[str, object]:
        """As it is printed, against a build of Sphinx alone and against one with nothing changed."""
        return {
            "tool": tool, "step": self.name, "jobs": self.jobs, "CPU s": self.cpu,
            "ratio": self.cpu / least.cpu if least else None,
            "over nothing s": self.cpu - nothing.cpu if nothing else None, "wall s": self.wall,
            "peak MB": self.peak / measure.MEGABYTE, "pages": self.pages, "read": self.read, "written": self.written,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one documentation is built."""

    folder: Path
    command: list[str | Path]
    out: Path
    """The folder of its pages."""

    def build(self, name: str, jobs: int = 1) -> Step:
        started = time.time()
        options = ["-j", str(jobs)] if jobs > 1 else []
        done = measure.run([*self.command, *options], self.folder)
        sys.stderr.write(done.output)  # warnings of Sphinx
        return Step(
            name=name,
            jobs=jobs,
            cpu=done.cpu,
            wall=time.time() - started,
            peak=done.peak,
            pages=measure.count_pages(self.out),
            read=_newer(self.folder / "out/doctrees", "*.doctree", started),
            written=_newer(self.out, "*.html", started),
        )


def _newer(folder: Path, pattern: str, since: float) -> int:
    return sum(1 for path in folder.rglob(pattern) if path.stat().st_mtime >= since)


def steps_of(module: Path) -> dict[str, Edit]:
    """What is done to the repository before each build; ``module`` is a path in it."""
    added, renamed = (module.with_name(f"{name}_by_benchmark.py") for name in ("added", "renamed"))
    return {
        "nothing changed": lambda _root, _place: None,
        "one body changed": lambda root, _place: synthetic.edit_body(root / module),
        "one signature changed": lambda root, _place: edit_signature(root / module),
        "one file added": lambda root, _place: (root / added).write_text(NEW_MODULE, "utf-8"),
        "that file renamed": lambda root, _place: (root / added).rename(root / renamed),
        "that file removed": lambda root, _place: (root / renamed).unlink(),
        "fresh clone": clone_afresh,
    }


_SIGNATURE = re.compile(r"^(def \w+\([\w:= ,]*\w)\)", re.MULTILINE)
"""Of a function at the top level with plain parameters."""
NEW_MODULE = '"""A module that was not there."""\n\nimport os\n\n\ndef new_function():\n    return os.sep\n'


def edit_signature(path: Path) -> None:
    """Give the first function of a module that :data:`_SIGNATURE` knows one parameter more."""
    path.write_text(
        _SIGNATURE.sub(r"\1, added_by_benchmark=None)", path.read_text("utf-8"), count=1), "utf-8"
    )


def clone_afresh(root: Path, place: Path) -> None:
    """Replace each file by a copy of a later date, as a checkout does."""
    other = place / "other"
    shutil.copytree(root, other, symlinks=True, copy_function=shutil.copy)
    shutil.rmtree(root)
    other.rename(root)


def measure_all(source: Path, folder: Path, jobs: list[int], theme: str) -> Iterator[dict[str, object]]:
    """Rows of the extension, then of Sphinx alone; ``ratio`` is against Sphinx alone in the same step."""
    place = prepare(source, folder / "extension", theme)
    colds = []
    for number in jobs:
        shutil.rmtree(place.folder / "out", ignore_errors=True)
        colds.append(place.build("cold", number))
    root = place.folder / "repository"
    later = []
    module = synthetic.find_module(root, _SIGNATURE).relative_to(root)
    for name, edit in steps_of(module).items():
        edit(root, place.folder)
        later.append(place.build(name, jobs[-1]))
    alone, document = prepare_floor(folder / "alone", colds[0].pages, theme)
    cold, nothing = (alone.build(name, jobs[-1]) for name in ("cold", "nothing changed"))
    synthetic.edit_document(document)
    changed = alone.build("one document changed", jobs[-1])
    for step in colds:
        yield step.row("sphinx-repodoc", cold, None)
    for step in later:
        yield step.row("sphinx-repodoc", nothing, later[0])
    yield cold.row("Sphinx alone", None, None)
    for step in (nothing, changed):
        yield step.row("Sphinx alone", None, nothing)


def prepare(source: Path, folder: Path, theme: str) -> Place:
    """A copy of the repository, with documents beside it."""
    shutil.copytree(source, folder / "repository", symlinks=True)
    conf = f'project = "Repository"\nextensions = ["sphinx_repodoc"]\nhtml_theme = {theme!r}\n'
    synthetic.write_docs(folder, f"{conf}repodoc_root = {str(folder / 'repository')!r}\n")
    return _place(folder)


def prepare_floor(folder: Path, pages: int, theme: str) -> tuple[Place, Path]:
    """Documents that say nothing, and one of them."""
    synthetic.write_docs(folder, f'project = "Made up"\nhtml_theme = {theme!r}\n')
    return _place(folder), synthetic.write_documents(folder / "docs", pages)


def _place(folder: Path) -> Place:
    command = measure.sphinx_build(folder / "docs", folder / "out")
    return Place(folder=folder, command=command, out=folder / "out/html")


def measure_doxygen(source: Path, folder: Path) -> Iterator[dict[str, object]]:
    """One row, or none where Doxygen is not on the ``PATH``."""
    peer = peers.prepare_doxygen(source, folder, 1)
    if peer is not None:
        place = Place(folder=folder, command=peer.command, out=peer.out)
        yield place.build("cold").row("Doxygen", None, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    synthetic.add_options(parser)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1], help="processes of sphinx-build")
    parser.add_argument("--theme", default="alabaster")
    parser.add_argument("--doxygen", action="store_true", help="build with Doxygen too")
    measure.add_output_options(parser)
    options = parser.parse_args()
    measure.clean_environment()
    with measure.work_folder("steps", options.keep) as folder:
        source = synthetic.find_repository(parser, options, folder)
        measure.show(measure_all(source, folder, options.jobs, options.theme), options.form)
        if options.doxygen:
            measure.show(measure_doxygen(source, folder / "doxygen"), options.form)


if __name__ == "__main__":
    main()
