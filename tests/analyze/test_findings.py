"""What analyzers say of files: kept while a file is as it was, and never in the way of a build."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.analyze.analyzers import AnalyzerError, load_analyzers, ruff
from sphinx_repodoc.analyze.analyzers.ruff import RuffAnalyzer
from sphinx_repodoc.analyze.model import FileRelations
from sphinx_repodoc.analyze.repository import RepositoryOptions, Update, update_repository
from sphinx_repodoc.core import codec, process
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Entry


@dataclass
class LongLines:
    """Finds lines of more than ten characters; notes which files it was asked about."""

    name: str = "long"
    fails: str = ""
    number: int = 1
    asked: list[str] = field(default_factory=list)

    def version(self) -> str:
        return str(self.number)

    def accepts(self, entry: Entry) -> bool:
        return entry.path.endswith(".txt")

    def find(self, root: Path, paths: Sequence[str]) -> Mapping[str, Sequence[Finding]]:
        if self.fails:
            raise AnalyzerError(self.fails)
        self.asked += paths
        return {
            path: [
                Finding(rule="L1", line=line)
                for line, text in enumerate((root / path).read_text().splitlines(), 1)
                if len(text) > 10
            ]
            for path in paths
        }

    def rules(self, ids: Iterable[str]) -> Mapping[str, Rule]:
        return {rule: Rule(id=rule, topic=Topic.MISTAKE, title="long line", tool="long") for rule in ids}


def update(root: Path, store: Path, *analyzers: LongLines | RuffAnalyzer) -> Update:
    with closing(Store.open_to_write(store)) as opened:
        return update_repository(opened, RepositoryOptions(root=root, history=False, analyzers=analyzers))


def found_in(store: Path, path: str) -> FileRelations:
    with closing(Store.open_to_read(store)) as opened:
        return codec.loads(FileRelations, opened.relations_text("file", path))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.txt").write_text("short\nmuch too long a line\nshort\nand another one\n")
    (folder / "b.txt").write_text("short\n")
    (folder / "c.md").write_text("a line that nobody looks at\n")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "facts.sqlite"


def test_findings_are_grouped_by_rule_with_their_lines(root: Path, store: Path) -> None:
    """A rule is told once with all its places; a clean file was looked at, another was not."""
    update(root, store, LongLines())
    (group,) = found_in(store, "a.txt").findings
    assert (group.rule.id, group.places) == ("L1", ((2, ""), (4, "")))
    assert (found_in(store, "b.txt").findings, found_in(store, "b.txt").checked_by) == ((), ("long",))
    assert found_in(store, "c.md").checked_by == ()


def test_only_what_changed_is_looked_at_again(root: Path, store: Path) -> None:
    """A file is asked about once for each content, and again by another version of the analyzer."""
    update(root, store, LongLines())
    (root / "b.txt").write_text("now this is long too\n")
    (root / "d.txt").write_text("new\n")
    second = LongLines()
    update(root, store, second)
    assert second.asked == ["b.txt", "d.txt"]
    assert [len(found_in(store, path).findings) for path in ("a.txt", "b.txt")] == [1, 1]
    third = LongLines(number=2)
    update(root, store, third)
    assert third.asked == ["a.txt", "b.txt", "d.txt"]


def test_analyzer_that_is_turned_off_leaves_nothing(root: Path, store: Path) -> None:
    """What it found goes with it."""
    update(root, store, LongLines())
    update(root, store)
    assert found_in(store, "a.txt").findings == ()


def test_failure_is_told_and_made_good(root: Path, store: Path) -> None:
    """A failed analyzer claims nothing, not even that nothing was found; the next build tries again."""
    failed = update(root, store, LongLines(fails="it hung"))
    assert failed.failed == {"long": "it hung"}
    assert found_in(store, "b.txt").checked_by == ()
    again = update(root, store, LongLines())
    assert (again.failed, again.analyzed, len(found_in(store, "a.txt").findings)) == ({}, True, 1)


def test_unknown_analyzer_is_named_with_those_there_are() -> None:
    """A name that is not installed is the author's to mend."""
    analyzers, wrong = load_analyzers(["ruff", "nobody"])
    assert [each.name for each in analyzers] == ["ruff"]
    assert wrong == ["no analyzer named 'nobody' is installed; there are: ruff"]
    assert load_analyzers([]) == ([], [])


CODE = """\
import subprocess


def run(command, found=[]):
    subprocess.run(command, shell=True)
    subprocess.run(command, shell=True)  # noqa: S602
    text = "subprocess.run(command, shell=True)"
    assert found
    return text
"""


def test_ruff_finds_dangers_and_mistakes(root: Path, store: Path) -> None:
    """Calls count, text in strings does not, and what somebody judged harmless is left alone."""
    (root / "run.py").write_text(CODE)
    (root / "broken.py").write_text("def f(:\n")
    (root / "latin.py").write_bytes(b"# coding: latin-1\nname = '\xe9'\n")
    assert update(root, store, RuffAnalyzer()).failed == {}
    found = {group.rule.id: group for group in found_in(store, "run.py").findings}
    assert {"S602", "B006", "S101"} <= found.keys()
    assert [line for line, _ in found["S602"].places] == [5]
    assert found["S602"].rule.topic is Topic.SECURITY
    assert found["B006"].rule.topic is Topic.MISTAKE
    assert found["S602"].rule.url.startswith("https://")
    assert found["S602"].rule.why
    assert found_in(store, "broken.py").findings == ()


def test_asserts_are_meant_in_tests(root: Path, store: Path) -> None:
    """In a test file, what tests are full of is no finding; other dangers are."""
    (root / "test_run.py").write_text(f"def test_it():\n    assert 1\n\n\n{CODE}")
    update(root, store, RuffAnalyzer())
    assert {"S602", "B006"} <= {group.rule.id for group in found_in(store, "test_run.py").findings}
    assert "S101" not in {group.rule.id for group in found_in(store, "test_run.py").findings}


def test_ruff_is_not_asked_for_opinions_and_gives_whole_reasons(root: Path, store: Path) -> None:
    """Each ``zip`` without ``strict=`` is one; a reason that announces a quotation has it."""
    (root / "run.py").write_text("import numpy as np\n\nnp.random.seed(1)\npairs = zip([1], [2])\n")
    update(root, store, RuffAnalyzer())
    (found,) = found_in(store, "run.py").findings
    assert found.rule.id == "NPY002"
    assert found.rule.why.startswith(
        "According to the NumPy documentation's Legacy Random Generation: The `Random"
    )


@pytest.mark.parametrize(
    ("done", "reason"),
    [
        ((2, b""), "ended with status 2: bad option"),
        ((0, b"no JSON"), "is no JSON"),
        ((0, b'[{"code": "S101"}]'), "has another form"),
        ((0, b"[1]"), "has another form"),
    ],
)
def test_what_ruff_must_not_say(
    root: Path, store: Path, monkeypatch: pytest.MonkeyPatch, done: tuple[int, bytes], reason: str
) -> None:
    """A status, a text or a record that is none of Ruff's is a reason, not an exception."""
    (root / "run.py").write_text(CODE)
    said = process.Done(status=done[0], output=done[1], errors=b"ruff failed\nbad option\n")
    monkeypatch.setattr(process, "run", lambda *_args, **_options: said)
    assert reason in update(root, store, RuffAnalyzer()).failed["ruff"]


def test_ruff_that_hangs_is_stopped(root: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run has a time limit."""
    sleep = process.find_program("sleep", process.search_path())
    (root / "run.py").write_text(CODE)
    monkeypatch.setattr(ruff, "_program", lambda: sleep)
    monkeypatch.setattr(ruff, "_check", lambda root, _places: ruff._run(["60"], root))
    monkeypatch.setattr(ruff, "_TIME_LIMIT", 0.1)
    assert "was stopped after" in update(root, store, RuffAnalyzer()).failed["ruff"]
