"""Ruff on Python files: security, performance, and what may be a mistake.

The project's own configuration is not read, so that the findings of two
repositories mean the same; its ``# noqa`` comments are, for they are somebody's
judgement of that very line.
"""

from __future__ import annotations

import json
import os
import re
import sysconfig
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_repodoc.analyze.analyzers import AnalyzerError
from sphinx_repodoc.core import process
from sphinx_repodoc.core.disk import raw_path
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.model import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.core.model import Entry

TOPICS: Mapping[str, Topic] = {
    "S": Topic.SECURITY,
    "PERF": Topic.PERFORMANCE,
    "ASYNC": Topic.MISTAKE,
    "B": Topic.MISTAKE,
    "NPY": Topic.MISTAKE,
    "PLE": Topic.MISTAKE,
    "PLW": Topic.MISTAKE,
}
"""Prefix of a rule to what it is about: the rules that are asked for."""
OPINIONS = ("B904", "B905", "PLW2901")
"""Rules of style, which right code breaks too: each ``zip`` without ``strict=``, an exception that
replaces another without ``from``, a loop that assigns to its own variable."""
_CHUNK_SOURCE, _CHUNK_NAMES = 2_000_000, 30_000
"""Bytes of source of one run, for a finding takes fifty times what it is about, and characters of its command line."""
_TIME_LIMIT = 600.0
"""Seconds for one run, which takes about one; a run that takes long is mostly ended by its limits."""
_LIMITS = process.Limits(cpu=30, memory=4_000_000_000)
_PARTS = 8
"""Into how many runs one that failed is cut, to find the file that it failed on."""
_STABLE = {"RUST_MIN_STACK": str(16 << 20), "RAYON_NUM_THREADS": "4"}
"""Which files are too deeply nested must not depend on the machine."""
_HARMLESS = os.path.abspath(__file__)  # noqa: PTH100
"""Checked besides: a single file would be read in the main thread of Ruff, whose stack the user's shell sizes."""
_TARGET = "py311"
"""Newer syntax is read all the same; older versions have costs that a rule would blame."""
_PREFIX = re.compile(r"[A-Z]+")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_LINKED = re.compile(r"(?<![`\w])\[([^\]`\n]+)\](?![(\[])")


class RuffAnalyzer:
    """Runs the linter Ruff."""

    name = "ruff"

    def version(self) -> str:
        """Version of Ruff, and what is asked of it."""
        return f"{metadata.version('ruff')} {','.join(TOPICS)} {','.join(OPINIONS)} {_TARGET}"

    def accepts(self, entry: Entry) -> bool:
        """Python files and stubs."""
        return entry.language == "python" and entry.kind is EntryKind.TEXT

    def find(self, root: Path, paths: Sequence[str]) -> Mapping[str, Sequence[Finding] | AnalyzerError]:
        """Run Ruff over the files, some hundred at a time."""
        base = os.path.abspath(root)  # noqa: PTH100 - as we name them, Ruff names them too
        places = {os.path.join(base, raw_path(path)): path for path in paths}  # noqa: PTH118
        run = _Run(root)
        found: dict[str, Sequence[Finding] | AnalyzerError] = {}
        for chunk in _chunks(places):
            found |= {places[place]: each for place, each in run.check(chunk).items()}
        return found

    def rules(self, ids: Iterable[str]) -> Mapping[str, Rule]:
        """Rules in Ruff's own words."""
        known = _known_rules()
        return {code: _rule(known[code]) for code in ids if code in known}


def _chunks(places: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    source = names = 0
    for place in places:
        size = _size(place)
        if chunk and (source + size > _CHUNK_SOURCE or names + len(place) > _CHUNK_NAMES):
            yield chunk
            chunk, source, names = [], 0, 0
        chunk.append(place)
        source, names = source + size, names + len(place) + 1
    if chunk:
        yield chunk


def _size(place: str) -> int:
    try:
        return os.stat(place).st_size  # noqa: PTH116
    except OSError:
        return 0  # it is gone, which Ruff will not mind


class _Run:
    """Checks files, and finds out which of them Ruff cannot stand."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._works = False

    def check(self, places: Sequence[str]) -> dict[str, list[Finding] | AnalyzerError]:
        """Findings of each file, or why there are none.

        :raises AnalyzerError: when Ruff fails whatever it is given.
        """
        try:
            return {**_read(_check(self._root, places), places)}
        except AnalyzerError as error:
            if not self._works:
                _read(_check(self._root, ()), ())
                self._works = True
            if len(places) == 1:
                return {places[0]: error}
        size = -(-len(places) // _PARTS)
        found: dict[str, list[Finding] | AnalyzerError] = {}
        for start in range(0, len(places), size):
            found |= self.check(places[start : start + size])
        return found


def _check(root: Path, places: Sequence[str]) -> Any:
    options = [
        "check", "--isolated", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json",
        "--target-version", _TARGET, "--select", ",".join(TOPICS), "--ignore", ",".join(OPINIONS),
        "--", _HARMLESS, *places,
    ]  # fmt: skip
    return _run(options, root)


def _program() -> str:
    """The program that the distribution of Ruff installs.

    Not ``python -m ruff``, which would look for modules in the working folder first.

    :raises ProcessError: when there is none.
    """
    return process.find_program("ruff", _folders())


def _folders() -> Iterable[str]:
    """Where installers put programs: those of this Python, of the user, and of any other folder of packages."""
    yield sysconfig.get_path("scripts")
    yield sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))
    distribution = metadata.distribution("ruff")
    for file in distribution.files or ():
        if file.name in {"ruff", "ruff.exe"}:
            yield str(Path(str(distribution.locate_file(file))).resolve().parent)
    yield str(distribution.locate_file("bin"))  # of "pip install --target", which writes down another


def _run(options: Sequence[str], root: Path | None = None) -> Any:
    """Ruff's JSON.

    :raises AnalyzerError: when it has none.
    """
    try:
        done = process.run(
            _program(), options, root=root, environment=_STABLE, limits=_LIMITS, time_limit=_TIME_LIMIT
        )
    except process.ProcessError as error:
        raise AnalyzerError(str(error)) from error
    if done.status:
        raise AnalyzerError(done.failure)
    try:
        return json.loads(done.output)
    except ValueError as error:
        message = f"its output is no JSON: {error}"
        raise AnalyzerError(message) from error


def _read(records: Any, places: Iterable[str]) -> Mapping[str, list[Finding]]:
    """Findings in Ruff's records by file; syntax errors are the parser's to tell.

    :raises AnalyzerError: when a record is none of Ruff's.
    """
    found: dict[str, list[Finding]] = {place: [] for place in places}
    named = {os.fsencode(place).decode("utf-8", "replace"): place for place in found}
    try:
        for record in records:
            code = record["code"] or ""
            place = named.get(record["filename"])
            if place is not None and _topic(code) is not None:
                line = int(record["location"]["row"])
                found[place].append(Finding(rule=code, line=line, text=str(record["message"])))
    except (TypeError, KeyError, ValueError) as error:
        message = f"its output has another form: {error!r}"
        raise AnalyzerError(message) from error
    return found


def _topic(code: str) -> Topic | None:
    prefix = _PREFIX.match(code)
    return TOPICS.get(prefix[0]) if prefix else None


@cache
def _known_rules() -> Mapping[str, Any]:
    return {rule["code"]: rule for rule in _run(["rule", "--all", "--output-format", "json"])}


def _rule(record: Any) -> Rule:
    sections = _SECTION.split(record["explanation"])
    texts = dict(zip(sections[1::2], sections[2::2], strict=True))
    return Rule(
        id=record["code"],
        topic=TOPICS[_PREFIX.match(record["code"])[0]],  # type: ignore[index] # known rules only
        title=record["name"].replace("-", " "),
        tool="ruff",
        why=_reason(texts.get("Why is this bad?", "")),
        url=f"https://docs.astral.sh/ruff/rules/{record['name']}",
    )


def _reason(text: str) -> str:
    """The first paragraph, without the brackets of links whose addresses are elsewhere, and what it announces."""
    first, _, rest = text.strip().partition("\n\n")
    if first.endswith(":"):
        first += "\n" + _QUOTED.sub("", rest.partition("\n\n")[0])
    return " ".join(_LINKED.sub(r"\1", first).split())
