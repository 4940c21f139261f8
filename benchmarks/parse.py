"""What finding the facts of a text costs, against the parser of its grammar alone.

Run as ``python benchmarks/parse.py [FOLDER ...]``; without a folder, our own sources. One row a
language, the one with the most time first: the time of the parser and of our query are parts
of what the facts take, for each text is parsed once and queried once. Texts are read in one
process, one after the other; the last row has the most memory that it had.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import measure

from sphinx_repodoc.core.disk import read_entry
from sphinx_repodoc.core.model import EntryKind
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.captures import capture
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.trees import Allowance, parse_tree
from sphinx_repodoc.core.scan import ScanOptions, scan
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LIMIT = 60.0
"""Seconds a text may take: none of a real repository should come near."""


@dataclass(slots=True)
class Cost:
    """What the texts of one language took, in seconds of CPU."""

    files: int = 0
    size: int = 0
    """Bytes."""
    parser: float = 0.0
    query: float = 0.0
    facts: float = 0.0


def timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def measure_text(cost: Cost, text: bytes, language: str, path: str) -> None:
    """Add one text; the parser and the query alone only where a grammar reads the language."""
    cost.files += 1
    cost.size += len(text)
    cost.facts += timed(lambda: parse_text(text, language, path=path, time_limit=LIMIT))
    grammar = GRAMMARS.get(language)
    if grammar is None:
        return
    readable = grammar.prepare(text).text
    start = time.process_time()
    tree = parse_tree(readable, grammar.package, Allowance(len(readable), LIMIT), loader=grammar.loader)
    cost.parser += time.process_time() - start
    if tree is not None:
        cost.query += timed(lambda: capture([tree], language, text))


def measure_folder(root: Path) -> Mapping[str, Cost]:
    costs: defaultdict[str, Cost] = defaultdict(Cost)
    for entry in scan(root, ScanOptions(), {}).entries:
        if entry.kind is EntryKind.TEXT:
            text = decode(read_entry(root, entry.path), entry.language).text
            measure_text(costs[entry.language], text, entry.language, entry.path)
    return costs


def rows(costs: Mapping[str, Cost]) -> Iterator[dict[str, object]]:
    total = Cost()
    for language, cost in sorted(costs.items(), key=lambda item: -item[1].facts):
        yield _row(language, cost)
        total.files += cost.files
        total.size += cost.size
        total.facts += cost.facts
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    yield {**_row("all", total), "peak MB": peak / measure.MEGABYTE}


def _row(language: str, cost: Cost) -> dict[str, object]:
    own = cost.parser + cost.query
    return {
        "language": language,
        "files": cost.files,
        "MB": cost.size / measure.MEGABYTE,
        "facts s": cost.facts,
        "MB/s": cost.size / measure.MEGABYTE / cost.facts if cost.facts else None,
        "parser MB/s": cost.size / measure.MEGABYTE / cost.parser if cost.parser else None,
        "facts / parser": cost.facts / cost.parser if cost.parser else None,
        "facts / (parser + query)": cost.facts / own if own else None,
        "peak MB": None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*", default=[Path(__file__).resolve().parent.parent])
    measure.add_form_option(parser)
    options = parser.parse_args()
    for folder in options.folders:
        measure.show(rows(measure_folder(folder.resolve())), options.form)


if __name__ == "__main__":
    main()
