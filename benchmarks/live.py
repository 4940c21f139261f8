"""How long after a file is saved its page shows the change: with ``serve``, and with a new build.

Run as ``python benchmarks/live.py PATH``. The repository is copied first. A line is put into a function of
one module again and again, and each time the page of that module is looked at until it has the line.
This is time on the clock: read it on a quiet machine only.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import measure
import steps
import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

LONGEST = 600.0
"""Seconds after which nothing is waited for any more."""
INTERVAL = 0.02
"""Seconds between two looks."""
REST = 10.0
"""Seconds that somebody looks at a page before the next change."""


def wait(what: Callable[[], bool]) -> None:
    """:raises TimeoutError: when it is not so in time."""
    end = time.monotonic() + LONGEST
    while not what():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(INTERVAL)


@contextmanager
def serving(root: Path, docs: Path, out: Path) -> Iterator[None]:
    """Run the server, from when it has built all pages on."""
    command = [
        sys.executable, "-m", "sphinx_repodoc", "serve", root, "--docs", docs, "-o", out, "--port", "0",
    ]  # fmt: skip
    log = out.with_suffix(".log")
    with log.open("wb") as printed:
        process = subprocess.Popen([*map(str, command)], stdout=printed, stderr=printed)
        try:
            wait(lambda: "serving on" in log.read_text("utf-8", "replace"))
            yield
        finally:
            process.terminate()
            process.wait()


@contextmanager
def building(command: Sequence[str | Path]) -> Iterator[None]:
    """Run a build, and let it end."""
    with subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL) as process:
        yield
    assert process.returncode == 0, process.returncode


def latencies(
    module: Path, page: Path, times: int, rest: float, build: Callable[[], AbstractContextManager[None]]
) -> Iterator[float]:
    """Seconds from each save to the page that shows it."""
    for number in range(times):
        time.sleep(rest)
        name = f"saved_{number}_{time.monotonic_ns()}"
        synthetic.edit_body(module, f"{name} = {number}")
        started = time.monotonic()
        with build():
            wait(lambda name=name: name in page.read_text("utf-8", "replace"))  # type: ignore[misc]
            yield time.monotonic() - started


def measure_all(source: Path, folder: Path, times: int, rest: float) -> Iterator[dict[str, object]]:
    """One row for the server and one for new builds."""
    place = steps.prepare(source, folder, "alabaster")
    root = folder / "repository"
    module = synthetic.find_module(root)
    page = Path("repo", f"{module.relative_to(root)}.html")
    served = folder / "served"
    with serving(root, folder / "docs", served):
        found = [*latencies(module, served / page, times, rest, nullcontext)]
    yield _row("serve", found, served)
    place.build("cold")
    yield _row(
        "a new build",
        [*latencies(module, place.out / page, times, 0, lambda: building(place.command))],
        place.out,
    )


def _row(way: str, found: list[float], out: Path) -> dict[str, object]:
    return {
        "way": way, "pages": measure.count_pages(out), "times": len(found), "median s": statistics.median(found),
        "least s": min(found), "most s": max(found),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    synthetic.add_options(parser)
    parser.add_argument("--times", type=int, default=5, help="saves of each kind (default: 5)")
    parser.add_argument(
        "--rest", type=float, default=REST, help=f"seconds between saves (default: {REST:.0f})"
    )
    measure.add_output_options(parser)
    options = parser.parse_args()
    measure.clean_environment()
    with measure.work_folder("live", options.keep) as folder:
        source = synthetic.find_repository(parser, options, folder)
        measure.show(measure_all(source, folder / "live", options.times, options.rest), options.form)


if __name__ == "__main__":
    main()
