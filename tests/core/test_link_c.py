"""Includes lead to the one file that they can mean, and nowhere when there are several."""

from __future__ import annotations

from dataclasses import replace

import pytest
from link_repos import leads, link_files, make_file, make_symbol, used

from sphinx_repodoc.core.model import Import


def quote(header: str, line: int = 1) -> Import:
    return Import(module=header, line=line, form='include "…"')


def angle(header: str, line: int = 1) -> Import:
    return Import(module=header, line=line, form="include <…>")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (quote("a.h"), "lib/src/a.h"),
        (quote("../b.h"), "lib/b.h"),
        (quote("./sub/c.h"), "lib/src/sub/c.h"),
        (quote("lib/b.h"), "lib/b.h"),
        (angle("b.h"), "lib/b.h"),
        (angle("demo/d.h"), "lib/include/demo/d.h"),
        (quote("../../../outside.h"), "unknown"),
        (quote("missing.h"), "unknown"),
        (angle("stdio.h"), "standard"),
        (angle("vector"), "standard"),
        (angle("sys/stat.h"), "standard"),
        (quote("stdlib.h"), "standard"),
        (angle("zlib.h"), "unknown"),
    ],
)
def test_one_meaning(wanted: Import, expected: str) -> None:
    """Beside the including file first, then wherever the only file that ends in it lies."""
    headers = ("lib/src/a.h", "lib/b.h", "lib/src/sub/c.h", "lib/include/demo/d.h", "far/off/stdlib.h")
    links = link_files(make_file("lib/src/x.c", imports=[wanted]), *map(make_file, headers))
    assert leads(links, "lib/src/x.c") == [expected]


def test_quoted_header_near_by_hides_the_standard_one() -> None:
    """A project may have its own ``string.h``: it is meant when it is quoted, not in angles."""
    links = link_files(
        make_file("src/x.c", imports=[quote("string.h"), angle("string.h")]), make_file("include/string.h")
    )
    assert leads(links, "src/x.c") == ["include/string.h", "standard"]


def test_nearest_include_folder_wins() -> None:
    """Of several, the header in the include folder next above is meant."""
    links = link_files(
        make_file("one/src/x.c", imports=[quote("util.h")]),
        make_file("two/src/x.c", imports=[quote("util.h")]),
        make_file("three/y.c", imports=[quote("util.h")]),
        make_file("one/include/util.h"),
        make_file("two/include/util.h"),
    )
    assert leads(links, "one/src/x.c") == ["one/include/util.h"]
    assert leads(links, "two/src/x.c") == ["two/include/util.h"]
    assert leads(links, "three/y.c") == ["unknown"]


def test_votes_choose_the_root_that_other_includes_prove() -> None:
    """An include with one meaning shows which folder is on the include path of the files around it."""
    headers = map(make_file, ["v1/api/only1.h", "v1/api/both.h", "v2/api/only2.h", "v2/api/both.h"])
    links = link_files(
        *headers,
        make_file("apps/a/x.c", imports=[angle("api/only1.h"), angle("api/both.h", 2)]),
        make_file("apps/b/x.c", imports=[angle("api/only2.h"), angle("api/both.h", 2)]),
        make_file("apps/c/x.c", imports=[angle("api/both.h")]),
    )
    assert leads(links, "apps/a/x.c")[1] == "v1/api/both.h"
    assert leads(links, "apps/b/x.c")[1] == "v2/api/both.h"
    assert leads(links, "apps/c/x.c") == ["unknown"]


def test_configured_header_is_its_template() -> None:
    """A header that is made by the build leads to what it is made of, not to one of that name far away."""
    links = link_files(
        make_file("src/x.c", imports=[quote("config.h"), angle("demo/version.h", 2)]),
        make_file("src/config.h.in"),
        make_file("android/config.h"),
        make_file("include/demo/version.h.in"),
    )
    assert leads(links, "src/x.c") == ["src/config.h.in", "include/demo/version.h.in"]


def test_library_of_a_manifest() -> None:
    """A header whose folder or name is a library that CMake looks for is a third party's."""
    links = link_files(
        make_file("x.cpp", imports=[angle("fmt/core.h"), angle("zlib.h", 2)]),
        manifests={"CMakeLists.txt": "find_package(fmt)\nfind_package(ZLIB REQUIRED)\n"},
    )
    assert leads(links, "x.cpp") == ["third-party CMakeLists.txt:1", "third-party CMakeLists.txt:2"]


def test_own_library_is_no_third_party() -> None:
    """An example that looks for the project it belongs to does not make it a third party's."""
    links = link_files(
        make_file("x.cpp", imports=[angle("demo/made.h")]),
        manifests={"CMakeLists.txt": "project(demo)\n", "example/CMakeLists.txt": "find_package(Demo)\n"},
    )
    assert leads(links, "x.cpp") == ["unknown"]


def test_what_is_missing_beside_own_headers_is_nobody_elses() -> None:
    """``demo/ops.h`` is made by the build: that a test finds the installed package does not explain it."""
    links = link_files(
        make_file("src/x.c", imports=[quote("demo/core.h"), quote("demo/ops.h"), angle("fmt/core.h")]),
        make_file("include/demo/core.h"),
        manifests={
            "CMakeLists.txt": "find_package(fmt)\n",
            "test_install/CMakeLists.txt": "find_package(demo)\n",
        },
    )
    assert leads(links, "src/x.c") == ["include/demo/core.h", "unknown", "third-party CMakeLists.txt:1"]


def test_header_counts_for_the_names_that_are_mentioned() -> None:
    """Names in namespaces and constants of enumerations are reached by their name alone, members are not."""
    symbols = [
        make_symbol("ns", "namespace"),
        make_symbol("Thing", "class", parent=0),
        make_symbol("member", "method", parent=1),
        make_symbol("Color", "enum"),
        make_symbol("RED", "enumerator", parent=3),
        make_symbol("MACRO", "macro"),
        make_symbol("unused"),
        make_symbol("outside", "method"),
    ]
    words = {"ns", "Thing", "member", "RED", "MACRO", "outside"}
    links = link_files(
        make_file("x.cpp", imports=[quote("x.h", 3)], words=words), make_file("x.h", symbols=symbols)
    )
    assert used(links, "x.cpp") == [
        "x.h:MACRO mentioned 3",
        "x.h:RED mentioned 3",
        "x.h:Thing mentioned 3",
    ]


def test_name_behind_a_scope_is_that_of_the_scope() -> None:
    """Behind another scope it is another one; behind any where the scopes of the header are hidden by macros."""
    here = [replace(make_symbol("f"), qualname="ns::inner::f"), replace(make_symbol("g"), qualname="ns::g")]
    hidden = [make_symbol("h"), make_symbol("own")]
    words = {"ns::f", "::f", "other::g", "::g", "any::h", "::h", "ns::own", "::own"}
    links = link_files(
        make_file(
            "x.cpp", imports=[quote("a.h"), quote("b.h", 2)], words=words, symbols=[make_symbol("own")]
        ),
        make_file("a.h", symbols=here),
        make_file("b.h", symbols=hidden),
    )
    assert used(links, "x.cpp") == ["a.h:f mentioned 1", "b.h:h mentioned 2"]


def test_cuda_and_c_share_their_headers() -> None:
    """A kernel and a C file include the same header."""
    links = link_files(
        make_file("k.cu", imports=[quote("x.h")]), make_file("c.c", imports=[quote("x.h")]), make_file("x.h")
    )
    assert [(each.source, each.target) for each in links.edges] == [("c.c", "x.h"), ("k.cu", "x.h")]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (quote("Boat.h"), "Boats/Boat.h"),
        (angle("Boats/Boat.h"), "Boats/Boat.h"),
        (angle("UIKit/UIKit.h"), "standard"),
        (angle("UIKit.h"), "unknown"),
        (quote("UIKit/Own.h"), "unknown"),
        (Import(module="CoreLocation.CLLocation", line=1, form="@import"), "standard"),
        (Import(module="Elsewhere", line=1, form="@import"), "unknown"),
    ],
)
def test_objective_c(wanted: Import, expected: str) -> None:
    """What is imported from a framework of the system comes with the language."""
    links = link_files(make_file("Boats/Boat.m", imports=[wanted]), make_file("Boats/Boat.h"))
    assert leads(links, "Boats/Boat.m") == [expected]
