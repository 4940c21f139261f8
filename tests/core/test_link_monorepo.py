"""One repository of many languages: each finds its own, whatever the others call the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from link_repos import leads, link_texts, used

if TYPE_CHECKING:
    from sphinx_repodoc.core.linked import Links

PYTHON = {
    "py/core/pyproject.toml": '[project]\nname = "boats-core"\ndependencies = ["numpy"]\n',
    "py/core/src/boats/core/__init__.py": "from boats.core._fast import sail\nfrom .util import knot as tie\n",
    "py/core/src/boats/core/util.py": "import types\nimport numpy as np\ndef knot(): pass\n",
    "py/core/src/boats/core/types.py": "class Mast: pass\n",
    "py/core/src/boats/core/_fast.pyi": "def sail() -> int: ...\n",
    "py/core/src/ext/fast.c": '#include "fast.h"\n#include <string.h>\n#include <Python.h>\n#include <boats/hull.h>\n',
    "py/core/src/ext/fast.h": "int sail(void);\n",
    "py/app/pyproject.toml": '[project]\nname = "boats-app"\ndependencies = ["boats-core", "click"]\n',
    "py/app/src/boats/app/__init__.py": """
        import click
        import boats.core.util
        from boats.core import tie, types
        from boats.app import util
        if True:
            import json
        def late():
            from . import util as again
            import rust_only
        """,
    "py/app/src/boats/app/util.py": "",
    "py/app/tests/conftest.py": "",
    "py/app/tests/helper.py": "",
    "py/app/tests/test_app.py": "import helper\nfrom boats.app import late\nimport util\n",
}
NATIVE = {
    "CMakeLists.txt": "project(boats)\nadd_subdirectory(native)\ninclude(cmake/flags.cmake)\nfind_package(fmt)\n",
    "cmake/flags.cmake": "",
    "native/CMakeLists.txt": "",
    "native/include/boats/hull.h": "",
    "native/include/boats/util.h": "",
    "native/src/hull.cpp": (
        "#include <boats/hull.h>\n#include <boats/util.h>\n#include <vector>\n"
        '#include <fmt/core.h>\n#include "util.h"\n'
    ),
    "native/src/util.h": "",
}
SCRIPT = {
    "package.json": '{"private": true, "workspaces": ["web/*"]}',
    "tsconfig.base.json": '{"compilerOptions": {"paths": {"@shared/*": ["./web/shared/src/*"]}}}',
    "web/app/package.json": '{"name": "@boats/app", "dependencies": {"@boats/ui": "*", "react": "18"}}',
    "web/app/tsconfig.json": '{"extends": "../../tsconfig.base.json", // shared\n"compilerOptions": {"baseUrl": "src"}}',
    "web/app/src/main.ts": """
        import React from "react";
        import { Button } from "@boats/ui";
        import { Icon } from "@boats/ui/icons/anchor";
        import { knot } from "@shared/util";
        import { local } from "util/local";
        import * as path from "path";
        import util from "util";
        import "./style.css";
        """,
    "web/app/src/util/local.ts": "export const local = 1;\n",
    "web/app/src/style.css": '@import "theme.css";\n',
    "web/app/src/theme.css": "",
    "web/app/index.html": '<script type="module" src="/src/main.ts"></script>\n',
    "web/ui/package.json": '{"name": "@boats/ui", "exports": {".": "./dist/index.js", "./icons/*": "./src/icons/*.tsx"}}',
    "web/ui/src/index.ts": 'export { Button } from "./button";\n',
    "web/ui/src/button.tsx": "export const Button = 1;\n",
    "web/ui/src/icons/anchor.tsx": "export const Icon = 1;\n",
    "web/shared/package.json": '{"name": "@boats/shared"}',
    "web/shared/src/util.ts": "export const knot = 1;\n",
    "fixtures/ui/package.json": '{"name": "@boats/ui", "main": "wrong.js"}',
    "fixtures/ui/wrong.js": "",
}
GO = {
    "go/go.mod": "module example.org/boats\nrequire example.org/log v1.0.0\n",
    "go/cmd/sail/main.go": """
        package main
        import (
        "fmt"
        "example.org/boats/util"
        "example.org/log"
        )
        func main() { util.Knot(); fmt.Println(log.Level) }
        """,
    "go/util/knot.go": "package util\nfunc Knot() { tie(Rope{}) }\n",
    "go/util/rope.go": "package util\ntype Rope struct{}\nfunc tie(r Rope) {}\n",
    "go/fmt/fmt.go": "package fmt\nfunc Println() {}\n",
}
RUST = {
    "rust/Cargo.toml": '[workspace]\nmembers = ["hull", "cli"]\n[workspace.dependencies]\nhull = { path = "hull" }\n',
    "rust/hull/Cargo.toml": '[package]\nname = "hull"\n',
    "rust/hull/src/lib.rs": "pub mod util;\npub use util::knot;\n",
    "rust/hull/src/util.rs": "pub fn knot() {}\n",
    "rust/cli/Cargo.toml": '[package]\nname = "cli"\n[dependencies]\nhull = { workspace = true }\nlog = "0.4"\n',
    "rust/cli/src/main.rs": "mod util;\nuse hull::util::knot;\nuse util::local;\nuse std::fmt;\nuse log::info;\n",
    "rust/cli/src/util.rs": "use crate::util;\npub fn local() {}\n",
}
JVM = {
    "jvm/build.gradle.kts": 'dependencies {\n  implementation("com.squareup.okio:okio:3")\n}\n',
    "jvm/src/main/java/org/boats/util/Knot.java": "package org.boats.util;\npublic class Knot {}\n",
    "jvm/src/main/kotlin/Sail.kt": "package org.boats\nclass Sail\nfun hoist() {}\n",
    "jvm/src/main/java/org/boats/Main.java": """
        package org.boats;
        import java.util.List;
        import org.boats.util.Knot;
        import okio.Buffer;
        class Main { Sail sail; List<Knot> knots; }
        """,
    "jvm/src/test/kotlin/Test.kt": "package tests\nimport org.boats.hoist\nimport org.boats.util.*\nval k = Knot()\n",
}
OTHERS = {
    "ruby/boats.gemspec": 'Gem::Specification.new do |s|\n  s.name = "boats"\n  s.add_dependency "rake"\nend\n',
    "ruby/lib/boats.rb": 'require "json"\nrequire "boats/util"\nrequire_relative "boats/hull"\nrequire "rake"\n',
    "ruby/lib/boats/util.rb": "",
    "ruby/lib/boats/hull.rb": "",
    "php/composer.json": '{"require": {"psr/log": "3"}, "autoload": {"psr-4": {"Boats\\\\": "src/"}}}',
    "php/src/Util/Knot.php": "<?php\nnamespace Boats\\Util;\nclass Knot {}\n",
    "php/src/Main.php": (
        "<?php\nnamespace Boats;\nuse Boats\\Util\\Knot;\nuse Psr\\Log\\LoggerInterface;\nuse Exception;\n"
        "require __DIR__ . '/../lib/util.php';\n"
    ),
    "php/lib/util.php": "<?php\n",
    "scripts/build.sh": '. "$(dirname "$0")/lib/util.sh"\nsource ./lib/util.sh\n. /etc/profile\n',
    "scripts/lib/util.sh": "",
    "tools/lib/util.sh": "",
}


@cache
def links() -> Links:
    return link_texts({**PYTHON, **NATIVE, **SCRIPT, **GO, **RUST, **JVM, **OTHERS})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "py/core/src/boats/core/__init__.py",
            ["py/core/src/boats/core/_fast.pyi", "py/core/src/boats/core/util.py"],
        ),
        ("py/core/src/boats/core/util.py", ["standard", "third-party py/core/pyproject.toml:3"]),
        (
            "py/core/src/ext/fast.c",
            ["py/core/src/ext/fast.h", "standard", "unknown", "native/include/boats/hull.h"],
        ),
        (
            "py/app/src/boats/app/__init__.py",
            [
                "third-party py/app/pyproject.toml:3",
                "py/core/src/boats/core/util.py",
                "py/core/src/boats/core/__init__.py py/core/src/boats/core/types.py",
                "py/app/src/boats/app/util.py",
                "standard",
                "py/app/src/boats/app/util.py",
                "unknown",
            ],
        ),
        (
            "py/app/tests/test_app.py",
            ["py/app/tests/helper.py", "py/app/src/boats/app/__init__.py", "unknown"],
        ),
        (
            "CMakeLists.txt",
            ["native/CMakeLists.txt", "cmake/flags.cmake", "third-party CMakeLists.txt:4"],
        ),
        (
            "native/src/hull.cpp",
            [
                "native/include/boats/hull.h",
                "native/include/boats/util.h",
                "standard",
                "third-party CMakeLists.txt:4",
                "native/src/util.h",
            ],
        ),
        (
            "web/app/src/main.ts",
            [
                "third-party web/app/package.json:1",
                "web/ui/src/index.ts",
                "web/ui/src/icons/anchor.tsx",
                "web/shared/src/util.ts",
                "web/app/src/util/local.ts",
                "standard",
                "standard",
                "web/app/src/style.css",
            ],
        ),
        ("web/app/src/style.css", ["web/app/src/theme.css"]),
        ("web/app/index.html", ["web/app/src/main.ts"]),
        ("go/cmd/sail/main.go", ["standard", "go/util/knot.go", "third-party go/go.mod:2"]),
        ("rust/hull/src/lib.rs", ["rust/hull/src/util.rs", "rust/hull/src/util.rs"]),
        (
            "rust/cli/src/main.rs",
            [
                "rust/cli/src/util.rs",
                "rust/hull/src/util.rs",
                "rust/cli/src/util.rs",
                "standard",
                "third-party rust/cli/Cargo.toml:5",
            ],
        ),
        ("rust/cli/src/util.rs", ["rust/cli/src/util.rs"]),
        (
            "jvm/src/main/java/org/boats/Main.java",
            [
                "standard",
                "jvm/src/main/java/org/boats/util/Knot.java",
                "third-party jvm/build.gradle.kts:2",
            ],
        ),
        (
            "jvm/src/test/kotlin/Test.kt",
            ["jvm/src/main/kotlin/Sail.kt", "jvm/src/main/java/org/boats/util/Knot.java"],
        ),
        (
            "ruby/lib/boats.rb",
            [
                "standard",
                "ruby/lib/boats/util.rb",
                "ruby/lib/boats/hull.rb",
                "third-party ruby/boats.gemspec:3",
            ],
        ),
        (
            "php/src/Main.php",
            ["php/src/Util/Knot.php", "third-party php/composer.json:1", "standard", "php/lib/util.php"],
        ),
        ("scripts/build.sh", ["scripts/lib/util.sh", "scripts/lib/util.sh", "unknown"]),
    ],
)
def test_each_language_finds_its_own(path: str, expected: list[str]) -> None:
    """Names that two packages share, and those of the standard library, lead where the language leads them."""
    assert leads(links(), path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "py/app/src/boats/app/__init__.py",
            ["py/core/src/boats/core/util.py:knot imported 4"],
        ),
        (
            "web/app/src/main.ts",
            [
                "web/app/src/util/local.ts:local imported 6",
                "web/shared/src/util.ts:knot imported 5",
                "web/ui/src/button.tsx:Button imported 3",
                "web/ui/src/icons/anchor.tsx:Icon imported 4",
            ],
        ),
        ("go/cmd/sail/main.go", ["go/util/knot.go:Knot mentioned 5"]),
        ("go/util/knot.go", ["go/util/rope.go:Rope shared 1"]),
        (
            "rust/cli/src/main.rs",
            ["rust/cli/src/util.rs:local imported 3", "rust/hull/src/util.rs:knot imported 2"],
        ),
        (
            "jvm/src/main/java/org/boats/Main.java",
            [
                "jvm/src/main/java/org/boats/util/Knot.java:Knot imported 4",
                "jvm/src/main/kotlin/Sail.kt:Sail shared 2",
            ],
        ),
    ],
)
def test_uses_are_followed_to_the_definition(path: str, expected: list[str]) -> None:
    """Through packages that pass a name on, and between files that need no import."""
    assert used(links(), path) == expected


def test_no_edge_leaves_its_language() -> None:
    """Only what really reads the other language does: headers of C++ from C, scripts and styles from pages."""
    tops = {(each.source.partition("/")[0], each.target.partition("/")[0]) for each in links().edges}
    assert {pair for pair in tops if pair[0] != pair[1]} == {
        ("CMakeLists.txt", "cmake"),
        ("CMakeLists.txt", "native"),
        ("py", "native"),
    }
