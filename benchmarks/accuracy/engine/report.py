"""Results as Markdown and as JSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.compare import REPORTED
from benchmarks.accuracy.engine.protocol import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.accuracy.engine.compare import Result
    from benchmarks.accuracy.engine.protocol import Row

COMMAND = "python -m benchmarks.accuracy --write docs/reference/accuracy-table.md"
_PLURALS = {"class": "classes", "definition": "definitions", "import": "imports", "link": "links"}
_BESIDE = ("class", "function")
"""Parts of what another table has: their differences are listed there."""
_TITLES = {
    ("definition", "import"): "Definitions and imports",
    _BESIDE: "Beside another tool",
    ("link",): "Files that imports lead to",
}
_REPORTED = "The grammar does not know the syntax, and the page of the file says so."
_DIFFERENCES = "Differences by class"
_APART = "Counted apart"
_HEAD = f"""\
# Accuracy, measured

<!-- Written by: {COMMAND} -->

What the parser finds against what an independent authority finds in the same files. A definition counts when its
qualified name, its kind and its line are the same on both sides; an import when all that it says and its line are.
*Precision* is the part of what the parser finds that the authority finds too, *recall* the part of what the authority finds
that the parser finds. Both are rounded down. Files that the authority itself cannot read are left out and counted behind a
plus; what it cannot judge in the others is counted apart. This page is written by

```bash
{COMMAND}
```

and {{doc}}`../explanation/accuracy` says what the differences are.
"""


def share(value: float | None) -> str:
    """A part of one, rounded down so that 1 means all."""
    return "-" if value is None else f"{math.floor(value * 10_000) / 10_000:.4f}"


def tables(results: Sequence[Result]) -> dict[tuple[str, ...], list[str]]:
    """Measures -> lines of their table: head, rule, then one for each result."""
    made: dict[tuple[str, ...], list[str]] = {}
    for result in sorted(results, key=lambda each: (each.row.language, each.authority, each.corpus.lower())):
        measures = result.row.measures
        if measures not in made:
            cells = ["language", "authority", "corpus", "files"]
            for measure in measures:
                cells += [_PLURALS.get(measure, f"{measure}s"), "precision", "recall"]
            made[measures] = [_line(cells), _line(["---"] * 3 + ["---:"] * (len(cells) - 3))]
        made[measures].append(_line(_cells(result)))
    return made


def _cells(result: Result) -> list[str]:
    unread = f" + {len(result.unread):,}" if result.unread else ""
    cells = [result.row.language, result.authority, result.corpus, f"{result.files:,}{unread}"]
    for measure in result.row.measures:
        count = result.counts[measure]
        cells += [f"{count.expected:,}", share(count.precision), share(count.recall)]
    return cells


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def markdown(results: Sequence[Result]) -> str:
    return "\n\n".join("\n".join(lines) for lines in tables(results).values())


def objects(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    """One object a result."""
    for result in results:
        classes = Counter(result.class_of(each) for each in result.differences)
        yield {
            "language": result.row.language,
            "authority": result.authority,
            "corpus": result.corpus,
            "files": result.files,
            "unread": len(result.unread),
            "measures": {
                measure: {
                    "expected": count.expected,
                    "found": count.found,
                    "missing": count.missing,
                    "extra": count.extra,
                    "precision": count.precision,
                    "recall": count.recall,
                }
                for measure, count in result.counts.items()
            },
            "differences": dict(classes.most_common()),
        }


def json_lines(results: Sequence[Result]) -> str:
    return "\n".join(json.dumps(each) for each in objects(results))


def differences(result: Result) -> Iterator[str]:
    """Every difference with its class, and every file that was left out."""
    for reading in result.unread:
        yield f"unread {reading.path.relative_to(result.root)}: {reading.error}"
    for each in result.differences:
        side = "missing" if each.is_missing else "extra"
        place = f"{each.path.relative_to(result.root)}:{each.fact.line}"
        fact = f"{each.fact.type} {each.fact.kind} {each.fact.name}"
        yield f"{side} [{result.class_of(each)}] {place}: {fact} | {each.text[:160]}"


def summary(result: Result) -> Iterator[str]:
    """How many differences each class has."""
    classes = Counter((result.class_of(each), each.is_missing) for each in result.differences)
    for (name, is_missing), number in classes.most_common():
        yield f"{result.row.language}, {result.corpus}: {number} {'missing' if is_missing else 'extra'}: {name}"


def write(path: Path, results: Sequence[Result], rows: Sequence[Row] = ()) -> None:
    """Write the page; lines of what was not measured now stay as they are, unless their corpus is no longer one.

    :param rows: all of these languages, those that could not be measured among them.
    """
    sections = {_title(measures): lines for measures, lines in tables(results).items()}
    sections[_DIFFERENCES] = _classes(results)
    sections[_APART] = _apart(results)
    measured = {
        (title, result.row.language, result.corpus)
        for result in results
        for title in (_title(result.row.measures), _DIFFERENCES, _APART)
    }
    corpora: dict[str, set[str]] = {}
    for row in (*rows, *(result.row for result in results)):
        corpora.setdefault(row.language, set()).update(_names(row))
    for title, (head, rule, *lines) in _kept(path).items():
        section = sections.setdefault(title, [head, rule])
        column = _split(head).index("corpus")
        for line in lines:
            language, corpus = _split(line)[0], _split(line)[column]
            if (title, language, corpus) not in measured and corpus in corpora.get(language, {corpus}):
                section.append(line)
    parts = [_HEAD]
    for title in sorted(sections, key=lambda title: (title in {_APART, _DIFFERENCES}, title)):
        head, rule, *lines = sections[title]
        parts.append("\n".join([f"## {title}", "", head, rule, *sorted(lines, key=str.lower), ""]))
    path.write_text("\n".join(parts), "utf-8")


def _names(row: Row) -> Iterator[str]:
    """The corpora of a row, but those that only a tool could name that is not there."""
    for corpus in row.corpora:
        with suppress(Unavailable):
            yield corpus.name


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _title(measures: tuple[str, ...]) -> str:
    words = [_PLURALS.get(measure, f"{measure}s") for measure in measures]
    return _TITLES.get(measures, ", ".join(words).capitalize())


def _classes(results: Sequence[Result]) -> list[str]:
    """The table of differences: how many of each class a corpus has, and why."""
    lines = [
        _line(["language", "corpus", "difference", "missing", "too much", "why"]),
        _line(["---", "---", "---", "---:", "---:", "---"]),
    ]
    for result in results:
        if result.row.measures == _BESIDE:
            continue
        reasons = {REPORTED: _REPORTED} | {known.name: known.reason for known in result.row.known}
        counts = Counter((result.class_of(each), each.is_missing) for each in result.differences)
        for name in {name for name, _ in counts}:
            numbers = [f"{counts[name, is_missing]:,}" for is_missing in (True, False)]
            lines.append(_line([result.row.language, result.corpus, name, *numbers, reasons.get(name, "")]))
    return lines


def _apart(results: Sequence[Result]) -> list[str]:
    """The table of what counts neither as found nor as missing."""
    lines = [
        _line(["language", "corpus", "counted apart", "of the authority", "of the parser"]),
        _line(["---", "---", "---", "---:", "---:"]),
    ]
    for result in results:
        if result.row.measures != _BESIDE:
            for reason, count in sorted(result.apart.items()):
                numbers = [f"{count.expected:,}", f"{count.found:,}"]
                lines.append(_line([result.row.language, result.corpus, reason, *numbers]))
    return lines


def _kept(path: Path) -> dict[str, list[str]]:
    """The lines of the tables of a page that was written before, by the heading above."""
    kept: dict[str, list[str]] = {}
    title = ""
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.startswith("## "):
            title = line.removeprefix("## ")
        elif line.startswith("|"):
            kept.setdefault(title, []).append(line)
    return kept
