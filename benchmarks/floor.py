"""What a page of the extension costs, against a page of Sphinx that says nothing.

Builds a made-up repository with the extension, and as many documents of a title
and a paragraph with Sphinx alone: that is the floor below which no extension can
get. Both are built three times: from nothing, with nothing changed, with one
function body (one document) changed.

Run as ``python benchmarks/floor.py --files 1000 5000 10000 --themes alabaster furo``. With
``--growth`` only the cold builds of the extension are made, which tells of a theme
whether its pages cost more the more there are.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import measure
import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

CHANGED = "one body changed"
STEPS = ("cold", "nothing changed", CHANGED)
COLD = STEPS[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One documentation, built once or several times."""

    pages: int
    html: int
    """Bytes."""
    doctrees: int
    """Bytes."""
    runs: tuple[measure.Run, ...]
    """As the steps that were asked for."""


def build(
    folder: Path, edited: Path, edit: Callable[[Path], None], jobs: int, steps: Sequence[str] = STEPS
) -> Built:
    """Build ``docs`` below a folder cold, again, and with one file edited; or the first of these."""
    command = measure.sphinx_build(folder / "docs", folder / "out", jobs=jobs)
    runs = [measure.run(command, folder)]
    pages, html = measure.count_pages(folder / "out/html"), measure.folder_size(folder / "out/html", "*.html")
    doctrees = measure.folder_size(folder / "out/doctrees", "*.doctree")
    for step in steps[1:]:
        if step == CHANGED:
            edit(edited)
        runs.append(measure.run(command, folder))
        assert runs[-1].output == "", runs[-1].output
    return Built(pages=pages, html=html, doctrees=doctrees, runs=tuple(runs))


def build_extension(folder: Path, files: int, theme: str, jobs: int, steps: Sequence[str] = STEPS) -> Built:
    """Document a made-up repository."""
    edited = synthetic.write_repository(folder / "repository", files)
    conf = f'project = "Made up"\nextensions = ["sphinx_repodoc"]\nhtml_theme = {theme!r}\n'
    synthetic.write_docs(folder, f"{conf}repodoc_root = {str(folder / 'repository')!r}\n")
    return build(folder, edited, synthetic.edit_body, jobs, steps)


def build_floor(folder: Path, pages: int, theme: str, jobs: int) -> Built:
    """Build documents that say nothing."""
    synthetic.write_docs(folder, f'project = "Made up"\nhtml_theme = {theme!r}\n')
    edited = synthetic.write_documents(folder / "docs", pages)
    return build(folder, edited, synthetic.edit_document, jobs)


def measure_growth(
    sizes: list[int], themes: list[str], folder: Path, jobs: int
) -> Iterator[dict[str, object]]:
    """One row for each theme and size, built from nothing and without the floor."""
    for theme in themes:
        first = 0.0
        for files in sorted(sizes):
            place = folder / f"{theme}-{files}"
            ours = build_extension(place, files, theme, jobs, COLD)
            shutil.rmtree(place)
            per_page = ours.runs[0].cpu / ours.pages
            first = first or per_page
            yield {
                "step": "cold", "theme": theme, "files": files, "pages": ours.pages, "ms/page": per_page * 1e3,
                "growth": per_page / first, "CPU s": ours.runs[0].cpu, "peak MB": ours.runs[0].peak / measure.MEGABYTE,
            }  # fmt: skip


def measure_all(sizes: list[int], themes: list[str], folder: Path, jobs: int) -> Iterator[dict[str, object]]:
    """One row for each theme, size and step; growth is against the smallest size."""
    for theme in themes:
        first: dict[str, float] = {}
        for files in sorted(sizes):
            place = folder / f"{theme}-{files}"
            ours = build_extension(place / "extension", files, theme, jobs)
            floor = build_floor(place / "floor", ours.pages, theme, jobs)
            shutil.rmtree(place)
            for step, own, least in zip(STEPS, ours.runs, floor.runs, strict=True):
                per_page = own.cpu / ours.pages
                yield {
                    "step": step,
                    "theme": theme,
                    "files": files,
                    "pages": ours.pages,
                    "ms/page": per_page * 1e3,
                    "floor ms/page": least.cpu / floor.pages * 1e3,
                    "ratio": per_page / (least.cpu / floor.pages),
                    "growth": per_page / first.setdefault(step, per_page),
                    "CPU s": own.cpu,
                    "floor CPU s": least.cpu,
                    "over nothing s": own.cpu - ours.runs[1].cpu,
                    "peak MB": own.peak / measure.MEGABYTE,
                    "floor peak MB": least.peak / measure.MEGABYTE,
                    "doctree B/page": ours.doctrees // ours.pages,
                    "floor doctree B/page": floor.doctrees // floor.pages,
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, nargs="+", help="numbers of files (default: 1000 5000 10000)")
    parser.add_argument("--themes", nargs="+", help="default: alabaster furo")
    parser.add_argument("--quick", action="store_true", help=f"{synthetic.QUICK} files in alabaster")
    parser.add_argument("--growth", action="store_true", help="only the cold builds, and no floor")
    measure.add_common_options(parser)
    options = parser.parse_args()
    sizes = options.files or ([synthetic.QUICK] if options.quick else [1000, 5000, 10000])
    themes = options.themes or (["alabaster"] if options.quick else ["alabaster", "furo"])
    measure.clean_environment()
    with measure.work_folder("floor", options.keep) as folder:
        rows = measure_growth if options.growth else measure_all
        measure.show(rows(sizes, themes, folder, options.jobs), options.form)


if __name__ == "__main__":
    main()
