"""The command line: which extensions are tried, where, and where the result is written."""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
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

        done = _Done(options.json)

        def run(row: Published) -> Trial:
            trial = try_beside(pythons[row.group], row, folder / row.name, versions[row.group])
            done.add(trial)
            lines = (f"{trial.outcome:17} {trial.name} {trial.version}", *trial.faults)
            print(*lines, sep="\n    ", flush=True)
            return trial

        with ThreadPoolExecutor(options.jobs) as pool:
            trials = list(pool.map(run, rows))
    if options.write:
        order = [row.name for row in catalogue.rows]
        write_page(options.write, sorted(done.trials.values(), key=lambda trial: order.index(trial.name)))
    print(
        *(f"{sum(trial.outcome == each.value for trial in trials)} {each.value}" for each in Outcome),
        sep=", ",
    )
    return int(any(trial.outcome == Outcome.FAILS.value for trial in trials))


class _Done:
    """The trials of this run, and those that a file has from earlier ones; what ends early keeps what it found."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.trials: dict[str, Trial] = {}
        self._lock = threading.Lock()
        if path is not None and path.exists():
            rows = json.loads(path.read_text("utf-8"))
            self.trials = {row["name"]: Trial(**row) for row in rows}

    def add(self, trial: Trial) -> None:
        with self._lock:
            self.trials[trial.name] = trial
            if self.path is not None:
                rows = [each.row() for each in self.trials.values()]
                self.path.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


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
