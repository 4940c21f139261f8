"""The benchmarks run and say what they promise; nothing here looks at how long anything took."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
STEPS = ["cold", "nothing changed", "one body changed"]


def run_script(name: str, *options: str, quick: bool = True) -> list[dict[str, Any]]:
    """Run a benchmark, in its quick form if it has one: the rows it prints."""
    command = [sys.executable, str(BENCHMARKS / name), *["--quick"] * quick, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_floor_compares_each_step() -> None:
    """Each step has its ratio to Sphinx alone, over the same number of pages."""
    rows = run_script("floor.py", "--files", "30")
    assert [row["step"] for row in rows] == STEPS
    assert all(row["ratio"] > 0 and row["growth"] == 1 for row in rows)
    assert all(row["pages"] > 2 * row["files"] for row in rows)


def test_growth_is_against_the_smallest_size() -> None:
    """A row a size, and nothing but cold builds."""
    rows = run_script("floor.py", "--growth", "--files", "60", "30")
    assert [(row["files"], row["step"]) for row in rows] == [(30, "cold"), (60, "cold")]
    assert rows[0]["growth"] == 1
    assert rows[1]["growth"] == pytest.approx(rows[1]["ms/page"] / rows[0]["ms/page"])


def test_phases_cover_the_build() -> None:
    """Every phase has its part of the whole, and every size its ratio to the source."""
    rows = run_script("phases.py", "--files", "30")
    phases = [row for row in rows if "phase" in row]
    sizes = {row["size"]: row for row in rows if "size" in row}
    assert [row["phase"] for row in phases] == [
        "start", "scan", "parse", "link", "analyze", "store", "find pages", "read documents", "read pages",
        "save environment", "write", "finish", "all",
    ]  # fmt: skip
    assert all(row["ratio"] >= 0 for row in phases)
    assert sum(row["ratio"] for row in phases[:-1]) == pytest.approx(phases[-1]["ratio"])
    assert sizes["source"]["files"] == 30
    assert sizes["source"]["ratio"] == 1
    assert all(
        sizes[name]["MB"] > 0 for name in ("pages", "searchindex.js", "doctrees", "store", "peak memory")
    )


def test_shards_make_the_same_pages() -> None:
    """The mean and the largest shard and the merge stand beside the whole, and the site has all pages."""
    whole, mean, largest, merge = run_script("shards.py", "--files", "30", "--shards", "2")
    assert [row["step"] for row in (mean, largest, merge)] == ["mean shard", "largest shard", "merge"]
    assert merge["pages"] == whole["pages"]
    assert mean["ratio"] <= largest["ratio"]


def test_steps_read_and_write_only_what_changed() -> None:
    """Each kind of change has its row, and Sphinx alone stands beside them."""
    rows = run_script("steps.py", "--files", "30")
    ours = {row["step"]: row for row in rows if row["tool"] == "sphinx-repodoc"}
    assert [*ours] == [
        "cold", "nothing changed", "one body changed", "one signature changed", "one file added",
        "that file renamed", "that file removed", "fresh clone",
    ]  # fmt: skip
    assert ours["nothing changed"]["read"] == ours["fresh clone"]["read"] == 0
    for change in ("one body changed", "one signature changed", "one file added"):
        assert 0 < ours[change]["read"] < ours["cold"]["read"]
    assert ours["one file added"]["pages"] == ours["cold"]["pages"] + 2
    alone = [row for row in rows if row["tool"] == "Sphinx alone"]
    assert [(row["step"], row["read"]) for row in alone[1:]] == [
        ("nothing changed", 0),
        ("one document changed", 1),
    ]


def test_live_waits_for_the_page_of_what_was_saved() -> None:
    """The server and a new build both show it."""
    served, built = run_script("live.py", "--files", "30", "--times", "1", "--rest", "1")
    assert (served["way"], built["way"]) == ("serve", "a new build")
    assert served["pages"] == built["pages"] > 30
    assert 0 < served["least s"] <= served["median s"] <= served["most s"]


def test_parse_compares_the_facts_with_the_parser(tmp_path: Path) -> None:
    """A row a language and one for all, with a ratio where a grammar reads the language."""
    (tmp_path / "core.py").write_text("def run():\n    return 1\n" * 100, "utf-8")
    (tmp_path / "notes.txt").write_text("Nothing to parse.\n", "utf-8")
    rows = {row["language"]: row for row in run_script("parse.py", str(tmp_path), quick=False)}
    assert rows.keys() == {"python", "text", "all"}
    assert rows["python"]["facts / parser"] > 1
    assert rows["text"]["facts / parser"] is None
    assert rows["all"]["files"] == 2
    assert rows["all"]["peak MB"] > 1


def test_peers_compare_with_the_extension() -> None:
    """Each step of a tool has its ratio to the same step of the extension, which is 1 for itself."""
    rows = run_script("peers.py", "--files", "30", "--tools", "sphinx-repodoc")
    assert [(row["tool"], row["step"]) for row in rows] == [("sphinx-repodoc", step) for step in STEPS]
    assert all(row["ratio"] == 1 and row["pages"] > 30 for row in rows)


def test_accuracy_compares_fact_by_fact(tmp_path: Path) -> None:
    """Every fact of a file that both sides read counts, and what cannot be read is counted apart."""
    (tmp_path / "good.py").write_text("import a.b\n\n\nclass A:\n    def f(self): ...\n", "utf-8")
    (tmp_path / "bad.py").write_text("def f(:\n", "utf-8")
    options = ("--language", "python", "--measure", "definition")
    (row,) = run_script("accuracy", *options, "--path", str(tmp_path))
    assert (row["files"], row["unread"]) == (1, 1)
    assert row["measures"]["definition"]["expected"] == 2
    assert row["measures"]["import"]["expected"] == 1
    assert all(count["precision"] == count["recall"] == 1 for count in row["measures"].values())
    assert row["differences"] == {}


def test_accuracy_counts_apart_what_an_authority_cannot_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the parser finds there is neither right nor too much; what it does not find is not missing."""
    monkeypatch.syspath_prepend(BENCHMARKS.parent)
    from benchmarks.accuracy import go  # noqa: PLC0415 -- on the path only now
    from benchmarks.accuracy.engine import compare, protocol  # noqa: PLC0415

    path = tmp_path / "a.go"
    path.write_text("", "utf-8")
    names = ("seen", "blind", "made", "wrong")
    facts = [protocol.Fact("definition", name, "function", line) for line, name in enumerate(names, 1)]
    again = protocol.Fact("definition", "made twice", "function", 3)
    apart = (protocol.Apart("blind", 2, 2), protocol.Apart("made", 3, 3, "function"))
    told = protocol.Reading(path=path, facts=Counter(facts[:1]), apart=apart)
    found = protocol.Reading(path=path, facts=Counter([*facts, again]))
    row = replace(go.ROWS[0], tool=lambda: "A 1", authority=lambda _: [told], read=lambda *_: [found])
    result = compare.compare(row, "corpus", tmp_path, [path])
    count = result.counts["definition"]
    assert (count.expected, count.found, count.missing, count.extra) == (1, 3, 0, 2)
    assert {each.fact.name for each in result.differences} == {"made twice", "wrong"}
    assert {name: (each.expected, each.found) for name, each in result.apart.items()} == {
        "blind": (0, 1),
        "made": (1, 1),
    }


@pytest.mark.parametrize("digest", ["right", "wrong"])
def test_accuracy_takes_corpora_from_the_index_of_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digest: str
) -> None:
    """A source distribution is unpacked once, and only if it is the one that the index speaks of."""
    monkeypatch.syspath_prepend(BENCHMARKS.parent)
    from benchmarks.accuracy.engine import corpora, protocol  # noqa: PLC0415 -- on the path only now

    page = tmp_path / "index" / "some-package"
    page.mkdir(parents=True)
    (tmp_path / "module.py").write_text("x = 1\n", "utf-8")
    with tarfile.open(page / "Some_Package-1.0.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "module.py", "some_package-1.0/module.py")
    found = hashlib.sha256((page / "Some_Package-1.0.tar.gz").read_bytes()).hexdigest()
    link = f"Some_Package-1.0.tar.gz#sha256={found if digest == 'right' else '0' * 64}"
    (page / "index.html").write_text(f'<a href="other-1.0.tar.gz"></a><a href="{link}"></a>', "utf-8")
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "index").as_uri())
    corpus = corpora.PyPI(package="some.package", version="1.0")
    if digest == "wrong":
        with pytest.raises(protocol.Unavailable, match="digest"):
            corpus.fetch(tmp_path / "cache")
        assert not list((tmp_path / "cache").rglob("*.py"))
        return
    folder = corpus.fetch(tmp_path / "cache")
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.py")] == [
        "some_package-1.0/module.py"
    ]
    shutil.rmtree(page)
    assert corpus.fetch(tmp_path / "cache") == folder


def test_the_page_of_accuracy_keeps_what_was_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of what was measured are replaced, those of corpora that are none any more removed; others stay."""
    monkeypatch.syspath_prepend(BENCHMARKS.parent)
    from benchmarks.accuracy import go, python  # noqa: PLC0415 -- on the path only now
    from benchmarks.accuracy.engine import compare, protocol, report  # noqa: PLC0415

    def result(row: protocol.Row, corpus: str, missing: int) -> compare.Result:
        counts = {"definition": compare.Count(expected=9, found=9 - missing, missing=missing)}
        fact = protocol.Fact("definition", "f", "function", 1)
        lost = protocol.Difference(path=tmp_path / "a", is_missing=True, fact=fact, text="")
        return compare.Result(
            row=row,
            authority="A 1",
            corpus=corpus,
            root=tmp_path,
            files=2,
            counts=counts | {"import": compare.Count()},
            differences=[lost] * missing,
        )

    page = tmp_path / "page.md"
    first, second = (corpus.name for corpus in python.ROWS[0].corpora[:2])
    report.write(
        page,
        [result(python.ROWS[0], name, 3) for name in (first, second, "gone")]
        + [result(go.ROWS[0], "kept", 1)],
    )
    report.write(page, [result(python.ROWS[0], first, 0)])
    assert [
        line for line in page.read_text("utf-8").splitlines() if line.startswith(("| python", "| go"))
    ] == [
        "| go | A 1 | kept | 2 | 9 | 1.0000 | 0.8888 | 0 | - | - |",
        *sorted(
            [
                f"| python | A 1 | {first} | 2 | 9 | 1.0000 | 1.0000 | 0 | - | - |",
                f"| python | A 1 | {second} | 2 | 9 | 1.0000 | 0.6666 | 0 | - | - |",
            ],
            key=str.lower,
        ),
        "| go | kept | other | 1 | 0 |  |",
        f"| python | {second} | other | 3 | 0 |  |",
    ]


def test_a_body_is_edited_without_breaking_it(tmp_path: Path) -> None:
    """The edit makes a module one line longer that still compiles."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import synthetic  # noqa: PLC0415 (a script's neighbour, not a package)
    finally:
        sys.path.remove(str(BENCHMARKS))
    module = synthetic.write_repository(tmp_path, 40)
    before = module.read_text("utf-8")
    synthetic.edit_body(module)
    after = module.read_text("utf-8")
    compile(after, str(module), "exec")
    assert len(after.splitlines()) == len(before.splitlines()) + 1
