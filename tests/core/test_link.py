"""What all linkers share: order, completeness, and languages without a linker."""

from __future__ import annotations

from link_repos import leads, link_files, make_file, take

from sphinx_repodoc.core import link as module
from sphinx_repodoc.core.linked import Links
from sphinx_repodoc.core.manifests import Manifests

FILES = [
    make_file("b.py", imports=[take("c", "g", line=2), take("a", "f", line=1)], words=["f", "g"]),
    make_file(
        "c.py",
        imports=[take("a", form="import"), take("b", form="import", line=2)],
        symbols=["g"],
        words=["a.f"],
    ),
    make_file("a.py", symbols=["f", "e"]),
]


def test_links_are_sorted_whatever_the_order_of_the_files() -> None:
    """Edges come by source and target, uses by target, name and source."""
    links = link_files(*FILES)
    assert [(each.source, each.target) for each in links.edges] == [
        ("b.py", "a.py"),
        ("b.py", "c.py"),
        ("c.py", "a.py"),
        ("c.py", "b.py"),
    ]
    assert [(each.target, each.name, each.source) for each in links.uses] == [
        ("a.py", "f", "b.py"),
        ("a.py", "f", "c.py"),
        ("c.py", "g", "b.py"),
    ]
    assert module.link(FILES[::-1], Manifests()) == links


def test_every_import_of_a_file_has_an_answer() -> None:
    """Answers come in the order of the imports; files without imports are absent."""
    links = link_files(*FILES)
    assert list(links.imports) == ["b.py", "c.py"]
    assert [each.index for each in links.imports["b.py"]] == [0, 1]


def test_language_without_a_linker_is_unknown() -> None:
    """Imports of a language that no linker knows lead nowhere."""
    links = link_files(make_file("a.adb", imports=[take("Std"), take("./b.adb")]), make_file("b.adb"))
    assert leads(links, "a.adb") == ["unknown", "unknown"]


def test_nothing_links_to_nothing() -> None:
    """An empty repository has no links."""
    assert module.link([], Manifests()) == Links()
