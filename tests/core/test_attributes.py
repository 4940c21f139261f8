"""What ``.gitattributes`` files say, with the line that decides."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.attributes import Attribute, GitAttributes


def said(path: str, **texts: str) -> dict[str, tuple[str, int, bool]]:
    files = {
        f"{folder.replace('_', '/')}/.gitattributes".removeprefix("root/"): text
        for folder, text in texts.items()
    }
    found = GitAttributes(files).find(path)
    return {
        name.removeprefix("linguist-"): (each.path, each.line, each.value) for name, each in found.items()
    }


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.min.js", "a/b.min.js", True),
        ("*.min.js", "a/b.js", False),
        ("vendor/**", "vendor/a/b.c", True),
        ("vendor/**", "x/vendor/a.c", False),
        ("**/vendor/*", "x/vendor/a.c", True),
        ("vendor/*", "vendor/a/b.c", False),
        ("/a.c", "a.c", True),
        ("/a.c", "b/a.c", False),
        ("a.c", "b/a.c", True),
        # a folder has attributes of its own, and hands none on
        ("vendor", "vendor/a.c", False),
        ("vendor/", "vendor/a.c", False),
    ],
)
def test_patterns(pattern: str, path: str, *, matches: bool) -> None:
    """As in ``.gitignore``, but that a pattern for a folder is none for its files."""
    assert bool(said(path, root=f"{pattern} linguist-vendored\n")) is matches


def test_the_last_line_of_the_nearest_file_decides() -> None:
    """For each attribute by itself; ``!`` takes back what lines before say, ``-`` says the contrary."""
    root = "# *.c linguist-vendored\n*.c linguist-generated=true text linguist-vendored\n*.c -linguist-generated\n"
    assert said("a/x.c", root=root) == {
        "generated": (".gitattributes", 3, False),
        "vendored": (".gitattributes", 2, True),
    }
    near = "*.c linguist-generated\n\nx.c !linguist-vendored\n"
    assert said("a/x.c", root=root, a=near)["generated"] == ("a/.gitattributes", 1, True)
    assert said("a/b/x.c", a_b="*.c linguist-documentation=false\n") == {
        "documentation": ("a/b/.gitattributes", 1, False)
    }
    assert "vendored" not in said("x.c", root="*.c linguist-vendored\n*.c !linguist-vendored\n")


def test_garbage_says_nothing() -> None:
    """Nor do macros, other attributes and values that are none."""
    text = "[attr]x linguist-vendored\n!*.c linguist-vendored\n*.c linguist-vendored=maybe\n*.c text eol=lf\n"
    text += (
        '"a b.c" linguist-vendored\n\0 linguist-vendored\nlinguist-vendored\n'
        + "*a" * 20
        + " linguist-vendored\n"
    )
    assert said("x.c", root=text) == {}
    assert GitAttributes({}).find("x.c") == {}
    assert GitAttributes({".gitattributes": "x linguist-vendored"}).find("x") == {
        "linguist-vendored": Attribute(path=".gitattributes", line=1, pattern="x", value=True)
    }
