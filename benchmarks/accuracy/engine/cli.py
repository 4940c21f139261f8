"""The command line: which rows, over which corpora, printed how."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import benchmarks.accuracy as package
from benchmarks.accuracy.engine import report
from benchmarks.accuracy.engine.compare import compare, files_of
from benchmarks.accuracy.engine.corpora import CACHE_VARIABLE, cache_folder
from benchmarks.accuracy.engine.protocol import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.accuracy.engine.compare import Result
    from benchmarks.accuracy.engine.protocol import Corpus, Row

FLOOR = 0.99


def all_rows() -> list[Row]:
    """The rows of every module of a language."""
    rows: list[Row] = []
    for module in pkgutil.iter_modules(package.__path__):
        if not module.ispkg and module.name != "__main__":
            rows += importlib.import_module(f"{package.__name__}.{module.name}").ROWS
    return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy",
        description="Compare what the parser finds with what an independent authority finds in the same files.",
    )
    parser.add_argument(
        "--path", nargs="+", type=Path, metavar="DIR", help="folders to compare instead of the corpora"
    )
    parser.add_argument("--language", nargs="+", metavar="NAME", help="only these languages")
    parser.add_argument("--measure", metavar="NAME", help="only rows that measure this: definition, link, …")
    parser.add_argument(
        "--corpus", nargs="+", metavar="WORD", help="only corpora with one of these in their name"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where corpora are kept")
    parser.add_argument("--json", action="store_true", help="one object a line instead of a table")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="the first files of what is on this machine already: does it work?",
    )
    parser.add_argument("--list-differences", action="store_true", help="each difference with its class")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of the documentation, too")
    parser.add_argument(
        "--fail-under",
        type=float,
        metavar="SHARE",
        default=FLOOR,
        help="fail when a precision or recall is below this (default: %(default)s)",
    )
    options = parser.parse_args()
    if options.write and (options.path or options.corpus or options.quick or options.measure):
        parser.error("--write takes all corpora of a language")
    return options


def main() -> int:
    options = _arguments()
    if options.cache:
        os.environ[CACHE_VARIABLE] = str(options.cache)
    rows = [row for row in all_rows() if not options.language or row.language in options.language]
    rows = [row for row in rows if options.measure in {None, *row.measures}]
    if unknown := set(options.language or ()) - {row.language for row in rows}:
        sys.exit(f"There is no row for {', '.join(sorted(unknown))}.")
    results = []
    for row in rows:
        for result in _results(row, options):
            results.append(result)
            if options.list_differences:
                print(*report.differences(result), sep="\n", flush=True)
            for line in report.summary(result):
                print(line, file=sys.stderr, flush=True)
    print(report.json_lines(results) if options.json else report.markdown(results))
    if options.write and results:
        report.write(options.write, results, rows)
    return _status(results, options.fail_under)


def _results(row: Row, options: argparse.Namespace) -> Iterator[Result]:
    """Compare each corpus of a row; what cannot be compared is said, never passed over."""
    try:
        row.tool()
    except Unavailable as reason:
        print(f"skipped {row.language}: {reason}", file=sys.stderr)
        return
    for corpus, root in _roots(row, options):
        name = corpus.name if corpus else str(root)
        try:
            folder = corpus.fetch(cache_folder()) if corpus else root.resolve()
            files = files_of(row, corpus, folder, quick=options.quick)
            if not files:
                print(f"skipped {row.language}, {name}: no files", file=sys.stderr)
                continue
            yield compare(row, name, folder, files)
        except Unavailable as reason:
            print(f"skipped {row.language}, {name}: {reason}", file=sys.stderr)


def _roots(row: Row, options: argparse.Namespace) -> Sequence[tuple[Corpus | None, Path]]:
    if options.path:
        return [(None, path) for path in options.path]
    corpora = row.corpora
    if options.corpus:
        corpora = tuple(each for each in corpora if any(word in each.name for word in options.corpus))
    if options.quick:
        local = tuple(each for each in corpora if each.is_local)
        if not local:
            print(f"skipped {row.language}: no corpus is on this machine", file=sys.stderr)
        corpora = local[:1]
    return [(each, Path()) for each in corpora]


def _status(results: Sequence[Result], floor: float) -> int:
    failed = 0
    for result in results:
        for measure, count in result.counts.items() if not result.row.is_peer else ():
            for word, value in (("precision", count.precision), ("recall", count.recall)):
                if value is not None and value < floor:
                    name = f"{result.row.language}, {result.corpus}"
                    print(
                        f"below {floor}: {word} of {measure}s of {name}: {report.share(value)}",
                        file=sys.stderr,
                    )
                    failed = 1
    return failed
