"""What each shard of a repository costs against one build of the whole, and what joining them does.

Run as ``python benchmarks/shards.py PATH --shards 2 4 8`` on any repository;
nothing is written into it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import measure
import synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def measure_shards(docs: Path, folder: Path, counts: list[int], jobs: int) -> Iterator[dict[str, object]]:
    """One row for the whole; then for each number of shards the mean of them, the largest, and the merge."""
    whole = _build(docs, folder / "whole", "", jobs)
    pages = measure.count_pages(folder / "whole/html")
    yield _row("the whole", 1, whole, pages, 1.0)
    for count in counts:
        outs = [folder / f"{number}-of-{count}" for number in range(1, count + 1)]
        runs = [_build(docs, out, f"{number}/{count}", jobs) for number, out in enumerate(outs, 1)]
        mean = sum(run.cpu for run in runs) / count
        largest = max(runs, key=lambda run: run.cpu)
        yield _row("mean shard", count, replace(largest, cpu=mean), pages, mean / whole.cpu)
        yield _row("largest shard", count, largest, pages, largest.cpu / whole.cpu)
        site = folder / f"site-{count}"
        command = [sys.executable, "-m", "sphinx_repodoc", "merge", "-j", str(jobs), site]
        merge = measure.run([*command, *(out / "html" for out in outs)], folder)
        yield _row("merge", count, merge, measure.count_pages(site), merge.cpu / whole.cpu)


def _build(docs: Path, out: Path, shard: str, jobs: int) -> measure.Run:
    return measure.run(measure.sphinx_build(docs, out, "-D", f"repodoc_shard={shard}", jobs=jobs), docs)


def _row(step: str, count: int, run: measure.Run, pages: int, ratio: float) -> dict[str, object]:
    return {
        "step": step, "shards": count, "CPU s": run.cpu, "ratio": ratio, "pages": pages,
        "peak MB": run.peak / measure.MEGABYTE,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    synthetic.add_options(parser)
    parser.add_argument(
        "--shards", type=int, nargs="+", default=[2, 4], help="numbers of shards (default: 2 4)"
    )
    parser.add_argument("--include", default="", help="patterns of files, divided by commas")
    measure.add_common_options(parser)
    options = parser.parse_args()
    measure.clean_environment()
    with measure.work_folder("shards", options.keep) as folder:
        source = synthetic.find_repository(parser, options, folder)
        settings = {"extensions": ["sphinx_repodoc"], "repodoc_root": str(source)}
        settings |= {"repodoc_include": options.include.split(",") if options.include else []}
        conf = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        docs = synthetic.write_docs(folder, conf)
        measure.show(measure_shards(docs, folder, options.shards, options.jobs), options.form)


if __name__ == "__main__":
    main()
