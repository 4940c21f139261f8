"""What documenting a Python package costs here and with other tools.

Run as ``python benchmarks/peers.py PACKAGE_DIR`` or, for Django's package, with
``--download FOLDER`` that keeps its source distribution. The package is copied
first and nothing is written beside it. A tool that is not there is left out:
sphinx-autoapi and sphinx-autodoc2 when this interpreter does not have them,
Doxygen when it is not on the ``PATH``.

Each builds three times: from nothing, with nothing changed, with one function
body changed. What they make is not the same: Doxygen and we show every file
with its source, sphinx-autoapi and sphinx-autodoc2 the docstrings of the objects.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import measure
import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DJANGO = "5.2.19"
STEPS = ("cold", "nothing changed", "one body changed")
TOOLS = ("sphinx-repodoc", "sphinx-autoapi", "sphinx-autodoc2", "doxygen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A tool, ready to be run."""

    command: list[str | Path]
    out: Path
    """The folder of its pages."""


def prepare_repodoc(package: Path, folder: Path, jobs: int) -> Peer:
    conf = f'extensions = ["sphinx_repodoc"]\nrepodoc_root = {str(package)!r}\n'
    return _prepare_sphinx(folder, conf, jobs)


def prepare_autoapi(package: Path, folder: Path, jobs: int) -> Peer | None:
    if find_spec("autoapi") is None:
        return None
    conf = f'extensions = ["autoapi.extension"]\nautoapi_dirs = [{str(package)!r}]\n'
    return _prepare_sphinx(folder, conf, jobs)


def prepare_autodoc2(package: Path, folder: Path, jobs: int) -> Peer | None:
    if find_spec("autodoc2") is None:
        return None
    relative = os.path.relpath(package, folder / "docs")  # it takes no other
    conf = f'extensions = ["autodoc2"]\nautodoc2_packages = [{relative!r}]\n'
    return _prepare_sphinx(folder, conf, jobs)


def _prepare_sphinx(folder: Path, conf: str, jobs: int) -> Peer:
    docs = synthetic.write_docs(folder, f'project = "Package"\n{conf}')
    return Peer(command=measure.sphinx_build(docs, folder / "out", jobs=jobs), out=folder / "out/html")


def prepare_doxygen(package: Path, folder: Path, _jobs: int) -> Peer | None:
    if shutil.which("doxygen") is None:
        return None
    folder.mkdir(parents=True)
    settings = {
        "INPUT": package, "OUTPUT_DIRECTORY": folder / "out", "RECURSIVE": "YES", "EXTRACT_ALL": "YES",
        "SOURCE_BROWSER": "YES", "GENERATE_LATEX": "NO", "HAVE_DOT": "NO", "QUIET": "YES", "WARNINGS": "NO",
    }  # fmt: skip
    text = "".join(f'{key} = "{value}"\n' for key, value in settings.items())
    (folder / "Doxyfile").write_text(text, "utf-8")
    return Peer(command=["doxygen", folder / "Doxyfile"], out=folder / "out/html")


PREPARE: dict[str, Callable[[Path, Path, int], Peer | None]] = dict(
    zip(TOOLS, (prepare_repodoc, prepare_autoapi, prepare_autodoc2, prepare_doxygen), strict=True)
)


def measure_tool(name: str, source: Path, folder: Path, jobs: int) -> list[dict[str, object]]:
    """One row for each step; none when the tool is not there."""
    package = folder / "package" / source.name
    shutil.copytree(source, package)
    peer = PREPARE[name](package, folder / "build", jobs)
    if peer is None:
        return []
    rows: list[dict[str, object]] = []
    for step in STEPS:
        if step == STEPS[2]:
            synthetic.edit_body(synthetic.find_module(package))
        done = measure.run(peer.command, folder)
        rows.append({
            "tool": name, "step": step, "CPU s": done.cpu, "peak MB": done.peak / measure.MEGABYTE,
            "pages": measure.count_pages(peer.out), "MB": measure.folder_size(peer.out) / measure.MEGABYTE,
        })  # fmt: skip
    return rows


def measure_all(source: Path, tools: list[str], folder: Path, jobs: int) -> Iterator[dict[str, object]]:
    """Rows of all tools, with the ratio of each to the first."""
    first: dict[object, float] = {}
    for name in tools:
        for row in measure_tool(name, source, folder / name, jobs):
            cpu = row["CPU s"]
            assert isinstance(cpu, float)
            yield {**row, "ratio": cpu / first.setdefault(row["step"], cpu)}


def download_django(cache: Path) -> Path:
    """The ``django`` package of a source distribution that is fetched once."""
    package = cache / f"django-{DJANGO}" / "django"
    if not package.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--no-binary",
                ":all:",
                "-d",
                cache,
                f"django=={DJANGO}",
            ],
            check=True,
        )
        with tarfile.open(cache / f"django-{DJANGO}.tar.gz") as archive:
            archive.extractall(cache, filter="data")
    return package


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("package", type=Path, nargs="?", help="folder of the package")
    parser.add_argument("--download", type=Path, metavar="FOLDER", help="fetch Django into this folder")
    parser.add_argument("--tools", nargs="+", default=[*TOOLS], choices=TOOLS)
    parser.add_argument("--quick", action="store_true", help="a made-up package")
    parser.add_argument("--files", type=int, default=synthetic.QUICK, help="of the made-up package")
    measure.add_common_options(parser)
    options = parser.parse_args()
    measure.clean_environment()
    with measure.work_folder("peers", options.keep) as folder:
        if options.quick:
            synthetic.write_repository(folder / "quick", options.files)
            source = folder / "quick/made"
        elif options.download:
            source = download_django(options.download.resolve())
        elif options.package:
            source = options.package.resolve()
        else:
            parser.error("name a package, or give --download or --quick")
        measure.show(measure_all(source, options.tools, folder, options.jobs), options.form)


if __name__ == "__main__":
    main()
