"""The command line: which extensions are tried, where, and where the result is written."""

from __future__ import annotations

import argparse
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from beside.catalogue import load_catalogue
from beside.environments import make_environment, versions_in
from beside.report import write_page
from beside.trial import Outcome, Trial, try_beside

if TYPE_CHECKING:
    from beside.catalogue import Published


def main() -> int:
    """Try the extensions; the status says whether all that can be tried work."""
    options = _arguments()
    catalogue = load_catalogue()
    rows = catalogue.named(options.names)
    with tempfile.TemporaryDirectory(prefix="beside-") as scratch:
        venvs = options.environments or Path(scratch, "environments")
        folder = options.keep or Path(scratch, "builds")
        pythons = {
            name: make_environment(venvs / name, catalogue, name) for name in {row.group for row in rows}
        }
        versions = {name: versions_in(python) for name, python in pythons.items()}

        def run(row: Published) -> Trial:
            trial = try_beside(pythons[row.group], row, folder / row.name, versions[row.group])
            print(
                f"{trial.outcome:17} {trial.name} {trial.version}",
                *trial.faults[:12],
                sep="\n    ",
                flush=True,
            )
            return trial

        with ThreadPoolExecutor(options.jobs) as pool:
            trials = list(pool.map(run, rows))
    if options.json:
        known = (
            {}
            if not options.json.exists()
            else {row["name"]: row for row in json.loads(options.json.read_text("utf-8"))}
        )
        known |= {trial.name: trial.row() for trial in trials}
        options.json.write_text(json.dumps([*known.values()], indent=1), "utf-8")
    if options.write:
        write_page(options.write, trials)
    print(
        *(f"{sum(trial.outcome == each.value for trial in trials)} {each.value}" for each in Outcome),
        sep=", ",
    )
    return int(any(trial.outcome == Outcome.FAILS.value for trial in trials))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/beside", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these extensions and themes")
    parser.add_argument(
        "--environments", type=Path, metavar="DIR", help="where virtual environments are kept"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where the repositories and outputs are kept"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many extensions are tried at a time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="add the result to this file")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of the documentation")
    return parser.parse_args()
