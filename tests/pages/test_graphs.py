"""Graphs of files and folders, and the SVG they become."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pages.facts import as_text

from sphinx_repodoc.analyze.model import Dependency, FileRelations, Flow
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Graph, Ref
from sphinx_repodoc.pages.graphs import MOST_NEIGHBOURS, MOST_PARTS, draw_neighbours, draw_parts
from sphinx_repodoc.pages.html import render_html

SVG = "{http://www.w3.org/2000/svg}"


def link(path: str, text: str) -> Ref:
    return Ref(PageKind.FOLDER_DOC, path, text)


def render(graph: Graph) -> ET.Element:
    """Give the SVG, which must be XML of its own."""

    def resolve(ref: Ref) -> str | None:
        return None if ref.path == "nowhere" else f"{ref.path}.html#{ref.anchor}"

    html = render_html((graph,), resolve, source=lambda _: "")
    return ET.fromstring(html)  # noqa: S314 (our own text)


def make_relations(importers: int, imports: int) -> FileRelations:
    return FileRelations(
        path="a.py",
        imported_by=tuple(Dependency(path=f"u{n:02}.py", lines=(1,)) for n in range(importers)),
        imports=tuple(Dependency(path=f"d{n:02}.py", lines=(1,)) for n in range(imports)),
    )


def test_neighbours_stand_on_both_sides() -> None:
    """What imports the file is left of it, what it imports right of it; a file without any has no graph."""
    graph = draw_neighbours(make_relations(2, 1))
    assert graph is not None
    assert [(box.ref.text, box.column, box.current) for box in graph.boxes] == [
        ("u00.py", 0, False),
        ("u01.py", 0, False),
        ("a.py", 1, True),
        ("d00.py", 2, False),
    ]
    assert [(arrow.source, arrow.target) for arrow in graph.arrows] == [(0, 2), (1, 2), (2, 3)]
    assert draw_neighbours(make_relations(0, 0)) is None


def test_many_neighbours_end_in_their_number() -> None:
    """The last box says how many there are beside those drawn, and leads to the list of all."""
    graph = draw_neighbours(make_relations(MOST_NEIGHBOURS + 5, MOST_NEIGHBOURS))
    assert graph is not None
    assert len(graph.boxes) == MOST_NEIGHBOURS + 1 + MOST_NEIGHBOURS
    last = graph.boxes[MOST_NEIGHBOURS - 1].ref
    assert (last.text, last.anchor) == ("6 more files", "imported-by")


def test_neighbours_that_share_more_names_come_first_and_same_names_show_their_folder() -> None:
    """Where two files have one name, the folder tells them apart."""
    ends = (
        Dependency(path="x/__init__.py", lines=(1,)),
        Dependency(path="y/__init__.py", lines=(1,), names=("f", "g")),
        Dependency(path="z.py", lines=(1,), names=("f",)),
    )
    graph = draw_neighbours(FileRelations(path="a.py", imports=ends))
    assert graph is not None
    assert [box.ref.text for box in graph.boxes[1:]] == ["y/__init__.py", "z.py", "x/__init__.py"]


def test_parts_stand_left_of_what_they_build_on() -> None:
    """Columns are the layers of the imports; two parts are no graph."""
    flows = [Flow(source="f/a", target="f/b", edges=9), Flow(source="f/b", target="f/c", edges=1)]
    flows.append(Flow(source="f/a", target="f/c", edges=5))  # goes without saying
    assert draw_parts(flows[:1], link) is None
    found = draw_parts(flows, link)
    assert found is not None
    graph, total = found
    assert total == 3
    assert [(box.ref.path, box.column) for box in graph.boxes] == [("f/a", 0), ("f/b", 1), ("f/c", 2)]
    assert as_text((graph,)).splitlines()[1:] == [
        "  [a](folder-doc f/a) -9-> [b](folder-doc f/b)",
        "  [b](folder-doc f/b) -1-> [c](folder-doc f/c)",
    ]


def test_of_many_parts_those_with_most_imports_are_drawn() -> None:
    """The number of all of them comes with the graph."""
    flows = [Flow(source=f"p{n:03}", target="hub", edges=n) for n in range(1, MOST_PARTS + 10)]
    found = draw_parts(flows, link)
    assert found is not None
    graph, total = found
    assert (len(graph.boxes), total) == (MOST_PARTS, MOST_PARTS + 10)
    assert "p001" not in {box.ref.path for box in graph.boxes}


def test_svg_links_each_box_and_escapes_names() -> None:
    """It is well-formed, boxes do not overlap, and a page that does not exist is no link."""
    ends = (Dependency(path='<b>&".py', lines=(1,)), Dependency(path="nowhere", lines=(1,)))
    graph = draw_neighbours(FileRelations(path="a.py", imports=ends))
    assert graph is not None
    svg = render(graph)
    links = [element.get("href") for element in svg.iter(f"{SVG}a")]
    assert sorted(map(str, links)) == ['<b>&".py.html#', "a.py.html#"]
    assert {text.text for text in svg.iter(f"{SVG}text")} == {"a.py", '<b>&".py', "nowhere"}
    boxes = {(rect.get("x"), rect.get("y")) for rect in svg.iter(f"{SVG}rect")}
    assert len(boxes) == 3


def test_arrow_of_a_cycle_goes_round() -> None:
    """Parts that import each other share a column; both arrows are drawn."""
    flows = [
        Flow(source="a", target="b", edges=1),
        Flow(source="b", target="a", edges=1),
        Flow(source="b", target="c", edges=1),
    ]
    found = draw_parts(flows, link)
    assert found is not None
    assert [box.column for box in found[0].boxes] == [0, 0, 1]
    assert len(list(render(found[0]).iter(f"{SVG}path"))) == 6
