"""Random repositories, changed at random: what a build makes of the last one is what a first build makes.

``REPODOC_STEPS`` is how many changes are made; ``tox run -e faults`` makes two thousand.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from builds.here import build_here, plain_conf
from builds.sample import Project
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    import pytest

STEPS = int(os.environ.get("REPODOC_STEPS", "50"))
SEED = int(os.environ.get("REPODOC_SEED", "1"))
EACH = 10
"""Changes of one repository: what goes wrong needs a few of them, and small examples are easily read."""

NAMES = ("a", "b", "util", "main", "README", "index", "Ä b", "x.kw", "doc")
FOLDERS = ("", "", "pkg/", "pkg/sub/", "src/", "tests/", "pkg/a/", "docs-old/")
TEXTS = {
    ".py": (
        (
            '"""Names."""\n\nimport os\nfrom pkg.{name} import {name}\n\n\nclass {Name}:\n    """A {word}."""\n\n'
            "    def {word}(self):\n        # TODO: {word}\n        return {name}()\n"
        ),
        "def {name}():\n    return eval('{word}')\n",
        "from .{name} import *\n\n{word} = 1\n",
        "def broken(:\n    {word}\n",
    ),
    ".c": (
        '#include "{name}.h"\n\nint {word}(void) {{ return {name}(1); }}\n',
        "#define {NAME} 1\nint {name}(int x);\n",
    ),
    ".h": ("/* {word} */\nint {name}(int x);\n", "#ifdef {NAME}\nint {word};\n#endif\n"),
    ".js": ("import {{ {word} }} from './{name}.js';\n\nexport function {name}() {{ return {word}(); }}\n",),
    ".md": (
        "# {word}\n\nSee [it](../pkg/{name}.py) and `{name}`.\n\n## {name}\n",
        "Just {word}.\n",
    ),
    ".rst": ("{word}\n======\n\nOf {name}.\n",),
    ".toml": ('[project]\nname = "{name}"\ndependencies = ["{word}"]\n',),
    ".sh": ("#!/bin/sh\n# {word}\n{name}() {{ echo {word}; }}\n",),
    "": ("{word}\n", "", "\0\1{word}"),
}
PAGES = (
    "Guide\n=====\n\n{word}.\n",
    "{word}\n======\n\n.. py:function:: pkg.{name}.{name}()\n\n   It is {word}.\n",
    "Guide\n=====\n\n.. repo:folder:: pkg\n\nSee {word}.\n",
)
"""No module is declared: Sphinx leaves its index of modules in place when the last one is gone. And only one document
defines a function: of one that two define, Sphinx forgets both when one of them goes."""
INDEX = "Start\n=====\n\n.. toctree::\n   :glob:\n\n   *\n"

words = st.sampled_from(["oil", "grease", "wax", "running", "os"])
names = st.sampled_from(NAMES)
paths = st.builds(
    lambda folder, name, suffix: f"{folder}{name}{suffix}",
    st.sampled_from(FOLDERS),
    names,
    st.sampled_from(sorted(TEXTS)),
)


@st.composite
def texts(draw: st.DrawFn, suffix: str | None = None) -> str:
    """A small file of some language, that may name another."""
    kind = suffix if suffix in TEXTS else draw(st.sampled_from(sorted(TEXTS)))
    name, word = draw(st.sampled_from(["a", "b", "util", "main"])), draw(words)
    return draw(st.sampled_from(TEXTS[kind])).format(
        name=name, Name=name.title(), NAME=name.upper(), word=word
    )


def suffix_of(path: str) -> str:
    return os.path.splitext(path)[1]  # noqa: PTH122 (a text)


class Changes:
    """A repository, and what may happen to it between two builds."""

    def __init__(self, project: Project, draw: st.DrawFn) -> None:
        self.project = project
        self.draw = draw

    def files(self) -> list[str]:
        found = (path for path in self.project.root.rglob("*") if path.is_file() or path.is_symlink())
        names = (path.relative_to(self.project.root).as_posix() for path in found)
        return sorted(name for name in names if not name.startswith("docs/"))

    def some_file(self) -> str:
        return self.draw(st.sampled_from(self.files() or [self.add()]))

    def add(self) -> str:
        path = self.draw(paths)
        self.put(path, self.draw(texts(suffix_of(path))))
        return path

    def put(self, path: str, text: str) -> None:
        """Write it, unless a file lies where it needs a folder, or a folder in its place."""
        place = self.project.root / path
        if place.is_dir() or any(parent.is_file() for parent in place.parents):
            return
        place.unlink(missing_ok=True)
        self.project.write(path, text)

    def edit(self) -> None:
        path = self.some_file()
        self.put(path, self.draw(texts(suffix_of(path))))

    def edit_a_little(self) -> None:
        place = self.project.root / self.some_file()
        if not place.is_symlink():
            place.write_bytes(
                place.read_bytes() + self.draw(st.sampled_from([b"\n", b"# oil\n", b"\xff", b"x"]))
            )

    def delete(self) -> None:
        (self.project.root / self.some_file()).unlink()

    def rename(self) -> None:
        source, target = self.project.root / self.some_file(), self.project.root / self.draw(paths)
        if not target.exists() and not any(parent.is_file() for parent in target.parents):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    def mode(self) -> None:
        place = self.project.root / self.some_file()
        if not place.is_symlink():
            place.chmod(self.draw(st.sampled_from([0o644, 0o755])))

    def link(self) -> None:
        target = self.some_file()
        place = self.project.root / self.draw(paths)
        if (
            not place.exists()
            and not place.is_symlink()
            and not any(parent.is_file() for parent in place.parents)
        ):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.path.relpath(self.project.root / target, place.parent))

    def remove_folder(self) -> None:
        folder = self.project.root / self.draw(st.sampled_from(FOLDERS[2:]))
        shutil.rmtree(folder, ignore_errors=True)

    def document(self) -> None:
        name = self.draw(st.sampled_from(["guide", "more"]))
        path = f"docs/{name}.rst"
        text = self.draw(st.sampled_from(PAGES if name == "guide" else PAGES[::2])).format(
            name=self.draw(st.sampled_from(["a", "util"])), word=self.draw(words)
        )
        if "repo:folder" in text and not any(name.startswith("pkg/") for name in self.files()):
            text = "Guide\n=====\n\nNothing yet.\n"  # else it would be warned of, rightly
        self.project.write(path, text)

    def remove_document(self) -> None:
        (self.project.root / "docs/more.rst").unlink(missing_ok=True)

    def nothing(self) -> None:
        pass


CHANGES = (
    Changes.add,
    Changes.add,
    Changes.edit,
    Changes.edit,
    Changes.edit_a_little,
    Changes.delete,
    Changes.rename,
    Changes.rename,
    Changes.mode,
    Changes.link,
    Changes.remove_folder,
    Changes.document,
    Changes.remove_document,
    Changes.nothing,
)


@seed(SEED)
@settings(
    max_examples=max(1, STEPS // EACH),
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failure says all of its steps: making it smaller would take an hour
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_after_each_change_the_output_is_that_of_a_first_build(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Byte for byte, the search index and the inventory included, and with the same warnings."""
    folder = tmp_path_factory.mktemp("random")
    project = Project(folder / "sample", folder / "out")
    project.write("docs/conf.py", plain_conf(folder / "themes"))
    project.write("docs/index.rst", INDEX)
    project.write("docs/guide.rst", PAGES[0].format(word="Words"))
    changes = Changes(project, data.draw)
    for _ in range(data.draw(st.integers(2, 6))):
        changes.add()
    build_here(project)
    done = []
    for _ in range(EACH):
        for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3)):
            change(changes)
            done.append(change.__name__)
        compare(project, changes, done)
    shutil.rmtree(folder)


def compare(project: Project, changes: Changes, done: list[str]) -> None:
    """Build on what is there, and anew."""
    second = build_here(project)
    assert second.status == 0, f"{done}\n{second.warnings}"
    first = Project(project.root, project.out.with_name("clean"))
    shutil.rmtree(first.out, ignore_errors=True)
    assert build_here(first).status == 0
    found, expected = project.outputs(), first.outputs()
    differing = sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
    assert differing == [], f"{done}\n{changes.files()}"
