"""Layers of the import graph, what couples folders, and findings by folder."""

from __future__ import annotations

from analysis_repos import analyze_repo, make_links

from sphinx_repodoc.analyze.findings import Findings
from sphinx_repodoc.analyze.measures import Coupling, FindingCount, Layer, Ranked
from sphinx_repodoc.core.findings import Finding, Rule, Topic

FILES = ("a/one.py", "a/two.py", "b/three.py", "b/x/four.py", "c/five.py", "README.md")
LINKS = make_links(
    "a/two.py a/one.py",
    "b/three.py a/one.py",
    "b/x/four.py a/two.py",
    "b/x/four.py b/three.py",
    "b/three.py b/x/four.py call",
    "c/five.py b/x/four.py",
)


def test_layers_of_the_import_graph() -> None:
    """From the foundations up, with those that most files depend on; what imports nothing and is not imported is in none."""
    assert analyze_repo(*FILES, links=LINKS).book.layers == (
        Layer(number=0, files=1, top=(Ranked(path="a/one.py", count=4),)),
        Layer(number=1, files=2, top=(Ranked(path="a/two.py", count=2), Ranked(path="b/three.py", count=2))),
        Layer(number=2, files=1, top=(Ranked(path="b/x/four.py", count=1),)),
        Layer(number=3, files=1),
    )


def test_a_cycle_lies_in_one_layer() -> None:
    """Its files are counted as such."""
    links = make_links("a.py b.py", "b.py a.py", "c.py a.py")
    layers = analyze_repo("a.py", "b.py", "c.py", links=links).book.layers
    assert [(layer.number, layer.files, layer.in_cycles) for layer in layers] == [(0, 2, 2), (1, 1, 0)]
    assert analyze_repo("a.py").book.layers == ()


def test_coupling_counts_files_outside() -> None:
    """Each once, however many files inside it is bound to; the root has nothing outside."""
    folders = analyze_repo(*FILES, links=LINKS).folders
    assert folders["a"].coupling == Coupling(fan_in=2, fan_out=0, dependants=3, layer=0)
    assert folders["b"].coupling == Coupling(fan_in=1, fan_out=2, dependants=1, layer=1)
    assert folders["b/x"].coupling == Coupling(fan_in=1, fan_out=2, dependants=1, layer=2)
    assert folders["c"].coupling == Coupling(fan_in=0, fan_out=1, dependants=0, layer=3)
    assert folders[""].coupling is None


def test_folders_that_import_each_other_are_one_in_the_layers() -> None:
    """Their files need no cycle for that. A folder whose own files import nothing has no layer."""
    links = make_links("a/1.py b/1.py", "b/2.py a/2.py", "c/d/1.py a/1.py")
    folders = analyze_repo("a/1.py", "a/2.py", "b/1.py", "b/2.py", "c/d/1.py", links=links).folders
    assert [(folders[name].coupling.layer, folders[name].coupling.in_cycle) for name in ("a", "b", "c/d", "c")] == [
        (0, 1), (0, 1), (1, 0), (-1, 0),
    ]  # fmt: skip


def test_findings_are_counted_by_folder() -> None:
    """In the files of a folder, and in all below it, by topic."""
    rules = {
        name: Rule(id=name, topic=topic, title="x", tool="t")
        for name, topic in (("S1", Topic.SECURITY), ("P1", Topic.PERFORMANCE))
    }
    found = Findings(
        by_file={
            "a/one.py": [Finding(rule="S1", line=1), Finding(rule="S1", line=2), Finding(rule="P1", line=3)],
            "a/x/two.py": [Finding(rule="S1", line=1)],
        },
        rules=rules,
    )
    folders = analyze_repo("a/one.py", "a/x/two.py", "b.py", findings=found).folders
    performance = FindingCount(topic="performance", places=1, files=1)
    assert folders["a"].findings_here == (performance, FindingCount(topic="security", places=2, files=1))
    assert folders["a"].findings == (performance, FindingCount(topic="security", places=3, files=2))
    assert folders[""].findings == folders["a"].findings
    assert folders[""].findings_here == ()
