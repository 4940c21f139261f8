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
from collections import defaultdict
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
    from collections.abc import Iterable, Mapping, Sequence

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
_CHUNK = 500
"""Files of one run: keeps its command line and its output short."""
_TIME_LIMIT = 60.0
"""Seconds for one run, which takes about one."""
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

    def find(self, root: Path, paths: Sequence[str]) -> Mapping[str, Sequence[Finding]]:
        """Run Ruff over the files, some hundred at a time."""
        base = os.path.abspath(root)  # noqa: PTH100 - as we name them, Ruff names them too
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for start in range(0, len(paths), _CHUNK):
            chunk = {os.path.join(base, raw_path(path)): path for path in paths[start : start + _CHUNK]}  # noqa: PTH118
            for path, finding in _read(_check(root, [*chunk]), chunk):
                found[path].append(finding)
        return found

    def rules(self, ids: Iterable[str]) -> Mapping[str, Rule]:
        """Rules in Ruff's own words."""
        known = _known_rules()
        return {code: _rule(known[code]) for code in ids if code in known}


def _check(root: Path, places: Sequence[str]) -> Any:
    options = [
        "check", "--isolated", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json",
        "--target-version", _TARGET, "--select", ",".join(TOPICS), "--ignore", ",".join(OPINIONS),
        "--", *places,
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
        done = process.run(_program(), options, root=root, time_limit=_TIME_LIMIT)
    except process.ProcessError as error:
        raise AnalyzerError(str(error)) from error
    if done.status:
        message = f"it ended with status {done.status}: {done.last_error}"
        raise AnalyzerError(message)
    try:
        return json.loads(done.output)
    except ValueError as error:
        message = f"its output is no JSON: {error}"
        raise AnalyzerError(message) from error


def _read(records: Any, chunk: Mapping[str, str]) -> Iterable[tuple[str, Finding]]:
    """(path, finding) of Ruff's records; syntax errors are the parser's to tell.

    :param chunk: name of each file as Ruff was given it to its path.
    :raises AnalyzerError: when a record is none of Ruff's.
    """
    paths = {os.fsencode(place).decode("utf-8", "replace"): path for place, path in chunk.items()}
    try:
        for record in records:
            code = record["code"] or ""
            path = paths.get(record["filename"])
            if path is not None and _topic(code) is not None:
                yield (
                    path,
                    Finding(rule=code, line=int(record["location"]["row"]), text=str(record["message"])),
                )
    except (TypeError, KeyError, ValueError) as error:
        message = f"its output has another form: {error!r}"
        raise AnalyzerError(message) from error


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
