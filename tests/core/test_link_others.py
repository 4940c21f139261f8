"""Java: what paths alone tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_files, make_file, make_symbol, take, used

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Import

HOME = "core/src/main/java/org/demo"
JAVA = [
    make_file(f"{HOME}/Tool.java", symbols=[make_symbol("Tool", "class")]),
    make_file(f"{HOME}/Other.java"),
    make_file("x/org/demo/Twice.java"),
    make_file("y/org/demo/Twice.java"),
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (take("org.demo.Tool", form="import"), f"{HOME}/Tool.java"),
        (take("org.demo.Tool.Inner", form="import"), f"{HOME}/Tool.java"),
        (take("org.demo.Tool", "run", form="import static"), f"{HOME}/Tool.java"),
        (take("org.demo", "*", form="import"), f"{HOME}/Other.java {HOME}/Tool.java"),
        (take("java.util.List", form="import"), "standard"),
        (take("javax.swing", "*", form="import"), "standard"),
        (take("javax.inject.Inject", form="import"), "unknown"),
        (take("org.junit.jupiter.Test", form="import"), "third-party core/pom.xml:1"),
        (take("org.demo.Twice", form="import"), "unknown"),
    ],
)
def test_java_classes(wanted: Import, expected: str) -> None:
    """A class is the file that its package path ends in, and a package its folder, unless two are as near."""
    pom = "<project><dependency><groupId>org.junit</groupId><artifactId>j</artifactId></dependency></project>"
    main = make_file("core/src/App.java", imports=[wanted], words=["Tool"])
    links = link_files(main, *JAVA, manifests={"core/pom.xml": pom})
    assert leads(links, "core/src/App.java") == [expected]


def test_java_class_is_imported_by_its_name() -> None:
    """A class import is a use of the class, the import of a package mentions what the file names."""
    wanted = [take("org.demo.Tool", form="import"), take("org.demo", "*", line=2, form="import")]
    one = make_file("core/One.java", imports=wanted[:1])
    all_ = make_file("core/All.java", imports=wanted[1:], words=["Tool"])
    links = link_files(one, all_, *JAVA)
    assert used(links, "core/One.java") == [f"{HOME}/Tool.java:Tool imported 1"]
    assert used(links, "core/All.java") == [f"{HOME}/Tool.java:Tool mentioned 2"]
