"""Rust paths lead down the module trees of the crates that manifests name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_files, link_texts, make_file, take, used

from sphinx_repodoc.core.model import Symbol

if TYPE_CHECKING:
    from sphinx_repodoc.core.model import Import

CRATES = {
    "Cargo.toml": '[package]\nname = "demo-app"\n[dependencies]\nserde-json = "1"\nhelper-lib = {path = "helper"}\n',
    "helper/Cargo.toml": '[package]\nname = "helper-lib"\n',
}
RUST = [
    make_file("src/main.rs"),
    make_file("src/lib.rs", symbols=["Root"]),
    make_file("src/net/mod.rs", symbols=["Net"]),
    make_file("src/net/http.rs", symbols=["Client"]),
    make_file("src/store.rs", symbols=["Store"]),
    make_file("src/store/disk.rs", symbols=["Disk"]),
    make_file("helper/src/lib.rs", symbols=["help"]),
]


@pytest.mark.parametrize(
    ("path", "wanted", "expected"),
    [
        ("src/lib.rs", take("net", form="mod"), "src/net/mod.rs"),
        ("src/net/mod.rs", take("http", form="mod"), "src/net/http.rs"),
        ("src/store.rs", take("disk", form="mod"), "src/store/disk.rs"),
        ("src/store.rs", take("gone", form="mod"), "here"),
        ("src/lib.rs", take("r#store", form="mod"), "src/store.rs"),
        ("src/store.rs", take("crate::net::http", "Client", form="use"), "src/net/http.rs"),
        ("src/store.rs", take("crate::net", "http", "Net", form="use"), "src/net/http.rs src/net/mod.rs"),
        ("src/store.rs", take("crate", "Root", form="use"), "src/lib.rs"),
        ("src/store/disk.rs", take("super", "Store", form="use"), "src/store.rs"),
        ("src/store/disk.rs", take("super::super::net", "*", form="use"), "src/net/mod.rs"),
        ("src/net/http.rs", take("super", "Net", form="use"), "src/net/mod.rs"),
        ("src/net/mod.rs", take("self::http", "Client", form="use"), "src/net/http.rs"),
        ("src/lib.rs", take("store::disk", "Disk", form="use"), "src/store/disk.rs"),
        ("src/lib.rs", take("helper_lib", "help", form="use"), "helper/src/lib.rs"),
        ("tests/it.rs", take("demo_app::net", "Net", form="use"), "src/net/mod.rs"),
        ("src/lib.rs", take("std::io", "Read", form="use"), "standard"),
        ("src/lib.rs", take("serde_json", "Value", form="use"), "third-party Cargo.toml:4"),
        ("src/lib.rs", take("tokio", "main", form="use"), "unknown"),
    ],
)
def test_rust_paths(path: str, wanted: Import, expected: str) -> None:
    """Paths go down the module tree as far as there are files; what is left are names."""
    others = [file for file in RUST if file.entry.path != path]
    links = link_files(make_file(path, imports=[wanted]), *others, manifests=CRATES)
    assert leads(links, path) == [expected]


def test_super_inside_an_inline_module_is_the_file_itself() -> None:
    """Tests at the end of a file take names out of the file, which is no edge."""
    tests = Symbol(name="tests", qualname="tests", kind="module", line=5, end_line=9)
    user = make_file("src/store.rs", imports=[take("super", "*", line=6, form="use")], symbols=[tests])
    links = link_files(user, make_file("src/lib.rs", symbols=["Root"]), manifests=CRATES)
    assert leads(links, "src/store.rs") == ["src/store.rs"]
    assert links.edges == ()


def test_modules_of_a_test_belong_to_the_crate_that_declares_them() -> None:
    """Files beside an integration test are crates of their own, unless the test declares them."""
    links = link_files(
        make_file("src/lib.rs"),
        make_file("src/util.rs"),
        make_file("tests/it.rs", imports=[take("util", form="mod"), take("case", form="mod", line=2)]),
        make_file("tests/util.rs", symbols=["help"]),
        make_file("tests/case.rs", imports=[take("crate::util", "help", form="use")]),
        manifests={"Cargo.toml": '[package]\nname = "demo"\n'},
    )
    assert leads(links, "tests/it.rs") == ["tests/util.rs", "tests/case.rs"]
    assert leads(links, "tests/case.rs") == ["tests/util.rs"]
    assert used(links, "tests/case.rs") == ["tests/util.rs:help imported 1"]


def test_modules_that_declare_each_other_end() -> None:
    """Declarations that go round in a circle lead to no root."""
    manifests = {"Cargo.toml": "[package]\n"}
    links = link_files(
        make_file("tests/a.rs", imports=[take("b", form="mod"), take("crate", "x", form="use", line=2)]),
        make_file("tests/b.rs", imports=[take("a", form="mod")]),
        make_file("x/c.rs", imports=[take("crate", "y", form="use")]),
        manifests=manifests,
    )
    assert leads(links, "tests/a.rs") == ["tests/b.rs", "tests/b.rs"]
    assert leads(links, "x/c.rs") == ["here"]


def test_modules_between_braces_have_folders_of_their_own() -> None:
    """A module declared in another between braces lies in the folder of its name."""
    links = link_texts(
        {
            "Cargo.toml": '[package]\nname = "demo"\n',
            "src/lib.rs": """
                mod support { pub mod deep; mod nothing; pub fn help() {} }
                mod deep;
                use support::deep::Deep;
                use crate::support::help;
                mod tests { use super::support::deep; use super::deep as top; }
            """,
            "src/support/deep.rs": "pub struct Deep;\nuse super::help;\n",
            "src/deep.rs": "",
        }
    )
    assert leads(links, "src/lib.rs") == [
        "src/support/deep.rs",
        "here",
        "src/deep.rs",
        "src/support/deep.rs",
        "src/lib.rs",
        "src/support/deep.rs",
        "src/deep.rs",
    ]
    assert leads(links, "src/support/deep.rs") == ["src/lib.rs"]


def test_path_attributes_name_the_files_of_modules() -> None:
    """The path counts from the folder of the file, between braces from that of the module."""
    links = link_texts(
        {
            "Cargo.toml": '[package]\nname = "demo"\n',
            "src/lib.rs": """
                mod process;
                #[cfg(unix)]
                #[path = "sys/unix.rs"]
                // The other one is for Windows.
                mod imp;
                mod inner {
                    #[path = "odd.rs"]
                    mod part;
                    #[doc = "no path"]
                    mod plain;
                }
                use imp::run;
                use self::inner::part::Part;
            """,
            "src/process.rs": '#[path = "sys/unix.rs"] mod imp; #[path = "../../../x.rs"] mod out;',
            "src/sys/unix.rs": "use super::Root;",
            "src/imp.rs": "",
            "src/inner/odd.rs": "",
            "src/inner/plain.rs": "",
        }
    )
    assert leads(links, "src/lib.rs") == [
        "src/process.rs",
        "src/sys/unix.rs",
        "src/inner/odd.rs",
        "src/inner/plain.rs",
        "src/sys/unix.rs",
        "src/inner/odd.rs",
    ]
    assert leads(links, "src/process.rs") == ["src/sys/unix.rs", "here"]


def test_paths_begin_with_what_another_use_names() -> None:
    """``use io::Read`` after ``use std::io`` is standard; names that stand for each other end."""
    links = link_texts(
        {
            "Cargo.toml": '[package]\nname = "demo"\n',
            "src/lib.rs": "pub mod net;",
            "src/net.rs": """
                use std::io;
                use crate::net as own;
                use a::b;
                use b::a;
                fn f() { use io::Read; use own::deep::Deep; use a::b::c; }
            """,
            "src/net/deep.rs": "",
        }
    )
    assert leads(links, "src/net.rs") == [
        "standard",
        "src/net.rs",
        "unknown",
        "unknown",
        "standard",
        "src/net/deep.rs",
        "unknown",
    ]


def test_paths_of_the_2015_edition_count_from_the_root() -> None:
    """A name that nothing else explains is a module of the crate."""
    texts = {"Cargo.toml": '[package]\nname = "demo"\n', "src/lib.rs": "mod a; mod b;", "src/b.rs": ""}
    links = link_texts({**texts, "src/a.rs": "use b::X;\nuse c::X;\n"})
    assert leads(links, "src/a.rs") == ["src/b.rs", "unknown"]


WORKSPACE = {
    "Cargo.toml": """
        [workspace]
        members = ["app", "libs/*"]
        [workspace.dependencies]
        shared = { path = "libs/shared-lib", package = "shared-lib" }
        log = "0.4"
        [patch.crates-io]
        patched = { path = "libs/patched" }
    """,
    "app/Cargo.toml": """
        [package]
        name = "app"
        [dependencies]
        shared = { workspace = true }
        log = { workspace = true }
        renamed = { path = "../libs/odd", package = "odd-name" }
        patched = "1"
        vendored = "1"
        [lib]
        name = "app_core"
        path = "code/core.rs"
        [[test]]
        name = "all"
        path = "checks/all.rs"
    """,
    "libs/shared-lib/Cargo.toml": '[package]\nname = "shared-lib"\n',
    "libs/odd/Cargo.toml": '[package]\nname = "odd-name"\n',
    "libs/patched/Cargo.toml": '[package]\nname = "patched"\n',
    "fixtures/log/Cargo.toml": '[package]\nname = "log"\n',
    "fixtures/vendored/Cargo.toml": '[package]\nname = "vendored"\n',
}


@pytest.mark.parametrize(
    ("path", "module", "expected"),
    [
        ("app/code/core.rs", "shared", "libs/shared-lib/src/lib.rs"),
        ("app/code/core.rs", "renamed::deep", "libs/odd/src/deep.rs"),
        ("app/code/core.rs", "odd_name", "libs/odd/src/lib.rs"),
        ("app/code/core.rs", "patched", "libs/patched/src/lib.rs"),
        ("app/code/core.rs", "log", "third-party app/Cargo.toml:6"),
        ("app/code/core.rs", "vendored", "third-party app/Cargo.toml:9"),
        ("app/code/core.rs", "app_core", "app/code/core.rs"),
        ("app/checks/all.rs", "app_core", "app/code/core.rs"),
        ("app/checks/all.rs", "crate::util", "app/checks/util.rs"),
        ("fixtures/log/src/other.rs", "log", "fixtures/log/src/lib.rs"),
        ("fixtures/log/src/other.rs", "core", "standard"),
    ],
)
def test_crates_of_a_workspace(path: str, module: str, expected: str) -> None:
    """Paths, workspaces and patches name crates; a fixture is not the crate whose name it has."""
    sources = [f"{folder}/src/lib.rs" for folder in ("libs/shared-lib", "libs/odd", "libs/patched")]
    sources += ["fixtures/log/src/lib.rs", "fixtures/vendored/src/lib.rs", "fixtures/log/src/other.rs"]
    sources += ["libs/odd/src/deep.rs", "app/code/core.rs", "app/checks/all.rs", "app/checks/util.rs"]
    others = [make_file(source) for source in sources if source != path]
    user = make_file(path, imports=[take(module, "x", form="use")])
    assert leads(link_files(user, *others, manifests=WORKSPACE), path) == [expected]
