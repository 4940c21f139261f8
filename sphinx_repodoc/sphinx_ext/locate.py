"""Where the repository is, and where its files are on the web."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx_repodoc.core import git
from sphinx_repodoc.core.forge import detect_forge, read_the_docs_environment
from sphinx_repodoc.sphinx_ext.repository import Address

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.config import Config

PROJECT_FILES = (
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "package.json",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "CMakeLists.txt",
    "meson.build",
    ".hg",
    ".svn",
)
"""Without git, the nearest folder with one of these is taken for the root of the repository."""

_DOCS_FOLDERS = frozenset({"doc", "docs", "documentation", "source", "src"})


def default_root(confdir: Path) -> Path:
    """The repository that holds this folder.

    The git work tree, unless it ignores the folder (an unpacked archive inside
    another project's build folder is not part of that project); else the nearest
    folder above with a project file; else the folder that holds a ``docs`` folder.
    """
    worktree = git.worktree_root(confdir)
    if worktree is not None and (worktree == confdir or not git.is_ignored(worktree, confdir)):
        return worktree
    for folder in (confdir, *confdir.parents):
        if any((folder / name).exists() for name in PROJECT_FILES):
            return folder
    root = confdir
    while root.name.lower() in _DOCS_FOLDERS and root.parent != root:
        root = root.parent
    return root


def find_root(config: Config, confdir: Path) -> Path:
    """The folder to document, with links followed; it may not exist."""
    chosen = config.repodoc_root
    return (confdir / chosen).resolve() if chosen is not None else default_root(confdir.resolve())


def find_address(config: Config, root: Path) -> Address:
    """How links to the forge are made: Read the Docs knows it best, then git."""
    clone_url, commit = read_the_docs_environment(os.environ)
    clone_url = clone_url or git.remote_url(root) or ""
    return Address(
        forge=detect_forge(clone_url) if clone_url else None,
        template=config.repodoc_forge_url,
        commit=config.repodoc_commit or commit or git.head_commit(root) or "",
        prefix=git.prefix(root),
    )
