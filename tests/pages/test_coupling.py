"""How folders hang together, on their own pages, on the front page and in the book."""

from __future__ import annotations

from pages.facts import FakeData, as_text

from sphinx_repodoc.analyze.measures import Coupling, FindingCount, Layer, Ranked
from sphinx_repodoc.analyze.model import Book, Chapter, FolderRelations, Part
from sphinx_repodoc.pages.book import build_chapters
from sphinx_repodoc.pages.coupling import build_layers, folder_coupling
from sphinx_repodoc.pages.folder_doc import build_architecture, build_working


def test_a_folder_says_what_binds_it() -> None:
    """What follows from the numbers beside it is not said again."""
    coupling = Coupling(fan_in=3, fan_out=1, dependants=9, layer=2, in_cycle=1)
    data = FakeData(folders=(FolderRelations(path="a", coupling=coupling),))
    assert as_text(build_architecture(data, "a")) == (
        "3 files outside import from it (fan-in), and it imports 1 file outside (fan-out): instability 0.25.\n"
        "9 files outside depend on it, through other files too.\n"
        "Layer 2 among the folders: the longest chain of imports below it has 2 steps, with its import cycle with "
        "1 other folder counted as one folder.\n"
    )
    assert as_text(folder_coupling(Coupling(fan_in=1, fan_out=0, dependants=1, layer=0))) == (
        "1 file outside imports from it (fan-in), and it imports 0 files outside (fan-out): instability 0.00.\n"
        "Layer 0 among the folders: its own files import from no other folder.\n"
    )
    assert folder_coupling(None) == ()


def test_layers_name_what_most_depend_on() -> None:
    """On the front page and in the book; one layer is no order."""
    layers = (
        Layer(
            number=0,
            files=2,
            in_cycles=2,
            top=(Ranked(path="a.py", count=1000), Ranked(path="b.py", count=3)),
        ),
        Layer(number=1, files=1),
    )
    data = FakeData(the_book=Book(layers=layers))
    assert as_text(build_layers(data, "")) == (
        "3 files in 2 layers: a file stands above all that it imports on loading, and files that import each other "
        "stand in one layer.\n"
        "Layer | Files | In cycles | Most depended on\n"
        "0 | 2 | 2 | [a.py](file a.py) (1,000), [b.py](file b.py) (3)\n"
        "1 | 1 | . | .\n"
    )
    assert build_layers(data, "folder") == build_layers(FakeData(the_book=Book(layers=layers[:1])), "") == ()


def test_findings_of_a_folder_lead_to_all_of_their_topic() -> None:
    """In its documentation with those below, in the book with those of its own files."""
    folder = FolderRelations(
        path="a",
        coupling=Coupling(fan_in=1, fan_out=1, dependants=1),
        findings=(FindingCount(topic="security", places=3, files=2),),
        findings_here=(FindingCount(topic="mistake", places=1, files=1),),
    )
    book = Book(parts=(Part(path="a", chapters=(Chapter(path="a"),)),))
    data = FakeData(folders=(folder,), the_book=book)
    assert as_text(build_working(data, "a")) == (
        "== What rules found {#findings}\n- [3 possible dangers](findings security) in 2 files\n"
    )
    text = as_text(build_chapters(data, "a"))
    assert "Layer: instability 0.50\n" in text
    assert "Findings: [1 possible mistake](findings mistake)\n" in text
