"""Go imports lead to those files of a package that define what is used of it."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts, used

MODULE = "module demo.org/app\nrequire other.org/x v1.0.0\n"


def test_package_is_its_files_that_are_used() -> None:
    """What stands behind the name of the package counts, and nothing else of that name; tests never do."""
    links = link_texts(
        {
            "go.mod": MODULE,
            "cmd/main.go": """
                package main

                import (
                    "demo.org/app/store"
                    nick "demo.org/app/go-names"
                    . "demo.org/app/dotted"
                    _ "demo.org/app/effects"
                    "fmt"
                    "net/http"
                    "other.org/x/y"
                    "no.org/z"
                    "demo.org/app/gone"
                )

                func main() { store.Open(); nick.Call(fmt.Close, store.hidden); Dotted() }
            """,
            "store/open.go": "package store\nfunc Open() {}\nfunc hidden() {}\n",
            "store/close.go": "package store\nfunc Close() {}\nfunc Call() {}\n",
            "store/open_test.go": "package store\nfunc Open() {}\n",
            "go-names/a.go": "package names\nfunc Call() {}\n",
            "go-names/b.go": "package names\nfunc Close() {}\n",
            "dotted/a.go": "package dotted\nfunc Dotted() {}\n",
            "dotted/b.go": "package dotted\nfunc Other() {}\n",
            "effects/a.go": "package effects\n",
            "effects/b.go": "package effects\n",
        }
    )
    assert leads(links, "cmd/main.go") == [
        "store/open.go",
        "go-names/a.go",
        "dotted/a.go",
        "effects/a.go effects/b.go",
        "standard",
        "standard",
        "third-party go.mod:2",
        "unknown",
        "here",
    ]
    assert used(links, "cmd/main.go") == [
        "dotted/a.go:Dotted mentioned 7",
        "go-names/a.go:Call mentioned 6",
        "store/open.go:Open mentioned 5",
    ]


def test_package_may_be_called_otherwise_than_its_path() -> None:
    """Versions, and ``go-`` before a name, are no part of it."""
    texts = {
        "go.mod": "module demo.org/app/v3\n",
        "lib/v2/a.go": "package lib\nfunc A() {}\n",
        "lib/v2/b.go": "package lib\nfunc B() {}\n",
        "go-my-kit/a.go": "package mykit\nfunc A() {}\n",
        "go-my-kit/b.go": "package mykit\nfunc B() {}\n",
        "yaml.v3/a.go": "package yaml\nfunc A() {}\n",
        "yaml.v3/b.go": "package yaml\nfunc B() {}\n",
        "main.go": """
            package main
            import "demo.org/app/v3/lib/v2"
            import "demo.org/app/v3/go-my-kit"
            import "demo.org/app/v3/yaml.v3"
            func main() { lib.A(); mykit.B(); yaml.A() }
        """,
    }
    assert leads(link_texts(texts), "main.go") == ["lib/v2/a.go", "go-my-kit/b.go", "yaml.v3/a.go"]


WORKSPACE = {
    "go.work": "go 1.22\nuse (\n\t./app\n\t./lib\n)\nreplace old.org/fork => ./forks/inner\n",
    "app/go.mod": (
        "module demo.org/app\nrequire (\n\tdemo.org/lib v0.1.0\n\tsame.org/name v1.0.0 // indirect\n)\n"
        "replace (\n\tdemo.org/swap v1.2.3 => ../swapped // why\n\tfar.org/x => far.org/y v1.0.0\n)\n"
    ),
    "lib/go.mod": 'module "demo.org/lib" // a library\n',
    "lib/deep/go.mod": "module demo.org/lib/deep\n",
    "swapped/go.mod": "module demo.org/other\n",
    "forks/inner/go.mod": "module old.org/fork\n",
    "lib/testdata/mod/go.mod": "module same.org/name\n",
    "lib/a.go": "package lib",
    "lib/deep/b.go": "package deep",
    "lib/internal/c.go": "package internal",
    "swapped/d/d.go": "package d",
    "forks/inner/e.go": "package fork",
    "lib/testdata/mod/f.go": "package name",
    "app/vendor/third.org/v/v.go": "package v",
    "vendor/fmt/fmt.go": "package fmt",
}


@pytest.mark.parametrize(
    ("source", "module", "expected"),
    [
        ("app", "demo.org/lib", "lib/a.go"),
        ("app", "demo.org/lib/deep", "lib/deep/b.go"),
        ("lib", "demo.org/lib/internal", "lib/internal/c.go"),
        ("app", "demo.org/swap/d", "swapped/d/d.go"),
        ("app", "old.org/fork", "forks/inner/e.go"),
        ("app", "same.org/name", "third-party app/go.mod:4"),
        ("lib/testdata/mod/g", "same.org/name", "lib/testdata/mod/f.go"),
        ("app", "third.org/v", "app/vendor/third.org/v/v.go"),
        ("lib", "third.org/v", "unknown"),
        ("app", "far.org/x", "unknown"),
        ("app", "go/ast", "standard"),
    ],
)
def test_modules_of_a_workspace(source: str, module: str, expected: str) -> None:
    """Modules, replacements and copies in ``vendor``; what tests keep for themselves is theirs alone."""
    path = f"{source}/main.go"
    texts = {**WORKSPACE, path: f'package main\nimport "{module}"\n'}
    assert leads(link_texts(texts), path) == [expected]


def test_standard_library_itself() -> None:
    """In the module ``std`` its packages are files of the repository."""
    texts = {
        "go.mod": "module std\n",
        "fmt/print.go": "package fmt",
        "io/io.go": 'package io\nimport "fmt"\n',
    }
    assert leads(link_texts(texts), "io/io.go") == ["fmt/print.go"]
