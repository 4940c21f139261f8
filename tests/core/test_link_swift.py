"""Swift imports modules: the targets of packages."""

from __future__ import annotations

import pytest
from link_repos import leads, link_files, make_file, take, used

PACKAGE = """// swift-tools-version:5.9
import PackageDescription
let package = Package(
    name: "Boats", // .target(name: "No")
    dependencies: [
        .package(url: "https://example.org/apple/swift-log.git", from: "1.0.0"),
        .package(url: "https://example.org/x/Yams", from: "5.0.0"),
    ],
    targets: [
        .target(name: "Hull", dependencies: [.product(name: "Logging", package: "swift-log"), "Yams"]),
        .executableTarget(name: "Sail", dependencies: ["Hull"], path: "Code/Sail"),
        .testTarget(name: "HullTests", dependencies: ["Hull"]),
    ]
)
"""
FILES = [
    make_file("Sources/Hull/Mast.swift", symbols=["Mast"]),
    make_file("Sources/Hull/Deep/Keel.swift", symbols=["Keel"]),
    make_file("Code/Sail/main.swift", symbols=["run"]),
    make_file("Sources/No/No.swift", symbols=["Mast"]),
]


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("Hull", "Sources/Hull/Deep/Keel.swift"),
        ("Hull.Keel", "Sources/Hull/Deep/Keel.swift"),
        ("Sail", "here"),
        ("Foundation", "standard"),
        ("Logging", "third-party Package.swift:10"),
        ("Yams", "third-party Package.swift:7"),
        ("No", "unknown"),
    ],
)
def test_swift(module: str, expected: str) -> None:
    """A module leads to those of its files that define what is mentioned."""
    user = make_file("Tests/HullTests/A.swift", imports=[take(module, form="import")], words=["Keel"])
    links = link_files(user, *FILES, manifests={"Package.swift": PACKAGE})
    assert leads(links, "Tests/HullTests/A.swift") == [expected]


def test_swift_uses_what_it_mentions() -> None:
    """The line is that of the import."""
    user = make_file("Tests/HullTests/A.swift", imports=[take("Hull", form="import", line=3)], words=["Keel"])
    links = link_files(user, *FILES, manifests={"Package.swift": PACKAGE})
    assert used(links, "Tests/HullTests/A.swift") == ["Sources/Hull/Deep/Keel.swift:Keel mentioned 3"]
