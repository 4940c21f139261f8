"""What the commits say of each file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx_repodoc.core.history import read_history

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Repository


def tell(root: Path, *paths: str) -> dict[str, tuple[str, str, int, tuple[int, ...]]]:
    """Give (first date, last date, commits, commits of each author) by path."""
    return {
        path: (each.created, each.last_changed, each.commits, tuple(number for _, number in each.authors))
        for path, each in read_history(root, set(paths)).items()
    }


def test_history_counts_commits_and_authors(repository: Repository) -> None:
    """Each path has its last date, its number of commits and of distinct authors."""
    repository.write("a.py", "1\n")
    repository.write("b/c.py", "1\n")
    repository.commit(date="2024-01-01")
    repository.write("a.py", "2\n")
    repository.commit(date="2024-02-01", email="b@example.org")
    repository.write("a.py", "3\n")
    repository.commit(date="2024-03-01", email="b@example.org")
    repository.commit("nothing", date="2024-04-01")
    assert tell(repository.root, "a.py", "b/c.py") == {
        "a.py": ("2024-01-01", "2024-03-01", 3, (2, 1)),
        "b/c.py": ("2024-01-01", "2024-01-01", 1, (1,)),
    }


def test_history_of_a_subfolder_is_relative_to_it(repository: Repository) -> None:
    """Paths are those of the entries, not of the work tree."""
    repository.write("a.py")
    repository.write("sub/b.py")
    repository.write("subway/c.py")
    repository.commit(date="2024-01-01")
    assert tell(repository.root / "sub", "b.py") == {"b.py": ("2024-01-01", "2024-01-01", 1, (1,))}


def test_history_of_merges_and_odd_names(repository: Repository) -> None:
    """A merge counts for the files it changed against both parents; a newline in a name is part of it."""
    repository.write("\nfirst", "1\n")
    repository.write("m.py", "1\n")
    repository.commit(date="2024-01-01")
    repository.git("checkout", "-q", "-b", "side")
    repository.write("side.py", "1\n")
    repository.write("m.py", "2\n")
    repository.commit(date="2024-01-02")
    repository.git("checkout", "-q", "main")
    repository.write("m.py", "3\n")
    repository.commit(date="2024-01-03")
    repository.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    repository.write("m.py", "4\n")
    repository.write("side.py", "1\n")
    repository.commit("merge", date="2024-01-04")
    assert tell(repository.root, "m.py", "side.py", "\nfirst") == {
        "m.py": ("2024-01-01", "2024-01-04", 4, (4,)),
        "side.py": ("2024-01-02", "2024-01-02", 1, (1,)),
        "\nfirst": ("2024-01-01", "2024-01-01", 1, (1,)),
    }


def test_history_escapes_names_as_entries_do(repository: Repository) -> None:
    """A name that is not UTF-8 has the form that pages show."""
    (repository.root / os.fsdecode(b"caf\xe9")).write_text("x")
    repository.commit(date="2024-01-01")
    assert list(read_history(repository.root, {"caf\\xe9"})) == ["caf\\xe9"]


def test_authors_are_told_apart_by_address_and_named(repository: Repository) -> None:
    """Most commits first; what is gone has no history."""
    for content in "123":
        repository.write("a.py", content)
        repository.write("gone.py", content)
        repository.commit(email="many@example.org")
    repository.write("a.py", "4")
    repository.commit(email="one@example.org")
    history = read_history(repository.root, {"a.py"})
    assert list(history) == ["a.py"]
    assert [number for _, number in history["a.py"].authors] == [3, 1]
    assert all(name for name, _ in history["a.py"].authors)


def test_partners_change_together_often_enough(repository: Repository) -> None:
    """Three commits and a third of all; one that sweeps over many files says nothing about two of them."""
    for number in range(4):
        repository.write("a.py", f"{number}")
        repository.write("b.py", f"{number}")
        repository.commit()
    for number in range(9):
        repository.write("b.py", f"alone {number}")
        repository.commit()
    for number in range(3):
        for name in ["a.py", "far.py", *map(str, range(20))]:
            repository.write(name, f"sweep {number}")
        repository.commit()
    history = read_history(repository.root, {"a.py", "b.py", "far.py"})
    assert history["a.py"].partners == (("b.py", 4),)
    assert history["b.py"].partners == ()  # 4 of 13 commits are too few
    assert history["far.py"].partners == ()
