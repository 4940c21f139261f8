"""Runs a command and says what its whole process tree took; prints tables of such runs.

CPU time is what the kernel charged the command and every process it waited for,
so other work on the machine changes it little.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence

INTERVAL = 1.0
"""Seconds between two looks at the memory of the tree."""
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one command took."""

    cpu: float
    """Seconds, of all processes."""
    peak: float
    """Bytes, the largest sum over all processes that was seen; shared pages count once."""
    output: str
    """What it printed."""


def run(command: Sequence[str | Path], folder: Path) -> Run:
    """Run a command in a folder.

    :raises SystemExit: when it fails, with what it printed.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=printed, stderr=printed)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)  # or its destructor would wait again
        printed.seek(0)
        output = printed.read()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{output[-5000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(
        cpu=usage.ru_utime + usage.ru_stime, peak=max(watch.peak, usage.ru_maxrss * unit), output=output
    )


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0.0
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(INTERVAL):
            self.peak = max(self.peak, sum(map(_memory, _tree(self.pid))))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """A process and its descendants, where the system tells; else the process."""
    found = [pid]
    for parent in found:
        try:
            children = [path.read_text("ascii") for path in Path(f"/proc/{parent}/task").glob("*/children")]
        except OSError:
            continue  # it ended
        found += [int(child) for line in children for child in line.split()]
    return found


def _memory(pid: int) -> int:
    """Proportional set size of a process, so that pages shared after a fork count once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0  # it ended, or this system keeps no such files
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def sphinx_build(source: Path, out: Path, *options: str, jobs: int = 1) -> list[str | Path]:
    """The command that builds HTML into ``out`` with the Sphinx of this interpreter."""
    return [
        sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", str(jobs), *options,
        "-d", out / "doctrees", source, out / "html",
    ]  # fmt: skip


def clean_environment() -> None:
    """Drop what changes the result of a build without being named on its command line."""
    for name in [*os.environ]:
        if name.startswith(("READTHEDOCS", "SPHINX", "GIT_", "PYTHON")) and name != "PYTHONPATH":
            del os.environ[name]


def folder_size(folder: Path, pattern: str = "*") -> int:
    """Bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())


def count_pages(folder: Path, pattern: str = "*.html") -> int:
    return sum(1 for _ in folder.rglob(pattern))


@contextmanager
def work_folder(name: str, kept: Path | None) -> Iterator[Path]:
    """A temporary folder, or a new one below ``kept`` that stays."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix=f"repodoc-{name}-") as folder:
            yield Path(folder).resolve()
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix=f"{name}-", dir=kept)).resolve()


def add_common_options(parser: argparse.ArgumentParser) -> None:
    add_output_options(parser)
    parser.add_argument("--jobs", type=int, default=1, help="processes of sphinx-build (default: 1)")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    add_form_option(parser)
    parser.add_argument("--keep", type=Path, help="folder that keeps what was built")


def add_form_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", dest="form", action="store_const", const="json", help="print one JSON object a row"
    )
    parser.add_argument(
        "--markdown", dest="form", action="store_const", const="markdown", help="print a table of Markdown"
    )


def show(rows: Iterable[Mapping[str, object]], form: str | None) -> None:
    """Print rows with the same keys: as a table in the end, or each as a JSON object at once.

    :param form: ``json``, ``markdown`` or nothing for a table that is aligned with blanks.
    """
    if form == "json":
        for row in rows:
            print(json.dumps(row), flush=True)
        return
    known = [*rows]
    table = [[*known[0]], *([_cell(value) for value in row.values()] for row in known)]
    if form == "markdown":
        table.insert(1, ["---"] + ["---:"] * (len(table[0]) - 1))
        print("\n".join(f"| {' | '.join(line)} |" for line in table), flush=True)
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = [
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip(), flush=True)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 100 else f"{value:,.0f}"  # noqa: PLR2004
    return f"{value:,}" if isinstance(value, int) else "-" if value is None else str(value)
