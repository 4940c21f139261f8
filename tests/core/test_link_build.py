"""Build files and schemas lead to what they include, load and require."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, link_texts, make_file, take, used

CMAKE = {
    "CMakeLists.txt": "project(Demo)\n",
    "lib/CMakeLists.txt": "project(Kit)\n",
    "lib/src/CMakeLists.txt": "",
    "lib/cmake/helpers.cmake": "",
    "cmake/Flags.cmake": "",
    "cmake/FindThing.cmake": "",
    "cmake/CTest.cmake": "",
    "x/Twice.cmake": "",
    "y/Twice.cmake": "",
}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("include(cmake/helpers.cmake)", "lib/cmake/helpers.cmake"),
        ("include(${CMAKE_CURRENT_LIST_DIR}/cmake/helpers.cmake)", "lib/cmake/helpers.cmake"),
        ("include(${CMAKE_CURRENT_SOURCE_DIR}/gone.cmake)", "here"),
        ("include(${PROJECT_SOURCE_DIR}/cmake/Flags.cmake)", "cmake/Flags.cmake"),
        ("include(Flags)", "cmake/Flags.cmake"),
        ("include(CTest)", "cmake/CTest.cmake"),
        ("include(GNUInstallDirs)", "standard"),
        ("include(CheckCXXSourceCompiles)", "standard"),
        ("include(Twice)", "unknown"),
        ("include(Missing)", "unknown"),
        ("add_subdirectory(src)", "lib/src/CMakeLists.txt"),
        ("add_subdirectory(${CMAKE_CURRENT_SOURCE_DIR}/src)", "lib/src/CMakeLists.txt"),
        ("add_subdirectory(missing)", "unknown"),
        ("find_package(Thing REQUIRED)", "cmake/FindThing.cmake"),
        ("find_package(kit)", "lib/CMakeLists.txt"),
        ("find_package(Threads)", "third-party lib/more/CMakeLists.txt:1"),
    ],
)
def test_cmake(command: str, expected: str) -> None:
    """Modules lie in folders called cmake, subdirectories have lists, and a line that requires is the evidence."""
    at = "lib/CMakeLists.txt" if "add_sub" in command else "lib/more/CMakeLists.txt"
    if "helpers" in command or "gone" in command:
        at = "lib/CMakeLists.txt"
    assert leads(link_texts({**CMAKE, at: f"{command}\n"}), at) == [expected]


def test_starlark() -> None:
    """Labels count from the root of the workspace, or from the package around the file."""
    texts = {
        "build/MODULE.bazel": 'module(name = "boats")\nbazel_dep(name = "rules_cc", version = "1")\n',
        "build/defs/BUILD": "",
        "build/defs/a.bzl": "def helper():\n    pass\n",
        "build/defs/inner/b.bzl": 'load(":a.bzl", "helper")\n',
        "defs/a.bzl": "",
        "build/app/BUILD": """
            load("//defs:a.bzl", "helper")
            load("@boats//defs:a.bzl", again = "helper")
            load("//defs:gone.bzl", "x")
            load("@rules_cc//cc:defs.bzl", "cc_library")
            load("@other//cc:defs.bzl", "cc_library")
            helper()
        """,
    }
    links = link_texts(texts)
    assert leads(links, "build/app/BUILD") == [
        "build/defs/a.bzl",
        "build/defs/a.bzl",
        "here",
        "third-party build/MODULE.bazel:2",
        "unknown",
    ]
    assert leads(links, "build/defs/inner/b.bzl") == ["build/defs/a.bzl"]
    assert leads(links, "build/MODULE.bazel") == ["third-party build/MODULE.bazel:2"]
    assert used(links, "build/defs/inner/b.bzl") == ["build/defs/a.bzl:helper imported 1"]


def test_terraform_and_docker() -> None:
    """A module is a folder; providers and images are required where they are named."""
    links = link_texts(
        {
            "main.tf": 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n'
            'module "vpc" {\n  source = "./modules/vpc"\n}\nmodule "far" {\n  source = "./modules/far"\n}\n',
            "modules/vpc/main.tf": "",
            "modules/vpc/outputs.tf": "",
            "Dockerfile": "FROM python:3.12\n",
        }
    )
    assert leads(links, "main.tf") == ["third-party main.tf:3", "modules/vpc/main.tf", "here"]
    assert leads(links, "Dockerfile") == ["third-party Dockerfile:1"]


@pytest.mark.parametrize(
    ("path", "module", "expected"),
    [
        ("api/v1/a.proto", "v1/b.proto", "api/v1/b.proto"),
        ("api/v1/a.proto", "google/protobuf/any.proto", "standard"),
        ("api/v1/a.proto", "google/api/http.proto", "third_party/google/api/http.proto"),
        ("api/v1/a.proto", "missing.proto", "unknown"),
        ("src/a.zig", "util/list.zig", "src/util/list.zig"),
        ("src/a.zig", "std", "standard"),
        ("src/a.zig", "clap", "unknown"),
        ("q/a.graphql", "./b.graphql", "q/b.graphql"),
        ("if/a.thrift", "shared.thrift", "common/shared.thrift"),
    ],
)
def test_schemas(path: str, module: str, expected: str) -> None:
    """Paths count from the file, from folders above, and where nothing else is known from any folder."""
    others = (
        "api/v1/b.proto third_party/google/api/http.proto src/util/list.zig q/b.graphql common/shared.thrift"
    )
    links = link_files(
        make_file(path, imports=[take(module, form="import")]), *map(make_file, others.split())
    )
    assert leads(links, path) == [expected]
