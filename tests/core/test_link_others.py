"""Go, Rust and Java: what paths alone tell."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, make_file, make_symbol, take, used

from sphinx_repodoc.core.model import Import, Symbol


def test_go_package_is_its_files_that_are_used() -> None:
    """A package leads to the files that define what is mentioned, or to all, never to tests."""
    wanted = [
        Import(module=module, line=line)
        for line, module in enumerate(
            ["demo.org/app/store", "demo.org/app/empty", "fmt", "net/http", "other.org/x/y", "no.org/z"], 1
        )
    ]
    links = link_files(
        make_file("cmd/main.go", imports=wanted, words=["store", "Open", "hidden"]),
        make_file("store/open.go", symbols=["Open"]),
        make_file("store/close.go", symbols=["Close"]),
        make_file("store/priv.go", symbols=["hidden"]),
        make_file("store/open_test.go", symbols=["Open"]),
        make_file("empty/a.go"),
        make_file("empty/b.go"),
        manifests={"go.mod": "module demo.org/app\nrequire other.org/x v1.0.0\n"},
    )
    assert leads(links, "cmd/main.go") == [
        "store/open.go",
        "empty/a.go empty/b.go",
        "standard",
        "standard",
        "third-party go.mod:2",
        "unknown",
    ]
    assert used(links, "cmd/main.go") == ["store/open.go:Open mentioned 1"]


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
