from __future__ import annotations

import os

import pytest

from sphinx_repodoc.core.disk import is_decodable, path_bytes, raw_path, shown_path


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"plain/name.py", "plain/name.py"),
        ("ünï 🦊".encode(), "ünï 🦊"),
        (b"caf\xe9", "caf\\xe9"),
        (b"half \xf0\x9f", "half \\xf0\\x9f"),
        (b"a\\b", "a\\b"),
        (b"a\\xe9", "a\\x5cxe9"),
        (b"a\\x5cxe9", "a\\x5cx5cxe9"),
        (b"a\\xE9", "a\\xE9"),
        (b"bell\x07", "bell\\x07"),
        (b"two\nlines\t", "two\nlines\t"),
        ("\ufffe".encode(), "\\xef\\xbf\\xbe"),
        (b"mix\xff\\xff\xff", "mix\\xff\\x5cxff\\xff"),
        ("é\\".encode() + b"\xff", "é\\\\xff"),
    ],
)
def test_names_are_escaped_and_brought_back(name: bytes, shown: str) -> None:
    """What pages show is valid, and leads back to the bytes on disk."""
    assert shown_path(os.fsdecode(name)) == shown
    assert raw_path(shown) == os.fsdecode(name)
    assert path_bytes(shown) == name


def test_decodable_names() -> None:
    """Only bytes that are not UTF-8 make a name undecodable, not characters that are escaped."""
    assert is_decodable("bell\x07")
    assert not is_decodable(os.fsdecode(b"\xe9"))
