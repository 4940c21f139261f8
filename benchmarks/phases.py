"""Where one build of the extension spends its time, and what it leaves on the disk.

Run as ``python benchmarks/phases.py PATH`` on any repository; nothing is written
into it. The phases are told apart by Sphinx's events and by watching the calls
of the stages; no profiler runs. Times are seconds of CPU of this process and of
its workers.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measure
import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable

PHASES = (
    "start", "scan", "parse", "link", "analyze", "store", "find pages", "read documents", "read pages",
    "save environment", "write", "finish",
)  # fmt: skip
PRIORITY = 10_000
"""Of handlers that run last; negative for those that run first."""


@dataclass
class Clock:
    """Charges the time since the last call of :meth:`to` to the phase named there."""

    phase: str = "start"
    main: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    workers: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    last: os.times_result | None = None

    def to(self, phase: str) -> None:
        now = os.times()
        last = self.last
        main, workers = now.user + now.system, now.children_user + now.children_system
        if last is not None:
            main -= last.user + last.system
            workers -= last.children_user + last.children_system
        self.main[self.phase] += main
        self.workers[self.phase] += workers
        self.last, self.phase = now, phase

    def watch(self, module: Any, name: str, phase: str) -> None:
        """Charge a function to a phase, whatever phase it is called in."""
        function = getattr(module, name)

        @wraps(function)
        def watched(*args: Any, **options: Any) -> Any:
            before = self.phase
            self.to(phase)
            try:
                return function(*args, **options)
            finally:
                self.to(before)

        setattr(module, name, watched)


def build(source: Path, out: Path, jobs: int) -> None:
    """Build in this process and print one JSON object: phase to seconds of both kinds."""
    clock = Clock()
    clock.to("start")
    from sphinx.application import Sphinx  # noqa: PLC0415 (loading it is part of the start)
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415

    from sphinx_repodoc.analyze import repository, stages  # noqa: PLC0415
    from sphinx_repodoc.core.store import Store  # noqa: PLC0415

    clock.watch(repository, "scan", "scan")
    for name in ("parse", "link", "analyze"):
        clock.watch(stages, name, name)
    clock.watch(Store, "replace_relations", "store")
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(source, source, out / "html", out / "doctrees", "html", parallel=jobs, status=None)
        for event, priority, phase in (
            ("builder-inited", -PRIORITY, "store"),
            ("env-get-outdated", -PRIORITY, "find pages"),
            ("env-before-read-docs", PRIORITY, "read documents"),
            ("env-updated", -PRIORITY, "read pages"),
            ("env-updated", PRIORITY, "save environment"),
            ("write-started", PRIORITY, "write"),
            ("html-collect-pages", -PRIORITY, "finish"),
        ):
            app.connect(event, _switch(clock, phase), priority=priority)
        clock.to("find pages")
        app.build()
    clock.to("finish")
    print(json.dumps({"main": clock.main, "workers": clock.workers}))


def _switch(clock: Clock, phase: str) -> Callable[..., Any]:
    def switch(*_arguments: Any) -> Any:
        clock.to(phase)
        return ()

    return switch


def measure_phases(source: Path, folder: Path, jobs: int) -> tuple[list[dict[str, object]], measure.Run]:
    """One row for each phase and one for all of them; and the whole run."""
    conf = f'project = "Repository"\nextensions = ["sphinx_repodoc"]\nrepodoc_root = {str(source)!r}\n'
    docs = synthetic.write_docs(folder, conf)
    done = measure.run(
        [sys.executable, __file__, docs, "--inside", folder / "out", "--jobs", str(jobs)], folder
    )
    found = json.loads(done.output.splitlines()[-1])
    pages = measure.count_pages(folder / "out/html")
    rows: list[dict[str, object]] = []
    for phase in PHASES:
        main, workers = found["main"].get(phase, 0.0), found["workers"].get(phase, 0.0)
        rows.append(_row(phase, main, workers, done.cpu, pages))
    rows.append(_row("all", sum(found["main"].values()), sum(found["workers"].values()), done.cpu, pages))
    return rows, done


def _row(phase: str, main: float, workers: float, whole: float, pages: int) -> dict[str, object]:
    cpu = main + workers
    return {
        "phase": phase, "CPU s": cpu, "workers s": workers, "ratio": cpu / whole, "ms/page": cpu / pages * 1e3,
    }  # fmt: skip


def measure_sizes(source: Path, folder: Path) -> list[dict[str, object]]:
    """One row for each thing on the disk, its ratio to the source that is documented."""
    out = folder / "out"
    with sqlite3.connect(f"file:{out}/doctrees/.repodoc/facts.sqlite?mode=ro", uri=True) as store:
        paths = [row[0] for row in store.execute("SELECT path FROM files")]
    whole = sum((source / path).lstat().st_size for path in paths)
    sizes = {
        "source": (len(paths), whole),
        "pages": (measure.count_pages(out / "html"), measure.folder_size(out / "html", "*.html")),
        "all output": (None, measure.folder_size(out / "html")),
        "searchindex.js": (None, (out / "html/searchindex.js").stat().st_size),
        "objects.inv": (None, (out / "html/objects.inv").stat().st_size),
        "doctrees": (measure.count_pages(out / "doctrees", "*.doctree"), measure.folder_size(out / "doctrees", "*.doctree")),
        "environment": (None, (out / "doctrees/environment.pickle").stat().st_size),
        "store": (None, measure.folder_size(out / "doctrees/.repodoc")),
    }  # fmt: skip
    return [
        {"size": name, "files": files, "MB": size / measure.MEGABYTE, "ratio": size / whole}
        for name, (files, size) in sizes.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    synthetic.add_options(parser)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    measure.add_common_options(parser)
    options = parser.parse_args()
    if options.inside:
        build(options.path.resolve(), options.inside, options.jobs)
        return
    measure.clean_environment()
    with measure.work_folder("phases", options.keep) as folder:
        source = synthetic.find_repository(parser, options, folder)
        rows, done = measure_phases(source, folder, options.jobs)
        measure.show(rows, options.form)
        sizes = measure_sizes(source, folder)
        whole = sizes[0]["MB"]
        assert isinstance(whole, float)
        memory = {"size": "peak memory", "files": None, "MB": done.peak / measure.MEGABYTE}
        measure.show([*sizes, {**memory, "ratio": done.peak / measure.MEGABYTE / whole}], options.form)


if __name__ == "__main__":
    main()
