"""What analyzers say of files: kept while a file is as it was, and never in the way of a build."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_repodoc.analyze.analyzers import AnalyzerError, load_analyzers, ruff
from sphinx_repodoc.analyze.analyzers.ruff import RuffAnalyzer
from sphinx_repodoc.analyze.model import FileRelations
from sphinx_repodoc.analyze.repository import RepositoryOptions, Update, update_repository
from sphinx_repodoc.core import codec, process
from sphinx_repodoc.core.disk import shown_path
from sphinx_repodoc.core.findings import Finding, Rule, Topic
from sphinx_repodoc.core.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_repodoc.core.model import Entry

DOCS = Path(__file__).parents[2] / "docs"


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


DEEP = {
    "terms.py": "x = " + "+".join("a" * 200_000) + "\n",
    "minus.py": f"x = {'-' * 400_000}1\n",
    "calls.py": f"x = {'f(' * 20_000}{')' * 20_000}\n",
}


def test_file_that_ruff_dies_of_costs_its_own_findings(root: Path, store: Path) -> None:
    """What Ruff cannot stand is a problem of those files, and of no other; the next build leaves them alone."""
    for path, text in DEEP.items():
        (root / path).write_text(text)
    for number in range(20):
        (root / f"run{number}.py").write_text(CODE)
    done = update(root, store, RuffAnalyzer())
    assert (done.failed, done.problems["unchecked"]) == ({}, 3)
    for path in DEEP:
        (problem,) = found_in(store, path).unchecked
        assert problem.message == "The analyzer ruff failed on this file: it was ended by the signal SIGABRT."
        assert "ruff" not in found_in(store, path).checked_by
    assert all(found_in(store, f"run{number}.py").findings for number in range(20))
    again = update(root, store, RuffAnalyzer())
    assert (again.analyzed, again.problems["unchecked"]) == (False, 3)


def test_ten_thousand_terms_are_checked(root: Path, store: Path) -> None:
    """The stack of Ruff has the same size on each machine, and alone as among others."""
    (root / "terms.py").write_text(f"x = eval(a) + {'+'.join('a' * 10_000)}\n")
    update(root, store, RuffAnalyzer())
    assert found_in(store, "terms.py").unchecked == ()
    assert [group.rule.id for group in found_in(store, "terms.py").findings] == ["S307"]


def test_names_of_files_are_no_options(root: Path, store: Path) -> None:
    """Whatever a file is called, Ruff reads it as a file."""
    odd = ["-e.py", "--fix.py", "@a.py", "a b.py", "a\nb.py", "*.py", os.fsdecode(b"\xff.py"), "\\xff.py"]
    for name in odd:
        (root / name).write_text(CODE)
    update(root, store, RuffAnalyzer())
    assert [name for name in odd if not found_in(store, shown_path(name)).findings] == []


class Odd(LongLines):
    """Does in one of its methods what it is told to."""

    def __init__(self, method: str, act: Callable[[], Any]) -> None:
        super().__init__()
        setattr(self, method, lambda *_args: act())


def fail(error: BaseException) -> Callable[[], Any]:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize("method", ["version", "accepts", "find", "rules"])
@pytest.mark.parametrize(
    "error", [ValueError("two\nlines"), SystemExit(3), MemoryError(), RecursionError("deep")]
)
def test_whatever_an_analyzer_raises_is_a_reason(
    root: Path, store: Path, method: str, error: BaseException
) -> None:
    """It costs the findings of this analyzer, in one line that says where in its code that was."""
    (reason,) = update(root, store, Odd(method, fail(error)), RuffAnalyzer()).failed.values()
    assert reason.startswith(type(error).__name__)
    assert f"({__file__}, line " in reason
    assert "\n" not in reason
    assert found_in(store, "a.txt").findings == ()


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("find", None),
        ("find", [1]),
        ("find", {"a.txt": None}),
        ("find", {"a.txt": [1]}),
        ("find", {"a.txt": [Finding(rule="L1", line=0)]}),
        ("find", {"a.txt": [Finding(rule="L1", line="2")]}),  # type: ignore[arg-type]
        ("find", {"a.txt": [Finding(rule="L1", line=1, text=b"")]}),  # type: ignore[arg-type]
        ("rules", None),
        ("rules", {}),
        ("rules", {"L1": "long line"}),
    ],
)
def test_what_an_analyzer_must_not_give(root: Path, store: Path, method: str, given: Any) -> None:
    """What is no finding and no rule is a reason; nothing of it is kept."""
    assert update(root, store, Odd(method, lambda: given)).failed.keys() == {"long"}
    assert update(root, store, LongLines()).failed == {}
    assert len(found_in(store, "a.txt").findings) == 1


def test_file_that_an_analyzer_fails_on_has_a_problem(root: Path, store: Path) -> None:
    """It stands in the place of its findings; other files have theirs."""
    (root / "b.txt").write_text("long enough for it\n")
    long = {"a.txt": AnalyzerError("too odd"), "b.txt": [Finding(rule="L1", line=1)]}
    done = update(root, store, Odd("find", lambda: long))
    assert (done.failed, done.problems) == ({}, {"unchecked": 1})
    assert [problem.message for problem in found_in(store, "a.txt").unchecked] == [
        "The analyzer long failed on this file: too odd."
    ]
    assert len(found_in(store, "b.txt").findings) == 1


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that installs a module with an entry point."""

    def install(module: str, code: str, entry_points: str) -> None:
        folder = tmp_path / "installed"
        (folder / f"{module}-1.dist-info").mkdir(parents=True)
        (folder / f"{module}-1.dist-info/METADATA").write_text(f"Name: {module}\nVersion: 1\n")
        (folder / f"{module}-1.dist-info/entry_points.txt").write_text(entry_points)
        (folder / f"{module}.py").write_text(code)
        monkeypatch.syspath_prepend(folder)
        monkeypatch.delitem(sys.modules, module, raising=False)

    return install


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import nothing_of_this_name\n", "ModuleNotFoundError: No module named 'nothing_of_this_name'"),
        ("def broken(:\n", "SyntaxError"),
        ("raise KeyError('a')\n", "KeyError: 'a'"),
        ("import sys\nsys.exit('no')\n", "SystemExit: no"),
        ("Other = 1\n", "AttributeError"),
        ("class Mine:\n    def __init__(self, wants): ...\n", "TypeError"),
        ("class Mine:\n    name = 1\n", "its attribute 'name' is no text"),
        ("Mine = dict\n", "its attribute 'name' is no text"),
    ],
)
def test_analyzer_that_cannot_be_loaded_is_named(
    install: Callable[..., None], code: str, reason: str
) -> None:
    """Whatever its module does when it is imported, the others are loaded."""
    install("broken_one", code, "[sphinx_repodoc.analyzers]\nmine = broken_one:Mine\n")
    analyzers, wrong = load_analyzers()
    assert [each.name for each in analyzers] == ["ruff"]
    (message,) = wrong
    assert message.startswith(f"the analyzer 'mine' cannot be loaded: {reason}")
    assert "\n" not in message


def test_documented_analyzer_works_as_written(install: Callable[..., None], root: Path, store: Path) -> None:
    """The class and the entry point of the guide, copied from there."""
    guide = (DOCS / "howto/analyzers.md").read_text("utf-8")
    (module,) = re.findall(r"\{literalinclude\} (\w+)\.py", guide)
    (table,) = re.findall(r"```toml\n(.+?)```", guide, re.DOTALL)
    (group,) = tomllib.loads(table)["project"]["entry-points"].items()
    lines = [f"{name} = {value}" for name, value in group[1].items()]
    install(module, (DOCS / f"howto/{module}.py").read_text("utf-8"), "\n".join([f"[{group[0]}]", *lines]))
    analyzers, wrong = load_analyzers(["long-lines"])
    assert wrong == []
    (root / "a.txt").write_text(f"short\n{'x' * 101}\n")
    (root / "b.txt").write_bytes(b"caf\xe9\n")
    with closing(Store.open_to_write(store)) as opened:
        done = update_repository(
            opened, RepositoryOptions(root=root, history=False, analyzers=tuple(analyzers))
        )
    assert (done.failed, done.problems["unchecked"]) == ({}, 1)
    (found,) = found_in(store, "a.txt").findings
    assert (found.rule.title, found.places) == ("long line", ((2, "101 characters"),))
